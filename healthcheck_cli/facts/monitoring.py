"""Which monitoring tests are due for the medicines a person takes, by the monitoring table of the content.

Four states, and nothing unknown counts as done or as missing: a test that is not found in a list that is not complete
is ``not_known``. Where the start of a medicine is not known to the day, the tests of its first weeks are not looked at,
and ``begun`` says so by being None; only what repeats is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import product

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.attributes import BEGUN_ON
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import DateRange, LineFacts, PersonFacts, State, Truth
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.monitoring_models import Interval, MonitoringTest
from healthcheck_cli.content.spans import Span


class Due(str, Enum):
    """How a monitoring test stands on the day of the review."""

    OVERDUE = "overdue"
    DUE = "due"
    UP_TO_DATE = "up_to_date"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class MonitoringDue:
    """One test for one medicine.

    ``medicine``: its name; ``rows``: its rows in the medicine list. ``test``: the row of the table. ``last``: the day
    it was last done, None where no day is known; ``never``: it is known never to have been done. ``due``: the day it is
    or was next due, None where that is not known or no more is due. ``begun``: the day the medicine was begun, if
    known. ``may_be_overdue``: overdue, or it cannot be told that it is not.
    """

    medicine: str
    rows: tuple[int, ...]
    test: MonitoringTest
    state: Due
    last: date | None
    never: bool
    due: date | None
    begun: date | None
    may_be_overdue: bool


def monitoring_due(person: PersonFacts, content: Content) -> tuple[MonitoringDue, ...]:
    """Every test of the monitoring table that goes with a medicine the person takes or may take, on the day of the
    review (``person.as_of``): by medicine in the order of the list, then in the order of the table.

    A medicine that may not be taken any more, a class that depends on a dose that was not read, or an age that is not
    known leaves a test that is not up to date ``not_known``. Lines that nobody could name have no tests here. Where two
    rows of the table ask for one test with one medicine (the blood count of clozapine, and of any antipsychotic), the
    more pressing is told.
    """
    found: list[MonitoringDue] = []
    for substance, lines in _substances(person.lines):
        pressing: dict[str, MonitoringDue] = {}
        for test in content.monitoring.values():
            mine = [line for line in lines if _may_be(line, test)]
            wanted = _is_for(mine, test, person, content) if mine else Truth.FALSE
            if wanted is not Truth.FALSE:
                stands = _stands(substance, mine, test, wanted, person, content)
                pressing[test.test] = _more_pressing(pressing.get(test.test, stands), stands)
        found += pressing.values()
    return tuple(found)


def _more_pressing(one: MonitoringDue, other: MonitoringDue) -> MonitoringDue:
    """The more pressing of two on one test: what is known to be due comes before what is not known."""
    more = min(one, other, key=lambda it: (_PRESSING.index(it.state), it.due or date.max))
    return replace(more, may_be_overdue=one.may_be_overdue or other.may_be_overdue)


_PRESSING = (Due.OVERDUE, Due.DUE, Due.NOT_KNOWN, Due.UP_TO_DATE)


def _substances(lines: Sequence[LineFacts]) -> list[tuple[str, list[LineFacts]]]:
    """Lines that are taken or may be, by what they hold: tablets and drops of one medicine need one test."""
    found: dict[str, list[LineFacts]] = {}
    for line in lines:
        if line.current is not False:
            found.setdefault(line.substance, []).append(line)
    return list(found.items())


def _may_be(line: LineFacts, test: MonitoringTest) -> bool:
    return any(name in line.classes or name in line.possible_classes for name in test.of)


def _is_for(lines: Sequence[LineFacts], test: MonitoringTest, person: PersonFacts, content: Content) -> Truth:
    """Is the test for this person, who takes these lines?"""
    surely = any(line.current and any(name in line.classes for name in test.of) for line in lines)
    who = Truth.TRUE if test.who is None else evaluate(test.who, person, content.vocabulary)
    return Truth.UNKNOWN if who is Truth.TRUE and not surely else who


@dataclass(frozen=True)
class _Days:
    """From when a test is due, and from when it is overdue; None where nothing makes it so. ``since_when_open``: it is
    due, and since when cannot be told."""

    due: date | None
    overdue: date | None
    since_when_open: bool = False

    def state(self, as_of: date) -> Due:
        if self.overdue is not None and self.overdue <= as_of:
            return Due.OVERDUE
        return Due.DUE if self.due is not None and self.due <= as_of else Due.UP_TO_DATE


def _stands(
    substance: str,
    lines: Sequence[LineFacts],
    test: MonitoringTest,
    wanted: Truth,
    person: PersonFacts,
    content: Content,
) -> MonitoringDue:
    last, begun = _last(test, person), _begun(lines)
    start = begun.latest if begun is not None and begun.earliest == begun.latest else None
    possible = [] if last is None else _possible(test, begun, start, last, person, content)
    states = {days.state(person.as_of) for days in possible}
    state = _one_of(states) if states else Due.NOT_KNOWN
    if wanted is Truth.UNKNOWN and state is not Due.UP_TO_DATE:
        state = Due.NOT_KNOWN
    due = {days.due for days in possible}
    return MonitoringDue(
        medicine=lines[0].shown or substance,
        rows=tuple(sorted({line.row for line in lines})),
        test=test,
        state=state,
        last=last.latest if last is not None and last.earliest == last.latest else None,
        never=last is not None and last.never,
        due=due.pop() if len(due) == 1 and state is not Due.NOT_KNOWN else None,
        begun=start,
        may_be_overdue=not states or Due.OVERDUE in states or any(days.since_when_open for days in possible),
    )


def _one_of(states: set[Due]) -> Due:
    """What holds in every case that is possible: due, where it is due in one and overdue in another."""
    if len(states) == 1:
        return next(iter(states))
    return Due.DUE if Due.UP_TO_DATE not in states else Due.NOT_KNOWN


def _last(test: MonitoringTest, person: PersonFacts) -> DateRange | None:
    """When the test was last done; None where nothing says, or it does not apply."""
    fact = person.fact(test.test)
    return None if fact.state is State.DOES_NOT_APPLY else fact.dates


def _begun(lines: Sequence[LineFacts]) -> DateRange | None:
    """When the first of the lines was begun; None where one of them does not say."""
    starts = [value for line in lines if isinstance(value := line.attributes.get(BEGUN_ON), DateRange)]
    if not starts or len(starts) < len(lines):
        return None
    latest = min(start.latest for start in starts if start.latest is not None)
    firsts = [start.earliest for start in starts]
    return DateRange(None if None in firsts else min(day for day in firsts if day is not None), latest)


def _possible(
    test: MonitoringTest,
    begun: DateRange | None,
    start: date | None,
    last: DateRange,
    person: PersonFacts,
    content: Content,
) -> list[_Days]:
    """When the test is due, for each day it may last have been done and each interval that may hold."""
    usual: list[Interval | None] = [*_usual(test, person, content)]
    if start is None:  # any of the intervals after a start may still hold
        usual += [each for each in test.closer if begun is None or not _over(each, begun.latest, person.as_of)]
        if not usual and not _all_after(test, begun, last):
            return []
    days = {last.earliest, last.latest}
    return [_due(test, begun, start, day, each, person.as_of) for day, each in product(days, usual or [None])]


def _all_after(test: MonitoringTest, begun: DateRange | None, last: DateRange) -> bool:
    """Was the last test surely after all that the start asks for, whenever that was?"""
    if begun is None or begun.latest is None or last.earliest is None:
        return False
    return all(last.earliest >= _later(begun.latest, each.counts_from) for each in test.first)


def _usual(test: MonitoringTest, person: PersonFacts, content: Content) -> Iterator[Interval]:
    """The intervals that hold or may hold for as long as the medicine is taken, the shortest that surely holds last."""
    for each in sorted(test.more_often, key=lambda it: it.every.days):
        truth = Truth.TRUE if each.when is None else evaluate(each.when, person, content.vocabulary)
        if truth is not Truth.FALSE:
            yield each
        if truth is Truth.TRUE:
            return
    if test.usual is not None:
        yield test.usual


def _over(each: Interval, begun: date | None, as_of: date) -> bool:
    """Is the time after the start for which this interval holds over?"""
    return begun is not None and each.for_first is not None and _later(begun, each.for_first) <= as_of


def _due(
    test: MonitoringTest,
    begun: DateRange | None,
    start: date | None,
    last: date | None,
    usual: Interval | None,
    as_of: date,
) -> _Days:
    found = [] if start is None else list(_after_start(test, start, last, as_of))
    if last is not None and usual is not None:
        found.append(_again(last, usual))
    if last is None and not found:  # never done, and it is wanted for as long as the medicine is taken
        first = begun.latest if begun is not None and begun.latest is not None else None
        overdue = _again(first, usual).overdue if first is not None and usual is not None else None
        return _Days(first or as_of, overdue, since_when_open=start is None)
    return _Days(_earliest(days.due for days in found), _earliest(days.overdue for days in found))


def _after_start(test: MonitoringTest, start: date, last: date | None, as_of: date) -> Iterator[_Days]:
    """What the start of the medicine asks for and the last test does not answer."""
    if test.base is not None and (last is None or last < _earlier(start, test.base)):
        yield _Days(start, _later(start, test.base))
    for each in test.first:
        if last is None or last < _later(start, each.counts_from):
            yield _Days(_later(start, each.after), _later(start, each.after))
    for closer in test.closer:
        if not _over(closer, start, as_of):
            yield _again(max(start, last or start), closer)
            return


def _again(day: date, each: Interval) -> _Days:
    return _Days(_later(day, each.every), _later(day, each.overdue_after))


def _earliest(days: Iterator[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _later(day: date, span: Span) -> date:
    return day + _delta(span)


def _earlier(day: date, span: Span) -> date:
    return day - _delta(span)


def _delta(span: Span) -> relativedelta:
    if span.unit in ("month", "year"):
        return relativedelta(months=span.count * (12 if span.unit == "year" else 1))
    return relativedelta(days=span.count * (7 if span.unit == "week" else 1))
