"""The rows of a CSV text with the line each begins on, and the rows that are not rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.columns import known_columns, plain

MOST_IN_A_CELL = 1_000_000  # characters; a longer cell is a damaged file, not a medicine
_LOOKED_AT = 50_000  # characters
_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITERS = (",", "\t", ";", "|")
_MISSING = frozenset({"null", "n/a", "#n/a", "-", "\\n", "nan"})


@dataclass(frozen=True)
class TableRow:
    """One row: the line of the file it begins on, and its cells, as many as the header has. Missing is empty."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A CSV file taken apart. ``header_line`` is the line the header is on."""

    header: tuple[str, ...]
    header_line: int
    rows: tuple[TableRow, ...]
    rejected: tuple[RejectedRow, ...]
    repeated_headers: tuple[int, ...]


class _Lines(Iterator[str]):
    """The physical lines of a text. Reading can be set back to an earlier line."""

    def __init__(self, text: str) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        self.next_line = 1

    def __next__(self) -> str:
        if self.next_line > len(self._lines):
            raise StopIteration
        self.next_line += 1
        return self._lines[self.next_line - 2]


def delimiter_of(text: str) -> str:
    """The delimiter under which the first line that is not blank has the most known column names."""
    first = next((line for line in first_lines(text) if line.strip()), "")
    return max(_DELIMITERS, key=lambda mark: known_columns(cells_of(first, mark)))


def first_lines(text: str) -> list[str]:
    """The lines at the beginning of a text, as far as anybody need look to tell what it is."""
    return _LINE_END.split(text.lstrip("\r\n")[:_LOOKED_AT])


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line as it stands; none where it is no CSV."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def read_table(text: str, file: str) -> Table:
    """All rows of ``text``. A row with too few or too many cells, an unclosed quote or an outsized cell is rejected
    with its line; blank rows and repeats of the header are left out.

    Raises :class:`InputProblem` where there is no header that can be read or no row after it.
    """
    header: tuple[str, ...] = ()
    header_line = 0
    rows: list[TableRow] = []
    rejected: list[RejectedRow] = []
    repeated: list[int] = []
    for line, cells, wrong in _raw_rows(text, delimiter_of(text)):
        if wrong and not header:
            raise InputProblem(f"{file}:{line}: {wrong}")
        if wrong:
            rejected.append(RejectedRow(file, line, wrong))
        elif not any(cells):
            continue
        elif not header:
            header, header_line = _without_empty_end(cells), line
        elif _same(cells, header):
            repeated.append(line)
        elif reason := _ragged(cells, header):
            rejected.append(RejectedRow(file, line, reason))
        else:
            rows.append(TableRow(line, tuple(map(_value, cells[: len(header)]))))
    if not header:
        raise InputProblem(f"{file}: there is no header")
    if not rows and not rejected:
        raise InputProblem(f"{file}: there is a header and no row after it")
    return Table(header, header_line, tuple(rows), tuple(rejected), tuple(repeated))


def _raw_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells stripped, and what is wrong ("" for nothing). After a quote that is never closed, reading goes on
    with the next line, so that one bad row does not swallow those after it."""
    lines = _Lines(text)
    limit = csv.field_size_limit(MOST_IN_A_CELL)
    try:
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            line = lines.next_line
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                lines.next_line = line + 1
                yield line, [], _reason(error)
            else:
                yield line, [cell.strip() for cell in cells], ""
    finally:
        csv.field_size_limit(limit)


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell of more than {MOST_IN_A_CELL:,} characters"
    return "a quote that is not closed, or text after a closing quote"


def _without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])


def _same(cells: Sequence[str], header: Sequence[str]) -> bool:
    found = _without_empty_end(cells)
    return len(found) == len(header) and all(plain(a) == plain(b) for a, b in zip(found, header, strict=True))


def _ragged(cells: Sequence[str], header: Sequence[str]) -> str:
    if len(cells) < len(header) or any(cells[len(header) :]):
        found = max(len(cells), len(_without_empty_end(cells)))
        return f"{found} cells where the header has {len(header)}"
    return ""


def _value(cell: str) -> str:
    return "" if cell.casefold() in _MISSING else cell
