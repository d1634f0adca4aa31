"""One person's record, as a source gives it: nothing here is interpreted.

The record knows which of its lists are complete. A thing that is absent from a complete list is absent;
a thing that is absent from any other list is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal

Day = date  # so that a field may be called "date" and still have this type

ListName = Literal["medicines", "problems", "observations", "events", "immunisations"]
LIST_NAMES: tuple[ListName, ...] = ("medicines", "problems", "observations", "events", "immunisations")


@dataclass(frozen=True)
class PartialDate:
    """A date known to the day, the month or the year: the first and the last day it can be.

    >>> PartialDate.of(date(2024, 5, 2)).exact
    True
    """

    earliest: date
    latest: date

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The date that is known to the day."""
        return cls(day, day)

    @property
    def exact(self) -> bool:
        """Is it known to the day?"""
        return self.earliest == self.latest

    def overlaps(self, other: PartialDate) -> bool:
        """Is there a day that both can be?"""
        return self.earliest <= other.latest and other.earliest <= self.latest


def not_in_problems(group: str) -> str:
    """That no problem is in a group, in words.

    >>> not_in_problems("Epilepsy")
    'no Epilepsy code in the problems supplied'
    """
    return f"no {group} code in the problems supplied"


NONE_OF_THESE = "none of these in the problems supplied"
"""What stands before the names of diagnoses that were looked for in vain."""


def day_in_words(day: date) -> str:
    """A date as British readers write it, in every text that people read. JSON and tables hold it as ISO 8601.

    >>> day_in_words(date(2026, 11, 1))
    '1 Nov 2026'
    """
    return f"{day.day} {day:%b %Y}"


def date_in_words(value: PartialDate) -> str:
    """The date as people read it, as far as it is known: a day, a month or a year, else the days it lies between.

    >>> date_in_words(PartialDate(date(2024, 3, 1), date(2024, 3, 31))), date_in_words(PartialDate.of(date(2024, 3, 1)))
    ('Mar 2024', '1 Mar 2024')
    >>> date_in_words(PartialDate(date(2024, 1, 1), date(2024, 12, 31)))
    '2024'
    """
    first, last = value.earliest, value.latest
    if value.exact:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b %Y}"
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    return f"{first:%Y}" if whole_year else f"between {day_in_words(first)} and {day_in_words(last)}"


class AnswerState(str, Enum):
    """What is known of an answer. Only ``ANSWERED`` carries a value, and only a value decides a rule."""

    ANSWERED = "answered"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Row:
    """Where a thing stands in its source. ``number`` is what a person would look for: the line of the file,
    or the place in the list where the source has no lines. It is never a value from the record."""

    number: int
    file: str = ""


@dataclass(frozen=True)
class MedicineLine:
    """One line of a medicine list, as written. An empty text means the source did not say."""

    text: str
    row: Row
    dosage: str = ""
    quantity: str = ""
    start: date | None = None
    last_issue: date | None = None
    issues: tuple[date, ...] = ()  # every issue that the source gives, in any order
    end: date | None = None
    prn: bool | None = None
    route: str = ""
    indication: str = ""
    dmd_code: str = ""
    bnf_code: str = ""
    from_answer: bool = False  # told in the check (a hospital medicine), not on the practice's list
    active: bool | None = None  # what the source itself marks: taken now, or over; None where it marks nothing
    one_off: bool | None = None  # issued once (acute), or on repeat; None where the source does not say
    other_issues: tuple[Row, ...] = ()  # further rows of the source that are issues of this medicine


Standing = Literal["active", "doubtful", "over"]
"""``doubtful``: suspected, or set aside by the source, which does not say that it is over (inactive, in remission)."""


@dataclass(frozen=True)
class Problem:
    """A diagnosis or problem. Either part may be empty; a code decides before a term."""

    row: Row
    term: str = ""
    code: str = ""
    date: Day | None = None
    end: Day | None = None
    standing: Standing = "active"


@dataclass(frozen=True)
class Observation:
    """A measurement, test result, review or event. ``value`` is None where only the date is given (a review)."""

    row: Row
    name: str = ""
    code: str = ""
    value: float | str | None = None
    unit: str = ""
    date: Day | None = None


AnswerValue = bool | str | float | tuple[str, ...] | PartialDate | tuple[Mapping[str, str], ...]
"""yn: bool · choice, text: str · num: float in the question's unit · multi: tuple of words ·
date: PartialDate · table: rows of column → text. "Never" in answer to a date question is the word ``never``."""


@dataclass(frozen=True)
class Answer:
    """The answer to one question, with what was typed and who said it."""

    question: str
    state: AnswerState
    value: AnswerValue | None = None
    typed: str = ""
    answered_by: str = ""  # self, supporter, record, observed, measured
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Person:
    """Who the record is about. ``age`` is used only where there is no date of birth."""

    id: str = ""
    date_of_birth: PartialDate | None = None
    age: int | None = None
    sex: str = ""  # F, M or empty
    ethnicity: str = ""


BORN, SEX, ETHNICITY = "demo.dob", "demo.sex_registered", "demo.ethnicity"
"""The questions whose answers are details of the person."""
SEXES = {"f": "F", "female": "F", "m": "M", "male": "M"}
TOLD_APART_BY = {BORN: "date of birth", SEX: "sex"}
"""The details that tell one person from another, by their questions."""


def differs(question: str, value: object, person: Person) -> bool:
    """Does an answer give another date of birth or sex than the details do? No where either of them says nothing."""
    if question == BORN:
        told = person.date_of_birth
        return told is not None and isinstance(value, PartialDate) and not value.overlaps(told)
    sex = SEXES.get(str(value).casefold(), "") if question == SEX else ""
    return bool(sex and person.sex) and sex != person.sex


@dataclass(frozen=True)
class Acceptance:
    """What somebody knows of and accepts for a time: findings of one rule, until a day (that day included).

    With a ``medicine`` it holds only for findings on that medicine and on no other.
    """

    rule: str
    until: date
    by: str
    because: str
    medicine: str = ""


@dataclass(frozen=True)
class LastCheck:
    """What the last finished check holds that this one is compared with. Its answers are those of its day: none of them
    is an answer of today. ``medicines_complete``: its list left nothing out."""

    day: date
    answers: Mapping[str, Answer] = field(default_factory=dict)
    medicines: tuple[MedicineLine, ...] = ()
    medicines_complete: bool = False


def newest_check(checks: Iterable[LastCheck | None]) -> LastCheck | None:
    """The last of several checks that are said to be the last; the first that is given of one day. None of none."""
    return max((it for it in checks if it is not None), key=lambda it: it.day, default=None)


@dataclass(frozen=True)
class Record:
    """Everything one source, or several joined, say about one person.

    ``differs_in``: of a check, the questions whose answers are not what the record supplied with it says of the person.
    """

    person: Person = field(default_factory=Person)
    medicines: tuple[MedicineLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    observations: tuple[Observation, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    complete: Mapping[ListName, date | None] = field(default_factory=dict)  # list → complete from (None: for all time)
    from_check: bool = False  # answers were expected: rules marked "check" apply
    accepted: tuple[Acceptance, ...] = ()
    previous: LastCheck | None = None  # None: there was none, or it is not known
    differs_in: tuple[str, ...] = ()

    def is_complete(self, name: ListName) -> bool:
        """Does the source say that this list leaves nothing out?"""
        return name in self.complete
