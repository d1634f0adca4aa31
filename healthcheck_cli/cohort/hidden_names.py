"""Names of inputs that say nothing: a file may be named after the person it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from healthcheck_cli.cohort.extract import Extract, Rows
from healthcheck_cli.ledger import Companion, InputFile, RejectedRow

_R = TypeVar("_R", bound=Rows)
_UNKNOWN = "input"


class HiddenNames:
    """The inputs of a command by their places: ``input-1``, ``input-2``, and ``input-2/3`` in an archive."""

    def __init__(self, inputs: Sequence[InputFile]) -> None:
        self._shown = {it.name: f"{_UNKNOWN}-{it.place}" for it in inputs}
        self._inputs = tuple(replace(it, name=self._shown[it.name]) for it in inputs)

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """The inputs under these names."""
        return self._inputs

    def of(self, file: str) -> str:
        """What stands for a file, also where the file is named with a line in it."""
        name = file if file in self._shown else file.rpartition(":")[0]
        return self._shown.get(name, _UNKNOWN)

    def rejected(self, rows: Sequence[RejectedRow]) -> tuple[RejectedRow, ...]:
        """The rows under these names."""
        return tuple(replace(it, file=self.of(it.file)) for it in rows)

    def companions(self, files: Sequence[Companion]) -> tuple[Companion, ...]:
        """The files and their rows under these names."""
        return tuple(replace(it, file=self.of(it.file), rejected=self.rejected(it.rejected)) for it in files)

    def extract(self, extract: Extract) -> Extract:
        """The extract with these names for where its rows stand."""
        return replace(
            extract,
            medicines=self._rows(extract.medicines),
            problems=self._rows(extract.problems),
            observations=self._rows(extract.observations),
        )

    def _rows(self, rows: _R) -> _R:
        return replace(rows, file=rows.file.mapped(self.of))
