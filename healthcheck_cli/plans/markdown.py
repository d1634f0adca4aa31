"""The action plan as markdown, readable as plain text: one person, or everyone in a review."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli import __version__
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Basis
from healthcheck_cli.findings import PersonReview, Review
from healthcheck_cli.ledger import Ledger
from healthcheck_cli.plans.accepted_parts import accepted_section
from healthcheck_cli.plans.burden_parts import burdens_section
from healthcheck_cli.plans.finding_parts import (
    all_actions,
    counts,
    findings_by_theme,
    first_actions,
    link_targets,
    red_box,
)
from healthcheck_cli.plans.gap_parts import answers_section, not_assessed_section, themes_section
from healthcheck_cli.plans.local_changes import local_change_lines
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph
from healthcheck_cli.plans.medicine_parts import lines_not_used, medicines_section
from healthcheck_cli.plans.words import SUDDEN, counted, day_in_words
from healthcheck_cli.record import Answer

_REJECTED_SHOWN = 10


def review_markdown(review: Review, content: Content, answers: Mapping[str, Answer] | None = None) -> str:
    """The plans of everyone in the review, one after the other; ``answers`` are those of a check, which is of one.

    With several people the rule ids are not links: a link could lead to another person's finding.
    """
    if len(review.people) == 1:
        return plan_markdown(review, review.people[0], content, answers)
    return "\n---\n\n".join(_plan(review, person, content, {}) for person in review.people)


def plan_markdown(
    review: Review, person: PersonReview, content: Content, answers: Mapping[str, Answer] | None = None
) -> str:
    """One person's plan: what is urgent and what to do first, then the findings, then what they stand on.

    ``answers`` are printed in full, for a check. Everything from the record is escaped.
    """
    return f"{_plan(review, person, content, answers or {})}\n{link_targets(person)}\n".rstrip() + "\n"


def _plan(review: Review, person: PersonReview, content: Content, answers: Mapping[str, Answer]) -> str:
    parts = [
        _title(review, person),
        red_box(person),
        counts(person, content),
        first_actions(person),
        findings_by_theme(person, content),
        all_actions(person),
        accepted_section(person, content),
        not_assessed_section(person, content),
        themes_section(person, content),
        medicines_section(person, content),
        burdens_section(person, content),
        lines_not_used(person),
        answers_section(answers, content),
        _made_with(review, person, content),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(review: Review, person: PersonReview) -> str:
    who = [f"person {escape(person.person_id)}" if person.person_id else "one person"]
    if person.age is not None:
        who.append(f"aged {person.age}")
    if person.sex:
        who.append(escape(person.sex))
    return f"# Action plan: {', '.join(who)}, on {day_in_words(review.as_of)}"


def _made_with(review: Review, person: PersonReview, content: Content) -> str:
    lines = [
        paragraph(SUDDEN),
        "",
        bullet("For registered staff. It shows what was found and why; it does not replace judgement."),
        bullet(_support_counts(person, content)),
        bullet(f"As of {review.as_of.isoformat()}. healthcheck {__version__}, content {escape(content.version)}"),
        bullet(f"Content SHA-256 {content.sha256}"),
    ]
    lines += [bullet(escape(f"Setting: {it.title}: {it.shown}")) for it in content.settings.values()]
    lines += local_change_lines(content, review.as_of)
    lines += [bullet(f"Input {escape(it.name)} ({escape(it.format)}), SHA-256 {it.sha256}") for it in review.inputs]
    lines += _rejected(review.ledger)
    return "\n".join(["## What this was made with", "", *lines])


def _rejected(ledger: Ledger) -> list[str]:
    rows = [bullet(escape(f"{it.file} line {it.line}: {it.reason}"), 1) for it in ledger.rejected[:_REJECTED_SHOWN]]
    if not rows:
        return []
    more = ledger.rows_rejected - len(rows)
    first = f"{counted(ledger.rows_rejected, 'row')} of the inputs could not be used:"
    return [bullet(first), *rows, *([bullet(f"and {more} more", 1)] if more else [])]


def _support_counts(person: PersonReview, content: Content) -> str:
    found = person.findings
    if not found:
        return "No finding, so none that rests on content without sign-off."
    proposed = sum(it.basis is Basis.PROPOSED for it in found)
    unverified = sum(it.basis is Basis.GENERAL_KNOWLEDGE for it in found)
    unsigned = sum(it.rule not in content.rules or not content.rules[it.rule].support.signed_off_by for it in found)
    sourced = len(found) - proposed - unverified
    return (
        f"Of {counted(len(found), 'finding')}: {sourced} sourced, {unverified} general knowledge to be verified, "
        f"{proposed} proposed by this project; {unsigned} on rules that no clinician has signed off."
    )
