"""From staged tables to an extract: the readers' functions, once for each distinct text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from typing import Any, TypeVar

import numpy as np
from stdnum.gb import nhs

from healthcheck_cli.cohort.columns import Codes, Column, combinations
from healthcheck_cli.cohort.extract import (
    Extract,
    MedicineRows,
    ObservationRows,
    People,
    ProblemRows,
    column_of,
    empty,
    joined,
    sorted_by_person,
)
from healthcheck_cli.cohort.issues_joined import with_issues_joined
from healthcheck_cli.cohort.pressures_apart import with_pressures_apart
from healthcheck_cli.cohort.staged_csv import NotPlain, StagedTable
from healthcheck_cli.ledger import Companion, RejectedRow
from healthcheck_cli.readers.dates import (
    AFTER_REVIEW,
    NO_BIRTH_DATE,
    DayOrder,
    can_be_birth_date,
    could_be_either,
    is_after_review,
    read_date,
    read_partial_date,
    settled_order,
)
from healthcheck_cli.readers.join import INPUTS_DIFFER
from healthcheck_cli.readers.notes import ISSUED_LATER, Notes
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.readers.row_numbers import first_numbers, notes_on
from healthcheck_cli.readers.row_records import DATES, WRONG_NHS_NUMBER, sex_in
from healthcheck_cli.readers.told_columns import note_columns, note_unused
from healthcheck_cli.readers.values import (
    age_in,
    code_in,
    decimal_point,
    flag_in,
    measured_value,
    nhs_number_in,
    one_off_in,
    status_in,
)
from healthcheck_cli.readers.whose import not_listed

_T = TypeVar("_T")
_FIRST_LINE = 2
_DETAILS = ("date_of_birth", "age", "sex", "ethnicity")
_ONLY_NOTED = "nhs_number"  # a detail that no record keeps


@dataclass(frozen=True)
class ReadExtract:
    """An extract with what was said and left out while it was read."""

    extract: Extract
    rejected: tuple[RejectedRow, ...]
    companions: tuple[Companion, ...]
    notes: tuple[str, ...]


class _Table:
    """One staged table, its cells read; what cannot be read is unknown, and noted."""

    def __init__(self, table: StagedTable, as_of: date | None) -> None:
        self.table = table
        self.as_of = as_of
        self.notes = Notes(table.name)
        note_columns(table.header, table.columns.kind, table.columns.places, self.notes)
        note_unused(table.header, table.columns.places.values(), self.notes)
        self._refuse_other_orders()
        self.lines = np.arange(_FIRST_LINE, _FIRST_LINE + table.rows)
        self.kept = np.arange(table.rows)

    def _refuse_other_orders(self) -> None:
        """Dates are read here with the day first: as the readers do where the file settles it so, or where no date
        tells the difference."""
        columns = [self.table.text(field) for field in DATES]
        told = [
            (text, int(times))
            for column in columns
            for text, times in zip(column.values, np.bincount(column.codes, minlength=len(column.values)), strict=True)
        ]
        order = settled_order(told, DayOrder.UNSETTLED)
        either = any(could_be_either(text) for text, _ in told)
        if order in (DayOrder.MONTH_FIRST, DayOrder.CONTRADICTED) or (order is DayOrder.UNSETTLED and either):
            raise NotPlain

    def text(self, field: str) -> Column[str]:
        """The text of a field in the rows that are kept."""
        texts = self.table.text(field)
        return texts if len(self.kept) == self.table.rows else texts.taken(self.kept)

    def read(self, field: str, reader: Callable[[str], _T | None]) -> Column[_T | None]:
        """A field through a reader."""
        texts = self.text(field)
        results = {text: reader(text) if text else None for text in texts.values}
        found = texts.mapped(results.__getitem__)
        unread = [code for code, text in enumerate(texts.values) if text and results[text] is None]
        if unread:
            for line in self.lines[self.kept[np.isin(texts.codes, unread)]]:
                self.notes.add(f"{field} not readable: taken as unknown", int(line))
        return found

    def day_of(self, entry: str) -> Column[date | None]:
        """The days that the entries of a list are dated."""
        found = self.read("date", read_date)
        later = found.where(lambda day: is_after_review(day, self.as_of))
        if later.any():
            self.notes.add_all(f"{entry} {AFTER_REVIEW}", self.lines[self.kept[later]].tolist())
        return found

    def detail(self, name: str) -> Column[Any]:
        """A detail of the person a row is of."""
        found = self.read(name, _DETAIL_READERS[name])
        if name != "date_of_birth":
            return found
        wrong = found.where(lambda born: born is not None and not can_be_birth_date(born, self.as_of))
        for line in self.lines[self.kept[wrong]]:
            self.notes.add(f"{name} {NO_BIRTH_DATE}: taken as unknown", int(line))
        return found.mapped(lambda born: born if born is not None and can_be_birth_date(born, self.as_of) else None)

    def issue_days(self, name: str) -> Column[date | None]:
        """Days of issue; those after the day of the review are noted."""
        found, as_of = self.read(name, read_date), self.as_of
        later = found.where(lambda day: day is not None and as_of is not None and day > as_of)
        for line in self.lines[self.kept[later]]:
            self.notes.add(ISSUED_LATER.format(name), int(line))
        return found

    def ids(self) -> Column[str]:
        """Whose each row is."""
        if "patient_id" in self.table.texts:
            return self.text("patient_id")
        return self.text("nhs_number").mapped(nhs_number_in)

    def left_out(self) -> list[RejectedRow]:
        """The rows that cannot be used, and why; they are no longer kept."""
        kind = self.table.columns.kind
        if kind == "medicines":
            useless, reason = self.text("medication").where(lambda text: not text), "no medication"
        elif kind in ("problems", "observations"):
            no_term, code = self.text("term").where(lambda text: not text), self.text("code")
            useless = no_term & code.where(lambda text: not code_in(text))
            for line in self.lines[useless & code.where(bool)]:
                self.notes.add("code not readable: taken as unknown", int(line))
            reason = "neither a term nor a code"
        else:
            return []
        self.kept = np.flatnonzero(~useless)
        return [RejectedRow(self.table.name, int(line), reason) for line in self.lines[useless]]

    def check_nhs_numbers(self) -> None:
        """Note the rows whose NHS number cannot be one."""
        wrong = self.text("nhs_number").where(lambda text: bool(text) and not nhs.is_valid(text))
        for line in self.lines[self.kept[wrong]]:
            self.notes.add(WRONG_NHS_NUMBER, int(line))


def extract_of_tables(tables: Sequence[StagedTable], options: ReadOptions) -> ReadExtract:
    """The extract that these tables are. Raises :class:`NotPlain` where they want a look at every row."""
    _refuse_several_ids(tables)
    read = [_Table(table, options.as_of) for table in tables]
    rejected: list[RejectedRow] = []
    companions: list[Companion] = []
    for it in read:
        out = it.left_out()
        if it.table.columns.kind == "medicines":
            rejected += out
        else:
            companions.append(Companion(it.table.name, it.table.rows, tuple(out)))
            for row in out:
                it.notes.add(f"row left out: {row.reason}", row.line)
    if not any(it.table.columns.kind == "medicines" and len(it.kept) for it in read) or any(
        not len(it.kept) for it in read
    ):
        raise NotPlain
    ids, numbers = _people_of(read)
    agreed = {name: _agreed(name, read, numbers, len(ids)) for name in _DETAILS}
    details = {name: column for name, (column, _) in agreed.items()}
    for it, whose in zip(read, numbers, strict=True):
        if _ONLY_NOTED in it.table.texts:
            _of_one_table(_ONLY_NOTED, it, whose, len(ids))
        it.check_nhs_numbers()
    people = People(
        ids,
        details["date_of_birth"],
        details["age"],
        details["sex"].mapped(lambda sex: sex or ""),
        details["ethnicity"].mapped(lambda group: group or ""),
    )
    medicines, numbered = _medicine_rows(read, numbers)
    extract = Extract(
        people,
        medicines,
        _rows_of_kind("problems", ProblemRows, _problems, read, numbers),
        _rows_of_kind("observations", ObservationRows, _observations, read, numbers),
        dict(options.complete),
    )
    notes = (
        *(note for it in read for note in it.notes.told()),
        *(note for _, told in agreed.values() for note in told),
        *numbered,
        *_not_listed(read, numbers),
    )
    return ReadExtract(extract, tuple(rejected), tuple(companions), notes)


def _refuse_several_ids(tables: Sequence[StagedTable]) -> None:
    """Where one file has NHS numbers alone and another both, people are joined through them: the readers do that."""
    if len({"patient_id" in it.texts for it in tables}) > 1 and any(
        {"patient_id", "nhs_number"} <= set(it.texts) for it in tables
    ):
        raise NotPlain


def _not_listed(read: Sequence[_Table], numbers: Sequence[Codes]) -> list[str]:
    """Notes on files whose people are not those of the medicine list."""
    of_medicines = [it.table.columns.kind == "medicines" for it in read]
    listed = np.unique(np.concatenate([whose for whose, is_list in zip(numbers, of_medicines, strict=True) if is_list]))
    notes = []
    for it, whose, is_list in zip(read, numbers, of_medicines, strict=True):
        people = np.unique(whose)
        if not is_list:
            notes.append(not_listed(it.table.name, len(people), int((~np.isin(people, listed)).sum())))
    return [it for it in notes if it]


def _people_of(read: Sequence[_Table]) -> tuple[list[str], list[Codes]]:
    """The ids of everybody in order of first appearance, and the number of the person of each row of each table."""
    known: dict[str, int] = {}
    numbers = []
    for it in read:
        column = it.ids()
        others = column.codes[1:] != column.codes[:-1]  # the rows of one person mostly stand together
        begins = np.flatnonzero(np.append(True, others))
        first = np.full(len(column.values), len(begins), np.int64)
        first[column.codes[begins[::-1]]] = np.arange(len(begins) - 1, -1, -1)
        table = np.fromiter(map(known.get, column.values, repeat(-1)), np.int32, len(column.values))
        new = np.flatnonzero((table < 0) & (first < len(begins)))
        new = new[np.argsort(first[new])]
        table[new] = np.arange(len(known), len(known) + len(new))
        known.update(zip(map(column.values.__getitem__, new.tolist()), table[new].tolist(), strict=True))
        numbers.append(table[column.codes])
    return list(known), numbers


_DETAIL_READERS: dict[str, Callable[[str], Any]] = {
    "date_of_birth": read_partial_date,
    "age": age_in,
    "sex": sex_in,
    "ethnicity": lambda text: text,
    _ONLY_NOTED: nhs_number_in,
}


def _agreed(
    name: str, read: Sequence[_Table], numbers: Sequence[Codes], people: int
) -> tuple[Column[Any], tuple[str, ...]]:
    """A detail of each person: what all rows of a table that tell it agree on, and all tables that tell it. With a note
    where tables differ."""
    columns = [
        _of_one_table(name, it, whose, people)
        for it, whose in zip(read, numbers, strict=True)
        if name in it.table.texts
    ]
    if not columns:
        return Column.constant(None, people), ()
    found, differs = columns[0], np.zeros(people, bool)
    for other in columns[1:]:
        pairs = combinations([(found.codes, len(found.values)), (other.codes, len(other.values))], people)
        told = [(found.at(int(index)), other.at(int(index))) for index in pairs.first]
        differs |= np.array([None not in it and it[0] != it[1] for it in told], bool)[pairs.codes]
        values = column_of(other if one is None else one for one, other in told)
        found = Column(values.codes[pairs.codes], values.values)
    if not differs.any():
        return found, ()
    known = Column(np.where(differs, 0, found.codes.astype(np.int32) + 1), [None, *found.values])
    return known.mapped(lambda value: value), (INPUTS_DIFFER.format(name),)


def _of_one_table(name: str, table: _Table, whose: Codes, people: int) -> Column[Any]:
    read = table.detail(name).mapped(lambda value: None if value == "" else value)
    values = [None, *(value for value in read.values if value is not None)]
    known = np.array([value is not None for value in read.values], bool)
    told = np.where(known, np.cumsum(known), 0)[read.codes].astype(np.int32)
    rows = np.flatnonzero(told)
    codes = np.zeros(people, np.int32)
    codes[whose[rows][::-1]] = told[rows][::-1]
    differs = rows[codes[whose[rows]] != told[rows]]
    people_apart, places = np.unique(whose[differs], return_index=True)
    for row in np.sort(differs[places]):
        table.notes.add(
            f"{name} differs between rows of one person: taken as unknown", int(table.lines[table.kept[row]])
        )
    codes[people_apart] = 0
    return Column(codes, values)


def _rows_of_kind(
    kind: str,
    made: type[Any],
    columns_of: Callable[[_Table], dict[str, Column[Any]]],
    read: Sequence[_Table],
    numbers: Sequence[Codes],
) -> Any:
    """The rows of all tables of a kind, sorted by person. A blood pressure is two observations."""
    parts = []
    for it, whose in zip(read, numbers, strict=True):
        if it.table.columns.kind == kind:
            file = Column.constant(it.table.name, len(whose))
            rows = sorted_by_person(made(whose.astype(np.int64), it.lines[it.kept], file, **columns_of(it)))
            parts.append(with_pressures_apart(rows, it.notes) if kind == "observations" else rows)
    return sorted_by_person(joined(parts)) if parts else empty(made)


def _medicine_rows(read: Sequence[_Table], numbers: Sequence[Codes]) -> tuple[MedicineRows, tuple[str, ...]]:
    """As for any kind. Several issues of a medicine are one line where one file tells them. With notes on rows that are
    numbered anew, as two of a person would have one number (``row_numbers``)."""
    lists = [(it, whose) for it, whose in zip(read, numbers, strict=True) if it.table.columns.kind == "medicines"]
    rows: list[MedicineRows] = [_rows_of_kind("medicines", MedicineRows, _medicines, [it], [who]) for it, who in lists]
    parts = [_issues_joined(part, it, it.notes) for part, (it, _) in zip(rows, lists, strict=True)]
    if not _meet(parts):
        return sorted_by_person(joined(parts)), ()
    begins = first_numbers([it.table.name for it, _ in lists], max(int(part.number.max()) for part in rows))
    parts = [
        _issues_joined(replace(part, number=part.number + begins[it.table.name]), it, Notes(it.table.name))
        for part, (it, _) in zip(rows, lists, strict=True)
    ]
    return sorted_by_person(joined(parts)), notes_on(begins)


def _issues_joined(rows: MedicineRows, table: _Table, notes: Notes) -> MedicineRows:
    """Only a file with a place for the day of the issue lists issues."""
    first = int(rows.number.min() - table.lines[table.kept].min())
    return with_issues_joined(rows, notes, first) if "last_issue_date" in table.table.texts else rows


def _meet(parts: Sequence[MedicineRows]) -> bool:
    """Have two lines of a person one number?"""
    number = np.concatenate([part.number for part in parts])
    key = np.sort(np.concatenate([part.person for part in parts]) * (int(number.max()) + 1) + number)
    return len(parts) > 1 and bool((key[1:] == key[:-1]).any())


def _medicines(table: _Table) -> dict[str, Column[Any]]:
    return {
        "text": table.text("medication"),
        "dosage": table.text("dosage"),
        "quantity": table.text("quantity").mapped(decimal_point),
        "start": table.read("start_date", read_date),
        "last_issue": table.issue_days("last_issue_date"),
        "issues": Column.constant((), len(table.kept)),
        "end": table.read("end_date", read_date),
        "prn": table.read("prn", flag_in),
        "active": table.read("status", status_in),
        "one_off": table.text("prescription_type").mapped(one_off_in),
        "route": table.text("route"),
        "indication": table.text("indication"),
        "dmd_code": table.read("dmd_code", code_in).mapped(lambda code: code or ""),
        "bnf_code": table.read("bnf_code", code_in).mapped(lambda code: code or ""),
        "other_issues": Column.constant((), len(table.kept)),
    }


def _problems(table: _Table) -> dict[str, Column[Any]]:
    return {
        "term": table.text("term"),
        "code": table.read("code", code_in).mapped(lambda code: code or ""),
        "date": table.day_of("problem"),
        "end": table.read("end", read_date),
        "standing": table.text("standing").mapped(lambda text: "over" if text == "over" else "active"),
    }


def _observations(table: _Table) -> dict[str, Column[Any]]:
    value, unit = table.text("value"), table.text("unit")
    pairs = combinations([(value.codes, len(value.values)), (unit.codes, len(unit.values))], len(table.kept))
    measured = [measured_value(decimal_point(value.at(int(it))), unit.at(int(it))) for it in pairs.first]
    values, units = column_of(it for it, _ in measured), column_of(it for _, it in measured)
    return {
        "name": table.text("term"),
        "code": table.read("code", code_in).mapped(lambda code: code or ""),
        "value": Column(values.codes[pairs.codes], values.values),
        "unit": Column(units.codes[pairs.codes], units.values),
        "date": table.day_of("observation"),
    }
