"""Can several atoms about medicine lines and burden scales all come out as wanted? No, where their bounds cross.

Each atom bounds a number: ``taking`` says at least one, its opposite none. What is in a narrower class, or meets more
conditions on the line, is in the wider one: at least two of the first and none of the second cannot be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from healthcheck_cli.conditions.attributes import LINE_ATTRIBUTES
from healthcheck_cli.conditions.compare import holds
from healthcheck_cli.conditions.possible_facts import Wanted, days_to_try, numbers_to_try
from healthcheck_cli.conditions.tree import Call, LineCondition, LineMissing, LineNot, LineTest
from healthcheck_cli.conditions.values import AttributeContent, DateRange, Interval, Truth
from healthcheck_cli.conditions.vocabulary import AttributeType

_COUNTS = ("taking", "count")  # of lines taken now: one bounds the other
_WHOLE = ("count", "duplicates", "burden")
_YES_OR_NO = ("taking", "lapsed", "reduced")

Within = Callable[[str, tuple[str, ...]], bool]
"""Is every line of the first class surely in one of the others?"""


@dataclass(frozen=True)
class _Bounds:
    """What the atoms of one call leave of its number."""

    call: Call
    low: float
    high: float
    low_surely: bool
    high_surely: bool


def lines_may_fit(wanted: Sequence[Wanted], within: Within) -> bool:
    """False only where no list of medicines can make every atom come out as wanted."""
    by_call: dict[Call, list[Wanted]] = {}
    for it in wanted:
        if isinstance(it.atom.subject, Call):
            by_call.setdefault(it.atom.subject, []).append(it)
    if not all(_some_number_fits(call, of_call) for call, of_call in by_call.items()):
        return False
    bounds = [_bounds(call, of_call) for call, of_call in by_call.items() if call.function in _COUNTS]
    if any(it.low >= 1 and not _a_line_can_meet(it.call.lines) for it in bounds):
        return False
    return not any(_crossed(narrow, bounds, within) for narrow in bounds if narrow.low > 0)


def _crossed(narrow: _Bounds, bounds: Sequence[_Bounds], within: Within) -> bool:
    """Must the lines of ``narrow`` be in a class that has fewer, or in classes that have none?"""
    around = [
        wide
        for wide in bounds
        if narrow.low > wide.high
        and (narrow.low_surely or wide.high_surely)
        and set(wide.call.lines) <= set(narrow.call.lines)
    ]
    if any(within(narrow.call.name, (wide.call.name,)) for wide in around):
        return True
    empty = tuple(sorted({wide.call.name for wide in around if wide.high < 1}))
    return len(empty) > 1 and within(narrow.call.name, empty)


def _some_number_fits(call: Call, wanted: Sequence[Wanted]) -> bool:
    """One call on its own. What need not be sure may stay unknown, unless a sure atom settles the number."""
    if not any(it.surely for it in wanted):
        return True
    return any(_truths_fit(value, wanted) for value in _numbers(call, wanted))


def _truths_fit(value: bool | Interval, wanted: Sequence[Wanted]) -> bool:
    return all(holds(value, it.atom.test) is Truth(not it.negated) for it in wanted)


def _numbers(call: Call, wanted: Sequence[Wanted]) -> Iterator[bool | Interval]:
    if call.function in _YES_OR_NO:
        yield from (True, False)
        return
    tests = (it.atom.test for it in wanted)
    least = -math.inf if call.function == "gain_since_start" else 0
    numbers = numbers_to_try(tests, whole=call.function in _WHOLE)
    yield from (Interval.exactly(it) for it in numbers if it >= least)


def _bounds(call: Call, wanted: Sequence[Wanted]) -> _Bounds:
    """The lowest and the highest count that fit each atom, and whether a sure atom says so."""
    low, high, low_surely, high_surely = 0.0, math.inf, False, False
    for it in wanted:
        if call.function == "taking":
            at_least, at_most = (0.0, 0.0) if it.negated else (1.0, math.inf)
        else:
            at_least, at_most = _bounds_of_count(call, it)
        if at_least > low:
            low, low_surely = at_least, it.surely
        if at_most < high:
            high, high_surely = at_most, it.surely
    return _Bounds(call, low, high, low_surely, high_surely)


def _bounds_of_count(call: Call, it: Wanted) -> tuple[float, float]:
    """The numbers tried go past every threshold: where the last of them fits, so do all beyond it."""
    tried = sorted(value.low for value in _numbers(call, [it]) if isinstance(value, Interval))
    fits = [number for number in tried if _truths_fit(Interval.exactly(number), [it])]
    if not fits:
        return 0.0, math.inf
    return fits[0], math.inf if fits[-1] == tried[-1] else fits[-1]


def _a_line_can_meet(conditions: Sequence[LineCondition]) -> bool:
    """May one line meet them all? Each attribute is looked at by itself."""
    by_attribute: dict[str, list[tuple[LineTest | LineMissing, bool]]] = {}
    for condition in conditions:
        part, negated = condition, False
        while isinstance(part, LineNot):
            part, negated = part.part, not negated
        by_attribute.setdefault(part.attribute, []).append((part, negated))
    return all(any(_meets(value, parts) for value in _values(name, parts)) for name, parts in by_attribute.items())


def _meets(value: AttributeContent, parts: Sequence[tuple[LineTest | LineMissing, bool]]) -> bool:
    for part, negated in parts:
        truth = Truth(value is None) if isinstance(part, LineMissing) else holds(value, part.test)
        if truth is not Truth(not negated):
            return False
    return True


def _values(name: str, parts: Sequence[tuple[LineTest | LineMissing, bool]]) -> Iterator[AttributeContent]:
    declaration = LINE_ATTRIBUTES[name]
    tests = [part.test for part, _ in parts if isinstance(part, LineTest)]
    yield None
    if declaration.type is AttributeType.YN:
        yield from (True, False)
    elif declaration.type is AttributeType.WORD:
        yield from declaration.values
    elif declaration.type is AttributeType.DATE:
        yield from (DateRange(day, day) for day in days_to_try(tests))
    else:
        yield from (Interval.exactly(it) for it in numbers_to_try(tests, whole=False) if it >= 0)
