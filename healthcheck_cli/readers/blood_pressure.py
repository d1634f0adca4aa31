"""A blood pressure written as one value ("128/76"), as the two observations that it is.

No fact asks for a blood pressure as such: the upper and the lower figure are facts of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from healthcheck_cli.record import Observation

UNREADABLE_PRESSURE = "blood pressure not readable: taken as unknown"
NAMES = ("systolic blood pressure", "diastolic blood pressure")

_CODES = frozenset({"75367002", "163020007"})  # blood pressure (observable entity); O/E - blood pressure reading
_MEANS_IT = {"blood pressure", "bp", "b/p", "arterial blood pressure"}
_BOTH = ("systolic", "diastolic")
_ADDS_NOTHING = {
    *("o/e", "oe", "on", "examination", "reading", "readings", "measurement", "value", "result", "and"),
    *("observable", "entity", "finding", "mmhg", "mm", "hg", "recorded", "last", "latest"),
    *("sitting", "seated", "clinic", "surgery"),
}  # not standing, at home, over 24 hours, target: those are other pressures
_BETWEEN_WORDS = re.compile(r"[\s,:;()\[\]_–-]+")
_PAIR = re.compile(r"([0-9]{2,3})\s*/\s*([0-9]{2,3})(?:\s*mm\s?\[?hg\]?)?", re.IGNORECASE)
_LOWEST, _HIGHEST = 30, 300
_UNIT = "mmHg"


def is_blood_pressure(name: str, code: str) -> bool:
    """Does an observation of this name or SNOMED code hold both figures?

    >>> is_blood_pressure("O/E - blood pressure reading", ""), is_blood_pressure("Standing BP", "")
    (True, False)
    """
    words = [word for word in _BETWEEN_WORDS.split(name.casefold().replace(".", "")) if word not in _ADDS_NOTHING]
    if all(word in words for word in _BOTH):
        words = [word for word in words if word not in _BOTH]
    return code in _CODES or " ".join(words).strip() in _MEANS_IT


def pressures_in(value: object) -> tuple[float, float] | None:
    """The upper and the lower figure; None where a value is not two that can be those of a person.

    >>> pressures_in("210/130"), pressures_in("76/128"), pressures_in("128")
    ((210.0, 130.0), None, None)
    """
    found = _PAIR.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    upper, lower = float(found[1]), float(found[2])
    return (upper, lower) if _LOWEST <= lower < upper <= _HIGHEST else None


def each_pressure(observation: Observation, note: Callable[[str], None]) -> tuple[Observation, ...]:
    """The observation; of a blood pressure, its two figures in its place.

    One that cannot be read is two values that nobody can read, and ``note`` is told: an older pressure does not stand
    in for it.
    """
    if observation.value is None or not is_blood_pressure(observation.name, observation.code):
        return (observation,)
    figures: tuple[float | str, float | str] | None = pressures_in(observation.value)
    if figures is None:
        note(UNREADABLE_PRESSURE)
        written = observation.value
        figures = (written, written) if isinstance(written, str) else (f"{written:g}", f"{written:g}")
    unit = observation.unit or _UNIT
    return tuple(
        replace(observation, name=name, code="", value=figure, unit=unit)
        for name, figure in zip(NAMES, figures, strict=True)
    )
