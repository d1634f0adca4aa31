"""The ingredients of medicine lines as conditions see them: classes, and attributes worked out when asked for.

An attribute depends on few columns of a line. It is worked out for one line of each combination of those; where it also
depends on other lines or results of the person, beside those (:mod:`~healthcheck_cli.cohort.beside_others`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from healthcheck_cli.cohort.beside_others import NEEDS_OTHERS, OF_END, OF_ISSUES, OF_TIMES, BesideOthers, Held, Kind
from healthcheck_cli.cohort.columns import Codes, Column, Known, Pool, by_distinct, only_where
from healthcheck_cli.cohort.extract import Extract, Places
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Flags, Lines
from healthcheck_cli.cohort.own_dates import OwnDates
from healthcheck_cli.conditions.attributes import (
    DUPLICATE,
    KEPT_AS,
    LAPSED,
    PERCENT_AT_TOP,
)
from healthcheck_cli.conditions.values import AttributeContent
from healthcheck_cli.content.models import Content
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.facts.line_history import history_attributes, product_changed
from healthcheck_cli.facts.lines import (
    begun_on,
    direction_attributes,
    dose_attributes,
    issue_attributes,
    lapsed,
    product_attributes,
    substance_of,
    times_since,
)
from healthcheck_cli.medicines.models import MedicineRead

_OF_PRODUCT = ("route", "oral", "depot", "release", "product_named", "level", "listed", "hospital")
_OF_DIRECTIONS = ("prn", "regular", "max_stated", "reason_stated")
_OF_DOSE = ("daily_mg", "percent_of_max", PERCENT_AT_TOP)
_BY_PLACE = (*_OF_PRODUCT, *_OF_DOSE)  # what differs between the ingredients of one line
_MADE_TOGETHER = {
    **dict.fromkeys(_OF_PRODUCT, "product"),
    **dict.fromkeys(_OF_DIRECTIONS, "directions"),
    **dict.fromkeys(_OF_DOSE, "dose"),
}

_Maker = Callable[[int, int], Mapping[str, AttributeContent]]
"""Makes attributes of an ingredient, told the number of its line and its place in it."""


class Entries:
    """Every ingredient of every recognised line that is no duplicate, in the order of the lines."""

    def __init__(
        self,
        extract: Extract,
        lines: Lines,
        content: Content,
        maker: FactMaker,
        asked: Mapping[str, frozenset[str]],
        kept: Kept,
    ) -> None:
        """``asked``: for each attribute for which other lines may count, the classes of which it is asked."""
        self._extract = extract
        self._lines = lines
        self._content = content
        self._kept = kept
        kinds = kept.pool("kinds")
        self.held = held = self._kinds_by_line(kinds)
        """The kinds in each line, by their codes."""
        named = np.flatnonzero(lines.exact & ~lines.duplicate)
        counts = np.fromiter((len(codes) for codes in held.values), np.int64, len(held.values))[held.codes[named]]
        self.line: Places = np.repeat(named, counts)
        self.place = np.arange(len(self.line)) - np.repeat(np.cumsum(counts) - counts, counts)
        longest = max(map(len, held.values), default=0)
        table = np.zeros((len(held.values), max(longest, 1)), np.int32)
        for number, codes in enumerate(held.values):
            table[number, : len(codes)] = codes
        self.kind: Column[Kind] = Column(table[held.codes[self.line], self.place], kinds.values)
        self.person: Places = lines.person[self.line]
        self._of_class: dict[str, tuple[Places, Flags]] = {}
        self._codes: dict[str, Codes] = {}
        self._made: dict[str, Codes] = {}
        self._own_dates = OwnDates(lines)
        held_by = Held(self.line, self.place, self.person, self.kind, self.held)
        self._beside = BesideOthers(held_by, extract, lines, maker, asked, kept)

    def __len__(self) -> int:
        return len(self.line)

    @cached_property
    def substance(self) -> Column[str]:
        """The substance of each."""
        return self.kind.mapped(lambda kind: kind.substance, self._kept.known("substances"))

    def without_doses(self, line: int) -> MedicineRead:
        """A line as read, but for how much is taken a day."""
        return self._beside.without_doses(line)

    def _kinds_by_line(self, kinds: Pool[Kind]) -> Column[tuple[int, ...]]:
        """Classes hang on the product and its route, and for a few medicines on the daily dose."""
        lines = self._lines
        by_dose = {name for one in self._content.classes.values() for name in one.daily_mg_at_least}
        dosed = lines.recognised.where(lambda named: any(it.name in by_dose for it in named.ingredients))
        route = lines.directions.mapped(lambda taken: taken.route, self._kept.known("route"))
        columns: list[Column[Any]] = [
            lines.recognised,
            route,
            only_where(dosed, lines.directions),
            only_where(dosed, lines.years),
        ]

        def held(index: int) -> tuple[int, ...]:
            if dosed[index]:
                read = lines.ingredients(index)
                found = [(it.name, frozenset(it.classes), frozenset(it.possible_classes)) for it in read]
            else:
                found = lines.reader.classes(lines.recognised.at(index), lines.directions.at(index).route)
            return tuple(
                kinds.code(Kind(name, substance_of(name, self._content.medicines), classes, possible))
                for name, classes, possible in found
            )

        return by_distinct(held, columns, len(lines), self._kept.known("held"))

    def of_class(self, name: str) -> tuple[Places, Flags]:
        """The entries that are in a class or may be, and which of them are for certain."""
        if name not in self._of_class:
            self._of_class[name] = self._find_of_class(name)
        return self._of_class[name]

    def _find_of_class(self, name: str) -> tuple[Places, Flags]:
        certain = self._kinds_in.get(name, [])
        kinds = sorted({*certain, *self._kinds_possibly_in.get(name, [])})
        order, edges = self._by_kind
        found = np.sort(np.concatenate([order[:0], *(order[edges[kind] : edges[kind + 1]] for kind in kinds)]))
        sure = np.zeros(len(self.kind.values), bool)
        sure[certain] = True
        return found, sure[self.kind.codes[found]]

    @cached_property
    def _by_kind(self) -> tuple[Places, Places]:
        """The entries sorted by kind, and where those of each kind begin."""
        codes = self.kind.codes
        order = np.argsort(codes, kind="stable")
        return order, np.searchsorted(codes[order], np.arange(len(self.kind.values) + 1))

    @cached_property
    def _kinds_in(self) -> Mapping[str, list[int]]:
        return _places_by_name(kind.classes for kind in self.kind.values)

    @cached_property
    def _kinds_possibly_in(self) -> Mapping[str, list[int]]:
        return _places_by_name(kind.possible for kind in self.kind.values)

    def attribute(self, name: str, entries: Places) -> Column[AttributeContent]:
        """An attribute, by the name that conditions use, of these entries."""
        kept = KEPT_AS.get(name, name)
        values = self._values_of(kept).values
        if kept not in self._codes:
            self._codes[kept] = np.full(len(self), -1, np.int32)
        codes = self._codes[kept]
        new = entries[codes[entries] < 0]
        if len(new):
            self._work_out(kept, new, codes)
        return Column(codes[entries], values)

    def _work_out(self, kept: str, entries: Places, codes: Codes) -> None:
        """Fill in the codes of an attribute of these entries."""
        if kept in NEEDS_OTHERS:
            together = self._beside.flags(kept)[entries]
            beside, entries = entries[together], entries[~together]
            if len(beside):
                codes[beside] = self._beside.codes(kept)[beside]
        codes[entries] = self._alone(kept, entries).codes

    def _values_of(self, kept: str) -> Pool[AttributeContent]:
        return self._kept.pool(f"attribute:{kept}")

    def _alone(self, kept: str, entries: Places) -> Column[AttributeContent]:
        """The attribute of lines that nothing else of the person says anything about."""
        rows, lines = self._lines.rows, self._lines
        if kept in _OF_PRODUCT:
            return self._of_some(kept, [lines.recognised, self._told_of_product], self._of_product, entries)
        if kept in _OF_DIRECTIONS:
            return self._of_some(kept, [lines.directions, self._reason_beside], self._of_directions, entries)
        if kept in OF_TIMES:
            return self._of_begin(kept, entries)
        if kept in OF_ISSUES:
            return self._of_own_dates(kept, lambda read: issue_attributes(read, lines.as_of)[kept], entries)
        if kept == "product_changed":
            return self._of_own_dates(kept, lambda read: product_changed(read, (), lines.as_of), entries)
        if kept in OF_END:
            return self._of_some(kept, [rows.end], self._of_history, entries)
        if kept == "supply":
            return self._of_some(kept, [lines.directions, rows.quantity], self._of_directions, entries)
        if kept in _OF_DOSE:
            return self._of_some(kept, list(lines.dosed_by), self._of_dose, entries)
        if kept == LAPSED:
            ended = rows.end.mapped(lambda day: day is not None, self._kept.known("ended"))
            columns: list[Column[Any]] = [lines.directions, rows.quantity, rows.last_issue, ended, rows.active]
            return self._of_some(kept, columns, self._of_issues, entries)
        # no weight known, no other line: the same for every line
        pool = self._values_of(kept)
        same = pool.code(False if kept in ("switching", DUPLICATE) else None)
        return Column(np.full(len(entries), same, np.int32), pool.values)

    @cached_property
    def _told_of_product(self) -> Column[tuple[str, bool]]:
        """What directions say of a product, of each line: its route, and whether a hospital gives it."""
        known = self._kept.known("told of product")
        return self._lines.directions.mapped(lambda it: (it.route, it.dosage.hospital), known)

    @cached_property
    def _reason_beside(self) -> Column[bool]:
        """Does a reason stand beside each line?"""
        known = self._kept.known("reason beside")
        return self._lines.rows.indication.mapped(lambda it: bool(it.strip()), known)

    def _of_own_dates(
        self, kept: str, made: Callable[[MedicineRead], AttributeContent], entries: Places
    ) -> Column[AttributeContent]:
        known = self._kept.known(f"own dates: {kept}", self._values_of(kept))
        return self._own_dates.of(kept, made, self.line[entries], known)

    def _of_begin(self, kept: str, entries: Places) -> Column[AttributeContent]:
        """What follows from when a line was begun, and from the birth of the person for the age then."""
        as_of, care, known = self._lines.as_of, self._beside.care_without_results, self._kept.known
        begun = self._own_dates.of(
            "begun on", lambda read: begun_on(read, (), as_of), self.line[entries], known("begun on")
        )
        everyone, person = self._extract.people.born, self.person
        columns: list[Column[Any]] = [begun]
        if kept == "age_at_start":
            columns.append(everyone.taken(person[entries]))
        name = f"times by {len(columns)}"
        times = by_distinct(
            lambda index: times_since(begun.at(index), everyone.at(int(person[entries[index]])), as_of, care),
            columns,
            len(entries),
            known(name, comparable=False),
        )
        return self._one_of(times, name, kept)

    def _of_some(self, kept: str, columns: Sequence[Column[Any]], make: _Maker, entries: Places) -> Column[Any]:
        """An attribute that rests on these columns of a line. What is made together with it is kept for others."""
        name = f"some {make.__name__} {_MADE_TOGETHER.get(kept, kept)}"
        known: Known[Mapping[str, AttributeContent]] = self._kept.known(name, comparable=False)
        if name not in self._made:
            self._made[name] = np.full(len(self), -1, np.int32)
        codes = self._made[name]
        new = entries[codes[entries] < 0]
        given = [column.taken(self.line[new]) for column in columns]
        if kept in _BY_PLACE:
            given.append(_numbers(self.place[new]))
        codes[new] = by_distinct(lambda index: make(*self._where(new[index])), given, len(new), known).codes
        return self._one_of(Column(codes[entries], known.values), name, kept)

    def _where(self, entry: int) -> tuple[int, int]:
        return int(self.line[entry]), int(self.place[entry])

    def _one_of(self, made: Column[Mapping[str, AttributeContent]], name: str, kept: str) -> Column[AttributeContent]:
        known = self._kept.known(f"{name}: {kept}", self._values_of(kept))
        return made.mapped(lambda attributes: attributes.get(kept), known)

    def _of_product(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read_but_ingredients(line)
        return product_attributes(read, read.recognised.ingredients[place].name, self._content.medicines)

    def _of_directions(self, line: int, _: int) -> Mapping[str, AttributeContent]:
        return direction_attributes(self._lines.read_but_ingredients(line))

    def _of_dose(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        return dose_attributes(self._lines.ingredients(line)[place], None)

    def _of_history(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read(line)
        return history_attributes(read, read.ingredients[place], (read,), self._lines.as_of)

    def _of_issues(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read_but_ingredients(line)
        return {LAPSED: lapsed(read, read.recognised.ingredients[place].name, (read,), self._lines.as_of)}


def _numbers(places: Places) -> Column[int]:
    return Column(places, range(1 + int(places.max(initial=0))))


def _places_by_name(names: Iterable[Iterable[str]]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, some in enumerate(names):
        for name in some:
            found.setdefault(name, []).append(place)
    return found
