"""The facts of many people: the functions that make the facts of one person, seen through columns.

A fact whose function looks at results, problems or medicine lines one by one is made for each person who has such;
everything else is made once for each distinct person that the function can tell apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from dateutil.relativedelta import relativedelta

from healthcheck_cli.cohort.calls import CallAnswer, Calls, lists_of
from healthcheck_cli.cohort.columns import Column, by_distinct, each_own
from healthcheck_cli.cohort.entries import Entries
from healthcheck_cli.cohort.extract import Extract, Places, bounds, runs
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.cohort.problems import ProblemFacts
from healthcheck_cli.cohort.seen_person import OneFact, Seen, WorkedOutFor
from healthcheck_cli.cohort.traced import Reader
from healthcheck_cli.conditions.compare import holds
from healthcheck_cli.conditions.evaluate import atom_truth, fact_asked
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.tree import Atom, Call, Condition
from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval, PersonFacts, Truth
from healthcheck_cli.content.models import Content, Fact
from healthcheck_cli.facts.derive import FactMaker
from healthcheck_cli.facts.from_observations import fact_from_observations, plain_name
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.medicines.models import Currency, Dosage, MedicineRead
from healthcheck_cli.record import MedicineLine, PartialDate, Problem, Record, Row

_OF_ALL_LINES = ("meds.lines_n", "meds.unrecognised_n")
"""Facts that only count the lines of the list."""

_CLASSES_LOOKED_AT = {"swallow.thickener_type": ("thickener_starch", "thickener_gum")}
"""Facts that look at the lines of some classes only."""

_GROUPS_LOOKED_AT = {"dx.mood_reason_stale": ("depression", "anxiety")}
"""Facts that look at the problems of some groups only."""


_YEARS_TOLD_APART = 20


class FactColumns:
    """Facts, atoms and calls of everybody in an extract, each made when it is first asked for."""

    def __init__(
        self,
        extract: Extract,
        lines: Lines,
        entries: Entries,
        burdens: Mapping[str, Column[Interval]],
        maker: FactMaker,
        kept: Kept,
    ) -> None:
        self.extract = extract
        self._kept = kept
        self.content: Content = maker.content
        self.row_sources = kept.row_sources
        self._lines = lines
        self._entries = entries
        self._burdens = burdens
        self.maker = maker
        self.as_of: date = lines.as_of
        self.problems = ProblemFacts(extract, lines, maker.problem_groups, self.as_of, kept)
        shared = PersonFacts(self.as_of, {}, medicines_complete="medicines" in extract.complete)
        self._shared = shared
        self.not_recognised = lines.per_person(lines.not_recognised).astype(np.int32)
        self.calls = Calls(entries, lines.current, self.not_recognised, shared, kept)
        self._made: dict[str, Column[Any]] = {}
        self._asked = kept.asked
        self.makers: Mapping[str, Callable[[str], Column[Any]]] = {
            "fact": self._fact,
            "recorded": self._recorded,
            "atom": self._atom,
            "call": self._call,
            "missing": self._missing_of_scale,
            "burden": lambda name: self._burdens[name],
            "person": self._person,
            "results": self._results,
            "problems": self._problems,
            "lines": self._reads,
        }

    @cached_property
    def definitions(self) -> Mapping[str, Condition]:
        """The conditions that facts are defined by."""
        facts = self.content.facts.items()
        return {name: it.definition for name, it in facts if it.definition is not None}

    def column(self, name: str) -> Column[Any]:
        """A column by its kind and name, as in ``fact:dx.epilepsy``."""
        if name not in self._made:
            kind, _, what = name.partition(":")
            self._made[name] = self.makers[kind](what)
        return self._made[name]

    def over_people(
        self, name: str, function: Callable[[Reader], Any], among: Places | None = None, first: Any = ...
    ) -> Column[Any]:
        """A function of the review of one person, for everybody or for some; ``first``: what all others have. The name
        stands for the function in every part of the extract."""
        return self._kept.traced(name, first).over_people(function, self.column, len(self.extract), among)

    def forget_atoms(self) -> None:
        """Let go of what only the rules asked for: when they are done it is not asked for again."""
        self._made = {name: column for name, column in self._made.items() if not name.startswith(("atom:", "call:"))}

    def person_facts(self, reader: Reader) -> PersonFacts:
        """What conditions may ask of the person that the reader is at."""
        return replace(
            self._shared,
            facts=Seen(reader, "fact", self.content.facts),
            burdens=Seen(reader, "burden", self.content.scales),
            worked_out=WorkedOutFor(reader, self._asked, self),
        )

    def _fact(self, name: str) -> Column[FactValue]:
        self._made[f"fact:{name}"] = Column.constant(UNKNOWN_FACT, len(self.extract))  # for a circle of gates
        fact = self.content.facts.get(name)
        if fact is None:
            return self._made[f"fact:{name}"]

        def value(reader: Reader) -> FactValue:
            facts = OneFact(reader, self, fact)
            found = facts.made()
            return replace(found, shown="")

        return self.over_people(f"fact:{name}", value, first=UNKNOWN_FACT)  # as for a circle of gates

    def _recorded(self, name: str) -> Column[FactValue]:
        fact = self.content.facts[name]
        if fact.problem:
            source = self.row_sources.number("problem", fact.problem)
            return self.problems.fact(fact.problem, fact.problem_within_days, source)
        return self._observed(fact)

    def _observed(self, fact: Fact) -> Column[FactValue]:
        """Made of the results that the fact is fed by, for those who have some; the same for all who have none."""
        feed, rows, extract = fact.observation, self.extract.observations, self.extract
        assert feed is not None  # asked only of facts that are fed by observations
        by_code = rows.code.where(lambda code: code in feed.codes)
        found = np.flatnonzero(by_code | rows.name.where(lambda name: plain_name(name) in feed_names(fact)))
        pool = self._kept.pool(f"recorded:{fact.name}")

        def value(observations: Sequence[int]) -> int:
            record = Record(observations=tuple(map(rows.observation, observations)), complete=extract.complete)
            return pool.code(replace(fact_from_observations(feed, fact.declaration, record, self.as_of), shown=""))

        codes = np.full(len(extract), value(()), np.int32)
        for first, after in runs(rows.person[found]):
            codes[rows.person[found[first]]] = value([int(index) for index in found[first:after]])
        return Column(codes, pool.values)

    def _atom(self, text: str) -> Column[Truth | None]:
        atom = self._asked[f"atom:{text}"]
        assert isinstance(atom, Atom)
        vocabulary, shared = self.content.vocabulary, self._shared
        known = self._kept.known(f"atom:{text}")
        fact = fact_asked(atom.subject)
        if fact is not None:
            facts = self.column(f"fact:{fact}")
            return facts.mapped(lambda it: atom_truth(atom, replace(shared, facts={fact: it}), vocabulary), known)
        call = atom.subject
        assert isinstance(call, Call)
        if FUNCTIONS[call.function].about is About.SCALE:
            scale = call.name
            totals = self.column(f"burden:{scale}")
            return totals.mapped(lambda it: atom_truth(atom, replace(shared, burdens={scale: it}), vocabulary), known)
        self._asked[f"call:{call.text}"] = call
        answers: Column[CallAnswer] = self.column(f"call:{call.text}")
        return answers.mapped(lambda answer: holds(answer.value, atom.test), known)

    def _call(self, text: str) -> Column[CallAnswer]:
        call = self._asked[f"call:{text}"]
        assert isinstance(call, Call)
        return self.calls.answers(call)

    def _missing_of_scale(self, _: str) -> Column[bool]:
        return Column(self.not_recognised, range(int(self.not_recognised.max(initial=0)) + 1)).mapped(bool)

    def _person(self, name: str) -> Column[Any]:
        people = self.extract.people
        if name == "has lines":
            return Column(
                (np.bincount(self._lines.person, minlength=len(self.extract)) > 0).astype(np.int32), [False, True]
            )
        if name == "born alike":
            first: dict[Any, PartialDate | None] = {}
            known = self._kept.known("born alike")
            return people.born.mapped(lambda born: first.setdefault(age_on(born, self.as_of), born), known)
        found: Column[Any] = getattr(people, name)
        return found

    def _results(self, _: str) -> Column[Any]:
        """All results of each person: nobody is like another, but for those who have none."""
        return each_own(bounds(self.extract.observations, len(self.extract)), self.extract.observations.observation)

    def _problems(self, fact: str) -> Column[Any]:
        rows = self.extract.problems
        if fact not in _GROUPS_LOOKED_AT:
            return each_own(bounds(rows, len(self.extract)), rows.problem)
        looked_at = np.zeros(len(rows), bool)
        for group in _GROUPS_LOOKED_AT[fact]:
            looked_at |= self.problems.mentions(group)
        places = np.flatnonzero(looked_at)
        columns: list[Column[Any]] = [
            it.taken(places) for it in (rows.term, rows.code, self._age_of(rows.date), rows.end)
        ]
        known = self._kept.known(f"problems of {fact}")
        like = by_distinct(lambda at: _without_its_place(rows.problem(int(places[at]))), columns, len(places), known)
        longer = self._kept.known(f"lists of problems of {fact}", self._kept.pool(f"lists of problems of {fact}", ()))
        lists = lists_of(rows.person[places], like.codes, len(self.extract), longer, once=True)
        listed = self._kept.known(f"problems listed of {fact}")
        return lists.mapped(lambda codes: tuple(like.values[code] for code in codes), listed)

    def _age_of(self, dates: Column[date | None]) -> Column[Any]:
        """Dates as far as the facts that look at problems tell them apart: none, later than today, or in which of the
        last years."""
        years_ago = [self.as_of - relativedelta(years=years) for years in range(_YEARS_TOLD_APART, 0, -1)]
        known = self._kept.known("age of problems")
        return dates.mapped(lambda day: day and (day > self.as_of, bisect_right(years_ago, day)), known)

    def _reads(self, fact: str) -> Column[Any]:
        if fact in _OF_ALL_LINES:
            return self._counted_reads
        if fact not in _CLASSES_LOOKED_AT:
            return each_own(bounds(self._lines.rows, len(self.extract)), self._lines.read)
        entries = np.concatenate([self._entries.of_class(name)[0] for name in _CLASSES_LOOKED_AT[fact]])
        return self._some_rows(self._lines.person, np.unique(self._entries.line[entries]), self._lines.read)

    @cached_property
    def _counted_reads(self) -> Column[tuple[MedicineRead, ...]]:
        """For facts that only count: as many current lines with and without a name as each person has."""
        lines = self._lines
        numbers = [
            lines.per_person(flags).astype(np.int32)
            for flags in (np.ones(len(lines), bool), lines.current, lines.not_recognised)
        ]
        named = lines.recognised.codes[np.flatnonzero(lines.exact)[:1]]
        unnamed = lines.recognised.codes[np.flatnonzero(~lines.exact)[:1]]
        source = self.row_sources.number("unnamed", None)

        def reads(index: int) -> tuple[MedicineRead, ...]:
            every, current, unknown = (int(number[index]) for number in numbers)
            found = [*[(named, 0)] * (current - unknown), *[(unnamed, source)] * unknown]
            counted = [_counted(lines.recognised.values[int(it[0])], Currency.CURRENT, row) for it, row in found]
            rest = lines.recognised.values[0] if every else None
            return (*counted, *(_counted(rest, Currency.NOT_CURRENT, 0) for _ in range(every - current)))

        columns = [Column(number, range(int(number.max(initial=0)) + 1)) for number in numbers]
        return by_distinct(reads, columns, len(self.extract), self._kept.known("counted reads"))

    def _some_rows(self, person: Places, rows: Places, made: Callable[[int], Any]) -> Column[Any]:
        edges = np.searchsorted(person[rows], np.arange(len(self.extract) + 1))
        return each_own(edges, lambda index: made(int(rows[index])))


def _without_its_place(problem: Problem) -> Problem:
    return replace(problem, row=Row(0))


def feed_names(fact: Fact) -> frozenset[str]:
    """The names, in plain form, under which a fact's observations are listed."""
    feed = fact.observation
    return frozenset(map(plain_name, (*feed.names, fact.name))) if feed is not None else frozenset()


def _counted(recognised: Any, currency: Currency, row: int) -> MedicineRead:
    return MedicineRead(MedicineLine(recognised.text, Row(row)), recognised, Dosage("", read=False), (), currency)
