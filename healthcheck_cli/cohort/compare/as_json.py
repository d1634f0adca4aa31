"""The comparison of reviews as JSON. A hidden count is null, and so is a share that is not known."""

from __future__ import annotations

import json
from typing import Any

from healthcheck_cli import __version__
from healthcheck_cli.cohort.compare.comparison import Comparison, IndicatorChange, RuleShown, Series
from healthcheck_cli.cohort.report.extract_files import Run
from healthcheck_cli.cohort.report.intervals import Range
from healthcheck_cli.cohort.report.shares import Share
from healthcheck_cli.cohort.report.small_numbers import SmallNumbers
from healthcheck_cli.content.models import Content
from healthcheck_cli.plans.provenance import overlay_to_json

_COUNTS = (
    "still_open", "gained", "gained_unassessed_before", "cleared", "unassessed_after", "not_asked_after",
    "more_pressing", "less_pressing",
)  # fmt: skip


def comparison_json(comparison: Comparison, content: Content) -> str:
    """All of it, as schema ``compare`` describes it."""
    small = SmallNumbers(exact=comparison.exact)
    value = {
        "tool": {
            "name": "healthcheck",
            "version": __version__,
            "content_version": content.version,
            "content_sha256": content.sha256,
            "overlays": [overlay_to_json(it, comparison.runs[-1].as_of) for it in content.overlays],
        },
        "small_numbers_shown": comparison.exact,
        "reviews": [_run(run, small) for run in comparison.runs],
        "notes": list(comparison.notes),
        "people": {"in_both": comparison.in_both, "joined": comparison.joined, "left": comparison.left},
        "findings": [_rule(it) for it in comparison.rules],
        "indicators": [_indicator(it) for it in comparison.indicators],
        "series": [_series(it, comparison) for it in comparison.series],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _run(run: Run, small: SmallNumbers) -> dict[str, Any]:
    return {
        "as_of": run.as_of.isoformat(),
        "people": small.count(run.people),
        "complete": sorted(run.complete),
        "tool_version": run.tool_version,
        "content_version": run.content_version,
        "content_sha256": run.content_sha256,
        "overlays": [overlay_to_json(it, run.as_of) for it in run.overlays],
        "inputs": list(run.inputs),
    }


def _rule(rule: RuleShown) -> dict[str, Any]:
    counts = {name: getattr(rule, name) for name in _COUNTS}
    return {"rule": rule.rule, "title": rule.title, "level": rule.level.value if rule.level else None, **counts}


def _indicator(it: IndicatorChange) -> dict[str, Any]:
    indicator = it.before.indicator
    return {
        "id": indicator.id,
        "title": indicator.title,
        "group": indicator.group.value,
        "before": _share(it.before),
        "after": _share(it.after),
        "change": _range(it.change),
        "change_interval": _range(it.interval),
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "standing": share.standing.value,
        "counted": share.counted,
        "of": share.of,
        "unknown": share.unknown,
        "left_out": share.left_out,
        "may_belong": share.may_belong,
        "percent": _range(share.percent),
        "interval": _range(share.interval),
    }


def _range(found: Range | None) -> dict[str, float] | None:
    """In per cent, or points, with 4 decimals."""
    return None if found is None else {"low": round(100 * found.low, 4), "high": round(100 * found.high, 4)}


def _series(series: Series, comparison: Comparison) -> dict[str, Any]:
    chart, indicator = series.chart, series.shares[0].indicator
    at = [comparison.runs[place].as_of.isoformat() for place in series.known]
    return {
        "id": indicator.id,
        "title": indicator.title,
        "chart": chart.kind,
        "points": [
            {"as_of": run.as_of.isoformat(), **_share(share)}
            for run, share in zip(comparison.runs, series.shares, strict=True)
        ],
        "centre": round(100 * chart.centre, 4) if chart.shares else None,
        "limits": [
            {"as_of": day, **(_range(Range(*limits)) or {})} for day, limits in zip(at, chart.limits, strict=False)
        ],
        "signals": [{"says": it.says, "from": at[it.first], "to": at[it.last]} for it in chart.signals],
    }
