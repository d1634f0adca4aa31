"""Facts from the problem lists of many people, as ``fact_from_problems`` makes them for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column, by_distinct
from healthcheck_cli.cohort.extract import Extract, Places
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Flags, Lines
from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.from_problems import GroupTerms
from healthcheck_cli.facts.plain import leaves_nothing_out
from healthcheck_cli.record import Record

_NONE, _MAYBE, _SURE = 0, 1, 2
_UNDATED = 0


class ProblemFacts:
    """The problem groups, asked of everybody. A reason written beside a medicine counts as a problem."""

    def __init__(
        self, extract: Extract, lines: Lines, groups: Mapping[str, GroupTerms], as_of: date, kept: Kept
    ) -> None:
        self._rows = extract.problems
        self._people = len(extract)
        self._lines = lines
        self._groups = groups
        self._as_of = as_of
        self._kept = kept
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

        known = self._kept.known(f"problem {group} {within_days} {row_source}")
        return Column(best * 3 + by_medicine, range(9)).mapped(value, known)

    def in_doubt(self, group: str, within_days: float | None) -> Flags:
        """Who may have a problem of the group: something names it, and nothing surely."""
        best, by_medicine = self._strongest(group, self._since(within_days))
        return np.asarray(np.maximum(best, by_medicine) == _MAYBE)

    def _since(self, within_days: float | None) -> date | None:
        return None if within_days is None else self._as_of - timedelta(days=within_days)

    def _strongest(self, group: str, since: date | None) -> tuple[Codes, Codes]:
        """The strongest mention of the group in each person's problems, and beside their medicines."""
        rows, held = self._held(group, since)
        best = self._strongest_of(self._rows.person[rows], held)
        lines, beside = self.beside_medicines(group)
        beside = beside if since is None else np.minimum(beside, _MAYBE)
        return best, self._strongest_of(self._lines.person[lines], beside)

    def _strongest_of(self, person: Places, strength: Codes) -> Codes:
        best = np.zeros(self._people, np.uint8)
        for one in (_MAYBE, _SURE):
            best[person[strength == one]] = one
        return best

    def beside_medicines(self, group: str) -> tuple[Places, Codes]:
        """The current medicine lines beside which a reason names the group, surely or perhaps, and how strongly."""
        terms, indication = self._groups[group], self._lines.rows.indication
        known = self._kept.known(f"beside medicines {group}")
        places = known.of_values(
            indication.values, lambda text: _strength(terms.holds(text, "")) if text.strip() else _NONE
        )
        strength = np.array(known.values, np.uint8)[places]
        if not strength.any():
            return np.zeros(0, np.int64), strength[:0]
        of_lines = strength[indication.codes] * self._lines.current
        lines = np.flatnonzero(of_lines)
        return lines, of_lines[lines]

    def mentions(self, group: str) -> Flags:
        """Which problem rows are of the group, or may be, active or not."""
        terms, texts = self._groups[group], self._distinct
        return texts.where(lambda text: terms.holds(*text) is not False)

    def _held(self, group: str, since: date | None) -> tuple[Places, Codes]:
        """The problem rows that are active and of the group, surely or perhaps, and how strongly."""
        terms = self._groups[group]
        known = self._kept.known(f"held {group}")
        strength = self._distinct.mapped(lambda text: _strength(terms.holds(*text)), known)
        held = np.array(strength.values, np.uint8)[strength.codes] * self._active
        rows = np.flatnonzero(held)
        doubtful = self._rows.standing.taken(rows).where(lambda standing: standing != "active")
        held = np.where(doubtful, np.minimum(held[rows], _MAYBE), held[rows])
        return rows, self._in_time(rows, held, since)

    def _in_time(self, rows: Places, held: Codes, since: date | None) -> Codes:
        if since is None:
            return held
        day = self._day[rows]
        recent = np.where(day >= since.toordinal(), held, _NONE)
        return np.where(day == _UNDATED, np.minimum(held, _MAYBE), recent)

    @cached_property
    def _day(self) -> Codes:
        """The date of each problem row, as a number."""
        dates = self._rows.date
        numbers = [_UNDATED if day is None else day.toordinal() for day in dates.values]
        return np.array(numbers, np.int32)[dates.codes]

    @cached_property
    def _distinct(self) -> Column[tuple[str, str]]:
        rows = self._rows
        return by_distinct(
            lambda index: (rows.term.at(index), rows.code.at(index)),
            (rows.term, rows.code),
            len(rows),
            self._kept.known("problem texts"),
        )

    @cached_property
    def _active(self) -> Flags:
        """Known on the day of the review, and not over."""
        rows = self._rows
        known = self._day <= self._as_of.toordinal()
        over = rows.end.where(lambda day: day is not None and day < self._as_of)
        return np.asarray(known & ~over & rows.standing.where(lambda standing: standing != "over"))


def _strength(holds: bool | None) -> int:
    return _SURE if holds is True else _MAYBE if holds is None else _NONE
