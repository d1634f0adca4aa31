"""What a review finds about one person: findings, what could not be assessed, and the medicines as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Level
from healthcheck_cli.content.support import Basis
from healthcheck_cli.ledger import InputFile, Ledger
from healthcheck_cli.medicines.models import (
    Burden,
    ConstipatingLoad,
    Disagreement,
    EquivalentDose,
    LowerBurdenOption,
    MedicineRead,
)


@dataclass(frozen=True)
class Because:
    """One part of a condition that decided, with the value it had and the rows it stands on.

    ``value`` is what conditions saw, as JSON (true, a number, a word, {"low": 1, "high": 3}); ``shown`` is for people.
    """

    fact: str
    value: object
    rows: tuple[int, ...] = ()
    shown: str = ""


@dataclass(frozen=True)
class Action:
    """Something to do, who owns it, and by when."""

    do: str
    owner: str
    within: str
    due: date
    easy_read: str = ""


@dataclass(frozen=True)
class Finding:
    """A rule that fired. ``higher_if`` names facts that, if known, might raise the level."""

    rule: str
    level: Level
    themes: tuple[str, ...]
    title: str
    says: str
    because: tuple[Because, ...]
    rows: tuple[int, ...]
    actions: tuple[Action, ...]
    basis: Basis
    sources: tuple[str, ...]
    higher_if: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()  # weaker findings on the same medicine or fact that this one stands for


@dataclass(frozen=True)
class NotAssessed:
    """A rule that could not be decided, with the facts that would settle it whatever they turn out to be."""

    rule: str
    level: Level
    title: str
    themes: tuple[str, ...]
    missing: tuple[str, ...]


class ThemeStatus(str, Enum):
    """``CLEAR`` only when everything the theme's rules need was known and nothing fired."""

    RAISED = "raised"
    CLEAR = "clear"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True)
class ThemeState:
    """How one LeDeR theme stands. ``assessed`` of ``rules`` rules could be decided."""

    id: str
    state: ThemeStatus
    level: Level | None
    findings: tuple[str, ...]
    assessed: int
    rules: int


@dataclass(frozen=True)
class Unrecognised:
    """A line nobody could name, with near misses for a person to judge."""

    row: int
    text: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class PersonReview:
    """Everything found about one person."""

    person_id: str
    age: int | None
    sex: str
    complete: tuple[str, ...]
    medicines: tuple[MedicineRead, ...]
    burdens: Mapping[str, Burden]
    constipating: ConstipatingLoad
    antipsychotic_percent: Interval | None
    antipsychotic_percent_without_prn: Interval | None
    findings: tuple[Finding, ...]
    could_not_assess: tuple[NotAssessed, ...]
    themes: tuple[ThemeState, ...]
    unrecognised: tuple[Unrecognised, ...]
    disagreements: tuple[Disagreement, ...] = ()
    equivalents: tuple[EquivalentDose, ...] = ()
    lower_burden: tuple[LowerBurdenOption, ...] = ()
    from_check: bool = False  # answers were expected
    unmatched_problems: tuple[int, ...] = ()  # rows of problems with neither a known code nor a known term


@dataclass(frozen=True)
class Review:
    """A whole review: everyone in it, and where every row went."""

    as_of: date
    people: tuple[PersonReview, ...]
    ledger: Ledger
    inputs: tuple[InputFile, ...] = ()
