"""The shape of a computation, what it asks the record for itself, and the two values most of them end in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from healthcheck_cli.conditions.values import FactContent, FactValue, Interval, State
from healthcheck_cli.conditions.vocabulary import FactDeclaration
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.sources import FactSources

FactLookup = Callable[[str], FactValue]
Compute = Callable[[FactSources, FactLookup], FactValue]


@dataclass(frozen=True)
class OwnFeed:
    """Observations that a computation itself asks the record for, read as the fact ``name``. ``declaration``: of one
    that the content does not have, since no rule asks for it."""

    name: str
    feed: ObservationFeed
    declaration: FactDeclaration | None = None


def known(value: FactContent, shown: str = "", rows: tuple[int, ...] = ()) -> FactValue:
    """A fact with a value."""
    return FactValue(State.KNOWN, value, rows=rows, shown=shown)


def number(fact: FactValue) -> Interval | None:
    """The fact's number, if it is known and is one."""
    return fact.value if fact.state is State.KNOWN and isinstance(fact.value, Interval) else None
