"""Where the rows of a finding come from, as numbers that are the same for everybody."""

from __future__ import annotations

from typing import Any

from healthcheck_cli.cohort.columns import Pool


class RowSources:
    """Numbers for where rows of a finding come from: a call, a group beside medicines, a scale, the lines nobody could
    name. They are negative, so that they are not taken for rows, and stand for different rows in each person."""

    def __init__(self) -> None:
        self._pool: Pool[tuple[str, Any]] = Pool()

    def number(self, kind: str, of: object) -> int:
        """The number of a source."""
        return -1 - self._pool.code((kind, of))

    def source(self, number: int) -> tuple[str, Any]:
        """What a number stands for."""
        return self._pool.values[-1 - number]
