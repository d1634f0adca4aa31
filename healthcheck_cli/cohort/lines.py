"""Medicine lines of many people, read: what each is, how it is taken, whether it is taken now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Column, Known, by_distinct, combinations, only_where
from healthcheck_cli.cohort.extract import Extract, Places
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.medicines.currency import begins_later, grace_days, last_issue_by
from healthcheck_cli.medicines.maximum_dose import ADULT
from healthcheck_cli.medicines.models import Currency, Dosage, IngredientRead, Match, MedicineRead, Recognised
from healthcheck_cli.medicines.not_taken import directions_say_not_taken, in_doubt
from healthcheck_cli.medicines.read_list import Directions, MedicineReader, Readings
from healthcheck_cli.record import MedicineLine, PartialDate, Row

Flags = NDArray[np.bool_]
_TOLD_BY_DIRECTIONS = ("", "eye_ear")  # routes of a name that the rest of the line may still change
_NO_GRACE = 1e9
_NO_ISSUE = -1  # days since an issue where none is known: taken as current
_OF_EACH_LINE = ("named", "recognised", "exact", "directions", "taken_now", "duplicate", "current", "not_recognised")


class Lines:
    """The medicine lines of an extract, each with everything that was made of it. Columns are made when asked for."""

    def __init__(
        self, extract: Extract, reader: MedicineReader, medicines: Mapping[str, Medicine], as_of: date, kept: Kept
    ) -> None:
        self.rows = extract.medicines
        self.reader = reader
        self.as_of = as_of
        self.person: Places = self.rows.person
        self._people = extract.people
        self._medicines = medicines
        self._bands = _ages_told_apart(medicines)
        self._kept = kept

    def __len__(self) -> int:
        return len(self.rows)

    def part(self, extract: Extract, first: int, after: int) -> Lines:
        """The lines of the people from ``first`` up to ``after``, who are those of ``extract``. What was made of all
        lines already is not made again."""
        found = Lines(extract, self.reader, self._medicines, self.as_of, self._kept)
        places = np.arange(*np.searchsorted(self.person, [first, after]))
        for name in _OF_EACH_LINE:
            made = self.__dict__.get(name)
            if made is not None:
                found.__dict__[name] = made.taken(places) if isinstance(made, Column) else made[places]
        return found

    @cached_property
    def named(self) -> Column[Recognised]:
        """What each product is, by its name and codes; of one that was recognised, not how it is written."""
        known = self._kept.known("named", self._kept.pool("named"))
        return by_distinct(self._named, self._told_by, len(self), known, self._kept.share)

    @property
    def _told_by(self) -> tuple[Column[str], Column[str], Column[str]]:
        return self.rows.text, self.rows.dmd_code, self.rows.bnf_code

    def _named(self, index: int) -> Recognised:
        return _without_its_writing(self._as_written(index))

    def _as_written(self, index: int) -> Recognised:
        text, dmd_code, bnf_code = (column.at(index) for column in self._told_by)
        return self.reader.recognised(MedicineLine(text, Row(0), dmd_code=dmd_code, bnf_code=bnf_code))

    @cached_property
    def recognised(self) -> Column[Recognised]:
        """What each product is, in doubt where its directions say that it is not taken."""
        doubted = self.taken_now & self.rows.dosage.where(directions_say_not_taken)
        if not doubted.any():
            return self.named

        def recognised(index: int) -> Recognised:
            return in_doubt(self._as_written(index)) if doubted[index] else self.named.at(index)

        flags = Column(doubted.astype(np.uint8), (False, True))
        written = (only_where(doubted, column) for column in self._told_by)
        known = self._kept.known("recognised", self._kept.pool("named"))  # a part without any has the codes of names
        return by_distinct(recognised, (self.named, flags, *written), len(self), known)

    @cached_property
    def exact(self) -> Flags:
        """Which lines were recognised."""
        return self.recognised.where(lambda named: named.match is Match.EXACT)

    @cached_property
    def said(self) -> Column[Readings]:
        """What the directions of each say, in whatever words."""

        def said(text: str) -> Readings:
            return Readings(*map(_without_its_words, self.reader.readings(text)))

        return self.rows.dosage.mapped(said, self._kept.known("said"), self._kept.share)

    @cached_property
    def directions(self) -> Column[Directions]:
        """How each is taken, in whatever words. A product whose name tells its route needs no look at which it is, nor
        at words: only where the name leaves the route open do they count."""
        named, rows = self.named, self.rows
        told = self._kept.known("told by name")
        by_name = named.mapped(lambda it: it if _may_go_another_way(it) else it.route, told)
        is_open = named.where(_may_go_another_way)
        words = (only_where(is_open, it) for it in (rows.dosage, rows.route, rows.indication, rows.bnf_code))

        def directions(index: int) -> Directions:
            return self.reader.directions(named.at(index), rows.line(index), self.said.at(index))

        columns = (by_name, self.said, rows.prn, *words)
        return by_distinct(directions, columns, len(self), self._kept.known("directions"))

    @cached_property
    def years(self) -> Column[int | None]:
        """The age of the person of each line: of the ages that no maximum dose tells apart, the lowest."""
        people = self._people
        ages = by_distinct(
            lambda index: _lowest_alike(_years(people.born.at(index), people.age.at(index), self.as_of), self._bands),
            (people.born, people.age),
            len(people.ids),
            self._kept.known("years"),
        )
        return ages.taken(self.person)

    @cached_property
    def taken_now(self) -> Flags:
        """Which lines count as taken on the day; the order of the evidence is that of ``currency_of``."""
        rows = self.rows
        over = rows.end.where(lambda day: day is not None and day < self.as_of)
        over |= rows.start.where(lambda day: day is not None and day > self.as_of)
        days = np.fromiter(map(self._days_since, rows.last_issue.values), np.int64)[rows.last_issue.codes]
        late = np.flatnonzero(rows.last_issue.where(lambda day: day is not None and day > self.as_of))
        begun = self._begun(late)
        over[late] |= begun.where(lambda found: not found[0])
        days[late] = np.fromiter((self._days_since(day) for _, day in begun.values), np.int64)[begun.codes]
        said = rows.active.where(lambda active: active is not None)
        said_taken = rows.active.where(lambda active: active is True)
        known = self._kept.known("grace")
        columns = (self.directions, self._at_hand, rows.quantity, rows.one_off)
        grace = by_distinct(self._grace, columns, len(self), known)
        fresh = days <= np.fromiter(grace.values, float, len(grace.values))[grace.codes]
        return np.asarray(~over & np.where(said, said_taken, fresh))

    def _days_since(self, day: date | None) -> int:
        return _NO_ISSUE if day is None else (self.as_of - day).days

    def _begun(self, late: Places) -> Column[tuple[bool, date | None]]:
        """Of lines with an issue after the day: are they begun, and their newest issue up to the day."""
        rows, as_of = self.rows, self.as_of

        def begun(place: int) -> tuple[bool, date | None]:
            line = rows.line(int(late[place]))
            return begins_later(line, as_of) is None, last_issue_by(line, as_of)

        columns = (rows.start, rows.last_issue, rows.issues)
        return by_distinct(begun, [it.taken(late) for it in columns], len(late))

    def _grace(self, index: int) -> float:
        taken = self.directions.at(index)
        if taken.dosage.hospital:
            return _NO_GRACE
        return grace_days(self.rows.line(index), taken.dosage, prn=taken.prn, at_hand=self._at_hand.at(index))

    @cached_property
    def _at_hand(self) -> Column[bool]:
        """Which products are, or may be, kept for an emergency."""
        routes = self.directions.mapped(lambda taken: taken.route, self._kept.known("routes"))

        def at_hand(index: int) -> bool:
            return self.reader.is_kept_at_hand(self.named.at(index), routes.at(index))

        return by_distinct(at_hand, (self.named, routes), len(self), self._kept.known("at hand"))

    @cached_property
    def duplicate(self) -> Flags:
        """Which lines, taken now, say the same as an earlier one of the person."""
        rows = self.rows
        plain, known = lambda text: tuple(text.casefold().split()), self._kept.known
        texts = [rows.text.mapped(plain, known("plain text")), rows.dosage.mapped(plain, known("plain dosage"))]
        columns: list[Column[Any]] = [*texts, rows.start, rows.last_issue]
        parts = [(column.codes, len(column.values)) for column in columns]
        whose = (self.person.astype(np.int32), len(self._people.ids))
        places = _on_several_rows(self.person, parts[0])  # few people have one product on two lines
        again = np.zeros(len(self), bool)
        if len(places):
            same = [(codes[places], size) for codes, size in (whose, *parts)]
            again[places] = _not_first(same, len(places))
        return again & self.taken_now

    @cached_property
    def current(self) -> Flags:
        """Which lines are counted as taken now, each once."""
        return self.taken_now & ~self.duplicate

    @cached_property
    def not_recognised(self) -> Flags:
        """Current lines nobody could name."""
        return self.current & ~self.exact

    def ingredients(self, index: int) -> tuple[IngredientRead, ...]:
        """What is in one line and how much of it is taken a day."""
        named, taken, years = self.dosed_by
        given = tuple(int(column.codes[index]) for column in self.dosed_by)
        known: Known[tuple[IngredientRead, ...]] = self._kept.known("ingredients", comparable=False)
        made = partial(self.reader.ingredients, named.at(index), taken.at(index), years.at(index))
        return known.values[known.code(given, made)]

    @cached_property
    def dosed_by(self) -> tuple[Column[Recognised], Column[Directions], Column[int | None]]:
        """What the amount of a substance a day hangs on: the product, whatever its brand, how it is taken, the age."""
        return self.recognised.mapped(_without_its_names, self._kept.known("as dosed")), self.directions, self.years

    def read(self, index: int) -> MedicineRead:
        """One line as the review of one person has it."""
        return self.read_with(index, self.ingredients(index))

    def read_but_ingredients(self, index: int) -> MedicineRead:
        """One line as read, without what is in it: for what does not look at that."""
        return self.read_with(index, ())

    def read_with(self, index: int, ingredients: tuple[IngredientRead, ...]) -> MedicineRead:
        """One line as read, holding these ingredients."""
        line, named, taken = self.rows.line(index), self.recognised.at(index), self.directions.at(index)
        currency = Currency.CURRENT if self.current[index] else Currency.NOT_CURRENT
        return MedicineRead(
            line=line,
            recognised=named if named.route == taken.route else replace(named, route=taken.route),
            dosage=taken.dosage,
            ingredients=ingredients,
            currency=Currency.DUPLICATE if self.duplicate[index] else currency,
            prn=taken.prn,
            route=taken.route,
        )

    def per_person(self, flags: Flags) -> NDArray[np.int64]:
        """How many of these lines each person has."""
        return np.bincount(self.person[flags], minlength=len(self._people.ids))


def _without_its_writing(named: Recognised) -> Recognised:
    """A product has hundreds of ways to be written, and what comes after looks at none of them."""
    return named if named.match is not Match.EXACT else replace(named, text="", matched_by="")


def _without_its_names(named: Recognised) -> Recognised:
    return replace(
        named, text="", product_named=False, brand="", candidates=(), suggestions=(), matched_by="", conflict=""
    )


def _without_its_words(dosage: Dosage) -> Dosage:
    """That there are words at all matters: without any, nothing could be read."""
    return replace(dosage, text="said" if dosage.text.strip() else "")


def _may_go_another_way(named: Recognised) -> bool:
    return named.match is Match.EXACT and named.route in _TOLD_BY_DIRECTIONS


def _years(born: PartialDate | None, told: int | None, as_of: date) -> int | None:
    """The age that doses go by: to the year or not at all, as in the review of one person."""
    age = age_on(born, as_of)
    return int(age.low) if age is not None and age.exact else told


def _ages_told_apart(medicines: Mapping[str, Medicine]) -> tuple[int, ...]:
    """The ages at which some maximum dose begins to hold, or no longer holds."""
    limits = {0, ADULT}
    for medicine in medicines.values():
        for maximum in medicine.maxima:
            limits |= {it for it in (maximum.min_age,) if it is not None}
            limits |= {it + 1 for it in (maximum.max_age,) if it is not None}
    return tuple(sorted(limits))


def _lowest_alike(years: int | None, bands: Sequence[int]) -> int | None:
    return None if years is None else bands[bisect_right(bands, years) - 1]


def _on_several_rows(person: Places, part: tuple[Any, int]) -> Places:
    """The rows of which another row of the person has the same code."""
    codes, size = part
    keys = person * size + codes
    order = np.sort(keys)
    several = np.unique(order[1:][order[1:] == order[:-1]])
    return np.flatnonzero(several[np.searchsorted(several, keys, "right") - 1] == keys) if len(several) else several


def _not_first(parts: list[tuple[Any, int]], length: int) -> Flags:
    """Every row whose combination stands on an earlier row."""
    found = combinations(parts, length)
    return np.asarray(found.first[found.codes] != np.arange(length))
