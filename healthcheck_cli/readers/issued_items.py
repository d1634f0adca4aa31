"""The medicines of one person, where a source lists each issue of a medicine: several issues are one item."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date

from healthcheck_cli.record import MedicineLine, Row


@dataclass
class _Item:
    """One medicine: the line of its latest issue, the other rows, the days. ``again``: rows that repeat an issue."""

    line: MedicineLine
    others: list[Row] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    again: list[Row] = field(default_factory=list)


class IssuedItems:
    """Gathers lines in their order. Lines with an issue date that say the same of the same medicine are one line, with
    the latest issue's text and every day of issue; a row that repeats an issue stays a line, to be counted as such.

    Two lines are of one item where the source's own key of the item says so or, without one, where all but the issue
    date and the quantity is the same. A line without an issue date is an item of its own.
    """

    def __init__(self) -> None:
        self._items: list[_Item] = []
        self._places: dict[Hashable, _Item] = {}

    def add(self, line: MedicineLine, key: str = "") -> bool:
        """Add one line; true where it is a further issue of an item that is known. ``key``: the source's own."""
        item = self._places.get(_same(line, key)) if line.last_issue is not None else None
        if item is None or line.last_issue is None:
            item = _Item(line, days=set(line.issues))
            if line.last_issue is not None:
                item.days.add(line.last_issue)
                self._places[_same(line, key)] = item
            self._items.append(item)
            return False
        if line.last_issue in item.days:
            item.again.append(line.row)
            return False
        item.days.add(line.last_issue)
        if item.line.last_issue is not None and line.last_issue > item.line.last_issue:
            item.others.append(item.line.row)
            item.line = replace(line, start=_earlier(line.start, item.line.start), issues=item.line.issues)
        else:
            item.others.append(line.row)
            item.line = replace(item.line, start=_earlier(line.start, item.line.start))
        return True

    def lines(self) -> tuple[MedicineLine, ...]:
        """One line an item, then its rows that only repeat an issue."""
        found: list[MedicineLine] = []
        for item in self._items:
            line = item.line
            if item.others:
                line = replace(line, issues=tuple(sorted(item.days)), other_issues=tuple(item.others))
            found.append(line)
            found.extend(replace(line, row=row, other_issues=()) for row in item.again)
        return tuple(found)


def _same(line: MedicineLine, key: str) -> Hashable:
    if key:
        return key
    product, dosage = (" ".join(text.casefold().split()) for text in (line.text, line.dosage))
    told = (line.route, line.indication, line.dmd_code, line.bnf_code, line.prn, line.active)
    return (product, dosage, line.start, line.end, *told)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
