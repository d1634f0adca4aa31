"""The ingredients of medicine lines as conditions see them: classes, and attributes worked out when asked for.

An attribute depends on few columns of a line. It is worked out by ``line_facts`` for one line of each combination of
those; where it also depends on other lines, results or reviews of the person, for that person's lines together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Column, Pool, by_distinct, combinations
from healthcheck_cli.cohort.extract import Extract, Places, bounds, runs
from healthcheck_cli.cohort.lines import Flags, Lines
from healthcheck_cli.conditions.attributes import (
    BEGUN_ON,
    DUPLICATE,
    GAIN_SINCE_START,
    KEPT_AS,
    LAPSED,
    PERCENT_AT_TOP,
    REDUCED,
)
from healthcheck_cli.conditions.values import AttributeContent, LineFacts
from healthcheck_cli.content.models import Content
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.facts.line_history import CareDates, history_attributes, product_changed
from healthcheck_cli.facts.lines import (
    SWITCH_CLASSES,
    direction_attributes,
    dose_attributes,
    lapsed,
    product_attributes,
    substance_of,
    time_attributes,
)
from healthcheck_cli.record import Record

_OF_PRODUCT = ("route", "oral", "depot", "release", "product_named", "level", "listed", "hospital")
_OF_DIRECTIONS = ("prn", "regular", "max_stated", "reason_stated")
_OF_DOSE = ("daily_mg", "percent_of_max", PERCENT_AT_TOP)
_OF_START = (
    *("taken_for", "begun", BEGUN_ON, "product_changed"),
    *("reviewed_since_start", "team_review_since_start", "start_checks_done"),
)
_OF_END = (REDUCED, "reduced_ago")
NEEDS_OTHERS = frozenset(
    {
        *_OF_START,
        *_OF_END,
        *("age_at_start", "mg_per_kg", "issues_6m", "issues_12m", "switching", LAPSED, DUPLICATE, GAIN_SINCE_START),
    }
)
"""Attributes for which the other lines, the issues or the results of the person may count."""


@dataclass(frozen=True)
class Kind:
    """An ingredient of a line, as far as classes go."""

    name: str
    substance: str
    classes: frozenset[str]
    possible: frozenset[str]


class Entries:
    """Every ingredient of every recognised line that is no duplicate, in the order of the lines."""

    def __init__(
        self, extract: Extract, lines: Lines, content: Content, maker: FactMaker, asked: Collection[str]
    ) -> None:
        """``asked``: the classes of which something is asked for which other lines may count."""
        self._asked = frozenset(asked)
        self._extract = extract
        self._lines = lines
        self._content = content
        self._maker = maker
        kinds: Pool[Kind] = Pool()
        held = self._kinds_by_line(kinds)
        named = np.flatnonzero(lines.exact & ~lines.duplicate)
        counts = np.fromiter((len(codes) for codes in held.values), np.int64, len(held.values))[held.codes[named]]
        self.line: Places = np.repeat(named, counts)
        self.place = np.arange(len(self.line)) - np.repeat(np.cumsum(counts) - counts, counts)
        longest = int(counts.max(initial=0))
        table = np.zeros((len(held.values), max(longest, 1)), np.int32)
        for number, codes in enumerate(held.values):
            table[number, : len(codes)] = codes
        self.kind: Column[Kind] = Column(table[held.codes[self.line], self.place], kinds.values)
        self.person: Places = lines.person[self.line]
        self._lone: dict[tuple[str, tuple[int, ...]], Mapping[str, AttributeContent]] = {}

    def __len__(self) -> int:
        return len(self.line)

    def _kinds_by_line(self, kinds: Pool[Kind]) -> Column[tuple[int, ...]]:
        """Classes hang on the product and its route, and for a few medicines on the daily dose."""
        lines = self._lines
        by_dose = {name for one in self._content.classes.values() for name in one.daily_mg_at_least}
        dosed = lines.recognised.where(lambda named: any(it.name in by_dose for it in named.ingredients))
        route = lines.directions.mapped(lambda taken: taken.route)
        columns: list[Column[Any]] = [
            lines.recognised,
            route,
            _only_where(dosed, lines.directions),
            _only_where(dosed, lines.years),
        ]

        def held(index: int) -> tuple[int, ...]:
            return tuple(
                kinds.code(
                    Kind(
                        it.name,
                        substance_of(it.name, self._content.medicines),
                        frozenset(it.classes),
                        frozenset(it.possible_classes),
                    )
                )
                for it in lines.ingredients(index)
            )

        return by_distinct(held, columns, len(lines))

    def of_class(self, name: str) -> tuple[Places, Flags]:
        """The entries that are in a class or may be, and which of them are for certain."""
        sure = np.fromiter((name in kind.classes for kind in self.kind.values), bool, len(self.kind.values))
        maybe = np.fromiter((name in kind.possible for kind in self.kind.values), bool, len(self.kind.values))
        found = np.flatnonzero((sure | maybe)[self.kind.codes])
        return found, sure[self.kind.codes[found]]

    def attribute(self, name: str, entries: Places) -> Column[AttributeContent]:
        """An attribute, by the name that conditions use, of these entries."""
        kept = KEPT_AS.get(name, name)
        if kept not in NEEDS_OTHERS:
            return self._alone(kept, entries)
        with_others = self._with_others
        together = with_others.places[entries] >= 0
        if not together.any():
            return self._alone(kept, entries)
        pool: Pool[AttributeContent] = Pool()
        codes = np.zeros(len(entries), np.int32)
        lone = np.flatnonzero(~together)
        alone = self._alone(kept, entries[lone])
        codes[lone] = np.fromiter((pool.code(v) for v in alone.values), np.int32, len(alone.values))[alone.codes]
        for index in np.flatnonzero(together):
            facts = with_others.facts[with_others.places[entries[index]]]
            codes[index] = pool.code(facts.attributes.get(kept))
        return Column(codes, pool.values)

    def _alone(self, kept: str, entries: Places) -> Column[AttributeContent]:
        """The attribute of lines that nothing else of the person says anything about."""
        rows, lines = self._lines.rows, self._lines
        named: list[Column[Any]]
        make: Callable[[int, int], Mapping[str, AttributeContent]]
        if kept in _OF_PRODUCT:
            named, make = [lines.recognised, lines.directions], self._of_product
        elif kept in _OF_DIRECTIONS:
            named, make = [lines.directions, rows.indication.mapped(lambda it: bool(it.strip()))], self._of_directions
        elif kept == "supply":
            named, make = [lines.directions, rows.quantity], self._of_directions
        elif kept in _OF_DOSE:
            named, make = [lines.recognised, lines.directions, lines.years], self._of_dose
        elif kept in _OF_START:
            named, make = [rows.start], self._of_start
        elif kept == "age_at_start":
            named, make = [rows.start, self._extract.people.born.taken(lines.person)], self._of_start
        elif kept in _OF_END:
            named, make = [rows.end], self._of_history
        elif kept == LAPSED:
            ended = rows.end.mapped(lambda day: day is not None)
            named, make = [lines.directions, rows.quantity, rows.last_issue, ended], self._of_issues
        else:  # no issue listed, no weight known, no other line: the same for every line
            alone = False if kept in ("switching", DUPLICATE) else None
            return Column.constant(alone, len(entries))
        columns: list[Column[Any]] = [column.taken(self.line[entries]) for column in named]
        if kept in (*_OF_PRODUCT, *_OF_DOSE):
            columns.append(Column(self.place[entries].astype(np.int32), range(1 + int(self.place.max(initial=0)))))

        def value(index: int) -> AttributeContent:
            entry = int(entries[index])
            key = (make.__name__, tuple(int(column.codes[index]) for column in columns))
            if key not in self._lone:
                self._lone[key] = make(int(self.line[entry]), int(self.place[entry]))
            return self._lone[key].get(kept)

        return by_distinct(value, columns, len(entries))

    def _of_product(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read(line)
        return product_attributes(read, read.ingredients[place], self._content.medicines)

    def _of_directions(self, line: int, _: int) -> Mapping[str, AttributeContent]:
        return direction_attributes(self._lines.read_but_ingredients(line))

    def _of_dose(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        return dose_attributes(self._lines.ingredients(line)[place], None)

    def _of_start(self, line: int, _: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read_but_ingredients(line)
        born = self._extract.people.born.at(int(self._lines.person[line]))
        as_of = self._lines.as_of
        changed = product_changed(read, (), as_of)
        return {**time_attributes(read, (), born, as_of, self._care_without_results), "product_changed": changed}

    def _of_history(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read(line)
        return history_attributes(read, read.ingredients[place], (read,), self._lines.as_of)

    def _of_issues(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read(line)
        return {LAPSED: lapsed(read, read.ingredients[place], (read,), self._lines.as_of)}

    @cached_property
    def _care_without_results(self) -> CareDates:
        """What is known of reviews and tests of somebody who has no results in the extract."""
        record = Record(complete=self._extract.complete)
        return self._maker.care_dates(record, self._lines.as_of)

    def _facts_of(self, person: int, lines: Iterable[int], *, with_results: bool) -> Sequence[LineFacts]:
        """The line facts of some lines of a person, each ingredient in order, as the review of one person has them."""
        extract = self._extract
        results = tuple(map(extract.observations.observation, self._results_of(person))) if with_results else ()
        record = Record(extract.people.person(person), observations=results, complete=extract.complete)
        reads = [self._lines.read(index) for index in lines]
        return self._maker.person_facts(record, reads, {}, self._lines.as_of).lines

    def _results_of(self, person: int) -> range:
        return range(int(self._result_bounds[person]), int(self._result_bounds[person + 1]))

    @cached_property
    def _result_bounds(self) -> Places:
        return bounds(self._extract.observations, len(self._extract))

    @cached_property
    def _with_others(self) -> _Together:
        """The entries that are looked at together with the rest of their person, and what came of it."""
        people = len(self._extract)
        substances = {kind.substance for kind in self.kind.values if (kind.classes | kind.possible) & self._asked}
        of_asked = np.flatnonzero(self.kind.where(lambda kind: kind.substance in substances))
        substance = self.kind.taken(of_asked).mapped(lambda kind: kind.substance)
        person = self.person[of_asked]
        has_results = np.diff(self._result_bounds) > 0
        alone = ~has_results[person] & ~self._lines.rows.issues.where(bool)[self.line[of_asked]]
        alone &= ~_more_than_one(person, people, substance) & ~self._may_be_switching(people)[of_asked]
        whose = np.zeros(people, bool)
        whose[person[~alone]] = True
        asked = of_asked[whose[person]]
        places = np.full(len(self), -1, np.int64)
        facts: list[LineFacts] = []
        for first, after in runs(self.person[asked]):
            entries = asked[first:after]
            who = int(self.person[entries[0]])
            lines = dict.fromkeys(map(int, self.line[entries]))
            places[entries] = np.arange(len(facts), len(facts) + len(entries))
            facts.extend(self._facts_of(who, lines, with_results=bool(has_results[who])))
        return _Together(places, facts)

    def _may_be_switching(self, people: int) -> Flags:
        """Entries of people of whom a medicine that is switched from ended, and who have another such medicine."""
        of_switch = self.kind.where(lambda kind: bool(kind.classes & SWITCH_CLASSES))
        ended = self._lines.rows.end.where(lambda day: day is not None)[self.line]
        several = np.bincount(self.person[of_switch], minlength=people) > 1
        some_ended = np.bincount(self.person[of_switch & ended], minlength=people) > 0
        return np.asarray(of_switch & (several & some_ended)[self.person])


@dataclass(frozen=True)
class _Together:
    """For each entry the place of its facts, -1 where it is looked at alone."""

    places: NDArray[np.int64]
    facts: Sequence[LineFacts]


def _only_where(flags: Flags, column: Column[Any]) -> Column[Any]:
    return Column(np.where(flags, column.codes + 1, 0).astype(np.int32), [None, *column.values])


def _more_than_one(person: Places, people: int, what: Column[str]) -> Flags:
    """Which entries share person and value with another."""
    found = combinations([(person.astype(np.int32), people), (what.codes, len(what.values))], len(person))
    return np.asarray(np.bincount(found.codes, minlength=len(found.first))[found.codes] > 1)
