"""What may stand on a page that those who support the person may read: the carer's, and the person's own.

What the person told about being hurt or held, about sex, drink or drugs, or about the care they get, is not for the
people who support them to read, who may be those it is about: whom to tell is decided by the safeguarding team and the
person. It stays in the clinician's plan. The content says which sections and facts these are (``private``). Basis: the
safeguarding rule itself (its ``not_for``); which are private is this project's own choice.

A finding of a rule that asks anything of them is left out, whatever it stands on. Where one is, what was answered in
free words is left out too: it may name whom the finding is about ("quiet when he is near"), and no program can tell.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from healthcheck_cli.conditions.tree import facts_named
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_asked_of
from healthcheck_cli.findings import Finding, PersonReview, ThemeStatus
from healthcheck_cli.medicines.models import Match, MedicineRead
from healthcheck_cli.record import AnswerValue
from healthcheck_cli.told_medicines import NOT_NAMED

IN_THE_PLAN = "Left off the easy-read page and the carer's page, which supporters read: to be spoken about in private"

NOT_TO_HAND_ON = (
    "This plan holds what is to be spoken about in private. Do not hand it to those who support the person, nor to the "
    "person where others may read it: they get the easy-read page and the carer's page."
)
FREE_WORDS = (
    "What was answered in free words is left off these pages, as it may name somebody: read it before any of it is "
    "given to anybody."
)


def shareable_findings(person: PersonReview, content: Content) -> tuple[Finding, ...]:
    """The findings that may be told, most pressing first."""
    kept = [it for it in person.findings if not is_private(it, content)]
    return tuple(sorted(kept, key=lambda it: (it.level.rank, it.rule)))


def tells_of_others(person: PersonReview, content: Content) -> bool:
    """Does anything found stand on what may be about those who support the person? Then their own words may be so too.

    It is not enough that a rule also asks of it, as one about lonely days does: the words would be missing for nothing.
    """
    sections = {section.id for section in content.sections if section.of_others}
    behind = [_behind(_stands_on(it), content) for it in person.findings]
    facts = (content.facts[name] for names in behind for name in names if name in content.facts)
    return any(fact.of_others for fact in facts) or any(sections & _sections(names, content) for names in behind)


def answer_may_stand(question: str, value: AnswerValue | None, person: PersonReview, content: Content) -> bool:
    """May the answer stand on such a page? What was chosen from given words may; a table without rows says none."""
    asked = content.questions.get(question)
    chosen = asked is not None and asked.type != "text" and not (asked.type == "table" and value)
    return chosen or not tells_of_others(person, content)


def shareable_medicines(person: PersonReview, content: Content) -> tuple[MedicineRead, ...]:
    """The medicine lines that may be told. Where something is private, only the names of medicines stay of those
    told in the check: such a line is free words like any other."""
    if not tells_of_others(person, content):
        return person.medicines
    return tuple(named for it in person.medicines if (named := _named_only(it)) is not None)


def _named_only(read: MedicineRead) -> MedicineRead | None:
    """The line without words of the person's own; None where nothing is left of it."""
    if not read.line.from_answer or read.line.text in NOT_NAMED:
        return read
    if read.recognised.match is not Match.EXACT:
        return None
    names = ", ".join(dict.fromkeys(it.name for it in read.ingredients))
    return replace(read, line=replace(read.line, text=names, dosage="", indication="")) if names else None


def left_off_in_words(person: PersonReview, content: Content) -> str:
    """What is not on such a page, for the screen of who makes it; empty where all is. The rules alone are named, as
    the person and those with them may see the screen."""
    rules = [it.rule for it in person.findings if is_private(it, content)]
    if not rules:
        return ""
    return (
        f"Left off this page, as those who support the person may read it: {', '.join(rules)}. It is in the "
        "clinician's plan. Speak about it in private, with the person alone."
        + (f" {FREE_WORDS}" if tells_of_others(person, content) else "")
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
    asked = _stands_on(finding)
    for rule in finding.told_for:
        if rule in content.rules:
            asked |= facts_named(content.rules[rule].when)
    return _asks_in_private(asked, content)


def _stands_on(finding: Finding) -> set[str]:
    return {fact_asked_of(reason.fact) for told in (finding, *finding.merged) for reason in told.because}


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
