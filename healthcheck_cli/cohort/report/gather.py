"""Asks the files of an extract for everything that the cohort report shows."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.cohort.report import questions
from healthcheck_cli.cohort.report.condition_sql import classes_asked, problems_asked
from healthcheck_cli.cohort.report.extract_files import ExtractFiles
from healthcheck_cli.cohort.report.model import CohortReport
from healthcheck_cli.cohort.report.people_table import ManyUnassessed, make_people_table
from healthcheck_cli.cohort.report.shares import Share, share_of, unanswered
from healthcheck_cli.cohort.report.small_numbers import SmallNumbers
from healthcheck_cli.cohort.report.tallies import Tally, tally_all
from healthcheck_cli.content.indicator_models import Indicator, IndicatorGroup, NationalSeries
from healthcheck_cli.content.models import Content
from healthcheck_cli.fact_words import fact_in_words
from healthcheck_cli.plans.words import source_in_words


def report_of(files: ExtractFiles, content: Content, *, exact: bool) -> CohortReport:
    """The whole report. ``exact``: small numbers are shown, and nothing is rounded.

    Raises InputProblem where the files are not those of a review of an extract.
    """
    small = SmallNumbers(exact=exact)
    many, tallies = tallies_of(files, content)
    shares = _shares(files, content, tallies, small)
    counted = questions.Questions(files, content, small, many)
    return CohortReport(
        run=files.run,
        people=small.count(files.run.people),
        exact=exact,
        quality=counted.quality(),
        ages=counted.ages(),
        levels=counted.levels(),
        shares=shares,
        series=_series(shares, content),
        band_names=questions.BAND_NAMES,
        burdens=counted.burdens(),
        constipating=counted.constipating(),
        themes=counted.themes(),
        rules=counted.rules(),
        sources={it: source_in_words(it, content) for it in _sources(shares, content)},
    )


def tallies_of(files: ExtractFiles, content: Content) -> tuple[ManyUnassessed, dict[str, Tally]]:
    """Every indicator that the extract can answer, counted; makes the table of people."""
    asked = [it for it in content.indicators.values() if not it.unanswered]
    conditions = [condition for it in asked for condition in it.conditions]
    classes = tuple(dict.fromkeys((*classes_asked(conditions), *questions.CLASSES)))
    rules = tuple(dict.fromkeys(rule for it in asked for rule in it.rules))
    many = make_people_table(files, content, classes, rules, problems_asked(conditions))
    return many, tally_all(files, asked)


def _shares(
    files: ExtractFiles, content: Content, tallies: Mapping[str, Tally], small: SmallNumbers
) -> dict[IndicatorGroup, tuple[Share, ...]]:
    needed = _needed(files, content, [it for it in content.indicators.values() if it.id in tallies])
    found: dict[IndicatorGroup, list[Share]] = {group: [] for group in IndicatorGroup}
    for it in content.indicators.values():
        if it.unanswered:
            found[it.group].append(unanswered(it))
        else:
            found[it.group].append(share_of(it, tallies[it.id], small, _needs(it, files, needed)))
    return {group: tuple(shares) for group, shares in found.items()}


def _needed(files: ExtractFiles, content: Content, asked: list[Indicator]) -> dict[str, tuple[str, ...]]:
    """What the rules of indicators mostly wait for, in words, where they could not be assessed."""
    rules = sorted({rule for it in asked for rule in it.rules})
    rows = files.rows(
        "SELECT rule, fact FROM (SELECT rule, unnest(missing) AS fact, people FROM unassessed WHERE rule IN "
        "(SELECT unnest($1))) GROUP BY rule, fact ORDER BY rule, sum(people) DESC, fact",
        [rules],
    )
    needed: dict[str, list[str]] = {}
    for rule, fact in rows:
        words = fact_in_words(fact, content)
        if words not in needed.setdefault(rule, []):
            needed[rule].append(words)
    return {rule: tuple(words[:3]) for rule, words in needed.items()}


def _needs(indicator: Indicator, files: ExtractFiles, needed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = [words for rule in indicator.rules for words in needed.get(rule, ())]
    if not indicator.rules:
        found = [f"a list of {name} that leaves nothing out" for name in _lists(indicator, files)]
        found = found or ["medicine lines that were not recognised, or whose kind or dose cannot be told"]
    return tuple(dict.fromkeys(found))[:4]


def _lists(indicator: Indicator, files: ExtractFiles) -> list[str]:
    """The lists that its conditions look in and that are not complete."""
    asked = " ".join(condition.text for condition in indicator.conditions)
    looks = {"medicines": ("taking(", "count(", "burden(", "dose_percent("), "problems": ("dx.",)}
    return [it for it, words in looks.items() if it not in files.run.complete and any(word in asked for word in words)]


def _series(shares: Mapping[IndicatorGroup, tuple[Share, ...]], content: Content) -> tuple[NationalSeries, ...]:
    named = {figure.series for group in shares.values() for it in group for figure in it.indicator.figures}
    return tuple(it for it in content.national_series.values() if it.id in named)


def _sources(shares: Mapping[IndicatorGroup, tuple[Share, ...]], content: Content) -> dict[str, None]:
    """The sources of every figure and series that is shown, in the order in which they are met."""
    cited = [source for it in _series(shares, content) for source in it.support.sources]
    for group in shares.values():
        for it in group:
            cited += [source for figure in it.indicator.figures for source in figure.support.sources]
    return dict.fromkeys(cited)
