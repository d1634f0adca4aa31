"""Clinical units: one value from one unit to another, by a pint registry that holds only the units of the check.

The definitions and the laboratory factors are in ``clinical_units.txt``. pint is imported when the first value is
converted by it, not before. Nothing here reads free text: a unit is one of a closed list of spellings, or is refused.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

_DEFINITIONS = Path(__file__).with_name("clinical_units.txt")

# Registry name → the ways people and laboratories write it (spaces left out, case ignored). The first is the one shown.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "kilogram": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
    "stone": ("st", "stone", "stones"),
    "pound": ("lb", "lbs", "pound", "pounds"),
    "ounce": ("oz", "ounce", "ounces"),
    "gram": ("g", "gm", "gram", "grams"),
    "milligram": ("mg", "mgs", "milligram", "milligrams"),
    "microgram": ("micrograms", "microgram", "mcg", "ug", "µg"),
    "nanogram": ("nanograms", "nanogram", "ng"),
    "centimetre": ("cm", "cms", "centimetre", "centimetres"),
    "metre": ("m", "metre", "metres"),
    "millimetre": ("mm", "millimetre", "millimetres"),
    "foot": ("ft", "foot", "feet", "'"),
    "inch": ("in", "ins", "inch", "inches", '"'),
    "millilitre": ("ml", "mls", "millilitre", "millilitres"),
    "litre": ("L", "litre", "litres"),
    "cup": ("cups", "cup"),
    "degree_celsius": ("C", "°c", "degc", "cel", "celsius"),
    "degree_fahrenheit": ("F", "°f", "degf", "[degf]", "fahrenheit"),
    "mmhg": ("mmHg", "mm[hg]"),
    "kilopascal": ("kPa",),
    "percent": ("%", "percent", "percentage"),
    "mmol_per_mol": ("mmol/mol", "mmolpermol", "mmolmol-1"),
    "1 / minute": ("/min", "bpm", "beats/min", "beats/minute", "breaths/min", "perminute", "/minute"),
    "millimole / litre": ("mmol/L", "mmoll-1"),
    "micromole / litre": ("umol/L", "µmol/l", "micromol/l"),
    "nanomole / litre": ("nmol/L",),
    "picomole / litre": ("pmol/L",),
    "milligram / decilitre": ("mg/dL", "mg/100ml"),
    "milligram / litre": ("mg/L",),
    "microgram / litre": ("ug/L", "µg/l", "micrograms/l", "mcg/l"),
    "nanogram / millilitre": ("ng/mL",),
    "gram / litre": ("g/L",),
    "gram / decilitre": ("g/dL",),
    "milliunit / litre": ("mU/L", "miu/l"),
    "unit / litre": ("U/L", "iu/l"),
    "millilitre / minute": ("mL/min", "ml/min/1.73m2", "ml/min/1.73m²", "ml/min/1.73m^2"),
    "milligram / millimole": ("mg/mmol",),
    "microgram / gram": ("ug/g", "µg/g", "mcg/g", "micrograms/g"),
    "millisecond": ("ms", "msec", "millisecond", "milliseconds"),
    "second": ("seconds", "second", "s", "sec", "secs"),
    "minute": ("minutes", "minute", "min", "mins"),
    "hour": ("hours", "hour", "h", "hr", "hrs"),
    "day": ("days", "day", "d"),
    "week": ("weeks", "week", "wk", "wks"),
    "month": ("months", "month"),
    "milligram / hour": ("mg/hour", "mg/h", "mg/hr"),
    "microgram / hour": ("micrograms/hour", "microgram/hour", "mcg/hour", "mcg/hr", "micrograms/hr"),
    "milligram / day": ("mg/day", "mg/24hours", "mg/24hour", "mg/24h", "mg/24hr", "mg/24hrs"),
    "microgram / day": ("micrograms/day", "micrograms/24hours", "micrograms/24h"),
}
_NAME_OF = {spelling.casefold(): name for name, spellings in _SPELLINGS.items() for spelling in spellings}

# What a quantity may be written in. Those that are also contexts of clinical_units.txt convert between kinds of unit.
_QUANTITIES: dict[str, tuple[str, ...]] = {
    "weight": ("kilogram", "stone", "pound", "ounce", "gram"),
    "height": ("centimetre", "metre", "foot", "inch", "millimetre"),
    "waist": ("centimetre", "inch"),
    "temperature": ("degree_celsius", "degree_fahrenheit"),
    "blood_pressure": ("mmhg", "kilopascal"),
    "rate": ("1 / minute",),
    "volume": ("millilitre", "litre", "cup"),
    "hba1c": ("mmol_per_mol", "percent"),
    "glucose": ("millimole / litre", "milligram / decilitre"),
    "cholesterol": ("millimole / litre", "milligram / decilitre"),
    "triglycerides": ("millimole / litre", "milligram / decilitre"),
    "creatinine": ("micromole / litre", "milligram / decilitre"),
    "bilirubin": ("micromole / litre", "milligram / decilitre"),
    "calcium": ("millimole / litre", "milligram / decilitre"),
    "vitamin_d": ("nanomole / litre", "nanogram / millilitre"),
    "haemoglobin": ("gram / litre", "gram / decilitre"),
    "dose": ("milligram", "microgram", "gram", "nanogram"),
}
_CONTEXTS = (
    "hba1c",
    "glucose",
    "cholesterol",
    "triglycerides",
    "creatinine",
    "bilirubin",
    "calcium",
    "vitamin_d",
)

# What doses are turned into by a factor alone, just as pint has it: to load pint takes longer than to read 5,000 lines.
FACTORS = {
    ("microgram", "milligram"): 0.001,
    ("gram", "milligram"): 1000.0,
    ("nanogram", "milligram"): 1e-06,
    ("milligram / hour", "milligram / day"): 24.0,
    ("microgram / hour", "milligram / day"): 0.024,
    ("microgram / day", "milligram / day"): 0.001,
}
"""Names of the registry, from and to, with what the value is multiplied by."""


class UnitMismatch(ValueError):
    """One unit cannot be turned into the other. The message names units; it never holds the value."""


@cache
def registry() -> pint.UnitRegistry[float]:
    """The pint registry of this project's own units, made once. It knows no prefixes and no other units."""
    import pint

    return pint.UnitRegistry(_DEFINITIONS, autoconvert_offset_to_baseunit=False, cache_folder=None)


def known_units(quantity: str = "") -> tuple[str, ...]:
    """The units a quantity may be given in, as they are shown to a person; every unit where no quantity is named.

    An unknown quantity has none.

    >>> known_units("weight")
    ('kg', 'st', 'lb', 'oz', 'g')
    """
    names = _QUANTITIES.get(quantity, ()) if quantity else tuple(_SPELLINGS)
    return tuple(_SPELLINGS[name][0] for name in names)


def convert(value: float, from_unit: str, to_unit: str, quantity: str = "") -> float:
    """``value`` in ``to_unit``, not rounded. ``quantity`` says what is measured where units alone do not settle it.

    mg/dL becomes mmol/L only for a quantity whose factor is held (glucose, cholesterol, triglycerides, creatinine,
    bilirubin, calcium, vitamin_d); % becomes mmol/mol only for hba1c.
    Source of the factors: check-s16 and check-s67 in drug_rules/sources.yaml (HbA1c: the IFCC and NGSP master
    equations). Spelling, case and spaces are forgiven: ``MMOL/L``.

    Raises UnitMismatch where a unit is not known or the two do not measure the same thing. An empty unit is not
    guessed at.

    >>> round(convert(11, "stone", "kg"), 2)
    69.85
    >>> round(convert(6.5, "%", "mmol/mol", "hba1c"))
    48
    """
    source, target = _name(from_unit), _name(to_unit)
    if source is None:
        raise UnitMismatch(_unknown_unit(to_unit, quantity))
    if target is None:
        raise UnitMismatch("the unit to convert to is not one that this tool knows")
    if source == target:
        return float(value)
    factor = FACTORS.get((source, target))
    if factor is not None:
        return float(value) * factor
    return _converted(float(value), source, target, quantity)


def _name(unit: str) -> str | None:
    return _NAME_OF.get("".join(unit.casefold().split()))


def _converted(value: float, source: str, target: str, quantity: str) -> float:
    import pint

    units = registry()
    contexts = (quantity,) if quantity in _CONTEXTS else ()
    try:
        return float(units.Quantity(value, source).to(target, *contexts).magnitude)
    except pint.DimensionalityError:
        of = f" for {quantity.replace('_', ' ')}" if quantity else ""
        shown = f"{_SPELLINGS[source][0]} cannot be turned into {_SPELLINGS[target][0]}{of}"
        raise UnitMismatch(shown) from None


def _unknown_unit(to_unit: str, quantity: str) -> str:
    """The unit that was written is not repeated: it comes from a record."""
    units = known_units(quantity)
    hint = f"write one of {', '.join(units)}" if units else f"write it in {to_unit}"
    return f"the unit is not one that this tool knows; {hint}"
