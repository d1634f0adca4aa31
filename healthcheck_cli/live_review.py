"""What content says while a check is still under way: which questions apply, what cannot wait, the plan so far.

The interview asks through this adviser and knows nothing of rules or facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from healthcheck_cli.conditions.check import parse_and_check
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import explain
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.content.models import Question
from healthcheck_cli.fact_words import reason_in_words
from healthcheck_cli.findings import Review
from healthcheck_cli.interview.cross_checks import (
    BeforeClosing,
    Odd,
    against_last_year,
    before_closing,
    hindrances,
    odd_together,
    of_another,
)
from healthcheck_cli.interview.derived import derived_values
from healthcheck_cli.interview.offers import Offer, offer_of_last_year
from healthcheck_cli.interview.saved import Check, to_record
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.plans.on_screen import plan_on_screen
from healthcheck_cli.plans.words import BASES, source_in_words
from healthcheck_cli.record import (
    Answer,
    AnswerState,
    AnswerValue,
    LastCheck,
    PartialDate,
    Record,
    date_in_words,
    newest_check,
)
from healthcheck_cli.record_offers import RecordOffers, told_offer
from healthcheck_cli.review import Reviewer, review_records
from healthcheck_cli.told_medicines import with_told_medicines

_ASIDE = re.compile(r" \(\d{1,2} [A-Z][a-z]{2} \d{4}\)")  # says nothing while the check is under way


@dataclass(frozen=True)
class LiveReview:
    """Bound to one check, the record supplied with it (a medicine list), the day of the check, and the person's check
    before it: that of ``previous``, or a later one that the record tells of.

    A hundred questions are gone through after each answer: the facts of the newest answers are kept between them.
    """

    reviewer: Reviewer
    check: Check
    supplied: Record
    as_of: date
    previous: LastCheck | None = None
    _newest: dict[str, tuple[Mapping[str, Answer], Record, PersonFacts]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def last_check(self) -> LastCheck | None:
        """The check before this one; None where there was none, or none is known."""
        last = newest_check((self.previous, self.supplied.previous))
        return last if last is not None and last.day < self.as_of else None

    @property
    def _last_year(self) -> Mapping[str, Answer]:
        return self.last_check.answers if self.last_check is not None else {}

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> Truth:
        """Is this a question for this person, on what is known so far? Unknown: it is asked."""
        if question.who is None:
            return Truth.TRUE
        return evaluate(question.who, self._facts(answers), self.reviewer.content.vocabulary)

    def offers(self, question: Question, answers: Mapping[str, Answer]) -> Sequence[Offer]:
        """What is known already: what was written in the form, the record's values, and last year's answer."""
        del answers  # an offer is what others said before this check
        told = told_offer(question, self.supplied.answers)
        before = self._offer_of_last_check(question)
        found = [told, *self._record_offers.of(question), before]
        return tuple(offer for offer in found if offer is not None)

    def _offer_of_last_check(self, question: Question) -> Offer | None:
        """Last year's answer. To the question when the last check was, its answer is that check's own day."""
        last = self.last_check
        if last is not None and question.id == "admin.last_check":
            day = PartialDate.of(last.day)
            return Offer(day, date_in_words(day), "the last check")
        return offer_of_last_year(question, self._last_year, last.day if last is not None else None)

    def odd(self, question: Question, value: AnswerValue | AnswerState, answers: Mapping[str, Answer]) -> Sequence[Odd]:
        """What a new answer does not go with: other answers, the record, last year's answer; firmest first."""
        content = self.reviewer.content
        found = [odd_together(question.id, value, answers, content, self.as_of, self._is_listed)]
        found.append(of_another(question.id, value, self.supplied.person))
        found.append(against_last_year(question.id, value, answers, self._last_year, self.as_of, content))
        return tuple(sorted((it for it in found if it is not None), key=lambda it: it.kind != "hard"))

    def worked_out(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Values that follow from the answers so far, each in one line; also a part that calls for action by itself."""
        found = derived_values(answers, self._last_year, self.as_of, self.reviewer.content, self.supplied)
        return {it.id: it.line for it in found if it.value or it.alone}

    def wanted_before_closing(
        self, answers: Mapping[str, Answer], questions: Iterable[Question]
    ) -> Sequence[BeforeClosing]:
        """What is wanted before this check is closed, of the questions that apply, what stops it first."""
        applies = [it for it in questions if self.applies(it, answers) is not Truth.FALSE]
        return before_closing(answers, applies, self.as_of, self.reviewer.content)

    def hindrances(self, answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """What stands against counting this check as complete, as ``check finish`` says it."""
        return hindrances(self.wanted_before_closing(answers, self.reviewer.content.questions.values()))

    def _is_listed(self, medicine_class: str) -> bool | None:
        """Is a medicine of the class on the list that came with the check? None where that cannot be told."""
        vocabulary = self.reviewer.content.vocabulary
        condition, _ = parse_and_check(f"taking({medicine_class})", vocabulary)
        if condition is None:
            return None
        truth = evaluate(condition, self._supplied_facts, vocabulary)
        return None if truth is Truth.UNKNOWN else truth is Truth.TRUE

    @cached_property
    def _supplied_facts(self) -> PersonFacts:
        return self.reviewer.person_facts(replace(self.supplied, answers={}, from_check=False), self.as_of)

    @cached_property
    def _record_offers(self) -> RecordOffers:
        return RecordOffers(self.supplied.person, self._supplied_facts, self.reviewer.content)

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
        _, record, facts = self._known(answers)
        return tuple(
            Alert(finding.rule, finding.says, " ".join(f"{action.do}." for action in finding.actions))
            for finding in self.reviewer.urgent_findings(record, facts)
        )

    def finds_urgent(self, rule: str, answers: Mapping[str, Answer]) -> Truth:
        """Does a rule that raised an alert find something urgent on these answers?"""
        return self.reviewer.finds_urgent(rule, self._facts(answers))

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
                to_record(
                    self.check, self._in_words(answers), replace(self.supplied, answers={}, previous=self.last_check)
                ),
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
