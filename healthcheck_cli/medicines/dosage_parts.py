"""What directions are made of: parts ("2 at night"), and the steps that follow one another ("then 3 daily").

The arithmetic of one part is here: how many times a day, how much a day. Nothing here looks at words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

DAYS_IN_WEEK = 7
_ROUNDING = 0.01


class CannotRead(Exception):
    """The directions cannot be read with certainty."""


@dataclass(frozen=True)
class Rate:
    """So many times in ``days`` days. ``capped`` for "up to": the low end of the day is then none at all."""

    low: float
    high: float
    days: float
    capped: bool = False
    interval: bool = False  # "every 4 to 6 hours", not "4 times a day"

    @property
    def a_day(self) -> tuple[float, float]:
        """Times a day, low and high."""
        return self.low / self.days, self.high / self.days


@dataclass
class Part:
    """One dose with its times, as it is being read. ``slots`` are times of the day; ``weekdays`` count from Monday."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    also: tuple[float, str] | None = None
    rates: list[Rate] = field(default_factory=list)
    slots: list[str] = field(default_factory=list)
    slots_added: int = 0  # slots joined by "and" to a number of times: "three times a day and at night"
    weekdays: set[int] = field(default_factory=set)
    day_share: float | None = None
    once: bool = False  # now, or at one event: no times a day
    course: bool = False

    @property
    def has_dose(self) -> bool:
        """Has an amount been read?"""
        return self.high is not None

    @property
    def has_times(self) -> bool:
        """Has anything been read of when it is taken?"""
        return bool(self.rates or self.slots or self.weekdays or self.day_share is not None)

    @property
    def empty(self) -> bool:
        """Has nothing been read?"""
        return not (self.has_dose or self.has_times or self.once)

    @property
    def by_the_hour(self) -> bool:
        """Is it taken every so many hours (less than a day)?"""
        return any(rate.interval and rate.days < 1 for rate in self.rates)

    def times(self) -> tuple[float, float] | None:
        """Times a day, low and high; None where the text does not say. Raises CannotRead on a contradiction."""
        if not self.has_times:
            return None
        wide = [rate for rate in self.rates if rate.days > 1]
        daily = [rate for rate in self.rates if rate.days <= 1]
        if wide:
            return self._spread(wide, daily)
        low, high = self._within_day(daily)
        share = self._share()
        return low * share, high * share

    def _share(self) -> float:
        """The part of the days on which it is taken."""
        named = len(self.weekdays) / DAYS_IN_WEEK
        if len(self.weekdays) == 1 and any((rate.low, rate.high, rate.days) == (1, 1, 1) for rate in self.rates):
            raise CannotRead  # "daily Monday"
        if self.day_share is None:
            return named or 1.0
        if self.weekdays and abs(self.day_share - named) > _ROUNDING:
            raise CannotRead
        return self.day_share

    def _spread(self, wide: list[Rate], daily: list[Rate]) -> tuple[float, float]:
        """Times a day where the period is longer than a day."""
        first = wide[0]
        each_week = (first.low, first.high, first.days) == (1, 1, DAYS_IN_WEEK) and first.interval
        if each_week and len(self.weekdays) > 1 and len(wide) == 1 and not daily:
            return (self._share(),) * 2  # "on Mondays and Fridays each week"
        if any(rate.a_day != first.a_day for rate in wide[1:]) or len(self._other_slots()) > 1:
            raise CannotRead
        low, high = first.a_day
        if self.weekdays and len(self.weekdays) not in (first.high * DAYS_IN_WEEK / first.days, 1):
            raise CannotRead
        if daily:
            if not (first.low == first.high == 1 and first.interval and first.days < DAYS_IN_WEEK):
                raise CannotRead  # "daily, every other week": daily in one week of two
            day_low, day_high = self._within_day(daily)
            return low * day_low, high * day_high
        return (0.0 if first.capped else low), high

    def _other_slots(self) -> list[str]:
        return [slot for slot in self.slots if slot != "meal"]

    def _within_day(self, daily: list[Rate]) -> tuple[float, float]:
        """Times on a day on which it is taken, from counts ("twice a day") and slots ("morning and night")."""
        slots = len(self._other_slots()) + (3 if "meal" in self.slots else 0)
        if not daily:
            return (float(slots or 1),) * 2
        low, high = _one_rate(daily)
        others = len(self._other_slots())
        if not self.slots or (others == 0 and "meal" in self.slots) or high in (slots, others):
            return low, high
        if self.slots_added:
            if others == self.slots_added:
                return low + others, high + others
            raise CannotRead
        raise CannotRead


def _one_rate(daily: list[Rate]) -> tuple[float, float]:
    """Several statements of the times a day as one: a count limits an interval; otherwise they must agree."""
    counts = [rate for rate in daily if not rate.interval] or daily
    first = counts[0]
    if any(rate.a_day != first.a_day for rate in counts[1:]):
        raise CannotRead
    low, high = first.a_day
    for rate in daily:
        uncapped_clash = rate.interval and not first.interval and not first.capped
        if uncapped_clash and not rate.a_day[0] - _ROUNDING <= high <= rate.a_day[1] + _ROUNDING:
            raise CannotRead
    return (0.0 if any(rate.capped for rate in daily) else low), high


@dataclass
class Directions:
    """All that was read. ``limit`` is in the unit ``limit_unit``: "" the dose's own, "times" so many times the dose."""

    steps: list[list[Part]]
    prn: bool = False
    directed: bool = False
    stat: bool = False
    hospital: bool = False
    reason: bool = False
    unknown_step: bool = False
    stepped: bool = False  # "then as needed": a step with neither dose nor times
    event: bool = False
    limit: float | None = None
    limit_unit: str = ""
    understood: bool = True  # False where some word is not known

    @property
    def parts(self) -> list[Part]:
        """The parts of all steps."""
        return [part for step in self.steps for part in step]
