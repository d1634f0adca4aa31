"""The ingredients of medicine lines as conditions see them: classes, and attributes worked out when asked for.

An attribute depends on few columns of a line. It is worked out by ``line_facts`` for one line of each combination of
those; where it also depends on other lines, results or reviews of the person, for that person's lines together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column, Pool, by_distinct, combinations
from healthcheck_cli.cohort.extract import Extract, Places, bounds
from healthcheck_cli.cohort.kept import Kept
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
    issue_attributes,
    lapsed,
    product_attributes,
    same_substance,
    substance_of,
    switching,
    time_attributes,
)
from healthcheck_cli.medicines.models import IngredientDose, IngredientRead, MedicineRead
from healthcheck_cli.record import Record

_OF_PRODUCT = ("route", "oral", "depot", "release", "product_named", "level", "listed", "hospital")
_OF_DIRECTIONS = ("prn", "regular", "max_stated", "reason_stated")
_OF_DOSE = ("daily_mg", "percent_of_max", PERCENT_AT_TOP)
_OF_TIMES = (
    *("taken_for", "begun", BEGUN_ON, "age_at_start"),
    *("reviewed_since_start", "team_review_since_start", "start_checks_done"),
)
_OF_END = (REDUCED, "reduced_ago")
NEEDS_OTHERS = frozenset(
    {
        *_OF_TIMES,
        *_OF_END,
        *("product_changed", "mg_per_kg", "issues_6m", "issues_12m", "switching", LAPSED, DUPLICATE, GAIN_SINCE_START),
    }
)
"""Attributes for which the other lines, the issues or the results of the person may count."""


_NO_DOSE = IngredientDose(daily=None, why_unknown="not worked out here")

_Maker = Callable[[int, int], Mapping[str, AttributeContent]]
"""Makes attributes of an ingredient, told the number of its line and its place in it."""


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
        self,
        extract: Extract,
        lines: Lines,
        content: Content,
        maker: FactMaker,
        asked: Mapping[str, frozenset[str]],
        kept: Kept,
    ) -> None:
        """``asked``: for each attribute for which other lines may count, the classes of which it is asked."""
        self._classes_asked = asked
        self._asked = frozenset[str]().union(*asked.values())
        self._extract = extract
        self._lines = lines
        self._content = content
        self._maker = maker
        self._kept = kept
        kinds = kept.pool("kinds")
        self.held = held = self._kinds_by_line(kinds)
        """The kinds in each line, by their codes."""
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
        self._reads: dict[int, Mapping[int, MedicineRead]] = {}
        self._beside_others: dict[tuple[int, bool], Mapping[str, AttributeContent]] = {}
        self._of_people_with_results: dict[int, Mapping[int, LineFacts]] = {}
        self._every: dict[str, Column[AttributeContent]] = {}
        self._together: dict[str, Codes] = {}
        self._made: dict[str, Column[Mapping[str, AttributeContent]]] = {}

    def __len__(self) -> int:
        return len(self.line)

    @cached_property
    def substance(self) -> Column[str]:
        """The substance of each."""
        return self.kind.mapped(lambda kind: kind.substance, self._kept.known("substances"))

    def _kinds_by_line(self, kinds: Pool[Kind]) -> Column[tuple[int, ...]]:
        """Classes hang on the product and its route, and for a few medicines on the daily dose."""
        lines = self._lines
        by_dose = {name for one in self._content.classes.values() for name in one.daily_mg_at_least}
        dosed = lines.recognised.where(lambda named: any(it.name in by_dose for it in named.ingredients))
        route = lines.directions.mapped(lambda taken: taken.route, self._kept.known("route"))
        columns: list[Column[Any]] = [
            lines.recognised,
            route,
            _only_where(dosed, lines.directions),
            _only_where(dosed, lines.years),
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
        sure = np.fromiter((name in kind.classes for kind in self.kind.values), bool, len(self.kind.values))
        maybe = np.fromiter((name in kind.possible for kind in self.kind.values), bool, len(self.kind.values))
        found = np.flatnonzero((sure | maybe)[self.kind.codes])
        return found, sure[self.kind.codes[found]]

    def attribute(self, name: str, entries: Places) -> Column[AttributeContent]:
        """An attribute, by the name that conditions use, of these entries."""
        kept = KEPT_AS.get(name, name)
        if kept not in NEEDS_OTHERS:
            return self._alone(kept, entries)
        together = self._looked_at_together[entries]
        if not together.any():
            return self._alone(kept, entries)
        if kept not in self._together:
            self._together[kept] = self._for_those_together(kept)
        codes = self._together[kept][self._place_together[entries]]
        alone = self._alone(kept, entries[~together])
        codes[~together] = alone.codes
        return Column(codes, alone.values)

    def _for_those_together(self, kept: str) -> Codes:
        """The codes of the attribute of all entries that are looked at with others, in their order."""
        classes = self._classes_asked.get(kept, frozenset())
        asked = self.kind.where(lambda kind: bool((kind.classes | kind.possible) & classes))
        together = np.flatnonzero(self._looked_at_together)
        pool = self._values_of(kept)
        codes = np.full(len(together), pool.code(None), np.int32)  # of those of which it is not asked
        for place in np.flatnonzero(asked[together]):
            codes[place] = pool.code(self._with_others(kept, int(together[place])))
        return codes

    def _values_of(self, kept: str) -> Pool[AttributeContent]:
        return self._kept.pool(f"attribute:{kept}")

    @cached_property
    def _place_together(self) -> Places:
        """For each entry its place among those that are looked at with others; 0 where it is not."""
        together = self._looked_at_together
        return np.where(together, np.cumsum(together) - 1, 0)

    def _alone(self, kept: str, entries: Places) -> Column[AttributeContent]:
        """The attribute of lines that nothing else of the person says anything about."""
        rows, lines = self._lines.rows, self._lines
        known = self._kept.known
        if kept in _OF_PRODUCT:
            told = lines.directions.mapped(lambda it: (it.route, it.dosage.hospital), known("told of product"))
            return self._of_every_entry(kept, [lines.recognised, told], self._of_product).taken(entries)
        if kept in _OF_DIRECTIONS:
            reason = rows.indication.mapped(lambda it: bool(it.strip()), known("reason beside"))
            return self._of_every_line(kept, [lines.directions, reason], self._of_directions, entries)
        if kept in (*_OF_TIMES, "product_changed") and kept != "age_at_start":
            return self._of_every_line(kept, [rows.start], self._of_start, entries)
        if kept in _OF_END:
            return self._of_some(kept, [rows.end], self._of_history, entries)
        if kept == "age_at_start":
            born = self._extract.people.born.taken(lines.person)
            return self._of_some(kept, [rows.start, born], self._of_start, entries)
        if kept == "supply":
            return self._of_some(kept, [lines.directions, rows.quantity], self._of_directions, entries)
        if kept in _OF_DOSE:
            return self._of_some(kept, [lines.recognised, lines.directions, lines.years], self._of_dose, entries)
        if kept == LAPSED:
            ended = rows.end.mapped(lambda day: day is not None, known("ended"))
            columns: list[Column[Any]] = [lines.directions, rows.quantity, rows.last_issue, ended, rows.active]
            return self._of_some(kept, columns, self._of_issues, entries)
        # no issue listed, no weight known, no other line: the same for every line
        pool = self._values_of(kept)
        same = pool.code(False if kept in ("switching", DUPLICATE) else None)
        return Column(np.full(len(entries), same, np.int32), pool.values)

    def _of_every_line(self, kept: str, columns: Sequence[Column[Any]], make: _Maker, entries: Places) -> Column[Any]:
        """An attribute that rests on few columns of a line: made for all lines at once, when first asked for."""
        if kept not in self._every:
            name = f"every {make.__name__}"
            if name not in self._made:
                self._made[name] = self._made_of(make, name, columns, len(self._lines), lambda line: (line, 0))
            self._every[kept] = self._one_of(self._made[name], name, kept)
        return self._every[kept].taken(self.line[entries])

    def _of_every_entry(self, kept: str, columns: Sequence[Column[Any]], make: _Maker) -> Column[Any]:
        """As for lines, of what differs between the ingredients of one."""
        if kept not in self._every:
            name = f"every {make.__name__}"
            if name not in self._made:
                given = [*(column.taken(self.line) for column in columns), _numbers(self.place)]
                self._made[name] = self._made_of(make, name, given, len(self), self._where)
            self._every[kept] = self._one_of(self._made[name], name, kept)
        return self._every[kept]

    def _of_some(self, kept: str, columns: Sequence[Column[Any]], make: _Maker, entries: Places) -> Column[Any]:
        """An attribute that rests on too much to be made for all lines."""
        given = [column.taken(self.line[entries]) for column in columns]
        if kept in _OF_DOSE:
            given.append(_numbers(self.place[entries]))
        name = f"some {make.__name__} {'dose' if kept in _OF_DOSE else kept}"
        made = self._made_of(make, name, given, len(entries), lambda index: self._where(entries[index]))
        return self._one_of(made, name, kept)

    def _where(self, entry: int) -> tuple[int, int]:
        return int(self.line[entry]), int(self.place[entry])

    def _made_of(
        self,
        make: _Maker,
        name: str,
        columns: Sequence[Column[Any]],
        length: int,
        where: Callable[[int], tuple[int, int]],
    ) -> Column[Mapping[str, AttributeContent]]:
        """The attributes that are made of these columns, where ``where`` tells line and place of each index."""
        known = self._kept.known(name, comparable=False)
        return by_distinct(lambda index: make(*where(index)), columns, length, known)

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

    def _of_start(self, line: int, _: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read_but_ingredients(line)
        # what is made here stands for lines without issues, and the line it is made of may have some
        read = replace(read, line=replace(read.line, issues=()))
        born = self._extract.people.born.at(int(self._lines.person[line]))
        as_of = self._lines.as_of
        changed = product_changed(read, (), as_of)
        return {**time_attributes(read, (), born, as_of, self._care_without_results), "product_changed": changed}

    def _of_history(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read(line)
        return history_attributes(read, read.ingredients[place], (read,), self._lines.as_of)

    def _of_issues(self, line: int, place: int) -> Mapping[str, AttributeContent]:
        read = self._lines.read_but_ingredients(line)
        return {LAPSED: lapsed(read, read.recognised.ingredients[place].name, (read,), self._lines.as_of)}

    @cached_property
    def _care_without_results(self) -> CareDates:
        """What is known of reviews and tests of somebody who has no results in the extract."""
        record = Record(complete=self._extract.complete)
        return self._maker.care_dates(record, self._lines.as_of)

    def _with_others(self, kept: str, entry: int) -> AttributeContent:
        """The attribute of one line, with the other lines and the results of the person in sight."""
        person, as_of = int(self.person[entry]), self._lines.as_of
        if self._has_results[person]:
            return self._with_results(person)[entry].attributes.get(kept)
        reads = self._reads_of(person)
        read = reads[int(self.line[entry])]
        ingredient, others = read.ingredients[int(self.place[entry])], tuple(reads.values())
        if kept in ("issues_6m", "issues_12m"):
            return issue_attributes(read, as_of)[kept]
        if kept == LAPSED:
            return lapsed(read, ingredient.name, others, as_of)
        if kept == "switching":
            return switching(read, ingredient, others)
        if kept in ("mg_per_kg", GAIN_SINCE_START):
            return None
        key = (entry, kept in _OF_TIMES)
        if key not in self._beside_others:
            same = same_substance(ingredient, others, self._content.medicines)
            born = self._extract.people.born.at(person)
            self._beside_others[key] = (
                time_attributes(read, same, born, as_of, self._care_without_results)
                if kept in _OF_TIMES
                else history_attributes(read, ingredient, others, as_of)
            )
        return self._beside_others[key].get(kept)

    def _with_results(self, person: int) -> Mapping[int, LineFacts]:
        """The line facts of a person who has results, by entry."""
        if person not in self._of_people_with_results:
            extract, reads = self._extract, self._reads_of(person)
            edges = self._result_bounds
            results = map(extract.observations.observation, range(int(edges[person]), int(edges[person + 1])))
            record = Record(extract.people.person(person), observations=tuple(results), complete=extract.complete)
            facts = self._maker.person_facts(record, tuple(reads.values()), {}, self._lines.as_of).lines
            entries = (entry for line in reads for entry in range(*np.searchsorted(self.line, [line, line + 1])))
            self._of_people_with_results[person] = dict(zip(entries, facts, strict=True))
        return self._of_people_with_results[person]

    def _reads_of(self, person: int) -> Mapping[int, MedicineRead]:
        """The lines of a person that are looked at together, read. How much is taken a day is worked out only where
        something may be asked of it: of a line that ended, or beside results."""
        if person not in self._reads:
            entries = self._entries_together(person)
            lines = dict.fromkeys(map(int, self.line[entries]))
            ended = self._lines.rows.end
            if self._has_results[person] or any(ended.at(line) is not None for line in lines):
                self._reads[person] = {line: self._lines.read(line) for line in lines}
            else:
                self._reads[person] = {line: self._without_doses(line) for line in lines}
        return self._reads[person]

    def _without_doses(self, line: int) -> MedicineRead:
        kinds = [self.kind.values[code] for code in self.held.at(line)]
        ingredients = tuple(
            IngredientRead(kind.name, "", tuple(kind.classes), tuple(kind.possible), _NO_DOSE) for kind in kinds
        )
        return self._lines.read_with(line, ingredients)

    def _entries_together(self, person: int) -> Places:
        first, after = np.searchsorted(self.person, [person, person + 1])
        return np.arange(first, after)[self._looked_at_together[first:after]]

    @cached_property
    def _result_bounds(self) -> Places:
        return bounds(self._extract.observations, len(self._extract))

    @cached_property
    def _has_results(self) -> Flags:
        return np.asarray(np.diff(self._result_bounds) > 0)

    @cached_property
    def _looked_at_together(self) -> Flags:
        """The entries of which other lines, issues or results of the person may say something."""
        people = len(self._extract)
        substances = {kind.substance for kind in self.kind.values if (kind.classes | kind.possible) & self._asked}
        of_asked = self.kind.where(lambda kind: kind.substance in substances)
        places = np.flatnonzero(of_asked)
        substance = self.substance.taken(places)
        person = self.person[places]
        alone = ~self._has_results[person] & ~self._lines.rows.issues.where(bool)[self.line[places]]
        alone &= ~_more_than_one(person, people, substance) & ~self._may_be_switching(people)[places]
        whose = np.zeros(people, bool)
        whose[person[~alone]] = True
        return np.asarray(of_asked & whose[self.person])

    def _may_be_switching(self, people: int) -> Flags:
        """Entries of people of whom a medicine that is switched from ended, and who have another such medicine."""
        of_switch = self.kind.where(lambda kind: bool(kind.classes & SWITCH_CLASSES))
        ended = self._lines.rows.end.where(lambda day: day is not None)[self.line]
        several = np.bincount(self.person[of_switch], minlength=people) > 1
        some_ended = np.bincount(self.person[of_switch & ended], minlength=people) > 0
        return np.asarray(of_switch & (several & some_ended)[self.person])


def _numbers(places: Places) -> Column[int]:
    return Column(places, range(1 + int(places.max(initial=0))))


def _only_where(flags: Flags, column: Column[Any]) -> Column[Any]:
    return Column(np.where(flags, column.codes.astype(np.int32) + 1, 0), [None, *column.values])


def _more_than_one(person: Places, people: int, what: Column[str]) -> Flags:
    """Which entries share person and value with another."""
    found = combinations([(person.astype(np.int32), people), (what.codes, len(what.values))], len(person))
    return np.asarray(np.bincount(found.codes, minlength=len(found.first))[found.codes] > 1)
