"""A saved answer as a file gives it, so that it is read back as it is: tried, not assumed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.filled_in.given import Given, GivenAnswer
from healthcheck_cli.interview.filled_in.given_answers import ANSWERED, read_given
from healthcheck_cli.interview.outcomes import Accepted, Unsure
from healthcheck_cli.interview.written import written_value
from healthcheck_cli.record import Answer, AnswerState


def given_back(
    question: Question, answer: Answer, as_of: date, questions: Mapping[str, Question], *, in_a_cell: bool
) -> GivenAnswer | None:
    """The answer as a file would give it; with ``in_a_cell`` its value is one text. ``as_of`` is the day of the check.

    None where nothing that could be written is read back to the same answer: the question has changed since then, or
    the value is one that it no longer takes.
    """
    for value, state in _ways(question, answer, in_a_cell=in_a_cell):
        given = GivenAnswer(0, question.id, value, answer.answered_by, answer.note, state)
        if _is_read_back(question, given, answer, as_of, questions):
            return given
    return None


def _ways(question: Question, answer: Answer, *, in_a_cell: bool) -> Iterator[tuple[Given, str]]:
    if answer.state is not AnswerState.ANSWERED or answer.value is None:
        yield answer.state.value, ""
        yield "", answer.state.value
        return
    value = answer.value
    values: list[Given] = [written_value(question, value)]
    rows = tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()
    if rows:
        written_out = json.dumps([dict(row) for row in rows], ensure_ascii=False)
        values = [*values, written_out] if in_a_cell else [rows]
    for given in values:
        yield given, ""
        yield given, ANSWERED


def _is_read_back(
    question: Question, given: GivenAnswer, answer: Answer, as_of: date, questions: Mapping[str, Question]
) -> bool:
    read = read_given(question, given, as_of, questions)
    if isinstance(read, AnswerState):
        allowed = read is not AnswerState.NOT_APPLICABLE or question.may_not_apply
        return allowed and read is answer.state
    return isinstance(read, (Accepted, Unsure)) and read.value == answer.value and not read.also
