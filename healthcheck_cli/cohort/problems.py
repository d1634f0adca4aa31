"""Facts from the problem lists of many people, as ``fact_from_problems`` makes them for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from healthcheck_cli.cohort.columns import Column, by_distinct
from healthcheck_cli.cohort.extract import Extract, Places
from healthcheck_cli.cohort.lines import Flags, Lines
from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.from_problems import GroupTerms
from healthcheck_cli.facts.plain import leaves_nothing_out
from healthcheck_cli.record import Record

_NONE, _MAYBE, _SURE = 0, 1, 2


class ProblemFacts:
    """The problem groups, asked of everybody. A reason written beside a medicine counts as a problem."""

    def __init__(self, extract: Extract, lines: Lines, groups: Mapping[str, GroupTerms], as_of: date) -> None:
        self._rows = extract.problems
        self._people = len(extract)
        self._lines = lines
        self._groups = groups
        self._as_of = as_of
        self._complete = Record(complete=extract.complete)

    def fact(self, group: str, within_days: float | None, row_source: int) -> Column[FactValue]:
        """Has each person an active problem of the group? ``row_source`` stands for the medicine rows that say so."""
        since = self._since(within_days)
        best, by_medicine = self._strongest(group, since)
        absent = leaves_nothing_out(self._complete, "problems", since)

        def value(code: int) -> FactValue:
            from_list, from_medicine = divmod(code, 3)
            strongest = max(from_list, from_medicine)
            rows = (row_source,) if from_medicine and from_medicine == strongest else ()
            if strongest == _SURE:
                return FactValue(State.KNOWN, True, rows=rows)
            if strongest == _MAYBE:
                return FactValue(State.UNKNOWN, rows=rows)
            return FactValue(State.KNOWN, False) if absent else UNKNOWN_FACT

        return Column(best * 3 + by_medicine, range(9)).mapped(value)

    def in_doubt(self, group: str, within_days: float | None) -> Flags:
        """Who may have a problem of the group: something names it, and nothing surely."""
        best, by_medicine = self._strongest(group, self._since(within_days))
        return np.asarray(np.maximum(best, by_medicine) == _MAYBE)

    def _since(self, within_days: float | None) -> date | None:
        return None if within_days is None else self._as_of - timedelta(days=within_days)

    def _strongest(self, group: str, since: date | None) -> tuple[Places, Places]:
        """The strongest mention of the group in each person's problems, and beside their medicines."""
        best = np.zeros(self._people, np.int64)
        held = self._held(group)
        if held.any():
            np.maximum.at(best, self._rows.person, self._in_time(held, since))
        beside = self.beside_medicines(group) if since is None else np.minimum(self.beside_medicines(group), _MAYBE)
        mentions = np.flatnonzero(beside)
        by_medicine = np.zeros(self._people, np.int64)
        np.maximum.at(by_medicine, self._lines.person[mentions], beside[mentions])
        return best, by_medicine

    def beside_medicines(self, group: str) -> Places:
        """For each medicine line: does the reason beside it name the group, surely or perhaps, on a current line?"""
        terms = self._groups[group]
        indication = self._lines.rows.indication
        strength = indication.mapped(lambda text: _strength(terms.holds(text, "")) if text.strip() else _NONE)
        found = np.fromiter(strength.values, np.int64, len(strength.values))
        return found[strength.codes] * self._lines.current if found.any() else np.zeros(len(self._lines), np.int64)

    def mentions(self, group: str) -> Flags:
        """Which problem rows are of the group, or may be, active or not."""
        terms, texts = self._groups[group], self._distinct
        return texts.where(lambda text: terms.holds(*text) is not False)

    def _held(self, group: str) -> Places:
        """For each problem row that is active: is it of the group, surely or perhaps?"""
        terms, texts = self._groups[group], self._distinct
        found = np.fromiter(
            (_strength(terms.holds(term, code)) for term, code in texts.values), np.int64, len(texts.values)
        )
        if not found.any():
            return np.zeros(len(self._rows), np.int64)
        strength = found[texts.codes]
        doubtful = self._rows.standing.where(lambda standing: standing != "active")
        return np.where(doubtful, np.minimum(strength, _MAYBE), strength) * self._active

    def _in_time(self, held: Places, since: date | None) -> Places:
        if since is None:
            return held
        undated = self._rows.date.where(lambda day: day is None)
        recent = self._rows.date.where(lambda day: day is not None and day >= since)
        return np.where(undated, np.minimum(held, _MAYBE), np.where(recent, held, _NONE))

    @cached_property
    def _distinct(self) -> Column[tuple[str, str]]:
        rows = self._rows
        return by_distinct(lambda index: (rows.term.at(index), rows.code.at(index)), (rows.term, rows.code), len(rows))

    @cached_property
    def _active(self) -> Flags:
        """Known on the day of the review, and not over."""
        rows = self._rows
        known = ~rows.date.where(lambda day: day is not None and day > self._as_of)
        over = rows.end.where(lambda day: day is not None and day < self._as_of)
        return np.asarray(known & ~over & rows.standing.where(lambda standing: standing != "over"))


def _strength(holds: bool | None) -> int:
    return _SURE if holds is True else _MAYBE if holds is None else _NONE
