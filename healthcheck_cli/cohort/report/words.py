"""The numbers of the cohort report in words: the same on paper, on a page and in what stands beside a chart."""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.cohort.report.intervals import Range
from healthcheck_cli.cohort.report.model import ThemeCount
from healthcheck_cli.cohort.report.shares import FEW, Share, Standing
from healthcheck_cli.cohort.report.small_numbers import HIDDEN_UP_TO, ROUNDED_TO, Shown
from healthcheck_cli.content.indicator_models import Indicator, IndicatorGroup, NationalFigure
from healthcheck_cli.plans.words import listed

HIDDEN = "*"
HOW_SHOWN = (
    f"Counts of 1 to {HIDDEN_UP_TO} are hidden ({HIDDEN}), and all others are rounded to the nearest {ROUNDED_TO}; "
    "shares and intervals are worked out from the rounded counts. Where rounding can move a share by more than one per "
    "cent, it is given from the lowest to the highest that it can be. Where a hidden part of a total could still be "
    "worked out, all parts are hidden."
)
HOW_EXACT = "Small numbers are shown and nothing is rounded: this page is for use inside the practice only."
NOT_A_LIST = (
    "Places are not ranked by this: a small register swings by chance, and ages, look-back and definitions differ from "
    "those of the national figures."
)
GROUPS = {
    IndicatorGroup.PSYCHOTROPICS: "Medicines for mind and behaviour",
    IndicatorGroup.REASONS: "No reason found in the record",
    IndicatorGroup.DOSE: "Dose, number and length",
    IndicatorGroup.BURDEN: "Burden",
    IndicatorGroup.BOWEL: "Constipating medicines and laxatives",
    IndicatorGroup.LEDER: "Indicators of the LeDeR themes",
}


def count(shown: Shown) -> str:
    """A count with commas, or the mark of a hidden one.

    >>> count(12450), count(None)
    ('12,450', '*')
    """
    return HIDDEN if shown is None else f"{shown:,}"


def percent(share: float) -> str:
    """A fraction as a percentage with one decimal.

    >>> percent(0.1454), percent(1.0)
    ('14.5%', '100.0%')
    """
    return f"{100 * share:.1f}%"


def share(found: Share) -> str:
    """How much can be said of a share. What is not known is never 0."""
    said = {
        Standing.NOT_ASSESSED: "not assessed",
        Standing.NOBODY: "nobody to count",
        Standing.HIDDEN: HIDDEN,
        Standing.UNANSWERED: "not answered",
    }
    if found.percent is None:
        return said.get(found.standing, HIDDEN)
    return between(found.percent)


def between(found: Range) -> str:
    """One percentage, or from which to which it can lie.

    >>> between(Range(0.1, 0.1)), between(Range(0.1, 0.25)), between(Range(0.1, 1.0)), between(Range(0.0, 0.25))
    ('10.0%', '10.0% to 25.0%', 'at least 10.0%', 'at most 25.0%')
    """
    if found.low == found.high:
        return percent(found.low)
    if found.low == 0 and found.high == 1:
        return "not known"
    if found.high == 1:
        return f"at least {percent(found.low)}"
    return f"at most {percent(found.high)}" if found.low == 0 else f"{percent(found.low)} to {percent(found.high)}"


def interval(found: Share) -> str:
    """The 95% interval, or nothing."""
    return f"{percent(found.interval.low)} to {percent(found.interval.high)}" if found.interval is not None else ""


def first_figure(indicator: Indicator) -> str:
    """The first national figure of an indicator with its period, or nothing."""
    return figure(indicator.figures[0]) if indicator.figures else ""


def figure(national: NationalFigure) -> str:
    """A national figure with its period.

    >>> from healthcheck_cli.content.support import Basis, Support
    >>> figure(NationalFigure(14.5, "2021-22", "nhs-digital", Support(Basis.SOURCED)))
    '14.5% (2021-22)'
    """
    return f"{national.percent:g}% ({national.period})"


def remarks(shares: Iterable[Share]) -> tuple[str, ...]:
    """What is to be said below a table of shares: the note of each, which are of few people, and what those who are not
    known wait for, each once with the shares that it is said of."""
    answered = [it for it in shares if it.standing is not Standing.UNANSWERED]
    said = [f"{it.indicator.title}: {it.indicator.note}" for it in answered if it.indicator.note]
    small = [it.indicator.title for it in answered if it.of_few]
    if small:
        said.append(f"Of fewer than {FEW} people, so to be read with care: {'; '.join(small)}.")
    waiting: dict[tuple[str, ...], list[str]] = {}
    for it in answered:
        if it.needs:
            waiting.setdefault(it.needs, []).append(it.indicator.title)
    for needs, titles in waiting.items():
        of = f" ({'; '.join(titles)})" if len(titles) < len(answered) else ""
        said.append(f"Not known for want of: {'; '.join(needs)}{of}.")
    return tuple(said)


def whole_lists(complete: frozenset[str]) -> str:
    """Which lists are said to leave nothing out, and what follows for the others."""
    said = f"Said to be complete: {listed(sorted(complete))}." if complete else "No list is said to be complete."
    if {"medicines", "problems"} <= complete:
        return said
    unknown = (
        "What is not found in any other list is unknown: shares that rest on it have no upper end, or are not assessed."
    )
    return f"{said} {unknown}"


def raised(found: ThemeCount) -> str:
    """Of how many people a theme was raised; where it was of none and not all could be assessed, it is not 0."""
    return "not assessed" if found.raised == 0 and found.unknown != 0 else count(found.raised)


MADE = (
    "Everyone in the extract is taken to be on the learning disability register.",
    "Intervals are Wilson's 95% intervals. A share that lies between two has the interval from the low end of the "
    "lowest to the high end of the highest.",
    "What each indicator counts is content: `healthcheck content show` with its id prints it in full.",
)
SHARES = ("", "Counted", "Of", "Share", "95% interval", "Not known", "May belong", "Left out", "National")
SHARES_READ = (
    "Not known: of the people it is a share of, those of whom it cannot be said. May belong: people of whom it cannot "
    "be said whether it is a share of them. Left out: recorded exceptions. National: the first of the figures "
    "listed below."
)


def share_cells(found: Share) -> tuple[str, ...]:
    """A share as the cells of a row under :data:`SHARES`."""
    indicator = found.indicator
    title = f"{indicator.id} {indicator.title}" if indicator.group is IndicatorGroup.LEDER else indicator.title
    counted = "" if found.standing is Standing.NOT_ASSESSED else count(found.counted)
    numbers = (found.unknown, found.may_belong, found.left_out)
    return (
        title, counted, count(found.of), share(found), interval(found), *map(count, numbers),
        first_figure(indicator),
    )  # fmt: skip
