"""The shape of a computation, and the two values most of them end in."""

from __future__ import annotations

from collections.abc import Callable

from healthcheck_cli.conditions.values import FactContent, FactValue, Interval, State
from healthcheck_cli.facts.sources import FactSources

FactLookup = Callable[[str], FactValue]
Compute = Callable[[FactSources, FactLookup], FactValue]


def known(value: FactContent, shown: str = "", rows: tuple[int, ...] = ()) -> FactValue:
    """A fact with a value."""
    return FactValue(State.KNOWN, value, rows=rows, shown=shown)


def number(fact: FactValue) -> Interval | None:
    """The fact's number, if it is known and is one."""
    return fact.value if fact.state is State.KNOWN and isinstance(fact.value, Interval) else None
