"""The parts of the plan about findings: the red box, the counts, what to do first, the findings, all actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_in_words, reason_in_words
from healthcheck_cli.findings import Action, Finding, PersonReview
from healthcheck_cli.plans.accepted_words import accepted_in_words, found_in_words, not_held_in_words
from healthcheck_cli.plans.markdown_text import anchor, bullet, escape, paragraph, table
from healthcheck_cli.plans.medicine_parts import daily_in_words
from healthcheck_cli.plans.what_is_missing import HEALTH_CHECK, waits_for_the_check
from healthcheck_cli.plans.words import (
    BASES,
    LEVELS,
    counted,
    day_in_words,
    listed,
    owner_in_words,
    source_in_words,
)

_FIRST_ACTIONS = 6


@dataclass(frozen=True)
class PlannedAction:
    """One thing to do, for all the findings that ask for it."""

    due: date
    owner: str
    do: str
    rules: tuple[str, ...]
    rank: int


def planned_actions(person: PersonReview) -> list[PlannedAction]:
    """Every action of every finding, soonest first, then most pressing; the same action is there once."""
    found: dict[tuple[str, str], PlannedAction] = {}
    for finding in person.findings:
        for action in finding.actions:
            known = found.get((action.do, action.owner))
            new = PlannedAction(action.due, action.owner, action.do, finding.rules, finding.level.rank)
            found[(action.do, action.owner)] = new if known is None else _merged(known, new)
    return sorted(found.values(), key=lambda it: (it.due, it.rank, it.rules))


def _merged(one: PlannedAction, other: PlannedAction) -> PlannedAction:
    rules = tuple(dict.fromkeys((*one.rules, *other.rules)))
    return PlannedAction(min(one.due, other.due), one.owner, one.do, rules, min(one.rank, other.rank))


def red_box(person: PersonReview) -> str:
    """The urgent findings with what to do now; empty where none is urgent."""
    urgent = [finding for finding in person.findings if finding.level is Level.URGENT]
    if not urgent:
        return ""
    lines = [
        paragraph("**URGENT: ACT BEFORE THE PERSON LEAVES, OR THE SAME DAY**", "> "),
        ">",
        paragraph(
            "Call 999 where it says so below, or if the person is getting worse now. Otherwise a named clinician "
            "takes each of these on today.",
            "> ",
        ),
    ]
    for finding in urgent:
        lines += [">", paragraph(f"**{escape(finding.title)}** [{finding.rule}]. {escape(finding.says)}", "> ")]
        lines += [
            paragraph(f"{escape(it.do)} ({owner_in_words(it.owner)}, {escape(it.within)})", "> - ", ">   ")
            for it in for_today(finding)
        ]
    return "\n".join(lines)


def for_today(finding: Finding) -> Sequence[Action]:
    """The actions that cannot wait; all of them where none is marked so."""
    return [it for it in finding.actions if it.within in ("now", "today")] or finding.actions


def counts(person: PersonReview, content: Content) -> str:
    """How many findings there are by level, and how much could not be assessed."""
    first = f"**{found_in_words(person)}**{accepted_in_words(person)}"
    lines = counted(len(person.unrecognised), "medicine line was", "medicine lines were")
    third = f" {lines} not recognised." if person.unrecognised else ""
    return paragraph(f"{first} {_unassessed(person, content)}{third} {_completeness(person)}")


def _unassessed(person: PersonReview, content: Content) -> str:
    """What was supplied may not be enough; what no list can say is counted apart."""
    if not person.could_not_assess:
        return "Every rule could be assessed."
    waiting = [it for it in person.could_not_assess if waits_for_the_check(it, person, content)]
    others = [it for it in person.could_not_assess if it not in waiting]
    urgent = sum(it.level is Level.URGENT for it in others)
    said = f"{counted(len(others), 'rule')} could not be assessed"
    said += f", {urgent} of them about something urgent." if urgent else "."
    return f"{said} {len(waiting)} more need {HEALTH_CHECK}." if waiting else said


def _completeness(person: PersonReview) -> str:
    if not person.complete:
        return "No list was said to be complete: what is not found in one is unknown, not absent."
    names = escape(listed(person.complete))
    return f"Said to be complete: {names}. What is not found in any other list is unknown, not absent."


def first_actions(person: PersonReview) -> str:
    """The first few things to do: for the most pressing findings first, of those the soonest."""
    actions = sorted(planned_actions(person), key=lambda it: (it.rank, it.due))
    if not actions:
        return ""
    entries = [
        paragraph(
            f"**By {day_in_words(it.due)}, {owner_in_words(it.owner)}:** {escape(it.do)} {_links(it.rules)}",
            f"{number}. ",
            "   ",
        )
        for number, it in enumerate(actions[:_FIRST_ACTIONS], start=1)
    ]
    more = len(actions) - _FIRST_ACTIONS
    if more > 0:
        entries += ["", f"{counted(more, 'more action')} below, under All actions."]
    return "\n".join(["## What to do first", "", *entries])


def _links(rules: Sequence[str]) -> str:
    return ", ".join(f"[{rule}]" for rule in rules)


def all_actions(person: PersonReview) -> str:
    """One table of everything to do, in order of date."""
    rows = [
        (day_in_words(it.due), owner_in_words(it.owner), _links(it.rules), escape(it.do))
        for it in planned_actions(person)
    ]
    return "\n".join(["## All actions", "", table(("By", "Who", "For", "What"), rows)]) if rows else ""


def findings_by_theme(person: PersonReview, content: Content) -> str:
    """Every finding under the first of its themes; the theme with the most pressing finding first."""
    themes: dict[str, list[Finding]] = {}
    for finding in sorted(person.findings, key=lambda it: (it.level.rank, it.rule)):
        themes.setdefault(finding.themes[0] if finding.themes else "", []).append(finding)
    if not themes:
        return ""
    order = sorted(themes, key=lambda theme: (themes[theme][0].level.rank, _place(theme, content)))
    parts = ["## Findings"]
    for theme in order:
        parts += [f"### {escape(theme_title(theme, content))}"]
        parts += [_finding(finding, person, content) for finding in themes[theme]]
    return "\n\n".join(parts)


def _place(theme: str, content: Content) -> int:
    return content.themes[theme].order if theme in content.themes else len(content.themes)


def theme_title(theme: str, content: Content) -> str:
    """The theme's name in words."""
    return content.themes[theme].title if theme in content.themes else theme.replace("_", " ") or "Other"


def heading(finding: Finding) -> str:
    """The heading of one finding, which links point at."""
    return f"{finding.rule} {escape(finding.title)}"


def link_targets(person: PersonReview) -> str:
    """What ``[STOMP-05]`` in the text leads to."""
    leads = {rule: finding for finding in person.findings for rule in finding.rules}
    return "\n".join(f"[{rule}]: #{anchor(heading(leads[rule]))}" for rule in sorted(leads))


def _finding(finding: Finding, person: PersonReview, content: Content) -> str:
    lines = [f"#### {heading(finding)}", "", paragraph(f"**{_how_pressing(finding)}.** {escape(finding.says)}"), ""]
    return "\n".join([*lines, *finding_points(finding, person, content)])


def finding_points(finding: Finding, person: PersonReview, content: Content) -> list[str]:
    """What a finding stands on, what to do, and what supports it, point by point."""
    lines = [bullet(f"Stands on: {reason}") for reason in _reasons(finding, content)]
    rows = set(finding.rows)
    reads = [read for read in person.medicines if read.row in rows]
    by_dose = any("percent" in it.fact for it in finding.because)
    for read in reads:
        daily = f". A day: {daily_in_words(read)}" if by_dose else ""
        lines.append(bullet(f"Row {read.row}: {_as_written(read.line.text, read.line.dosage)}{daily}"))
    lines += [
        bullet(f"To do: {escape(it.do)} ({owner_in_words(it.owner)}, by {day_in_words(it.due)}: {escape(it.within)})")
        for it in finding.actions
    ]
    named = {ingredient.name for read in reads for ingredient in read.ingredients}
    if any(content.medicines[name].stomp_scope not in ("", "out") for name in named & set(content.medicines)):
        lines.append(bullet("Do not stop suddenly."))
    if finding.higher_if:
        facts = listed((fact_in_words(name, content) for name in finding.higher_if), "or")
        lines.append(bullet(f"May be more pressing, depending on: {escape(facts)}"))
    if finding.stands_for:
        lines.append(bullet(f"Stands for these too: {escape(', '.join(finding.stands_for))}"))
    for it in finding.merged:
        lines.append(bullet(f"The same is asked by {heading(it)} ({it.level.value}): {escape(it.says)}"))
        lines.append(bullet(_support(it, content), 1))
    lines += [bullet(escape(not_held_in_words(it))) for it in finding.not_held]
    if len(finding.themes) > 1:
        others = ", ".join(theme_title(theme, content) for theme in finding.themes[1:])
        lines.append(bullet(f"Also belongs to: {escape(others)}"))
    lines.append(bullet(_support(finding, content)))
    return lines


def _how_pressing(finding: Finding) -> str:
    """The level, and by when: the time of the finding's own first action goes before what the level means otherwise."""
    if finding.level is Level.URGENT or not finding.actions:
        return LEVELS[finding.level]
    return f"{finding.level.value.upper()}: first step by {day_in_words(min(it.due for it in finding.actions))}"


def _as_written(text: str, dosage: str) -> str:
    return f"{escape(text)}; {escape(dosage)}" if dosage.strip() else f"{escape(text)} (no directions)"


def _reasons(finding: Finding, content: Content) -> list[str]:
    said = (escape(reason_in_words(it.fact, it.shown, it.value, it.rows, content)) for it in finding.because)
    return list(dict.fromkeys(said))


def _support(finding: Finding, content: Content) -> str:
    titles = [escape(source_in_words(source, content)) for source in finding.sources]
    basis = BASES[finding.basis]
    return f"Support: {basis}. {'; '.join(titles)}" if titles else f"Support: {basis}."
