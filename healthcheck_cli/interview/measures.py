"""Numbers with units as people type them: ``11st 4lb``, ``5'2"``, ``72,5 kg``, ``98.6F``.

A small grammar of our own: one number with a unit or without, or a large unit followed by a small one. The arithmetic
is done by ``healthcheck_cli.medicines.units``. What could be read in two ways is handed back as both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused
from healthcheck_cli.medicines.units import UnitMismatch, convert, known_units

_PART = re.compile(r"(-?\d+(?:[.,]\d+)?|-?[.,]\d+)\s*([^\d.,-][^\d]*)?")
_STONES = frozenset({"st", "stone", "stones"})
_POUNDS = frozenset({"lb", "lbs", "pound", "pounds", ""})
_FEET = frozenset({"ft", "foot", "feet", "'"})
_INCHES = frozenset({"in", "ins", "inch", "inches", '"', ""})
_SIGNS = str.maketrans({"’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', "″": '"', "−": "-", "–": "-", "\u00a0": " "})
_LARGEST = 1e9


@dataclass(frozen=True)
class _Part:
    """One number and the unit written after it, as it was written and in one spelling."""

    written: str
    number: float
    unit: str


@dataclass(frozen=True)
class _Compound:
    """A large unit and the small one that may follow it."""

    large: frozenset[str]
    small: frozenset[str]
    names: tuple[str, str]
    ratio: int


_COMPOUNDS = (
    _Compound(_STONES, _POUNDS, ("st", "lb"), 14),
    _Compound(_FEET, _INCHES, ("ft", "in"), 12),
)


def read_measure(typed: str, unit: str, quantity: str = "") -> Entry:
    """The number that was typed, in ``unit`` (empty for a count). A number without a unit is taken as it stands:
    whether it may be is for ``unit_guesses`` to say first.

    >>> read_measure("11st 4lb", "kg")
    Accepted(value=71.66759446, also={})
    >>> read_measure("11.4 st", "kg").readings
    ('11 st 4 lb', '11 st 5.6 lb')
    """
    parts = _parts(typed)
    if not parts:
        return Refused(_how_to_write(unit, quantity))
    for part in parts:
        if re.fullmatch(r"-?\d+,\d{3}", part.written):
            rest = typed.replace(part.written, "{}", 1)
            return Ambiguous(
                "A comma may be a decimal point or a thousands mark.",
                tuple(rest.format(part.written.replace(",", mark)) for mark in (".", "")),
            )
        if abs(part.number) > _LARGEST:
            return Refused("That number is too large.")
    if len(parts) == 1:
        return _one(parts[0], unit, quantity)
    if len(parts) == 2:
        return _two(parts[0], parts[1], unit, quantity)
    return Refused(_how_to_write(unit, quantity))


def bare_number(typed: str) -> float | None:
    """The number, where nothing but a number was typed."""
    parts = _parts(typed)
    return parts[0].number if len(parts) == 1 and not parts[0].unit else None


def plain_number(number: float) -> str:
    """A number as it is written for people and read back: no exponent, ten significant figures at most.

    >>> plain_number(71.66759646), plain_number(3.0), plain_number(0.00001)
    ('71.66759646', '3', '0.00001')
    """
    text = format(Decimal(format(number, ".10g")), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def compound_readings(number: str, unit: str) -> tuple[str, ...]:
    """What a decimal number of stones or feet may mean: ``11.4`` is 11 st 4 lb to one person and 11.4 st to another.

    Empty where there is one meaning only.

    >>> compound_readings("5.4", "ft")
    ('5 ft 4 in', '5 ft 4.8 in')
    >>> compound_readings("11.75", "st")
    ()
    """
    whole, _, decimals = number.replace(",", ".").partition(".")
    compound = next((c for c in _COMPOUNDS if unit in c.large), None)
    if compound is None or not decimals.strip("0") or not whole.isdigit() or int(decimals) >= compound.ratio:
        return ()
    large, small = compound.names
    rest = float(f"0.{decimals}") * compound.ratio
    return (f"{whole} {large} {int(decimals)} {small}", f"{whole} {large} {plain_number(rest)} {small}")


def _parts(typed: str) -> tuple[_Part, ...]:
    text = typed.translate(_SIGNS).replace("''", '"').strip().casefold()
    parts: list[_Part] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None:
            return ()
        written, unit = found.group(1), (found.group(2) or "")
        parts.append(_Part(written, float(written.replace(",", ".")), "".join(unit.split()).rstrip(".")))
        at = found.end()
        while at < len(text) and text[at].isspace():
            at += 1
    return tuple(parts)


def _one(part: _Part, unit: str, quantity: str) -> Entry:
    if not part.unit:
        return Accepted(_settled(part.number))
    if not unit:
        return Refused("Write the number alone, without a unit.")
    readings = compound_readings(part.written, part.unit)
    if readings:
        return Ambiguous("That can be read in two ways.", readings)
    return _converted(((part.number, part.unit),), unit, quantity)


def _two(first: _Part, second: _Part, unit: str, quantity: str) -> Entry:
    compound = next((c for c in _COMPOUNDS if first.unit in c.large and second.unit in c.small), None)
    if compound is None or not unit:
        return Refused(_how_to_write(unit, quantity))
    large, small = compound.names
    if not first.number.is_integer():
        return Refused(f"Write whole {large}, then {small}.")
    if not 0 <= second.number < compound.ratio:
        return Refused(f"There are {compound.ratio} {small} to 1 {large}: write {small} below {compound.ratio}.")
    return _converted(((first.number, large), (second.number, small)), unit, quantity)


def _converted(parts: tuple[tuple[float, str], ...], unit: str, quantity: str) -> Entry:
    try:
        total = sum(convert(number, written, unit, quantity) for number, written in parts)
    except UnitMismatch as mismatch:
        return Refused(f"{str(mismatch)[:1].upper()}{str(mismatch)[1:]}.")
    return Accepted(_settled(total))


def _settled(number: float) -> float:
    """Ten significant figures: enough for any measurement, and free of the noise of a conversion."""
    return float(format(number, ".10g"))


def _how_to_write(unit: str, quantity: str) -> str:
    if not unit:
        return "Write a number."
    units = known_units(quantity) if quantity else ()
    return f"Write a number with its unit: {', '.join(units)}." if units else f"Write a number ({unit})."
