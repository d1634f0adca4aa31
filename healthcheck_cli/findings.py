"""What a review finds about one person: findings, what could not be assessed, and the medicines as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Basis, Level
from healthcheck_cli.medicines.models import Dosage, IngredientDose, Recognised
from healthcheck_cli.record import MedicineLine


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
class IngredientRead:
    """One ingredient of a line: its classes and how much of it a day. ``possible_classes``: it may be in these."""

    name: str
    label: str
    classes: tuple[str, ...]
    possible_classes: tuple[str, ...]
    dose: IngredientDose


class Currency(str, Enum):
    """Is the line taken now? The source seldom says, so the reason goes with it."""

    CURRENT = "current"
    NOT_CURRENT = "not_current"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class MedicineRead:
    """One line of the list with everything that was made of it."""

    line: MedicineLine
    recognised: Recognised
    dosage: Dosage
    ingredients: tuple[IngredientRead, ...]
    currency: Currency
    currency_reason: str = ""
    prn: bool | None = None
    route: str = ""

    @property
    def row(self) -> int:
        """The row number shown to a person."""
        return self.line.row.number

    @property
    def current(self) -> bool:
        """Is it counted as taken now?"""
        return self.currency is Currency.CURRENT


@dataclass(frozen=True)
class BurdenItem:
    """One ingredient's score on a scale, with the first row it stands in."""

    row: int
    ingredient: str
    score: int
    prn: bool = False


@dataclass(frozen=True)
class Burden:
    """A total on one scale. ``not_on_scale`` are recognised medicines the scale does not list: not scored, not zero."""

    scale: str
    version: str
    total: Interval
    items: tuple[BurdenItem, ...]
    not_on_scale: tuple[str, ...]
    without_prn: Interval | None = None


@dataclass(frozen=True)
class ConstipatingLoad:
    """The constipating medicines. Levels are this project's own and are never added up."""

    max_level: int
    count_level_2_3: int
    items: tuple[BurdenItem, ...]


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
    from_check: bool = False  # answers were expected
    unmatched_problems: tuple[int, ...] = ()  # rows of problems with neither a known code nor a known term


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be used, and why. Never the row's own text."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class Ledger:
    """Where every medicine row went. ``rows_read`` is the sum of the other counts."""

    rows_used: int = 0
    rows_not_current: int = 0
    rows_duplicate: int = 0
    rows_unrecognised: int = 0
    rejected: tuple[RejectedRow, ...] = ()

    @property
    def rows_rejected(self) -> int:
        """Rows that could not be used at all."""
        return len(self.rejected)

    @property
    def rows_read(self) -> int:
        """Every medicine row of every input."""
        return (
            self.rows_used + self.rows_not_current + self.rows_duplicate + self.rows_unrecognised + self.rows_rejected
        )


@dataclass(frozen=True)
class InputFile:
    """One input, so that an output says what it was made from."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True)
class Review:
    """A whole review: everyone in it, and where every row went."""

    as_of: date
    people: tuple[PersonReview, ...]
    ledger: Ledger
    inputs: tuple[InputFile, ...] = ()
    overlays: tuple[str, ...] = field(default=())
