"""From rows of the plain tables to records: what the text of each field says, gathered by person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.dates import read_date, read_partial_date
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow
from healthcheck_cli.readers.values import SEXES, age_in, code_in, flag_in, measured_value
from healthcheck_cli.record import MedicineLine, Observation, PartialDate, Person, Problem, Record, Row

_SEX_NOT_TOLD = frozenset({"", "unknown", "not known", "not specified", "u", "i", "indeterminate"})
_DETAILS = ("date_of_birth", "age", "sex", "ethnicity")

_T = TypeVar("_T")


@dataclass
class _PersonRows:
    """What has been gathered of one person so far."""

    details: dict[str, set[object]] = field(default_factory=dict)
    medicines: list[MedicineLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)


@dataclass(frozen=True)
class _Fields:
    """One row, asked by field, with the notes that reading it may leave."""

    row: PlainRow
    notes: Notes

    def text(self, name: str) -> str:
        return self.row.text(name)

    def note(self, message: str) -> None:
        self.notes.add(message, self.row.line)

    def read(self, name: str, reader: Callable[[str], _T | None]) -> _T | None:
        """The field through ``reader``; what it cannot read is unknown, and noted."""
        text = self.text(name)
        value = reader(text) if text else None
        if text and value is None:
            self.note(f"{name} not readable: taken as unknown")
        return value

    def day(self, name: str) -> date | None:
        return self.read(name, read_date)

    def code(self, name: str) -> str:
        return self.read(name, code_in) or ""


def records_of(rows: Iterable[PlainRow | LeftOut], notes: Notes) -> tuple[tuple[Record, ...], tuple[RejectedRow, ...]]:
    """The people in ``rows``, in order of first appearance, and the medicine rows that could not be used.

    A medicine row without a medicine, or without the patient id that its source has a place for, is rejected; a field
    that cannot be read is unknown, with a note; a row of another table that cannot be used is noted. Raises
    :class:`InputProblem` where no row can be used.
    """
    people: dict[str, _PersonRows] = {}
    left_out: list[LeftOut] = []
    for row in rows:
        if isinstance(row, LeftOut):
            left_out.append(row)
        elif reason := _add_row(_Fields(row, notes), people):
            left_out.append(LeftOut(row.kind, row.line, reason, row.file))
    left_out.sort(key=lambda it: it.line)
    if not people and left_out:
        first = left_out[0]
        raise InputProblem(f"{first.file}: no row can be used; the first: line {first.line}: {first.reason}")
    for it in left_out:
        if it.kind != "medicines":
            notes.add(f"row left out: {it.reason}", it.line)
    rejected = tuple(RejectedRow(it.file, it.line, it.reason) for it in left_out if it.kind == "medicines")
    return tuple(_record(person_id, found) for person_id, found in people.items()), rejected


def _add_row(fields: _Fields, people: dict[str, _PersonRows]) -> str:
    """Add one row to its person; the reason where it cannot be."""
    row = fields.row
    identified = {"patient_id", "nhs_number"} & set(row.fields)
    person_id = row.text("patient_id") or ("" if "patient_id" in identified else _nhs_number(row))
    if identified and not person_id:
        return "no patient_id"
    if row.kind == "medicines" and not row.text("medication"):
        return "no medication"
    if row.kind in ("problems", "observations") and not (row.text("term") or fields.code("code")):
        return "neither a term nor a code"
    person = people.setdefault(person_id, _PersonRows())
    _add_details(fields, person)
    if row.kind == "medicines":
        person.medicines.append(_medicine(fields))
    elif row.kind == "problems":
        person.problems.append(_problem(fields))
    elif row.kind == "observations":
        person.observations.append(_observation(fields))
    return ""


def _nhs_number(row: PlainRow) -> str:
    return re.sub(r"[\s-]", "", row.text("nhs_number"))


def _add_details(fields: _Fields, person: _PersonRows) -> None:
    found: dict[str, object] = {
        "date_of_birth": fields.read("date_of_birth", read_partial_date),
        "age": fields.read("age", age_in),
        "sex": fields.read("sex", _sex),
        "ethnicity": fields.text("ethnicity"),
    }
    for name, value in found.items():
        known = person.details.setdefault(name, set())
        if value in (None, "") or value in known:
            continue
        known.add(value)
        if len(known) == 2:
            fields.note(f"{name} differs between rows of one person: taken as unknown")


def _sex(text: str) -> str | None:
    return "" if text.casefold() in _SEX_NOT_TOLD else SEXES.get(text.casefold())


def _place(row: PlainRow) -> Row:
    return Row(row.line, row.file)


def _medicine(fields: _Fields) -> MedicineLine:
    return MedicineLine(
        text=fields.text("medication"),
        row=_place(fields.row),
        dosage=fields.text("dosage"),
        quantity=fields.text("quantity"),
        start=fields.day("start_date"),
        last_issue=fields.day("last_issue_date"),
        end=fields.day("end_date"),
        prn=fields.read("prn", flag_in),
        route=fields.text("route"),
        indication=fields.text("indication"),
        dmd_code=fields.code("dmd_code"),
        bnf_code=fields.code("bnf_code"),
    )


def _problem(fields: _Fields) -> Problem:
    return Problem(_place(fields.row), fields.text("term"), fields.code("code"), fields.day("date"), fields.day("end"))


def _observation(fields: _Fields) -> Observation:
    value, unit = measured_value(fields.text("value"), fields.text("unit"))
    return Observation(_place(fields.row), fields.text("term"), fields.code("code"), value, unit, fields.day("date"))


def _record(person_id: str, rows: _PersonRows) -> Record:
    def only(name: str) -> object:
        values = rows.details.get(name, set())
        return next(iter(values)) if len(values) == 1 else None

    born, age, sex, ethnicity = (only(name) for name in _DETAILS)
    person = Person(
        id=person_id,
        date_of_birth=born if isinstance(born, PartialDate) else None,
        age=age if isinstance(age, int) else None,
        sex=str(sex or ""),
        ethnicity=str(ethnicity or ""),
    )
    return Record(person, tuple(rows.medicines), tuple(rows.problems), tuple(rows.observations))
