"""Asks a function about many people by running it for a few: those who differ in what it looked at.

A function is given a reader and may see a person only through it. What it read is known afterwards, so its result
holds for everybody who is the same in just that. It is run again for those who are not, until it was run for every
distinct person it can tell apart. So any function of the review of one person works on a register, unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Column, Pool, combinations, keyed

_W = TypeVar("_W", bound=Hashable)
_Columns = Callable[[str], Column[Any]]
_People = NDArray[np.int64]

_FEW = 24  # people that are looked at one by one, as that is quicker than to tell them apart together
_FEW_GROUPS = 4  # that are looked for one by one, for the same reason


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

    def __init__(self, names: tuple[str, ...], before: frozenset[str]) -> None:
        self.names = names
        self.known = before.union(names)
        self.after: dict[tuple[int, ...], int | _Step] = {}


class Traced(Generic[_W]):
    """One function: what it looked at and what it gave, so far."""

    def __init__(self, pool: Pool[_W]) -> None:
        """``pool``: where its results have their codes. Of whom it is not asked has the first of them."""
        self._pool = pool
        self._first = _Step((), frozenset())

    def over_people(
        self,
        function: Callable[[Reader], _W],
        columns: _Columns,
        length: int,
        among: _People | None = None,
    ) -> Column[_W]:
        """A column of ``function`` over ``length`` people, or over those ``among`` them; all others have the first
        value of the pool. It must give the same for the same readings; results must be hashable."""
        asking = _Asking(self._pool, function, columns, np.zeros(length, np.int32))
        if among is not None and 2 * len(among) < length:
            asking.of_some(among, self._first)
        elif length:
            left_out = np.zeros(length, bool)
            if among is not None:
                left_out[:] = True
                left_out[among] = False
            asking.of_most(self._first, left_out)
        return Column(asking.out, self._pool.values)


class _Asking(Generic[_W]):
    """One function on its way through the people of one extract; ``out``: the codes of its results."""

    def __init__(
        self, pool: Pool[_W], function: Callable[[Reader], _W], columns: _Columns, out: NDArray[np.int32]
    ) -> None:
        self._pool = pool
        self._function = function
        self._columns = columns
        self.out = out

    def of_most(self, step: _Step, others: NDArray[np.bool_]) -> None:
        """All but some ``others``. Most people are as most are, in whatever is looked at: while that is so, only those
        are looked at who are not, and join the others."""
        while not others.all():
            read, after = self._looked_at(step)
            if not all(it.mostly_alike for it in read):
                self.of_some(np.flatnonzero(~others), step)
                return
            unlike = np.zeros(len(others), bool)
            for it in read:
                unlike[it.unusual] = True
            self.of_some(np.flatnonzero(unlike & ~others), step)
            others |= unlike
            if others.all():
                return
            found = self._found(step, after, tuple(it.usual for it in read), int(others.argmin()))
            if not isinstance(found, _Step):
                self.out[~others] = found
                return
            step = found

    def of_some(self, who: _People, step: _Step) -> None:
        """Those people, who are alike in all that was looked at before the step."""
        waiting = [(who, step)] if len(who) else []
        while waiting:
            who, step = waiting.pop()
            waiting += (self._one_by_one if len(who) <= _FEW else self._in_groups)(who, step)

    def _one_by_one(self, who: _People, step: _Step) -> list[tuple[_People, _Step]]:
        read, after = self._looked_at(step)
        further: dict[_Step, list[int]] = {}
        for key, index in keyed(read, who):
            found = self._found(step, after, key, index)
            if isinstance(found, _Step):
                further.setdefault(found, []).append(index)
            else:
                self.out[index] = found
        return [(np.array(some), then) for then, some in further.items()]

    def _in_groups(self, who: _People, step: _Step) -> list[tuple[_People, _Step]]:
        """People told apart by what the function looks at in this step; those groups that it has to look at more
        closely."""
        read, after = self._looked_at(step)
        codes = [it.codes if len(who) == len(it.codes) else it.codes[who] for it in read]
        groups = combinations([(some, len(it.values)) for some, it in zip(codes, read, strict=True)], len(who))
        table = np.zeros(len(groups.first), np.int32)
        further = []
        for number, (key, index) in enumerate(keyed(read, who[groups.first])):
            found = self._found(step, after, key, index)
            if isinstance(found, _Step):
                further.append((number, found))
            else:
                table[number] = found
        self.out[who] = table[groups.codes]
        members = _members(groups.codes, len(table), [number for number, _ in further])
        return [(who[some], then) for some, (_, then) in zip(members, further, strict=True)]

    def _looked_at(self, step: _Step) -> tuple[list[Column[Any]], dict[tuple[int, ...], int | _Step]]:
        """The columns of a step, and what is known to come after it: nothing where codes do not last."""
        read = [self._columns(name) for name in step.names]
        return read, step.after if all(it.lasting for it in read) else {}

    def _found(
        self, step: _Step, after: dict[tuple[int, ...], int | _Step], key: tuple[int, ...], index: int
    ) -> int | _Step:
        """What comes after a step for whom the codes of ``key`` are found, as for the person ``index``."""
        found = after.get(key)
        if found is None:
            found = after[key] = self._asked(index, step.known)
        return found

    def _asked(self, index: int, known: frozenset[str]) -> int | _Step:
        """Run the function for one person: its result, or the step that it takes beyond what is told apart already."""
        reader = Reader(self._columns, index)
        result = self._pool.code(self._function(reader))
        beyond = {name: code for name, code in reader.looked_at.items() if name not in known}
        if not beyond:
            return result
        step = _Step(tuple(beyond), known)
        step.after[tuple(beyond.values())] = result
        return step


def _members(numbers: NDArray[Any], groups: int, wanted: Sequence[int]) -> list[NDArray[np.int64]]:
    """The places of each of the groups that are wanted."""
    if len(wanted) <= _FEW_GROUPS:
        return [np.flatnonzero(numbers == number) for number in wanted]
    order = np.argsort(numbers, kind="stable")
    members = np.split(order, np.searchsorted(numbers[order], np.arange(1, groups)))
    return [members[number] for number in wanted]
