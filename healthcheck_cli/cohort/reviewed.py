"""The review of an extract: everybody's findings and what could not be assessed, worked out together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from healthcheck_cli.cohort.beside_others import NEEDS_OTHERS
from healthcheck_cli.cohort.burdens import Burdens
from healthcheck_cli.cohort.calls import attributes_asked
from healthcheck_cli.cohort.columns import Column
from healthcheck_cli.cohort.entries import Entries
from healthcheck_cli.cohort.extract import Extract, Places
from healthcheck_cli.cohort.facts import FactColumns
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.cohort.verdicts import Verdict, verdict
from healthcheck_cli.conditions.attributes import KEPT_AS
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.tree import Call, Condition, calls
from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Content, Rule
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.medicines.read_list import MedicineReader


def rules_of_extracts(content: Content, as_of: date) -> list[Rule]:
    """The rules that are asked of an extract on that day."""
    return [
        rule
        for rule in content.rules.values()
        if rule.status == "active" and rule.applies in ("both", "extract") and not rule.is_off_on(as_of)
    ]


def attributes_that_need_others(content: Content) -> dict[str, frozenset[str]]:
    """The attributes for which other lines of a person may count, each with the classes of which it is asked."""
    conditions: list[Condition] = [rule.when for rule in content.rules.values()]
    conditions += [step.when for rule in content.rules.values() for step in rule.level_if]
    for fact in content.facts.values():
        conditions += [it for it in (fact.asked_of, fact.definition) if it is not None]
    found: dict[str, frozenset[str]] = {}
    for call in (call for condition in conditions for call in calls(condition)):
        if FUNCTIONS[call.function].about is About.CLASS:
            for name in {KEPT_AS.get(it, it) for it in attributes_asked(call)} & NEEDS_OTHERS:
                found[name] = found.get(name, frozenset()) | {call.name}
    return found


class _Totals(Mapping[str, Column[Interval]]):
    def __init__(self, burdens: Burdens, scales: Iterable[str]) -> None:
        self._burdens, self._scales = burdens, tuple(scales)

    def __getitem__(self, scale: str) -> Column[Interval]:
        return self._burdens.totals(scale)

    def __iter__(self) -> Iterator[str]:
        return iter(self._scales)

    def __len__(self) -> int:
        return len(self._scales)


@dataclass(frozen=True)
class RowsBehind:
    """Rows of the medicine list, each with the person whose it is, sorted by person and row."""

    person: Places
    row: Places


class ReviewedExtract:
    """One extract, or a part of one, reviewed. Everything is made when it is first asked for."""

    def __init__(
        self,
        extract: Extract,
        content: Content,
        reader: MedicineReader,
        maker: FactMaker,
        as_of: date,
        kept: Kept | None = None,
        lines: Lines | None = None,
    ) -> None:
        """``kept``: what was worked out for another part of the same extract; ``lines``: its lines, read already."""
        self.kept = Kept() if kept is None else kept
        self.extract = extract
        self.content = content
        self.as_of = as_of
        self.lines = Lines(extract, reader, content.medicines, as_of, self.kept) if lines is None else lines
        self._reader, self._maker = reader, maker
        self._rows: dict[int, RowsBehind] = {}

    def part(self, first: int, after: int) -> ReviewedExtract:
        """The review of the people from ``first`` up to, and without, ``after``; what was worked out is not again."""
        extract = self.extract.part(first, after)
        lines = self.lines.part(extract, first, after)
        return ReviewedExtract(extract, self.content, self._reader, self._maker, self.as_of, self.kept, lines)

    @cached_property
    def entries(self) -> Entries:
        """Every ingredient of the lines."""
        return self.make_entries()

    def make_entries(self) -> Entries:
        """Every ingredient of the lines, not kept here: of all people they take much room."""
        asked = attributes_that_need_others(self.content)
        return Entries(self.extract, self.lines, self.content, self._maker, asked, self.kept)

    @cached_property
    def burdens(self) -> Burdens:
        """What the scales count."""
        return Burdens(self.lines, self.entries, self.content, len(self.extract), self.kept)

    @cached_property
    def facts(self) -> FactColumns:
        """What conditions ask about."""
        totals = _Totals(self.burdens, self.content.scales)
        return FactColumns(self.extract, self.lines, self.entries, totals, self._maker, self.kept)

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """What each rule comes to."""
        return [verdict(rule, self.facts) for rule in rules_of_extracts(self.content, self.as_of)]

    def verdicts_with(self, told: Callable[[int], None]) -> list[Verdict]:
        """The verdicts, telling after each rule how many are done."""
        found = []
        for number, rule in enumerate(rules_of_extracts(self.content, self.as_of), 1):
            found.append(verdict(rule, self.facts))
            told(number)
        self.facts.forget_atoms()
        self.__dict__["verdicts"] = found
        return found

    def rows_behind(self, source: int) -> RowsBehind:
        """The rows that a source number stands for."""
        if source not in self._rows:
            kind, of = self.facts.row_sources.source(source)
            made: Mapping[str, Callable[[Any], tuple[Places, Places]]] = {
                "call": self._of_call,
                "problem": self._of_problem,
                "burden": self._of_burden,
                "unnamed": self._of_unnamed,
            }
            person, row = made[kind](of)
            order = np.lexsort((row, person))
            self._rows[source] = RowsBehind(person[order], row[order])
        return self._rows[source]

    def rows_of(self, person: Places, sources: Iterable[int]) -> tuple[Places, Places]:
        """The rows that some sources stand for in each of these people: the place of the person here, and the row."""
        which, rows = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for source in sources:
            if source >= 0:
                which.append(np.arange(len(person)))
                rows.append(np.full(len(person), source))
                continue
            behind = self.rows_behind(source)
            first, after = (np.searchsorted(behind.person, person, side) for side in ("left", "right"))
            counts = after - first
            which.append(np.repeat(np.arange(len(person)), counts))
            rows.append(behind.row[np.arange(counts.sum()) + np.repeat(after - np.cumsum(counts), counts)])
        return np.concatenate(which), np.concatenate(rows)

    def _of_call(self, call: Call) -> tuple[Places, Places]:
        """The lines that count; for a number also those that may, because they widen it."""
        counting = self.facts.calls.counting(call)
        entries = counting.entries if FUNCTIONS[call.function].number else counting.entries[counting.sure]
        lines = np.unique(self.entries.line[entries])
        return self.lines.person[lines], self.lines.rows.number[lines]

    def _of_problem(self, group: str) -> tuple[Places, Places]:
        """The medicine lines whose reason names the group: surely, or where none does surely, perhaps."""
        lines, strength = self.facts.problems.beside_medicines(group)
        best = np.zeros(len(self.extract), strength.dtype)
        np.maximum.at(best, self.lines.person[lines], strength)
        lines = lines[strength == best[self.lines.person[lines]]]
        return self.lines.person[lines], self.lines.rows.number[lines]

    def _of_burden(self, scale: str) -> tuple[Places, Places]:
        counted = self.burdens.counted(scale)
        scoring = counted.score > 0
        return counted.person[scoring], counted.row[scoring]

    def _of_unnamed(self, _: None) -> tuple[Places, Places]:
        """The current lines nobody could name."""
        lines = np.flatnonzero(self.lines.not_recognised)
        return self.lines.person[lines], self.lines.rows.number[lines]
