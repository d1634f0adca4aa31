"""The answers of a record. Those of a file are read by whoever knows the questions: see :class:`AnswersReader`. Those
of the examples of rules are of the type that content writes: a bare value, or a state that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Protocol

from healthcheck_cli.readers.dates import read_partial_date
from healthcheck_cli.readers.nodes import Node, NodeProblems, day_of, fields_of, text_of
from healthcheck_cli.readers.values import flag_in, number_in
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate

_QUESTION = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


ToldAt = tuple[int, int, str]
"""A line, a column, and what is to be known of the answer there."""

AnswersOf = Callable[[Node, date | None, NodeProblems], Mapping[str, Answer]]
"""Reads the answers below a key. The day is that of the check they were given in; None: the one that is reviewed."""


class AnswersReader(Protocol):
    """Reads the answers of a record file, whose values stay as they are written, against the questions they answer.
    What is wrong goes to ``problems``, what is unusual or not used to ``told``."""

    def __call__(
        self, node: Node, day: date | None, problems: NodeProblems, *, told: list[ToldAt]
    ) -> Mapping[str, Answer]:
        """The answers by question."""


def typed_answers(node: Node, _: date | None, problems: NodeProblems) -> Mapping[str, Answer]:
    """The answers by question; which questions there are is not asked here."""
    if not isinstance(node.value, Mapping):
        problems.add(node, "must be a mapping of question to answer")
        return {}
    answers = {}
    for question, child in node.children().items():
        here = Node(None, node.path, child.line, child.column)
        if not _QUESTION.fullmatch(str(question)):
            problems.add(here, "a question is written like bowel.days_since")
        else:
            answers[question] = _answer(question, child, problems)
    return answers


def _answer(question: str, node: Node, problems: NodeProblems) -> Answer:
    if node.value is None:
        return Answer(question, AnswerState.NOT_ASKED)
    if not isinstance(node.value, Mapping):
        return Answer(question, AnswerState.ANSWERED, _answer_value(node, problems))
    found = fields_of(node, ("value", "state", "by", "note", "date"), problems)
    state = text_of(found.get("state"), problems) or "answered"
    if state not in {it.value for it in AnswerState}:
        problems.add(found["state"], f"must be one of {', '.join(it.value for it in AnswerState)}")
        state = "not_asked"
    value = _answer_value(found["value"], problems) if "value" in found else None
    if (value is not None) != (state == "answered"):
        problems.add(node, "an answer has a value, or a state that says why there is none")
    day = day_of(found.get("date"), problems)
    return Answer(
        question=question,
        state=AnswerState(state),
        value=value,
        answered_by=text_of(found.get("by"), problems),
        at=None if day is None else datetime.combine(day, time()),
        note=text_of(found.get("note"), problems),
    )


def _answer_value(node: Node, problems: NodeProblems) -> AnswerValue | None:
    value = node.value
    if isinstance(value, date):
        return PartialDate.of(value)
    if isinstance(value, (list, tuple)):
        return _several(node, problems)
    if isinstance(value, (bool, int, float)):
        if (number := number_in(value)) is None and not isinstance(value, bool):
            problems.add(node, "must be a number that is finite")
        return value if isinstance(value, bool) else number
    if isinstance(value, str):
        return _worded(value.strip())
    problems.add(node, "not an answer: a word, a number, a date, a list, true or false")
    return None


def _worded(text: str) -> AnswerValue:
    flag = flag_in(text) if text.casefold() in ("yes", "no") else None
    if flag is not None:
        return flag
    partial = read_partial_date(text) if _MONTH.fullmatch(text) else None
    return text if partial is None else partial


def _several(node: Node, problems: NodeProblems) -> AnswerValue:
    items = node.items()
    if items and all(isinstance(item.value, Mapping) for item in items):
        return tuple(
            {key: text_of(Node(cell, item.path, item.line, item.column), problems) for key, cell in item.value.items()}
            for item in items
        )
    return tuple(text_of(item, problems) for item in items)
