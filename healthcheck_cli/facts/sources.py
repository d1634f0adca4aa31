"""What facts are worked out from, in one parcel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.models import Content
from healthcheck_cli.facts.from_problems import GroupTerms
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.record import Answer, AnswerState, Record


@dataclass(frozen=True)
class FactSources:
    """One person's record, the medicine lines as read, the content, and the day of the review."""

    record: Record
    reads: tuple[MedicineRead, ...]
    content: Content
    problem_groups: Mapping[str, GroupTerms]
    as_of: date

    def answered(self, question: str) -> Answer | None:
        """The answer to a question if it has a value."""
        answer = self.record.answers.get(question)
        return answer if answer is not None and answer.state is AnswerState.ANSWERED else None
