"""What is kept of a check, and how it becomes a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from healthcheck_cli.record import (
    BORN,
    ETHNICITY,
    SEX,
    SEXES,
    TOLD_APART_BY,
    Answer,
    AnswerState,
    AnswerValue,
    PartialDate,
    Person,
    Record,
    differs,
)


@dataclass(frozen=True)
class Check:
    """One saved check. ``label`` is the name the user gave it; the content it was asked with is kept beside it.

    ``finished`` is when it was finished first; ``amendments`` counts what was opened again since, and with ``amending``
    the newest of them is still open. In a check that was made before names were kept, ``finished_by`` is empty.
    """

    id: str
    label: str
    started: datetime
    content_version: str
    content_sha256: str
    finished: datetime | None = None
    finished_by: str = ""
    finished_role: str = ""
    amendments: int = 0
    amending: bool = False

    @property
    def day(self) -> date:
        """The day of the check: the day it was begun."""
        return self.started.date()

    @property
    def is_open(self) -> bool:
        """Does it take answers: not finished yet, or opened again by an amendment?"""
        return self.finished is None or self.amending


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it was kept: its number among the entries of the check, who typed it, and the amendment that it
    belongs to (0: none)."""

    number: int
    answer: Answer
    recorded_by: str = ""
    amendment: int = 0


@dataclass(frozen=True)
class Amendment:
    """A finished check opened again: by whom, why and when. ``finished`` is None while it is open."""

    number: int
    by: str
    reason: str
    at: datetime
    finished: datetime | None = None
    finished_by: str = ""
    finished_role: str = ""


@dataclass(frozen=True)
class Mark:
    """Where the work on a check stands: a section that is parked, a part that is done. It decides nothing."""

    kind: str
    key: str
    value: str
    at: datetime


@dataclass(frozen=True)
class SuppliedFile:
    """A file given with the check (a medicine list), as it was on that day. ``complete``: the lists in it that the
    user said leave nothing out."""

    name: str
    content: bytes
    complete: tuple[str, ...] = ()


def to_record(check: Check, answers: Mapping[str, Answer], supplied: Record | None = None) -> Record:
    """The check as a record: its answers, and what was supplied with it. Answers win over supplied details.

    A question that was never put has no answer in the record; one that was passed over is ``NOT_ASKED``.
    """
    record = supplied if supplied is not None else Record()
    person = record.person
    born, sex, ethnicity = (_value(answers, name) for name in (BORN, SEX, ETHNICITY))
    return replace(
        record,
        person=Person(
            id=person.id or check.label or check.id,
            date_of_birth=born if isinstance(born, PartialDate) else person.date_of_birth,
            age=person.age,
            sex=SEXES.get(str(sex), person.sex),
            ethnicity=ethnicity if isinstance(ethnicity, str) else person.ethnicity,
        ),
        answers={**record.answers, **answers},
        from_check=True,
        differs_in=tuple(name for name in TOLD_APART_BY if differs(name, _value(answers, name), person)),
    )


def _value(answers: Mapping[str, Answer], question: str) -> AnswerValue | None:
    answer = answers.get(question)
    return answer.value if answer is not None and answer.state is AnswerState.ANSWERED else None
