"""What comes first, as markdown: the red box, what was agreed, what is not known and matters, alerts taken back."""

from __future__ import annotations

from collections.abc import Sequence

from healthcheck_cli.plans.agreed_actions import AgreedAction, AgreedPart
from healthcheck_cli.plans.find_out import FindOut
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.plan_page import ChangesPart, FirstScreen
from healthcheck_cli.plans.plan_words import (
    FIND_OUT_HEADING,
    FIND_OUT_INTRO,
    NOT_SAID,
    OPEN_FOR_THAT,
    STILL_OPEN_HEADING,
    STILL_OPEN_MORE,
    URGENT_HEADING,
    URGENT_INTRO,
    WITHDRAWN_HEADING,
)


def red_box(first: FirstScreen) -> str:
    """What cannot wait, what to do today, and who has taken it on; then the alerts that no finding tells."""
    lines = [
        paragraph(f"**{URGENT_HEADING}**", "> "),
        ">",
        paragraph(URGENT_INTRO, "> "),
    ]
    for it in first.urgent:
        lines += [">", paragraph(f"**{escape(it.title)}** [{it.rule}]. {escape(it.says)}", "> "), ">"]
        lines += [
            paragraph(f"{escape(do.do)} ({escape(do.owner)}, {escape(do.within)})", "> - ", ">   ") for do in it.actions
        ]
        if it.taken:
            lines += [">", paragraph(f"**{escape(it.taken)}**", "> ")]
    for alert in first.alerts:
        lines += [">", paragraph(f"**Alert:** {escape(alert)}", "> ")]
    return "\n".join(lines)


def still_open_section(part: ChangesPart | None) -> str:
    """What was urgent in an earlier plan and is still open, a line each."""
    if part is None or not part.urgent:
        return ""
    lines = [
        bullet(
            f"**By {it.action.by}, {escape(it.action.owner)}:** {escape(it.action.do)} ({', '.join(it.action.rules)}; "
            f"{escape(it.outcome)})"
        )
        for it in part.urgent
    ]
    if part.more_urgent:
        lines.append(bullet(f"and {part.more_urgent} more, {STILL_OPEN_MORE}"))
    return "\n\n".join([paragraph(f"**{STILL_OPEN_HEADING}:**"), "\n".join(lines)])


def agreed_section(part: AgreedPart | None) -> str:
    """What was agreed, a row each, as it was typed."""
    if part is None:
        return ""
    rows = [
        (escape(it.by_when or NOT_SAID), escape(it.who or NOT_SAID), escape(it.how_we_check or NOT_SAID), _what(it))
        for it in part.actions
    ]
    said = paragraph(escape(part.said)) if part.said else ""
    parts = [f"## {part.heading}", said, table(("By when", "Who", "How we check", "What"), rows)]
    return "\n\n".join(it for it in parts if it)


def _what(it: AgreedAction) -> str:
    return f"{escape(it.what or NOT_SAID)}{f' (why: {escape(it.why)})' if it.why else ''}"


def find_out_section(found: Sequence[FindOut]) -> str:
    """What to find out: by when, who, where, and the rules that are open until then."""
    if not found:
        return ""
    lines = (
        bullet(
            f"**By {it.by}, {escape(it.owner)}:** find out: {escape('; '.join(it.ask))} ({escape(it.where)}). "
            f"{OPEN_FOR_THAT}: {escape('; '.join(f'{rule} {title}' for rule, title in it.rules))}"
        )
        for it in found
    )
    return "\n\n".join([f"## {FIND_OUT_HEADING}", paragraph(FIND_OUT_INTRO), "\n".join(lines)])


def withdrawn_section(alerts: Sequence[str]) -> str:
    """The alerts that an answer took back, a line each."""
    return "\n".join([f"## {WITHDRAWN_HEADING}", "", *(bullet(escape(it)) for it in alerts)]) if alerts else ""
