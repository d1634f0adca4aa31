"""Plain CSV: a medicine list, and the people, problems and observations that go with it, told by their headers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.columns import map_columns
from healthcheck_cli.readers.csv_table import EMPTY_BESIDE, Table, open_table
from healthcheck_cli.readers.dates import DayOrder
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow, Rows
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.readers.row_records import result_of
from healthcheck_cli.readers.sources import Opened
from healthcheck_cli.readers.told_columns import note_columns, note_unused


def read_csv_list(text: str, file: str, overrides: Mapping[str, str]) -> ReadResult:
    """The people of one CSV file, in order of first appearance. ``overrides`` is field → column header.

    A medicine row without a medicine, or without the patient id that the file has a column for, is rejected; a cell
    that cannot be read is unknown, with a note. Raises :class:`InputProblem` where no known table is in the file.
    """

    opened = Opened(file, text)

    def rows(notes: Notes) -> Rows:
        return list_rows(open_table(opened.rows(), file), overrides, notes)

    return result_of(rows, [opened], "csv", DayOrder.UNSETTLED)


def list_rows(
    table: Table, overrides: Mapping[str, str], notes: Notes, more: Mapping[str, str] = MappingProxyType({})
) -> Rows:
    """The rows of a table whose columns are found by their headers. ``more``: fields of this source alone.

    Raises :class:`InputProblem` where they are those of no known table, or no row comes after the header of a medicine
    list; another table may hold nothing.
    """
    columns = map_columns(table.header, overrides, table.file, more)
    if columns is None:
        raise InputProblem(
            f"{table.file}:{table.header_line}: no column for the medicine is found in the first row: "
            "put a header there, or name the column with --map medication=COLUMN"
        )
    note_columns(table.header, columns.kind, columns.places, notes)
    note_unused(table.header, columns.places.values(), notes)
    if not {"patient_id", "nhs_number"} & set(columns.places):
        notes.add("no patient_id column: taken as one person")
    for row in table.rows(may_be_empty=columns.kind != "medicines"):
        if isinstance(row, RejectedRow):
            yield LeftOut(columns.kind, row.line, row.reason, row.file)
            continue
        if any("\n" in cell for cell in row.cells):
            notes.add("a cell goes on over a line break: check that no quote is missing", row.line)
        yield PlainRow(columns.kind, row.line, columns.fields(row.cells), table.file)
    if table.is_empty:
        notes.add(EMPTY_BESIDE)
    if table.repeated_headers:
        notes.add(f"the header is repeated {len(table.repeated_headers)} times: left out")
    for line in table.totals:
        notes.add("a row of totals: left out", line)
