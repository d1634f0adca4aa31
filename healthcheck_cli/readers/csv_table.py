"""The rows of a CSV text with the line each begins on, and the rows that are not rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.columns import known_columns, plain

MOST_IN_A_CELL = 1_000_000  # characters; a longer cell is a damaged file, not a medicine
_LOOKED_AT = 50_000  # characters
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
DELIMITERS = (",", "\t", ";", "|")
_TOTALS = re.compile(
    r"(?:grand |sub-?)?totals?(?: count)?(?: (?:number )?(?:of )?(?:patients|rows|items))?\s*:?\s*\d*", re.IGNORECASE
)
_BEGINS_TOTALS = frozenset("tTgGsS")
_MOST_TOTALS = 3  # cells of a row of totals that hold something
_MISSING = frozenset({"null", "n/a", "#n/a", "-", "\\n", "nan"})

LONGEST_MISSING = max(map(len, _MISSING))


@dataclass(frozen=True)
class TableRow:
    """One row: the line of the file it begins on, and its cells, as many as the header has. Missing is empty."""

    line: int
    cells: tuple[str, ...]


_UNCLOSED = "a quote that is not closed, or text after a closing quote"
BREAKS_OFF = "the file breaks off in this row"
EMPTY_BESIDE = "there is a header and no row after it: nothing is read from it"


class RawRow(NamedTuple):
    """A row before its header is known: the line it begins on, its cells stripped, what is wrong ("" for nothing), and
    whether it ends as rows do: the last row of a file that was cut off has no end of its line."""

    line: int
    cells: Sequence[str]
    wrong: str = ""
    ends: bool = True


class Table:
    """A table whose header is found, and its rows, read as they are asked for.

    ``header_line`` is the line the header is on; ``repeated_headers`` and ``totals`` are the lines left out so far
    because they say the header again or add up the rows. ``is_empty``: the end was reached and no row came.
    """

    def __init__(self, file: str, header: Sequence[str], header_line: int, rest: Iterator[RawRow]) -> None:
        self.file = file
        self.header = tuple(header)
        self.header_line = header_line
        self.repeated_headers: list[int] = []
        self.totals: list[int] = []
        self.is_empty = False
        self._rest = rest
        expect(rest, len(self.header))

    def rows(self, *, may_be_empty: bool = False) -> Iterator[TableRow | RejectedRow]:
        """Every row after the header, once. A row with too few or too many cells, an unclosed quote or an outsized
        cell is rejected with its line; blank rows and repeats of the header are left out.

        Raises :class:`InputProblem` at the end where no row came after the header, unless it ``may_be_empty``.
        """
        empty = True
        for row in self._rest:
            line, cells, wrong, _ = row
            if wrong:
                yield RejectedRow(self.file, line, wrong_with(row, self.header))
            elif not any(cells):
                continue
            elif _same(cells, self.header):
                self.repeated_headers.append(line)
                continue
            elif is_totals(cells):
                self.totals.append(line)
                continue
            elif reason := wrong_with(row, self.header):
                yield RejectedRow(self.file, line, reason)
            else:
                yield TableRow(line, tuple(map(value_of, cells[: len(self.header)])))
            empty = False
        self.is_empty = empty
        if empty and not may_be_empty:
            raise InputProblem(f"{self.file}: there is a header and no row after it")


class _Lines(Iterator[str]):
    """The physical lines of a text, with their ends. Reading can be set back to an earlier line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.next_line = 1

    def __next__(self) -> str:
        if self._at >= len(self._text):
            raise StopIteration
        match = _LINE.match(self._text, self._at)
        assert match is not None  # the pattern matches any text that is not at its end
        self._at = match.end()
        self.next_line += 1
        return match.group()

    def has_ended(self) -> bool:
        """Did the last line that was read have an end?"""
        return self._at < len(self._text) or self._text.endswith(("\n", "\r"))

    def place(self) -> tuple[int, int]:
        """Where the next line begins, to go back to."""
        return self._at, self.next_line

    def since(self, place: tuple[int, int]) -> list[str]:
        """The lines from ``place`` up to where reading is."""
        return _LINE_END.split(self._text[place[0] : self._at].rstrip("\r\n"))

    def go_on_after(self, place: tuple[int, int]) -> None:
        """Go back to the line after the one at ``place``."""
        self._at, self.next_line = place
        next(self, None)


def delimiter_of(text: str) -> str:
    """The delimiter under which the first line that is not blank has the most known column names."""
    first = next((line for line in _LINE_END.split(text.lstrip("\r\n")[:_LOOKED_AT]) if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: known_columns(cells_of(first, mark)))


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line as it stands; none where it is no CSV."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def open_table(rows: Iterator[RawRow], file: str) -> Table:
    """The table whose header is the first row of ``rows`` that is not blank.

    Raises :class:`InputProblem` where there is no header that can be read.
    """
    for line, cells, wrong, _ in rows:
        if wrong:
            raise InputProblem(f"{file}:{line}: {wrong}")
        if any(cells):
            return Table(file, without_empty_end(cells), line, rows)
    raise InputProblem(f"{file}: there is no header")


class CsvRows(Iterator[RawRow]):
    """The rows of a CSV text. After a quote that is never closed, reading goes on with the next line, so that one bad
    row does not swallow those after it.

    ``width``: how many cells a row has, once somebody knows; 0 before. It tells a row with a line break in a cell from
    several rows, the quote of the first of which was closed by that of a later one.
    """

    def __init__(self, text: str, delimiter: str = "") -> None:
        self.width = 0
        self._lines = _Lines(text)
        csv.field_size_limit(MOST_IN_A_CELL)  # not set back: another text may be read between two rows of this one
        self._delimiter = delimiter or delimiter_of(text)
        self._rows = csv.reader(self._lines, delimiter=self._delimiter, strict=True)

    def __next__(self) -> RawRow:
        begun = self._lines.place()
        wrong = ""
        cells: list[str] = []
        try:
            cells = [cell.strip() for cell in next(self._rows)]
        except csv.Error as error:
            wrong = _reason(error)
        if not wrong and self._lines.next_line > begun[1] + 1 and self._swallowed(cells, self._lines.since(begun)):
            cells, wrong = [], _UNCLOSED
        if wrong:
            self._lines.go_on_after(begun)
        return RawRow(begun[1], cells, wrong, self._lines.has_ended())

    def _swallowed(self, cells: Sequence[str], lines: Sequence[str]) -> bool:
        """Is a row over several lines several rows, by a quote that was forgotten? It has too few or too many cells, or
        each of its lines is a row by itself."""
        if not self.width:
            return False
        ragged = len(cells) < self.width or any(cells[self.width :])
        return ragged or all(line.count(self._delimiter) == self.width - 1 > 0 for line in lines)


def expect(rows: Iterator[RawRow], width: int) -> None:
    """Tell the rows of a text how many cells each has; those of other sources need not be told."""
    if isinstance(rows, CsvRows):
        rows.width = width


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell of more than {MOST_IN_A_CELL:,} characters"
    return _UNCLOSED


def without_empty_end(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last that holds something."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])


def _same(cells: Sequence[str], header: Sequence[str]) -> bool:
    if cells[0][:1].casefold() != header[0][:1].casefold():  # nearly every row: no need to look further
        return False
    found = without_empty_end(cells)
    return len(found) == len(header) and all(plain(a) == plain(b) for a, b in zip(found, header, strict=True))


def is_totals(cells: Sequence[str]) -> bool:
    """Does a row add up those above it? Its first cell says so, and little else is in it.

    >>> is_totals(["Total", "", "12"]), is_totals(["Grand total: 4"]), is_totals(["A1", "Total parenteral nutrition"])
    (True, True, False)
    """
    first = next((cell for cell in cells if cell), "")
    if first[:1] not in _BEGINS_TOTALS:
        return False
    told = [cell for cell in cells if cell]
    return len(told) <= _MOST_TOTALS and _TOTALS.fullmatch(told[0]) is not None


def wrong_with(row: RawRow, header: Sequence[str]) -> str:
    """Why a row cannot be used under its header; empty where it can. Empty cells at its end do no harm."""
    if row.wrong or len(row.cells) < len(header) or any(row.cells[len(header) :]):
        if not row.ends and (row.wrong or len(row.cells) < len(header)):
            return BREAKS_OFF
        found = max(len(row.cells), len(without_empty_end(row.cells)))
        return row.wrong or f"{found} cells where the header has {len(header)}"
    return ""


def value_of(cell: str) -> str:
    """The cell, empty where it holds a word for missing; without what keeps a spreadsheet from counting with it.

    >>> value_of("N/A"), value_of('="219168008"')
    ('', '219168008')
    """
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].strip()
    return "" if len(cell) <= LONGEST_MISSING and cell.casefold() in _MISSING else cell
