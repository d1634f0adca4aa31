"""Observations, and the parts of one (the two figures of a blood pressure), each as an observation of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.blood_pressure import each_pressure
from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import Concept, Json, concept, day_in, number, objects, text, thing, truth
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.values import measured_value
from healthcheck_cli.record import Observation, Problem, Row

_LEFT_OUT = ("entered-in-error", "cancelled")
_UCUM = "unitsofmeasure.org"
_SAYS_MORE = ("component", "dataAbsentReason", "hasMember", "related", "derivedFrom")
_WHEN = (("effectiveDateTime",), ("effectivePeriod", "start"), ("effectiveInstant",), ("issued",))


def observations_of(entry: Entry, notes: Mapping[str, Notes]) -> Iterator[Observation | RejectedRow]:
    """What one Observation tells: itself where it has a value or no parts, then each of its parts."""
    resource = entry.resource
    if text(resource, "status").casefold() in _LEFT_OUT:
        notes[entry.file].add("observation that was cancelled or entered in error: left out", entry.number)
        return
    day = _day(entry, notes)
    named, parts = concept(resource, "code"), objects(resource, "component")
    if not named and not parts:
        yield RejectedRow(entry.file, entry.number, "observation without a term or a code")
        return
    value, unit = _value(resource)
    if named and (value is not None or not parts):
        whole = _observation(entry, named, value, unit, day, notes)
        if parts:  # they tell the two figures of a blood pressure
            yield whole
        else:
            yield from each_pressure(whole, lambda message: notes[entry.file].add(message, entry.number))
    for part in parts:
        name = concept(part, "code")
        if name:
            yield _observation(entry, name, *_value(part), day, notes)
        else:
            notes[entry.file].add("part of an observation without a term or a code: left out", entry.number)


def coded_event(entry: Entry) -> Problem | None:
    """An observation that is no more than a code with a date, as a problem; None for any other.

    GP systems send every coded entry as an Observation, a diagnosis too that is in no problem list. Groups of problems
    know their codes, so that an entry about anything else is of no group.
    """
    resource, named = entry.resource, concept(entry.resource, "code")
    said = _value(resource)[0] is not None or any(name in resource for name in _SAYS_MORE)
    if said or not named.code or text(resource, "status").casefold() in _LEFT_OUT:
        return None
    day = next((found.day for path in _WHEN if (found := day_in(resource, *path)).day is not None), None)
    return Problem(Row(entry.number, entry.file), named.words, named.code, day)


def _observation(
    entry: Entry,
    named: Concept,
    value: float | str | None,
    unit: str,
    day: date | None,
    notes: Mapping[str, Notes],
) -> Observation:
    if named.broken:
        notes[entry.file].add("code of an observation left out: its check digit is wrong", entry.number)
    return Observation(Row(entry.number, entry.file), named.words, named.code, value, unit, day)


def _day(entry: Entry, notes: Mapping[str, Notes]) -> date | None:
    """When it was observed; when it was issued, where nothing is said of that."""
    for path in _WHEN:
        found = day_in(entry.resource, *path)
        if found.day is None and found.partial:
            notes[entry.file].add("date of an observation is no day: taken as unknown", entry.number)
        if found.day is not None or found.partial:
            return found.day
    return None


def _value(holder: Json) -> tuple[float | str | None, str]:
    """The value with its unit. A value with a comparator ("< 5") is no number; a range is told as text."""
    quantity = thing(holder, "valueQuantity")
    amount = number(quantity, "value")
    if amount is not None:
        comparator, unit = text(quantity, "comparator"), _unit(quantity)
        return (f"{comparator} {amount:g}", unit) if comparator else (amount, unit)
    flag = truth(holder, "valueBoolean")
    if flag is not None:
        return ("yes" if flag else "no"), ""
    whole = number(holder, "valueInteger")
    if whole is not None:
        return whole, ""
    if "valueRange" in holder:
        low, high = (number(holder, "valueRange", end, "value") for end in ("low", "high"))
        told = f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}".strip()
        return told, _unit(thing(holder, "valueRange", "high"))
    words = concept(holder, "valueCodeableConcept").words or text(holder, "valueString")
    return measured_value(words, "") if words else (None, "")


def _unit(quantity: Json) -> str:
    """The unit by its code of UCUM, which programs agree on; as it is written where there is none."""
    code = text(quantity, "code") if _UCUM in text(quantity, "system") else ""
    return code or text(quantity, "unit")
