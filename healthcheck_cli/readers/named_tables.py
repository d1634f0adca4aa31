"""Tables of an extract whose columns have fixed names, given together: found by their headers, read row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.columns import plain
from healthcheck_cli.readers.csv_table import EMPTY_BESIDE, Table, open_table
from healthcheck_cli.readers.known_tables import known_table
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import Kind, LeftOut
from healthcheck_cli.readers.sources import Opened


@dataclass(frozen=True)
class NamedRow:
    """One row, asked by the name of a column as headers are compared."""

    line: int
    file: str
    cells: Sequence[str]
    places: dict[str, int]

    def text(self, *names: str) -> str:
        """The first of these columns that holds something; empty where none does."""
        for name in names:
            place = self.places.get(name)
            if place is not None and self.cells[place]:
                return self.cells[place]
        return ""


class NamedTables:
    """The tables of one extract by name. The same table may be given in several files."""

    def __init__(self, inputs: Sequence[Opened], form: str, notes: Notes) -> None:
        """Raises :class:`InputProblem` where an input is none of the tables of ``form``."""
        self._notes = notes
        self._inputs: dict[str, list[Opened]] = {}
        for opened in inputs:
            header = open_table(opened.rows(), opened.name).header
            table = known_table(header, form)
            if table is None:
                raise InputProblem(f"{opened.name}: its columns are those of no table of this extract that is read")
            self._inputs.setdefault(table.name, []).append(opened)

    def has(self, name: str) -> bool:
        """Was this table given?"""
        return name in self._inputs

    def rows(self, name: str) -> Iterator[NamedRow]:
        """The rows of a table that only serves others. One that cannot be used is noted: its entry is missing."""
        for row in self.all_rows(name, "people"):
            if isinstance(row, LeftOut):
                self._notes.add(f"row left out: {row.reason}", row.line, row.file)
            else:
                yield row

    def all_rows(self, name: str, kind: Kind) -> Iterator[NamedRow | LeftOut]:
        """The rows of a table, with those that cannot be used as rows of ``kind``. One of medicines must hold rows."""
        for opened in self._inputs.get(name, ()):
            table = open_table(opened.rows(), opened.name)
            places = _places(table)
            for row in table.rows(may_be_empty=kind != "medicines"):
                if isinstance(row, RejectedRow):
                    yield LeftOut(kind, row.line, row.reason, row.file)
                else:
                    yield NamedRow(row.line, opened.name, row.cells, places)
            if table.is_empty:
                self._notes.add(EMPTY_BESIDE, file=opened.name)
            if table.repeated_headers:
                told = f"the header is repeated {len(table.repeated_headers)} times: left out"
                self._notes.add(told, file=opened.name)


def _places(table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, header in enumerate(table.header):
        places.setdefault(plain(header), place)
    return places
