"""The functions over medicine lines: which lines count, and what they add up to.

A line counts when it is taken now, is in the class and meets every condition; it may count when nothing rules it out
and something is unknown. An incomplete list, or a line nobody could name, may hold one more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from healthcheck_cli.conditions.attributes import (
    BEGUN_ON,
    DUPLICATE,
    GAIN_SINCE_START,
    KEPT_AS,
    LAPSED,
    PERCENT_AT_TOP,
    REDUCED,
)
from healthcheck_cli.conditions.compare import holds
from healthcheck_cli.conditions.kleene import all_true, opposite
from healthcheck_cli.conditions.tree import Call, LineCondition, LineMissing, LineNot
from healthcheck_cli.conditions.values import AttributeContent, DateRange, Interval, LineFacts, PersonFacts, Truth

REQUIRES: Mapping[str, str] = {"lapsed": LAPSED, "reduced": REDUCED, "duplicates": DUPLICATE}
"""The attribute that a line must have, without its being written, to count for a function."""

OF_ANY_LINE = frozenset({"lapsed", "reduced"})
"""Functions that look at lines whether they are taken now or not."""

DOSE_PERCENT_DECIMALS = 6
"""Shares of a maximum are added up as decimals: thirds must not make 100 % more than 100 %."""


@dataclass(frozen=True)
class Standing:
    """A line that counts (true) or may count (unknown)."""

    line: LineFacts
    truth: Truth

    @property
    def sure(self) -> bool:
        """Does the line count for certain?"""
        return self.truth is Truth.TRUE


def standings(call: Call, person: PersonFacts) -> tuple[Standing, ...]:
    """The lines that count or may count for the call; those that cannot are left out."""
    name = call.name  # most lines are not in the class: left out before anything else is asked of them
    members = (line for line in person.lines if name in line.classes or name in line.possible_classes)
    found = (Standing(line, all_true(part for _, part in line_parts(call, line))) for line in members)
    return tuple(standing for standing in found if standing.truth is not Truth.FALSE)


def line_parts(call: Call, line: LineFacts) -> Iterator[tuple[str, Truth]]:
    """Everything a line must meet to count: what is asked (``current``, ``class`` or the attribute) and the answer."""
    if call.function not in OF_ANY_LINE:
        yield "current", Truth(line.current)
    possible = Truth.UNKNOWN if call.name in line.possible_classes else Truth.FALSE
    yield "class", Truth.TRUE if call.name in line.classes else possible
    if call.function in REQUIRES:
        required = REQUIRES[call.function]
        yield required, holds(attribute_of(line, required), None)
    for condition in call.lines:
        yield _attribute_named(condition), truth_on_line(condition, line)


def attribute_of(line: LineFacts, name: str) -> AttributeContent:
    """The attribute that conditions call ``name``; None where it is unknown. A start that never was is unknown."""
    value = line.attributes.get(KEPT_AS.get(name, name))
    return None if isinstance(value, DateRange) and value.never else value


def may_hold_more(person: PersonFacts) -> bool:
    """May the person take something that no line names?"""
    return not person.medicines_complete or bool(person.unrecognised_rows)


def value_of_call(call: Call, person: PersonFacts) -> bool | Interval | None:
    """What a function over medicine lines gives for this person: yes or no, a number, or None for unknown."""
    return _FUNCTIONS[call.function](call, person)


def truth_on_line(condition: LineCondition, line: LineFacts) -> Truth:
    """The truth of a condition on one line."""
    if isinstance(condition, LineNot):
        return opposite(truth_on_line(condition.part, line))
    value = attribute_of(line, condition.attribute)
    return Truth(value is None) if isinstance(condition, LineMissing) else holds(value, condition.test)


def _attribute_named(condition: LineCondition) -> str:
    return _attribute_named(condition.part) if isinstance(condition, LineNot) else condition.attribute


def _any_counts(call: Call, person: PersonFacts) -> bool | None:
    found = standings(call, person)
    if any(standing.sure for standing in found):
        return True
    return None if found or may_hold_more(person) else False


def _count_substances(call: Call, person: PersonFacts) -> Interval:
    found = standings(call, person)
    low = len({standing.line.substance for standing in found if standing.sure})
    high = len({standing.line.substance for standing in found}) + len(person.unrecognised_rows)
    return Interval(low, high if person.medicines_complete else math.inf)


def _add_dose_percent(call: Call, person: PersonFacts) -> Interval:
    low, high = 0.0, math.inf if may_hold_more(person) else 0.0
    for standing in standings(call, person):
        share = attribute_of(standing.line, PERCENT_AT_TOP)
        if not isinstance(share, Interval):
            high = math.inf
            continue
        low += share.low if standing.sure else 0.0
        high += share.high
    return Interval(round(low, DOSE_PERCENT_DECIMALS), round(high, DOSE_PERCENT_DECIMALS))


def _gain_since_start(call: Call, person: PersonFacts) -> Interval | None:
    """The gain kept with the newest member. Which is newest must be beyond doubt: no line that may have begun later,
    no line unread, nothing missing from the list. Of members begun on one day, the gains are taken together."""
    if may_hold_more(person):
        return None
    found = standings(call, person)
    begun = {index: attribute_of(standing.line, BEGUN_ON) for index, standing in enumerate(found)}
    sure = [index for index, standing in enumerate(found) if standing.sure]
    starts = {index: dates.earliest for index, dates in begun.items() if isinstance(dates, DateRange)}
    newest = max((start for index in sure if (start := starts.get(index))), default=None)
    gains: list[Interval] = []
    for index, standing in enumerate(found):
        dates = begun[index]
        if newest is None or not isinstance(dates, DateRange) or dates.latest is None:
            return None
        if standing.sure and dates.earliest == newest:
            gain = attribute_of(standing.line, GAIN_SINCE_START)
            if not isinstance(gain, Interval):
                return None
            gains.append(gain)
        elif dates.latest >= newest:
            return None
    return Interval(min(gain.low for gain in gains), max(gain.high for gain in gains)) if gains else None


_FUNCTIONS: Mapping[str, Callable[[Call, PersonFacts], bool | Interval | None]] = {
    "taking": _any_counts,
    "lapsed": _any_counts,
    "reduced": _any_counts,
    "count": _count_substances,
    "duplicates": _count_substances,
    "dose_percent": _add_dose_percent,
    "gain_since_start": _gain_since_start,
}
