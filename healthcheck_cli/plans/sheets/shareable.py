"""Which findings may stand on a page that goes to carers and providers.

What the person told about being hurt, about sex, drink or drugs, or about the care they get, is not for the people who
support them to read, who may be those it is about: whom to tell is decided by the safeguarding team and the person.
Basis: the safeguarding rule itself (its ``not_for``); the list of sections is this project's own.
"""

from __future__ import annotations

from healthcheck_cli.conditions.tree import facts_named
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_asked_of
from healthcheck_cli.findings import Finding, PersonReview

KEPT_FROM_CARERS = frozenset({"safe", "sexual", "alc", "drug", "feedback"})
"""Sections of the check. A finding of a rule that asks anything of them is left out, whatever it stands on."""


def shareable_findings(person: PersonReview, content: Content) -> tuple[Finding, ...]:
    """The findings that may be told, most pressing first."""
    kept = [it for it in person.findings if not _is_private(it, content)]
    return tuple(sorted(kept, key=lambda it: (it.level.rank, it.rule)))


def raised_themes(findings: tuple[Finding, ...]) -> dict[str, Level]:
    """The themes of these findings with the highest level in each; the most pressing first."""
    found: dict[str, Level] = {}
    for finding in findings:
        for theme in finding.themes:
            found.setdefault(theme, finding.level)
    return found


def _is_private(finding: Finding, content: Content) -> bool:
    asked = {fact_asked_of(reason.fact) for told in (finding, *finding.merged) for reason in told.because}
    for rule in finding.rules:
        if rule in content.rules:
            asked |= facts_named(content.rules[rule].when)
    return bool(KEPT_FROM_CARERS & _sections_behind(asked, content))


def _sections_behind(facts: set[str], content: Content) -> frozenset[str]:
    """The sections whose questions give the facts, or those that they are defined by; the first part of the name of one
    that is worked out is that of a section."""
    sections: set[str] = set()
    seen: set[str] = set()
    waiting = set(facts)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        sections.add(name.partition(".")[0])
        fact = content.facts.get(name)
        if fact is None:
            continue
        asked = (fact.question, *fact.answers, *fact.also_asked)
        sections.update(content.questions[it].section for it in asked if it in content.questions)
        waiting |= (facts_named(fact.definition) if fact.definition is not None else frozenset()) - seen
    return frozenset(sections)
