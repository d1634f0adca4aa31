"""Plain CSV: a medicine list, and the people, problems and observations that go with it, told by their headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.columns import ColumnMap, map_columns, plain
from healthcheck_cli.readers.csv_table import Table, TableRow, read_table
from healthcheck_cli.readers.dates import read_date, read_partial_date
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.readers.values import SEXES, age_in, code_in, flag_in, measured_value
from healthcheck_cli.record import MedicineLine, Observation, PartialDate, Person, Problem, Record, Row

_SEX_NOT_TOLD = frozenset({"", "unknown", "not known", "not specified", "u", "i", "indeterminate"})

_LONGEST_NAME = 40  # characters of a column's name that a note repeats
_NAMES_TOLD = 30

_T = TypeVar("_T")


@dataclass
class _PersonRows:
    """What has been gathered of one person so far."""

    details: dict[str, set[object]] = field(default_factory=dict)
    medicines: list[MedicineLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)


@dataclass(frozen=True)
class _Cells:
    """One row, asked by field, with the notes that reading it may leave."""

    row: TableRow
    columns: ColumnMap
    notes: Notes

    def text(self, name: str) -> str:
        return self.columns.cell(self.row.cells, name)

    def read(self, name: str, reader: Callable[[str], _T | None]) -> _T | None:
        """The cell through ``reader``; what it cannot read is unknown, and noted."""
        text = self.text(name)
        value = reader(text) if text else None
        if text and value is None:
            self.notes.add(f"{name} not readable: taken as unknown", self.row.line)
        return value

    def day(self, name: str) -> date | None:
        return self.read(name, read_date)

    def code(self, name: str) -> str:
        return self.read(name, code_in) or ""


def read_csv_list(text: str, file: str, overrides: Mapping[str, str]) -> ReadResult:
    """The people of one CSV file, in order of first appearance. ``overrides`` is field → column header.

    A medicine row without a medicine, or without the patient id that the file has a column for, is rejected; a cell
    that cannot be read is unknown, with a note. Raises :class:`InputProblem` where no known table is in the file.
    """
    table = read_table(text, file)
    columns = map_columns(table.header, overrides, file)
    if columns is None:
        raise InputProblem(
            f"{file}:{table.header_line}: no column for the medicine is found in the first row: "
            "put a header there, or name the column with --map medication=COLUMN"
        )
    notes = Notes(file)
    _note_columns(table, columns, notes)
    people: dict[str, _PersonRows] = {}
    rejected = list(table.rejected)
    for row in table.rows:
        reason = _add_row(_Cells(row, columns, notes), file, people)
        if reason:
            rejected.append(RejectedRow(file, row.line, reason))
    rejected.sort(key=lambda it: it.line)
    if not people:
        raise InputProblem(f"{file}: no row can be used; the first: line {rejected[0].line}: {rejected[0].reason}")
    if columns.kind != "medicines":
        for it in rejected:
            notes.add(f"row left out: {it.reason}", it.line)
        rejected = []
    records = tuple(_record(person_id, rows) for person_id, rows in people.items())
    headers = frozenset(map(plain, table.header))
    return ReadResult(records, tuple(rejected), notes.told(), "csv", headers=headers)


def _note_columns(table: Table, columns: ColumnMap, notes: Notes) -> None:
    used = ", ".join(f"{name} from '{_short(table.header[place])}'" for name, place in columns.places.items())
    notes.add(f"read as {columns.kind}: {used}")
    unused = [name for place, name in enumerate(table.header) if place not in columns.places.values() and name]
    if unused:
        notes.add(f"columns not used: {', '.join(map(_short, unused[:_NAMES_TOLD]))}{_more(len(unused))}")
    if "patient_id" not in columns.places and "nhs_number" not in columns.places:
        notes.add("no patient_id column: taken as one person")
    if table.repeated_headers:
        notes.add(f"the header is repeated {len(table.repeated_headers)} times: left out")


def _short(header: str) -> str:
    return header if len(header) <= _LONGEST_NAME else f"{header[:_LONGEST_NAME]}…"


def _more(count: int) -> str:
    return f" and {count - _NAMES_TOLD} more" if count > _NAMES_TOLD else ""


def _add_row(cells: _Cells, file: str, people: dict[str, _PersonRows]) -> str:
    """Add one row to its person; the reason where it cannot be."""
    identified = {"patient_id", "nhs_number"} & set(cells.columns.places)
    person_id = cells.text("patient_id") or ("" if "patient_id" in identified else _nhs_number(cells))
    if identified and not person_id:
        return "no patient_id"
    if any("\n" in cell for cell in cells.row.cells):
        cells.notes.add("a cell goes on over a line break: check that no quote is missing", cells.row.line)
    where = Row(cells.row.line, file)
    if cells.columns.kind == "medicines" and not cells.text("medication"):
        return "no medication"
    if cells.columns.kind in ("problems", "observations") and not (cells.text("term") or cells.code("code")):
        return "neither a term nor a code"
    person = people.setdefault(person_id, _PersonRows())
    _add_details(cells, person)
    if cells.columns.kind == "medicines":
        person.medicines.append(_medicine(cells, where))
    elif cells.columns.kind == "problems":
        person.problems.append(
            Problem(where, cells.text("term"), cells.code("code"), cells.day("date"), cells.day("end"))
        )
    elif cells.columns.kind == "observations":
        value, unit = measured_value(cells.text("value"), cells.text("unit"))
        person.observations.append(
            Observation(where, cells.text("term"), cells.code("code"), value, unit, cells.day("date"))
        )
    return ""


def _nhs_number(cells: _Cells) -> str:
    return re.sub(r"[\s-]", "", cells.text("nhs_number"))


def _add_details(cells: _Cells, person: _PersonRows) -> None:
    found: dict[str, object] = {
        "date_of_birth": cells.read("date_of_birth", read_partial_date),
        "age": cells.read("age", age_in),
        "sex": cells.read("sex", _sex),
        "ethnicity": cells.text("ethnicity"),
    }
    for name, value in found.items():
        known = person.details.setdefault(name, set())
        if value in (None, "") or value in known:
            continue
        known.add(value)
        if len(known) == 2:
            cells.notes.add(f"{name} differs between rows of one person: taken as unknown", cells.row.line)


def _sex(text: str) -> str | None:
    return "" if text.casefold() in _SEX_NOT_TOLD else SEXES.get(text.casefold())


def _medicine(cells: _Cells, where: Row) -> MedicineLine:
    return MedicineLine(
        text=cells.text("medication"),
        row=where,
        dosage=cells.text("dosage"),
        quantity=cells.text("quantity"),
        start=cells.day("start_date"),
        last_issue=cells.day("last_issue_date"),
        end=cells.day("end_date"),
        prn=cells.read("prn", flag_in),
        route=cells.text("route"),
        indication=cells.text("indication"),
        dmd_code=cells.code("dmd_code"),
        bnf_code=cells.code("bnf_code"),
    )


def _record(person_id: str, rows: _PersonRows) -> Record:
    def only(name: str) -> object:
        values = rows.details.get(name, set())
        return next(iter(values)) if len(values) == 1 else None

    born, age, sex, ethnicity = (only(name) for name in ("date_of_birth", "age", "sex", "ethnicity"))
    person = Person(
        id=person_id,
        date_of_birth=born if isinstance(born, PartialDate) else None,
        age=age if isinstance(age, int) else None,
        sex=str(sex or ""),
        ethnicity=str(ethnicity or ""),
    )
    return Record(person, tuple(rows.medicines), tuple(rows.problems), tuple(rows.observations))
