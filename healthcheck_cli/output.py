"""Writes a result to a file: whole or not at all, for its owner's eyes only, never over another file unasked."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from healthcheck_cli.errors import UsageProblem

_TAKEN = "{path}: there is such a file already: choose another name, or give --force"


def check_writable(path: Path, *, force: bool) -> None:
    """Fail before the work is done, not after it: raises :class:`UsageProblem` as :func:`write_output` would."""
    if not path.parent.is_dir():
        raise UsageProblem(f"{path}: the folder is not there: make it first")
    if not force and (path.exists() or path.is_symlink()):
        raise UsageProblem(_TAKEN.format(path=path))


def emit(text: str, path: Path | None, *, force: bool) -> None:
    """Write ``text`` to standard output, or to ``path`` where one is given."""
    if path is not None:
        write_output(text, path, force=force)
        return
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def write_output(text: str, path: Path, *, force: bool = False) -> None:
    """Write ``text`` as UTF-8 to ``path`` with mode 0600. A reader sees the whole text or nothing.

    Raises :class:`UsageProblem` where the folder is not there or not writable, or where the file is there already and
    ``force`` is not given.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".healthcheck-", dir=path.parent)
    except OSError as error:
        raise UsageProblem(f"{path}: the folder cannot be written to ({error.strerror})") from None
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(written, path, force=force)
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        written.unlink(missing_ok=True)


def _put_in_place(written: Path, path: Path, *, force: bool) -> None:
    try:
        if force:
            written.replace(path)
        else:
            _link(written, path)
    except FileExistsError:
        raise UsageProblem(_TAKEN.format(path=path)) from None


def _link(written: Path, path: Path) -> None:
    """A hard link fails if the name is taken, in one step. Where the disk has no hard links, look first."""
    try:
        path.hardlink_to(written)
    except FileExistsError:
        raise
    except OSError:
        if path.exists() or path.is_symlink():
            raise FileExistsError from None
        written.replace(path)
