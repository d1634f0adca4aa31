"""The clinician's plan as markdown, readable as plain text: one person, or everyone in a review.

Everything of the plan that is a text passes :func:`escape` here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.findings import PersonReview, Review, ThemeStatus
from healthcheck_cli.plans.make_plan_page import make_plan_page
from healthcheck_cli.plans.markdown_lists import answers_section, gaps_section, medicines_section
from healthcheck_cli.plans.markdown_pressing import (
    agreed_section,
    find_out_section,
    red_box,
    still_open_section,
    withdrawn_section,
)
from healthcheck_cli.plans.markdown_text import anchor, bullet, escape, paragraph, table
from healthcheck_cli.plans.plan_links import leads
from healthcheck_cli.plans.plan_page import (
    AcceptedPart,
    ChangedGroup,
    ChangesPart,
    CodeLine,
    FooterLine,
    PlanPage,
    ShownAction,
    ShownFinding,
    ShownRow,
    ShownSupport,
    ShownTheme,
    ThemeFindings,
)
from healthcheck_cli.plans.plan_page_medicines import BurdenPart, ScaleBars, StompPart
from healthcheck_cli.plans.plan_sources import PlanSources
from healthcheck_cli.plans.plan_words import (
    ACCEPTED_NOTE,
    BURDEN_HEADING,
    CODES_NOTE,
    DO_NOT_STOP,
    LOCAL_CODE,
    NO_BURDEN,
    NO_TEST,
    NOT_ADDED,
    NOT_COMPLETE,
    NOT_YET,
    OPTIONS_HEADING,
    SIGNERS,
)
from healthcheck_cli.plans.words import counted
from healthcheck_cli.record import Answer

_AT_ONCE = ("now", "today")
_BAR = "█"
_ROOM = escape("_" * 12)


def review_markdown(
    review: Review, content: Content, sources_of: Callable[[PersonReview], PlanSources] | None = None
) -> str:
    """The plans of everyone in the review, one after the other. ``sources_of``: what else is known of a person.

    With several people the rule ids are not links: a link could lead to another person's finding.
    """
    found = [sources_of(it) if sources_of else PlanSources(review, it, content) for it in review.people]
    pages = [make_plan_page(it) for it in found]
    return page_markdown(pages[0]) if len(pages) == 1 else "\n---\n\n".join(_body(page) for page in pages)


def plan_markdown(
    review: Review, person: PersonReview, content: Content, answers: Mapping[str, Answer] | None = None
) -> str:
    """One person's plan from the review alone; ``answers`` are printed in full, for a check."""
    return page_markdown(make_plan_page(PlanSources(review, person, content, answers or {})))


def page_markdown(page: PlanPage) -> str:
    """A plan with its links: the first screen, the findings, then what they stand on."""
    return f"{_body(page)}\n{_link_targets(page)}\n".rstrip() + "\n"


def _body(page: PlanPage) -> str:
    parts = [
        f"# Action plan: {escape(page.who)}, on {page.day}",
        paragraph(f"**{escape(page.of_another)}**") if page.of_another else "",
        _first_screen(page),
        _themes(page.themes),
        _stomp(page.stomp),
        _burden(page.burden),
        _changes(page.changes),
        _all_actions(page.actions),
        _accepted(page.accepted),
        withdrawn_section(page.withdrawn),
        _codes(page),
        _copies(page),
        _agreement(page),
        gaps_section(page.gaps),
        medicines_section(page.medicines),
        answers_section(page.answers),
        _sources(page.sources),
        _footer(page.footer),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _first_screen(page: PlanPage) -> str:
    first = page.first
    parts = [red_box(first) if first.urgent or first.alerts else paragraph(f"**{escape(first.no_urgent)}**")]
    if first.may_be_urgent:
        parts.append(paragraph(escape(first.may_be_urgent)))
    parts.append(still_open_section(page.changes))
    parts.append(paragraph(f"**{escape(first.counts)}** {escape(first.known)}"))
    parts.append(agreed_section(page.agreed))
    if first.actions:
        parts.append("## What to do next" if first.urgent else "## What to do first")
        parts.append("\n".join(_numbered(number, it) for number, it in enumerate(first.actions, start=1)))
    if first.more_actions:
        parts.append(f"{counted(first.more_actions, 'more action')} below, under All actions.")
    parts += [find_out_section(page.find_out), "## LeDeR themes", *_states(first.themes)]
    return "\n\n".join(part for part in parts if part)


def _numbered(number: int, it: ShownAction) -> str:
    said = f"**By {it.by}, {escape(it.owner)}:** {escape(it.do)} {_links(it.rules)}"
    return paragraph(said, f"{number}. ", "   ")


def _links(rules: Iterable[str]) -> str:
    return ", ".join(f"[{rule}]" for rule in rules)


def _states(themes: Sequence[ShownTheme]) -> Iterator[str]:
    """The themes in three rows: those raised, those not assessed or only in part, those in which no rule fired."""
    ranks = list(Level)
    raised = [it for it in themes if it.state is ThemeStatus.RAISED]
    raised.sort(key=lambda it: ranks.index(it.level) if it.level is not None else len(ranks))
    rows = (
        ("Raised", raised),
        (
            "Not assessed, or only in part (rules decided of all)",
            [it for it in themes if it.state is ThemeStatus.NOT_ASSESSED],
        ),
        ("Assessed; no rule fired on what was recorded", [it for it in themes if it.state is ThemeStatus.CLEAR]),
    )
    for title, found in rows:
        if found:
            yield paragraph(f"**{title}:** {'; '.join(f'{escape(it.title)} {state_in_words(it)}' for it in found)}.")


def state_in_words(theme: ShownTheme) -> str:
    """How a theme stands, in brackets: its level and number of findings, or how many of its rules were decided."""
    if theme.state is ThemeStatus.RAISED and theme.level is not None:
        return f"({theme.level.value}, {counted(theme.found, 'finding') if theme.found else 'accepted'})"
    return f"({theme.assessed} of {theme.rules})" if theme.rules else "(no rule in this version)"


def heading(finding: ShownFinding) -> str:
    """The heading of one finding, which links point at."""
    return f"{finding.rule} {escape(finding.title)}"


def _link_targets(page: PlanPage) -> str:
    """What ``[STOMP-05]`` in the text leads to."""
    found = leads(page)
    return "\n".join(f"[{rule}]: #{anchor(heading(found[rule]))}" for rule in sorted(found))


def _themes(themes: Sequence[ThemeFindings]) -> str:
    if not themes:
        return ""
    parts = ["## Findings by LeDeR theme"]
    for theme in themes:
        parts.append(f"### {escape(theme.title)}")
        if theme.why_support is not None:
            why = f"*Why it matters:* {escape(theme.why)} ({support_in_words(theme.why_support)})"
            parts.append(paragraph(why))
        parts += [_finding(it) for it in theme.findings]
    return "\n\n".join(parts)


def _finding(it: ShownFinding) -> str:
    return "\n".join([f"#### {heading(it)}", "", _said(it.pressing, it), "", *_points(it)])


def _said(first: str, it: ShownFinding) -> str:
    """What a finding says, with ``first`` before it."""
    sudden = f" **{DO_NOT_STOP}**" if it.psychotropic else ""
    return paragraph(f"**{escape(first)}.** {escape(it.says)}{sudden}")


def _points(it: ShownFinding) -> Iterator[str]:
    """What a finding stands on, what to do, and what supports it, point by point."""
    yield bullet(f"Stands on: {_beside(map(escape, it.stands_on))}")
    if it.rows:
        yield bullet(f"As written: {_beside(_row(row) for row in it.rows)}")
    for do in it.actions:
        when = do.within if do.within in _AT_ONCE else f"by {do.by}"
        yield bullet(f"To do: {escape(do.do)} ({escape(do.owner)}, {escape(when)})")
    for other in it.merged:
        named = f"{other.rule} {escape(other.title)} ({other.level.value})"
        said = f"{escape(other.says)} (Support: {support_in_words(other.support)})"
        yield bullet(f"The same is asked by {named}: {said}")
    if it.notes:
        yield bullet(_beside(map(escape, it.notes)))
    yield bullet(f"Support: {support_in_words(it.support)}")


def _row(row: ShownRow) -> str:
    directions = f"; {escape(row.dosage)}" if row.dosage.strip() else " (no directions)"
    return f"row {row.row} {escape(row.text)}{directions}{f', a day: {escape(row.daily)}' if row.daily else ''}"


def _beside(parts: Iterable[str]) -> str:
    """Parts in one line, with a mark between them that none of them begins or ends."""
    return " · ".join(parts)


def support_in_words(support: ShownSupport) -> str:
    """The basis, and the numbers of the sources in the list at the end."""
    if not support.sources:
        return escape(support.basis)
    word = "source" if len(support.sources) == 1 else "sources"
    return f"{escape(support.basis)}, {word} {', '.join(map(str, support.sources))}"


def _stomp(part: StompPart) -> str:
    parts = ["## Medicines for mind and behaviour (STOMP)"]
    if part.lines:
        header = ("Medicine (row)", "Class", "Since", "Reason", "A day", "Of maximum", "Last review", "Monitoring")
        rows = [
            tuple(
                escape(cell)
                for cell in (
                    f"{it.name} ({it.row})",
                    it.group,
                    it.since,
                    it.reason,
                    it.daily,
                    it.of_maximum,
                    it.last_review,
                    "; ".join(it.monitoring) or NO_TEST,
                )
            )
            for it in part.lines
        ]
        parts.append(table(header, rows))
    parts.append("\n".join(bullet(escape(it)) for it in part.remarks))
    return "\n\n".join(part for part in parts if part)


def _burden(part: BurdenPart | None) -> str:
    if part is None:
        return f"## {BURDEN_HEADING}\n\n{NO_BURDEN}"
    scales = [*part.scales, part.constipating]
    parts = [f"## {BURDEN_HEADING}"]
    rows = [(escape(it.short), escape(it.total), _bars(it)) for it in scales]
    parts.append(table(("Scale", "Total", "What each medicine adds (row)"), rows))
    notes = [f"{escape(it.short)}: {escape(it.title)}. {escape(it.reading)}".rstrip() for it in scales]
    notes += [escape(it) for it in (*part.disagreements, *part.remarks)]
    notes += [
        escape(f"Not on {it.short}, so not scored, and no zero: {', '.join(it.not_on_scale)}")
        for it in part.scales
        if it.not_on_scale
    ]
    notes.append(NOT_ADDED)
    parts.append("\n".join(bullet(it) for it in notes))
    if part.options:
        parts.append(f"### {OPTIONS_HEADING}")
        parts.append("\n".join(bullet(escape(it)) for it in part.options))
    return "\n\n".join(parts)


def _bars(scale: ScaleBars) -> str:
    added = (
        f"{_BAR * it.score} {escape(it.name)} {it.score} ({it.row}{', when required' if it.prn else ''})"
        for it in scale.items
    )
    return ", ".join(added) or "none"


def _changes(part: ChangesPart | None) -> str:
    if part is None:
        return ""
    parts = [f"## Changes since the last check{f', {part.since}' if part.since else ''}"]
    groups = (f"**{escape(it.title)}:** {', '.join(_changed(it))}." for it in part.groups)
    parts.append("\n".join(bullet(it) for it in groups))
    if part.actions:
        rows = [
            (it.action.by or "-", escape(it.action.owner), escape(it.outcome), escape(it.action.do))
            for it in part.actions
        ]
        parts += ["### Actions of the last plan", table(("By", "Who", "What became of it", "What"), rows)]
    return "\n\n".join(part for part in parts if part)


def _changed(group: ChangedGroup) -> Iterator[str]:
    for it in group.findings:
        rule = f"[{it.rule}]" if it.here else it.rule
        yield rule if group.by_rule else f"{rule} {escape(it.title)} ({it.level.value})"


def _all_actions(actions: Sequence[ShownAction]) -> str:
    rows = [(it.by, escape(it.owner), _links(it.rules), escape(it.do)) for it in actions]
    return "\n".join(["## All actions", "", table(("By", "Who", "For", "What"), rows)]) if rows else ""


def _accepted(part: AcceptedPart | None) -> str:
    if part is None:
        return ""
    parts = ["## Known and accepted"]
    if part.findings:
        first = counted(len(part.findings), "finding")
        parts.append(paragraph(f"{first}, {ACCEPTED_NOTE}"))
    for it in part.findings:
        said, entries = _said(it.until, it.finding), [bullet(escape(entry)) for entry in it.entries]
        parts.append("\n".join([f"### {heading(it.finding)}", "", said, "", *entries, *_points(it.finding)]))
    if part.not_found:
        parts.append(paragraph(escape(part.not_found)))
    return "\n\n".join(parts)


def _codes(page: PlanPage) -> str:
    if not page.codes:
        return ""
    parts = ["## Codes to record", paragraph(CODES_NOTE)]
    if any(it.not_yet for it in page.codes):
        parts += [paragraph(f"**{NOT_COMPLETE}**"), "\n".join(bullet(escape(it)) for it in page.hindrances)]
    rows = [(_code(it), escape(it.what), escape(it.because), support_in_words(it.support)) for it in page.codes]
    return "\n\n".join([*parts, table(("SNOMED CT code", "What", "Because of", "Support"), rows)])


def _code(it: CodeLine) -> str:
    return f"{f'**{NOT_YET}:** ' if it.not_yet else ''}{it.code or LOCAL_CODE}"


def _copies(page: PlanPage) -> str:
    rows = [tuple(escape(cell) for cell in (it.who, it.why, it.agreed, it.given)) for it in page.copies]
    parts = ["## Who needs a copy"]
    if page.not_to_hand_on:
        parts.append(paragraph(f"**{escape(page.not_to_hand_on)}**"))
    return "\n\n".join([*parts, table(("Who", "Why", "May see it", "Has it"), rows)])


def _agreement(page: PlanPage) -> str:
    parts = ["## Reviewed and agreed with"]
    if page.agreement:
        parts.append(table(("Answer", "Question"), [(escape(it.answer), escape(it.about)) for it in page.agreement]))
    parts.append("\n".join(bullet(f"{who}: {_ROOM} on: {_ROOM}") for who in SIGNERS))
    return "\n\n".join(parts)


def _sources(titles: Sequence[str]) -> str:
    if not titles:
        return ""
    listed = (paragraph(escape(it), f"{number}. ", "    ") for number, it in enumerate(titles, start=1))
    return "\n".join(["## Sources", "", *listed])


def _footer(lines: Sequence[FooterLine]) -> str:
    parts = ["## What this was made with", ""]
    for line in lines:
        parts.append(bullet(escape(line.text)))
        parts += [bullet(escape(it), 1) for it in line.below]
    return "\n".join(parts)
