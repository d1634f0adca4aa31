"""The comparison of reviews in words: the same in markdown and on a page."""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli import __version__
from healthcheck_cli.cohort.compare.comparison import Comparison, IndicatorChange, RuleShown, Series, days
from healthcheck_cli.cohort.report import words
from healthcheck_cli.cohort.report.intervals import Range
from healthcheck_cli.content.models import Content
from healthcheck_cli.plans.local_changes import local_change_lines
from healthcheck_cli.plans.plan_page import FooterLine

PEOPLE = ("In both", "Joined: only in the later", "Left: only in the earlier")
RULES = (
    "Rule", "What it finds", "Level", "Still open", "Gained", "Gained, not assessed before", "Cleared",
    "Not found, could not be assessed", "Not asked any more", "More pressing", "Less pressing",
)  # fmt: skip
WITH_ANOTHER = "with another"
INDICATORS = ("Indicator", "Before", "95% interval", "After", "95% interval", "Change in points", "95% interval of it")
HOW_READ = (
    "Findings are of people who are in both. Cleared: found before, and not now though the rule could be assessed. "
    "Where it could not be assessed, or is not asked any more, nothing is said to be cleared. Still open counts "
    "findings that are told by themselves or by another that stands for them.",
    "The level is that of the findings, as some rules raise or lower theirs: a rule with findings at two levels has "
    "two rows. It is the level of now, and of before where a finding is gone. With another: told by a finding of "
    "another rule, whose level is not theirs.",
    "Changes of shares are in points (hundredths), with Newcombe's 95% interval, which takes the two for independent: "
    "as most people are in both, it is wider than it need be. An interval that holds 0 may be chance.",
    "A single move says little, and is not marked. Places are not ranked by this.",
)
HOW_CHARTED = (
    "Fewer than 12 points: a run chart with the median. From 12 on: a P chart with limits at 3 standard deviations, or "
    "a P' chart (Laney) where points scatter more than chance makes them. Squares belong to a signal, which more than "
    "chance may be behind; dotted lines say what changed in how it was counted. A share that is hidden, of which over "
    "1% is not known, or that rounding can move by more than 5 points, is a gap. Base lines are not moved."
)
CHARTS = {"run": "run chart, median", "P": "P chart, mean", "P'": "P' chart, mean", "none": "too few points"}


def title(comparison: Comparison) -> str:
    """The heading."""
    first, *_, last = days(comparison)
    more = len(comparison.runs) - 2
    return f"Changes from {first} to {last}" + (f", with {more} reviews between" if more else "")


MADE = "How this was made"


def made(comparison: Comparison, content: Content) -> Iterator[FooterLine]:
    """What each review was made with, and what they were compared with; below it every local change, one a line."""
    for day, run in zip(days(comparison), comparison.runs, strict=True):
        below = [line for it in local_change_lines(run.overlays, run.as_of) for line in (it.text, *it.below)]
        yield FooterLine(
            f"The review of {day}: healthcheck {run.tool_version}, content {run.content_version}, "
            f"SHA-256 {run.content_sha256}",
            tuple(below) or ("No local changes",),
        )
    named = tuple(f"Local changes: {it.in_words}, SHA-256 {it.sha256}" for it in content.overlays)
    yield FooterLine(
        f"Compared, and indicators counted, by healthcheck {__version__}, content {content.version}, "
        f"SHA-256 {content.sha256}",
        named or ("No local changes",),
    )


def points(change: Range | None) -> str:
    """A change in points, with its sign.

    >>> points(Range(0.0123, 0.0123)), points(Range(-0.02, 0.01)), points(None)
    ('+1.2', '-2.0 to +1.0', '')
    """
    if change is None:
        return ""
    low, high = (f"{round(100 * it, 1) + 0.0:+.1f}" for it in change)
    return low if low == high else f"{low} to {high}"


def rule_cells(rule: RuleShown) -> tuple[str, ...]:
    """A rule as the cells of a row under :data:`RULES`."""
    counts = (
        rule.still_open, rule.gained, rule.gained_unassessed_before, rule.cleared, rule.unassessed_after,
        rule.not_asked_after, rule.more_pressing, rule.less_pressing,
    )  # fmt: skip
    level = rule.level.value if rule.level is not None else WITH_ANOTHER
    return (rule.rule, rule.title, level, *map(words.count, counts))


def indicator_cells(it: IndicatorChange) -> tuple[str, ...]:
    """An indicator as the cells of a row under :data:`INDICATORS`."""
    return (
        it.before.indicator.title, words.share(it.before), words.interval(it.before), words.share(it.after),
        words.interval(it.after), points(it.change), points(it.interval),
    )  # fmt: skip


def signals(series: Series, comparison: Comparison) -> tuple[str, ...]:
    """The signals of one chart, each with its days."""
    told, found = days(comparison), []
    for signal in series.chart.signals:
        first, last = told[series.known[signal.first]], told[series.known[signal.last]]
        found.append(f"{signal.says} ({first if first == last else f'{first} to {last}'})")
    return tuple(found)
