"""Answers in words: one form that reads back to the same answer, and one for people."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.models import Question
from healthcheck_cli.facts.computed.cells import day
from healthcheck_cli.interview.choices import full_words, words_of
from healthcheck_cli.interview.dates import written_date
from healthcheck_cli.interview.measures import plain_number
from healthcheck_cli.interview.tables import column_name, written_rows
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate, date_in_words

STATE_WORDS = {
    AnswerState.NOT_ASKED: "not asked",
    AnswerState.DECLINED: "declined",
    AnswerState.NOT_KNOWN: "not known",
    AnswerState.NOT_APPLICABLE: "does not apply",
}

_UNITS = {"%": "%", "C": " °C"}  # how a unit is written after its number, where that is not its own name


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
            return written_rows(question, rows)
        return ", ".join(str(word) for word in value)
    return value


def answer_in_words(question: Question, answer: Answer) -> str:
    """The answer as a person reads it. Where a unit was converted, what was typed stands beside it."""
    if answer.state is not AnswerState.ANSWERED or answer.value is None:
        return STATE_WORDS.get(answer.state, "not asked")
    value = answer.value
    if isinstance(value, PartialDate):
        return date_in_words(value)
    if isinstance(value, float):
        shown = f"{plain_number(round(value, 1))}{_UNITS.get(question.unit, f' {question.unit}')}".strip()
        same = answer.typed.replace(" ", "") in ("", shown.replace(" ", ""), plain_number(value))
        return shown if same or "/" in answer.typed else f"{shown} (typed: {answer.typed})"
    if isinstance(value, tuple) and question.type == "multi":
        words = [words_of(question, str(word)) for word in value]
        return ("; " if any("," in it for it in words) else ", ").join(words)
    if isinstance(value, tuple) and question.type == "table":
        return "\n".join(_row_in_words(question, row) for row in value if isinstance(row, Mapping)) or "none"
    if isinstance(value, str) and question.type == "choice":
        return full_words(question, value)
    return written_value(question, value)


def _row_in_words(question: Question, row: Mapping[str, str]) -> str:
    """The parts that were given, each with its name but the first, which says what the row is about."""
    first, *others = question.columns
    named = [f"{column_name(question, it)}: {_cell_in_words(row, it)}" for it in others if row.get(it)]
    return ", ".join([_cell_in_words(row, first), *named]).replace("_", " ")


def _cell_in_words(row: Mapping[str, str], column: str) -> str:
    given = day(row, column)
    return date_in_words(given) if given is not None else row.get(column, "")
