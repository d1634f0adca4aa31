"""Every format that is read: its name, what it is called in words, and the function that reads it.

A function takes the inputs of its format that were given together, and raises :class:`InputProblem` where they cannot
be read. What it needs is imported when it is called: nobody waits for the reader of a format that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.readers.csv_table import open_table
from healthcheck_cli.readers.dates import DayOrder
from healthcheck_cli.readers.named_tables import NamedTables
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.pasted import SplitLine, read_pasted
from healthcheck_cli.readers.plain_rows import Rows
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.readers.sources import Opened


@dataclass(frozen=True)
class Reading:
    """What a format's function is given: the inputs, what the user asked for, and how a pasted line is taken apart."""

    inputs: Sequence[Opened]
    options: ReadOptions
    split_line: SplitLine

    @property
    def only(self) -> Opened:
        """The one input of a format whose files are read one by one."""
        (opened,) = self.inputs
        return opened


RowsOf = Callable[[Reading, Notes], Rows]
"""The rows of the inputs of one format, begun anew each time."""


@dataclass(frozen=True)
class Format:
    """``words``: what an input is called that is in this format. ``read``: to records. ``rows``: to rows of the plain
    tables, for a format that is made of tables. ``together``: its files belong together and are read as one.
    ``windows``: its systems still write Windows-1252, so text that is not UTF-8 is taken for that."""

    words: str
    read: Callable[[Reading], ReadResult]
    rows: RowsOf | None = None
    together: bool = False
    windows: bool = False


def _of_tables(
    name: str,
    words: str,
    rows: RowsOf,
    *,
    dates: DayOrder = DayOrder.DAY_FIRST,
    together: bool = False,
    windows: bool = True,
) -> Format:
    """A format made of tables. ``dates``: how dates are written that nothing in the files settles."""

    def read(reading: Reading) -> ReadResult:
        from healthcheck_cli.readers.row_records import result_of

        return result_of(lambda notes: rows(reading, notes), reading.inputs, name, dates, reading.options.as_of)

    return Format(words, read, rows, together, windows)


def _csv(reading: Reading, notes: Notes) -> Rows:
    from healthcheck_cli.readers.csv_list import list_rows

    return list_rows(open_table(reading.only.rows(), reading.only.name), reading.options.columns, notes)


def _emis(reading: Reading, notes: Notes) -> Rows:
    from healthcheck_cli.readers.emis_report import emis_report_rows

    return emis_report_rows(reading.only, reading.options.columns, notes)


def _systmone(reading: Reading, notes: Notes) -> Rows:
    from healthcheck_cli.readers.systmone_report import systmone_rows

    return systmone_rows(reading.only, reading.options.columns, notes)


def _epact(reading: Reading, notes: Notes) -> Rows:
    from healthcheck_cli.readers.epact import epact_rows

    return epact_rows(reading.only, reading.options.columns, notes)


def _of_named_tables(form: str, words: str, rows: Callable[[NamedTables, Notes], Rows]) -> Format:
    """A format whose tables have columns with fixed names and are given together."""

    def joined(reading: Reading, notes: Notes) -> Rows:
        if reading.options.columns:
            notes.add("--map is not used: the columns of these tables have fixed names")
        return rows(NamedTables(reading.inputs, form, notes), notes)

    return _of_tables(form, words, joined, together=True)


def _emis_bulk(tables: NamedTables, notes: Notes) -> Rows:
    from healthcheck_cli.readers.emis_bulk import emis_bulk_rows

    return emis_bulk_rows(tables, notes)


def _cprd(tables: NamedTables, notes: Notes) -> Rows:
    from healthcheck_cli.readers.cprd import cprd_rows

    return cprd_rows(tables, notes)


def _opensafely(tables: NamedTables, notes: Notes) -> Rows:
    from healthcheck_cli.readers.opensafely import opensafely_rows

    return opensafely_rows(tables, notes)


def _systmone_tables(tables: NamedTables, notes: Notes) -> Rows:
    from healthcheck_cli.readers.systmone_tables import systmone_table_rows

    return systmone_table_rows(tables, notes)


def _pasted(reading: Reading) -> ReadResult:
    return read_pasted(reading.only.text, reading.only.name, reading.split_line)


def _record(reading: Reading) -> ReadResult:
    from healthcheck_cli.readers.record_file import read_record_file  # YAML: not needed for a table

    return read_record_file(reading.only.text, reading.only.name, reading.options)


def _record_lines(reading: Reading) -> ReadResult:
    from healthcheck_cli.readers.record_lines import read_record_lines

    return read_record_lines(reading.only.text, reading.only.name, reading.options)


def _fhir(reading: Reading) -> ReadResult:
    from healthcheck_cli.readers.fhir.read import read_fhir

    by_line = reading.options.format == "ndjson"
    return read_fhir(
        [(opened.text, opened.name) for opened in reading.inputs], by_line=by_line, as_of=reading.options.as_of
    )


FORMATS: Mapping[str, Format] = {
    "csv": _of_tables("csv", "CSV", _csv, dates=DayOrder.UNSETTLED, windows=False),
    "pasted": Format("a pasted list", _pasted),
    "emis": _of_tables("emis", "an EMIS Web report", _emis),
    "emis-bulk": _of_named_tables("emis-bulk", "a table of an EMIS bulk extract", _emis_bulk),
    "systmone": _of_tables("systmone", "a SystmOne report", _systmone),
    "systmone-tables": _of_named_tables("systmone-tables", "a table of a SystmOne extract", _systmone_tables),
    "opensafely": _of_named_tables("opensafely", "a table of OpenSAFELY (ehrQL)", _opensafely),
    "cprd": _of_named_tables("cprd", "a table of CPRD", _cprd),
    "epact": _of_tables("epact", "prescribing by BNF code", _epact),
    "fhir": Format("FHIR", _fhir, together=True),
    "ndjson": Format("record objects, one a line", _record_lines),
    "record": Format("a record file", _record),
}


def check_format(chosen: str) -> None:
    """Raises :class:`UsageProblem` where ``chosen`` is not "auto" or a format that can be read."""
    if chosen not in ("auto", *FORMATS):
        raise UsageProblem(f"--from: choose one of auto, {', '.join(FORMATS)}")
