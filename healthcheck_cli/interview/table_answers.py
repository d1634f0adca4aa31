"""An answer with rows as it grows: one row is typed after another, each kept at once, and one can be taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.outcomes import Refused
from healthcheck_cli.interview.tables import read_row, written_rows
from healthcheck_cli.record import Answer

Rows = tuple[Mapping[str, str], ...]


def rows_of(question: Question, answer: Answer | None) -> Rows:
    """The rows of a table so far."""
    if question.type != "table" or answer is None or not isinstance(answer.value, tuple):
        return ()
    return tuple(row for row in answer.value if isinstance(row, Mapping))


def rows_after(question: Question, answer: Answer | None, text: str, as_of: date) -> tuple[Rows, str] | Refused:
    """The rows after one line was typed, and all of them as they were typed. The last one stays: an empty table must
    be said."""
    rows = rows_of(question, answer)
    if not text:
        return Refused("Type a row, or none if there are none.")
    dropped = re.fullmatch(r"drop\s+(\d+)", text, re.IGNORECASE)
    if dropped is not None:
        number = int(dropped[1])
        if not 1 <= number <= len(rows):
            return Refused("There is no such row.")
        left = rows[: number - 1] + rows[number:]
        return (
            (left, written_rows(question, left))
            if left
            else Refused("That is the only row: type none if there are none.")
        )
    row = read_row(question, text, as_of)
    if isinstance(row, Refused):
        return row
    typed = answer.typed if answer is not None and rows else ""
    return (*rows, row), f"{typed}\n{text}".strip()
