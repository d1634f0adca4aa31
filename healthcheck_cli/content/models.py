"""The clinical content, once it is loaded and checked: what checklists/ and drug_rules/ say, with types.

Everything carries a ``basis`` (sourced, general_knowledge or proposed) and the ids of its sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from typing import Any

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.vocabulary import FactDeclaration, Vocabulary
from healthcheck_cli.content.adjustment_models import Adjustment
from healthcheck_cli.content.easy_read_models import EmergencySign, GoingWell, Helper, Picture, SoftSign
from healthcheck_cli.content.indicator_models import Indicator, NationalSeries
from healthcheck_cli.content.medicine_models import (
    CodeTable,
    Equivalence,
    LowerBurden,
    Medicine,
    MedicineClass,
    Product,
    Scale,
    Setting,
    ThemeEffect,
    UsualReasons,
)
from healthcheck_cli.content.monitoring_models import MonitoringTest
from healthcheck_cli.content.overlay_models import Overlay
from healthcheck_cli.content.places import MANIFEST
from healthcheck_cli.content.recording_models import CodeToRecord
from healthcheck_cli.content.score_models import CrossCheck, Score
from healthcheck_cli.content.support import Basis, Place, Source, Support


class Level(str, Enum):
    """How pressing a finding is."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most pressing; sort by it."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}
PRESSING = (Level.URGENT, Level.HIGH)
"""The levels of which what is not known is told as something to do."""


@dataclass(frozen=True)
class ThemeText:
    """A text of a theme that rests on sources of its own."""

    text: str
    support: Support


@dataclass(frozen=True)
class Resource:
    """Something to read about a theme: where it is, and in which source it was seen."""

    title: str
    publisher: str
    address: str
    support: Support


@dataclass(frozen=True)
class Theme:
    """One LeDeR theme.

    ``why``: why it matters, in figures with the edition and date of their report. ``carer_advice``: what those who
    support the person can watch for and do, in plain words. None or empty where the content does not say.
    """

    id: str
    title: str
    plain_words: str
    support: Support
    order: int
    place: Place
    why: ThemeText | None = None
    carer_advice: ThemeText | None = None
    resources: tuple[Resource, ...] = ()


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
    ``observation``. ``answer_within_days``: an answer from longer before the review is too old to use. ``asked_of``:
    outside this condition the fact does not apply. ``private`` and ``of_others``: as for a
    section.
    """

    declaration: FactDeclaration
    title: str
    place: Place
    question: str = ""
    every_question: bool = False  # of ``answers``: each question is a part (two ears), so no needs all of them
    told_in: Mapping[str, str] = field(default_factory=dict)  # table question → the row with the date it was last done
    also_asked: tuple[str, ...] = ()  # date facts: other questions whose date counts too; the newest decides
    answers: Mapping[str, Mapping[str, bool | None]] = field(default_factory=dict)
    answer_within_days: float | None = None
    problem: str = ""
    problem_within_days: float | None = None
    private: bool = False
    of_others: bool = False
    observation: ObservationFeed | None = None
    computed: bool = False
    definition: Condition | None = None
    asked_of: Condition | None = None
    support: Support = field(default_factory=lambda: Support(Basis.PROPOSED))

    @property
    def name(self) -> str:
        """The name rules use."""
        return self.declaration.name

    @property
    def asked_in(self) -> tuple[str, ...]:
        """The questions whose answers say what it is, whether the check has them or not."""
        return tuple(self.answers) or (self.question or self.name, *self.also_asked)

    def oldest_answer(self, as_of: date) -> date | None:
        """The first day of which an answer may still be used; without a limit of its own, that of what the record has.
        None where it may be of any day."""
        within = self.answer_within_days
        if within is None:
            within = self.observation.within_days if self.observation is not None else self.problem_within_days
        return as_of - timedelta(days=within) if within is not None else None


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

    ``why`` is why it is asked; ``easy_read`` how to say it in easier words ("" where ``ask`` is easy enough); ``signs``
    what to look for in someone who does not speak. ``role`` is who usually does it: nurse, hca or gp. ``before``: it is
    also in the form that the person fills in at home.

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
    why: str = ""
    easy_read: str = ""
    signs: str = ""
    role: str = "nurse"
    before: bool = False


@dataclass(frozen=True)
class Section:
    """One part of the check, in the order it is gone through. ``private``: what is said in it stands on no page that
    those who support the person may read. ``of_others``: it may be about one of those, and so may all that the person
    says in their own words."""

    id: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    place: Place
    order: int
    private: bool = False
    of_others: bool = False


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
    """One rule: when it fires, what it says, what follows, what it rests on, and the examples that prove it.

    ``off_until``: an overlay switched it off, up to and with this day.
    """

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
    off_until: date | None = None

    def is_off_on(self, day: date) -> bool:
        """Has an overlay switched it off for this day?"""
        return self.off_until is not None and day <= self.off_until


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
    equivalences: Mapping[str, Equivalence] = field(default_factory=dict)
    monitoring: Mapping[str, MonitoringTest] = field(default_factory=dict)
    lower_burden: Mapping[str, LowerBurden] = field(default_factory=dict)
    theme_effects: Mapping[str, ThemeEffect] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    code_tables: Mapping[str, CodeTable] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    cross_checks: Mapping[str, CrossCheck] = field(default_factory=dict)
    usual_reasons: Mapping[str, UsualReasons] = field(default_factory=dict)
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)
    codes_to_record: Mapping[str, CodeToRecord] = field(default_factory=dict)
    going_well: Mapping[str, GoingWell] = field(default_factory=dict)
    helpers: Mapping[str, Helper] = field(default_factory=dict)  # by owner
    emergency_signs: Mapping[str, EmergencySign] = field(default_factory=dict)
    soft_signs: Mapping[str, SoftSign] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    national_series: Mapping[str, NationalSeries] = field(default_factory=dict)
    other_tags: Mapping[str, str] = field(default_factory=dict)  # tags that no class is built from, and why
    shared_names: Mapping[str, str] = field(default_factory=dict)  # names of several medicines, and why
    manifest_place: Place = field(default_factory=lambda: Place(MANIFEST))
    overlays: tuple[Overlay, ...] = ()  # in the order they were laid over

    def without_examples(self) -> Content:
        """The same content less the examples of its rules, which only those who check the content need."""
        return replace(self, rules={name: replace(rule, examples=()) for name, rule in self.rules.items()})

    def with_setting(self, name: str, value: str) -> Content:
        """The same content with one setting changed for this run; outputs print every setting."""
        return replace(self, settings={**self.settings, name: replace(self.settings[name], value=value)})

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question of every section, by id."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of_fact(self) -> Mapping[str, Section]:
        """The section whose question gives a fact; for one that is worked out, that which its name begins with."""
        sections = {section.id: section for section in self.sections}
        found = {}
        for name in self.facts:
            question = next(iter(self.questions_of(name)), None)
            section = question.section if question is not None else name.partition(".")[0]
            if section in sections:
                found[name] = sections[section]
        return found

    def questions_of(self, fact: str) -> tuple[Question, ...]:
        """The questions of the check whose answers say what the fact of that name is."""
        asked = self.facts[fact].asked_in if fact in self.facts else ()
        return tuple(self.questions[it] for it in asked if it in self.questions)

    @cached_property
    def facts_of_question(self) -> Mapping[str, tuple[Fact, ...]]:
        """By the id of a question: the facts that its answer gives, or is a part of."""
        found: dict[str, tuple[Fact, ...]] = {}
        for fact in self.facts.values():
            for question in fact.asked_in:
                found[question] = (*found.get(question, ()), fact)
        return found

    def is_too_old(self, question: str, answered_on: date, as_of: date) -> bool:
        """Is an answer of that day of no use to any fact on ``as_of``?"""
        oldest = [it.oldest_answer(as_of) for it in self.facts_of_question.get(question, ())]
        return bool(oldest) and all(it is not None and answered_on < it for it in oldest)
