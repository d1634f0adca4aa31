"""Answers written short, with the content of the project."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.record import Answer, AnswerState, PartialDate

DAY = date(2026, 11, 22)
LAST_YEAR = date(2025, 11, 14)
CONTENT = load_content(find_content())
ADULT = PartialDate.of(date(1979, 4, 2))


def said(on: date = DAY, **answers: Any) -> dict[str, Answer]:
    """Answers of one day; ``meas__weight=72.0`` is the answer to ``meas.weight``. A state is an answer without one."""
    at = datetime(on.year, on.month, on.day, 9, tzinfo=timezone.utc)
    found = {}
    for name, value in answers.items():
        question = name.replace("__", ".")
        if isinstance(value, AnswerState):
            found[question] = Answer(question, value, at=at)
        else:
            found[question] = Answer(question, AnswerState.ANSWERED, value, at=at)
    return found


def day(year: int, month: int = 1, number: int = 1) -> PartialDate:
    """A date that is known to the day."""
    return PartialDate.of(date(year, month, number))
