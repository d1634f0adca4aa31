"""Asks a function about many people by running it for a few: those who differ in what it looked at.

A function is given a reader and may see a person only through it. What it read is known afterwards, so its result
holds for everybody who is the same in just that. It is run again for those who are not, until it was run for every
distinct person it can tell apart. So any function of the review of one person works on a register, unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Column, Pool, combinations, keyed

_W = TypeVar("_W", bound=Hashable)
_Columns = Callable[[str], Column[Any]]


class Reader:
    """One person, seen through columns that are made when they are first asked for. Notes what was looked at."""

    def __init__(self, columns: _Columns, index: int) -> None:
        self._columns = columns
        self._index = index
        self.looked_at: dict[str, int] = {}
        """The names of what was looked at, each with the code that was found."""

    def read(self, name: str) -> Any:
        """What the column of that name holds for the person."""
        column = self._columns(name)
        code = self.looked_at[name] = int(column.codes[self._index])
        return column.values[code]


class _Step:
    """What a function looks at next, having looked at what led here; ``after``: by the codes that it may find, the
    code of its result or a further step."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.after: dict[tuple[int, ...], int | _Step] = {}


class Traced(Generic[_W]):
    """One function: what it looked at and what it gave, so far."""

    def __init__(self, pool: Pool[_W]) -> None:
        """``pool``: where its results have their codes. Of whom it is not asked has the first of them."""
        self._pool = pool
        self._first = _Step(())

    def over_people(
        self,
        function: Callable[[Reader], _W],
        columns: _Columns,
        length: int,
        among: NDArray[np.int64] | None = None,
    ) -> Column[_W]:
        """A column of ``function`` over ``length`` people, or over those ``among`` them; all others have the first
        value of the pool. It must give the same for the same readings; results must be hashable."""
        out = np.zeros(length, np.int32)
        who = np.arange(length) if among is None else among
        waiting = [(who, self._first, frozenset[str]())] if len(who) else []
        while waiting:
            who, step, before = waiting.pop()
            table, numbers, further = self._one_step(function, columns, who, step, before)
            out[who] = table[numbers]
            known = before.union(step.names)
            members = _members(numbers, len(table)) if further else []
            waiting += [(who[members[number]], then, known) for number, then in further]
        return Column(out, self._pool.values)

    def _one_step(
        self,
        function: Callable[[Reader], _W],
        columns: _Columns,
        who: NDArray[np.int64],
        step: _Step,
        before: frozenset[str],
    ) -> tuple[NDArray[np.int32], NDArray[Any], list[tuple[int, _Step]]]:
        """People told apart by what the function looks at in this step: the code of the result of each group, the
        group of each person, and those groups that it has to look at more closely."""
        read = [columns(name) for name in step.names]
        everybody = len(read) > 0 and len(who) == len(read[0].codes)
        codes = [it.codes if everybody else it.codes[who] for it in read]
        groups = combinations([(some, len(it.values)) for some, it in zip(codes, read, strict=True)], len(who))
        after = step.after if all(it.lasting for it in read) else {}
        table = np.zeros(len(groups.first), np.int32)
        further = []
        for number, (key, index) in enumerate(keyed(read, who[groups.first])):
            if key not in after:
                after[key] = self._asked(function, Reader(columns, index), before.union(step.names))
            found = after[key]
            if isinstance(found, _Step):
                further.append((number, found))
            else:
                table[number] = found
        return table, groups.codes, further

    def _asked(self, function: Callable[[Reader], _W], reader: Reader, before: frozenset[str]) -> int | _Step:
        """Run the function for one person: its result, or the step that it takes beyond what is told apart already."""
        result = self._pool.code(function(reader))
        beyond = {name: code for name, code in reader.looked_at.items() if name not in before}
        if not beyond:
            return result
        step = _Step(tuple(beyond))
        step.after[tuple(beyond.values())] = result
        return step


def _members(numbers: NDArray[Any], groups: int) -> list[NDArray[np.int64]]:
    """The places of each group."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, groups)))
