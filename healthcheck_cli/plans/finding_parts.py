"""The parts of the plan about findings: the first screen, the findings by theme, all actions, what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.fact_words import fact_in_words, reason_in_words
from healthcheck_cli.findings import Action, Finding, PersonReview, ThemeState
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.plans.accepted_words import accepted_in_words, entry_in_words, found_in_words, not_held_in_words
from healthcheck_cli.plans.alert_parts import standing_alone, taken_on
from healthcheck_cli.plans.citations import Citations
from healthcheck_cli.plans.medicine_parts import daily_in_words
from healthcheck_cli.plans.plan_page import (
    AcceptedPart,
    AcceptedShown,
    FirstScreen,
    MergedFinding,
    ShownAction,
    ShownFinding,
    ShownRow,
    ShownTheme,
    ThemeFindings,
    UrgentFinding,
)
from healthcheck_cli.plans.shareable import IN_THE_PLAN, is_private
from healthcheck_cli.plans.what_is_missing import HEALTH_CHECK, missing_in_words, waits_for_the_check
from healthcheck_cli.plans.words import (
    LEVELS,
    counted,
    day_in_words,
    listed,
    owner_in_words,
)

_FIRST_ACTIONS = 5
_ASKED_FIRST = 4


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
            new = PlannedAction(action.due, action.owner, action.do, finding.rules_asking(action), finding.level.rank)
            found[(action.do, action.owner)] = new if known is None else _merged(known, new)
    return sorted(found.values(), key=lambda it: (it.due, it.rank, it.rules))


def pressing_first(person: PersonReview) -> list[PlannedAction]:
    """Every action, those of the most pressing findings first; within a level the soonest; then by the rules' ids."""
    return sorted(planned_actions(person), key=lambda it: (it.rank, it.due, it.rules))


def by_level_and_day(finding: Finding) -> tuple[int, date, bool, str]:
    """What findings are put in order by: the level, the day of the first step, on one day what is for now before what
    is for that day, the rule's id."""
    first = min((it.due for it in finding.actions), default=date.max)
    return finding.level.rank, first, all(it.within != "now" for it in finding.actions), finding.rule


def _merged(one: PlannedAction, other: PlannedAction) -> PlannedAction:
    rules = tuple(dict.fromkeys((*one.rules, *other.rules)))
    return PlannedAction(min(one.due, other.due), one.owner, one.do, rules, min(one.rank, other.rank))


def first_screen(person: PersonReview, content: Content, alerts: Sequence[Alert] = ()) -> FirstScreen:
    """The red box or that there is none, the five things to do first, and how every theme stands.

    The five are for the most pressing findings first, of those the soonest; what is in the red box is not repeated.
    """
    pressing = sorted((it for it in person.findings if it.level is Level.URGENT), key=by_level_and_day)
    urgent = tuple(_urgent(it, alerts) for it in pressing)
    alone = standing_alone(pressing, alerts)
    in_the_box = {(it.do, it.owner) for finding in urgent for it in finding.actions}
    left = [it for it in pressing_first(person) if (it.do, owner_in_words(it.owner)) not in in_the_box]
    unrecognised = counted(len(person.unrecognised), "medicine line was", "medicine lines were")
    lines = f" {unrecognised} not recognised." if person.unrecognised else ""
    return FirstScreen(
        urgent=urgent,
        alerts=alone,
        no_urgent="" if urgent or alone else "Nothing urgent was raised by what was recorded.",
        may_be_urgent=_may_be_urgent(person, content),
        counts=f"{found_in_words(person)}{accepted_in_words(person)}",
        known=f"{_unassessed(person, content)}{lines} {_completeness(person)}",
        actions=tuple(_planned(it) for it in left[:_FIRST_ACTIONS]),
        more_actions=max(0, len(left) - _FIRST_ACTIONS),
        themes=tuple(_state(it, person, content) for it in person.themes),
    )


def _state(theme: ThemeState, person: PersonReview, content: Content) -> ShownTheme:
    found = sum(theme.id in finding.themes for finding in person.findings)
    return ShownTheme(theme_title(theme.id, content), theme.state, theme.level, found, theme.assessed, theme.rules)


def _urgent(finding: Finding, alerts: Sequence[Alert]) -> UrgentFinding:
    actions = _shown(for_today(finding), finding)
    return UrgentFinding(finding.rule, finding.title, finding.says, actions, taken_on(finding, alerts))


def for_today(finding: Finding) -> Sequence[Action]:
    """The actions that cannot wait; all of them where none is marked so."""
    return [it for it in finding.actions if it.within in ("now", "today")] or finding.actions


def _shown(actions: Iterable[Action], finding: Finding) -> tuple[ShownAction, ...]:
    return tuple(
        ShownAction(day_in_words(it.due), owner_in_words(it.owner), it.do, it.within, finding.rules_asking(it))
        for it in actions
    )


def _planned(action: PlannedAction) -> ShownAction:
    return ShownAction(day_in_words(action.due), owner_in_words(action.owner), action.do, rules=action.rules)


def _may_be_urgent(person: PersonReview, content: Content) -> str:
    """How many rules about something urgent are open, and what would settle the most of them."""
    open_ = [it for it in person.could_not_assess if it.level is Level.URGENT]
    if not open_:
        return ""
    waiting: dict[str, int] = {}
    for rule in open_:
        for words in missing_in_words(rule, person, content):
            waiting[words] = waiting.get(words, 0) + 1
    first = sorted(waiting, key=lambda words: (-waiting[words], words))[:_ASKED_FIRST]
    said = f"{counted(len(open_), 'rule')} about something urgent could not be assessed"
    return f"{said}. What most of them wait for: {listed(first)}."


def _unassessed(person: PersonReview, content: Content) -> str:
    """What was supplied may not be enough; what no list can say is counted apart."""
    if not person.could_not_assess:
        return "Every rule could be assessed."
    waiting = [it for it in person.could_not_assess if waits_for_the_check(it, person, content)]
    others = len(person.could_not_assess) - len(waiting)
    said = f"{counted(others, 'rule')} could not be assessed."
    return f"{said} {len(waiting)} more need {HEALTH_CHECK}." if waiting else said


def _completeness(person: PersonReview) -> str:
    if not person.complete:
        return "No list was said to be complete: what is not found in one is unknown, not absent."
    names = listed(person.complete)
    return f"Said to be complete: {names}. What is not found in any other list is unknown, not absent."


def all_actions(person: PersonReview) -> tuple[ShownAction, ...]:
    """Everything to do, in order of date."""
    return tuple(_planned(it) for it in planned_actions(person))


def findings_by_theme(person: PersonReview, content: Content, cited: Citations) -> tuple[ThemeFindings, ...]:
    """Every finding under the first of its themes; the theme with the most pressing finding first."""
    themes: dict[str, list[Finding]] = {}
    for finding in sorted(person.findings, key=by_level_and_day):
        themes.setdefault(finding.themes[0] if finding.themes else "", []).append(finding)
    order = sorted(themes, key=lambda theme: (themes[theme][0].level.rank, _place(theme, content)))
    return tuple(_theme(theme, themes[theme], person, content, cited) for theme in order)


def _theme(
    id_: str, findings: Sequence[Finding], person: PersonReview, content: Content, cited: Citations
) -> ThemeFindings:
    why = content.themes[id_].why if id_ in content.themes else None
    return ThemeFindings(
        title=theme_title(id_, content),
        why=why.text if why is not None else "",
        why_support=cited.support(why.support) if why is not None else None,
        findings=tuple(shown_finding(it, person, content, cited) for it in findings),
    )


def _place(theme: str, content: Content) -> int:
    return content.themes[theme].order if theme in content.themes else len(content.themes)


def theme_title(theme: str, content: Content) -> str:
    """The theme's name in words."""
    return content.themes[theme].title if theme in content.themes else theme.replace("_", " ") or "Other"


def accepted_part(person: PersonReview, content: Content, cited: Citations) -> AcceptedPart | None:
    """What somebody knows of and accepts for now, and entries that wait for nothing; None where there is neither."""
    if not person.accepted and not person.accepted_not_found:
        return None
    named = listed(f"{it.rule} (until {day_in_words(it.until)})" for it in person.accepted_not_found)
    return AcceptedPart(
        findings=tuple(
            AcceptedShown(
                finding=shown_finding(it.finding, person, content, cited),
                until=f"{it.finding.level.value.upper()}, accepted until {day_in_words(it.until)}",
                entries=tuple(entry_in_words(entry) for entry in it.entries),
            )
            for it in person.accepted
        ),
        not_found=f"Accepted, and not among what was found: {named}." if named else "",
    )


def shown_finding(finding: Finding, person: PersonReview, content: Content, cited: Citations) -> ShownFinding:
    """A finding with what it stands on, what to do, and what supports it."""
    rows = set(finding.rows)
    reads = [read for read in person.medicines if read.row in rows]
    by_dose = any("percent" in it.fact for it in finding.because)
    named = {ingredient.name for read in reads for ingredient in read.ingredients}
    reasons = (reason_in_words(it.fact, it.shown, it.value, it.rows, content) for it in finding.because)
    return ShownFinding(
        rule=finding.rule,
        title=finding.title,
        level=finding.level,
        pressing=_how_pressing(finding),
        says=finding.says,
        stands_on=tuple(dict.fromkeys(reasons)),
        rows=tuple(
            ShownRow(read.row, read.line.text, read.line.dosage, daily_in_words(read) if by_dose else "")
            for read in reads
        ),
        actions=_shown(finding.actions, finding),
        merged=tuple(MergedFinding(it.rule, it.title, it.level, it.says, cited.finding(it)) for it in finding.merged),
        notes=tuple(_notes(finding, content)),
        support=cited.finding(finding),
        psychotropic=any(
            content.medicines[name].stomp_scope not in ("", "out") for name in named if name in content.medicines
        ),
    )


def _notes(finding: Finding, content: Content) -> Iterable[str]:
    if finding.higher_if:
        facts = listed((fact_in_words(name, content) for name in finding.higher_if), "or")
        yield f"May be more pressing, depending on: {facts}"
    if finding.stands_for:
        yield f"Stands for these too: {', '.join(finding.stands_for)}"
    if is_private(finding, content):
        yield IN_THE_PLAN
    yield from (not_held_in_words(it) for it in finding.not_held)
    if len(finding.themes) > 1:
        yield f"Also belongs to: {', '.join(theme_title(theme, content) for theme in finding.themes[1:])}"


def _how_pressing(finding: Finding) -> str:
    """The level, and by when: the time of the finding's own first action goes before what the level means otherwise."""
    if finding.level is Level.URGENT or not finding.actions:
        return LEVELS[finding.level]
    return f"{finding.level.value.upper()}: first step by {day_in_words(min(it.due for it in finding.actions))}"
