"""Asks a function about many people by running it for a few: those who differ in what it looked at.

A function is given a reader and may see a person only through it. What it read is known afterwards, so its result
holds for everybody who is the same in just that. It is run again for those who are not, until it was run for every
distinct person it can tell apart. So any function of the review of one person works on a register, unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Column, Pool, combinations

_W = TypeVar("_W")


class Reader:
    """One person, seen through columns that are made when they are first asked for. Notes what was looked at."""

    def __init__(self, columns: Callable[[str], Column[Any]]) -> None:
        self._columns = columns
        self.index = 0
        self.looked_at: dict[str, Column[Any]] = {}

    def read(self, name: str) -> Any:
        """What the column of that name holds for the person."""
        column = self.looked_at.get(name)
        if column is None:
            column = self.looked_at[name] = self._columns(name)
        return column.values[column.codes[self.index]]


def over_people(
    function: Callable[[Reader], _W],
    columns: Callable[[str], Column[Any]],
    length: int,
    among: NDArray[np.int64] | None = None,
    otherwise: Sequence[_W] = (),
) -> Column[_W]:
    """A column of ``function`` over ``length`` people, or over those ``among`` them; all others have what
    ``otherwise`` holds. It must give the same for the same readings; results must be hashable."""
    pool: Pool[_W] = Pool(otherwise)
    out = np.zeros(length, np.int32)
    asked = length if among is None else len(among)
    waiting: list[tuple[NDArray[np.int64] | None, frozenset[str]]] = [(among, frozenset())] if asked else []
    while waiting:
        who, same = waiting.pop()
        reader = Reader(columns)
        reader.index = 0 if who is None else int(who[0])
        result = function(reader)
        new = {name: it for name, it in reader.looked_at.items() if name not in same and not it.is_constant}
        if not new:
            out[slice(None) if who is None else who] = pool.code(result)
            continue
        count = length if who is None else len(who)
        parts = [(it.codes if who is None else it.codes[who], len(it.values)) for it in new.values()]
        groups = combinations(parts, count)
        table = np.zeros(len(groups.first), np.int32)
        undecided = []
        known = same | new.keys()
        for number, first in enumerate(groups.first):
            again = Reader(columns)
            again.index = int(first) if who is None else int(who[first])
            table[number] = pool.code(function(again))
            if any(name not in known and not it.is_constant for name, it in again.looked_at.items()):
                undecided.append(number)
        out[slice(None) if who is None else who] = table[groups.codes]
        for number in undecided:
            members = np.flatnonzero(groups.codes == number)
            waiting.append((members if who is None else who[members], known))
    return Column(out, pool.values)
