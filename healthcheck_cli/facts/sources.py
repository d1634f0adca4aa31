"""What facts are worked out from, in one parcel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

from healthcheck_cli.conditions.values import FactValue
from healthcheck_cli.content.models import Content
from healthcheck_cli.facts.from_problems import GroupTerms, known_by
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.record import Answer, AnswerState, ListName, Record


@dataclass(frozen=True)
class FactSources:
    """One person's record, the medicine lines as read, the content, and the day of the review."""

    record: Record
    reads: tuple[MedicineRead, ...]
    content: Content
    problem_groups: Mapping[str, GroupTerms]
    as_of: date
    last_check: LastCheckFacts | None = None

    def answered(self, question: str) -> Answer | None:
        """The answer to a question if it has a value."""
        answer = self.record.answers.get(question)
        return answer if answer is not None and answer.state is AnswerState.ANSWERED else None


class LastCheckFacts:
    """The last check, asked in the way that today's is: its sources and its facts, on its day.

    They are made when something first asks for them: most rules never do.
    """

    def __init__(self, day: date, make: Callable[[], tuple[FactSources, Mapping[str, FactValue]]]) -> None:
        """``make`` gives the sources of that day, and every fact by name."""
        self.day = day
        self._make = make

    @cached_property
    def _made(self) -> tuple[FactSources, Mapping[str, FactValue]]:
        return self._make()

    @property
    def sources(self) -> FactSources:
        """The record, the medicine lines and the answers as they were then."""
        return self._made[0]

    def fact(self, name: str) -> FactValue:
        """A fact as it was then."""
        return self._made[1][name]


def record_at_last_check(record: Record) -> Record | None:
    """The record as it was on the day of the last check: that check's answers and medicines, and what the other lists
    held by then. None where there was no check before, or it is not known.

    An observation without a date is left out: nobody can say that it was there already. An answer without a day is of
    the day of that check.
    """
    before = record.previous
    if before is None:
        return None
    moment = datetime.combine(before.day, time())
    complete: dict[ListName, date | None] = dict(record.complete)
    complete.pop("medicines", None)
    if before.medicines_complete:
        complete["medicines"] = None
    return replace(
        record,
        answers={name: it if it.at else replace(it, at=moment) for name, it in before.answers.items()},
        medicines=before.medicines,
        observations=tuple(it for it in record.observations if it.date is not None and it.date <= before.day),
        problems=tuple(it for it in record.problems if known_by(it, before.day)),
        complete=complete,
        from_check=True,
        accepted=(),
        previous=None,
    )
