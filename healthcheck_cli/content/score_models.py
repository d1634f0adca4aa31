"""What the content says of values worked out from answers, and of answers that do not go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from healthcheck_cli.content.support import Place, Support


@dataclass(frozen=True)
class Bound:
    """What a number is tested for. Every test that is given must hold; with none given, any number passes."""

    at_least: float | None = None
    above: float | None = None
    up_to: float | None = None
    below: float | None = None

    @property
    def open(self) -> bool:
        """Is nothing tested?"""
        return (self.at_least, self.above, self.up_to, self.below) == (None, None, None, None)

    def holds(self, number: float) -> bool:
        """Does the number pass?

        >>> Bound(at_least=18.5, below=25).holds(25), Bound(up_to=90).holds(90)
        (False, True)
        """
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.above is None or number > self.above)
            and (self.up_to is None or number <= self.up_to)
            and (self.below is None or number < self.below)
        )


@dataclass(frozen=True)
class ScoreBand:
    """What a value means. The first band of a score that holds is the one that is told.

    ``lower_at_least``: of two numbers, the second alone is enough from here on. ``any_part``: one part with so many
    points is enough, whatever the total. ``answers``: the answers it is said of.
    """

    says: str
    support: Support
    bound: Bound = field(default_factory=Bound)
    lower_at_least: float | None = None
    any_part: int | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Points:
    """How many points an answer gives: numbers up to and including ``up_to`` (None: any), or one of ``answers``."""

    points: int
    up_to: float | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class OtherTable:
    """Another table of points, used only where ``question`` was answered with ``answer``.

    Which of its tables depends on the answer to ``by``. ``agreed_in``: where this table question (with its column) was
    answered, a row must say yes there, or the usual table stays.
    """

    question: str
    answer: str
    by: str
    points: Mapping[str, tuple[Points, ...]]
    agreed_in: tuple[str, str] | None = None


@dataclass(frozen=True)
class ScorePart:
    """One part of a total. ``decimals``: numbers are rounded so before they are compared. ``ends``: with 0 points
    here the other parts count 0 and are not asked."""

    question: str
    title: str
    points: tuple[Points, ...]
    decimals: int = 0
    ends: bool = False
    instead: OtherTable | None = None


@dataclass(frozen=True)
class OtherBands:
    """Bands for the people whose answer to ``question`` is in ``groups``. ``title``: these bands in words;
    ``not_told``: answers that leave it open."""

    question: str
    title: str
    groups: frozenset[str]
    not_told: frozenset[str]
    bands: tuple[ScoreBand, ...]


@dataclass(frozen=True)
class Score:
    """One value that is worked out from answers, or recorded, and how it is read.

    ``how`` is one of ``content.kinds.scores.HOW``; ``of`` are the questions it is worked out from; a total in
    ``recorded_in`` stands where they were not all answered. ``begun_by``: what is missing is told only once one of
    these was answered. ``not_where``: it is not for people with these answers. ``only_below``: another score, and the
    number from which this one is not read. ``days_apart``: how old last year's value is at the least; ``same``: the
    questions that must have had the same answer then. ``estimated_where``: with these answers it is an estimate.
    ``one_day``: every part is of the day of the check.
    """

    id: str
    title: str
    how: str
    place: Place
    support: Support
    of: tuple[str, ...] = ()
    recorded_in: str = ""
    unit: str = ""
    decimals: int = 0
    from_age: int | None = None
    younger: str = ""
    begun_by: tuple[str, ...] = ()
    not_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only_below: tuple[str, float] | None = None
    days_apart: int = 0
    same: tuple[str, ...] = ()
    estimated_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one_day: bool = False
    parts: tuple[ScorePart, ...] = ()
    bands: tuple[ScoreBand, ...] = ()
    other_bands: OtherBands | None = None
    note: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that it is worked out from."""
        return (*self.of, *(part.question for part in self.parts))


@dataclass(frozen=True)
class AnswerTest:
    """What is tested of one answer, or of the medicine list; every test that is given must hold.

    ``answers``: one of these was given. ``bound``: the number. ``rows``: how many rows of a table. ``mentions``: the
    first column of a row is one of these words. ``states``: what is known of the answer, among
    ``content.kinds.cross_checks.STATES``. ``listed``, ``not_listed``: a class of medicines that is on the list, or is
    not on a list that leaves nothing out; these name no question.
    """

    question: str = ""
    answers: tuple[str, ...] = ()
    bound: Bound = field(default_factory=Bound)
    rows: Bound | None = None
    mentions: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    listed: str = ""
    not_listed: str = ""


@dataclass(frozen=True)
class CrossCheck:
    """Answers that do not go together, that changed since last year, or that are wanted before a check is closed.

    ``kind``: hard (refused), soft (asked again), warn (told); at the closing stop, block, warn, list. ``compare`` is
    one of ``content.kinds.cross_checks.COMPARE``, of the questions in ``of``; it is odd where one of ``odd_if`` holds.
    Where ``together`` is given too, all of those must hold as well. ``was`` and ``now``: last year's and this year's
    answers. ``order``: the words of a choice, or of the last of ``columns``, least first. ``up_through``,
    ``down_through``: numbers that are crossed. ``same``: questions whose answer must be that of last year.
    """

    id: str
    kind: str
    moment: str
    says: str
    place: Place
    support: Support
    compare: str = ""
    of: tuple[str, ...] = ()
    score: str = ""
    odd_if: tuple[Bound, ...] = ()
    together: tuple[AnswerTest, ...] = ()
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    up_through: tuple[float, ...] = ()
    down_through: tuple[float, ...] = ()
    same: tuple[str, ...] = ()
    from_age: int | None = None
    below_age: int | None = None
    days_apart: int = 0

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question whose answer it looks at."""
        named = (*self.of, *(test.question for test in self.together if test.question))
        return tuple(dict.fromkeys(named))
