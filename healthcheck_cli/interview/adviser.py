"""What a session asks of content: it knows nothing of rules or facts itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.saved import Alert
from healthcheck_cli.record import Answer


class Adviser(Protocol):
    """What content says while the check is under way."""

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        """Is the question for this person? True and unknown: it is asked."""
        ...

    def urgent(self, answers: Mapping[str, Answer]) -> Sequence[Alert]:
        """What cannot wait. It may name alerts that were raised before: each is shown once."""
        ...

    def why_not(self, question: Question, answers: Mapping[str, Answer]) -> str:
        """What decided that the question is not for this person, in words."""
        ...

    def support(self, question: Question) -> str:
        """What the question rests on, in words."""
        ...

    def plan_so_far(self, answers: Mapping[str, Answer]) -> str:
        """The plan as it would be now."""
        ...
