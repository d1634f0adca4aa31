"""Answers in a table: CSV as people write it and as spreadsheets save it, a row for each question.

The columns ``question``, ``value``, ``by``, ``note`` and ``state`` are read; the others that a template has are for
people. A row with no value is a question left open. Commas, semicolons and tabs may stand between cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.filled_in.given import GivenAnswer, shown_name
from healthcheck_cli.readers.nodes import NodeProblems

READ = ("question", "value", "by", "note", "state")
FOR_PEOPLE = ("section", "words", "answers", "asked if", "core", "who does it")
"""The columns of a template that explain a row, and are not read."""

_DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*")  # what some spreadsheets put before everything else
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NO_ANSWERS = "no question is answered in this file; write the answer in the column value, beside its question"


def is_answer_table(text: str, name: str) -> bool:
    """Is it CSV? Its first line names the columns question and value, or its name ends in .csv."""
    if name.casefold().endswith(".csv"):
        return True
    return _delimiter_of(text.lstrip("\ufeff")) is not None


def read_answer_table(text: str, problems: NodeProblems) -> tuple[GivenAnswer, ...]:
    """The answers of a table, each with the line its row begins on; of a question that is answered twice the first.

    Every line that cannot be read goes to ``problems``. Raises InputProblem where the header is none, and where no row
    has an answer.
    """
    text = text.lstrip("\ufeff")
    delimiter = _delimiter_of(text)
    if delimiter is None:
        raise InputProblem(f"{problems.file}:1: the first line must name the columns question and value")
    found: dict[str, GivenAnswer] = {}
    for answer in _answers(text, delimiter, problems):
        first = found.setdefault(answer.question, answer)
        if first is not answer:
            named = f"{shown}: " if (shown := shown_name(answer.question)) else ""
            problems.at(answer.line, 0, f"{named}this is answered twice (first on line {first.line})")
    if not found and not problems.found:
        raise InputProblem(f"{problems.file}: {_NO_ANSWERS}")
    return tuple(found.values())


def _delimiter_of(text: str) -> str | None:
    """What stands between the cells of the header; None where there is no header."""
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    if lines and _SEPARATOR_LINE.fullmatch(lines[0]):
        lines = lines[1:]
    for delimiter in _DELIMITERS if lines else "":
        if {"question", "value"} <= set(_names(next(csv.reader(lines[:1], delimiter=delimiter)))):
            return delimiter
    return None


def _names(cells: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).casefold() for cell in cells]


def _answers(text: str, delimiter: str, problems: NodeProblems) -> Iterator[GivenAnswer]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            begins, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells) or (not header and _is_separator_line(cells, delimiter)):
                continue
            if not header:
                header = _header(cells, f"{problems.file}:{begins}")
            elif any(cell.strip() for cell in cells[len(header) :]):
                problems.at(begins, 0, "more cells than columns (put quotes round a value that holds a comma)")
            else:
                row = {column: _cell(cell) for column, cell in zip(header, cells, strict=False) if column}
                if (answer := _answer(row, begins, problems)) is not None:
                    yield answer
    except csv.Error:
        problems.at(line, 0, "this row cannot be read: look for a quote that is not closed")


def _is_separator_line(cells: Sequence[str], delimiter: str) -> bool:
    return _SEPARATOR_LINE.fullmatch(delimiter.join(cells)) is not None


def _header(cells: Sequence[str], where: str) -> list[str]:
    header = _names(cells)
    for place, cell in enumerate(header, start=1):
        if cell and cell not in (*READ, *FOR_PEOPLE):
            raise InputProblem(f"{where}: column {place} is none of {', '.join(READ)}")
        if cell and cell in header[: place - 1]:
            raise InputProblem(f"{where}: column {place} has the name of another column")
    return header


def _cell(cell: str) -> str:
    text = cell.strip()
    return text[1:] if _GUARDED.match(text) else text


def _answer(row: dict[str, str], line: int, problems: NodeProblems) -> GivenAnswer | None:
    """The answer in a row; None where it is left open. A note alone is no answer, and must not get lost."""
    question, value, by, note, state = (row.get(column, "") for column in READ)
    if not value and not state:
        if note:
            problems.at(line, 0, "a note and no answer: write the answer, or - where it was not asked")
        return None
    return GivenAnswer(line, question, value, by, note, state)
