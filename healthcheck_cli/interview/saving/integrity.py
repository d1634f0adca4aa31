"""Looks through a whole store for what is no longer as it was kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256

from healthcheck_cli.interview.saving.entries import Heading, Kind, canonical, linked
from healthcheck_cli.interview.saving.entry_shapes import fits


def faults(database: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, a line each, by check and number; nothing of what was answered."""
    found = [str(row[0]) for row in database.execute("PRAGMA integrity_check").fetchall()]
    yield from (f"The file is damaged: {said}" for said in found if said != "ok")
    lost = database.execute("PRAGMA foreign_key_check").fetchall()
    if lost:
        yield f"entries that belong to no check: {len(lost)}"
    rows = database.execute(
        "SELECT id, key, label, started, content_version, content_sha256, entries, head FROM checks ORDER BY id"
    ).fetchall()
    for *heading, count, head in rows:
        yield from (f"check {heading[0]}: {fault}" for fault in _of_check(database, Heading(*heading), count, head))
    for digest, content in database.execute("SELECT sha256, content FROM files"):
        if not isinstance(content, bytes) or sha256(content).hexdigest() != digest:
            yield f"the supplied file {digest[:12]}… was changed"


def _of_check(database: sqlite3.Connection, heading: Heading, count: int, head: str) -> Iterator[str]:
    last, previous = 0, heading.hash
    rows = database.execute(
        "SELECT number, kind, body, hash FROM entries WHERE check_id = ? ORDER BY number", (heading.id,)
    )
    for number, kind, body, kept in rows:
        if number != last + 1:
            yield _missing(last + 1, number - 1)
        elif linked(previous, kind, body) != kept:
            yield f"{_named(number, kind)} was changed, or does not follow on {_before(last)}"
        elif not _readable(kind, body):
            yield f"{_named(number, kind)} cannot be read"
        elif kind == Kind.SUPPLIED.value and not _supplied(database, body):
            yield f"{_named(number, kind)}: the file is missing"
        last, previous = number, kept
    if last < count:
        yield _missing(last + 1, count)
    elif last != count or previous != head:
        yield "its last entry is not the one that was kept last"


def _missing(first: int, last: int) -> str:
    return f"entry {last} is missing" if first == last else f"entries {first} to {last} are missing"


def _named(number: int, kind: str) -> str:
    return f"entry {number} ({kind.replace('_', ' ')})"


def _before(last: int) -> str:
    return f"entry {last}" if last else "the heading of the check"


def _readable(kind: str, body: str) -> bool:
    try:
        read = json.loads(body)
        return isinstance(read, dict) and fits(Kind(kind), read) and canonical(read) == body
    except ValueError:
        return False


def _supplied(database: sqlite3.Connection, body: str) -> bool:
    digest = json.loads(body)["sha256"]
    return database.execute("SELECT 1 FROM files WHERE sha256 = ?", (digest,)).fetchone() is not None
