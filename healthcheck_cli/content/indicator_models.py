"""What is counted of everybody in an extract, and the national figures it can be held against, as content says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.content.support import Place, Support


class IndicatorGroup(str, Enum):
    """The part of the cohort report that an indicator stands in."""

    PSYCHOTROPICS = "psychotropics"
    REASONS = "reasons"
    DOSE = "dose"
    BURDEN = "burden"
    BOWEL = "bowel"
    LEDER = "leder"


@dataclass(frozen=True)
class SeriesBreak:
    """From when on the figures of a series are not to be held against those before it, and why."""

    year: str
    says: str


@dataclass(frozen=True)
class NationalSeries:
    """One publication, or run of publications, of national figures. ``of``: whom it counts; ``breaks``: as above."""

    id: str
    title: str
    of: str
    place: Place
    support: Support
    breaks: tuple[SeriesBreak, ...] = ()


@dataclass(frozen=True)
class NationalFigure:
    """One national figure: a percentage with the period it is for. ``note``: how what it counts differs from ours."""

    percent: float
    period: str
    series: str
    support: Support
    note: str = ""


@dataclass(frozen=True)
class Indicator:
    """A share of people: of those for whom ``who`` holds (None: everybody), how many are counted.

    Who is counted is said in one way: ``counts`` holds of them; one of ``fired`` was found; none of ``not_fired`` was
    found, and all of them could be assessed; or ``assessed`` could be assessed at all, so that what it needs is there.
    ``found_in`` is the list in which ``assessed`` looks: where it is not complete, not found is not known.
    ``leave_out``: recorded exceptions, which are counted apart. ``unanswered``: why an extract cannot say it, in place
    of all of these.
    """

    id: str
    title: str
    group: IndicatorGroup
    place: Place
    support: Support
    who: Condition | None = None
    counts: Condition | None = None
    fired: tuple[str, ...] = ()
    not_fired: tuple[str, ...] = ()
    assessed: str = ""
    found_in: str = ""
    leave_out: Condition | None = None
    figures: tuple[NationalFigure, ...] = ()
    unanswered: str = ""
    note: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that it names."""
        return (*self.fired, *self.not_fired, *((self.assessed,) if self.assessed else ()))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that it has."""
        return tuple(it for it in (self.who, self.counts, self.leave_out) if it is not None)
