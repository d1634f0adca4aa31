"""Reads the answers of a record that is reviewed, and loads what that takes when there is such a record: a list of
medicines has none, and is to be reviewed in half a second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.readers.answers import AnswersReader, ToldAt
    from healthcheck_cli.readers.nodes import Node, NodeProblems
    from healthcheck_cli.record import Answer


@dataclass(frozen=True)
class AnswersOfRecords:
    """Reads answers against the questions and facts of ``content``, for a review on ``as_of``."""

    content: Content
    as_of: date

    def __call__(
        self, node: Node, day: date | None, problems: NodeProblems, *, told: list[ToldAt]
    ) -> Mapping[str, Answer]:
        """The answers by question, as :class:`~healthcheck_cli.readers.answers.AnswersReader` has them."""
        return self._read(node, day, problems, told=told)

    @cached_property
    def _read(self) -> AnswersReader:
        from healthcheck_cli.interview.filled_in.record_answers import RecordAnswers

        return RecordAnswers(self.content, self.as_of)
