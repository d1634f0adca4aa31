"""The comparison of reviews as markdown."""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli.cohort.compare import words
from healthcheck_cli.cohort.compare.comparison import Comparison, days
from healthcheck_cli.cohort.report.words import HOW_EXACT, HOW_SHOWN, count, percent, share
from healthcheck_cli.content.models import Content
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table


def comparison_markdown(comparison: Comparison, content: Content) -> str:
    """All of it, ending in one line break."""
    return "\n".join((*_lines(comparison), *_made(comparison, content))) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"# {escape(words.title(comparison))}"
    yield from ("", paragraph(escape(HOW_EXACT if comparison.exact else HOW_SHOWN)))
    for text in words.HOW_READ:
        yield from ("", paragraph(escape(text)))
    if comparison.notes:
        yield from ("", *(bullet(f"**{escape(it)}**") for it in comparison.notes))
    people = zip(words.PEOPLE, (comparison.in_both, comparison.joined, comparison.left), strict=True)
    yield from ("", "## People", "", table(("People", ""), [(name, escape(count(it))) for name, it in people]))
    yield from ("", "## Findings by rule", "")
    rows = [tuple(map(escape, words.rule_cells(it))) for it in comparison.rules]
    yield table(words.RULES, rows) if rows else "No rule was found of anybody who is in both."
    yield from ("", "## Indicators", "")
    yield table(words.INDICATORS, [tuple(map(escape, words.indicator_cells(it))) for it in comparison.indicators])
    if comparison.series:
        yield from _series(comparison)


def _made(comparison: Comparison, content: Content) -> Iterator[str]:
    yield from ("", f"## {words.MADE}", "")
    for line in words.made(comparison, content):
        yield bullet(escape(line.text))
        yield from (bullet(escape(it), 1) for it in line.below)


def _series(comparison: Comparison) -> Iterator[str]:
    yield from ("", "## Over time", "", paragraph(escape(words.HOW_CHARTED)), "")
    told = days(comparison)
    rows = []
    for it in comparison.series:
        if not it.chart.shares:
            continue
        centre = f"{words.CHARTS[it.chart.kind]} {percent(it.chart.centre)}"
        said = "; ".join(words.signals(it, comparison)) or "no signal"
        rows.append((it.shares[0].indicator.title, *map(share, it.shares), centre, said))
    header = ("Indicator", *map(escape, told), "Centre line", "Signals")
    yield table(header, [tuple(map(escape, row)) for row in rows])
    if comparison.breaks:
        yield ""
        yield from (bullet(f"{escape(told[at])}: {escape('; '.join(it))}") for at, it in comparison.breaks.items())
