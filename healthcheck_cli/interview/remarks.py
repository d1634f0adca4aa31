"""What one sitting tells beside the answers and does not hold them up: each once, and again only where it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview import session_words as words
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.views import Message, MessageKind, skipped_line, worked_out_lines
from healthcheck_cli.record import Answer


class Remarks:
    """It remembers what was told in this sitting."""

    def __init__(self, adviser: Adviser, questions: Mapping[str, Question], answers: Mapping[str, Answer]) -> None:
        """What follows from ``answers`` already is no news."""
        self._adviser = adviser
        self._questions = questions
        self._worked_out = dict(adviser.worked_out(answers))
        self._passed_over: set[str] = set()
        self._told_declined = False

    def beside(self, new: Sequence[Answer], answers: Mapping[str, Answer]) -> tuple[Message, ...]:
        """That a new answer does not go with another, or that it changed in a year."""
        return tuple(Message(MessageKind.INFO, it) for it in self._beside(new, answers))

    def _beside(self, new: Sequence[Answer], answers: Mapping[str, Answer]) -> Iterator[str]:
        for answer in new:
            value = answer.state if answer.value is None else answer.value
            for odd in self._adviser.odd(self._questions[answer.question], value, answers):
                if odd.kind == "warn":
                    yield odd.message

    def worked_out_now(self, answers: Mapping[str, Answer]) -> tuple[Message, ...]:
        """What the newest answer made known (a BMI, a score): said once, and again where it changes."""
        before, self._worked_out = self._worked_out, dict(self._adviser.worked_out(answers))
        lines = worked_out_lines(before, self._worked_out)
        return (Message(MessageKind.INFO, lines),) if lines else ()

    def on_passing_over(self, questions: Sequence[Question]) -> tuple[Message, ...]:
        """That these questions do not apply."""
        news = [it for it in questions if it.id not in self._passed_over]
        self._passed_over.update(it.id for it in news)
        return (Message(MessageKind.INFO, skipped_line(news)),) if news else ()

    def on_declining(self) -> tuple[Message, ...]:
        """What declining a question means, the first time."""
        told, self._told_declined = self._told_declined, True
        return () if told else (Message(MessageKind.INFO, words.DECLINED),)
