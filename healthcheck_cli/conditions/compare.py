"""Does a value pass a test? One answer for facts, for what functions give, and for attributes of medicine lines.

A range passes only if all of it does, and fails only if none of it does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt, ne

from healthcheck_cli.conditions.kleene import any_true, opposite
from healthcheck_cli.conditions.tree import Comparison, Day, Has, Literal, Membership, Number, Test, Word
from healthcheck_cli.conditions.values import DateRange, Interval, Truth

TestedValue = bool | str | frozenset[str] | Interval | DateRange
"""Whatever can stand before a test, once it is known."""

# To ask the class for a member takes longer than the rest of a function here.
_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {">=": ge, ">": gt, "<=": le, "<": lt, "==": eq, "!=": ne}


def holds(value: TestedValue | None, test: Test | None) -> Truth:
    """Does ``value`` pass ``test``? Unknown if the value is; a yn value needs no test.

    Raises TypeError, without the value, where the two do not fit: the condition was then not checked.

    >>> from healthcheck_cli.conditions.tree import Comparison, Number
    >>> holds(Interval(1, 4), Comparison(">=", Number(3, text="3"), text=">= 3"))
    <Truth.UNKNOWN: None>
    """
    if value is None:
        return _UNKNOWN
    if test is None and isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(test, Has) and isinstance(value, frozenset):
        return _TRUE if any(word.value in value for word in test.words) else _FALSE
    if isinstance(test, Membership):
        return any_true(_compare(value, "==", literal) for literal in test.literals)
    if isinstance(test, Comparison):
        return _compare(value, test.operator, test.literal)
    raise _misfit(value)


def _compare(value: TestedValue, operator: str, literal: Literal) -> Truth:
    if operator == "!=":
        return opposite(_compare(value, "==", literal))
    if isinstance(value, str) and isinstance(literal, Word):
        return _TRUE if value == literal.value else _FALSE
    if isinstance(value, Interval) and isinstance(literal, Number):
        return _compare_interval(value, operator, literal.value)
    if isinstance(value, DateRange) and isinstance(literal, Day):
        return _compare_interval(_as_day_numbers(value), operator, literal.value.toordinal())
    raise _misfit(value)


def _compare_interval(interval: Interval, operator: str, number: float) -> Truth:
    if operator == "==":
        if not interval.low <= number <= interval.high:
            return _FALSE
        return _TRUE if interval.exact else _UNKNOWN
    compare = _OPERATORS[operator]
    at_low, at_high = compare(interval.low, number), compare(interval.high, number)
    return _UNKNOWN if at_low != at_high else _TRUE if at_low else _FALSE


def _as_day_numbers(dates: DateRange) -> Interval:
    """Never counts as longer ago than any day."""
    low = dates.earliest.toordinal() if dates.earliest else -math.inf
    return Interval(low, dates.latest.toordinal() if dates.latest else -math.inf)


def _misfit(value: object) -> TypeError:
    return TypeError(f"this test cannot be asked of a {type(value).__name__}: check the condition first")
