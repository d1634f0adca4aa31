"""What content says while a check is still under way: which questions apply, what cannot wait, the plan so far.

The interview asks through this adviser and knows nothing of rules or facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Level, Question
from healthcheck_cli.findings import Review
from healthcheck_cli.interview.saved import Alert, Check, to_record
from healthcheck_cli.plans.markdown import plan_in_short
from healthcheck_cli.record import Answer, Record
from healthcheck_cli.review import Reviewer, review_records
from healthcheck_cli.told_medicines import with_told_medicines


@dataclass(frozen=True)
class LiveReview:
    """Bound to one check, the record supplied with it (a medicine list), and the day of the check."""

    reviewer: Reviewer
    check: Check
    supplied: Record
    as_of: date

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        """Is this a question for this person, on what is known so far? Unknown: it is asked."""
        if question.who is None:
            return Truth.TRUE
        facts = self.reviewer.person_facts(self.record(answers), self.as_of)
        return evaluate(question.who, facts, self.reviewer.content.vocabulary)

    def urgent(self, answers: Mapping[str, Answer]) -> Sequence[Alert]:
        """What cannot wait until the plan, most pressing first."""
        person = self.reviewer.review(self.record(answers), self.as_of)
        return tuple(
            Alert(finding.rule, finding.says, " ".join(f"{action.do}." for action in finding.actions))
            for finding in person.findings
            if finding.level is Level.URGENT
        )

    def plan_so_far(self, answers: Mapping[str, Answer]) -> str:
        """The plan as it would be now, in short: what cannot wait, the counts, what to do first."""
        return plan_in_short(self.reviewer.review(self.record(answers), self.as_of), self.reviewer.content)

    def review(self, answers: Mapping[str, Answer]) -> Review:
        """The whole review of the check as it stands."""
        return review_records([self.record(answers)], self.reviewer, self.as_of)

    def record(self, answers: Mapping[str, Answer]) -> Record:
        """The check as a record: its answers, the list supplied, and the medicines that were told."""
        return with_told_medicines(to_record(self.check, answers, self.supplied), self.reviewer.substances)
