"""The file that checks are kept in: opened, looked at for damage, written to whole or not at all.

Whatever is wrong with the file, the folder or the disk becomes one clear line, and what was kept before stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.interview.saving.store_schema import APPLICATION, SCHEMA_VERSION, make_tables, migrate_from_1

FILE = "checks.sqlite3"
_PATIENCE = 5  # seconds to wait for another program that is writing
_WORDS = (  # of SQLite, and what they mean to who sits before the screen; its numbers are not there before Python 3.11
    ("locked", "another program is writing to this file. Nothing was changed: try again when it is done."),
    ("readonly", "this file cannot be written to. What was kept before is as it was."),
    ("full", "the disk is full: this was not saved. What was kept before is all there: make room and go on."),
    ("unable to open", "this file, or the folder it is in, may not be written to. What was kept before is as it was."),
    ("disk I/O error", "the disk could not be written to: this was not saved. What was kept before is all there."),
)


class StoreFile:
    """The open file of a store. ``migrated`` is the copy that was made of it where it was of an older version."""

    def __init__(self, folder: Path) -> None:
        """Open the file, or begin one. Raises InputProblem where that cannot be done, naming what is wrong."""
        self.folder = folder
        self.path = folder / FILE
        self.migrated: Path | None = None
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.path.exists():
                self.path.touch(mode=0o600)
            if self.path.stat().st_mode & 0o077:  # a copy that was put back may have lost its mode
                self.path.chmod(0o600)
        except OSError as error:
            reason = error.strerror or "no reason given"
            raise InputProblem(f"{folder}: cannot be used to save checks in ({reason})") from None
        try:
            self._database = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        except sqlite3.Error as error:
            raise self.problem(error) from None
        try:
            self._open()
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database to read from. Raises InputProblem where it, or something kept in it, cannot be read."""
        try:
            yield self._database
        except sqlite3.Error as error:
            raise self.problem(error) from None
        except (ValueError, KeyError, TypeError):
            raise self.unreadable() from None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk when it ends, or nothing of it. Raises InputProblem where it cannot be written."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            finally:
                if self._database.in_transaction:  # SQLite has ended it itself after some errors
                    self._database.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise self.problem(error) from None
        except (ValueError, KeyError, TypeError):  # what is added was made before: this is of what was kept
            raise self.unreadable() from None

    @contextmanager
    def hold(self, name: str) -> Iterator[None]:
        """Work on one check alone. Raises UsageProblem where another program has it open; a killed one lets go."""
        path = self.folder / f"{name}.lock"
        try:
            path.touch(mode=0o600, exist_ok=True)
        except OSError as error:
            raise InputProblem(f"{path}: cannot be written ({error.strerror or 'no reason given'})") from None
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
            try:
                lock.execute("PRAGMA journal_mode = MEMORY")  # nothing is written: leave no file behind
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                if "locked" in str(error):
                    raise UsageProblem(f"Check {name} is open in another window. Close it there first.") from None
                raise self.problem(error) from None
            yield

    def problem(self, error: sqlite3.Error) -> InputProblem:
        """What an error of SQLite means, on one line."""
        said = str(error)
        for words, meaning in _WORDS:
            if words in said:
                return InputProblem(f"{self.path}: {meaning}")
        return self.unreadable()

    def unreadable(self) -> InputProblem:
        """The error to raise where the file cannot be read as a store."""
        return InputProblem(
            f"{self.path}: this is not a store of health checks, or it is damaged. Move it away and put back a copy;"
            " it was not changed."
        )

    def _open(self) -> None:
        with self.reading() as database:
            database.execute("PRAGMA synchronous = EXTRA")  # a power cut right after an answer loses nothing
            database.execute("PRAGMA foreign_keys = ON")
            version = self._version()
            if version == SCHEMA_VERSION:
                self._look_for_damage()
                return
        with self.writing():  # as it is now: another program may have been quicker
            version = self._version()
            if version == 0:
                make_tables(self._database)
            elif version < SCHEMA_VERSION:
                self._look_for_damage()
                self._migrate(version)

    def _version(self) -> int:
        """The version of the tables, 0 where there are none yet. Raises InputProblem where they are not ours."""
        (mark,) = self._database.execute("PRAGMA application_id").fetchone()
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        (tables,) = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if mark == 0 and tables == 0:
            return 0
        if mark != APPLICATION or version < 1:
            raise self.unreadable()
        if version > SCHEMA_VERSION:
            raise InputProblem(f"{self.path}: saved by a newer version of this program; use that version.")
        return int(version)

    def _look_for_damage(self) -> None:
        if self._database.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise self.unreadable()

    def _migrate(self, version: int) -> None:
        """Copy the file beside itself, then bring it to this version."""
        copy = self.path.with_name(f"{FILE}.version-{version}")
        unfinished = self.path.with_name(f"{copy.name}.unfinished")
        try:
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600)
            # a second connection: opening the file ourselves and closing it would let go of the lock on it
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(unfinished)) as target:
                source.backup(target)
            unfinished.replace(copy)
        except OSError as error:
            raise InputProblem(f"{copy}: cannot be written ({error.strerror or 'no reason given'})") from None
        finally:
            unfinished.unlink(missing_ok=True)  # half a copy of a person's record is of no use to anyone
        migrate_from_1(self._database)
        self.migrated = copy
