"""The directions of a medicine: the text that the source gives, or a text made of its structured dose.

The text is what the clinician wrote and what the patient reads, so it goes first, and a structured dose beside it is
not used. A text made here is in the words of the national rules for turning a dose to text, and is read like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from healthcheck_cli.readers.fhir.elements import Json, concept, number, objects, text, thing, things, truth

_PERIODS = {
    **{"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"},
    **dict.fromkeys(("second", "minute", "hour", "day", "week", "month", "year")),
}
_DAYS = {
    **{"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday"},
    **{"fri": "Friday", "sat": "Saturday", "sun": "Sunday"},
}
_WHEN = {
    **{"MORN": "during the morning", "MORN.early": "during the early morning", "MORN.late": "during the late morning"},
    **{"NOON": "at noon", "AFT": "during the afternoon", "EVE": "during the evening", "NIGHT": "during the night"},
    **{"PHS": "after sleep", "HS": "before sleep", "WAKE": "upon waking", "C": "at a meal", "CM": "at breakfast"},
    **{"CD": "at lunch", "CV": "at dinner", "AC": "before a meal", "ACM": "before breakfast"},
    **{"ACD": "before lunch", "ACV": "before dinner", "PC": "after a meal", "PCM": "after breakfast"},
    **{"PCD": "after lunch", "PCV": "after dinner"},
}
"""HL7's event timing codes in words (http://hl7.org/fhir/event-timing, and the v3 TimingEvent codes)."""


def directions_of(doses: Sequence[Json]) -> str:
    """The directions of all steps of a dose, in order; empty where nothing is said, or part of it cannot be told.

    >>> directions_of([{"text": "One daily"}])
    'One daily'
    >>> amount, rhythm = {"value": 1, "unit": "tablet"}, {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}
    >>> directions_of([{"doseAndRate": [{"doseQuantity": amount}], "timing": rhythm, "asNeededBoolean": True}])
    '1 tablet - 2 times a day - as required'
    """
    steps = [it for it in doses if it]
    told = [_step(it) for it in steps]
    if not all(told):  # one step that cannot be told would leave a dose that is not the whole
        return ""
    in_order = sorted(zip((number(it, "sequence") or 0 for it in steps), told, strict=True), key=lambda it: it[0])
    by_place = groupby(in_order, key=lambda it: it[0])
    return ", then ".join(_at_one_time(list(dict.fromkeys(words for _, words in same))) for _, same in by_place)


def _at_one_time(told: Sequence[str]) -> str:
    """Directions that hold side by side. Where they say how long, they would be read as one after the other: they are
    joined so that no daily dose is made of them."""
    return (" in addition to " if any(" for " in it for it in told) else ", and ").join(told)


def as_needed(doses: Sequence[Json]) -> bool | None:
    """Is it for when required, as the structure says? None where some steps are and others not, or it is not said.

    "No" is told of a dose without a text only: systems fill in "false" beside words that say "when required".
    """
    said = [_as_needed(it) for it in doses]
    if said and all(said):
        return True
    if said and all(it is False for it in said) and not any(text(it, "text") for it in doses):
        return False
    return None


def _as_needed(dose: Json) -> bool | None:
    if concept(dose, "asNeededCodeableConcept") or concept(dose, "asNeededFor"):
        return True
    return truth(dose, "asNeededBoolean") if "asNeededBoolean" in dose else truth(dose, "asNeeded")


def route_of(doses: Sequence[Json]) -> str:
    """The route in the source's words, where all steps share one."""
    routes = {concept(it, "route").words for it in doses}
    words = next(iter(routes)) if len(routes) == 1 else ""
    return words[: -len(" route")] if words.casefold().endswith(" route") else words


def _step(dose: Json) -> str:
    if written := text(dose, "text"):
        return written
    amount, rhythm = _amount(dose), _rhythm(thing(dose, "timing"))
    if amount is None or rhythm is None:
        return ""
    method = concept(dose, "method").words
    first = " ".join(it for it in (method if method.casefold() in ("apply", "inject", "inhale") else "", amount) if it)
    more = [concept(it, "_").words for it in ({"_": it} for it in objects(dose, "additionalInstruction"))]
    parts = [first, rhythm, route_of([dose]).casefold(), _required(dose), _maximum(dose), *more]
    parts += [text(dose, "patientInstruction")]
    return " - ".join(part for part in parts if part)


def _amount(dose: Json) -> str | None:
    """The amount; None where there is one that cannot be told. STU3 has it in the dose itself, R4 in a list."""
    several = objects(dose, "doseAndRate")
    if len(several) > 1:  # ordered and calculated, for example: which of them holds is not told
        return None
    place = several[0] if several else dose
    if any(name in place for name in ("rateRatio", "rateRange", "rateQuantity", "rateSimpleQuantity")):
        return None
    if "doseRange" in place:
        low, high = (thing(place, "doseRange", end) for end in ("low", "high"))
        least, most = number(low, "value"), number(high, "value")
        if most is None:
            return None
        unit = _unit(high) or _unit(low)
        return f"up to {most:g} {unit}".rstrip() if least is None else f"{least:g} to {most:g} {unit}".rstrip()
    quantity = thing(place, "doseQuantity") or thing(place, "doseSimpleQuantity")
    if not quantity:
        return ""
    value = number(quantity, "value")
    return None if value is None or text(quantity, "comparator") else f"{value:g} {_unit(quantity)}".rstrip()


def _unit(quantity: Json) -> str:
    code = "" if "snomed" in text(quantity, "system") else text(quantity, "code").strip("{}")
    return text(quantity, "unit") or ("" if code == "1" else code)


def _rhythm(timing: Json) -> str | None:
    """How often; empty where nothing is said, None where what is said cannot be told in words."""
    repeat = thing(timing, "repeat")
    if not repeat:
        return "" if not timing else concept(timing, "code").words or None
    when = [_WHEN.get(str(it)) for it in things(repeat.get("when"))]
    days = [_DAYS.get(str(it).casefold()) for it in things(repeat.get("dayOfWeek"))]
    hours = [str(it)[:5] for it in things(repeat.get("timeOfDay"))]
    if None in when or None in days or "offset" in repeat or (when and hours):
        return None
    often = _often(repeat, len(when or hours))
    if often is None:
        return None
    told = [often, " and ".join(str(it) for it in when)]
    told += [f"on {_listed([str(it) for it in days])}" if days else "", f"at {_listed(hours)}" if hours else ""]
    told += [_bounds(repeat)]
    return " - ".join(it for it in told if it)


def _often(repeat: Json, moments: int) -> str | None:
    """How many times in which period. ``moments``: how many hours or parts of the day are named beside it. A dose at
    each of two moments of one day is two a day; where the number given is another one, it cannot be told."""
    period, unit = number(repeat, "period"), _PERIODS.get(text(repeat, "periodUnit"), "")
    times, most = number(repeat, "frequency"), number(repeat, "frequencyMax")
    if period is None and times is None and most is None and "count" not in repeat:
        return ""
    if number(repeat, "count") == 1 and period is None:
        return "take once"
    if period is None or not unit or any(name in repeat for name in ("count", "countMax", "periodMax")):
        return None
    if moments > 1:
        if (period, unit) != (1, "day") or most is not None or times not in (None, moments):
            return None
        times = moments
    return _times(times, most, period, unit)


def _times(times: float | None, most: float | None, period: float, unit: str) -> str:
    every = f"every {period:g} {unit}s" if period != 1 else f"a {unit}"
    if most is not None:
        return f"up to {most:g} times {every}" if times is None else f"{times:g} to {most:g} times {every}"
    if times in (None, 1):
        return every if period != 1 else "daily" if (times, unit) == (None, "day") else f"once a {unit}"
    return f"{times:g} times {every}"


def _bounds(repeat: Json) -> str:
    length = thing(repeat, "boundsDuration")
    value, unit = number(length, "value"), _PERIODS.get(text(length, "code"), "") or text(length, "unit").rstrip("s")
    return f"for {value:g} {unit}{'' if value == 1 else 's'}" if value is not None and unit else ""


def _required(dose: Json) -> str:
    if not _as_needed(dose):
        return ""
    what_for = concept(dose, "asNeededCodeableConcept") or concept(dose, "asNeededFor")
    return f"as required for {what_for.words}" if what_for.words else "as required"


def _maximum(dose: Json) -> str:
    most = thing(dose, "maxDosePerPeriod")
    value, hours = number(most, "numerator", "value"), number(most, "denominator", "value")
    unit = _PERIODS.get(text(most, "denominator", "code"), "") or text(most, "denominator", "unit")
    if value is None or hours is None or not unit:
        return ""
    amount = f"{value:g} {_unit(thing(most, 'numerator'))}".rstrip()
    return f"up to a maximum of {amount} in {hours:g} {unit}{'' if hours == 1 else 's'}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
