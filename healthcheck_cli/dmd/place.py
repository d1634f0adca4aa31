"""Puts the index where it belongs: whole or not at all, one import at a time, and takes it away again."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from healthcheck_cli.dmd.layout import is_index_there
from healthcheck_cli.errors import InputProblem, UsageProblem

_PART = ".dmd-"
_LOCK = "dmd.lock"


def remove_index(path: Path) -> bool:
    """Delete the index; False where there is none. Raises as :func:`written_whole` where that cannot be done."""
    if not is_index_there(path):
        return False
    try:
        with _alone(path.parent):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from None
    return True


@contextmanager
def written_whole(path: Path) -> Iterator[tuple[sqlite3.Connection, Callable[[], None]]]:
    """A new database beside ``path``, and what puts it in its place once it is whole. Else nothing of it is left.

    It is readable by its owner only. Raises InputProblem where it cannot be written, UsageProblem where another import
    is under way.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(path.parent):
            handle, name = tempfile.mkstemp(prefix=_PART, dir=path.parent)
            os.close(handle)
            part = Path(name)
            try:
                with closing(sqlite3.connect(part, isolation_level=None)) as database:
                    yield database, lambda: _place(database, part, path)
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(path, error) from None
    except sqlite3.OperationalError as error:
        raise InputProblem(f"{path}: the index cannot be written ({error})") from None


def _place(database: sqlite3.Connection, part: Path, path: Path) -> None:
    database.close()
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One import at a time. One that was killed lets go of the lock, and what it had begun is cleared away."""
    path = folder / _LOCK
    path.touch(mode=0o600, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise UsageProblem("Another import of dm+d is under way: wait until it has ended.") from None
        for left in folder.glob(f"{_PART}*"):
            left.unlink(missing_ok=True)
        yield


def _cannot_write(path: Path, error: OSError) -> InputProblem:
    return InputProblem(f"{path}: the index cannot be written ({error.strerror or 'no reason given'})")
