"""The plan in short, as plain lines for a screen: while a check is under way, and when it is closed."""

from __future__ import annotations

from healthcheck_cli.content.models import Level
from healthcheck_cli.fact_words import rows_in_words
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.plans.accepted_words import accepted_in_words, found_in_words
from healthcheck_cli.plans.finding_parts import for_today, pressing_first
from healthcheck_cli.plans.words import LEVELS, counted, day_in_words, owner_in_words

_NEXT_ACTIONS = 5


def plan_on_screen(person: PersonReview) -> str:
    """What cannot wait with what to do now, how many findings there are, and what comes next. Lines are not wrapped."""
    return "\n".join([*_urgent(person), *_counts(person), *_next(person)])


def _urgent(person: PersonReview) -> list[str]:
    urgent = [finding for finding in person.findings if finding.level is Level.URGENT]
    lines = [LEVELS[Level.URGENT]] if urgent else []
    for finding in urgent:
        lines.append(f"  {finding.title} ({finding.rule})")
        lines += [f"    - {it.do} ({owner_in_words(it.owner)}, {it.within})" for it in for_today(finding)]
    return [*lines, ""] if lines else []


def _counts(person: PersonReview) -> list[str]:
    lines = [f"{found_in_words(person)}{accepted_in_words(person)}"]
    if person.could_not_assess:
        lines.append(f"{counted(len(person.could_not_assess), 'rule')} could not be assessed on what is known so far.")
    if person.unrecognised:
        lines.append(f"Medicine lines that were not recognised{rows_in_words(it.row for it in person.unrecognised)}.")
    return [*lines, ""]


def _next(person: PersonReview) -> list[str]:
    pressing = [finding for finding in person.findings if finding.level is Level.URGENT]
    urgent = {rule for finding in pressing for rule in finding.rules}
    actions = [it for it in pressing_first(person) if not urgent.issuperset(it.rules)]
    if not actions:
        return []
    lines = ["What to do next" if urgent else "What to do first"]
    lines += [
        f"  {number}. By {day_in_words(it.due)}, {owner_in_words(it.owner)}: {it.do} ({', '.join(it.rules)})"
        for number, it in enumerate(actions[:_NEXT_ACTIONS], start=1)
    ]
    more = len(actions) - _NEXT_ACTIONS
    return [*lines, f"  and {counted(more, 'more action')} in the whole plan"] if more > 0 else lines
