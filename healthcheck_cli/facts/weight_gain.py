"""How much weight was gained since a medicine was begun, kept with its line for ``gain_since_start(…)``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from healthcheck_cli.conditions.attributes import BEGUN_ON, GAIN_SINCE_START
from healthcheck_cli.conditions.values import DateRange, Interval, LineFacts
from healthcheck_cli.facts.scoring import percent_change

_NEAR_THE_START_DAYS = 56  # a weight within 8 weeks of the start, either side (proposed)
_NEWEST_WITHIN_DAYS = 365


def with_weight_gain(
    lines: Sequence[LineFacts], weights: Sequence[tuple[date, float]], as_of: date
) -> tuple[LineFacts, ...]:
    """The lines, each with the gain in percent since it was begun; loss is negative.

    ``weights`` are dated weights in kg. Nothing is guessed: without an exact day of the start, a weight near it and a
    later one of the last 12 months, the gain is unknown.

    >>> begun = DateRange(date(2026, 1, 10), date(2026, 1, 10))
    >>> line = LineFacts(1, "risperidone", frozenset(), attributes={BEGUN_ON: begun})
    >>> weighed = [(date(2026, 1, 20), 80.0), (date(2026, 10, 1), 88.0)]
    >>> with_weight_gain([line], weighed, date(2026, 11, 22))[0].attributes[GAIN_SINCE_START]
    Interval(low=10.0, high=10.0)
    """
    return tuple(
        replace(line, attributes={**line.attributes, GAIN_SINCE_START: _gain(line, weights, as_of)}) for line in lines
    )


def _gain(line: LineFacts, weights: Sequence[tuple[date, float]], as_of: date) -> Interval | None:
    begun = line.attributes.get(BEGUN_ON)
    if not isinstance(begun, DateRange) or begun.earliest is None or begun.earliest != begun.latest:
        return None
    start = begun.earliest
    near = [(day, kg) for day, kg in weights if abs((day - start).days) <= _NEAR_THE_START_DAYS]
    if not near:
        return None
    first_day, before = min(near, key=lambda weighed: abs((weighed[0] - start).days))
    newest_day, newest = max(weights, key=lambda weighed: weighed[0])
    if newest_day <= max(first_day, start) or (as_of - newest_day).days > _NEWEST_WITHIN_DAYS:
        return None
    gain = percent_change(before, newest)
    return None if gain is None else Interval.exactly(gain)
