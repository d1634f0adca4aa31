"""What is known and accepted, in words: for the plan, the screen and the explanation of a rule. Not escaped."""

from __future__ import annotations

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import NotHeld, PersonReview, WhyShown
from healthcheck_cli.plans.words import NOTHING_FIRED, counted, day_in_words
from healthcheck_cli.record import Acceptance
from healthcheck_cli.shown_text import one_line

_WHY_SHOWN = {
    WhyShown.URGENT: "It is shown all the same: what is urgent cannot be accepted.",
    WhyShown.PAST: "That day is over, and it is shown again.",
    WhyShown.OTHER_MEDICINE: "It is shown all the same: it does not rest on that medicine alone.",
}


def found_in_words(person: PersonReview) -> str:
    """How many findings there are by level; what is accepted is not counted, and never passes for nothing fired."""
    by_level = [(level, sum(finding.level is level for finding in person.findings)) for level in Level]
    found = ", ".join(f"{number} {level.value}" for level, number in by_level if number)
    if found:
        return f"{counted(len(person.findings), 'finding')}: {found}."
    if not person.accepted:
        return NOTHING_FIRED
    verb = "is" if len(person.accepted) == 1 else "are"
    return f"No finding but {len(person.accepted)} that {verb} known and accepted."


def accepted_in_words(person: PersonReview) -> str:
    """How many findings are accepted besides the others, with a blank before it; empty where none is."""
    if not person.accepted or not person.findings:
        return ""
    verb = "is" if len(person.accepted) == 1 else "are"
    return f" {counted(len(person.accepted), 'more finding')} {verb} known and accepted."


def entry_in_words(entry: Acceptance) -> str:
    """One entry: until when, by whom and why, as it was written there."""
    of = f" for {one_line(entry.medicine)}" if entry.medicine else ""
    why = one_line(entry.because).rstrip(".")
    return f"Accepted{of} until {day_in_words(entry.until)} by {one_line(entry.by)}: {why}."


def not_held_in_words(it: NotHeld) -> str:
    """An entry that does not hold for a finding, and why."""
    return f"{entry_in_words(it.entry)} {_WHY_SHOWN[it.why]}"
