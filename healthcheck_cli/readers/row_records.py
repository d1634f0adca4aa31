"""From rows of the plain tables to records: what the text of each field says, gathered by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from stdnum.gb import nhs

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import Companion, RejectedRow
from healthcheck_cli.readers.blood_pressure import each_pressure
from healthcheck_cli.readers.csv_table import BREAKS_OFF
from healthcheck_cli.readers.dates import (
    AFTER_REVIEW,
    NO_BIRTH_DATE,
    DayOrder,
    can_be_birth_date,
    could_be_either,
    day_order,
    is_after_review,
    order_told_by,
    read_date,
    read_partial_date,
)
from healthcheck_cli.readers.issued_items import IssuedItems
from healthcheck_cli.readers.notes import ISSUED_LATER, Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow, Rows
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.readers.sources import Opened
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
from healthcheck_cli.record import SEXES, MedicineLine, Observation, PartialDate, Person, Problem, Record, Row, Standing

_SEX_NOT_TOLD = frozenset({"", "unknown", "not known", "not specified", "unspecified", "u", "i", "indeterminate"})
DATES = (*("start_date", "last_issue_date", "issue_date", "end_date", "date_of_birth", "date_of_death", "date", "end"),)
WRONG_NHS_NUMBER = "the NHS number is not one (its check digit is wrong): look whether the row is of this person"
FURTHER_ISSUE = "a further issue of a medicine that is there already: counted as one medicine with it"

_WHY_OPEN = {
    DayOrder.UNSETTLED: "nothing in the file tells which",
    DayOrder.CONTRADICTED: "the dates of the file contradict each other",
}

_T = TypeVar("_T")


@dataclass
class _PersonRows:
    """What has been gathered of one person so far."""

    details: dict[str, set[object]] = field(default_factory=dict)
    medicines: IssuedItems = field(default_factory=IssuedItems)
    problems: list[Problem] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    not_reported: str = ""

    def nhs_numbers(self) -> frozenset[str]:
        """Every NHS number that is told of the person: whether they agree is for all inputs together to say."""
        return frozenset(map(str, self.details.get("nhs_number", ())))


class _Fields:
    """One row, asked by field, with the notes that reading it may leave."""

    __slots__ = ("as_of", "notes", "order", "row", "told")

    def __init__(self, row: PlainRow, notes: Notes, order: DayOrder, as_of: date | None) -> None:
        self.row = row
        self.told = row.fields
        self.notes = notes
        self.order = order
        self.as_of = as_of

    def text(self, name: str) -> str:
        return self.told.get(name, "")

    def note(self, message: str) -> None:
        self.notes.add(message, self.row.line, self.row.file)

    def read(self, name: str, reader: Callable[[str], _T | None]) -> _T | None:
        """The field through ``reader``; what it cannot read is unknown, and noted."""
        text = self.told.get(name)
        if not text:
            return None
        value = reader(text)
        if value is None:
            self.note(f"{name} not readable: taken as unknown")
        return value

    def day(self, name: str) -> date | None:
        return self._in_order(name, read_date)

    def issue_day(self, name: str) -> date | None:
        """As any day; one after the review is kept, and noted."""
        day = self.day(name)
        if is_after_review(day, self.as_of):
            self.note(ISSUED_LATER.format(name))
        return day

    def day_of(self, entry: str) -> date | None:
        """The day that an entry of a list is dated: what is dated after the review is kept, and noted."""
        day = self.day("date")
        if is_after_review(day, self.as_of):
            self.note(f"{entry} {AFTER_REVIEW}")
        return day

    def partial_date(self, name: str) -> PartialDate | None:
        return self._in_order(name, read_partial_date)

    def birth_date(self, name: str) -> PartialDate | None:
        born = self.partial_date(name)
        if born is None or can_be_birth_date(born, self.as_of):
            return born
        self.note(f"{name} {NO_BIRTH_DATE}: taken as unknown")
        return None

    def _in_order(self, name: str, reader: Callable[[str, DayOrder], _T | None]) -> _T | None:
        text = self.told.get(name)
        if not text:
            return None
        if not self.order.is_settled and could_be_either(text):
            self.note(f"{name} has the day or the month first, and {_WHY_OPEN[self.order]}: taken as unknown")
            return None
        if self.order is DayOrder.CONTRADICTED and (told := order_told_by(text)) is not None:
            self.note(f"{name} has the {told.value}: {_WHY_OPEN[self.order]}")
        value = reader(text, self.order)
        if value is None:
            self.note(f"{name} not readable: taken as unknown")
        return value

    def code(self, name: str) -> str:
        return self.read(name, code_in) or ""


@dataclass(frozen=True)
class Gathered:
    """The people of some rows; everything else as in :class:`ReadResult`."""

    records: tuple[Record, ...]
    rejected: tuple[RejectedRow, ...]
    not_reported: Mapping[str, str]
    broken_off: tuple[str, ...]
    companions: tuple[Companion, ...]
    nhs_numbers: Mapping[str, frozenset[str]]
    by_nhs_number: bool


class _RowsBeside:
    """Counts the rows of people, problems and observations of each file. Things that stand in one row, which come one
    after another, are one row."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._withdrawn: dict[str, Counter[str]] = {}
        self.first_withdrawn: LeftOut | None = None

    def see(self, row: PlainRow | LeftOut) -> None:
        """One more thing."""
        if row.kind != "medicines" and self._last.get(row.file) != row.line:
            self._last[row.file] = row.line
            self._rows[row.file] = self._rows.get(row.file, 0) + 1

    def withdraw(self, row: LeftOut) -> None:
        """One more row that the source takes back."""
        self.first_withdrawn = self.first_withdrawn or row
        self._withdrawn.setdefault(row.file, Counter())[row.reason] += 1

    def companions(self, left_out: Iterable[LeftOut]) -> tuple[Companion, ...]:
        """The rows of each file, with those left out, each once; those taken back are counted."""
        rejected: dict[str, dict[RejectedRow, None]] = {file: {} for file in self._rows}
        for it in left_out:
            if it.kind != "medicines":
                rejected[it.file][_rejected(it)] = None
        return tuple(
            Companion(file, rows, tuple(rejected[file]), dict(self._withdrawn.get(file, ())))
            for file, rows in self._rows.items()
        )


def _rejected(row: LeftOut) -> RejectedRow:
    return RejectedRow(row.file, row.line, row.reason, row.withdrawn)


def records_of(
    rows: Iterable[PlainRow | LeftOut],
    notes: Notes,
    order: DayOrder = DayOrder.DAY_FIRST,
    as_of: date | None = None,
) -> Gathered:
    """The people in ``rows``, in order of first appearance, and the rows that could not be used.

    ``as_of``: the day of the review, where it is known.

    A medicine row without a medicine, or without the patient id that its source has a place for, is rejected; a field
    that cannot be read is unknown, with a note; a row of another table that cannot be used is noted too. Several issues
    of one medicine are one line. Raises :class:`InputProblem` where no row can be used.
    """
    people: dict[str, _PersonRows] = {}
    left_out: list[LeftOut] = []
    beside = _RowsBeside()
    by_nhs_number = False
    for row in rows:
        beside.see(row)
        if isinstance(row, LeftOut) and row.withdrawn and row.kind != "medicines":
            beside.withdraw(row)
            notes.add(f"row left out: {row.reason}", row.line, row.file)
        elif isinstance(row, LeftOut):
            left_out.append(row)
        elif reason := _add_row(_Fields(row, notes, order, as_of), people):
            left_out.append(LeftOut(row.kind, row.line, reason, row.file))
        elif "patient_id" not in row.fields:
            by_nhs_number = "nhs_number" in row.fields
    left_out.sort(key=lambda it: it.line)
    first = left_out[0] if left_out else beside.first_withdrawn
    if not people and first is not None:
        raise InputProblem(f"{first.file}: no row can be used; the first: line {first.line}: {first.reason}")
    for it in left_out:
        if it.kind != "medicines":
            notes.add(f"row left out: {it.reason}", it.line, it.file)
    return Gathered(
        tuple(_record(person_id, found) for person_id, found in people.items()),
        tuple(_rejected(it) for it in left_out if it.kind == "medicines"),
        {person_id: found.not_reported for person_id, found in people.items() if found.not_reported},
        tuple(f"{it.file}:{it.line}" for it in left_out if it.reason == BREAKS_OFF),
        beside.companions(left_out),
        {person_id: numbers for person_id, found in people.items() if (numbers := found.nhs_numbers())},
        by_nhs_number,
    )


def result_of(
    rows: Callable[[Notes], Rows],
    inputs: Sequence[Opened],
    form: str,
    otherwise: DayOrder = DayOrder.DAY_FIRST,
    as_of: date | None = None,
) -> ReadResult:
    """What the rows of some inputs say. ``rows`` begins them anew each time it is called.

    The rows are gone through once more, before, where a date could be read in two ways: the file may settle it.
    ``otherwise``: how they are read where it does not. ``as_of``: the day of the review. Raises what ``rows`` and
    :func:`records_of` raise.
    """
    name = inputs[0].name + (f" and {len(inputs) - 1} more" if len(inputs) > 1 else "")
    notes = Notes(name)
    order = DayOrder.DAY_FIRST
    if any(opened.dates_may_be_unsettled for opened in inputs):
        found = (row.text(field) for row in rows(Notes(name)) if isinstance(row, PlainRow) for field in DATES)
        order = day_order(found, otherwise)
    if order is DayOrder.MONTH_FIRST:
        notes.add("the month comes first in dates: a figure above 12 is only ever in second place")
    gathered = records_of(rows(notes), notes, order, as_of)
    headers = frozenset(header for opened in inputs for header in opened.headers())
    return ReadResult(
        gathered.records,
        gathered.rejected,
        notes.told(),
        form,
        headers=headers,
        not_reported=gathered.not_reported,
        broken_off=gathered.broken_off,
        companions=gathered.companions,
        nhs_numbers=gathered.nhs_numbers,
        by_nhs_number=gathered.by_nhs_number,
    )


def _add_row(fields: _Fields, people: dict[str, _PersonRows]) -> str:
    """Add one row to its person; the reason where it cannot be."""
    row, told = fields.row, fields.told
    person_id = told.get("patient_id", "")
    if not person_id:
        person_id = "" if "patient_id" in told else nhs_number_in(row.text("nhs_number"))
        if not person_id and ("patient_id" in told or "nhs_number" in told):
            return "no patient_id"
    if row.kind == "medicines" and not row.text("medication"):
        return "no medication"
    if row.kind in ("problems", "observations") and not (row.text("term") or fields.code("code")):
        return "neither a term nor a code"
    person = people.get(person_id)
    if person is None:
        person = people[person_id] = _PersonRows()
    _add_details(fields, person)
    if row.kind == "medicines":
        key = row.text("item")
        dateless = "issue_date" in told or (not key and "last_issue_date" in told)
        if person.medicines.add(_medicine(fields), key, dateless_issue=dateless):
            fields.note(FURTHER_ISSUE)
    elif row.kind == "problems":
        person.problems.append(_problem(fields))
    elif row.kind == "observations":
        person.observations.extend(each_pressure(_observation(fields), fields.note))
    return ""


def _add_details(fields: _Fields, person: _PersonRows) -> None:
    told = fields.told
    for name, read in _READ_DETAILS.items():
        if not told.get(name):
            continue
        value = read(fields, name)
        known = person.details.setdefault(name, set())
        if value in (None, "") or value in known:
            continue
        known.add(value)
        if len(known) == 2:
            fields.note(f"{name} differs between rows of one person: taken as unknown")
    if told.get("date_of_death") and fields.partial_date("date_of_death") is not None:
        person.not_reported = "died"
    person.not_reported = person.not_reported or fields.text("not_reported")
    if fields.text("nhs_number") and not nhs.is_valid(fields.text("nhs_number")):
        fields.note(WRONG_NHS_NUMBER)


_READ_DETAILS: Mapping[str, Callable[[_Fields, str], object]] = {
    "date_of_birth": _Fields.birth_date,
    "age": lambda fields, name: fields.read(name, age_in),
    "sex": lambda fields, name: fields.read(name, sex_in),
    "ethnicity": _Fields.text,
    "nhs_number": lambda fields, name: nhs_number_in(fields.text(name)),
}


def sex_in(text: str) -> str | None:
    """The sex on a record: F, M, "" where it is not told; None for words that are none of these."""
    return "" if text.casefold() in _SEX_NOT_TOLD else SEXES.get(text.casefold())


def _place(row: PlainRow) -> Row:
    return Row(row.line, row.file)


def _medicine(fields: _Fields) -> MedicineLine:
    issued = fields.issue_day("issue_date")
    return MedicineLine(
        text=fields.text("medication"),
        row=_place(fields.row),
        dosage=fields.text("dosage"),
        quantity=decimal_point(fields.text("quantity")),
        start=fields.day("start_date"),
        last_issue=fields.issue_day("last_issue_date") or issued,
        issues=() if issued is None else (issued,),
        end=fields.day("end_date"),
        active=fields.read("status", status_in),
        one_off=one_off_in(fields.text("prescription_type")),
        prn=fields.read("prn", flag_in),
        route=fields.text("route"),
        indication=fields.text("indication"),
        dmd_code=fields.code("dmd_code"),
        bnf_code=fields.code("bnf_code"),
    )


def _problem(fields: _Fields) -> Problem:
    day, end = fields.day_of("problem"), fields.day("end")
    standing: Standing = "over" if fields.text("standing") == "over" else "active"
    return Problem(_place(fields.row), fields.text("term"), fields.code("code"), day, end, standing)


def _observation(fields: _Fields) -> Observation:
    value, unit = measured_value(decimal_point(fields.text("value")), fields.text("unit"))
    day = fields.day_of("observation")
    return Observation(_place(fields.row), fields.text("term"), fields.code("code"), value, unit, day)


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
    return Record(person, rows.medicines.lines(), tuple(rows.problems), tuple(rows.observations))
