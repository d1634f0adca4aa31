"""Rows of several medicine lists that have the same numbers, told apart: a finding names its rows by number alone.

The rows of the second list begin at a round number, so that what is looked for is found: row 102 is line 2 of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from healthcheck_cli.record import Record, Row


def told_apart(records: Sequence[Record], files: Sequence[str]) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """The records with a number of its own for each medicine row of one person, and notes on what was numbered anew.
    ``files``: the names of the inputs in their order. Nothing is changed where no two rows of a person meet."""
    if not any(_meet(record) for record in records):
        return tuple(records), ()
    rows = [row for record in records for row in _rows(record)]
    listed = dict.fromkeys(row.file for row in rows)
    in_order = [*(it for it in files if it in listed), *(it for it in listed if it not in files)]
    begins = first_numbers(in_order, max(row.number for row in rows))
    return tuple(_numbered(record, begins) for record in records), notes_on(begins)


def first_numbers(files: Sequence[str], highest: int) -> dict[str, int]:
    """What is added to the line of a row of each file; ``highest`` is the highest line of a row in any of them.

    >>> first_numbers(["acute.csv", "repeat.csv"], 57)
    {'acute.csv': 0, 'repeat.csv': 100}
    """
    step = 10 ** len(str(highest))
    return {file: place * step for place, file in enumerate(files)}


def notes_on(begins: Mapping[str, int]) -> tuple[str, ...]:
    """What is said of the files whose rows have other numbers than their lines."""
    return tuple(
        f"{file}: its rows are numbered from {first} on, since another list counts so too: line 2 is row {first + 2}"
        for file, first in begins.items()
        if first
    )


def _rows(record: Record) -> Iterator[Row]:
    return (row for line in record.medicines for row in (line.row, *line.other_issues))


def _meet(record: Record) -> bool:
    """Have two medicines one number? Of issues that are joined to another only the line is named."""
    files = {(line.row.number, line.row.file) for line in record.medicines}
    return len({number for number, _ in files}) < len(files)


def _numbered(record: Record, begins: Mapping[str, int]) -> Record:
    def anew(row: Row) -> Row:
        return replace(row, number=row.number + begins.get(row.file, 0))

    medicines = (
        replace(line, row=anew(line.row), other_issues=tuple(map(anew, line.other_issues))) for line in record.medicines
    )
    return replace(record, medicines=tuple(medicines))
