"""Answers from a file, read as the interview reads them. Nothing is asked back: what is in doubt is an error."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.interview.cross_checks import odd_together, of_another
from healthcheck_cli.interview.entry import read_entry
from healthcheck_cli.interview.filled_in.given import AnswerFile, Given, GivenAnswer, shown_name
from healthcheck_cli.interview.keys import ANSWERED_BY
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.interview.tables import read_cells
from healthcheck_cli.readers.answers import ToldAt
from healthcheck_cli.readers.nodes import NodeProblems
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, Person

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

    ``content`` says what does not go together. Raises InputProblem with everything that cannot be used, in its shape or
    as an answer; no value is repeated in it.
    """
    problems = NodeProblems(file.name, list(file.problems.found))
    known = []
    for given in file.answers:
        if given.question in questions:
            known.append(given)
        else:
            problems.at(given.line, given.column, unknown_question(given.question, questions))
    taking = Taking(questions, content, as_of, now, answered_by)
    read, warnings = taking.take(known, problems)
    problems.raise_if_any()
    told = (f"{problems.place(line, column)}: {message}" for line, column, message in warnings)
    return GivenAnswers(tuple(read.values()), tuple(told))


@dataclass(frozen=True)
class Taking:
    """What answers are read with: the ``questions`` they answer, the day, the moment they are given at (None: some time
    on that day), and who gives them unless an answer says otherwise."""

    questions: Mapping[str, Question]
    content: Content
    as_of: date
    now: datetime | None
    answered_by: str = ""

    def take(
        self, file: Iterable[GivenAnswer], problems: NodeProblems
    ) -> tuple[Mapping[str, Answer], Sequence[ToldAt]]:
        """The answers, all of them to known questions, and what is unusual about them; what cannot be used goes to
        ``problems``."""
        found: dict[str, Answer] = {}
        sources: dict[str, GivenAnswer] = {}
        warnings: list[ToldAt] = []
        last = self.as_of if self.now is None else max(self.as_of, self.now.date())  # a check may take several days
        for given in file:
            if given.day is not None and given.day > last:
                problems.at(*given.day_at, f"{given.question}: the day of the answer is after that of the review")
            read = self._read(given)
            if isinstance(read, (Refused, Ambiguous)):
                problems.at(given.line, given.column, f"{given.question}: {_problem(read)}")
                continue
            if isinstance(read, Unsure):
                message = f"{given.question}: outside the usual range; taken as it stands"
                warnings.append((given.line, given.column, message))
            if given.day is not None and self.content.is_too_old(given.question, given.day, self.as_of):
                message = f"{given.question}: of a day from which an answer is too old to use; kept, and not used"
                warnings.append((given.line, given.column, message))
            for name, answer in self._answers(given, read).items():
                if name in found and (found[name].state, found[name].value) != (answer.state, answer.value):
                    other = f"{given.question}: does not agree with the answer to {sources[name].question}"
                    problems.at(given.line, given.column, other)
                found[name], sources[name] = answer, given
        self._check_together(found, sources, problems, warnings)
        return found, warnings

    def _read(self, given: GivenAnswer) -> Entry | AnswerState:
        """What one answer says, or why it is none."""
        question = self.questions[given.question]
        if wrong := _wrong_by(given):
            return Refused(wrong)
        entry = read_given(question, given, self.as_of, self.questions)
        if entry is AnswerState.NOT_APPLICABLE and not question.may_not_apply:
            return Refused("not_applicable is not an answer to this question")
        return entry

    def _answers(self, given: GivenAnswer, read: Accepted | Unsure | AnswerState) -> Mapping[str, Answer]:
        """The answers that one entry gives: two of a blood pressure."""
        by = given.by or self.answered_by
        at = self.now
        if given.day is not None:
            at = datetime.combine(given.day, time(), self.now.tzinfo if self.now is not None else None)
        if isinstance(read, AnswerState):
            return {given.question: Answer(given.question, read, None, "", by, at, given.note)}
        return {
            name: Answer(name, AnswerState.ANSWERED, value, _typed(given, value), by, at, given.note)
            for name, value in {given.question: read.value, **read.also}.items()
        }

    def _check_together(
        self,
        found: Mapping[str, Answer],
        sources: Mapping[str, GivenAnswer],
        problems: NodeProblems,
        warnings: list[ToldAt],
    ) -> None:
        told: set[str] = set()
        for name, answer in found.items():
            if answer.value is None:
                continue
            odd = odd_together(name, answer.value, found, self.content, self.as_of)
            if odd is not None and odd.message not in told:
                told.add(odd.message)
                place = (sources[name].line, sources[name].column, f"{name}: {odd.message}")
                if odd.impossible:
                    problems.at(*place)
                else:
                    warnings.append(place)


def of_somebody_else(file: AnswerFile, answers: Mapping[str, Answer], supplied: Person) -> tuple[str, ...]:
    """What the ``answers`` of a check say that the record supplied with it does not, each with where it stands in the
    file; one that was saved before stands in none."""
    problems = NodeProblems(file.name)
    places = {it.question: f"{problems.place(it.line, it.column)}: " for it in file.answers}
    odd = ((name, of_another(name, answer.value, supplied)) for name, answer in answers.items())
    return tuple(f"{places.get(name, '')}{name}: {it.message}" for name, it in odd if it is not None)


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
        return f"by is one of {', '.join(ANSWERED_BY)}"
    if given.state and given.state not in (*_STATES, ANSWERED):
        return f"state is one of {', '.join((*_STATES, ANSWERED))}"
    return ""


def unknown_question(name: str, questions: Mapping[str, Question]) -> str:
    """That there is no such question, with its name and what may have been meant. A name that has not the shape of one
    is not repeated: it may be a text that slipped there."""
    problem = f"there is no question {shown_name(name)}".rstrip()
    section, _, word = name.partition(".")
    ticked = [it.id for it in questions.values() if it.section == section and word and word in it.values]
    if ticked:
        return f"{problem} ({word} is an answer to {' and to '.join(ticked)})"
    near = difflib.get_close_matches(name.casefold(), questions, n=1)
    return f"{problem} (did you mean {near[0]}?)" if near else problem


def _problem(entry: Refused | Ambiguous) -> str:
    if isinstance(entry, Ambiguous):
        return "this can be read in more than one way: write it out in full, a number with its unit"
    return entry.message


def _typed(given: GivenAnswer, value: AnswerValue) -> str:
    if isinstance(value, tuple) and any(isinstance(row, Mapping) for row in value):
        return "\n".join(_written(row) for row in value)
    return given.value if isinstance(given.value, str) else ", ".join(map(_written, given.value))


def _written(item: str | Mapping[str, str]) -> str:
    return item if isinstance(item, str) else "; ".join(item.values())
