"""What a session asks of content: it knows nothing of rules or facts itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.cross_checks import Odd
from healthcheck_cli.interview.offers import Offer
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState, AnswerValue


class Adviser(Protocol):
    """What content says while the check is under way."""

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        """Is the question for this person? True and unknown: it is asked."""
        ...

    def urgent(self, answers: Mapping[str, Answer]) -> Sequence[Alert]:
        """What cannot wait. It may name alerts that were raised before: each is shown once."""
        ...

    def finds_urgent(self, rule: str, answers: Mapping[str, Answer]) -> Truth:
        """Does a rule that raised an alert find something urgent on these answers?"""
        ...

    def why_not(self, question: Question, answers: Mapping[str, Answer]) -> str:
        """What decided that the question is not for this person, in words."""
        ...

    def support(self, question: Question) -> str:
        """What the question rests on, in words."""
        ...

    def offers(self, question: Question, answers: Mapping[str, Answer]) -> Sequence[Offer]:
        """What last year's check or the record has for a question, most useful first."""
        ...

    def odd(self, question: Question, value: AnswerValue | AnswerState, answers: Mapping[str, Answer]) -> Sequence[Odd]:
        """What a new answer does not go with: other answers, and last year's; firmest first."""
        ...

    def worked_out(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Values that follow from the answers (a BMI, a score), each in words, by name."""
        ...

    def plan_so_far(self, answers: Mapping[str, Answer]) -> str:
        """The plan as it would be now."""
        ...
