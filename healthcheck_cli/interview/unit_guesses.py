"""Numbers without a unit that could be in another one: asked about, never guessed.

Basis: general knowledge; the row for the waist is this project's own. Nobody has signed them off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from healthcheck_cli.interview.measures import compound_readings, plain_number

# What a question measures, where its unit alone does not say (names of healthcheck_cli.medicines.units).
QUANTITIES = {
    "meas.weight": "weight",
    "meas.height": "height",
    "meas.waist": "waist",
    "meas.muac": "waist",
    "meas.head_circ": "waist",
    "meas.temp": "temperature",
    "lab.hba1c": "hba1c",
    "lab.glucose": "glucose",
    "lab.lipids": "cholesterol",
    "lab.fbc": "haemoglobin",
}


@dataclass(frozen=True)
class _Doubt:
    """Numbers for which a bare figure is in doubt, and the units it may be in."""

    when: Callable[[float], bool]
    units: tuple[str, ...]


_DOUBTS: dict[str, tuple[_Doubt, ...]] = {
    "meas.weight": (_Doubt(lambda n: n < 25, ("kg", "st")),),
    "meas.height": (_Doubt(lambda n: n < 3, ("m",)), _Doubt(lambda n: 3 <= n < 8, ("ft",))),
    "meas.waist": (_Doubt(lambda n: n < 60, ("cm", "in")),),
    "meas.temp": (_Doubt(lambda n: n > 45, ("F",)),),
    "lab.hba1c": (_Doubt(lambda n: n < 20, ("%",)), _Doubt(lambda n: 20 <= n <= 25, ("%", "mmol/mol"))),
    "lab.glucose": (_Doubt(lambda n: n >= 30, ("mg/dL", "mmol/L")),),
    "lab.fbc": (_Doubt(lambda n: n < 25, ("g/dL", "g/L")),),
}


def possible_readings(question: str, number: float) -> tuple[str, ...]:
    """What a number without a unit may stand for, each written so that it can be read in one way only.

    Empty where the question's own unit is the only likely one.

    >>> possible_readings("meas.weight", 11.4)
    ('11.4 kg', '11 st 4 lb', '11 st 5.6 lb')
    >>> possible_readings("meas.weight", 72.5)
    ()
    """
    doubt = next((d for d in _DOUBTS.get(question, ()) if d.when(number)), None)
    if doubt is None:
        return ()
    readings: list[str] = []
    for unit in doubt.units:
        written = plain_number(number)
        readings += compound_readings(written, unit) or (f"{written} {unit}",)
    return tuple(readings)
