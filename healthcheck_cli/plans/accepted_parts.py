"""The part of the plan about what is known and accepted: each finding whole, with the reason and the day below it."""

from __future__ import annotations

from healthcheck_cli.content.models import Content
from healthcheck_cli.findings import AcceptedFinding, PersonReview
from healthcheck_cli.plans.accepted_words import entry_in_words
from healthcheck_cli.plans.finding_parts import finding_points, heading
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph
from healthcheck_cli.plans.words import counted, day_in_words, listed


def accepted_section(person: PersonReview, content: Content) -> str:
    """What somebody knows of and accepts for now, and entries that wait for nothing; empty where there is neither."""
    if not person.accepted and not person.accepted_not_found:
        return ""
    parts = ["## Known and accepted"]
    if person.accepted:
        first = counted(len(person.accepted), "finding")
        parts.append(
            paragraph(f"{first}, not counted above and not among the actions. Each comes back the day after its date.")
        )
    parts += [_accepted(it, person, content) for it in person.accepted]
    if person.accepted_not_found:
        named = listed(f"{it.rule} (until {day_in_words(it.until)})" for it in person.accepted_not_found)
        parts.append(paragraph(f"Accepted, and not among what was found: {escape(named)}."))
    return "\n\n".join(parts)


def _accepted(accepted: AcceptedFinding, person: PersonReview, content: Content) -> str:
    finding = accepted.finding
    until = f"{finding.level.value.upper()}, accepted until {day_in_words(accepted.until)}"
    return "\n".join(
        [
            f"### {heading(finding)}",
            "",
            paragraph(f"**{until}.** {escape(finding.says)}"),
            "",
            *(bullet(escape(entry_in_words(entry))) for entry in accepted.entries),
            *finding_points(finding, person, content),
        ]
    )
