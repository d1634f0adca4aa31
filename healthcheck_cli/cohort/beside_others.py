"""Medicine lines that cannot be looked at one by one: other lines or results of the person say something of them.

They are few: somebody has two lines of one substance, or a medicine ended about when another began, or there are
results. The functions of the review of one person are asked of each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column, Pool, combinations, lengths_of
from healthcheck_cli.cohort.extract import Extract, Places, bounds
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Flags, Lines
from healthcheck_cli.conditions.attributes import BEGUN_ON, DUPLICATE, GAIN_SINCE_START, LAPSED, REDUCED
from healthcheck_cli.conditions.values import AttributeContent, LineFacts
from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.facts.line_history import CareDates, history_attributes
from healthcheck_cli.facts.lines import (
    SWITCH_CLASSES,
    lapsed,
    same_substance,
    switching,
    time_attributes,
)
from healthcheck_cli.medicines.models import IngredientDose, IngredientRead, MedicineRead
from healthcheck_cli.record import PartialDate, Record

OF_TIMES = (
    *("taken_for", "begun", BEGUN_ON, "age_at_start"),
    *("reviewed_since_start", "team_review_since_start", "start_checks_done"),
)
OF_END = (REDUCED, "reduced_ago")
_OF_RESULTS = ("mg_per_kg", GAIN_SINCE_START)
OF_ISSUES = ("issues_6m", "issues_12m")
_OF_SWITCHING = "switching"
NEEDS_OTHERS = frozenset(
    {*OF_TIMES, *OF_END, *_OF_RESULTS, *OF_ISSUES, _OF_SWITCHING, "product_changed", LAPSED, DUPLICATE}
)
"""Attributes for which the other lines or the results of the person may count, or the line's own issues."""

_NO_DAY = date.max.toordinal()
_NO_DOSE = IngredientDose(daily=None, why_unknown="not worked out here")


@dataclass(frozen=True)
class Kind:
    """An ingredient of a line, as far as classes go."""

    name: str
    substance: str
    classes: frozenset[str]
    possible: frozenset[str]


@dataclass(frozen=True)
class Held:
    """The ingredients of lines: of each the line and the place in it, whose it is and what it is. ``by_line``: the
    codes of the kinds that each line holds."""

    line: Places
    place: Places
    person: Places
    kind: Column[Kind]
    by_line: Column[tuple[int, ...]]


@dataclass(frozen=True)
class _SeenBeside:
    """An ingredient of a line among the ``others`` of the person, of which ``same`` hold its substance, and what these
    say of its times and its history."""

    read: MedicineRead
    ingredient: IngredientRead
    others: tuple[MedicineRead, ...]
    born: PartialDate | None
    as_of: date
    care: CareDates
    medicines: Mapping[str, Medicine]

    @cached_property
    def same(self) -> tuple[MedicineRead, ...]:
        return same_substance(self.ingredient, self.others, self.medicines)

    @cached_property
    def times(self) -> Mapping[str, AttributeContent]:
        return time_attributes(self.read, self.same, self.born, self.as_of, self.care)

    @cached_property
    def history(self) -> Mapping[str, AttributeContent]:
        return history_attributes(self.read, self.ingredient, self.same, self.as_of)


class BesideOthers:
    """Which ingredients have others beside them that count, and what their attributes then are."""

    def __init__(
        self,
        held: Held,
        extract: Extract,
        lines: Lines,
        maker: FactMaker,
        asked: Mapping[str, frozenset[str]],
        kept: Kept,
    ) -> None:
        """``asked``: for each attribute for which others may count, the classes of which it is asked."""
        self._held = held
        self._extract = extract
        self._lines = lines
        self._maker = maker
        self._asked = asked
        self._kept = kept
        self._codes: dict[str, Codes] = {}
        self._reads: dict[int, Mapping[int, MedicineRead]] = {}
        self._seen: dict[int, _SeenBeside] = {}
        self._of_people_with_results: dict[int, Mapping[int, LineFacts]] = {}

    def flags(self, attribute: str) -> Flags:
        """The entries of which others may say something that counts for the attribute."""
        if attribute in (*_OF_RESULTS, *OF_ISSUES):
            return self._with_results
        if attribute == _OF_SWITCHING:
            return self._with_results | self._maybe_switched
        if attribute in OF_TIMES:
            return self._with_results | self._may_go_on
        return self._with_results | self._not_alone

    def codes(self, attribute: str) -> Codes:
        """The codes of the attribute, in the pool of its name, of these entries; of others they say nothing."""
        if attribute not in self._codes:
            pool: Pool[AttributeContent] = self._kept.pool(f"attribute:{attribute}")
            codes = np.full(len(self._held.line), pool.code(None), np.int32)
            classes = self._asked.get(attribute, frozenset())
            asked = self._held.kind.where(lambda kind: bool((kind.classes | kind.possible) & classes))
            for entry in np.flatnonzero(asked & self.flags(attribute)).tolist():
                codes[entry] = pool.code(self._value(attribute, entry))
            self._codes[attribute] = codes
        return self._codes[attribute]

    @cached_property
    def care_without_results(self) -> CareDates:
        """What is known of reviews and tests of somebody who has no results in the extract."""
        return self._maker.care_dates(Record(complete=self._extract.complete), self._lines.as_of)

    def _value(self, attribute: str, entry: int) -> AttributeContent:
        """The attribute of one line, with the other lines and the results of the person in sight."""
        person, as_of = int(self._held.person[entry]), self._lines.as_of
        if self._has_results[person]:
            return self._facts_with_results(person)[entry].attributes.get(attribute)
        if entry not in self._seen:
            self._seen[entry] = self._seen_beside(person, entry)
        seen = self._seen[entry]
        if attribute == LAPSED:
            return lapsed(seen.read, seen.ingredient.name, seen.others, as_of)
        if attribute == _OF_SWITCHING:
            return switching(seen.read, seen.ingredient, seen.others)
        if attribute in OF_TIMES:
            return seen.times.get(attribute)
        return seen.history.get(attribute)

    def _seen_beside(self, person: int, entry: int) -> _SeenBeside:
        reads = self._reads_of(person)
        read = reads[int(self._held.line[entry])]
        return _SeenBeside(
            read,
            read.ingredients[int(self._held.place[entry])],
            tuple(reads.values()),
            self._extract.people.born.at(person),
            self._lines.as_of,
            self.care_without_results,
            self._maker.content.medicines,
        )

    def _facts_with_results(self, person: int) -> Mapping[int, LineFacts]:
        """The line facts of a person who has results, by entry."""
        if person not in self._of_people_with_results:
            extract, reads, line = self._extract, self._reads_of(person), self._held.line
            edges = self._result_bounds
            results = map(extract.observations.observation, range(int(edges[person]), int(edges[person + 1])))
            record = Record(extract.people.person(person), observations=tuple(results), complete=extract.complete)
            facts = self._maker.person_facts(record, tuple(reads.values()), {}, self._lines.as_of).lines
            entries = (entry for it in reads for entry in range(*np.searchsorted(line, [it, it + 1])))
            self._of_people_with_results[person] = dict(zip(entries, facts, strict=True))
        return self._of_people_with_results[person]

    def _reads_of(self, person: int) -> Mapping[int, MedicineRead]:
        """The lines of a person that are looked at together, read. How much is taken a day is worked out only where
        something may be asked of it: of a line that ended, or beside results."""
        if person not in self._reads:
            lines, ended = self._lines_together[person], self._lines.rows.end
            if self._has_results[person] or any(ended.at(line) is not None for line in lines):
                self._reads[person] = {line: self._lines.read(line) for line in lines}
            else:
                self._reads[person] = {line: self.without_doses(line) for line in lines}
        return self._reads[person]

    def without_doses(self, line: int) -> MedicineRead:
        """A line as read, but for how much is taken a day."""
        kinds = [self._held.kind.values[code] for code in self._held.by_line.at(line)]
        ingredients = tuple(
            IngredientRead(kind.name, "", tuple(kind.classes), tuple(kind.possible), _NO_DOSE) for kind in kinds
        )
        return self._lines.read_with(line, ingredients)

    @cached_property
    def _lines_together(self) -> Mapping[int, Mapping[int, None]]:
        """The lines of each person that are looked at together, in order."""
        found: dict[int, dict[int, None]] = {}
        entries = np.flatnonzero(self._together)
        for person, line in zip(self._held.person[entries].tolist(), self._held.line[entries].tolist(), strict=True):
            found.setdefault(person, {})[line] = None
        return found

    @cached_property
    def _result_bounds(self) -> Places:
        return bounds(self._extract.observations, len(self._extract))

    @cached_property
    def _has_results(self) -> Flags:
        return np.asarray(np.diff(self._result_bounds) > 0)

    @cached_property
    def _of_asked(self) -> Flags:
        """The entries of a substance of which, in one of its forms, such an attribute is asked."""
        kind = self._held.kind
        asked = frozenset[str]().union(*self._asked.values())
        substances = {it.substance for it in kind.values if (it.classes | it.possible) & asked}
        return kind.where(lambda it: it.substance in substances)

    @cached_property
    def _with_results(self) -> Flags:
        return np.asarray(self._of_asked & self._has_results[self._held.person])

    @cached_property
    def _of_one_substance(self) -> tuple[Places, Codes]:
        """The entries of people who have the substance more than once, and a number for each person and substance."""
        places = np.flatnonzero(self._of_asked)
        substance = self._held.kind.mapped(lambda kind: kind.substance, self._kept.known("substances"))
        parts = [
            (self._held.person[places], len(self._extract)),
            (substance.codes[places], len(substance.values)),
        ]
        found = combinations(parts, len(places))
        several = np.bincount(found.codes, minlength=len(found.first))[found.codes] > 1
        return places[several], found.codes[several]

    @cached_property
    def _not_alone(self) -> Flags:
        places, _ = self._of_one_substance
        return self._flagged(places)

    @cached_property
    def _may_go_on(self) -> Flags:
        """Those that may go on from another line of the substance: one that was begun before, as far as no issues are
        listed that say otherwise."""
        places, group = self._of_one_substance
        rows, line = self._lines.rows, self._held.line[places]
        start = _days(rows.start.taken(line))
        groups = int(group.max(initial=-1)) + 1
        earliest = np.full(groups, _NO_DAY)
        np.minimum.at(earliest, group, start)
        issued = np.zeros(groups, bool)
        issued[group[lengths_of(rows.issues.taken(line)) > 0]] = True
        return self._flagged(places[issued[group] | (start > earliest[group])])

    def _flagged(self, places: Places) -> Flags:
        flags = np.zeros(len(self._held.line), bool)
        flags[places] = True
        return flags

    @cached_property
    def _maybe_switched(self) -> Flags:
        """Entries of people of whom a medicine that is switched from ended, and who have another such medicine."""
        people, person = len(self._extract), self._held.person
        of_switch = self._held.kind.where(lambda kind: bool(kind.classes & SWITCH_CLASSES))
        ended = self._lines.rows.end.where(lambda day: day is not None)[self._held.line]
        several = np.bincount(person[of_switch], minlength=people) > 1
        some_ended = np.bincount(person[of_switch & ended], minlength=people) > 0
        return np.asarray(of_switch & (several & some_ended)[person])

    @cached_property
    def _together(self) -> Flags:
        return np.asarray(self._with_results | self._not_alone | self._maybe_switched)


def _days(dates: Column[date | None]) -> Places:
    """The dates as numbers; the last there is for none."""
    codes, places = np.unique(dates.codes, return_inverse=True)
    found = [dates.values[code] for code in codes.tolist()]
    return np.array([_NO_DAY if day is None else day.toordinal() for day in found], np.int64)[places]
