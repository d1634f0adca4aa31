"""Which findings may stand on a page that goes to carers and providers.

What the person told about being hurt, about sex, drink or drugs, or about the care they get, is not for the people who
support them to read, who may be those it is about: whom to tell is decided by the safeguarding team and the person.
Basis: the safeguarding rule itself (its ``not_for``); the list of sections is this project's own.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    return any(_section_of(fact, content) in KEPT_FROM_CARERS for fact in _facts(finding, content))


def _facts(finding: Finding, content: Content) -> Iterator[str]:
    for told in (finding, *finding.merged):
        yield from (fact_asked_of(it.fact) for it in told.because)
    for rule in finding.rules:
        if rule in content.rules:
            yield from facts_named(content.rules[rule].when)


def _section_of(fact: str, content: Content) -> str:
    """The section whose question gives the fact; else the first part of its name, which is that of a section."""
    known = content.facts.get(fact)
    question = content.questions.get(known.question) if known is not None and known.question else None
    return question.section if question is not None else fact.partition(".")[0]
