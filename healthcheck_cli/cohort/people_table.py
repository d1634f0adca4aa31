"""One row a person: what a worklist and a cohort report ask of somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Column, Pool, combinations
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import Told
from healthcheck_cli.conditions.values import Interval, State
from healthcheck_cli.content.models import Level

_PSYCHOTROPIC = "psychotropic"
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class PeopleColumns:
    """``numbers`` of each person (NaN: not known or none); ``fractions`` are those that need not be whole. ``lists``
    are words or lists of words, as one text for each person; ``words`` says which are single words."""

    numbers: Mapping[str, Any]
    fractions: frozenset[str]
    lists: Mapping[str, Column[str]]
    words: frozenset[str]


def people_columns(reviewed: ReviewedExtract, told: Told) -> PeopleColumns:
    """Everything of everybody, in the order of the extract."""
    people = len(reviewed.extract)
    lines = reviewed.lines
    numbers: dict[str, Any] = {"age": _ages(reviewed)}
    levels = _levels(reviewed, told, people)
    numbers |= levels
    for scale in reviewed.content.scales:
        totals = reviewed.burdens.totals(scale)
        ends = np.array([(it.low, it.high) for it in totals.values] or [(0, 0)], float)
        numbers[f"{scale}_low"], numbers[f"{scale}_high"] = ends[totals.codes, 0], ends[totals.codes, 1]
    counted = reviewed.burdens.constipating()
    highest = np.zeros(people, np.int64)
    np.maximum.at(highest, counted.person, counted.score)
    numbers["constipating_max_level"] = highest
    numbers["constipating_count"] = np.bincount(counted.person[counted.score >= 2], minlength=people)
    low, high = reviewed.burdens.antipsychotic_percent()
    numbers["antipsychotic_percent_low"], numbers["antipsychotic_percent_high"] = low, high
    numbers["psychotropic_count"] = _substances(reviewed, _PSYCHOTROPIC, people)
    numbers["unassessed"] = _undecided(reviewed, people)
    numbers["lines"] = lines.per_person(np.ones(len(lines), bool))
    numbers["current_lines"] = lines.per_person(lines.current)
    numbers["unrecognised"] = lines.per_person(lines.not_recognised)
    lists = {
        "sex": reviewed.extract.people.sex,
        "highest": _highest(levels, people),
        "themes_raised": _themes(reviewed, people),
        "problems": _problems(reviewed, people),
        "problems_in_doubt": _problems_in_doubt(reviewed, people),
    }
    return PeopleColumns(
        {name: np.asarray(values, float) for name, values in numbers.items()},
        frozenset({"antipsychotic_percent_low", "antipsychotic_percent_high"}),
        lists,
        frozenset({"sex", "highest"}),
    )


def _ages(reviewed: ReviewedExtract) -> Any:
    ages = reviewed.facts.column("fact:person.age")
    known = [
        it.value.low if it.state is State.KNOWN and isinstance(it.value, Interval) and it.value.exact else np.nan
        for it in ages.values
    ]
    return np.array(known, float)[ages.codes]


def _levels(reviewed: ReviewedExtract, told: Told, people: int) -> dict[str, Any]:
    found = {}
    ranks = [np.array([fired.level.rank for fired in it.fired.values], int) for it in reviewed.verdicts]
    starts = np.cumsum([0, *map(len, ranks)])
    rank = np.concatenate([np.zeros(0, int), *ranks])[starts[told.verdict] + told.how] if len(told.person) else told.how
    for level in Level:
        found[level.value] = np.bincount(told.person[rank == level.rank], minlength=people)
    return found


def _highest(levels: Mapping[str, Any], people: int) -> Column[str]:
    names = [level.value for level in sorted(Level, key=lambda level: level.rank)]
    codes = np.full(people, len(names))
    for place, name in reversed(list(enumerate(names))):
        codes[levels[name] > 0] = place
    return Column(codes, [*names, ""])


def _substances(reviewed: ReviewedExtract, name: str, people: int) -> Any:
    """How many substances of a class each person takes now."""
    entries, sure = reviewed.entries.of_class(name)
    kept = entries[sure & reviewed.lines.current[reviewed.entries.line[entries]]]
    substance = reviewed.entries.substance
    person = reviewed.entries.person[kept]
    found = combinations([(person, people), (substance.codes[kept], len(substance.values))], len(kept))
    return np.bincount(person[found.first], minlength=people)


def _undecided(reviewed: ReviewedExtract, people: int) -> Any:
    count = np.zeros(people, np.int64)
    for it in reviewed.verdicts:
        if not it.rule.rider:
            count += it.undecided.where(lambda missing: missing is not None)
    return count


def _themes(reviewed: ReviewedExtract, people: int) -> Column[str]:
    """The themes of all rules that fired, told by themselves or not."""
    flags = {}
    for theme in reviewed.content.themes:
        raised = np.zeros(people, bool)
        for it in reviewed.verdicts:
            if theme in it.rule.themes and not it.rule.rider:
                raised[it.people] = True
        flags[theme] = raised
    return _listed(flags, people)


def _problems(reviewed: ReviewedExtract, people: int) -> Column[str]:
    """The facts on the problem list that are known to be true."""
    flags = {
        name: reviewed.facts.column(f"fact:{name}").where(lambda it: it.state is State.KNOWN and it.value is True)
        for name, fact in reviewed.content.facts.items()
        if fact.problem
    }
    return _listed({name: flag for name, flag in flags.items() if flag.any()}, people)


def _problems_in_doubt(reviewed: ReviewedExtract, people: int) -> Column[str]:
    """The facts on the problem list that may be true: suspected, set aside, or named in words that need a reader."""
    flags = {
        name: reviewed.facts.problems.in_doubt(fact.problem, fact.problem_within_days)
        for name, fact in reviewed.content.facts.items()
        if fact.problem
    }
    return _listed({name: flag for name, flag in flags.items() if flag.any()}, people)


def _listed(flags: Mapping[str, Any], people: int) -> Column[str]:
    """The names of what is true of each person, as one text."""
    pool: Pool[str] = Pool([""])
    codes = np.zeros(people, np.int64)
    for name, flag in flags.items():
        who = np.flatnonzero(flag)
        found = combinations([(codes[who], len(pool.values))], len(who))
        table = np.array(
            [
                pool.code(SEPARATOR.join(filter(None, (pool.values[int(codes[who[first]])], name))))
                for first in found.first
            ],
            np.int64,
        )
        codes[who] = table[found.codes] if len(who) else codes[who]
    return Column(codes, pool.values)
