"""Is there a value of one fact that makes several atoms about it come out as wanted? Found by trying.

Tried are all values that the atoms can tell apart: for a number each threshold and a little to both sides of it, every
word of a choice, the ticks that are named, the days that lie as long ago as is asked, and every state of not knowing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.evaluate import truth_of
from healthcheck_cli.conditions.tree import Atom, Call, Comparison, Day, Has, Literal, Membership, Number, Test
from healthcheck_cli.conditions.values import (
    NEVER,
    DateRange,
    FactContent,
    FactValue,
    Interval,
    PersonFacts,
    State,
    Truth,
)
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary

AS_OF = date(2024, 2, 15)  # any day will do: conditions ask how long ago something was
_LITTLE = 1e-6
_MOST_TICKS = 8


@dataclass(frozen=True)
class Wanted:
    """An atom that has to come out true, or false where it is ``negated``.

    ``surely``: else it need only not be wrong. ``or_does_not_apply``: a fact that does not apply will do as well.
    """

    atom: Atom
    negated: bool
    surely: bool = True
    or_does_not_apply: bool = False


def some_value_fits(
    declaration: FactDeclaration,
    wanted: Sequence[Wanted],
    vocabulary: Vocabulary,
    limits: tuple[float, float] = (-math.inf, math.inf),
) -> bool:
    """May one fact be such that every atom comes out as wanted? True too where there are too many values to try.

    ``limits`` are the lowest and the highest number that the fact can be.
    """
    contents = _contents(declaration, wanted, vocabulary, limits)
    if contents is None or all(it.or_does_not_apply for it in wanted):
        return True
    dates = _dates(declaration, wanted)
    return any(_fits(value, declaration.name, wanted, vocabulary) for value in _values(declaration, contents, dates))


def _fits(value: FactValue, name: str, wanted: Sequence[Wanted], vocabulary: Vocabulary) -> bool:
    person = PersonFacts(AS_OF, {name: value})
    for it in wanted:
        truth = truth_of(it.atom, person, vocabulary, negated=it.negated)
        if truth is Truth.FALSE or (it.surely and truth is Truth.UNKNOWN):
            return False
    return True


def _values(
    declaration: FactDeclaration, contents: Sequence[FactContent], dates: Sequence[DateRange | None]
) -> Iterator[FactValue]:
    for day in dates:
        for state in (State.UNKNOWN, State.NOT_KNOWN, State.DECLINED):
            yield FactValue(state, dates=day)
        if declaration.type is not FactType.DATE:
            yield from (FactValue(State.KNOWN, content, dates=day) for content in contents)
        elif day is not None:
            yield FactValue(State.KNOWN, dates=day)


def _contents(
    declaration: FactDeclaration, wanted: Sequence[Wanted], vocabulary: Vocabulary, limits: tuple[float, float]
) -> Sequence[FactContent] | None:
    """The values to try; None where there are too many."""
    if declaration.type is FactType.YN:
        return (True, False)
    if declaration.type in (FactType.NUM, FactType.INT):
        numbers = numbers_to_try((it.atom.test for it in wanted), whole=declaration.type is FactType.INT)
        low, high = limits
        return [Interval.exactly(it) for it in {*numbers, low, high} if low <= it <= high and math.isfinite(it)]
    if declaration.type is FactType.CHOICE:
        return declaration.values
    if declaration.type is FactType.MULTI:
        return _ticks(declaration, wanted)
    if declaration.type is FactType.TEXT:
        return _texts(wanted, vocabulary)
    return ()


def numbers_to_try(tests: Iterable[Test | None], *, whole: bool) -> set[float]:
    """Each number that is asked about, and one a little (or, of whole numbers, 1) to both sides; 0 and 1 too."""
    found: set[float] = {0.0, 1.0}
    step = 1.0 if whole else _LITTLE
    for literal in _literals(tests):
        if isinstance(literal, Number):
            found |= {literal.value - step, literal.value, literal.value + step}
    return {math.floor(it) * 1.0 for it in found} | {math.ceil(it) * 1.0 for it in found} if whole else found


def days_to_try(tests: Iterable[Test | None]) -> set[date]:
    """Each day that is asked about, and the days before and after it."""
    named = (literal.value for literal in _literals(tests) if isinstance(literal, Day))
    return {day + timedelta(days=days) for day in named for days in (-1, 0, 1)}


def _literals(tests: Iterable[Test | None]) -> Iterator[Literal]:
    for test in tests:
        if isinstance(test, Comparison):
            yield test.literal
        elif isinstance(test, Membership):
            yield from test.literals


def _ticks(declaration: FactDeclaration, wanted: Sequence[Wanted]) -> Sequence[FactContent] | None:
    """Every choice among the values that are named; and with none, some or all of the others ticked as well."""
    named = {word.value for it in wanted if isinstance(it.atom.test, Has) for word in it.atom.test.words}
    named -= {declaration.nothing}
    if len(named) > _MOST_TICKS:
        return None
    others = [value for value in declaration.values if value not in named and value != declaration.nothing]
    chosen = chain.from_iterable(combinations(sorted(named), size) for size in range(len(named) + 1))
    return [frozenset((*ticked, *others[:more])) for ticked in chosen for more in range(len(others) + 1)]


def _texts(wanted: Sequence[Wanted], vocabulary: Vocabulary) -> Sequence[FactContent] | None:
    calls = [it.atom.subject for it in wanted if isinstance(it.atom.subject, Call)]
    lists = sorted({call.word_list for call in calls if call.function == "mentions"})
    if len(lists) > _MOST_TICKS:
        return None
    words = {name: vocabulary.word_lists[name][0] for name in lists if vocabulary.word_lists[name]}
    chosen = chain.from_iterable(combinations(words, size) for size in range(len(words) + 1))
    return ["", "~", *(" ~ ".join(words[name] for name in names) for names in chosen)]


def _dates(declaration: FactDeclaration, wanted: Sequence[Wanted]) -> Sequence[DateRange | None]:
    """The days to try, where the fact is a date or carries one; None is "nobody knows when"."""
    if declaration.type is not FactType.DATE and not declaration.dated:
        return (None,)
    found = {AS_OF, AS_OF + timedelta(days=1)} | days_to_try(it.atom.test for it in wanted)
    for it in wanted:
        if isinstance(it.atom.subject, Call):
            for literal in _literals([it.atom.test]):
                if isinstance(literal, Number):
                    found |= set(_days_ago(it.atom.subject.function, literal.amount))
    return (None, NEVER, *(DateRange(day, day) for day in sorted(found)))


def _days_ago(function: str, number: float) -> Iterator[date]:
    for count in range(max(0, math.floor(number) - 1), math.ceil(number) + 3):
        if function == "months_since":
            yield AS_OF - relativedelta(months=count)
        elif function == "weeks_since":
            yield AS_OF - timedelta(weeks=count)
