"""What content says while a check is still under way: which questions apply, and what cannot wait.

The interview asks through these two functions and knows nothing of rules or facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.content.models import Level, Question
from healthcheck_cli.findings import Finding
from healthcheck_cli.record import Answer, Record
from healthcheck_cli.review import Reviewer


@dataclass(frozen=True)
class LiveReview:
    """Bound to one check: the record it began with (a medicine list, details) and the day."""

    reviewer: Reviewer
    record: Record
    as_of: date

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        """Is this a question for this person, on what is known so far? Unknown: ask it."""
        if question.who is None:
            return Truth.TRUE
        return evaluate(question.who, self._facts(answers), self.reviewer.content.vocabulary)

    def urgent(self, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
        """The findings that cannot wait until the plan, most pressing first."""
        review = self.reviewer.review(self._with(answers), self.as_of)
        return tuple(finding for finding in review.findings if finding.level is Level.URGENT)

    def _facts(self, answers: Mapping[str, Answer]) -> PersonFacts:
        return self.reviewer.person_facts(self._with(answers), self.as_of)

    def _with(self, answers: Mapping[str, Answer]) -> Record:
        return replace(self.record, answers=dict(answers), from_check=True)
