"""What is known already, offered with its date beside a question: taken only when the nurse says that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate, date_in_words


@dataclass(frozen=True)
class Offer:
    """A value that may be the answer, or (``value`` None) something the record says that bears on it.

    ``source`` is where it is from, in words: "last year", "the record".
    """

    value: AnswerValue | None
    words: str
    source: str
    when: date | None = None

    @property
    def can_be_taken(self) -> bool:
        """Is it an answer, and not only something to know?"""
        return self.value is not None

    def in_words(self) -> str:
        """The offer on one line.

        >>> Offer(72.5, "72.5 kg", "last year", date(2025, 11, 12)).in_words()
        '72.5 kg (last year, 12 Nov 2025)'
        """
        day = f", {date_in_words(PartialDate.of(self.when))}" if self.when else ""
        return f"{self.words} ({self.source}{day})"


def offer_of_last_year(question: Question, last_year: Mapping[str, Answer], when: date | None) -> Offer | None:
    """Last year's answer, where it had a value. A table is not offered as a whole: its rows change too much."""
    answer = last_year.get(question.id)
    if answer is None or answer.state is not AnswerState.ANSWERED or question.type == "table":
        return None
    return Offer(answer.value, answer_in_words(question, answer), "last year", when)


def chosen_offer(offers: Iterable[Offer], which: str) -> Offer | None:
    """The offer that was taken by its number among those that can be, the first where none was typed."""
    found = [offer for offer in offers if offer.can_be_taken]
    number = int(which) if which.isdigit() else 1
    return found[number - 1] if (which.isdigit() or not which) and 1 <= number <= len(found) else None
