"""Saved checks, in one SQLite file in a folder that only its owner can read.

Answers are only ever added: a correction is a new row, and the file itself refuses to change or delete one. Each is on
disk before the call returns, so that a program that is killed loses nothing. One program at a time works on a check.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.interview.answer_json import value_from_json, value_to_json
from healthcheck_cli.interview.saved import Alert, Check, SuppliedFile
from healthcheck_cli.record import Answer, AnswerState

SCHEMA_VERSION = 1
_APPLICATION = 0x4C444843  # the mark of these files, in SQLite's own header
_FILE = "checks.sqlite3"
_SCHEMA = """
CREATE TABLE checks (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, started TEXT NOT NULL,
    content_version TEXT NOT NULL, content_sha256 TEXT NOT NULL, finished TEXT);
CREATE TABLE answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT, check_id TEXT NOT NULL REFERENCES checks (id), question TEXT NOT NULL,
    state TEXT NOT NULL, value TEXT, typed TEXT NOT NULL, answered_by TEXT NOT NULL, at TEXT, note TEXT NOT NULL);
CREATE TABLE notes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, check_id TEXT NOT NULL REFERENCES checks (id), question TEXT NOT NULL,
    note TEXT NOT NULL, noted_by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE alerts (
    check_id TEXT NOT NULL REFERENCES checks (id), key TEXT NOT NULL, says TEXT NOT NULL, action TEXT NOT NULL,
    raised TEXT NOT NULL, acknowledged TEXT, PRIMARY KEY (check_id, key));
CREATE TABLE supplied (
    number INTEGER PRIMARY KEY AUTOINCREMENT, check_id TEXT NOT NULL REFERENCES checks (id),
    name TEXT NOT NULL, content BLOB NOT NULL, complete TEXT NOT NULL);
CREATE INDEX answers_of_check ON answers (check_id, number);
CREATE TRIGGER answers_stay BEFORE UPDATE ON answers BEGIN SELECT RAISE(ABORT, 'answers are only added'); END;
CREATE TRIGGER answers_are_kept BEFORE DELETE ON answers BEGIN SELECT RAISE(ABORT, 'answers are only added'); END;
"""


class CheckStore:
    """The saved checks of one user. ``folder`` is made where it is missing, for its owner alone."""

    def __init__(self, folder: Path) -> None:
        """Open the store, or begin one. Raises InputProblem where the file is damaged, not ours, or newer than this."""
        self._folder = folder
        self._path = folder / _FILE
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600, exist_ok=True)
        if self._path.stat().st_mode & 0o077:  # a copy that was put back may have lost its mode
            self._path.chmod(0o600)
        self._database = self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def begin(self, label: str, started: datetime, content_version: str, content_sha256: str) -> Check:
        """A new check. Its id is the day and a number, and says nothing of the person."""
        day = started.date().isoformat()
        with self._writing():
            (count,) = self._database.execute("SELECT count(*) FROM checks WHERE id LIKE ?", (f"{day}-%",)).fetchone()
            check = Check(f"{day}-{count + 1}", label, started, content_version, content_sha256)
            self._database.execute(
                "INSERT INTO checks VALUES (?, ?, ?, ?, ?, NULL)",
                (check.id, label, started.isoformat(), content_version, content_sha256),
            )
        return check

    def checks(self) -> tuple[Check, ...]:
        """Every check, the oldest first."""
        rows = self._database.execute("SELECT * FROM checks ORDER BY started, id").fetchall()
        return tuple(_check(row) for row in rows)

    def check(self, check_id: str) -> Check:
        """The check of that id. Raises UsageProblem where there is none."""
        row = self._database.execute("SELECT * FROM checks WHERE id = ?", (check_id,)).fetchone()
        if row is None:
            raise UsageProblem("There is no saved check of that id; `healthcheck check list` shows those there are.")
        return _check(row)

    def add(self, check_id: str, answers: Iterable[Answer]) -> None:
        """Add answers, all or none of them; they are on disk when this returns."""
        rows = [
            (check_id, a.question, a.state.value, value_to_json(a.value), a.typed, a.answered_by, _text(a.at), a.note)
            for a in answers
        ]
        with self._writing():
            self._database.executemany(
                "INSERT INTO answers (check_id, question, state, value, typed, answered_by, at, note)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def add_note(self, check_id: str, question: str, note: str, noted_by: str, at: datetime) -> None:
        """Add a note to a question, answered or not."""
        with self._writing():
            self._database.execute(
                "INSERT INTO notes (check_id, question, note, noted_by, at) VALUES (?, ?, ?, ?, ?)",
                (check_id, question, note, noted_by, at.isoformat()),
            )

    def history(self, check_id: str) -> tuple[Answer, ...]:
        """Every answer ever given, in order, corrected ones too."""
        rows = self._database.execute(
            "SELECT question, state, value, typed, answered_by, at, note FROM answers"
            " WHERE check_id = ? ORDER BY number",
            (check_id,),
        ).fetchall()
        try:
            return tuple(_answer(row) for row in rows)
        except (ValueError, KeyError, TypeError):
            raise self.unreadable() from None

    def notes(self, check_id: str) -> Mapping[str, str]:
        """The notes on each question, the newest last."""
        found: dict[str, str] = {}
        rows = self._database.execute(
            "SELECT question, note FROM notes WHERE check_id = ? ORDER BY number", (check_id,)
        )
        for question, note in rows.fetchall():
            found[question] = f"{found[question]}; {note}" if question in found else note
        return found

    def answers(self, check_id: str) -> dict[str, Answer]:
        """The newest answer to each question that has one, with its notes."""
        latest = {answer.question: answer for answer in self.history(check_id)}
        for question, note in self.notes(check_id).items():
            if question in latest:
                answer = latest[question]
                latest[question] = replace(answer, note="; ".join(part for part in (answer.note, note) if part))
        return latest

    def raise_alert(self, check_id: str, alert: Alert, at: datetime) -> bool:
        """Keep an alert; False where it was raised in this check before."""
        with self._writing():
            done = self._database.execute(
                "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, NULL)",
                (check_id, alert.key, alert.says, alert.action, at.isoformat()),
            )
        return done.rowcount == 1

    def acknowledge(self, check_id: str, key: str, at: datetime) -> None:
        """Keep that an alert was seen, and when."""
        with self._writing():
            self._database.execute(
                "UPDATE alerts SET acknowledged = ? WHERE check_id = ? AND key = ? AND acknowledged IS NULL",
                (at.isoformat(), check_id, key),
            )

    def alerts(self, check_id: str, waiting: bool = False) -> tuple[Alert, ...]:
        """The alerts of a check in order; with ``waiting`` only those nobody has said they saw."""
        rows = self._database.execute(
            "SELECT key, says, action FROM alerts"
            " WHERE check_id = ? AND (acknowledged IS NULL OR NOT ?) ORDER BY rowid",
            (check_id, waiting),
        ).fetchall()
        return tuple(Alert(*row) for row in rows)

    def supply(self, check_id: str, files: Sequence[SuppliedFile]) -> None:
        """Keep files that were given with the check."""
        with self._writing():
            self._database.executemany(
                "INSERT INTO supplied (check_id, name, content, complete) VALUES (?, ?, ?, ?)",
                [(check_id, file.name, file.content, " ".join(file.complete)) for file in files],
            )

    def supplied(self, check_id: str) -> tuple[SuppliedFile, ...]:
        """The files that were given with the check."""
        rows = self._database.execute(
            "SELECT name, content, complete FROM supplied WHERE check_id = ? ORDER BY number", (check_id,)
        ).fetchall()
        return tuple(SuppliedFile(name, content, tuple(complete.split())) for name, content, complete in rows)

    def finish(self, check_id: str, at: datetime) -> None:
        """Mark the check as finished; the first time it was stays."""
        with self._writing():
            self._database.execute(
                "UPDATE checks SET finished = ? WHERE id = ? AND finished IS NULL", (at.isoformat(), check_id)
            )

    @contextmanager
    def hold(self, check_id: str) -> Iterator[None]:
        """Work on a check alone. Raises UsageProblem where another program has it open; a killed one lets go of it."""
        path = self._folder / f"{check_id}.lock"
        path.touch(mode=0o600, exist_ok=True)
        lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            raise UsageProblem(f"Check {check_id} is open in another window. Close it there first.") from None
        try:
            yield
        finally:
            lock.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: on disk when it ends, or nothing of it."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise InputProblem(f"{self._path}: the answer could not be saved ({error}).") from None

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA foreign_keys = ON")
            self._begin_file(database)
            if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise self.unreadable()
        except sqlite3.DatabaseError:
            database.close()
            raise self.unreadable() from None
        except InputProblem:
            database.close()
            raise
        return database

    def _begin_file(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        (mark,) = database.execute("PRAGMA application_id").fetchone()
        (version,) = database.execute("PRAGMA user_version").fetchone()
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if mark == _APPLICATION and version > SCHEMA_VERSION:
            raise InputProblem(f"{self._path}: saved by a newer version of this program; use that version.")
        if mark == 0 and tables == 0:
            for statement in _statements():
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {_APPLICATION}")
            database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif mark != _APPLICATION:
            raise self.unreadable()
        database.execute("COMMIT")

    def unreadable(self) -> InputProblem:
        """The error to raise where the file cannot be read as a store."""
        return InputProblem(
            f"{self._path}: this is not a store of health checks, or it is damaged. Move it away and put back a copy;"
            " it was not changed."
        )


def _statements() -> Iterator[str]:
    """The schema one statement at a time, so that all of it is in one transaction."""
    statement = ""
    for line in _SCHEMA.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _check(row: tuple[str, str, str, str, str, str | None]) -> Check:
    check_id, label, started, version, sha256, finished = row
    ended = datetime.fromisoformat(finished) if finished else None
    return Check(check_id, label, datetime.fromisoformat(started), version, sha256, ended)


def _answer(row: tuple[str, str, str | None, str, str, str | None, str]) -> Answer:
    question, state, value, typed, answered_by, at, note = row
    moment = datetime.fromisoformat(at) if at else None
    return Answer(question, AnswerState(state), value_from_json(value), typed, answered_by, moment, note)


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
