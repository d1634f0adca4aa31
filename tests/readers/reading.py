"""Reads fixtures the way the command line does."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.record import Record

FIXTURES = Path(__file__).parent / "fixtures"


def read_files(*paths: Path, form: str = "auto", columns: dict[str, str] | None = None) -> ReadResult:
    """The people of some files, given together."""
    options = ReadOptions(format=form, columns=columns or {})
    return read_inputs([str(path) for path in paths], options, lambda text: (text, ""), io.BytesIO())


def read_folder(name: str, *left_out: str, form: str = "auto") -> ReadResult:
    """The people of all files of a folder of fixtures, but for some."""
    return read_files(*(it for it in sorted((FIXTURES / name).iterdir()) if it.name not in left_out), form=form)


def read_text(folder: Path, text: str | bytes, name: str = "list.csv", form: str = "auto") -> ReadResult:
    """The people of one file that holds this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_files(path, form=form)


def rows_told(result: ReadResult) -> int:
    """How many medicine rows the result accounts for: each line with its further issues, and each rejected row."""
    lines = (line for record in result.records for line in record.medicines)
    return len(result.rejected) + sum(1 + len(line.other_issues) for line in lines)


def person(result: ReadResult, person_id: str) -> Record:
    """The record of one person."""
    (found,) = (record for record in result.records if record.person.id == person_id)
    return found


def told(result: ReadResult, part: str) -> bool:
    """Does a note hold this text?"""
    return any(part in note for note in result.notes)


def medicines(records: Iterable[Record]) -> list[tuple[str, str, str]]:
    """Product, dosage and quantity of every line."""
    return [(it.text, it.dosage, it.quantity) for record in records for it in record.medicines]
