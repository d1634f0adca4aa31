"""Which of the rules that fired are told, and by which finding: ``shown_findings`` for many people.

Where no rule that fired for a person has anything to do with another, every rule is told by itself. Only people for
whom two rules meet are settled one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.lines import Flags
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.verdicts import Fired, Verdict
from healthcheck_cli.conditions.explain import Explanation
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Rule
from healthcheck_cli.findings import Because, Finding
from healthcheck_cli.review import action_of
from healthcheck_cli.shown_findings import Assessed, settled

_FIRED = Explanation(Truth.TRUE, (), ())


@dataclass(frozen=True)
class Told:
    """Findings that are shown: ``verdict`` and ``how`` say which rule fired in which way for each ``person``.

    ``stands_for``: for some of them, by place, the ids of other rules that are told with them. ``merged``: those of
    these whose reasons are told too, each as verdict and how.
    """

    person: Places
    verdict: Places
    how: Places
    stands_for: Mapping[int, tuple[str, ...]]
    merged: Mapping[int, tuple[tuple[int, int], ...]]


def told(reviewed: ReviewedExtract) -> Told:
    """The findings of everybody, in the order of the rules."""
    verdicts = reviewed.verdicts
    together = _people_with_rules_that_meet(verdicts, len(reviewed.extract))
    alone = [
        np.flatnonzero(~together[it.people] & (_beside_another(reviewed, it) if it.rule.rider else True))
        for it in verdicts
    ]
    person = [it.people[places] for it, places in zip(verdicts, alone, strict=True)]
    how = [it.fired.codes[places].astype(np.int64) for it, places in zip(verdicts, alone, strict=True)]
    number = [np.full(len(places), index) for index, places in enumerate(alone)]
    found = _settled_one_by_one(reviewed, np.flatnonzero(together))
    before = sum(map(len, person))
    stands_for = {before + place: it.stands_for for place, it in enumerate(found) if it.stands_for}
    merged = {before + place: it.merged for place, it in enumerate(found) if it.merged}
    columns = np.array([(it.person, it.verdict, it.how) for it in found], np.int64).reshape(-1, 3)
    return Told(
        np.concatenate([*person, columns[:, 0]]),
        np.concatenate([*number, columns[:, 1]]),
        np.concatenate([*how, columns[:, 2]]),
        stands_for,
        merged,
    )


def _people_with_rules_that_meet(verdicts: Sequence[Verdict], people: int) -> Flags:
    """For whom two rules fired of which one may be told with the other."""
    fired = {it.rule.id: it.people for it in verdicts if len(it.people)}
    rules = [it.rule for it in verdicts if it.rule.id in fired]
    together = np.zeros(people, bool)
    flags = {name: _flagged(found, people) for name, found in fired.items()}
    for rule in rules:
        for other in rules:
            if other is not rule and (other.id in rule.supersedes or _may_be_told_with(other, rule)):
                together |= flags[rule.id] & flags[other.id]
    return together


def _beside_another(reviewed: ReviewedExtract, rider: Verdict) -> Flags:
    """For whom of those for whom a rider fired there is a finding on the same medicine."""
    people = len(reviewed.extract)
    its_rows, whose = _rows_of_findings(reviewed, rider, _flagged(rider.people, people))
    named = np.zeros(0, np.int64)
    for other in reviewed.verdicts:
        if not other.rule.rider:
            rows, person = _rows_of_findings(reviewed, other, _flagged(rider.people, people))
            named = np.concatenate([named, _pair(person, rows)])
    beside = np.isin(_pair(whose, its_rows), named)
    return _flagged(whose[beside], people)[rider.people]


_MOST_ROWS = 1 << 40


def _pair(person: Places, row: Places) -> Places:
    return person * _MOST_ROWS + row


def _rows_of_findings(reviewed: ReviewedExtract, verdict: Verdict, among: Flags) -> tuple[Places, Places]:
    """The rows, and whose each is, of a rule's findings about some people."""
    rows, people = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for how, fired in enumerate(verdict.fired.values):
        fired_so = np.zeros(len(among), bool)
        fired_so[verdict.people[verdict.fired.codes == how]] = True
        for source in fired.sources:
            if source >= 0:
                theirs = np.flatnonzero(fired_so & among)
                rows.append(np.full(len(theirs), source))
                people.append(theirs)
                continue
            behind = reviewed.rows_behind(source)
            wanted = (fired_so & among)[behind.person]
            rows.append(behind.row[wanted])
            people.append(behind.person[wanted])
    return np.concatenate(rows), np.concatenate(people)


def _flagged(found: Places, people: int) -> Flags:
    flags = np.zeros(people, bool)
    flags[found] = True
    return flags


def _may_be_told_with(rule: Rule, leader: Rule) -> bool:
    """Does the leader ask for everything that the rule asks for?"""
    asked = {(it.do, it.owner) for it in rule.actions}
    return bool(asked) and asked <= {(it.do, it.owner) for it in leader.actions}


@dataclass(frozen=True)
class _One:
    """One finding of one person; the rest as in :class:`Told`."""

    person: int
    verdict: int
    how: int
    stands_for: tuple[str, ...]
    merged: tuple[tuple[int, int], ...]


def _settled_one_by_one(reviewed: ReviewedExtract, who: Places) -> list[_One]:
    """The findings of these people."""
    numbers: dict[int, list[tuple[int, int]]] = {int(person): [] for person in who}
    for number, verdict in enumerate(reviewed.verdicts):
        places = np.flatnonzero(np.isin(verdict.people, who))
        for person, how in zip(verdict.people[places], verdict.fired.codes[places], strict=True):
            numbers[int(person)].append((number, int(how)))
    found = []
    for person, fired in numbers.items():
        ways = {reviewed.verdicts[number].rule.id: (number, how) for number, how in fired}
        assessed = [_assessed(reviewed, person, number, how) for number, how in fired]
        shown = settled(assessed, (), (), lambda _: frozenset(), reviewed.as_of).shown
        found += [
            _One(person, *ways[it.rule], it.stands_for, tuple(ways[other.rule] for other in it.merged)) for it in shown
        ]
    return found


def _assessed(reviewed: ReviewedExtract, person: int, number: int, how: int) -> Assessed:
    verdict = reviewed.verdicts[number]
    rule, fired = verdict.rule, verdict.fired.values[how]
    return Assessed(rule, _FIRED, _finding(reviewed, person, rule, fired))


def _finding(reviewed: ReviewedExtract, person: int, rule: Rule, fired: Fired) -> Finding:
    """The finding as far as it matters beside others: its level, its rows, its reasons and its actions."""
    return Finding(
        rule=rule.id,
        level=fired.level,
        themes=rule.themes,
        title=rule.title,
        says="",
        because=tuple(Because(it.fact, it.value, rows_of(reviewed, person, it.sources)) for it in fired.reasons),
        rows=rows_of(reviewed, person, fired.sources),
        actions=tuple(action_of(spec, fired.level, reviewed.as_of) for spec in rule.actions),
        basis=rule.support.basis,
        sources=rule.support.sources,
    )


def rows_of(reviewed: ReviewedExtract, person: int, sources: Sequence[int]) -> tuple[int, ...]:
    """The rows of the medicine list that some sources stand for in one person."""
    rows: set[int] = set()
    for source in sources:
        if source >= 0:
            rows.add(source)
            continue
        behind = reviewed.rows_behind(source)
        first, after = np.searchsorted(behind.person, [person, person + 1])
        rows.update(map(int, behind.row[first:after]))
    return tuple(sorted(rows))
