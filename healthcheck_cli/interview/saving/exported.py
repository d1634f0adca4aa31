"""A check as one JSON file that another store takes in: all of it, or nothing.

The file holds every entry with its hash. A check that went on elsewhere (begun by the nurse, finished by the GP) may
come back: where what is here is the beginning of what comes, the rest is added.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.interview.saving.entries import (
    Entry,
    Heading,
    Kind,
    append,
    begin_check,
    canonical,
    entries_of,
    free_id,
    heading_of,
    keep_file,
    linked,
)
from healthcheck_cli.interview.saving.entry_shapes import fits
from healthcheck_cli.interview.saving.store_file import StoreFile

FORMAT = "healthcheck check"
EXPORT_VERSION = 1


@dataclass(frozen=True)
class Arrival:
    """What an import did: the id that the check has here, how many entries were added, and was it here before?"""

    check_id: str
    added: int
    known: bool


@dataclass(frozen=True)
class _Export:
    heading: Heading
    entries: Sequence[Entry]
    files: Sequence[bytes]


def export_text(database: sqlite3.Connection, check_id: str) -> str:
    """The check as JSON text. Raises UsageProblem where there is none, ValueError where it cannot be read."""
    heading, entries = heading_of(database, check_id), entries_of(database, check_id)
    digests = dict.fromkeys(entry.body["sha256"] for entry in entries if entry.kind is Kind.SUPPLIED)
    files = []
    for digest in digests:
        (content,) = database.execute("SELECT content FROM files WHERE sha256 = ?", (digest,)).fetchone()
        files.append({"sha256": digest, "content": b64encode(content).decode()})
    exported = {
        "format": FORMAT,
        "version": EXPORT_VERSION,
        "id": heading.id,
        "key": heading.key,
        "label": heading.label,
        "started": heading.started,
        "content": {"version": heading.content_version, "sha256": heading.content_sha256},
        "entries": [
            {"number": entry.number, "kind": entry.kind.value, **entry.body, "hash": entry.hash} for entry in entries
        ],
        "files": files,
        "hash": entries[-1].hash if entries else heading.hash,
    }
    return json.dumps(exported, indent=2, ensure_ascii=False) + "\n"


def arrive(store: StoreFile, text: str, name: str) -> Arrival:
    """Take an exported check in. What is raised is said at ``CheckStore.import_check``."""
    export = _read(text, name)
    with store.reading() as database:
        here = _id_of(database, export.heading.key)
    with store.hold(here) if here else nullcontext(), store.writing() as database:
        here = _id_of(database, export.heading.key)
        if here is None:
            return _take_in(database, export)
        return _go_on(database, here, export)


def _id_of(database: sqlite3.Connection, key: str) -> str | None:
    row = database.execute("SELECT id FROM checks WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row is not None else None


def _take_in(database: sqlite3.Connection, export: _Export) -> Arrival:
    """A check that is not here; where another has its id, under the next that is free."""
    heading = export.heading
    check_id = heading.id
    if database.execute("SELECT 1 FROM checks WHERE id = ?", (check_id,)).fetchone() is not None:
        check_id = free_id(database, check_id.rpartition("-")[0])
    begin_check(
        database,
        Heading(
            *(check_id, heading.key, heading.label, heading.started),
            *(heading.content_version, heading.content_sha256),
        ),
    )
    _add(database, check_id, export, 0)
    return Arrival(check_id, len(export.entries), known=False)


def _go_on(database: sqlite3.Connection, check_id: str, export: _Export) -> Arrival:
    """A check that is here: what comes must begin as what is here does."""
    here, coming = [entry.hash for entry in entries_of(database, check_id)], [entry.hash for entry in export.entries]
    if coming == here[: len(coming)] and heading_of(database, check_id).hash == export.heading.hash:
        raise UsageProblem(f"Check {check_id} is here already, with all that is in this file. Nothing was changed.")
    if here != coming[: len(here)]:
        raise UsageProblem(
            f"Check {check_id} is here already, and both it and this file went on since. Nothing was changed:"
            " keep both files and enter what is missing by hand."
        )
    _add(database, check_id, export, len(here))
    return Arrival(check_id, len(coming) - len(here), known=True)


def _add(database: sqlite3.Connection, check_id: str, export: _Export, after: int) -> None:
    for content in export.files:
        keep_file(database, content)
    for entry in export.entries[after:]:
        append(database, check_id, entry.kind, entry.body)


# ---- reading a file that may be anything


def _read(text: str, name: str) -> _Export:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise InputProblem(f"{name}: this is no JSON, or only a part of it: export the check again.") from None
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise InputProblem(f"{name}: this is not a check that was exported with `healthcheck check export`.")
    version = given.get("version")
    if type(version) is int and version > EXPORT_VERSION:
        raise InputProblem(f"{name}: exported by a newer version of this program; use that version.")
    try:
        heading = _heading(given)
        entries = _entries(given["entries"], heading)
        files = [_file(item) for item in given["files"]]
    except _Damaged as damage:
        raise InputProblem(f"{name}: this file is damaged: {damage}. Nothing was added.") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputProblem(f"{name}: this file is damaged: a part of it cannot be read. Nothing was added.") from None
    named = {entry.body["sha256"] for entry in entries if entry.kind is Kind.SUPPLIED}
    if named != {sha256(content).hexdigest() for content in files}:
        raise InputProblem(f"{name}: this file is damaged: not every supplied file is in it. Nothing was added.")
    if given.get("hash") != (entries[-1].hash if entries else heading.hash) or version != EXPORT_VERSION:
        raise InputProblem(f"{name}: this file is damaged: its end is missing. Nothing was added.")
    return _Export(heading, entries, files)


class _Damaged(Exception):
    """What is wrong in the file, in words."""


def _heading(given: Mapping[str, Any]) -> Heading:
    content = given["content"]
    parts = [given["id"], given["key"], given["label"], given["started"], content["version"], content["sha256"]]
    if not all(isinstance(part, str) for part in parts) or not given["key"]:
        raise _Damaged("its heading cannot be read")
    day, _, number = given["id"].rpartition("-")
    if day != datetime.fromisoformat(given["started"]).date().isoformat() or not _is_count(number):
        raise _Damaged("its id is not that of a check")
    return Heading(*parts)


def _is_count(number: str) -> bool:
    return number.isascii() and number.isdigit() and str(int(number)) == number


def _entries(given: Sequence[Mapping[str, Any]], heading: Heading) -> list[Entry]:
    entries: list[Entry] = []
    previous = heading.hash
    for number, item in enumerate(given, start=1):
        body = {name: value for name, value in item.items() if name not in ("number", "kind", "hash")}
        kind = Kind(item["kind"])
        if item["number"] != number or item["hash"] != linked(previous, kind.value, canonical(body)):
            raise _Damaged(f"entry {number} was changed, or does not follow on the one before it")
        if not fits(kind, body):
            raise _Damaged(f"entry {number} cannot be read")
        previous = item["hash"]
        entries.append(Entry(number, kind, body, previous))
    return entries


def _file(item: Mapping[str, Any]) -> bytes:
    content = b64decode(item["content"], validate=True)
    if sha256(content).hexdigest() != item["sha256"]:
        raise _Damaged("a supplied file was changed")
    return content
