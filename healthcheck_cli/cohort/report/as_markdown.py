"""The cohort report as markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from healthcheck_cli.cohort.report import words
from healthcheck_cli.cohort.report.model import CohortReport, CountTable
from healthcheck_cli.cohort.report.shares import Standing
from healthcheck_cli.content.indicator_models import IndicatorGroup
from healthcheck_cli.content.overlay_models import overlays_in_words
from healthcheck_cli.plans.markdown_text import bullet, escape, paragraph, table
from healthcheck_cli.plans.words import day_in_words, listed


def cohort_markdown(report: CohortReport) -> str:
    """The whole report, ending in one line break."""
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: CohortReport) -> Iterator[str]:
    run = report.run
    yield f"# Cohort report: {_count(report.people)} people, on {day_in_words(run.as_of)}"
    yield from ("", paragraph(escape(words.HOW_EXACT if report.exact else words.HOW_SHOWN)))
    yield from ("", paragraph(escape(words.whole_lists(run.complete))), "", paragraph(escape(words.NOT_A_LIST)))
    yield from ("", paragraph(escape(words.SHARES_READ)))
    yield from _quality(report)
    yield from _section("Register by age and sex", _counts(report.ages))
    yield from _section("Highest level found", _pairs("Level", "People", report.levels))
    for group in (IndicatorGroup.PSYCHOTROPICS, IndicatorGroup.REASONS, IndicatorGroup.DOSE):
        yield from _group(report, group)
    yield from _group(report, IndicatorGroup.BURDEN)
    yield from ("", *_burdens(report))
    yield from _group(report, IndicatorGroup.BOWEL)
    yield from ("", _counts(report.constipating))
    yield from _section("LeDeR themes raised", _themes(report))
    yield from _group(report, IndicatorGroup.LEDER)
    yield from _national(report)
    yield from _section("Rules found", _rules(report))
    yield from _how_made(report)


def _section(title: str, body: str) -> Iterator[str]:
    yield from ("", f"## {title}", "", body)


def _quality(report: CohortReport) -> Iterator[str]:
    yield from _section("Data quality", _pairs("Medicine lines", "Lines", report.quality.lines))
    yield from ("", _pairs("People", "People", report.quality.people))


def _count(shown: int | None) -> str:
    return escape(words.count(shown))


def _pairs(first: str, second: str, pairs: Sequence[tuple[str, int | None]]) -> str:
    return table((first, second), [(escape(name), _count(shown)) for name, shown in pairs])


def _counts(counts: CountTable) -> str:
    rows = [(escape(name), *map(_count, shown)) for name, shown in counts.rows]
    return table((counts.corner, *counts.columns), rows)


def _group(report: CohortReport, group: IndicatorGroup) -> Iterator[str]:
    shares = report.shares[group]
    answered = [it for it in shares if it.standing is not Standing.UNANSWERED]
    yield from ("", f"## {words.GROUPS[group]}", "")
    if answered:
        yield table(words.SHARES, [tuple(map(escape, words.share_cells(it))) for it in answered])
    remarks = words.remarks(answered)
    if remarks:
        yield from ("", *(bullet(escape(it)) for it in remarks))
    left = [it.indicator for it in shares if it not in answered]
    if left:
        yield from ("", "Not answered by an extract:", "")
        yield from (bullet(f"{it.id} {escape(it.title)}: {escape(it.unanswered)}") for it in left)


def _burdens(report: CohortReport) -> Iterator[str]:
    header = ("Total on", *report.band_names, "Not known in which")
    rows = [(escape(f"{it.title} ({it.version})"), *map(_count, it.bands), _count(it.unknown)) for it in report.burdens]
    yield table(header, rows)
    yield from ("", paragraph("Scales are never added up or held against each other."))


def _themes(report: CohortReport) -> str:
    rows = [(escape(it.title), escape(words.raised(it)), _count(it.unknown)) for it in report.themes]
    return table(("Theme", "Raised", "Not raised, and not all could be assessed"), rows)


def _national(report: CohortReport) -> Iterator[str]:
    rows = [
        (escape(it.indicator.title), escape(words.figure(national)), escape(national.series), escape(national.note))
        for group in report.shares.values()
        for it in group
        for national in it.indicator.figures
    ]
    if not rows:
        return
    yield from _section("National figures", table(("Indicator", "Figure", "Series", "What to beware of"), rows))
    yield ""
    for series in report.series:
        cited = "; ".join(report.sources[it] for it in series.support.sources)
        yield bullet(f"{escape(series.id)}: {escape(series.title)}. Of {escape(series.of)}. Source: {escape(cited)}")
        yield from (bullet(f"from {escape(it.year)}: {escape(it.says)}", 1) for it in series.breaks)


def _rules(report: CohortReport) -> str:
    rows = [(it.rule, escape(it.title), it.level.value, _count(it.found), _count(it.unassessed)) for it in report.rules]
    return table(("Rule", "What it finds", "Level", "People", "Could not be assessed"), rows)


def _how_made(report: CohortReport) -> Iterator[str]:
    run = report.run
    yield from ("", "## How this was made", "")
    yield bullet(
        f"healthcheck {escape(run.tool_version)}, content {escape(run.content_version)} ({run.content_sha256})"
    )
    if run.overlays:
        yield bullet(f"With local changes: {escape(overlays_in_words(run.overlays))}")
    yield bullet("Files: " + escape(listed(run.inputs) if run.inputs else "not told"))
    yield from map(bullet, words.MADE)
