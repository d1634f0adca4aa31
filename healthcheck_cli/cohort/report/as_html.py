"""The cohort report as one HTML page that needs no network and no script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from healthcheck_cli.cohort.report import words
from healthcheck_cli.cohort.report.charts import Bar, Dot, bars, dots, draw_once
from healthcheck_cli.cohort.report.model import CohortReport
from healthcheck_cli.cohort.report.shares import Share, Standing
from healthcheck_cli.cohort.side_by_side import side_by_side, workers_for
from healthcheck_cli.content.indicator_models import IndicatorGroup
from healthcheck_cli.content.overlay_models import overlays_in_words
from healthcheck_cli.pages import page_template
from healthcheck_cli.plans.words import day_in_words, listed
from healthcheck_cli.shown_text import one_line


@dataclass(frozen=True)
class GroupPart:
    """One group of indicators on the page."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    unanswered: tuple[str, ...]
    chart: Markup | None


_TEMPLATES = ("healthcheck_cli.cohort.report", "cohort.html.j2"), ("healthcheck_cli.cohort.report", "page.html.j2")


def get_ready() -> None:
    """Load and look up what every page needs, which takes longer than to fill one."""
    for package, name in _TEMPLATES:
        page_template(package, name)
    draw_once()


def cohort_html(report: CohortReport) -> str:
    """The whole page. Everything that comes from files or content is escaped."""
    day = day_in_words(report.run.as_of)
    parts = {group.value: partial(_group, report, group) for group in IndicatorGroup}
    charts = _charts(report)
    made = _in_two_halves([*parts.values(), *charts.values()])
    return page_template(*_TEMPLATES[0]).render(
        title=f"Cohort report: {words.count(report.people)} people, on {day}",
        report=report,
        words=words,
        groups=dict(zip(parts, made[: len(parts)], strict=True)),
        charts=dict(zip(charts, made[len(parts) :], strict=True)),
        national=_national(report),
        inputs=one_line(listed(report.run.inputs)),
        overlays=one_line(overlays_in_words(report.run.overlays)),
    )


def _in_two_halves(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each piece of work gives, in their order: drawing takes long, so two draw, each every second chart."""
    halves = side_by_side(
        [lambda _: [piece() for piece in work[::2]], lambda _: [piece() for piece in work[1::2]]],
        lambda _: None,
        workers_for(2),
    )
    return [halves[number % 2][number // 2] for number in range(len(work))]


def _group(report: CohortReport, group: IndicatorGroup) -> GroupPart:
    shares = report.shares[group]
    answered = [it for it in shares if it.standing is not Standing.UNANSWERED]
    return GroupPart(
        title=words.GROUPS[group],
        rows=tuple(tuple(map(one_line, words.share_cells(it))) for it in answered),
        remarks=tuple(map(one_line, words.remarks(answered))),
        unanswered=tuple(
            one_line(f"{it.indicator.id} {it.indicator.title}: {it.indicator.unanswered}")
            for it in shares
            if it.standing is Standing.UNANSWERED
        ),
        chart=_dots(group.value, words.GROUPS[group], answered),
    )


def _dots(name: str, title: str, shares: list[Share]) -> Markup | None:
    rows = []
    for it in shares:
        if it.percent is not None and it.interval is not None:
            national = it.indicator.figures[0].percent / 100 if it.indicator.figures else None
            rows.append(Dot(one_line(it.indicator.title), *it.percent, (it.interval.low, it.interval.high), national))
    return Markup(dots(f"chart-{name}", title, rows)) if rows else None


def _charts(report: CohortReport) -> dict[str, Callable[[], Markup]]:
    """What draws each of the charts that are of no group of indicators."""
    ages = [Bar(name, counts) for name, counts in report.ages.rows[:-1]]
    themes = [Bar(one_line(it.title), (it.raised, it.unknown)) for it in report.themes]
    bands = [Bar(one_line(it.title), (*it.bands[1:], it.unknown)) for it in report.burdens]
    bowel = [Bar(name, counts) for name, counts in report.constipating.rows]
    above = (*(f"total {name}" for name in report.band_names[1:]), "not known")
    drawn = {
        "ages": ("chart-ages", "People by age and sex", report.ages.columns, ages),
        "themes": (
            "chart-themes",
            "People of whom each theme was raised",
            ("raised", "not raised, not all assessed"),
            themes,
        ),
        "bands": ("chart-bands", "People by total on each scale, those with 0 left out", above, bands),
        "bowel": (
            "chart-bowel",
            "Constipating medicines, with and without a laxative",
            report.constipating.columns,
            bowel,
        ),
    }
    return {name: partial(_bars, *chart) for name, chart in drawn.items()}


def _bars(name: str, title: str, legend: Sequence[str], rows: Sequence[Bar]) -> Markup:
    return Markup(bars(name, title, legend, rows))


def _national(report: CohortReport) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(map(one_line, (it.indicator.title, words.figure(figure), figure.series, figure.note)))
        for group in report.shares.values()
        for it in group
        for figure in it.indicator.figures
    )
