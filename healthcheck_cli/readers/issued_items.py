"""The medicines of one person, where a source lists each issue of a medicine: several issues are one item."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date

from healthcheck_cli.record import MedicineLine, Row


@dataclass
class _Item:
    """One medicine: its line, its other rows, the days of issue. ``again``: rows that repeat an issue; ``is_issue``:
    the line is itself an issue, and not the entry of the medicine that issues belong to."""

    line: MedicineLine
    is_issue: bool
    others: list[Row] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    again: list[Row] = field(default_factory=list)

    def issued(self, line: MedicineLine) -> None:
        """Take up a further issue: the latest one's text holds, unless there is an entry of the medicine."""
        later = self.line.last_issue is None or (line.last_issue is not None and line.last_issue > self.line.last_issue)
        if not self.is_issue or not later:
            last = line.last_issue if later else self.line.last_issue
            self.others.append(line.row)
            self.line = replace(self.line, last_issue=last)
        else:
            self.others.append(self.line.row)
            self.line = replace(line, start=_earlier(line.start, self.line.start))


class IssuedItems:
    """Gathers lines in their order. Lines with an issue date that say the same of the same medicine are one line, with
    the latest issue's text and every day of issue; a row that repeats an issue stays a line, to be counted as such.

    Two lines are of one item where the source's own key of the item says so or, without one, where all but the issue
    date and the quantity is the same. An issue on a day that nobody can tell is one of its item all the same: as a
    line of its own its dose would count a second time. A line that tells of no issue is an item of its own.
    """

    def __init__(self) -> None:
        self._items: list[_Item] = []
        self._places: dict[Hashable, _Item] = {}

    def add(self, line: MedicineLine, key: str = "", *, dateless_issue: bool = False) -> bool:
        """Add one line; true where it is a further issue of an item that is known. ``key``: the source's own.
        ``dateless_issue``: where the line has no day, its source has a place for the day of the issue nonetheless."""
        day = max(line.issues, default=None) if key else line.last_issue
        is_issue = day is not None or dateless_issue
        same = _same(line, key) if key or is_issue else None
        item = self._places.get(same) if same is not None else None
        if item is None or not is_issue:
            new = _Item(line, is_issue, days=set() if day is None else {day})
            self._items.append(new)
            if same is not None:
                self._places.setdefault(same, new)
            return False
        if day is None:
            item.others.append(line.row)
            return True
        if day in item.days:
            item.again.append(line.row)
            return False
        item.days.add(day)
        item.issued(line)
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
    told = (line.route, line.indication, line.dmd_code, line.bnf_code, line.prn, line.active, line.one_off)
    return (product, dosage, line.start, line.end, *told)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
