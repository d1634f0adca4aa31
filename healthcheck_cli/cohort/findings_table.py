"""The findings of a part of an extract as columns: what each is about, and why, as texts made once for many people.

A rule that fired in one way has the same reasons in everybody: only the rows differ. So the text is a pattern, into
which the rows of each person are set.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Pool
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import Told
from healthcheck_cli.cohort.verdicts import Fired, Reason
from healthcheck_cli.content.models import Rule

_ROW_BITS = 40  # of a number that is made of a place and a row


@dataclass(frozen=True)
class Way:
    """One way in which one rule fired."""

    rule: Rule
    fired: Fired


@dataclass(frozen=True)
class FindingColumns:
    """The findings in the order of people and, within one, of the ids of rules. ``way``: places in ``ways``;
    ``because`` and ``rows``: texts, rows with commas between; ``themes`` and ``stands_for``: codes, with their lists.
    """

    ways: Sequence[Way]
    person: Places
    way: Places
    because: Any
    rows: Any
    themes: tuple[Places, Sequence[Sequence[str]]]
    stands_for: tuple[Places, Sequence[Sequence[str]]]


def finding_columns(reviewed: ReviewedExtract, told: Told) -> FindingColumns:
    """Everything of every finding that is shown."""
    ways = [Way(it.rule, fired) for it in reviewed.verdicts for fired in it.fired.values]
    starts = np.cumsum([0, *(len(it.fired.values) for it in reviewed.verdicts)])
    way = (starts[told.verdict] + told.how).astype(np.int64)
    ids = sorted({it.rule.id for it in ways})
    rank = np.array([ids.index(it.rule.id) for it in ways], np.int64)
    order = np.lexsort((rank[way], told.person)) if len(way) else way
    merged = {finding: [int(starts[verdict]) + how for verdict, how in them] for finding, them in told.merged.items()}
    texts = _Texts(reviewed, told.person, way, merged, ways)
    themes, stands_for = _themes(way, merged, ways), _stands_for(told)
    return FindingColumns(
        ways,
        told.person[order],
        way[order],
        texts.because[order],
        texts.rows[order],
        (themes[0][order], themes[1]),
        (stands_for[0][order], stands_for[1]),
    )


def _themes(
    way: Places, merged: Mapping[int, Sequence[int]], ways: Sequence[Way]
) -> tuple[Places, Sequence[Sequence[str]]]:
    """The themes of each finding: those of its rule, then those of rules whose reasons it tells."""
    pool: Pool[tuple[str, ...]] = Pool()
    codes = np.array([pool.code(tuple(it.rule.themes)) for it in ways], np.int64)[way] if len(way) else way
    for finding, others in merged.items():
        several = (theme for it in (int(way[finding]), *others) for theme in ways[it].rule.themes)
        codes[finding] = pool.code(tuple(dict.fromkeys(several)))
    return codes, pool.values


def _stands_for(told: Told) -> tuple[Places, Sequence[Sequence[str]]]:
    """The ids of other rules that each finding stands for."""
    pool: Pool[tuple[str, ...]] = Pool([()])
    codes = np.zeros(len(told.person), np.int64)
    for finding, others in told.stands_for.items():
        codes[finding] = pool.code(tuple(others))
    return codes, pool.values


class _Texts:
    """The texts of findings. An *entry* is a finding with a way whose reasons it tells: its own, then those of others.
    Entries are sorted by way; a *slot* is for the rows that some sources give one entry. A way has slots for each set
    of sources among its reasons and for all it is about, which are often the same."""

    def __init__(
        self,
        reviewed: ReviewedExtract,
        person: Places,
        way: Places,
        merged: Mapping[int, Sequence[int]],
        ways: Sequence[Way],
    ) -> None:
        self._reviewed = reviewed
        self._ways = ways
        self._merged = merged
        told_too = np.array([(finding, it) for finding, them in merged.items() for it in them], np.int64).reshape(-1, 2)
        self._finding = np.append(np.arange(len(way)), told_too[:, 0])
        self._way = np.append(way, told_too[:, 1])
        self._order = np.argsort(self._way, kind="stable")
        self._person = person[self._finding[self._order]]
        self._edges = np.searchsorted(self._way[self._order], np.arange(len(ways) + 1))
        self._count = np.diff(self._edges)
        self._present: list[int] = np.flatnonzero(self._count).tolist()
        self._first_slot: dict[tuple[int, tuple[int, ...]], int] = {}
        self._slots = 0
        for it in self._present:
            fired = ways[it].fired
            for sources in filter(None, dict.fromkeys((*(reason.sources for reason in fired.reasons), fired.sources))):
                self._first_slot[it, sources] = self._slots
                self._slots += int(self._count[it])

    @cached_property
    def because(self) -> Any:
        """The reasons of each finding, as JSON."""
        made: list[str] = []
        for way in self._present:
            reasons = self._ways[way].fired.reasons
            pattern = "[" + ", ".join(_beginning(it).replace("%", "%%") + _rows_of(it) + "]}" for it in reasons) + "]"
            rows = [self._slot_texts(way, it.sources) for it in reasons if it.sources]
            made += map(pattern.__mod__, zip(*rows, strict=True)) if rows else [pattern % ()] * int(self._count[way])
        found = self._by_entry(made)
        for finding, entries in self._entries_of_merged:
            parts = dict.fromkeys(part for entry in entries for part in self._parts(entry))
            found[finding] = f"[{', '.join(parts)}]"
        return found[: len(found) - self._told_too]

    @cached_property
    def rows(self) -> Any:
        """The rows that each finding is about."""
        made = [text for way in self._present for text in self._slot_texts(way, self._ways[way].fired.sources)]
        found = self._by_entry(made)
        for finding, entries in self._entries_of_merged:
            rows = {int(row) for entry in entries for row in found[entry].split(", ") if row}
            found[finding] = ", ".join(map(str, sorted(rows)))
        return found[: len(found) - self._told_too]

    @property
    def _told_too(self) -> int:
        return sum(map(len, self._merged.values()))

    @property
    def _entries_of_merged(self) -> Iterator[tuple[int, list[int]]]:
        """Each finding that tells the reasons of other rules, with the entries for its own and for those."""
        after = len(self._finding) - self._told_too
        for finding, others in self._merged.items():
            yield finding, [finding, *range(after, after + len(others))]
            after += len(others)

    def _by_entry(self, sorted_by_way: Sequence[str]) -> Any:
        found = np.empty(len(sorted_by_way), object)
        found[self._order] = np.fromiter(sorted_by_way, object, len(sorted_by_way))
        return found

    @cached_property
    def _place(self) -> Places:
        """The place of each entry among those sorted by way."""
        place = np.empty(len(self._order), np.int64)
        place[self._order] = np.arange(len(place))
        return place

    def _parts(self, entry: int) -> Iterator[str]:
        """The texts of the reasons of one entry."""
        way = int(self._way[entry])
        at = int(self._place[entry] - self._edges[way])
        for reason in self._ways[way].fired.reasons:
            rows = self._texts[self._first_slot[way, reason.sources] + at] if reason.sources else ""
            yield f"{_beginning(reason)}{rows}]}}"

    def _slot_texts(self, way: int, sources: tuple[int, ...]) -> list[str]:
        """The rows that the sources give each entry of a way."""
        count = int(self._count[way])
        if not sources:
            return [""] * count
        first = self._first_slot[way, sources]
        return self._texts[first : first + count]

    @cached_property
    def _texts(self) -> list[str]:
        """The rows of each slot, in order, each once."""
        slot, row = (joined_parts(it) for it in zip(*self._found_rows(), strict=True))
        pairs = np.sort((slot << _ROW_BITS) + row)
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        slot, row = pairs >> _ROW_BITS, pairs & ((1 << _ROW_BITS) - 1)
        listed = list(map(str, row.tolist()))
        texts = np.fromiter(listed, object, len(listed))
        first = np.flatnonzero(np.diff(slot, prepend=-1))
        counts = np.diff(np.append(first, len(slot)))
        found = np.full(self._slots, "", object)
        found[slot[first]] = texts[first]
        for begin, count in zip(first[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
            found[slot[begin]] = ", ".join(listed[begin : begin + count])
        every: list[str] = found.tolist()
        return every

    def _found_rows(self) -> Iterator[tuple[Places, Places]]:
        """The slots and the rows found for them, for each source of rows at once."""
        nothing = np.zeros(0, np.int64)
        yield nothing, nothing
        for source, uses in self._uses().items():
            whose = np.concatenate([self._person[self._edges[way] : self._edges[way + 1]] for way, _ in uses])
            slots = np.concatenate([np.arange(first, first + self._count[way]) for way, first in uses])
            which, rows = self._reviewed.rows_of(whose, (source,))
            yield slots[which], rows

    def _uses(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """For each source of rows: the ways that have it, each with the first slot for it."""
        found: dict[int, list[tuple[int, int]]] = {}
        for (way, sources), first in self._first_slot.items():
            for source in sources:
                found.setdefault(source, []).append((way, first))
        return found


def joined_parts(parts: Iterable[Places]) -> Places:
    """Arrays one after another."""
    return np.concatenate(list(parts)).astype(np.int64)


def _beginning(reason: Reason) -> str:
    return f'{{"fact": {json.dumps(reason.fact, ensure_ascii=False)}, "value": {reason.value}, "rows": ['


def _rows_of(reason: Reason) -> str:
    return "%s" if reason.sources else ""
