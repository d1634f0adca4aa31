"""Invented extracts, at random from a seed, that hold everything a record can hold: nobody in them is real.

Products, directions, problems and results are those that the content itself names: the examples of its rules, its
medicines and brands, its problem groups and what feeds its facts. How often a thing occurs says nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from healthcheck_cli.content.models import Content
from healthcheck_cli.record import (
    ListName,
    MedicineLine,
    Observation,
    PartialDate,
    Person,
    Problem,
    Record,
    Row,
)

_T = TypeVar("_T")

DIRECTIONS = (
    *("1 od", "1 bd", "ONE TO BE TAKEN TWICE A DAY", "2 at night", "1-2 tablets four times a day when required"),
    *(
        "",
        "as directed",
        "hospital only",
        "supplied by hospital",
        "for one week from Tuesday and see",
        "MDU",
        "5ml tds",
    ),
    *("half a tablet twice a day", "every 2 weeks", "100mg monthly", "37.5mg every 2 weeks", "1 when required max 2"),
    *("1 when required for severe agitation max 2 in 24 hours", "one weekly", "apply twice daily", "8 once a day"),
    *("STOPPED by psychiatrist 3/2/26", "1 bd, no longer taking"),
)
_STRENGTHS = ("1mg tablets", "5mg tablets", "50mg tablets", "100mg capsules", "200mg modified-release tablets", "")
_OTHER_FORMS = ("5mg/5ml oral solution", "10mg/1ml solution for injection ampoules", "30mg transdermal patches", "gel")
_NOT_NAMED = (
    "Zzyxolate 5mg tablets",
    "risperdone 1mg tablets",
    "see letter of March",
    "Risperidone or olanzapine",
    "Clozapine stopped 2019",
)
_REASONS = ("", "", "", "agitation", "epilepsy", "for sleep", "?psychosis", "family history of epilepsy", "pain")
_ROUTES = ("", "", "", "oral", "intramuscular", "topical", "sideways")
_UNITS = ("", "kg", "g", "stone", "mmol/L", "mg/dL", "%", "bananas")
_QUANTITIES = ("", "28", "56 tablets", "28 tablets", "100 ml", "2 x 28", "lots", "7", "29 tablets")
_STANDINGS = ("active", "active", "active", "doubtful", "over")
_LISTS: tuple[ListName, ...] = ("medicines", "problems", "observations", "events")

COMPLETE: tuple[tuple[ListName, ...], ...] = tuple(
    tuple(name for place, name in enumerate(_LISTS) if number >> place & 1) for number in range(16)
)
"""Every combination of the lists that a rule may want complete."""


@dataclass(frozen=True)
class _Words:
    """What the content names. ``lines`` are medicine lines of examples; ``others`` any other product."""

    lines: Sequence[MedicineLine]
    psychotropic: Sequence[str]
    depots: Sequence[str]
    combinations: Sequence[str]
    others: Sequence[str]
    problems: Sequence[tuple[str, str]]
    results: Sequence[tuple[str, str, str]]


class InventedExtracts:
    """Makes records; ``content`` must have its examples."""

    def __init__(self, content: Content) -> None:
        self._words = _Words(
            lines=_lines_of_examples(content),
            psychotropic=[name for name, it in content.medicines.items() if it.stomp_scope],
            depots=[brand for it in content.medicines.values() for brand in it.depot_brands],
            combinations=[name for name, it in content.products.items() if len(it.ingredients) > 1],
            others=[name for it in content.medicines.values() for name in (it.name, *it.brands[:1])],
            problems=[
                pair
                for it in content.problem_groups.values()
                for pair in (
                    *((term, "") for term in (it.title, *it.terms[:3], *it.not_terms[:1])),
                    *(("", code) for code in sorted(it.codes)[:2]),
                    *((it.title, code) for code in sorted(it.codes)[:1]),
                    (f"query {it.title}", ""),
                    (f"history of {it.title.lower()} in the family", ""),
                )
            ],
            results=[
                (name, code, fact.declaration.unit)
                for fact in content.facts.values()
                if fact.observation is not None
                for name, code in (
                    *((name, "") for name in fact.observation.names[:2]),
                    *(("", code) for code in fact.observation.codes[:1]),
                )
            ],
        )

    def records(
        self, seed: int, people: int, complete: Sequence[ListName], as_of: date, since: date | None = None
    ) -> list[Record]:
        """So many people, all with the same complete lists; ``since``: complete from that day on."""
        drawn = _Drawn(random.Random(f"{seed} {','.join(complete)}"), self._words, as_of)
        lists = dict.fromkeys(complete, since)
        return [replace(drawn.record(f"P{number}"), complete=lists) for number in range(people)]


def _lines_of_examples(content: Content) -> list[MedicineLine]:
    texts = [
        given if isinstance(given, dict) else {"text": given}
        for rule in content.rules.values()
        for example in rule.examples
        for given in example.record.get("medicines", ())
    ]
    found = (MedicineLine(str(it["text"]), Row(0), dosage=str(it.get("dosage", ""))) for it in texts if "text" in it)
    return list(dict.fromkeys(found))


class _Drawn:
    """Draws one record after another; rows are numbered through all of them, as in the files of an extract."""

    def __init__(self, rng: random.Random, words: _Words, as_of: date) -> None:
        self._rng = rng
        self._words = words
        self._as_of = as_of
        self._row = {"medicines": 1, "problems": 1, "observations": 1}

    def record(self, person_id: str) -> Record:
        """One person."""
        lines = [line for _ in range(self._some(0, 6)) for line in self._medicines()]
        problems = [self._problem() for _ in range(self._some(0, 5))]
        results = [it for _ in range(self._often(0.5) * self._some(0, 4)) for it in self._results()]
        self._rng.shuffle(lines)
        medicines = tuple(replace(line, row=self._place("medicines")) for line in lines)
        return Record(self._person(person_id), medicines, tuple(problems), tuple(results))

    def _often(self, share: float) -> bool:
        return self._rng.random() < share

    def _some(self, least: int, most: int) -> int:
        return self._rng.randint(least, most)

    def _one(self, of: Sequence[_T]) -> _T:
        return self._rng.choice(of)

    def _place(self, table: str) -> Row:
        self._row[table] += 1
        return Row(self._row[table], f"{table}.csv")

    def _day(self, most: int = 4000, least: int = -40) -> date:
        """Mostly of the last year; sometimes later than the day of the review."""
        days = self._some(least, 400) if self._often(0.7) else self._some(least, most)
        return self._as_of - timedelta(days=days)

    def _maybe_day(self, share: float, most: int = 4000, least: int = -40) -> date | None:
        return self._day(most, least) if self._often(share) else None

    def _person(self, person_id: str) -> Person:
        born = self._as_of - timedelta(days=self._some(10 * 365, 90 * 365))
        told = self._one(("day", "day", "day", "month", "year", "age", "none"))
        whole: PartialDate | None = None
        if told == "day":
            whole = PartialDate.of(born)
        elif told == "month":
            whole = PartialDate(born.replace(day=1), born.replace(day=28))
        elif told == "year":
            whole = PartialDate(date(born.year, 1, 1), date(born.year, 12, 31))
        age = (self._as_of - born).days // 365 if told == "age" else None
        return Person(person_id, whole, age, self._one(("F", "M", "F", "M", "")), self._one(("", "", "Asian", "White")))

    def _medicines(self) -> list[MedicineLine]:
        """One line, or several that have to do with each other."""
        line = self._line()
        kind = self._rng.random()
        if kind < 0.08:
            return [line, line]
        if kind < 0.2:  # another strength, brand or way of the same
            return [line, replace(self._line(), text=line.text, dosage=self._one((line.dosage, "1 od")))]
        if kind < 0.35:  # one ended about when the other began
            day = self._day()
            near = day + timedelta(days=self._some(-70, 70))
            return [replace(line, end=day), replace(self._line(), start=near)]
        if kind < 0.45:
            return [self._issued(line)]
        return [line]

    def _issued(self, line: MedicineLine) -> MedicineLine:
        days = sorted({self._day(500) for _ in range(self._some(1, 8))})
        rows = tuple(self._place("medicines") for _ in days[1:])
        return replace(line, issues=tuple(days), last_issue=days[-1], other_issues=rows)

    def _line(self) -> MedicineLine:
        text, dosage = self._product()
        return MedicineLine(
            text,
            Row(0),
            dosage=dosage if dosage and self._often(0.7) else self._one(DIRECTIONS),
            quantity=self._one(_QUANTITIES),
            start=self._maybe_day(0.8),
            last_issue=self._maybe_day(0.7, 900),
            end=self._maybe_day(0.15),
            prn=True if self._often(0.08) else False if self._often(0.08) else None,
            active=True if self._often(0.08) else False if self._often(0.08) else None,
            one_off=True if self._often(0.08) else False if self._often(0.08) else None,
            route=self._one(_ROUTES),
            indication=self._one(_REASONS),
        )

    def _product(self) -> tuple[str, str]:
        words, drawn = self._words, self._rng.random()
        if drawn < 0.5:
            line = self._one(words.lines)
            return line.text, line.dosage
        if drawn < 0.7:
            return f"{self._one(words.psychotropic)} {self._one((*_STRENGTHS, *_OTHER_FORMS))}".strip(), ""
        if drawn < 0.76:
            return f"{self._one(words.depots)} 50mg/1ml solution for injection", ""
        if drawn < 0.82:
            return f"{self._one(words.combinations)} tablets", ""
        if drawn < 0.88:
            return self._one(_NOT_NAMED), ""
        return f"{self._one(words.others)} {self._one(_STRENGTHS)}".strip(), ""

    def _problem(self) -> Problem:
        term, code = self._one(self._words.problems)
        standing: Any = self._one(_STANDINGS)
        return Problem(self._place("problems"), term, code, self._maybe_day(0.8, 9000), self._maybe_day(0.15), standing)

    def _results(self) -> list[Observation]:
        """One result, or several of the same over the years."""
        name, code, unit = self._one(self._words.results)
        if self._often(0.3):
            name, code, unit = "weight", "", "kg"
        drawn: list[Observation] = []
        for _ in range(self._one((1, 1, 2, 5))):
            value: float | str | None = round(self._rng.uniform(0.2, 160), 1)
            value = self._one((value, value, value, value, None, "high", "< 5"))
            told = unit if self._often(0.8) else self._one(_UNITS)
            day = self._maybe_day(0.9, 2500)
            drawn.append(Observation(self._place("observations"), name, code, value, told, day))
        return drawn
