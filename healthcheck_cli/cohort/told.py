"""Which of the rules that fired are told, and by which finding: ``shown_findings`` for many people.

Where a rule that fired for a person has nothing to do with another that did, it is told by itself. What those that
meet come to is worked out once for all people for whom the same rules met in the same way, on rows that stand to each
other in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from healthcheck_cli.cohort.columns import Known, combinations
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.lines import Flags
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.verdicts import Fired, Verdict
from healthcheck_cli.conditions.explain import Explanation
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Rule
from healthcheck_cli.findings import Because, Finding
from healthcheck_cli.review import action_of
from healthcheck_cli.shown_findings import Assessed, in_order, one_for_one_cause, without_superseded

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
    """The findings of everybody: those that are told by themselves in the order of the rules, then the others."""
    people = len(reviewed.extract)
    fired = _without_lone_riders(reviewed)
    meeting = _meeting(reviewed.verdicts, fired, people)
    alone = _Ways.joined([it.where(~met) for it, met in zip(fired, meeting, strict=True)])
    together = _Ways.joined([it.where(met) for it, met in zip(fired, meeting, strict=True)])
    found = list(_settled(reviewed, together))
    before = len(alone.person)
    stands_for = {before + place: it.stands_for for place, it in enumerate(found) if it.stands_for}
    merged = {before + place: it.merged for place, it in enumerate(found) if it.merged}
    columns = np.array([(it.person, it.verdict, it.how) for it in found], np.int64).reshape(-1, 3)
    return Told(
        np.concatenate([alone.person, columns[:, 0]]),
        np.concatenate([alone.verdict, columns[:, 1]]),
        np.concatenate([alone.how, columns[:, 2]]),
        stands_for,
        merged,
    )


@dataclass(frozen=True)
class _Ways:
    """Rules that fired: whose each is, which rule, in which way."""

    person: Places
    verdict: Places
    how: Places

    def where(self, flags: Flags) -> _Ways:
        return _Ways(self.person[flags], self.verdict[flags], self.how[flags])

    @classmethod
    def joined(cls, parts: Sequence[_Ways]) -> _Ways:
        nothing = np.zeros(0, np.int64)
        names = ("person", "verdict", "how")
        return cls(*(np.concatenate([nothing, *(getattr(part, name) for part in parts)]) for name in names))


def _without_lone_riders(reviewed: ReviewedExtract) -> list[_Ways]:
    """The ways in which each rule fired, where it is told in some finding: a rider is said only beside a finding on the
    same medicine."""
    verdicts = reviewed.verdicts
    riders = np.unique(np.concatenate([np.zeros(0, np.int64), *(it.people for it in verdicts if it.rule.rider)]))
    asked = _flagged(riders, len(reviewed.extract))
    led = [_pair(*_rows_of_findings(reviewed, it, asked)) for it in verdicts if not it.rule.rider]
    rows = np.unique(np.concatenate([np.zeros(0, np.int64), *led]))
    found = []
    for number, it in enumerate(verdicts):
        ways = _Ways(it.people, np.full(len(it.people), number), it.fired.codes.astype(np.int64))
        found.append(ways.where(_beside_another(reviewed, it, rows)) if it.rule.rider else ways)
    return found


def _beside_another(reviewed: ReviewedExtract, rider: Verdict, rows: Places) -> Flags:
    """For whom of those for whom a rider fired is one of its rows among these, as pairs of person and row?"""
    people = len(reviewed.extract)
    whose, its_rows = _rows_of_findings(reviewed, rider, _flagged(rider.people, people))
    return _flagged(whose[np.isin(_pair(whose, its_rows), rows)], people)[rider.people]


_MOST_ROWS = 1 << 40


def _pair(person: Places, row: Places) -> Places:
    return person * _MOST_ROWS + row


def _rows_of_findings(reviewed: ReviewedExtract, verdict: Verdict, among: Flags) -> tuple[Places, Places]:
    """The rows of a rule's findings about some people: whose each is, and the row."""
    wanted = among[verdict.people]
    whose, how = verdict.people[wanted], verdict.fired.codes[wanted]
    rows, people = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for way in np.unique(how).tolist():
        theirs = whose[how == way]
        which, behind = reviewed.rows_of(theirs, verdict.fired.values[way].sources)
        people.append(theirs[which])
        rows.append(behind)
    return np.concatenate(people), np.concatenate(rows)


def _flagged(found: Places, people: int) -> Flags:
    flags = np.zeros(people, bool)
    flags[found] = True
    return flags


def _meeting(verdicts: Sequence[Verdict], fired: Sequence[_Ways], people: int) -> list[Flags]:
    """For each rule, of those for whom it fired: did another fire that it may be told with, or that with it?"""
    flags = {number: _flagged(ways.person, people) for number, ways in enumerate(fired) if len(ways.person)}
    meeting = {number: np.zeros(people, bool) for number in flags}
    for number in flags:
        rule = verdicts[number].rule
        for other in flags:
            if other != number and _may_stand_for(rule, verdicts[other].rule):
                both = flags[number] & flags[other]
                meeting[number] |= both
                meeting[other] |= both
    nobody = np.zeros(people, bool)
    return [meeting.get(number, nobody)[ways.person] for number, ways in enumerate(fired)]


def _may_stand_for(leader: Rule, rule: Rule) -> bool:
    """May the rule be told by the leader: as the weaker of two, or since it asks for nothing else?"""
    asked = {(it.do, it.owner) for it in rule.actions}
    return rule.id in leader.supersedes or (bool(asked) and asked <= {(it.do, it.owner) for it in leader.actions})


@dataclass(frozen=True)
class _One:
    """One finding of one person; the rest as in :class:`Told`."""

    person: int
    verdict: int
    how: int
    stands_for: tuple[str, ...]
    merged: tuple[tuple[int, int], ...]


_Way = tuple[int, int, tuple[int, ...]]
"""A rule that fired, by its verdict and how, and the rows it stands on, numbered within the person."""

_Shown = tuple[tuple[int, int, tuple[str, ...], tuple[tuple[int, int], ...]], ...]
"""Verdict and how of each finding, and what it stands for and holds, as in :class:`Told`."""


def _settled(reviewed: ReviewedExtract, ways: _Ways) -> Iterator[_One]:
    """The findings of rules that meet."""
    known: Known[_Shown] = reviewed.kept.known("told together", comparable=False)
    for person, met in _ways_of_people(reviewed, ways):
        shown = known.values[known.code(met, partial(_settled_ways, reviewed, met))]
        yield from (_One(person, *it) for it in shown)


def _ways_of_people(reviewed: ReviewedExtract, ways: _Ways) -> Iterator[tuple[int, tuple[_Way, ...]]]:
    """Each person with the rules that meet in them."""
    order = np.argsort(ways.person, kind="stable")
    person, verdict, how = ways.person[order], ways.verdict[order], ways.how[order]
    entries = list(zip(verdict.tolist(), how.tolist(), _rows_numbered(reviewed, person, verdict, how), strict=True))
    edges = [*np.flatnonzero(np.diff(person, prepend=-1)).tolist(), len(person)]
    whose = person.tolist()
    return ((whose[first], tuple(entries[first:after])) for first, after in pairwise(edges))


def _rows_numbered(reviewed: ReviewedExtract, person: Places, verdict: Places, how: Places) -> list[tuple[int, ...]]:
    """The rows of each rule that fired, numbered from 0 within all of the person that are given here."""
    entry, row = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    ways = combinations([(verdict, len(reviewed.verdicts)), (how, int(how.max(initial=0)) + 1)], len(person))
    for number, first in enumerate(ways.first.tolist()):
        fired = reviewed.verdicts[int(verdict[first])].fired.values[int(how[first])]
        theirs = np.flatnonzero(ways.codes == number)
        which, rows = reviewed.rows_of(person[theirs], fired.sources)
        entry.append(theirs[which])
        row.append(rows)
    entries, rows = np.concatenate(entry), np.concatenate(row)
    distinct, number_of = np.unique(_pair(person[entries], rows), return_inverse=True)
    first_of = np.searchsorted(distinct, _pair(person[entries], np.zeros(len(entries), np.int64)))
    found: list[set[int]] = [set() for _ in range(len(person))]
    for at, number in zip(entries.tolist(), (number_of - first_of).tolist(), strict=True):
        found[at].add(number)
    return [tuple(sorted(it)) for it in found]


def _settled_ways(reviewed: ReviewedExtract, met: Sequence[_Way]) -> _Shown:
    """What rules that meet come to, for whoever they meet in."""
    ways = {reviewed.verdicts[verdict].rule.id: (verdict, how) for verdict, how, _ in met}
    assessed = [_assessed(reviewed, way) for way in met]
    shown = in_order(one_for_one_cause(without_superseded(assessed)))
    return tuple((*ways[it.rule], it.stands_for, tuple(ways[other.rule] for other in it.merged)) for it in shown)


def _assessed(reviewed: ReviewedExtract, way: _Way) -> Assessed:
    verdict, how, rows = way
    found = reviewed.verdicts[verdict]
    return Assessed(found.rule, _FIRED, _finding(reviewed, found.rule, found.fired.values[how], rows))


def _finding(reviewed: ReviewedExtract, rule: Rule, fired: Fired, rows: tuple[int, ...]) -> Finding:
    """The finding as far as it matters beside others: its level, its rows, its reasons and its actions."""
    return Finding(
        rule=rule.id,
        level=fired.level,
        themes=rule.themes,
        title=rule.title,
        says="",
        because=tuple(Because(it.fact, it.value, ()) for it in fired.reasons),
        rows=rows,
        actions=tuple(action_of(spec, fired.level, reviewed.as_of) for spec in rule.actions),
        basis=rule.support.basis,
        sources=rule.support.sources,
    )
