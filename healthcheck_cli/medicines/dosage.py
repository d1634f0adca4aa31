"""Directions as people write them → how much, how often, how much a day. What is not certain is not read.

The conventions of what is written (the schema dose): a spoonful is 5 ml, a month 30.4375 days, the low figure of a day
is 0 for when-required and "up to", and directions in steps give their lowest and highest step.
"""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck_cli.medicines.dosage_parts import CannotRead, Directions, Part
from healthcheck_cli.medicines.dosage_reader import Reader
from healthcheck_cli.medicines.dosage_tokens import Token, tokenise
from healthcheck_cli.medicines.dosage_words import AMOUNT_UNITS, IN_MG
from healthcheck_cli.medicines.models import Dosage

_LONGEST_TEXT = 1000  # characters; anything longer is a letter, not directions
_LEFT_OPEN = ("according to requirements", "as often as directed")  # whatever else is said, the amount is not


def read_dosage(text: str) -> Dosage:
    """Directions, read. Never raises, whatever the text.

    ``read`` is False, and the figures None, where the text is empty, contradicts itself, holds numbers that have no
    certain meaning ("1 2 daily") or says nothing that is understood.

    >>> dosage = read_dosage("1-2 tablets four times a day when required")
    >>> (dosage.dose_low, dosage.dose_high, dosage.dose_unit, dosage.daily_low, dosage.daily_high)
    (1.0, 2.0, 'tablet', 0.0, 8.0)
    >>> read_dosage("take one two daily").read
    False
    """
    if len(text) > _LONGEST_TEXT:
        return Dosage(text, read=False)
    tokens = tokenise(text)
    kinds = {token.kind for token in tokens}
    if "bath" in kinds:
        return Dosage(text, read=True, prn=False)
    try:
        if any(token.kind == "directed" and token.word in _LEFT_OPEN for token in tokens):
            return Dosage(text, read=True, prn=False, as_directed=True)
        return _dosage(text, Reader(tokens).read(), tokens)
    except CannotRead:
        return Dosage(text, read=False, as_directed="directed" in kinds, hospital="hospital" in kinds)


@dataclass(frozen=True)
class _Day:
    """What the steps come to. Pairs are (low, high)."""

    dose: tuple[float, float] | None
    unit: str | None
    times: tuple[float, float] | None
    daily: tuple[float, float] | None


def _dosage(text: str, said: Directions, tokens: list[Token]) -> Dosage:
    unit = _one_unit(said.parts)
    day = _day(said, unit)
    limit, limit_mg = _limit(said, day, unit)
    prn = said.prn
    low, high = day.daily if day.daily is not None else (None, None)
    if limit is not None:
        low = None if said.event else min(low if low is not None else 0.0, limit)
        high = limit if high is None else min(high, limit)
    if prn and low is not None:
        low = 0.0
    times_low, times_high = day.times if day.times is not None else (None, None)
    something = not _is_empty(day) or len(said.steps) > 1 or prn or said.directed or said.stat or limit is not None
    if not something and (not said.understood or said.unknown_step or said.hospital or _only_marks(tokens)):
        return Dosage(text, read=False, hospital=said.hospital)
    also = next((part.also for part in said.parts if part.also is not None), None) if len(said.parts) == 1 else None
    multi = said.unknown_step and day.dose is not None
    return Dosage(
        text,
        read=True,
        dose_low=day.dose[0] if day.dose is not None else None,
        dose_high=day.dose[1] if day.dose is not None else None,
        dose_unit=unit if day.dose is not None or limit is not None else None,
        times_per_day_low=times_low,
        times_per_day_high=times_high,
        prn=prn,
        max_per_day=limit,
        daily_low=low,
        daily_high=high,
        as_directed=said.directed,
        single_dose=said.stat and day.times is None and len(said.steps) <= 1 and not prn,
        multi_step=multi or _steps_differ(said),
        interval_days=_interval_days(day.times),
        hospital=said.hospital,
        reason_stated=said.reason,
        also_dose=also[0] if also is not None else None,
        also_unit=also[1] if also is not None else None,
        max_mg_per_day=limit_mg,
    )


def _is_empty(day: _Day) -> bool:
    """Do the directions give neither a dose nor a time?"""
    return day.dose is None and day.times is None


def _only_marks(tokens: list[Token]) -> bool:
    return all(token.kind == "mark" for token in tokens)


def _one_unit(parts: list[Part]) -> str | None:
    units = {part.unit for part in parts if part.unit is not None}
    if len(units) > 1:
        raise CannotRead
    return next(iter(units), None)


def _day(said: Directions, unit: str | None) -> _Day:
    doses = [(part.low, part.high) for part in said.parts if part.low is not None and part.high is not None]
    dose = (min(low for low, _ in doses), max(high for _, high in doses)) if doses else None
    steps = [_step(step, dose is not None, last) for step, last in _with_last_dose(said.steps)]
    times = [step_times for step_times, _ in steps if step_times is not None]
    spread = {any(rate.days > 1 for part in step for rate in part.rates) for step in said.steps}
    days = [step_daily for _, step_daily in steps]
    open_ended = any(part.once for part in said.parts) and bool(said.prn or len(said.steps) > 1)
    only_meals = said.prn and all(part.slots == ["meal"] and not part.rates for part in said.parts)
    mixed = (
        len(times) > 1 and len(spread) > 1
    )  # "daily for 2 weeks, then twice a week": a day and a week do not compare
    if said.event or open_ended or only_meals or mixed or (dose is None and len(times) > 1 and len(set(times)) > 1):
        return _Day(dose, unit, None, None)
    low_high = (min(low for low, _ in times), max(high for _, high in times)) if times else None
    known = [daily for daily in days if daily is not None]
    complete = known and len(known) == len(days) and not said.unknown_step
    daily = (min(low for low, _ in known), max(high for _, high in known)) if complete else None
    return _Day(dose, unit, low_high, daily)


def _with_last_dose(steps: list[list[Part]]) -> list[tuple[list[Part], Part | None]]:
    """Each step with the dose it takes over where it names none ("two tds for 3 days then daily")."""
    last: Part | None = None
    pairs = []
    for step in steps:
        pairs.append((step, last))
        last = next((part for part in reversed(step) if part.has_dose), last)
    return pairs


def _step(
    parts: list[Part], doses_given: bool, last: Part | None
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Times a day and amount a day of one step, its parts added up; None where a part does not say."""
    _check_together(parts)
    times = [part.times() for part in parts]
    known = [one for one in times if one is not None]
    if len(known) < len(times) and len(parts) > 1:
        raise CannotRead
    if not known:
        return None, None
    total = sum(low for low, _ in known), sum(high for _, high in known)
    if not doses_given:
        return total, None
    low = high = 0.0
    for part, (times_low, times_high) in zip(parts, known, strict=True):
        source = part if part.has_dose else last
        if source is None or source.low is None or source.high is None:
            return total, None
        low += source.low * times_low
        high += source.high * times_high
    return total, (low, high)


def _check_together(parts: list[Part]) -> None:
    """Parts of one day are added up only where they are plainly different times of it."""
    if len(parts) < 2:
        return
    counted = [part for part in parts if part.rates and not part.weekdays]
    slots = [slot for part in parts for slot in part.slots if not part.weekdays]
    spread = [part for part in parts if any(rate.days > 1 for rate in part.rates)]
    undosed = [part for part in parts if not part.has_dose]
    totals = [part for part in parts if [(rate.low, rate.high, rate.days) for rate in part.rates] == [(1, 1, 1)]]
    if any(not part.slots and not part.weekdays for part in totals):
        raise CannotRead  # "2 daily, one mane one nocte": a total, and how it is made up
    if len(counted) > 1 or spread or undosed or len(slots) != len(set(slots)):
        raise CannotRead
    days = [part.weekdays for part in parts if part.weekdays]
    if days and (len(days) < len(parts) or sum(map(len, days)) != len(set().union(*days))):
        raise CannotRead


def _limit(said: Directions, day: _Day, unit: str | None) -> tuple[float | None, float | None]:
    """The stated most in a day, in the unit of the dose; in mg where it cannot be said in that unit."""
    if said.limit is None:
        return _limit_of_interval(said, day), None
    if said.limit_unit in ("", unit):
        return said.limit, None
    if said.limit_unit == "times":
        return (None, None) if day.dose is None else (said.limit * day.dose[1], None)
    if unit in IN_MG and said.limit_unit in IN_MG:
        return said.limit * IN_MG[said.limit_unit] / IN_MG[unit], None
    if said.limit_unit in IN_MG:
        return None, said.limit * IN_MG[said.limit_unit]
    if unit is None and said.limit_unit not in AMOUNT_UNITS:
        return said.limit, None
    raise CannotRead


def _limit_of_interval(said: Directions, day: _Day) -> float | None:
    """ "two every 4-6 hours up to four times a day" states a most of eight a day."""
    if len(said.parts) != 1 or day.dose is None:
        return None
    rates = said.parts[0].rates
    counts = [rate for rate in rates if rate.capped and not rate.interval]
    return counts[0].high * day.dose[1] if counts and any(rate.interval for rate in rates) else None


def _steps_differ(said: Directions) -> bool:
    if len(said.steps) > 1 or said.stepped:
        return True
    doses = {(part.low, part.high) for part in said.parts if part.has_dose}
    return len(doses) > 1


def _interval_days(times: tuple[float, float] | None) -> float | None:
    if times is None or times[0] != times[1] or not 0 < times[0] < 1:
        return None
    return round(1 / times[0], 4)
