"""Answers with rows: one row a line, its parts between semicolons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.dates import read_date, written_date
from healthcheck_cli.interview.outcomes import Accepted, Refused
from healthcheck_cli.record import PartialDate

_BETWEEN = re.compile(r"[;|\t]")


def column_name(question: Question, column: str) -> str:
    """What a person calls a column."""
    own = column.replace("_", " ")
    return own if column_values(question, column) else question.labels.get(column, own)


def column_values(question: Question, column: str) -> tuple[str, ...]:
    """The only words a column takes: its label says them with `` / `` between (``has / lacks``). Empty for any.

    >>> from healthcheck_cli.interview.example import example_question
    >>> column_values(example_question(type="table", columns=("working",), labels={"working": "yes / no"}), "working")
    ('yes', 'no')
    """
    values = tuple(part.strip() for part in question.labels.get(column, "").split(" / "))
    return values if len(values) > 1 else ()


def read_row(question: Question, typed: str, as_of: date) -> Mapping[str, str] | Refused:
    """One row: its parts in the order of the columns; parts left out at the end are empty."""
    cells = [cell.strip() for cell in _BETWEEN.split(typed)]
    if len(cells) > len(question.columns):
        return Refused(f"A row has {len(question.columns)} parts; {len(cells)} were typed.")
    return read_cells(question, dict(zip(question.columns, cells, strict=False)), as_of)


def read_cells(question: Question, cells: Mapping[str, str], as_of: date) -> Mapping[str, str] | Refused:
    """A row given by column. The first part must be there; a part with set words must be one of them."""
    unknown = [column for column in cells if column not in question.columns]
    if unknown:
        return Refused(f"There is no such column. The columns are: {', '.join(question.columns)}.")
    row = {column: " ".join(cells.get(column, "").split()) for column in question.columns}
    if not row[question.columns[0]]:
        return Refused(f"The first part ({column_name(question, question.columns[0])}) must be there.")
    for column in question.columns:
        allowed = column_values(question, column)
        if row[column] and allowed:
            found = [value for value in allowed if value.replace("_", " ") == row[column].casefold().replace("_", " ")]
            if not found:
                return Refused(f"{column.replace('_', ' ').capitalize()}: one of {', '.join(allowed)}.")
            row[column] = found[0]
        if row[column] and column == "date":
            entry = read_date(row[column], as_of)
            if not isinstance(entry, Accepted) or not isinstance(entry.value, PartialDate):
                return Refused(f"Date: {entry.message}" if isinstance(entry, Refused) else "Date: write a date.")
            row[column] = written_date(entry.value)
    return row


def read_rows(question: Question, typed: str, as_of: date) -> Accepted | Refused:
    """All rows at once, one a line; ``none`` for a table that is empty."""
    if typed.strip().casefold() in ("none", "0"):
        return Accepted(())
    rows: list[Mapping[str, str]] = []
    for line in typed.splitlines():
        if not line.strip():
            continue
        row = read_row(question, line, as_of)
        if isinstance(row, Refused):
            return row
        rows.append(row)
    return Accepted(tuple(rows)) if rows else Refused("Type none if there are none.")


def written_row(question: Question, row: Mapping[str, str]) -> str:
    """One row as ``read_row`` reads it back, its columns in the order of the question: what is kept has lost it."""
    return "; ".join(row.get(column, "") for column in question.columns).rstrip("; ")


def written_rows(question: Question, rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as ``read_rows`` reads them back."""
    return "\n".join(written_row(question, row) for row in rows) or "none"
