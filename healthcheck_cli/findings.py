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
from healthcheck_cli.record import Acceptance


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
    """Something to do, who owns it, and by when.

    ``asked_by``: the rule that asks for it, where that is one that its finding stands for.
    """

    do: str
    owner: str
    within: str
    due: date
    easy_read: str = ""
    asked_by: str = ""


class WhyShown(str, Enum):
    """Why a finding is shown though there is an entry that accepts it."""

    URGENT = "urgent"
    PAST = "past"  # the day the entry held until is over
    OTHER_MEDICINE = "other_medicine"  # the finding stands on a medicine that the entry does not name


@dataclass(frozen=True)
class NotHeld:
    """An entry that accepts a rule and does not hold for this finding, with the reason."""

    entry: Acceptance
    why: WhyShown


@dataclass(frozen=True)
class Finding:
    """A rule that fired. ``higher_if`` names facts that, if known, might raise the level.

    ``merged`` are the findings of other rules that rest on the same and ask for nothing more: they are told with this
    one, whose ``because`` holds their reasons too.
    """

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
    merged: tuple[Finding, ...] = ()
    not_held: tuple[NotHeld, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Its own rule and those that are merged."""
        return (self.rule, *(it.rule for it in self.merged))

    def rules_asking(self, action: Action) -> tuple[str, ...]:
        """Which rules ask for one of its actions: its own, and those merged that do; or the one that it stands for."""
        if action.asked_by:
            return (action.asked_by,)
        wanted = action.do, action.owner
        return (self.rule, *(it.rule for it in self.merged if wanted in ((a.do, a.owner) for a in it.actions)))

    @property
    def stands_for(self) -> tuple[str, ...]:
        """The ids of all rules that this finding is shown for, besides its own."""
        return (*self.rules[1:], *self.superseded)

    @property
    def told_for(self) -> tuple[str, ...]:
        """Every rule that this finding is shown for: its own, and those that it stands for."""
        return (self.rule, *self.stands_for)


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding that is known and accepted, with the entries that say so: one, or one for each of its medicines."""

    finding: Finding
    entries: tuple[Acceptance, ...]

    @property
    def until(self) -> date:
        """The last day on which all of the entries hold."""
        return min(entry.until for entry in self.entries)


@dataclass(frozen=True)
class NotAssessed:
    """A rule that could not be decided, with the facts that would settle it whatever they turn out to be.

    ``holds``: of a rule of a pressing level, what is found of it already.
    """

    rule: str
    level: Level
    title: str
    themes: tuple[str, ...]
    missing: tuple[str, ...]
    holds: tuple[Because, ...] = ()


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
    unmatched_observations: tuple[int, ...] = ()  # rows of observations whose name and code no fact takes
    unread_observations: tuple[int, ...] = ()  # rows of observations whose value no fact that takes them can read
    accepted: tuple[AcceptedFinding, ...] = ()  # none of them is among the findings
    accepted_not_found: tuple[Acceptance, ...] = ()  # entries in force for rules that did not fire
    clear: tuple[str, ...] = ()  # rules that were asked and are false; one in no list at all was not asked


@dataclass(frozen=True)
class Review:
    """A whole review: everyone in it, and where every row went."""

    as_of: date
    people: tuple[PersonReview, ...]
    ledger: Ledger
    inputs: tuple[InputFile, ...] = ()
