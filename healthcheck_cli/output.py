"""Writes a result to a file: whole or not at all, for its owner's eyes only, never over another file unasked."""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.shown_text import visible

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_TAKEN = "{path}: there is such a file already: choose another name, or give --force"


def check_writable(path: Path | None, *, force: bool) -> None:
    """Fail before the work is done, not after it: raises :class:`UsageProblem` as :func:`write_output` would.

    No path means standard output. What is there and is no file (a device, a pipe) is refused even with ``force``:
    it would be replaced by a file.
    """
    if path is None:
        return
    try:
        if not stat.S_ISDIR(path.parent.stat().st_mode):
            raise UsageProblem(f"{path.parent}: this is no folder")
        there = path.lstat()
    except FileNotFoundError:
        if not path.parent.exists():
            raise UsageProblem(f"{path}: the folder is not there: make it first") from None
        return
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be written ({error.strerror or 'no reason given'})") from None
    if not (stat.S_ISREG(there.st_mode) or stat.S_ISLNK(there.st_mode)):
        raise UsageProblem(f"{path}: this is not a file: leave -o out and redirect standard output to it")
    if not force:
        raise UsageProblem(_TAKEN.format(path=path))


def refuse_input(path: Path | None, inputs: Iterable[str], *, inside: bool = False) -> None:
    """Raise :class:`UsageProblem` where ``path``, which is to be written, is an input: ``--force`` would destroy the
    record that was to be reviewed. ``inside``: also where it is a folder that holds one."""
    if path is None:
        return
    for given in map(Path, inputs):
        if inside and Path(os.path.realpath(path)) in Path(os.path.realpath(given)).parents:
            raise UsageProblem(f"{path}: this folder holds an input: choose another name")
        if _is_same(path, given):
            raise UsageProblem(f"{path}: this is an input: choose another name")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def emit(text: str, path: Path | None, *, force: bool) -> None:
    """Write ``text`` to standard output, or to ``path`` where one is given.

    A reader that has gone (``| head``) is no failure: the exit code is what it would have been. Raises
    :class:`UsageProblem` where the text cannot be written.
    """
    if path is not None:
        write_output(text, path, force=force)
        return
    if sys.stdout is None:
        raise UsageProblem("standard output is closed: open it, or write to a file with -o")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        reader_has_gone()
    except OSError as error:
        reader_has_gone()
        raise UsageProblem(f"standard output: cannot be written to ({error.strerror or 'no reason given'})") from None


def guarded_cell(text: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula, and that cannot steer a terminal.

    >>> guarded_cell("=1+1"), guarded_cell("-"), guarded_cell("senna"), guarded_cell("A\\x1b[2J1")
    ("'=1+1", '-', 'senna', 'A[2J1')
    """
    return no_formula(visible(text))


def no_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula; for a file that is read
    back, and must then say what was written."""
    return f"'{text}" if text != "-" and _FORMULA.match(text) else text


def reader_has_gone() -> None:
    """Let what is still to be written to standard output go nowhere, so that closing it does not fail."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def write_output(text: str, path: Path, *, force: bool = False) -> None:
    """Write ``text`` as UTF-8 to ``path`` with mode 0600. A reader sees the whole text or nothing.

    Raises :class:`UsageProblem` where the folder is not there or not writable, or where the file is there already and
    ``force`` is not given.
    """
    check_writable(path, force=force)
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
