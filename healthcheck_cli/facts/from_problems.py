"""Facts from the problem list: is there an active code or term of a group?

A code decides by being in the group. A term decides only as a whole: "epilepsy" is in the group, "family history of
epilepsy" is not, and a term that merely holds the words leaves the fact unknown, for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.content.models import ProblemGroup
from healthcheck_cli.facts.plain import leaves_nothing_out
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.record import Problem, Record, day_in_words, not_in_problems


@lru_cache(maxsize=4_096)  # every group is asked about the same few terms
def plain_term(text: str) -> str:
    """A term without case, punctuation and double spaces. A question mark is kept, as the word it stands for.

    >>> plain_term("Down's  Syndrome (disorder)"), plain_term("?epilepsy")
    ('downs syndrome disorder', 'query epilepsy')
    """
    without_apostrophes = re.sub(r"['’]", "", text.casefold()).replace("?", " query ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", without_apostrophes).split())


@dataclass(frozen=True)
class GroupTerms:
    """A problem group made ready for looking up: terms in plain form."""

    group: ProblemGroup
    terms: frozenset[str]
    not_terms: frozenset[str]

    @classmethod
    def of(cls, group: ProblemGroup) -> GroupTerms:
        """The group with its own id and title among its terms."""
        terms = {plain_term(term) for term in (*group.terms, group.title, group.id.replace("_", " "))}
        return cls(group, frozenset(terms), frozenset(plain_term(term) for term in group.not_terms))

    def holds(self, term: str, code: str) -> bool | None:
        """True: in the group. False: not. None: it may be, because the term has the group's words in it, or because
        code and term do not agree, or because the group knows only words and there is only a code."""
        plain = plain_term(term)
        if code in self.group.codes:
            return True
        if plain in self.terms:
            return None if code and self.group.codes else True
        if code:
            return None if not plain and not self.group.codes else False
        if not plain or plain in self.not_terms:
            return False
        padded = f" {plain} "
        return None if any(known in padded for known in self._as_words) else False

    @cached_property
    def _as_words(self) -> tuple[str, ...]:
        """The terms with a space at either end: what holds one of them, holds its words."""
        return tuple(f" {term} " for term in self.terms)


@dataclass(frozen=True)
class _Mention:
    date: date | None
    medicine_row: int | None  # where the reason beside a medicine says so
    shown: str
    sure: bool


def fact_from_problems(
    group: GroupTerms, record: Record, reads: Iterable[MedicineRead], as_of: date, within_days: float | None
) -> FactValue:
    """Yes if an active problem, or the reason given beside a medicine, is in the group; no if the list is complete
    without one; else unknown. ``within_days``: an older or undated one does not count for certain."""
    since = None if within_days is None else as_of - timedelta(days=within_days)
    mentions = [*_problem_mentions(group, record.problems, as_of), *_indication_mentions(group, reads)]
    sure: list[_Mention] = []
    maybe: list[_Mention] = []
    for mention in mentions:
        if since is not None and mention.date is None:
            maybe.append(mention)
        elif since is None or mention.date is None or mention.date >= since:
            (sure if mention.sure else maybe).append(mention)
    if sure:
        return FactValue(State.KNOWN, True, rows=_rows(sure), shown="; ".join(m.shown for m in sure))
    if maybe:
        return FactValue(State.UNKNOWN, rows=_rows(maybe), shown="may be: " + "; ".join(m.shown for m in maybe))
    if leaves_nothing_out(record, "problems", since):
        there = (*_no_longer(group, record.problems, as_of), *_not_yet(group, record.problems, as_of))
        return FactValue(State.KNOWN, False, shown="; ".join(there) or not_in_problems(group.group.title))
    return UNKNOWN_FACT


def _problem_mentions(group: GroupTerms, problems: Iterable[Problem], as_of: date) -> list[_Mention]:
    found = []
    for problem in problems:
        holds = group.holds(problem.term, problem.code)
        if holds is False or _is_over(problem, as_of) or not known_by(problem, as_of):
            continue
        when = f", dated {day_in_words(problem.date)}" if problem.date is not None else ""
        shown = f"{group.group.title}, on the problem list{when} (problem row {problem.row.number})"
        found.append(_Mention(problem.date, None, shown, holds is True and problem.standing == "active"))
    return found


def _no_longer(group: GroupTerms, problems: Iterable[Problem], as_of: date) -> Iterator[str]:
    """Problems of the group that are over: that is another thing than never to have been there."""
    for problem in problems:
        if _is_over(problem, as_of) and known_by(problem, as_of) and group.holds(problem.term, problem.code):
            ended = f"ended {day_in_words(problem.end)}" if problem.end is not None else "as over"
            yield f"{group.group.title}, on the problem list, {ended} (problem row {problem.row.number})"


def _not_yet(group: GroupTerms, problems: Iterable[Problem], as_of: date) -> Iterator[str]:
    """Problems of the group that are dated after the day of the review: in a review of an earlier day they came later,
    in one of today the date is a slip, and whoever reads the finding sees which."""
    for problem in problems:
        if problem.date is not None and not known_by(problem, as_of) and group.holds(problem.term, problem.code):
            dated = f"dated {day_in_words(problem.date)}, after the day of the review"
            yield f"{group.group.title}, on the problem list, {dated} (problem row {problem.row.number})"


def _is_over(problem: Problem, as_of: date) -> bool:
    return problem.standing == "over" or (problem.end is not None and problem.end < as_of)


def known_by(problem: Problem, as_of: date) -> bool:
    """Was it in the record on that day? What is dated later was not."""
    return problem.date is None or problem.date <= as_of


def _indication_mentions(group: GroupTerms, reads: Iterable[MedicineRead]) -> list[_Mention]:
    found = []
    for read in reads:
        if not read.line.indication.strip() or not read.current:
            continue
        holds = group.holds(read.line.indication, "")
        if holds is not False:
            shown = f"{group.group.title}, given as the reason beside a medicine"
            found.append(_Mention(None, read.row, shown, holds is True))
    return found


def _rows(mentions: Iterable[_Mention]) -> tuple[int, ...]:
    """Rows of the medicine list only: the rows of other lists are counted apart, and are said in words."""
    return tuple(sorted({m.medicine_row for m in mentions if m.medicine_row is not None}))


def unmatched_problem_rows(record: Record, groups: Iterable[GroupTerms]) -> tuple[int, ...]:
    """Rows of problems given as words that no group knows: shown, so that a person can read them."""
    known = list(groups)
    return tuple(
        problem.row.number
        for problem in record.problems
        if not problem.code and not any(group.holds(problem.term, "") for group in known)
    )
