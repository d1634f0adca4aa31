"""Record objects, one a line: what a record file says of one person, in JSON, for each of several."""

from __future__ import annotations

import json
from typing import Any

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.csv_table import BREAKS_OFF
from healthcheck_cli.readers.fhir.json_text import NotJson, read_json
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.record_file import read_one_record
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.record import Record

_LONGEST = 10_000_000  # characters: a longer line is no record of a person


def read_record_lines(text: str, file: str, options: ReadOptions) -> ReadResult:
    """The people of a file, one a line; blank lines are left out. Places of medicines are places in each one's list.

    The last line is rejected where the file breaks off in it. Raises :class:`InputProblem` with what is wrong in every
    other line, as a record file has it, or where two lines are of one person or a line says of whom it is not.
    """
    records: dict[str, Record] = {}
    last = text.rstrip().count("\n") + 1
    broken_off: tuple[int, ...] = ()
    problems: list[str] = []
    notes = Notes(file)
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{file}:{number}"
        if number == last and _breaks_off(line):
            broken_off = (number,)
            continue
        try:
            _refuse_no_object(line, place)
            record, told = read_one_record(line, place, options)
        except InputProblem as problem:
            problems.extend(it.replace(f"{place}:1:", f"{place}:", 1) for it in problem.problems)
            continue
        if not record.person.id:
            problems.append(f"{place}: no person with an id, so it cannot be told whose it is")
        elif record.person.id in records:
            problems.append(f"{place}: a person whom an earlier line is about")
        records[record.person.id] = record
        for _, column, message in told:
            notes.add(message, number, column=column)
    if problems:
        raise InputProblem(*problems)
    if not records:
        raise InputProblem(f"{file}: no line holds a record")
    return ReadResult(
        tuple(records.values()),
        tuple(RejectedRow(file, number, BREAKS_OFF) for number in broken_off),
        notes.told(),
        "ndjson",
        broken_off=tuple(f"{file}:{number}" for number in broken_off),
    )


def _breaks_off(line: str) -> bool:
    """Does a file end in the middle of its last line?"""
    if len(line) > _LONGEST or not line.lstrip().startswith("{"):
        return False
    try:
        read_json(line)
    except NotJson as problem:
        return problem.cut_off
    return False


def _refuse_no_object(line: str, place: str) -> None:
    if len(line) > _LONGEST:
        raise InputProblem(f"{place}: a line of more than {_LONGEST:,} characters is no record")
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise InputProblem(f"{place}: not a JSON object that is whole: the file may be damaged or cut off")
