"""Answers in words: one form that reads back to the same answer, and one for people."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import words_of
from healthcheck_cli.interview.dates import written_date
from healthcheck_cli.interview.measures import plain_number
from healthcheck_cli.interview.tables import written_rows
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate

STATE_WORDS = {
    AnswerState.NOT_ASKED: "not asked",
    AnswerState.DECLINED: "declined",
    AnswerState.NOT_KNOWN: "not known",
    AnswerState.NOT_APPLICABLE: "does not apply",
}


def written_value(question: Question, value: AnswerValue) -> str:
    """The value as it could be typed: ``read_entry`` reads it back to the same value on the same day."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{plain_number(value)} {question.unit}".strip()
    if isinstance(value, PartialDate):
        return written_date(value)
    if isinstance(value, tuple):
        rows = tuple(row for row in value if isinstance(row, Mapping))
        if question.type == "table":
            return written_rows(rows)
        return ", ".join(str(word) for word in value)
    return value


def answer_in_words(question: Question, answer: Answer) -> str:
    """The answer as a person reads it. Where a unit was converted, what was typed stands beside it."""
    if answer.state is not AnswerState.ANSWERED or answer.value is None:
        return STATE_WORDS.get(answer.state, "not asked")
    value = answer.value
    if isinstance(value, float):
        shown = f"{plain_number(round(value, 1))} {question.unit}".strip()
        same = answer.typed.replace(" ", "") in ("", shown.replace(" ", ""), plain_number(value))
        return shown if same or "/" in answer.typed else f"{shown} (typed: {answer.typed})"
    if isinstance(value, tuple) and question.type == "multi":
        return ", ".join(words_of(question, str(word)) for word in value)
    if isinstance(value, str) and question.type == "choice":
        return words_of(question, value)
    return written_value(question, value)
