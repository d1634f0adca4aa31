"""How much of what: the amounts written in a product name.

`25mg`, `200mg/5ml`, `30mg/500mg`, `25micrograms/hour`, `0.5%`, `10,000units`. A comma is read only as a thousands mark;
anything else with a comma in it is not read, because half of the world writes a decimal so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from healthcheck_cli.medicines.models import Strength

_MILLIGRAMS = {"mg": 1.0, "g": 1000.0, "microgram": 0.001, "nanogram": 0.000001, "kg": 1_000_000.0}
_UNIT_WORDS = {
    "mg": ("mg", "mgs", "milligram", "milligrams"),
    "g": ("g", "gm", "gms", "gram", "grams"),
    "microgram": ("microgram", "micrograms", "mcg", "mcgs", "microg", "ug"),
    "nanogram": ("nanogram", "nanograms", "ng"),
    "kg": ("kg",),
    "mega units": ("mega u", "mega units", "million units", "million unit", "mu"),
    "units": ("units", "unit", "iu", "i.u.", "u"),
    "mmol": ("mmol", "mmols"),
    "%": ("%",),
    "ml": ("ml", "mls", "millilitre", "millilitres"),
    "litre": ("litre", "litres", "l"),
    "hour": ("hours", "hour", "hrs", "hr", "h"),
    "day": ("days", "day"),
    "dose": ("dose", "doses", "actuation", "actuations", "puff", "spray", "blister", "metered dose"),
    "drop": ("drop", "drops"),
}
_UNIT = {word: unit for unit, words in _UNIT_WORDS.items() for word in words}
_UNIT_PATTERN = "|".join(re.escape(word) for word in sorted(_UNIT, key=len, reverse=True))
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_QUANTITY = re.compile(rf"(?<![\d.,a-z])(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT_PATTERN})(?![a-z])")
_BEFORE_SLASH = re.compile(rf"(?<![\d.,a-z])(?P<number>{_NUMBER})\s*/\s*$")
_PER_ONE = re.compile(rf"\s*/\s*(?P<unit>{_UNIT_PATTERN})(?![a-z])")
_JOINT = re.compile(r"\s*[/+]\s*")
_HOURS = {"hour": 1.0, "day": 24.0}
_PACK_OF_SEVERAL = re.compile(r"\b(starter|titration|initiation)\s+(?:\w+\s+)?pack\b|\binitiation\b")
_STATED_VOLUME = re.compile(rf"/\s*(?P<number>{_NUMBER})\s*mls?$")
_LIQUID = re.compile(r"\b(solution|suspension|drops|liquid|injection|infusion|syrup|elixir|mouthwash|enema)\b")


@dataclass(frozen=True)
class Amounts:
    """Amounts that stand together in a name, and what they are in: ``30mg/500mg`` is two, ``200mg/5ml`` one in 5 ml.

    ``in_number`` and ``in_unit`` are 0 and "" where the name does not say; ``start`` is where it stands.
    """

    amounts: tuple[tuple[float, str], ...]
    in_number: float
    in_unit: str
    start: int
    declared: str


def quantities(folded: str) -> list[tuple[int, int]]:
    """Where numbers with units stand, so that a name can be read without them."""
    spans = []
    for found in _QUANTITY.finditer(folded):
        before = _BEFORE_SLASH.search(folded, 0, found.start())
        per_one = _PER_ONE.match(folded, found.end())
        spans.append((before.start() if before else found.start(), per_one.end() if per_one else found.end()))
    return spans


def amounts(folded: str) -> list[Amounts]:
    """Every group of amounts of a folded name, in order. Sizes (`10ml vial`) are left out.

    >>> [(group.amounts, group.in_number, group.in_unit) for group in amounts("lactulose 3.35g/5ml solution")]
    [(((3350.0, 'mg'),), 5.0, 'ml')]
    >>> [group.amounts for group in amounts("co-codamol 30mg/500mg tablets")]
    [((30.0, 'mg'), (500.0, 'mg'))]
    """
    groups: list[Amounts] = []
    run: list[re.Match[str]] = []
    for found in _QUANTITY.finditer(folded):
        if run and _JOINT.fullmatch(folded, run[-1].end(), found.start()):
            run.append(found)
            continue
        _add_group(groups, folded, run)
        run = [found]
    _add_group(groups, folded, run)
    return groups


def _add_group(groups: list[Amounts], folded: str, run: list[re.Match[str]]) -> None:
    """Turn quantities joined by slashes or plus signs into a group, if it says how much."""
    if not run:
        return
    parts = [(_number(found["number"]), _UNIT[found["unit"]]) for found in run]
    start, end = run[0].start(), run[-1].end()
    first = _BEFORE_SLASH.search(folded, 0, start)
    if first:  # "20/10mg": the first number has the unit of the second
        parts.insert(0, (_number(first["number"]), parts[0][1]))
        start = first.start()
    in_number, in_unit = 0.0, ""
    per_one = _PER_ONE.match(folded, end)
    if per_one:
        in_number, in_unit, end = 1.0, _UNIT[per_one["unit"]], per_one.end()
    elif len(parts) > 1 and _is_carrier(parts[-1], parts[-2]):
        in_number, in_unit = parts.pop()
    read = tuple(_in_milligrams(number, unit) for number, unit in parts if unit not in ("ml", "litre", "hour", "day"))
    if read and len(read) == len(parts):
        groups.append(Amounts(read, in_number, in_unit, start, folded[start:end].strip()))


def _is_carrier(last: tuple[float, str], before: tuple[float, str]) -> bool:
    """Is the last amount what the others are in (5ml), and not one more ingredient?"""
    number, unit = last
    if unit == "g":
        return number == 1 and before[1] in ("mg", "microgram")
    return unit in ("ml", "litre", "hour", "day", "dose", "drop")


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def _in_milligrams(number: float, unit: str) -> tuple[float, str]:
    if unit in _MILLIGRAMS:
        return round(number * _MILLIGRAMS[unit], 9), "mg"
    if unit == "mega units":
        return number * 1_000_000, "units"
    return number, unit


def is_pack_of_several(folded: str) -> bool:
    """Does the name mean a pack of several strengths (a starter pack), which has no single dose?"""
    return _PACK_OF_SEVERAL.search(folded) is not None


def strength(amount: tuple[float, str], group: Amounts, form: str, counted_in: str) -> Strength | None:
    """One amount of a group as the strength of one ingredient.

    ``counted_in`` is what the form is counted in ("tablet"), used where the name gives no volume or time.
    A percentage is turned into mg per ml for liquids (1% w/v is 10 mg in 1 ml) and kept as it is for creams.
    """
    value, unit = amount
    if unit == "%":
        if _LIQUID.search(form):
            return Strength(round(value * 10, 9), "mg", "ml", group.declared)
        return Strength(value, "%", "g", group.declared)
    if not group.in_unit:
        return Strength(value, unit, counted_in, group.declared)
    if group.in_number <= 0:
        return None
    if group.in_unit in _HOURS:
        per_hour = value / (group.in_number * _HOURS[group.in_unit])
        return Strength(round(per_hour, 9), f"{unit}/hour", counted_in, group.declared)
    in_number, in_unit = group.in_number, group.in_unit
    if in_unit == "litre":
        in_number, in_unit = in_number * 1000, "ml"
    return Strength(round(value / in_number, 9), unit, in_unit, group.declared)


def amount_in_container(one: Strength) -> float | None:
    """How much one ampoule, vial or syringe holds, where the name says it with its volume; None where it does not.

    Names of injections give the amount in the whole container (`525mg/2.625ml`); without a number before the ml
    (`100mg/ml`) it is a concentration, and the container may be of any size.

    >>> amount_in_container(Strength(200.0, "mg", "ml", "525mg/2.625ml"))
    525.0
    >>> amount_in_container(Strength(100.0, "mg", "ml", "100mg/ml")) is None
    True
    """
    stated = _STATED_VOLUME.search(one.declared)
    return round(one.value * _number(stated["number"]), 9) if stated and one.per == "ml" else None
