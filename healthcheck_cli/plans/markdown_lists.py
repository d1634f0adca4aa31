"""The long lists at the end of a plan, as markdown: what could not be assessed, the medicine list, the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.plan_page import (
    AnswerLine,
    AnswerSection,
    Gap,
    GapGroup,
    GapsPart,
    MedicinesPart,
    WaitingRule,
)
from healthcheck_cli.plans.plan_words import ALONE, MEDICINES_NOTE, NO_MEDICINES, UNRECOGNISED_NOTE
from healthcheck_cli.plans.words import counted


def gaps_section(part: GapsPart | None) -> str:
    """The rules that could not be decided, under what to ask or to look up."""
    if part is None:
        return ""
    parts = ["## What could not be assessed, by what to ask"]
    if part.rules:
        parts.append(paragraph(f"{counted(part.rules, 'rule')}. {ALONE}"))
    if part.urgent:
        named = "; ".join(f"{rule} {escape(title)}" for rule, title in part.urgent)
        parts.append(paragraph(f"**About something urgent:** {named}."))
    if part.groups:
        parts.append("\n".join(bullet(_group(it)) for it in part.groups))
    if part.remarks:
        parts.append("\n".join(bullet(escape(it)) for it in part.remarks))
    return "\n\n".join(parts)


def _group(group: GapGroup) -> str:
    """One place to ask in, in one entry: what is urgent first, each thing with the rules that wait for it."""
    said = [f"**{escape(group.where)}.**"]
    for level, gaps in (("Urgent", group.urgent), ("High", group.high)):
        if gaps:
            said.append(f"*{level}:* {'; '.join(_gap(it) for it in gaps)}.")
    if group.lesser:
        said.append(f"*Medium or info:* {escape('; '.join(group.lesser))} ({', '.join(group.lesser_rules)}).")
    return " ".join(said)


def _gap(gap: Gap) -> str:
    return f"{escape(gap.ask)} ({', '.join(waiting(it) for it in gap.rules)})"


def waiting(it: WaitingRule) -> str:
    """The rule, with a mark where it waits for something else too."""
    return it.rule if it.alone else f"{it.rule}+"


def medicines_section(part: MedicinesPart) -> str:
    """The list as it was read, a line each; then the lines that could not be named, and those not counted."""
    parts = ["## Medicines as they were read"]
    if part.lines:
        points = escape(part.scale)
        header = ("Row", "As written; directions", "Read as", "A day (of the maximum)", points, "Bowel")
        rows = [
            (
                str(it.row),
                f"{escape(it.text)}; {escape(it.dosage) or 'no directions'}",
                f"**{it.read_as}**" if it.read_as == "not recognised" else escape(it.read_as),
                escape(it.daily),
                it.score,
                it.bowel,
            )
            for it in part.lines
        ]
        parts += [table(header, rows), paragraph(f"{points}: {MEDICINES_NOTE}")]
        parts.append("\n".join(bullet(escape(it)) for it in part.groups))
    else:
        parts.append(NO_MEDICINES)
    if part.unrecognised:
        parts += ["### Lines not recognised", paragraph(UNRECOGNISED_NOTE)]
        parts.append("\n".join(bullet(f"Row {it.row}: {escape(it.said)}") for it in part.unrecognised))
    if part.left_out:
        parts.append("### Lines not counted")
        parts.append("\n".join(bullet(f"Row {it.row}: {escape(it.said)}") for it in part.left_out))
    return "\n\n".join(part for part in parts if part)


def answers_section(sections: Sequence[AnswerSection]) -> str:
    """Every answer by section: those with a value in a table, the others in a line for each reason."""
    if not sections:
        return ""
    number = sum(len(section.lines) for section in sections)
    parts = ["## Answers given", f"{counted(number, 'question')}, by section."]
    rows = [(section.title, it) for section in sections for it in section.lines if not it.missing]
    if rows:
        somebody = any(it.said_by for _, it in rows)
        header = ("Section", "Answer", *(["Said by"] if somebody else []), "Question")
        parts.append(table(header, [_answer_row(title, it, somebody=somebody) for title, it in rows]))
    without = [(section.title, without_answer(section.lines)) for section in sections]
    if any(found for _, found in without):
        parts.append("### Questions without an answer")
        parts.append("\n".join(_without(title, found) for title, found in without if found))
    return "\n\n".join(parts)


def _answer_row(title: str, it: AnswerLine, *, somebody: bool) -> tuple[str, ...]:
    said_by = [escape(it.said_by) or "-"] if somebody else []
    return (escape(title), escape(it.answer), *said_by, escape(it.question))


def _without(title: str, found: Mapping[str, Sequence[str]]) -> str:
    said = (f"*{escape(state)}:* {' · '.join(map(escape, asked))}" for state, asked in found.items())
    return bullet(f"**{escape(title)}.** {' '.join(said)}")


def without_answer(lines: Sequence[AnswerLine]) -> dict[str, list[str]]:
    """The questions that have no answer, under why there is none, with the note where there is one."""
    found: dict[str, list[str]] = {}
    for it in lines:
        if it.missing:
            found.setdefault(f"{it.answer[:1].upper()}{it.answer[1:]}", []).append(it.question)
    return found
