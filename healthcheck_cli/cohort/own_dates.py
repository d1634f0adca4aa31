"""What a line's own start and days of issue say, beside no other line: when it was begun, how often it was issued."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column, Known, by_distinct, lengths_of
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.lines import Flags, Lines
from healthcheck_cli.medicines.models import MedicineRead


class OwnDates:
    """Asks functions of lines, once for each start where no issues are listed, and once for each line where some are:
    hardly two lines have the same issues."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._codes: dict[str, Codes] = {}

    def of(self, name: str, made: Callable[[MedicineRead], Any], lines: Places, known: Known[Any]) -> Column[Any]:
        """The column of a function of these lines, of which it may look at the start, the issues and their supplies.
        ``name`` stands for the function; ``known`` as for :func:`by_distinct`."""
        if name not in self._codes:
            self._codes[name] = np.full(len(self._lines), -1, np.int32)
        codes, rows = self._codes[name], self._lines.rows
        new = lines[codes[lines] < 0]
        with_issues: list[Column[Any]] = [rows.start, rows.issues, self._lines.directions, rows.quantity]
        for some, columns in (
            (new[~self._issued[new]], [rows.start]),
            (new[self._issued[new]], with_issues),
        ):
            if len(some):
                codes[some] = self._made(made, some, [column.taken(some) for column in columns], known).codes
        return Column(codes[lines], known.values)

    def _made(
        self, made: Callable[[MedicineRead], Any], lines: Places, columns: list[Column[Any]], known: Known[Any]
    ) -> Column[Any]:
        read = self._lines.read_but_ingredients
        return by_distinct(lambda index: made(read(int(lines[index]))), columns, len(lines), known)

    @cached_property
    def _issued(self) -> Flags:
        return np.asarray(lengths_of(self._lines.rows.issues) > 0)
