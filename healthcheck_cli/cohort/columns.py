"""Columns over many people (or lines): a small number for each, and what each number stands for.

A register repeats itself: five million lines hold a few thousand texts, and a rule sees only a handful of different
people. So everything is kept as the codes of distinct values, and a function is called once for each distinct
combination of its inputs. The functions are those of the review of one person; here they are only spread out.

The columns of a part of an extract have the codes of the whole. So what a function gave for one part is known for the
next (:class:`Known`), where its inputs keep their codes too: those of an extract, and all that are made with one Known.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import repeat
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[Any]
"""Whole numbers from 0, in the smallest type that holds them."""

Share = Callable[[Callable[[int], Any], Sequence[int]], tuple[Sequence[int], Sequence[Any]]]
"""Calls a function with each of some numbers: for each the number of its result, and the distinct results."""

_V = TypeVar("_V")
_W = TypeVar("_W")

_LOOKED_AT = 100  # codes that tell which is the usual one
_KINDS = 1 << 16  # values; of a column with more, none is usual
_ROOM = 8  # a table of combinations may have so many times as many places as there are rows; beyond it they are sorted


def _smallest(values: int) -> type[Any]:
    """The type for the codes of so many values."""
    return np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.int32


@dataclass(frozen=True)
class Column(Generic[_V]):
    """One value for each person or line: ``values[codes[i]]``. Values are distinct.

    ``lasting``: does a code stand for the same in every part of the extract?"""

    codes: Codes
    values: Sequence[_V]
    lasting: bool = True

    def __post_init__(self) -> None:
        small = _smallest(len(self.values))
        if self.codes.dtype != small:  # a register has hundreds of columns: each takes as little room as it can
            object.__setattr__(self, "codes", self.codes.astype(small))

    @classmethod
    def constant(cls, value: _V, length: int) -> Column[_V]:
        """The same value for everybody."""
        return cls(np.zeros(length, np.uint8), [value])

    @cached_property
    def usual(self) -> int:
        """The code that most have, as far as some of them tell."""
        some = self.codes[:: max(1, len(self.codes) // _LOOKED_AT)]
        return int(np.bincount(some).argmax()) if len(self.values) <= _KINDS else 0

    @cached_property
    def unusual(self) -> NDArray[np.int64]:
        """The places of all that have another."""
        return np.flatnonzero(self.codes != self.usual)

    @cached_property
    def mostly_alike(self) -> bool:
        """Have so many the usual code that it is worth while to look at the others only?"""
        return len(self.values) <= _KINDS and 2 * len(self.unusual) <= len(self.codes)

    def at(self, index: int) -> _V:
        """The value of one person or line."""
        return self.values[int(self.codes[index])]

    def where(self, wanted: Callable[[_V], bool]) -> NDArray[np.bool_]:
        """For whom the value is wanted; asked once for each distinct value."""
        return np.fromiter(map(wanted, self.values), bool, len(self.values))[self.codes]

    def taken(self, indexes: NDArray[Any]) -> Column[_V]:
        """The column of some only, or in another order."""
        return Column(self.codes[indexes], self.values, self.lasting)

    def mapped(
        self, function: Callable[[_V], _W], known: Known[_W] | None = None, share: Share | None = None
    ) -> Column[_W]:
        """The column of what a function makes of each value. Results must be hashable; ``share`` as for
        :func:`by_distinct`."""
        known = Known() if known is None else known
        table = known.of_values(self.values, function, share)
        return Column(table.astype(_smallest(len(known.values)))[self.codes], known.values)


def only_where(flags: NDArray[np.bool_], column: Column[Any]) -> Column[Any]:
    """The column where the flags are set, and None elsewhere."""
    return Column(np.where(flags, column.codes.astype(np.int32) + 1, 0), [None, *column.values], column.lasting)


class EachOwn(Sequence[tuple[_V, ...]]):
    """A list for each of some who have one, made when it is looked at; the first is of all who have none.

    Codes of such a column tell everybody apart, and are not the same in another extract of the same people.
    """

    def __init__(self, edges: NDArray[np.int64], who: NDArray[np.int64], made: Callable[[int], _V]) -> None:
        """``made(i)`` for i from ``edges[w]`` up to ``edges[w + 1]`` are what the list of ``w`` holds."""
        self._edges, self._who, self._made = edges, who, made

    def __len__(self) -> int:
        return len(self._who) + 1

    def __getitem__(self, code: Any) -> Any:
        if code == 0:
            return ()
        one = int(self._who[code - 1])
        return tuple(self._made(index) for index in range(int(self._edges[one]), int(self._edges[one + 1])))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How long each list is."""
        return np.append(0, np.diff(self._edges)[self._who])


def each_own(edges: NDArray[np.int64], made: Callable[[int], _V]) -> Column[tuple[_V, ...]]:
    """The column of everybody's own list, as in :class:`EachOwn`."""
    has = np.diff(edges) > 0
    codes = np.where(has, np.cumsum(has), 0).astype(np.int32)
    return Column(codes, EachOwn(edges, np.flatnonzero(has), made), lasting=False)


def lengths_of(column: Column[tuple[Any, ...]]) -> NDArray[np.int64]:
    """How long the list of each is."""
    values = column.values
    lengths = values.lengths if isinstance(values, EachOwn) else np.fromiter(map(len, values), np.int64, len(values))
    return lengths[column.codes] if len(lengths) else np.zeros(len(column.codes), np.int64)


class Pool(Generic[_V]):
    """Gives each distinct value a code, in order of first sight."""

    def __init__(self, values: Iterable[_V] = ()) -> None:
        self.values: list[_V] = []
        self._codes: dict[Hashable, int] = {}
        for value in values:
            self.code(value)

    def code(self, value: _V) -> int:
        """The code of a value, which must be hashable."""
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = len(self.values)
            self.values.append(value)
        return found


class _Each(Generic[_V]):
    """Gives each value a code of its own: for values that cannot be compared."""

    def __init__(self) -> None:
        self.values: list[_V] = []

    def code(self, value: _V) -> int:
        """The code of a value."""
        self.values.append(value)
        return len(self.values) - 1


class Known(Generic[_V]):
    """What a function gave, by the codes of what it was given; it is not asked the same again."""

    def __init__(self, pool: Pool[_V] | None = None, *, comparable: bool = True) -> None:
        """``pool``: where its results have their codes, with those of other functions. ``comparable``: may two
        results be told to be the same?"""
        made: Pool[_V] | _Each[_V] = Pool() if comparable else _Each()
        self._pool = made if pool is None else pool
        self._codes: dict[Any, int] = {}
        self._of_values: NDArray[np.int32] = np.zeros(0, np.int32)
        self._of_codes: NDArray[np.int32] = np.zeros(0, np.int32)

    @property
    def values(self) -> list[_V]:
        """All results so far."""
        return self._pool.values

    def code(self, given: Hashable, made: Callable[[], _V]) -> int:
        """The code of the result for what was given."""
        found = self._codes.get(given)
        if found is None:
            found = self._codes[given] = self._pool.code(made())
        return found

    def of_keys(
        self, given: Sequence[Hashable], made: Callable[[int], _V], share: Share | None = None
    ) -> NDArray[np.int32]:
        """The codes of the results for each of those given; ``made(place)`` gives the result for one of them.
        ``share`` as for :func:`by_distinct`."""
        found = list(map(self._codes.get, given))
        new = [place for place, code in enumerate(found) if code is None]
        for place, code in zip(new, self._codes_of(made, new, share), strict=True):
            found[place] = self._codes[given[place]] = code
        return np.array(found, np.int32)

    def of_column(self, column: Column[Any], made: Callable[[int], _V]) -> Codes:
        """The codes of the results for each of a column, of which they hang on nothing else; ``made(index)``."""
        more = len(column.values) - len(self._of_codes)
        if more > 0:
            self._of_codes = np.append(self._of_codes, np.full(more, -1, np.int32))
        found = self._of_codes[column.codes]
        new = np.flatnonzero(found < 0)
        if len(new):
            _, first = _numbered(column.codes[new].astype(np.int64), len(column.values))
            results = [self._pool.code(made(index)) for index in new[first].tolist()]
            self._of_codes[column.codes[new[first]]] = results
            found = self._of_codes[column.codes]
        return found.astype(_smallest(len(self.values)))

    def anew(self, value: _V) -> int:
        """The code of a result that is not remembered, as it will not be asked for again."""
        return self._pool.code(value)

    def of_values(
        self, values: Sequence[Any], function: Callable[[Any], _V], share: Share | None = None
    ) -> NDArray[np.int32]:
        """The codes of the results for each value of a column, which may have got more values since."""
        new = range(len(self._of_values), len(values))
        if len(new):
            codes = self._codes_of(lambda place: function(values[place]), new, share)
            self._of_values = np.append(self._of_values, np.fromiter(codes, np.int32, len(new)))
        return self._of_values

    def _codes_of(self, made: Callable[[int], _V], places: Sequence[int], share: Share | None) -> Iterable[int]:
        if share is None:
            return (self._pool.code(made(place)) for place in places)
        numbers, results = share(made, places)
        codes = [self._pool.code(result) for result in results]
        return (codes[number] for number in numbers)


@dataclass(frozen=True)
class Combinations:
    """The distinct combinations of some codes: ``codes`` numbers them, ``first`` is one index for each."""

    codes: Codes
    first: NDArray[np.int64]


def combinations(parts: Sequence[tuple[Codes, int]], length: int) -> Combinations:
    """The distinct combinations of several columns of codes, each with how many codes it may hold.

    >>> found = combinations([(np.array([0, 1, 0], np.int32), 2), (np.array([5, 5, 5], np.int32), 6)], 3)
    >>> found.codes.tolist(), found.first.tolist()
    ([0, 1, 0], [0, 1])
    """
    if length == 0:
        return Combinations(np.zeros(0, np.int32), np.zeros(0, np.int64))
    key = np.zeros(length, np.int64)
    size, most = 1, 1 << (62 - length.bit_length())  # so that a row's place has room beside its key
    for codes, count in parts:
        if count < 2:
            continue
        if size * count > most:
            key, size = _dense(key, size)
        key *= count
        key += codes
        size *= count
    codes_, first = _numbered(key, size)
    return Combinations(codes_, first)


def _numbered(key: NDArray[np.int64], size: int) -> tuple[Codes, NDArray[np.int64]]:
    if size > _ROOM * len(key):
        return _numbered_by_sorting(key)
    some = np.full(size, -1, np.int64)
    some[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    present = np.flatnonzero(some >= 0)
    table = np.zeros(size, np.int32)
    table[present] = np.arange(len(present), dtype=np.int32)
    return table[key], some[present]


def _numbered_by_sorting(key: NDArray[np.int64]) -> tuple[Codes, NDArray[np.int64]]:
    """As numbers with their places in the lower bits are sorted: many times as fast as to sort places by numbers."""
    bits = len(key).bit_length()
    ordered = np.sort(key << bits | np.arange(len(key)))
    places = ordered & (1 << bits) - 1
    ordered >>= bits
    begins = np.ones(len(key), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    codes = np.empty(len(key), np.int32)
    codes[places] = np.cumsum(begins, dtype=np.int32) - 1
    return codes, places[begins]


def _dense(key: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], int]:
    codes, first = _numbered(key, size)
    return codes.astype(np.int64), len(first)


def by_distinct(
    function: Callable[[int], _W],
    columns: Sequence[Column[Any]],
    length: int,
    known: Known[_W] | None = None,
    share: Share | None = None,
) -> Column[_W]:
    """A column of ``function(index)``, called for one index of each distinct combination of ``columns``.

    ``function`` may look at nothing of the index but these columns; results must be hashable, if ``known`` does not
    say otherwise. ``share``: what shares the calls among processors, of a function that takes long.
    """
    known = Known() if known is None else known
    if not all(column.lasting for column in columns):
        return Column(_by_groups(columns, np.arange(length), partial(_anew, known, function)), known.values)
    if len(columns) == 1:
        return Column(known.of_column(columns[0], function), known.values)

    def of_groups(keys: Sequence[tuple[int, ...]], indexes: Sequence[int]) -> NDArray[np.int32]:
        return known.of_keys(keys, lambda place: function(indexes[place]), share)

    if not length or not all(column.mostly_alike for column in columns):
        return Column(_by_groups(columns, np.arange(length), of_groups), known.values)
    unlike = np.zeros(length, bool)
    for column in columns:
        unlike[column.unusual] = True
    codes = np.zeros(length, np.int32)
    if not unlike.all():
        codes[:] = of_groups([tuple(column.usual for column in columns)], [int(unlike.argmin())])[0]
    others = np.flatnonzero(unlike)
    codes[others] = _by_groups(columns, others, of_groups)
    return Column(codes, known.values)


def _anew(
    known: Known[_W], function: Callable[[int], _W], _: Sequence[tuple[int, ...]], indexes: Sequence[int]
) -> NDArray[np.int32]:
    return np.fromiter((known.anew(function(index)) for index in indexes), np.int32, len(indexes))


def _by_groups(
    columns: Sequence[Column[Any]],
    who: NDArray[np.int64],
    of_groups: Callable[[Sequence[tuple[int, ...]], Sequence[int]], NDArray[np.int32]],
) -> Codes:
    """What ``of_groups`` gives for each of some people or lines; it is handed one of each group of those who are alike,
    with the codes that these have."""
    taken = [column.codes if len(who) == len(column.codes) else column.codes[who] for column in columns]
    groups = combinations([(codes, len(it.values)) for codes, it in zip(taken, columns, strict=True)], len(who))
    given, indexes = zip(*keyed(columns, who[groups.first]), strict=True) if len(who) else ((), ())
    found = of_groups(given, indexes)
    return found.astype(_smallest(int(found.max(initial=0)) + 1))[groups.codes]


def keyed(columns: Sequence[Column[Any]], indexes: NDArray[Any]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Each index with the codes that the columns have there."""
    codes = [column.codes[indexes].tolist() for column in columns]
    return zip(zip(*codes, strict=True) if codes else repeat((), len(indexes)), indexes.tolist(), strict=True)
