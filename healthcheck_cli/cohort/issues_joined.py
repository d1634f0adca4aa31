"""Several issues of one medicine made one line, for many people at once: what ``IssuedItems`` does for one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Column, EachOwn, combinations
from healthcheck_cli.cohort.extract import MedicineRows, Places, taken
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.row_records import FURTHER_ISSUE

_DAYS = 1 << 22  # more than the days of any date
_NO_DAY = 0  # of an issue whose date is blank or cannot be read: before any date


@dataclass(frozen=True)
class _Items:
    """Medicines by number: the row that each first stands on, and the row of its latest issue.

    ``days`` are those of all issues that have one, sorted, one medicine after another as ``day_edges`` say. ``others``
    are the rows of all issues but the latest, in the order in which they are taken up, with one fewer for each medicine
    than ``edges`` say; ``further`` those of all but the first. ``again``: rows that repeat an issue, each with the
    number of its medicine in ``again_of``."""

    first: Places
    latest: Places
    days: Places
    day_edges: Places
    edges: Places
    others: Places
    further: Places
    again: Places
    again_of: Places

    @property
    def of_several(self) -> Places:
        """The numbers of those with more than one issue."""
        return np.flatnonzero(np.diff(self.edges) > 1)


def with_issues_joined(rows: MedicineRows, notes: Notes, first_number: int = 0) -> MedicineRows:
    """The lines with several issues of one medicine made one line. ``rows`` are sorted by person, and of a file that
    has a place for the day of the issue; their numbers are their lines and ``first_number``, and notes are on lines."""
    may_be_issues = _told_again(rows)
    items = _items(rows, np.flatnonzero(may_be_issues))
    if not len(items.of_several) and not len(items.again):
        return rows
    if len(items.further):
        notes.add_all(FURTHER_ISSUE, (np.sort(rows.number[items.further]) - first_number).tolist())
    stands = np.concatenate([items.first, items.first[items.again_of]])
    after = np.concatenate([np.full(len(items.first), -1), items.again])
    order = np.lexsort((after, stands))  # each where it first stood, and after it what repeats an issue of it
    alone = np.flatnonzero(~may_be_issues)
    among = np.searchsorted(alone, stands[order])

    def with_others(others: Any, first: Any, again: Any) -> Any:
        return np.insert(others, among, np.concatenate([first, again])[order])

    source = with_others(alone, items.latest, items.latest[items.again_of])
    itself = with_others(alone, items.latest, items.again)
    lines = replace(taken(rows, source), number=rows.number[itself])
    if not len(items.of_several):
        return lines
    nobody, numbers = np.zeros(len(alone), np.int32), np.zeros(len(items.first), np.int32)
    numbers[items.of_several] = np.arange(1, len(items.of_several) + 1)
    issues = with_others(nobody, numbers, numbers[items.again_of])
    others = with_others(nobody, numbers, np.zeros(len(items.again), np.int32))
    days = EachOwn(items.day_edges, items.of_several, lambda place: date.fromordinal(int(items.days[place])))
    without_latest = items.edges - np.arange(len(items.edges))
    places = EachOwn(without_latest, items.of_several, lambda place: rows.place(int(items.others[place])))
    return replace(
        lines,
        issues=Column(issues, days, lasting=False),
        other_issues=Column(others, places, lasting=False),
    )


def _told_again(rows: MedicineRows) -> Any:
    """Which rows are of a product that another row of the same person tells too: the rest, nearly all of a register,
    need not be held against each other."""
    product = rows.text.mapped(_alike)
    key = np.multiply(rows.person, len(product.values))
    key += product.codes
    order = np.argsort(key, kind="stable")
    key = key[order]
    same = np.flatnonzero(key[1:] == key[:-1])
    again = np.zeros(len(rows), bool)
    again[order[same]] = again[order[same + 1]] = True
    return again


def _items(rows: MedicineRows, issued: Places) -> _Items:
    """The medicines of which these rows are issues: all but the issue date and the quantity is the same."""
    item, count = _same(rows, issued)
    ordinals = np.array([_NO_DAY if day is None else day.toordinal() for day in rows.last_issue.values], np.int64)
    day = ordinals[rows.last_issue.codes[issued]]
    found = combinations([(item, count), (rows.last_issue.codes[issued], len(ordinals))], len(issued))
    repeats = (found.first[found.codes] != np.arange(len(issued))) & (day != _NO_DAY)
    once = np.flatnonzero(~repeats)
    once = once[np.argsort(item[once], kind="stable")]
    of = item[once].astype(np.int64)
    begins = np.diff(of, prepend=-1) != 0
    edges = np.append(np.flatnonzero(begins), len(once))
    latest, taken_up = _taken_up(of * _DAYS + day[once], begins)
    by_day = np.lexsort((day[once], of))
    by_day = by_day[day[once[by_day]] != _NO_DAY]
    return _Items(
        first=issued[once[edges[:-1]]],
        latest=issued[once[latest[edges[1:] - 1]]],
        days=day[once[by_day]],
        day_edges=np.searchsorted(of[by_day], np.arange(len(edges))),
        edges=edges,
        others=issued[once[taken_up]],
        further=issued[once[~begins]],
        again=issued[repeats],
        again_of=item[repeats],
    )


def _same(rows: MedicineRows, issued: Places) -> tuple[Any, int]:
    """A number for each row, the same where all but issue and quantity is the same; and how many there are."""
    product, dosage = rows.text.mapped(_alike), rows.dosage.mapped(_alike)
    told = (rows.route, rows.indication, rows.dmd_code, rows.bnf_code, rows.prn, rows.active, rows.one_off)
    columns: list[Column[Any]] = [product, dosage, rows.start, rows.end, *told]
    whose = (rows.person[issued], int(rows.person.max(initial=0)) + 1)
    found = combinations([whose, *((it.codes[issued], len(it.values)) for it in columns)], len(issued))
    return found.codes, len(found.first)


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


def _taken_up(when: Places, begins: Any) -> tuple[Places, Places]:
    """For issues in their order, medicine after medicine: the place of the latest so far; and for each but the first of
    a medicine, the place of the issue that is not the latest, or no longer. ``when`` is later in each next medicine."""
    place = np.arange(len(when))
    newest = np.diff(np.maximum.accumulate(when), prepend=-1) > 0
    latest = np.maximum.accumulate(np.where(newest, place, 0))
    before = np.append(0, latest[:-1])
    return latest, np.where(newest, before, place)[~begins]
