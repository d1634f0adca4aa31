"""Which findings may stand on a page that those who support the person may read: the carer's, and the person's own.

What the person told about being hurt or held, about sex, drink or drugs, or about the care they get, is not for the
people who support them to read, who may be those it is about: whom to tell is decided by the safeguarding team and the
person. It stays in the clinician's plan. The content says which sections and facts these are (``private``). Basis: the
safeguarding rule itself (its ``not_for``); which are private is this project's own choice.

A finding of a rule that asks anything of them is left out, whatever it stands on.
"""

from __future__ import annotations

from collections.abc import Collection

from healthcheck_cli.conditions.tree import facts_named
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_asked_of
from healthcheck_cli.findings import Finding, PersonReview, ThemeStatus

IN_THE_PLAN = "Left off the easy-read page and the carer's page, which supporters read: to be spoken about in private"

NOT_TO_HAND_ON = (
    "This plan holds what is to be spoken about in private. Do not hand it to those who support the person, nor to the "
    "person where others may read it: they get the easy-read page and the carer's page."
)


def shareable_findings(person: PersonReview, content: Content) -> tuple[Finding, ...]:
    """The findings that may be told, most pressing first."""
    kept = [it for it in person.findings if not is_private(it, content)]
    return tuple(sorted(kept, key=lambda it: (it.level.rank, it.rule)))


def left_off_in_words(person: PersonReview, content: Content) -> str:
    """What is not on such a page, for the screen of who makes it; empty where all is. The rules alone are named, as
    the person and those with them may see the screen."""
    rules = [it.rule for it in person.findings if is_private(it, content)]
    if not rules:
        return ""
    return (
        f"Left off this page, as those who support the person may read it: {', '.join(rules)}. It is in the "
        "clinician's plan. Speak about it in private, with the person alone."
    )


def raised_themes(findings: tuple[Finding, ...]) -> dict[str, Level]:
    """The themes of these findings with the highest level in each; the most pressing first."""
    found: dict[str, Level] = {}
    for finding in findings:
        for theme in finding.themes:
            found.setdefault(theme, finding.level)
    return found


def not_known_themes(person: PersonReview, content: Content, raised: Collection[str]) -> tuple[str, ...]:
    """The themes that not enough is known of, on a page that tells those that are ``raised``.

    One with rules that are kept is always among them: were it there for one answer and gone for another, its absence
    would tell what was said in private.
    """
    kept = {
        theme
        for rule in content.rules.values()
        if _asks_in_private(facts_named(rule.when), content)
        for theme in rule.themes
    }
    unsure = (it.id for it in person.themes if it.state is ThemeStatus.NOT_ASSESSED or it.id in kept)
    return tuple(theme for theme in unsure if theme not in raised)


def is_private(finding: Finding, content: Content) -> bool:
    """Is it, or anything told with it, kept from those who support the person?"""
    asked = {fact_asked_of(reason.fact) for told in (finding, *finding.merged) for reason in told.because}
    for rule in finding.told_for:
        if rule in content.rules:
            asked |= facts_named(content.rules[rule].when)
    return _asks_in_private(asked, content)


def is_private_rule(rule: str, content: Content) -> bool:
    """Does the rule ask anything that is kept from those who support the person?"""
    return rule in content.rules and _asks_in_private(facts_named(content.rules[rule].when), content)


def _asks_in_private(asked: Collection[str], content: Content) -> bool:
    behind = _behind(asked, content)
    facts = (content.facts[name] for name in behind if name in content.facts)
    private = {section.id for section in content.sections if section.private}
    return any(fact.private for fact in facts) or bool(private & _sections(behind, content))


def _behind(facts: Collection[str], content: Content) -> frozenset[str]:
    """The facts, and those that they are defined by."""
    seen: set[str] = set()
    waiting = set(facts)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        fact = content.facts.get(name)
        if fact is not None and fact.definition is not None:
            waiting |= facts_named(fact.definition) - seen
    return frozenset(seen)


def _sections(facts: frozenset[str], content: Content) -> frozenset[str]:
    """The sections whose questions give the facts; the first part of the name of one that is worked out is that of a
    section."""
    sections: set[str] = set()
    for name in facts:
        sections.add(name.partition(".")[0])
        sections.update(question.section for question in content.questions_of(name))
    return frozenset(sections)
