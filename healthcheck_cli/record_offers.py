"""What the record that came with a check says of its questions: offered with its date, never taken by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthcheck_cli.conditions.values import DateRange, FactValue, Interval, PersonFacts, State
from healthcheck_cli.content.models import Content, Fact, Question
from healthcheck_cli.facts.scoring import group_word
from healthcheck_cli.interview.entry import read_entry
from healthcheck_cli.interview.offers import Offer
from healthcheck_cli.interview.outcomes import Refused
from healthcheck_cli.interview.written import answer_in_words, written_value
from healthcheck_cli.record import BORN, ETHNICITY, SEX, SEXES, Answer, AnswerState, AnswerValue, PartialDate, Person

_SOURCE = "the record"


class RecordOffers:
    """Bound to the details and the facts of a record alone, without any answer of the check."""

    def __init__(self, person: Person, facts: PersonFacts, content: Content) -> None:
        """``person`` and ``facts`` of the record that was supplied."""
        self._person = person
        self._facts = facts
        self._questions = content.questions
        self._facts_of_question = content.facts_of_question

    def of(self, question: Question) -> tuple[Offer, ...]:
        """The values that may be the answer first, then what else the record says that bears on the question."""
        found = list(self._found(question))
        return tuple(sorted(found, key=lambda offer: not offer.can_be_taken))

    def _found(self, question: Question) -> Iterator[Offer]:
        if (detail := self._detail(question)) is not None:
            yield detail
        said: set[str] = set()
        for fact in self._facts_of_question.get(question.id, ()):
            if not (fact.problem or fact.observation):
                continue
            known = self._facts.fact(fact.name)
            offer = _offer(question, fact, known)
            if offer is not None and offer.words not in said:
                said.add(offer.words)
                yield offer

    def _detail(self, question: Question) -> Offer | None:
        """What the details of the person say; one that would be refused if typed is told, and cannot be taken."""
        value = _told_of(self._person, question)
        if value is None:
            return None
        words = answer_in_words(question, Answer(question.id, AnswerState.ANSWERED, value))
        read = read_entry(question, written_value(question, value), self._facts.as_of, self._questions)
        return Offer(None if isinstance(read, Refused) else value, words, _SOURCE)


def _told_of(person: Person, question: Question) -> AnswerValue | None:
    if question.id == BORN:
        return person.date_of_birth
    if question.id == SEX:
        return next((it for it in question.values if person.sex and SEXES.get(it) == person.sex), None)
    group = group_word(person.ethnicity) if question.id == ETHNICITY else ""
    return group if group in question.values else None


def _offer(question: Question, fact: Fact, known: FactValue) -> Offer | None:
    """An offer of what is known; None where the record does not say, or says only that nothing was found."""
    if known.state is not State.KNOWN or known.value is False:
        return None
    when = known.dates.latest if known.dates is not None else None
    value = _value(question, fact, known)
    if value is not None:
        words = answer_in_words(question, Answer(question.id, AnswerState.ANSWERED, value))
        return Offer(value, words, _SOURCE, when)
    return Offer(None, f"{fact.title}: {known.shown}" if known.shown else fact.title, _SOURCE, when)


def _value(question: Question, fact: Fact, known: FactValue) -> AnswerValue | None:
    """The answer that the fact comes to, where it comes to just one."""
    if fact.answers:
        return _only_answer(fact.answers.get(question.id, {}), question) if known.value is True else None
    if question.type == "date":
        return _day(known.dates)
    value = known.value
    if question.type == "yn" and isinstance(value, bool):
        return value
    if question.type == "num" and isinstance(value, Interval) and value.exact:
        return float(value.low)
    if question.type == "choice" and isinstance(value, str) and value in question.values:
        return value
    return None


def _only_answer(means: Mapping[str, bool | None], question: Question) -> AnswerValue | None:
    """The one answer that means yes; None where several do."""
    yes = [answer for answer, meaning in means.items() if meaning is True]
    if len(yes) != 1:
        return None
    return True if question.type == "yn" else (yes[0] if question.type == "choice" else None)


def _day(dates: DateRange | None) -> PartialDate | None:
    if dates is None or dates.earliest is None or dates.latest is None:
        return None
    return PartialDate(dates.earliest, dates.latest)


def told_offer(question: Question, told: Mapping[str, Answer]) -> Offer | None:
    """An answer that stood in the file itself (the form that was filled in at home)."""
    answer = told.get(question.id)
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return None
    words = answer_in_words(question, answer)
    day = answer.at.date() if answer.at is not None else None
    return Offer(answer.value, words if question.type != "table" else words.replace("\n", "; "), "the form", day)
