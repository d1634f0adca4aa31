"""Answers from a file, read as the interview reads them. Nothing is asked back: what is in doubt is an error."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.cross_checks import odd_together
from healthcheck_cli.interview.entry import read_entry
from healthcheck_cli.interview.filled_in.given import AnswerFile, Given, GivenAnswer, shown_name
from healthcheck_cli.interview.keys import ANSWERED_BY
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.interview.tables import read_cells
from healthcheck_cli.record import Answer, AnswerState, AnswerValue

_STATES = {
    "-": AnswerState.NOT_ASKED,
    "not_asked": AnswerState.NOT_ASKED,
    "declined": AnswerState.DECLINED,
    "not_known": AnswerState.NOT_KNOWN,
    "not_applicable": AnswerState.NOT_APPLICABLE,
}
ANSWERED = AnswerState.ANSWERED.value
"""The state of a value that is the answer though it looks like a word for having none."""

_EMPTY = "there is no answer here: write one, or - where it was not asked, or leave the line out"


@dataclass(frozen=True)
class GivenAnswers:
    """The answers of a file, and what is unusual about them (questions and lines, never a value)."""

    answers: tuple[Answer, ...]
    warnings: tuple[str, ...]


def answers_from_file(
    file: AnswerFile,
    questions: Mapping[str, Question],
    as_of: date,
    now: datetime,
    answered_by: str,
    content: Content,
) -> GivenAnswers:
    """Every answer of a file. An unlikely value is taken with a warning; one that can be read in two ways is not.

    ``content`` says what does not go together. Raises InputProblem with every line that cannot be used; no value is
    repeated in it.
    """
    found: dict[str, Answer] = {}
    problems: list[str] = []
    warnings: list[str] = []
    for given in file.answers:
        where = f"{file.name}:{given.line}: "
        question = questions.get(given.question)
        problem = _unknown_question(given, questions) if question is None else _wrong_by(given)
        if question is None or problem:
            problems.append(where + problem)
            continue
        where += f"{question.id}: "
        entry = read_given(question, given, as_of, questions)
        if isinstance(entry, AnswerState):
            if entry is AnswerState.NOT_APPLICABLE and not question.may_not_apply:
                problems.append(f"{where}not_applicable is not an answer to this question")
            found[question.id] = _answer(given, entry, None, now, answered_by)
            continue
        if isinstance(entry, (Refused, Ambiguous)):
            problems.append(where + _problem(entry))
            continue
        if isinstance(entry, Unsure):
            warnings.append(f"{where}outside the usual range; taken as it stands")
        for name, value in {question.id: entry.value, **entry.also}.items():
            if name in found and found[name].value != value:
                problems.append(f"{where}does not agree with the other answer to {name}")
            found[name] = _answer(given, AnswerState.ANSWERED, value, now, answered_by, name)
    _check_together(found, file, problems, warnings, content, as_of)
    if problems:
        raise InputProblem(*problems)
    return GivenAnswers(tuple(found.values()), tuple(warnings))


def not_yet_saved(answers: Iterable[Answer], saved: Mapping[str, Answer]) -> tuple[Answer, ...]:
    """The answers that say something else than those that are saved: a template that was filled in from a check gives
    all of them again."""

    def says(answer: Answer | None) -> object:
        return None if answer is None else (answer.state, answer.value, answer.answered_by, answer.note)

    return tuple(answer for answer in answers if says(answer) != says(saved.get(answer.question)))


def read_given(
    question: Question, given: GivenAnswer, as_of: date, questions: Mapping[str, Question]
) -> Entry | AnswerState:
    """What one answer of a file says: a word for having no value, or what its value is read as. Never raises."""
    state = _state(question, given)
    if state is not None:
        return state
    value = _rows_written_out(given.value) if question.type == "table" else given.value
    if isinstance(value, str):
        return read_entry(question, value, as_of, questions) if value.strip() else Refused(_EMPTY)
    if question.type == "table":
        rows: list[Mapping[str, str]] = []
        for item in value:
            row = read_cells(question, item, as_of) if isinstance(item, Mapping) else None
            if row is None:
                return read_entry(question, "\n".join(map(str, value)), as_of, questions)
            if isinstance(row, Refused):
                return row
            rows.append(row)
        return Accepted(tuple(rows))
    if question.type != "multi":
        return Refused("one answer is wanted, not several")
    return read_entry(question, ", ".join(map(str, value)), as_of, questions)


def _rows_written_out(value: Given) -> Given:
    """The rows of a table that stand in one cell with their columns named: a cell of theirs may hold a semicolon."""
    if not isinstance(value, str) or not value.startswith("[{"):
        return value
    try:
        rows = json.loads(value)
    except (json.JSONDecodeError, RecursionError):
        return value
    whole = all(isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in rows)
    return tuple(rows) if whole else value


def _state(question: Question, given: GivenAnswer) -> AnswerState | None:
    """A word for having no value, unless it is one of the question's own values."""
    if given.state:
        return _STATES.get(given.state)  # none for ANSWERED
    value = given.value
    return _STATES.get(value.strip()) if isinstance(value, str) and value.strip() not in question.values else None


def _wrong_by(given: GivenAnswer) -> str:
    if given.by and given.by not in ANSWERED_BY:
        return f"{given.question}: by is one of {', '.join(ANSWERED_BY)}"
    if given.state and given.state not in (*_STATES, ANSWERED):
        return f"{given.question}: state is one of {', '.join((*_STATES, ANSWERED))}"
    return ""


def _unknown_question(given: GivenAnswer, questions: Mapping[str, Question]) -> str:
    near = difflib.get_close_matches(given.question, questions, n=1)
    problem = f"there is no question {shown_name(given.question)}".rstrip()
    return f"{problem} (did you mean {near[0]}?)" if near else problem


def _problem(entry: Refused | Ambiguous) -> str:
    if isinstance(entry, Ambiguous):
        return "this can be read in more than one way: write it out in full, with its unit"
    return entry.message


def _answer(
    given: GivenAnswer, state: AnswerState, value: AnswerValue | None, now: datetime, by: str, question: str = ""
) -> Answer:
    if isinstance(value, tuple) and any(isinstance(row, Mapping) for row in value):
        typed = "\n".join(_written(row) for row in value)
    else:
        typed = given.value if isinstance(given.value, str) else ", ".join(map(_written, given.value))
    return Answer(
        question or given.question, state, value, typed if value is not None else "", given.by or by, now, given.note
    )


def _written(item: str | Mapping[str, str]) -> str:
    return item if isinstance(item, str) else "; ".join(item.values())


def _check_together(
    found: Mapping[str, Answer],
    file: AnswerFile,
    problems: list[str],
    warnings: list[str],
    content: Content,
    as_of: date,
) -> None:
    lines = {given.question: given.line for given in file.answers}
    told: set[str] = set()
    for name, answer in found.items():
        odd = odd_together(name, answer.value, found, content, as_of) if answer.value is not None else None
        if odd is not None and odd.message not in told:
            told.add(odd.message)
            (problems if odd.impossible else warnings).append(
                f"{file.name}:{lines.get(name, 1)}: {name}: {odd.message}"
            )
