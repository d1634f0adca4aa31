"""What is not known and matters: pressing rules of which all holds but what nobody has found out yet.

Unknown fires nothing, and must not be read as "no" either. A rule that waits for a dozen answers is told with the gaps
at the end; one that holds for this person, but for what can be found out in one place, is something to do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from healthcheck_cli.content.models import PRESSING, Content, Level
from healthcheck_cli.fact_words import fact_in_words
from healthcheck_cli.findings import NotAssessed, PersonReview
from healthcheck_cli.plans.what_is_missing import in_words, place_of, waits_for_the_check
from healthcheck_cli.plans.words import day_in_words, owner_in_words

_MOST_NAMED = 4
_DAYS = dict(zip(PRESSING, (0, 2), strict=True))  # proposed: no source says how soon to find out what is not known
_ROLES = {"nurse": "practice nurse", "hca": "healthcare assistant", "gp": "gp"}
_NO_EVIDENCE = ("person.", "missing(", "not_known(", "declined(", "burden(")
"""Whom a rule is about, that nothing was told, and a total alone: of these a rule is not found in part."""


@dataclass(frozen=True)
class FindOut:
    """Something to find out in one place: by when, who, what, and the rules that hang on it, by id and title."""

    level: Level
    by: str
    owner: str
    where: str
    ask: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]


def find_out(person: PersonReview, content: Content, as_of: date) -> tuple[FindOut, ...]:
    """What to find out, the most pressing first: one entry for each place and who looks there."""
    told = {weak for it in person.findings for rule in it.told_for for weak in _weaker(rule, content)}
    found: dict[tuple[str, str], list[NotAssessed]] = {}
    for rule in person.could_not_assess:
        places = {place_of(fact, person, content) for fact in rule.missing}
        if rule.rule not in told and len(places) == 1 and _matters(rule, person, content):
            (where,) = places
            found.setdefault((where, _owner(rule, where, content)), []).append(rule)
    entries = [_entry(where, owner, rules, person, content, as_of) for (where, owner), rules in found.items()]
    return tuple(sorted(entries, key=lambda it: (it.level.rank, it.where, it.owner)))


def _weaker(rule: str, content: Content) -> tuple[str, ...]:
    return content.rules[rule].supersedes if rule in content.rules else ()


def _matters(rule: NotAssessed, person: PersonReview, content: Content) -> bool:
    """Does it hold for this person but for what is missing, and can that be had where nobody is asked?"""
    if rule.level not in PRESSING or all(it.fact.startswith(_NO_EVIDENCE) for it in rule.holds):
        return False
    return person.from_check or not waits_for_the_check(rule, person, content)


def _owner(rule: NotAssessed, where: str, content: Content) -> str:
    """Whoever asks in that section of the check; else the pharmacist, where it is about a medicine line."""
    asked = [it for fact in rule.missing for it in content.questions_of(fact)]
    section = [it for section in content.sections if section.title == where for it in section.questions]
    roles = Counter(it.role for it in asked or section)
    if roles:
        return _ROLES[roles.most_common(1)[0][0]]
    return "pharmacist" if any(it.rows for it in rule.holds) else _ROLES["nurse"]


def _entry(
    where: str, owner: str, rules: list[NotAssessed], person: PersonReview, content: Content, as_of: date
) -> FindOut:
    """``rules`` come most pressing first, as they are reviewed. Of many things to find out some are named; all stand
    with the gaps at the end."""
    missing = (fact for it in rules for fact in it.missing)
    asked = dict.fromkeys(
        fact_in_words(fact, content) if fact in content.facts else in_words(fact, person, content) for fact in missing
    )
    named, more = list(asked)[:_MOST_NAMED], len(asked) - _MOST_NAMED
    return FindOut(
        level=rules[0].level,
        by=day_in_words(as_of + timedelta(days=_DAYS[rules[0].level])),
        owner=owner_in_words(owner),
        where=where,
        ask=(*named, f"{more} more, with what could not be assessed") if more > 0 else tuple(named),
        rules=tuple((it.rule, it.title) for it in rules),
    )
