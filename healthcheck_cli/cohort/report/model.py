"""The cohort report: what is on it, in the order it is read, with its numbers as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from healthcheck_cli.cohort.report.extract_files import Run
from healthcheck_cli.cohort.report.shares import Share
from healthcheck_cli.cohort.report.small_numbers import Shown
from healthcheck_cli.content.indicator_models import IndicatorGroup, NationalSeries
from healthcheck_cli.content.models import Level


@dataclass(frozen=True)
class CountTable:
    """Counts by two things. ``corner`` heads the first column."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]

    def column(self, name: str) -> tuple[Shown, ...]:
        """The counts of one column, from top to bottom."""
        at = self.columns.index(name)
        return tuple(counts[at] for _, counts in self.rows)


@dataclass(frozen=True)
class ScaleBands:
    """How many people are in each band of one burden scale; ``unknown``: it cannot be said in which one they are."""

    scale: str
    title: str
    version: str
    bands: tuple[Shown, ...]
    unknown: Shown


@dataclass(frozen=True)
class ThemeCount:
    """People of whom a theme was raised, and of how many of the others that could not be told."""

    title: str
    raised: Shown
    unknown: Shown


@dataclass(frozen=True)
class RuleCount:
    """People of whom a rule was found at one level, and of whom the rule could not be assessed."""

    rule: str
    title: str
    level: Level
    found: Shown
    unassessed: Shown


@dataclass(frozen=True)
class Quality:
    """What is wrong with, or missing from, the data. ``lines``: counts of medicine lines by what became of them;
    ``people``: counts of people by what is missing."""

    lines: tuple[tuple[str, Shown], ...]
    people: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True)
class CohortReport:
    """All of it. ``exact``: no number is hidden or rounded."""

    run: Run
    people: Shown
    exact: bool
    quality: Quality
    ages: CountTable
    levels: tuple[tuple[str, Shown], ...]
    shares: Mapping[IndicatorGroup, tuple[Share, ...]]
    series: tuple[NationalSeries, ...]
    band_names: tuple[str, ...]
    burdens: tuple[ScaleBands, ...]
    constipating: CountTable
    themes: tuple[ThemeCount, ...]
    rules: tuple[RuleCount, ...]
    sources: Mapping[str, str]
