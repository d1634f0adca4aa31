"""The comparison of reviews as one HTML page that needs no network and no script."""

from __future__ import annotations

from markupsafe import Markup

from healthcheck_cli.cohort.compare import words
from healthcheck_cli.cohort.compare.comparison import Comparison, Series, days
from healthcheck_cli.cohort.report.charts import Line, over_time
from healthcheck_cli.cohort.report.words import HOW_EXACT, HOW_SHOWN, count, percent, share
from healthcheck_cli.content.models import Content
from healthcheck_cli.pages import page_template
from healthcheck_cli.shown_text import one_line


def comparison_html(comparison: Comparison, content: Content) -> str:
    """The whole page. Everything that comes from files or content is escaped."""
    people = zip(words.PEOPLE, (comparison.in_both, comparison.joined, comparison.left), strict=True)
    return page_template("healthcheck_cli.cohort.compare", "compare.html.j2").render(
        title=words.title(comparison),
        how=HOW_EXACT if comparison.exact else HOW_SHOWN,
        words=words,
        notes=[one_line(it) for it in comparison.notes],
        people=[(name, count(it)) for name, it in people],
        rules=[tuple(map(one_line, words.rule_cells(it))) for it in comparison.rules],
        indicators=[tuple(map(one_line, words.indicator_cells(it))) for it in comparison.indicators],
        days=days(comparison),
        series=[_part(it, comparison) for it in comparison.series if it.chart.shares],
        made=[(one_line(it.text), [one_line(below) for below in it.below]) for it in words.made(comparison, content)],
        breaks=[(days(comparison)[at], one_line("; ".join(it))) for at, it in comparison.breaks.items()],
    )


def _part(series: Series, comparison: Comparison) -> dict[str, object]:
    title = one_line(series.shares[0].indicator.title)
    kind = f"{words.CHARTS[series.chart.kind]} {percent(series.chart.centre)}"
    line = Line(
        shares=series.chart.shares,
        places=series.known,
        centre=series.chart.centre,
        limits=series.chart.limits,
        marked=frozenset(at for it in series.chart.signals for at in range(it.first, it.last + 1)),
        notes={at: one_line("; ".join(it)) for at, it in comparison.breaks.items()},
    )
    drawn = over_time(f"chart-{series.shares[0].indicator.id}", title, days(comparison), line)
    return {
        "title": title,
        "kind": kind,
        "chart": Markup(drawn),
        "shares": [share(it) for it in series.shares],
        "signals": words.signals(series, comparison),
    }
