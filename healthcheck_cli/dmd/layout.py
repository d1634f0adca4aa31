"""How the index is laid out, as the writer and the reader both need it: tables, marks, the key of a name, its place."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from healthcheck_cli.errors import InputProblem

APPLICATION = 0x4C44444D  # the mark of these files, in SQLite's own header
SCHEMA_VERSION = 1
INDEX_FILE = "dmd.sqlite3"

TABLES = """
CREATE TABLE about (summary TEXT NOT NULL);
CREATE TABLE products (
    id TEXT PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL, supplier TEXT NOT NULL,
    invalid INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE names (key TEXT NOT NULL, id TEXT NOT NULL, age INTEGER NOT NULL);
CREATE TABLE substances (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ingredients (
    number INTEGER PRIMARY KEY, product TEXT NOT NULL, substance TEXT NOT NULL, value REAL, unit TEXT NOT NULL,
    per_value REAL, per_unit TEXT NOT NULL, strength_of TEXT NOT NULL);
CREATE TABLE forms (number INTEGER PRIMARY KEY, product TEXT NOT NULL, form TEXT NOT NULL);
CREATE TABLE routes (number INTEGER PRIMARY KEY, product TEXT NOT NULL, route TEXT NOT NULL);
CREATE TABLE codes (id TEXT PRIMARY KEY, bnf TEXT NOT NULL, atc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE packs (id TEXT PRIMARY KEY, product TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE previous (id TEXT NOT NULL, now TEXT NOT NULL, PRIMARY KEY (id, now)) WITHOUT ROWID;
"""

ORDERS = """
CREATE INDEX names_by_key ON names (key, id, age);
CREATE INDEX ingredients_of ON ingredients (product);
CREATE INDEX forms_of ON forms (product);
CREATE INDEX routes_of ON routes (product);
"""
"""Made when all rows are in: that is quicker than keeping them right after each row."""

KINDS = ("vtm", "vmp", "amp")
"""The kinds of product; the number of a kind in the index is its place here, the most general first."""

NOW, SHORT, BEFORE = range(3)
"""How old a name is: the name as it is, its short form, the name it had before."""


@dataclass(frozen=True)
class ImportSummary:
    """What an import took in. ``left_out`` and ``faults`` are sentences; ``day`` and ``imported_on`` are ISO days.

    ``day`` is the latest day in the names of the files of the release, "" where no name says one. ``sha256`` is of
    everything that was read, whatever it was packed in.
    """

    day: str
    imported_on: str
    sha256: str
    counts: Mapping[str, int]
    left_out: tuple[str, ...]
    faults: tuple[str, ...]

    def to_json(self) -> str:
        """The summary as the index keeps it."""
        return json.dumps({**asdict(self), "counts": dict(self.counts)})

    @classmethod
    def from_json(cls, text: str) -> ImportSummary:
        """Read what :meth:`to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        held = json.loads(text)
        return cls(
            str(held["day"]),
            str(held["imported_on"]),
            str(held["sha256"]),
            {str(name): int(count) for name, count in dict(held["counts"]).items()},
            tuple(map(str, held["left_out"])),
            tuple(map(str, held["faults"])),
        )


def is_index_there(path: Path) -> bool:
    """Is there an index? Raises :class:`InputProblem` where nobody can tell, as its folder is closed to this user."""
    try:
        return path.is_file()
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise InputProblem(f"{path.parent}: this folder cannot be looked into ({reason})") from None


def name_key(name: str) -> str:
    """What two names have in common that differ in capitals and spaces only.

    >>> name_key("Epilim Chrono 500 tablets") == name_key(" EPILIM chrono  500tablets")
    True
    >>> name_key("Epilim 500") == name_key("Epilim 50")
    False
    """
    return "".join(unicodedata.normalize("NFC", name).casefold().split())
