"""A SystmOne clinical report: one table, the header first, semicolons or commas, every item with an expected end."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.readers.csv_list import list_rows
from healthcheck_cli.readers.csv_table import open_table
from healthcheck_cli.readers.dates import read_date
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import PlainRow, Rows
from healthcheck_cli.readers.sources import Opened
from healthcheck_cli.readers.values import flag_in, status_in

_LONGEST_SUPPLY = 366  # days: what runs longer is how long the medicine has been taken, not one supply (proposed)
_MORE = {"repeat": "repeat, is repeat medication, repeat medication flag"}
_EXPECTED_END = "the end of an item that goes on is when its supply is expected to end: not taken for a stop"


def systmone_rows(opened: Opened, overrides: Mapping[str, str], notes: Notes) -> Rows:
    """The rows of a report, with what SystmOne means by its dates.

    Raises :class:`InputProblem` where its columns are those of no known table.
    """
    table = open_table(opened.rows(), opened.name)
    for row in list_rows(table, overrides, notes, _MORE):
        yield with_issue_dates(row, notes) if isinstance(row, PlainRow) and row.kind == "medicines" else row


def with_issue_dates(row: PlainRow, notes: Notes) -> PlainRow:
    """A medicine with what its start and end mean. One that goes on, or of which nothing says that it is over, was
    issued on its start until its expected end; one that is over, or was for once, ended on its end."""
    start, end = row.text("start_date"), row.text("end_date")
    taken, repeated = status_in(row.text("status")), flag_in(row.text("repeat"))
    if repeated is not None and not row.text("prescription_type"):
        row = row._replace(fields={**row.fields, "prescription_type": "repeat" if repeated else "acute"})
    if not end or taken is False or (taken is None and repeated is False):
        return row
    notes.add(_EXPECTED_END, row.line, row.file)
    begun, ended = read_date(start), read_date(end)
    of_one_supply = begun is not None and ended is not None and 0 <= (ended - begun).days <= _LONGEST_SUPPLY
    fields = {**row.fields, "end_date": ""}
    if of_one_supply and repeated is not False:
        fields = {**fields, "start_date": "", "issue_date": start}
    return row._replace(fields=fields)
