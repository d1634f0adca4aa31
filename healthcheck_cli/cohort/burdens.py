"""The burden scales, the constipating medicines and the antipsychotic shares of many people.

What one line adds is asked of the functions for one person; here each ingredient is counted once a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Codes, Column, Pool, by_distinct, combinations
from healthcheck_cli.cohort.entries import Entries
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.burden import (
    ANTIPSYCHOTIC,
    LOCAL_RECTAL_FORMS,
    antipsychotic_percent,
    burden_items,
    constipating_load,
)
from healthcheck_cli.medicines.models import BurdenItem, MedicineRead, Recognised

_CONSTIPATING = "constipating"  # counted as the scales are, and no scale


@dataclass(frozen=True)
class Counted:
    """What is counted of people: an item a person, its highest score, its first row."""

    person: Places
    score: Codes
    row: Places


class Burdens:
    """Totals of everybody, made when they are asked for."""

    def __init__(self, lines: Lines, entries: Entries, content: Content, people: int, kept: Kept) -> None:
        self._kept = kept
        self._lines = lines
        self._entries = entries
        self._content = content
        self._people = people
        self._current = np.flatnonzero(lines.current & lines.exact)
        self._unnamed = lines.per_person(lines.not_recognised)
        self._counted: dict[str, Counted] = {}

    def totals(self, scale: str) -> Column[Interval]:
        """The total on a scale. A line nobody could name widens it by the most that one ingredient can score."""
        counted = self.counted(scale)
        low = np.bincount(counted.person, counted.score, self._people).astype(np.int32)
        unnamed = self._unnamed.astype(np.int32)
        most = self._content.scales[scale].most
        columns = [Column(it, range(int(it.max(initial=0)) + 1)) for it in (low, unnamed)]
        return by_distinct(
            lambda index: Interval(int(low[index]), int(low[index]) + most * int(unnamed[index])),
            columns,
            self._people,
            self._kept.known(f"total:{scale}"),
        )

    def counted(self, scale: str) -> Counted:
        """The items that a scale counts."""
        if not self._counted:
            content = self._content
            listed = {name: product for name, product in content.products.items() if product.scores}
            found = self._items(
                lambda read: {
                    **burden_items((read,), content.medicines, content.scales, listed),
                    _CONSTIPATING: constipating_load((read,), content.medicines).items,
                }
            )
            self._counted.update(found)
        return self._counted[scale]

    def constipating(self) -> Counted:
        """The constipating medicines with their levels."""
        return self.counted(_CONSTIPATING)

    def _items(self, of_line: Callable[[MedicineRead], dict[str, tuple[BurdenItem, ...]]]) -> dict[str, Counted]:
        """What each scale counts, made of what it would count of one line of each kind of product and route."""
        lines, current = self._lines, self._current
        route = lines.directions.mapped(lambda taken: taken.route, self._kept.known("route"))
        product = lines.recognised.mapped(_as_scales_see_it, self._kept.known("as scales see it"))
        counted = by_distinct(
            lambda index: of_line(self._entries.without_doses(int(current[index]))),
            [it.taken(current) for it in (product, route)],
            len(current),
            self._kept.known("burden items", comparable=False),
        )
        scales = (*self._content.scales, _CONSTIPATING)
        return {scale: self._of_scale([it[scale] for it in counted.values], counted.codes) for scale in scales}

    def _of_scale(self, items: Sequence[tuple[BurdenItem, ...]], codes: Codes) -> Counted:
        lines, current = self._lines, self._current
        names: Pool[str] = Pool()
        scoring = {item.ingredient for of_line in items for item in of_line if item.score}
        listed = [
            tuple((names.code(item.ingredient), item.score) for item in of_line if item.ingredient in scoring)
            for of_line in items
        ]
        held = Column(codes, listed)
        counts = np.fromiter(map(len, held.values), np.int64, len(held.values))[held.codes]
        line = np.repeat(np.arange(len(current)), counts)
        place = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
        table = _table(held.values)
        name, score = (table[held.codes[line], place, part] for part in (0, 1))
        person = lines.person[current[line]]
        parts = [(person.astype(np.int32), self._people), (name, len(names.values))]
        found = combinations(parts, len(line))
        highest = np.zeros(len(found.first), np.int32)
        np.maximum.at(highest, found.codes, score)
        row = lines.rows.number[current[line[found.first]]]
        return Counted(person[found.first], highest, row)

    def antipsychotic_percent(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The sum of antipsychotic shares of their maxima, low and high ends; NaN for who takes none, infinity for no
        upper end."""
        lines = self._lines
        entries, _ = self._entries.of_class(ANTIPSYCHOTIC)
        asked = np.unique(self._entries.line[entries])
        asked = asked[lines.current[asked]]
        columns: list[Column[Any]] = [it.taken(asked) for it in lines.dosed_by]
        shares = by_distinct(
            lambda index: antipsychotic_percent((lines.read(int(asked[index])),))[0],
            columns,
            len(asked),
            self._kept.known("antipsychotic percent"),
        )
        ends = np.array([(it.low, it.high) if it is not None else (0.0, 0.0) for it in shares.values] or [(0.0, 0.0)])
        person = lines.person[asked]
        low, high = (np.bincount(person, ends[shares.codes, end], self._people) for end in (0, 1))
        takes = np.bincount(person, minlength=self._people) > 0
        return np.where(takes, low, np.nan), np.where(takes, high, np.nan)


def _as_scales_see_it(named: Recognised) -> tuple[object, ...]:
    names = tuple(ingredient.name for ingredient in named.ingredients)
    return named.match, named.scored, named.form in LOCAL_RECTAL_FORMS, names


def _table(values: Any) -> NDArray[np.int32]:
    longest = max(map(len, values), default=0)
    table = np.zeros((max(len(values), 1), max(longest, 1), 2), np.int32)
    for number, items in enumerate(values):
        for place, item in enumerate(items):
            table[number, place] = item
    return table
