"""The folder of ``review --out``: whole or not there at all, and for its owner's eyes only."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from healthcheck_cli.errors import UsageProblem

_OURS = frozenset(
    {
        *("worklist.csv", "unrecognised.csv", "rejected.csv", "cohort.md", "cohort.html", "run.json", "plans"),
        *("people.parquet", "findings.parquet", "medicines.parquet", "unassessed.parquet"),
    }
)
"""Everything that a run leaves in its folder."""


def check_folder(path: Path, *, force: bool) -> None:
    """Fail before the work is done: :class:`UsageProblem` where the folder cannot be made, or is there already."""
    if not path.absolute().parent.is_dir():
        raise UsageProblem(f"{path}: the folder it is to be in is not there: make it first")
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise UsageProblem(f"{path}: this is no folder: choose another name")
    if path.exists() and not force:
        raise UsageProblem(f"{path}: there is such a folder already: choose another name, or give --force")


class OutputFolder:
    """A folder that is filled beside its place and put there when all of it is written.

    With ``force`` it takes the place of one that is there, unless that holds what this program never wrote there.
    """

    def __init__(self, path: Path, *, force: bool) -> None:
        check_folder(path, force=force)
        self._place = path.absolute()
        self._refuse_strangers()
        try:
            self.path = Path(tempfile.mkdtemp(prefix=".healthcheck-", dir=self._place.parent))
        except OSError as error:
            raise UsageProblem(f"{path}: cannot be made ({error.strerror or 'no reason given'})") from None

    def _refuse_strangers(self) -> None:
        """Only a folder that holds a run of ours and nothing else, or nothing at all, is replaced."""
        held = {it.name for it in self._place.iterdir()} if self._place.is_dir() else set()
        if held and ("run.json" not in held or held - _OURS):
            raise UsageProblem(f"{self._place.name}: this folder holds other files: choose another name")

    def __enter__(self) -> OutputFolder:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            return
        for file in self.path.rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
        old = Path(tempfile.mkdtemp(prefix=".healthcheck-", dir=self._place.parent)) / "old"
        if self._place.exists():
            self._place.rename(old)
        self.path.rename(self._place)
        shutil.rmtree(old.parent, ignore_errors=True)


def private(path: Path) -> Path:
    """A new file that only its owner can read."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return path
