"""The clinical content, once it is loaded and checked: what checklists/ and drug_rules/ say, with types.

Everything carries a ``basis`` (sourced, general_knowledge or proposed) and the ids of its sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.vocabulary import FactDeclaration, Vocabulary


class Basis(str, Enum):
    """How far a piece of content is supported."""

    SOURCED = "sourced"  # read in the source that is named
    GENERAL_KNOWLEDGE = "general_knowledge"  # known, not read in a source: to be verified before use
    PROPOSED = "proposed"  # this project's own choice: needs a clinician's sign-off


class Level(str, Enum):
    """How pressing a finding is."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most pressing; sort by it."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Place:
    """Where a piece of content stands: file below the content folder, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Support:
    """What a piece of content rests on, and who checked it when."""

    basis: Basis
    sources: tuple[str, ...] = ()
    reviewed: date | None = None
    review_due: date | None = None
    signed_off_by: str = ""


@dataclass(frozen=True)
class Source:
    """One publication that content cites."""

    id: str
    title: str
    publisher: str
    year: str = ""
    address: str = ""
    edition: str = ""
    note: str = ""


@dataclass(frozen=True)
class Theme:
    """One LeDeR theme."""

    id: str
    title: str
    plain_words: str
    support: Support
    order: int
    place: Place


@dataclass(frozen=True)
class ObservationFeed:
    """Which coded or named observations feed a fact, and how old the newest may be (None: any age)."""

    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    within_days: float | None = None


@dataclass(frozen=True)
class Fact:
    """One fact: how conditions may use it (``declaration``) and how a record gives it.

    At most one of: ``question`` (the answer as it stands), ``answers`` (question → answer value → what it means for a
    yn fact: True, False, or None for unknown), ``problem`` (a problem group), ``observation``, ``computed`` (worked out
    in code, under this fact's name), ``definition`` (a condition). ``answers`` goes with ``problem`` or
    ``observation``. ``asked_of``: outside this condition the fact does not apply.
    """

    declaration: FactDeclaration
    title: str
    place: Place
    question: str = ""
    also_asked: tuple[str, ...] = ()  # date facts: other questions whose date counts too; the newest decides
    answers: Mapping[str, Mapping[str, bool | None]] = field(default_factory=dict)
    problem: str = ""
    problem_within_days: float | None = None
    observation: ObservationFeed | None = None
    computed: bool = False
    definition: Condition | None = None
    asked_of: Condition | None = None
    support: Support = field(default_factory=lambda: Support(Basis.PROPOSED))

    @property
    def name(self) -> str:
        """The name rules use."""
        return self.declaration.name


@dataclass(frozen=True)
class ProblemGroup:
    """The codes and the exact terms that stand for one diagnosis."""

    id: str
    title: str
    terms: tuple[str, ...]
    codes: frozenset[str]
    not_terms: tuple[str, ...]
    support: Support
    place: Place


@dataclass(frozen=True)
class Question:
    """One question of the check. ``who`` is a condition: outside it the question is not asked.

    ``hard`` and ``soft`` are (low, high) in ``unit``: outside hard the answer is refused, outside soft it is asked
    again. ``labels`` gives the words shown for each value. ``columns`` are the columns of a table.
    """

    id: str
    section: str
    ask: str
    help: str
    type: str  # yn, num, choice, multi, date, text, table
    core: bool
    place: Place
    support: Support
    values: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""
    unit: str = ""
    hard: tuple[float, float] | None = None
    soft: tuple[float, float] | None = None
    who: Condition | None = None
    may_not_apply: bool = False
    never_allowed: bool = False  # "never" is an answer to this date question
    themes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()  # answers that call for action before anything else


@dataclass(frozen=True)
class Section:
    """One part of the check, in the order it is gone through."""

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    place: Place
    order: int


@dataclass(frozen=True)
class Maximum:
    """The most of a medicine a day by one route, for adults unless ages say otherwise.

    ``amount`` in ``unit`` every ``every_days`` days (1 for a tablet, 14 for a two-weekly depot).
    """

    route: str
    amount: float
    unit: str
    every_days: float
    support: Support
    min_age: int | None = None
    max_age: int | None = None
    form: str = ""
    release: str = ""
    note: str = ""


@dataclass(frozen=True)
class Score:
    """A score on one burden scale; ``route`` is empty where the row is for every systemic route."""

    scale: str
    value: int
    route: str
    support: Support


@dataclass(frozen=True)
class Medicine:
    """One substance: what it is called, what must not be taken for it, and what is held about it.

    ``label`` is the class of the output contract ("none" for a medicine in no class). ``tags`` are what the classes of
    drug_rules/classes.yaml are built from. ``brands`` maps a brand to the form words it stands for ("" for any).
    """

    name: str
    label: str
    place: Place
    support: Support
    tags: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    stomp_scope: str = ""
    default_route: str = ""
    maxima: tuple[Maximum, ...] = ()
    scores: tuple[Score, ...] = ()
    constipating_level: int = 0
    constipating_support: Support | None = None
    brand_strengths: Mapping[str, float] = field(default_factory=dict)  # "epilim 500" → mg, for names with no unit
    modified_release_brands: tuple[str, ...] = ()
    depot_brands: tuple[str, ...] = ()
    scored: bool = True
    counted_as: str = ""  # the name it is counted under, where two names are one substance (valproic acid, valproate)


@dataclass(frozen=True)
class Product:
    """A brand or name that stands for several ingredients: co-codamol, Triptafen.

    ``scores``: where a scale lists the combination itself, in place of those of its ingredients on that scale.
    """

    name: str
    ingredients: tuple[str, ...]
    place: Place
    support: Support
    synonyms: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True)
class MedicineClass:
    """A named group of medicines that rules may use.

    Members: every medicine with one of ``tags``, every member of ``any_of`` (classes), every one of ``medicines``;
    less those of ``but_not`` (classes) and ``but_not_medicines``. A line is a member only by one of ``routes``
    (empty: any systemic route) and, where given, one of ``forms``; ``daily_mg_at_least`` asks a dose of some members.
    Members too: medicines that score at least so much on a scale by a systemic route (``scored_at_least``), that are
    of this constipating level or above (``constipating_at_least``, 0: not looked at), and with ``every_medicine`` all.
    """

    id: str
    title: str
    place: Place
    support: Support
    tags: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    but_not_medicines: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    daily_mg_at_least: Mapping[str, float] = field(default_factory=dict)
    scored_at_least: Mapping[str, int] = field(default_factory=dict)
    constipating_at_least: int = 0
    every_medicine: bool = False
    traps: str = ""


@dataclass(frozen=True)
class Scale:
    """A published burden scale. ``most`` is the highest score of one ingredient."""

    id: str
    title: str
    version: str
    most: int
    unlisted: str  # what the scale itself says of a medicine it does not list
    place: Place
    support: Support


@dataclass(frozen=True)
class MedicineContent:
    """The part of the content that names medicines: enough to recognise a product."""

    medicines: Mapping[str, Medicine]
    products: Mapping[str, Product]
    classes: Mapping[str, MedicineClass]
    scales: Mapping[str, Scale]


@dataclass(frozen=True)
class ActionSpec:
    """What to do about a finding, who does it, and how soon. ``days`` is 0 for "now" and "today".

    ``when_urgent`` is the time in place of ``within`` where the finding is urgent ("" for the same time).
    """

    do: str
    owner: str
    within: str
    days: int
    easy_read: str = ""
    when_urgent: str = ""


@dataclass(frozen=True)
class LevelIf:
    """A level that replaces the rule's own where the condition is true; the first that holds wins."""

    level: Level
    when: Condition


class Expectation(str, Enum):
    """What an example says its rule must do."""

    FIRES = "fires"
    CLEAR = "clear"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Example:
    """A record in small, and what the rule must do with it. ``record`` has the shape of a record file."""

    expect: Expectation
    record: Mapping[str, Any]
    place: Place
    level: Level | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: when it fires, what it says, what follows, what it rests on, and the examples that prove it."""

    id: str
    title: str
    level: Level
    themes: tuple[str, ...]
    when: Condition
    says: str
    actions: tuple[ActionSpec, ...]
    support: Support
    examples: tuple[Example, ...]
    place: Place
    level_if: tuple[LevelIf, ...] = ()
    not_for: str = ""
    supersedes: tuple[str, ...] = ()
    applies: str = "both"  # check, extract, both
    population: str = ""
    rider: bool = False
    status: str = "active"  # active, draft, retired
    asks_a_review_of: tuple[str, ...] = ()  # medicine classes whose lines the finding is about


@dataclass(frozen=True)
class Content:
    """All of it. Two contents with the same ``sha256`` say the same."""

    version: str
    sha256: str
    examples_as_of: date
    sources: Mapping[str, Source]
    themes: Mapping[str, Theme]
    facts: Mapping[str, Fact]
    problem_groups: Mapping[str, ProblemGroup]
    sections: tuple[Section, ...]
    medicines: Mapping[str, Medicine]
    products: Mapping[str, Product]
    classes: Mapping[str, MedicineClass]
    scales: Mapping[str, Scale]
    rules: Mapping[str, Rule]
    vocabulary: Vocabulary
    word_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def questions(self) -> Mapping[str, Question]:
        """Every question of every section, by id."""
        return {question.id: question for section in self.sections for question in section.questions}
