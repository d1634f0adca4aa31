"""The values a condition is tested on, and the three truth values it can have.

Numbers are intervals, because an unread dose or an unrecognised line makes a total a range, not a figure.
Dates are ranges for the same reason. An exact number is an interval whose ends are equal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from healthcheck_cli.conditions.tree import Atom, Call


class Truth(Enum):
    """Kleene's three truth values."""

    TRUE = True
    FALSE = False
    UNKNOWN = None

    __hash__ = object.__hash__  # each is one object; that of Enum is many times slower, and asked very often

    def __bool__(self) -> bool:
        raise TypeError("a truth value is not a bool: unknown is neither; compare with `is Truth.TRUE`")


class State(str, Enum):
    """What is known of a fact. Only ``KNOWN`` has a value. ``DOES_NOT_APPLY`` is not a kind of unknown."""

    KNOWN = "known"
    UNKNOWN = "unknown"  # nobody was asked, or the source cannot say, or what there is is too old
    NOT_KNOWN = "not_known"  # asked, and the answer was "not known"
    DECLINED = "declined"
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True)
class Interval:
    """A number known to lie between ``low`` and ``high``, both included; ``inf`` where there is no upper end.

    >>> Interval.exactly(3)
    Interval(low=3, high=3)
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError("an interval needs low <= high, and neither may be NaN")

    @classmethod
    def exactly(cls, number: float) -> Interval:
        """The interval that holds one number."""
        return cls(number, number)

    @property
    def exact(self) -> bool:
        """Is it one number?"""
        return self.low == self.high


@dataclass(frozen=True)
class DateRange:
    """When something last happened: between two days. ``None`` at an end means "never".

    Both ends ``None``: it is known never to have happened. Only ``earliest`` ``None``: it happened on or before
    ``latest``, or never did (nothing was found since the events are complete).
    """

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.latest is None and self.earliest is not None:
            raise ValueError("a date that may be never at its latest is never")
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError("a date range needs earliest <= latest")

    @property
    def never(self) -> bool:
        """Is it known that it never happened?"""
        return self.latest is None


NEVER = DateRange(None, None)

FactContent = bool | str | frozenset[str] | Interval


@dataclass(frozen=True)
class FactValue:
    """One fact about one person: its state, its value, its date where it has one, and what it stands on.

    ``value`` by type: yn bool · choice and text str · multi frozenset of the values ticked (the "nothing" value
    left out) · num and int Interval in the fact's unit · date: None, see ``dates``.
    A dated fact whose value is too old to use, or absent, is ``UNKNOWN`` and keeps its dates: how long ago is known.
    ``shown`` is what a person reads beside a finding; ``rows`` are rows of the medicine list, and of no other list.
    """

    state: State
    value: FactContent | None = None
    dates: DateRange | None = None
    rows: tuple[int, ...] = ()
    shown: str = ""


UNKNOWN_FACT = FactValue(State.UNKNOWN)

AttributeContent = bool | str | Interval | DateRange | None
"""A line attribute: None is unknown. Times are Intervals in days."""


@dataclass(frozen=True)
class LineFacts:
    """One ingredient of one medicine line. ``possible_classes`` are those it may be in (a dose that decides
    membership was not read); they do not repeat ``classes``. ``current`` is None where the dates cannot say."""

    row: int
    substance: str
    classes: frozenset[str]
    possible_classes: frozenset[str] = frozenset()
    current: bool | None = True
    attributes: Mapping[str, AttributeContent] = field(default_factory=dict)
    shown: str = ""


class WorkedOut(Protocol):
    """What is known of one person without looking at facts and lines: it was worked out for many people at once."""

    def truth(self, atom: Atom) -> Truth | None:
        """The truth of an atom, whatever ``not`` stands before it; None where its fact does not apply."""

    def value(self, call: Call) -> bool | Interval | None:
        """What a function over medicine lines gives."""

    def missing(self, call: Call) -> tuple[str, ...]:
        """What keeps a function over medicine lines, or a scale, from being known."""

    def behind(self, call: Call) -> tuple[tuple[int, ...], str]:
        """The rows that a function over medicine lines stands on, and what they hold."""


@dataclass(frozen=True)
class PersonFacts:
    """All that conditions may ask about one person. ``facts`` may work its values out when they are asked for;
    a name that is not in it is unknown. ``burdens`` are of the lines supplied, unrecognised ones included.
    ``worked_out`` answers in place of facts and lines where it is given."""

    as_of: date
    facts: Mapping[str, FactValue]
    lines: tuple[LineFacts, ...] = ()
    medicines_complete: bool = False
    unrecognised_rows: tuple[int, ...] = ()
    burdens: Mapping[str, Interval] = field(default_factory=dict)
    worked_out: WorkedOut | None = None
    truths: dict[str, Truth | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was found of atoms so far, by their text: rules ask the same things of a person again and again."""

    def fact(self, name: str) -> FactValue:
        """The fact of that name, unknown where nothing says."""
        return self.facts.get(name, UNKNOWN_FACT)
