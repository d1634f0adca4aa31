"""An extract as columns: one row a person, a medicine line, a problem, an observation, in the order of the input.

Medicine lines, problems and observations are sorted by person; rows of one person keep their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Codes, Column, Pool
from healthcheck_cli.record import ListName, MedicineLine, Observation, PartialDate, Person, Problem, Record, Row

Day = date  # so that a column may be called "date" and still have this type

_T = TypeVar("_T")
Places = NDArray[np.int64]
_LINES_KEPT = 4096


@dataclass(frozen=True)
class People:
    """The people, by number."""

    ids: Sequence[str]
    born: Column[PartialDate | None]
    age: Column[int | None]
    sex: Column[str]
    ethnicity: Column[str]

    def person(self, index: int) -> Person:
        """One of them, as a record has them."""
        return Person(
            self.ids[index], self.born.at(index), self.age.at(index), self.sex.at(index), self.ethnicity.at(index)
        )


@dataclass(frozen=True)
class Rows:
    """Rows that belong to people: whose each is, where it stands, and where each person's begin."""

    person: Places
    number: Places
    file: Column[str]

    def __len__(self) -> int:
        return len(self.person)

    def place(self, index: int) -> Row:
        """Where a row stands in its source."""
        return Row(int(self.number[index]), self.file.at(index))


@dataclass(frozen=True)
class MedicineRows(Rows):
    """Medicine lines; the columns are the fields of a :class:`MedicineLine`."""

    text: Column[str]
    dosage: Column[str]
    quantity: Column[str]
    start: Column[date | None]
    last_issue: Column[date | None]
    issues: Column[tuple[date, ...]]
    end: Column[date | None]
    prn: Column[bool | None]
    active: Column[bool | None]
    one_off: Column[bool | None]
    route: Column[str]
    indication: Column[str]
    dmd_code: Column[str]
    bnf_code: Column[str]
    other_issues: Column[tuple[Row, ...]]

    def line(self, index: int) -> MedicineLine:
        """One line, as a record has it."""
        return self._line_at(int(index))

    @cached_property
    def _line_at(self) -> Callable[[int], MedicineLine]:
        """Makes lines, and keeps some: one function after another asks for the same ones."""
        columns = {name: getattr(self, name) for name in _MEDICINE_FIELDS}
        cells = [(name, column.codes, column.values) for name, column in columns.items()]
        return lru_cache(maxsize=_LINES_KEPT)(partial(_line_of, Rows(self.person, self.number, self.file), cells))


def _line_of(rows: Rows, cells: Sequence[tuple[str, Codes, Sequence[Any]]], index: int) -> MedicineLine:
    found = {name: values[codes[index]] for name, codes, values in cells}
    return MedicineLine(row=rows.place(index), **found)


@dataclass(frozen=True)
class ProblemRows(Rows):
    """Problems; the columns are the fields of a :class:`Problem`."""

    term: Column[str]
    code: Column[str]
    date: Column[Day | None]
    end: Column[Day | None]
    standing: Column[Any]

    def problem(self, index: int) -> Problem:
        """One problem, as a record has it."""
        return Problem(self.place(index), **{name: getattr(self, name).at(index) for name in _PROBLEM_FIELDS})


@dataclass(frozen=True)
class ObservationRows(Rows):
    """Observations; the columns are the fields of an :class:`Observation`."""

    name: Column[str]
    code: Column[str]
    value: Column[Any]
    unit: Column[str]
    date: Column[Day | None]

    def observation(self, index: int) -> Observation:
        """One observation, as a record has it."""
        return Observation(self.place(index), **{name: getattr(self, name).at(index) for name in _OBSERVATION_FIELDS})


_ROW_FIELDS = {field.name for field in fields(Rows)}
_MEDICINE_FIELDS = [field.name for field in fields(MedicineRows) if field.name not in _ROW_FIELDS]
_PROBLEM_FIELDS = [field.name for field in fields(ProblemRows) if field.name not in _ROW_FIELDS]
_OBSERVATION_FIELDS = [field.name for field in fields(ObservationRows) if field.name not in _ROW_FIELDS]

_R = TypeVar("_R", bound=Rows)


@dataclass(frozen=True)
class Extract:
    """Everybody, with the lists that the source declares complete."""

    people: People
    medicines: MedicineRows
    problems: ProblemRows
    observations: ObservationRows
    complete: Mapping[ListName, date | None]

    def __len__(self) -> int:
        return len(self.people.ids)

    def part(self, first: int, after: int) -> Extract:
        """The people from ``first`` up to, and without, ``after``, numbered anew."""
        chosen, everyone = np.arange(first, after), self.people
        people = People(
            everyone.ids[first:after],
            everyone.born.taken(chosen),
            everyone.age.taken(chosen),
            everyone.sex.taken(chosen),
            everyone.ethnicity.taken(chosen),
        )
        return Extract(
            people,
            _part_of(self.medicines, first, after),
            _part_of(self.problems, first, after),
            _part_of(self.observations, first, after),
            self.complete,
        )


def _part_of(rows: _R, first: int, after: int) -> _R:
    chosen = np.arange(*np.searchsorted(rows.person, [first, after]))
    values = {field.name: getattr(rows, field.name) for field in fields(rows)}
    cut: dict[str, Any] = {
        name: value.taken(chosen) if isinstance(value, Column) else value[chosen] for name, value in values.items()
    }
    cut["person"] = cut["person"] - first
    return replace(rows, **cut)


def taken(rows: _R, places: Places) -> _R:
    """Some of the rows."""
    values = {it.name: getattr(rows, it.name) for it in fields(rows)}
    cut: dict[str, Any] = {
        name: value.taken(places) if isinstance(value, Column) else value[places] for name, value in values.items()
    }
    return replace(rows, **cut)


def bounds(rows: Rows, people: int) -> Places:
    """Where the rows of each person begin; one more entry for the end of the last."""
    return np.searchsorted(rows.person, np.arange(people + 1))


def runs(person: Places) -> Iterator[tuple[int, int]]:
    """Where the rows of each person begin and end, among rows sorted by person.

    >>> list(runs(np.array([4, 4, 7])))
    [(0, 2), (2, 3)]
    """
    edges = [*map(int, np.flatnonzero(np.diff(person, prepend=-1))), len(person)]
    return pairwise(edges) if len(person) else iter(())


def extract_of(records: Sequence[Record]) -> Extract:
    """The extract that some records are, all with the same complete lists. Answers are not in an extract.

    Raises ValueError where lists are complete for some and not for others, or where there are answers.
    """
    complete = dict(records[0].complete) if records else {}
    if any(dict(record.complete) != complete or record.answers or record.accepted for record in records):
        raise ValueError("these records are not rows of one extract")
    people = [record.person for record in records]
    return Extract(
        People(
            [person.id for person in people],
            column_of(person.date_of_birth for person in people),
            column_of(person.age for person in people),
            column_of(person.sex for person in people),
            column_of(person.ethnicity for person in people),
        ),
        _rows_of(MedicineRows, records, lambda record: record.medicines, _MEDICINE_FIELDS),
        _rows_of(ProblemRows, records, lambda record: record.problems, _PROBLEM_FIELDS),
        _rows_of(ObservationRows, records, lambda record: record.observations, _OBSERVATION_FIELDS),
        complete,
    )


def column_of(values: Iterable[_T]) -> Column[_T]:
    """The column that holds these values."""
    pool: Pool[_T] = Pool()
    codes = np.fromiter((pool.code(value) for value in values), np.int32)
    return Column(codes, pool.values)


def _rows_of(
    kind: type[_R], records: Sequence[Record], listed: Callable[[Record], Sequence[Any]], names: Iterable[str]
) -> _R:
    items = [(index, item) for index, record in enumerate(records) for item in listed(record)]
    return kind(
        np.fromiter((index for index, _ in items), np.int64, len(items)),
        np.fromiter((item.row.number for _, item in items), np.int64, len(items)),
        column_of(item.row.file for _, item in items),
        **{name: column_of(getattr(item, name) for _, item in items) for name in names},
    )


def joined(parts: Sequence[Any]) -> Any:
    """Rows one after another."""
    if len(parts) == 1:
        return parts[0]
    values: dict[str, Any] = {}
    for field in fields(parts[0]):
        columns = [getattr(part, field.name) for part in parts]
        values[field.name] = _one_column(columns) if isinstance(columns[0], Column) else np.concatenate(columns)
    return replace(parts[0], **values)


def _one_column(columns: Sequence[Column[Any]]) -> Column[Any]:
    pool = column_of(value for column in columns for value in column.values)
    edges = np.cumsum([0, *(len(column.values) for column in columns)])
    codes = [pool.codes[edge:][: len(it.values)][it.codes] for edge, it in zip(edges, columns, strict=False)]
    return Column(np.concatenate(codes), pool.values)


def sorted_by_person(rows: Any) -> Any:
    """The rows by person, each person's in the order they have."""
    if bool(np.all(rows.person[1:] >= rows.person[:-1])):
        return rows
    return taken(rows, np.argsort(rows.person, kind="stable"))


def empty(made: type[Any]) -> Any:
    """No rows of a kind."""
    nothing = np.zeros(0, np.int64)
    names = [it.name for it in fields(made) if it.name not in ("person", "number")]
    return made(nothing, nothing, **{name: Column(np.zeros(0, np.int32), []) for name in names})
