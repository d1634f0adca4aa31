"""What content says while a check is still under way: which questions apply, what cannot wait, the plan so far.

The interview asks through this adviser and knows nothing of rules or facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import explain
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.content.models import Level, Question
from healthcheck_cli.findings import Review
from healthcheck_cli.interview.saved import Alert, Check, to_record
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.plans.on_screen import plan_on_screen
from healthcheck_cli.plans.words import BASES, reason_in_words, source_in_words
from healthcheck_cli.record import Answer, Record
from healthcheck_cli.review import Reviewer, review_records
from healthcheck_cli.told_medicines import with_told_medicines

_ASIDE = re.compile(r"^how many of: | \(\d{4}-\d\d-\d\d\)")  # says nothing while the check is under way


@dataclass(frozen=True)
class LiveReview:
    """Bound to one check, the record supplied with it (a medicine list), and the day of the check.

    A hundred questions are gone through after each answer: the facts of the newest answers are kept between them.
    """

    reviewer: Reviewer
    check: Check
    supplied: Record
    as_of: date
    _newest: dict[str, tuple[Mapping[str, Answer], Record, PersonFacts]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        """Is this a question for this person, on what is known so far? Unknown: it is asked."""
        if question.who is None:
            return Truth.TRUE
        return evaluate(question.who, self._facts(answers), self.reviewer.content.vocabulary)

    def why_not(self, question: Question, answers: Mapping[str, Answer]) -> str:
        """What decided that the question is not for this person, in words; empty where nothing did."""
        if question.who is None:
            return ""
        content = self.reviewer.content
        because = explain(question.who, self._facts(answers), content.vocabulary).because
        reasons = (reason_in_words(it.fact, it.shown, it.value, it.rows, content) for it in because)
        return "; ".join(dict.fromkeys(_ASIDE.sub("", reason) for reason in reasons))

    def support(self, question: Question) -> str:
        """What a question rests on, in words: how well supported it is, and its sources."""
        content = self.reviewer.content
        titles = "; ".join(source_in_words(source, content) for source in question.support.sources)
        basis = BASES[question.support.basis]
        return f"{basis} ({titles})" if titles else basis

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
        return plan_on_screen(self.reviewer.review(self.record(answers), self.as_of))

    def review(self, answers: Mapping[str, Answer]) -> Review:
        """The whole review of the check as it stands."""
        return review_records([self.record(answers)], self.reviewer, self.as_of)

    def record(self, answers: Mapping[str, Answer]) -> Record:
        """The check as a record: its answers in words, the list supplied, and the medicines that were told."""
        return self._known(answers)[1]

    def _facts(self, answers: Mapping[str, Answer]) -> PersonFacts:
        return self._known(answers)[2]

    def _known(self, answers: Mapping[str, Answer]) -> tuple[Mapping[str, Answer], Record, PersonFacts]:
        newest = self._newest.get("answers")
        if newest is None or newest[0] is not answers:
            record = with_told_medicines(
                to_record(self.check, self._in_words(answers), self.supplied),
                lambda lines: self.reviewer.reads(Record(medicines=tuple(lines)), self.as_of),
            )
            newest = (answers, record, self.reviewer.person_facts(record, self.as_of))
            self._newest["answers"] = newest
        return newest

    def _in_words(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers with the words of the question in place of what was typed: a finding that stands on "3" says
        nothing."""
        questions = self.reviewer.content.questions
        return {
            name: replace(answer, typed=answer_in_words(questions[name], answer)) if name in questions else answer
            for name, answer in answers.items()
        }
