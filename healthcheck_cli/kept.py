"""Keeps what is slow to make and always comes out the same, so that the next run finds it made.

The clinical content is much YAML that is read and checked; kept, it is there in a twentieth of the time.
Nothing of a person is ever kept here. A file that is damaged, of another program or not the user's own is not used:
the thing is made again, which costs a second and never an answer.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")

_PACKAGE = Path(__file__).parent
_HEAD = b"healthcheck kept 1\n"
_DIGEST = hashlib.sha256().digest_size
_MOST_FILES = 4  # of one name: two checkouts and an installation do not push each other out
_ENDING = ".kept"
# What a kept file may hold besides the plain dataclasses and enumerations of this package.
_PLAIN = {("datetime", "date"), ("builtins", "frozenset"), ("builtins", "set"), ("collections", "OrderedDict")}


class Kept:
    """A folder of made things. With no folder nothing is kept and everything is made each time."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def get(self, name: str, made_from: Iterable[str], make: Callable[[], _T]) -> _T:
        """What was kept under ``name`` if the same program made it from the same texts; else what ``make`` gives.

        ``make`` must depend on the texts alone. What it raises is raised; trouble with the folder is not.

        >>> Kept().get("sum", ["1", "2"], lambda: 3)
        3
        """
        if self._folder is None:
            return make()
        path = self._folder / f"{name}-{_key(made_from)}{_ENDING}"
        with collector_paused():
            held = _read(path)
        if held is not None:
            return held[0]  # type: ignore[no-any-return]
        made = make()
        with contextlib.suppress(OSError):
            _write(path, made)
            _drop_older(self._folder, name)
        return made


@contextmanager
def collector_paused() -> Iterator[None]:
    """A great many objects that all stay are made: looking for garbage among them takes longer than making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _key(made_from: Iterable[str]) -> str:
    """One word for these texts, this program and this Python."""
    digest = hashlib.sha256(f"{sys.version}\0{_program()}".encode())
    for text in made_from:
        raw = text.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()[:32]


def _program() -> str:
    """The program's own files by size and time, so that what another version made is never taken for this one's."""
    files = sorted(_PACKAGE.rglob("*.py"))
    return "\n".join(f"{path} {(at := path.stat()).st_size} {at.st_mtime_ns}" for path in files)


def _read(path: Path) -> tuple[Any] | None:
    """What the file holds, in a tuple; None where there is no file that can be trusted and read."""
    try:
        with path.open("rb") as file:
            if not _is_the_users_own(os.fstat(file.fileno())):
                return None
            raw = file.read()
    except OSError:
        return None
    start = len(_HEAD) + _DIGEST
    body = memoryview(raw)[start:]
    if raw[: len(_HEAD)] != _HEAD or hashlib.sha256(body).digest() != raw[len(_HEAD) : start]:
        return None
    try:
        return (_Reader(io.BytesIO(body)).load(),)
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
        return None


def _is_the_users_own(status: os.stat_result) -> bool:
    """A pickle is only as good as its writer: a file that others can write to, or that another wrote, is not read."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not hasattr(os, "getuid"):  # Windows: the folder is the user's own by its access list
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class _Reader(pickle.Unpickler):
    """Reads the plain classes of this package and nothing that runs code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith("healthcheck_cli."):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError("a kept file holds something else than content")


def _write(path: Path, made: object) -> None:
    """Beside first, then in place: two runs at once never read half a file."""
    with collector_paused():
        body = pickle.dumps(made, protocol=5)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, written = tempfile.mkstemp(prefix=".making-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_HEAD + hashlib.sha256(body).digest() + body)
        Path(written).replace(path)
    finally:
        Path(written).unlink(missing_ok=True)


def _drop_older(folder: Path, name: str) -> None:
    files = sorted(folder.glob(f"{name}-*{_ENDING}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[_MOST_FILES:]:
        path.unlink(missing_ok=True)
