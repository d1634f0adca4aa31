"""Record objects, one a line: what a record file says of one person, in JSON, for each of several."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.answers import ToldAt
from healthcheck_cli.readers.csv_table import BREAKS_OFF
from healthcheck_cli.readers.fhir.json_text import NotJson, read_json
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.record_file import read_one_record
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.record import Record

_LONGEST = 10_000_000  # characters: a longer line is no record of a person
_TOO_LONG = (0, f"a line of more than {_LONGEST:,} characters is no record")
_NO_OBJECT = (0, "not a JSON object that is whole: the file may be damaged or cut off")
_CUT = (0, BREAKS_OFF)
_NOBODY = (0, "no person with an id, so it cannot be told whose it is")
_NOT_USED = "a line about them cannot be used"
_SEVERAL = (0, "several lines are about this person: none of them tells everything")


@dataclass(frozen=True)
class _Line:
    """One line. ``wrong``: why it cannot be used, each with its column where that is known; ``record`` where it can.
    ``medicines``: how many rows it counts for."""

    number: int
    person_id: str = ""
    medicines: int = 1
    record: Record | None = None
    told: Sequence[ToldAt] = ()
    wrong: tuple[tuple[int, str], ...] = ()

    @property
    def breaks_off(self) -> bool:
        return _CUT in self.wrong

    def rejected(self, file: str) -> list[RejectedRow]:
        """A row for each medicine, so that a long list that is lost counts for what it is."""
        reasons = [f"column {column}: {why}" if column else why for column, why in self.wrong]
        return [RejectedRow(file, self.number, "; ".join(reasons))] * self.medicines


def read_record_lines(text: str, file: str, options: ReadOptions) -> ReadResult:
    """The people of a file, one a line; blank lines are left out. Places of medicines are places in each one's list.

    A line in which anything is wrong is rejected whole, as half of a record would pass for one; so are the lines of a
    person who has several, and the last one where the file breaks off in it. What another input says of such a person
    is not reported either. Raises :class:`InputProblem` with what is wrong in each where no line can be used.
    """
    lines = list(_without_several_of_one(list(_lines(text, file, options))))
    records = tuple(it.record for it in lines if it.record is not None)
    if not records:
        raise InputProblem(*_problems(lines, file) or [f"{file}: no line holds a record"])
    notes = Notes(file)
    for it in lines:
        for _, column, message in it.told:
            notes.add(message, it.number, column=column)
    return ReadResult(
        records,
        tuple(row for it in lines if it.wrong for row in it.rejected(file)),
        notes.told(),
        "ndjson",
        not_reported={it.person_id: _NOT_USED for it in lines if it.person_id and it.wrong},
        broken_off=tuple(f"{file}:{it.number}" for it in lines if it.breaks_off),
    )


def _problems(lines: Iterable[_Line], file: str) -> list[str]:
    wrong = [(f"{file}:{it.number}", column, why) for it in lines if not it.breaks_off for column, why in it.wrong]
    return [f"{place}:{column}: {why}" if column else f"{place}: {why}" for place, column, why in wrong]


def _lines(text: str, file: str, options: ReadOptions) -> Iterator[_Line]:
    last = text.rstrip().count("\n") + 1
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if number == last and _breaks_off(line):
            yield _Line(number, wrong=(_CUT,))
        else:
            yield _read(line, number, file, options)


def _read(line: str, number: int, file: str, options: ReadOptions) -> _Line:
    if len(line) > _LONGEST:
        return _Line(number, wrong=(_TOO_LONG,))
    value = _object_in(line)
    if value is None:
        return _Line(number, wrong=(_NO_OBJECT,))
    medicines, person = value.get("medicines"), value.get("person")
    rows = max(1, len(medicines)) if isinstance(medicines, list) else 1
    name = person.get("id") if isinstance(person, dict) else None
    found = _Line(number, name.strip() if isinstance(name, str) else "", rows)
    place = f"{file}:{number}"
    try:
        record, told = read_one_record(line, place, options)
    except InputProblem as problem:
        return replace(found, wrong=tuple(_in_line(it, place) for it in problem.problems))
    if not record.person.id:
        return replace(found, wrong=(_NOBODY,))
    return replace(found, person_id=record.person.id, record=record, told=told)


def _in_line(problem: str, place: str) -> tuple[int, str]:
    """A problem of a record file as one of the line that was read as if it were a file."""
    column, _, message = problem.removeprefix(f"{place}:1:").partition(": ")
    return (int(column), message) if column.isdecimal() else (0, problem.removeprefix(f"{place}: "))


def _without_several_of_one(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Where several lines are of one person, none is used, not even one with nothing wrong in it: what it leaves out
    may stand in another, and would pass for not being there."""
    times = Counter(it.person_id for it in lines if it.person_id)
    for it in lines:
        several = times[it.person_id] > 1
        yield replace(it, record=None, told=(), wrong=(*it.wrong, _SEVERAL)) if several else it


def _breaks_off(line: str) -> bool:
    """Does a file end in the middle of its last line?"""
    if len(line) > _LONGEST or not line.lstrip().startswith("{"):
        return False
    try:
        read_json(line)
    except NotJson as problem:
        return problem.cut_off
    return False


def _object_in(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
