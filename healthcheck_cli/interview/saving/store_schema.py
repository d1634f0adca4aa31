"""The tables of a store, and how a store of version 1 becomes one of version 2."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from healthcheck_cli.interview.saving.entries import Heading, Kind, append, begin_check, keep_file

SCHEMA_VERSION = 2
APPLICATION = 0x4C444843  # the mark of these files, in SQLite's own header
ADDED_LATER = "Added after the check was finished, before amendments were kept."

_SCHEMA = """
CREATE TABLE checks (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, label TEXT NOT NULL, started TEXT NOT NULL,
    content_version TEXT NOT NULL, content_sha256 TEXT NOT NULL, entries INTEGER NOT NULL, head TEXT NOT NULL);
CREATE TABLE entries (
    check_id TEXT NOT NULL REFERENCES checks (id), number INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    hash TEXT NOT NULL, PRIMARY KEY (check_id, number)) WITHOUT ROWID;
CREATE INDEX endings ON entries (check_id, number) WHERE kind IN ('finish', 'amendment');
CREATE TABLE files (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TRIGGER entries_follow BEFORE INSERT ON entries
    WHEN NEW.number IS NOT (SELECT entries + 1 FROM checks WHERE id = NEW.check_id)
    BEGIN SELECT RAISE(ABORT, 'entries follow one another'); END;
CREATE TRIGGER entries_count AFTER INSERT ON entries
    BEGIN UPDATE checks SET entries = NEW.number, head = NEW.hash WHERE id = NEW.check_id; END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
CREATE TRIGGER files_stay BEFORE UPDATE ON files BEGIN SELECT RAISE(ABORT, 'files are only added'); END;
CREATE TRIGGER files_are_kept BEFORE DELETE ON files BEGIN SELECT RAISE(ABORT, 'files are only added'); END;
CREATE TRIGGER headings_stay BEFORE UPDATE OF id, key, label, started, content_version, content_sha256 ON checks
    BEGIN SELECT RAISE(ABORT, 'the heading of a check stays'); END;
CREATE TRIGGER checks_are_kept BEFORE DELETE ON checks BEGIN SELECT RAISE(ABORT, 'checks are only added'); END;
"""


def make_tables(database: sqlite3.Connection) -> None:
    """An empty store of this version, inside a transaction that is under way."""
    for statement in _statements():
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {APPLICATION}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def migrate_from_1(database: sqlite3.Connection) -> None:
    """Bring a store of version 1 to this one, inside a transaction that is under way: all of it or nothing.

    Version 1 kept no name with a finish and took answers after it: the name stays empty, and those answers become
    an amendment. Alerts had been seen, not accepted. Raises ValueError where a row cannot be read.
    """
    old = {table: _rows(database, table) for table in ("checks", "supplied", "answers", "notes", "alerts")}
    for table in ("supplied", "answers", "notes", "alerts", "checks"):
        database.execute(f"DROP TABLE {table}")
    make_tables(database)
    for check in old["checks"]:
        of_check = {table: [row for row in rows if row.get("check_id") == check["id"]] for table, rows in old.items()}
        _bring_over(database, check, of_check)


def _bring_over(
    database: sqlite3.Connection, check: Mapping[str, Any], old: Mapping[str, list[Mapping[str, Any]]]
) -> None:
    name = check["id"]
    begin_check(
        database,
        Heading(
            *(name, secrets.token_hex(16), check["label"], check["started"]),
            *(check["content_version"], check["content_sha256"]),
        ),
    )
    for file in old["supplied"]:
        digest = keep_file(database, bytes(file["content"]))
        append(
            database,
            name,
            Kind.SUPPLIED,
            {"name": file["name"], "sha256": digest, "complete": file["complete"].split()},
        )
    written = [*map(_answer, old["answers"]), *map(_note, old["notes"])]
    finished = check["finished"]
    for kind, body in written:
        if not _after(body, finished):
            append(database, name, kind, {**body, "amendment": 0})
    for alert in old["alerts"]:
        raised = {"key": alert["key"], "says": alert["says"], "action": alert["action"], "at": alert["raised"]}
        append(database, name, Kind.RAISED, raised)
        if alert["acknowledged"]:
            append(database, name, Kind.SEEN, {"key": alert["key"], "at": alert["acknowledged"]})
    if not finished:
        return
    append(database, name, Kind.FINISH, {"by": "", "role": "", "at": finished, "amendment": 0})
    later = [(kind, body) for kind, body in written if _after(body, finished)]
    if later:
        amendment = {"amendment": 1, "by": "", "reason": ADDED_LATER, "at": later[0][1]["at"]}
        append(database, name, Kind.AMENDMENT, amendment)
        for kind, body in later:
            append(database, name, kind, {**body, "amendment": 1})
        append(database, name, Kind.FINISH, {"by": "", "role": "", "at": later[-1][1]["at"], "amendment": 1})


def _answer(row: Mapping[str, Any]) -> tuple[Kind, dict[str, Any]]:
    value = json.loads(row["value"]) if row["value"] is not None else None
    kept = {name: row[name] for name in ("question", "state", "typed", "answered_by", "at", "note")}
    return Kind.ANSWER, {**kept, "value": value, "recorded_by": ""}


def _note(row: Mapping[str, Any]) -> tuple[Kind, dict[str, Any]]:
    return Kind.NOTE, {name: row[name] for name in ("question", "note", "noted_by", "at")}


def _after(body: Mapping[str, Any], finished: str | None) -> bool:
    at = body["at"]
    return bool(finished and at and datetime.fromisoformat(at) > datetime.fromisoformat(finished))


def _rows(database: sqlite3.Connection, table: str) -> list[Mapping[str, Any]]:
    found = database.execute(f"SELECT * FROM {table} ORDER BY rowid")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _statements() -> Iterator[str]:
    """The schema one statement at a time, so that all of it is in one transaction."""
    statement = ""
    for line in _SCHEMA.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
