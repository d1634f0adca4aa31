"""The comparison of reviews as it is shown: two of them side by side, and a chart of each indicator over many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from healthcheck_cli.cohort.compare.changes import Changes, RuleChange, changes_between
from healthcheck_cli.cohort.compare.notes import breaks_between, notes_on
from healthcheck_cli.cohort.compare.process_charts import Point, ProcessChart, process_chart
from healthcheck_cli.cohort.report.extract_files import ExtractFiles, Run
from healthcheck_cli.cohort.report.gather import tallies_of
from healthcheck_cli.cohort.report.intervals import Range, difference
from healthcheck_cli.cohort.report.shares import Share, share_of
from healthcheck_cli.cohort.report.small_numbers import Shown, SmallNumbers
from healthcheck_cli.content.indicator_models import IndicatorGroup
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.plans.words import day_in_words

_MOST_UNKNOWN, _WIDEST = 0.01, 0.05
"""A share of which more than the first is not known, or whose ends are further apart than the second, is a gap."""


@dataclass(frozen=True)
class RuleShown:
    """What became of one rule at one level, with counts as they may be shown; names as in :class:`RuleChange`."""

    rule: str
    title: str
    level: Level | None
    still_open: Shown
    gained: Shown
    gained_unassessed_before: Shown
    cleared: Shown
    unassessed_after: Shown
    not_asked_after: Shown
    more_pressing: Shown
    less_pressing: Shown


@dataclass(frozen=True)
class IndicatorChange:
    """One indicator before and after. ``change``: from the least to the most that the share can have changed by, and
    ``interval`` its 95% interval, in fractions of 1; None where one of the two is not known."""

    before: Share
    after: Share
    change: Range | None
    interval: Range | None


@dataclass(frozen=True)
class Series:
    """One indicator over all reviews; ``chart`` is of those that are no gaps, whose places are ``known``."""

    shares: tuple[Share, ...]
    known: tuple[int, ...]
    chart: ProcessChart


@dataclass(frozen=True)
class Comparison:
    """All of it. ``gained_at``: the most pressing level of a finding gained, for exit codes. ``notes``: what else
    differs between the first and the last; ``breaks``: what is to be seen as a line on a chart, by the place of the
    review."""

    runs: tuple[Run, ...]
    exact: bool
    in_both: Shown
    joined: Shown
    left: Shown
    rules: tuple[RuleShown, ...]
    indicators: tuple[IndicatorChange, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...]
    breaks: Mapping[int, tuple[str, ...]]
    gained_at: Level | None


def comparison_of(folders: Sequence[Path], content: Content, *, exact: bool) -> Comparison:
    """Compare the first folder with the last, and follow the indicators over all of them; two or more, oldest first.

    Raises InputProblem where one cannot be read, their days are not in order (several places are never held against
    each other), or their ids are not hashed alike. Indicators are those of ``content`` in all of them; findings are
    those that each review made.
    """
    small = SmallNumbers(exact=exact)
    runs, shares = [], []
    for folder in folders:
        with ExtractFiles(folder) as files:
            _, tallies = tallies_of(files, content)
            runs.append(files.run)
        shares.append({name: share_of(content.indicators[name], tallies[name], small) for name in _by_group(content)})
    _refuse_disorder(folders, runs)
    _refuse_other_ids(folders, runs)
    changes = changes_between(folders[0], folders[-1])
    titles = _titles(runs, content)
    gained = [it.gained_at for it in changes.rules if it.gained_at is not None]
    return Comparison(
        runs=tuple(runs),
        exact=exact,
        in_both=small.count(changes.in_both),
        joined=small.count(changes.joined),
        left=small.count(changes.left),
        rules=tuple(_shown(it, titles, small) for it in _in_order(changes)),
        indicators=tuple(_change(shares[0][name], shares[-1][name]) for name in shares[0]),
        series=tuple(_series([at[name] for at in shares]) for name in shares[0]) if len(folders) > 2 else (),
        notes=tuple(notes_on(runs[0], runs[-1], changes)),
        breaks={at: breaks for at, pair in enumerate(pairwise(runs), 1) if (breaks := tuple(breaks_between(*pair)))},
        gained_at=min(gained, key=lambda level: level.rank, default=None),
    )


def _by_group(content: Content) -> list[str]:
    """The indicators that an extract can answer, in the order of the parts of the report."""
    groups = list(IndicatorGroup)
    answered = [it for it in content.indicators.values() if not it.unanswered]
    return [it.id for it in sorted(answered, key=lambda it: groups.index(it.group))]


def _refuse_disorder(folders: Sequence[Path], runs: Sequence[Run]) -> None:
    for (_, earlier), (folder, later) in pairwise(zip(folders, runs, strict=True)):
        if later.as_of < earlier.as_of:
            raise InputProblem(f"{folder}: it is of an earlier day than the one before it: name the oldest first")
        if len(runs) > 2 and later.as_of == earlier.as_of:
            raise InputProblem(
                f"{folder}: it is of the same day as the one before it: name one place on several days "
                "(places are not held against each other)"
            )


def _refuse_other_ids(folders: Sequence[Path], runs: Sequence[Run]) -> None:
    """Hashed with different keys, or only one of them, nobody is in both and everybody would seem to leave."""
    for (first, earlier), (folder, later) in pairwise(zip(folders, runs, strict=True)):
        was, now = earlier.hashed_with, later.hashed_with
        if was is None or now is None or was == now:
            continue
        if was and now:
            differs = f"its ids are hashed with another key ({now}) than those of {first} ({was})"
        else:
            differs = f"its ids are{'' if now else ' not'} hashed, and those of {first} are{' not' if now else ''}"
        raise InputProblem(
            f"{folder}: {differs}, so nobody can be found in both: review both extracts with the same "
            "--pseudonymise KEYFILE, or both without"
        )


def _in_order(changes: Changes) -> list[RuleChange]:
    last = len(Level)
    return sorted(changes.rules, key=lambda it: (it.level.rank if it.level is not None else last, it.rule))


def _titles(runs: Sequence[Run], content: Content) -> dict[str, str]:
    """The title of every rule, as the last review that tells of it has it: some are of one overlay only."""
    titles = {it.id: it.title for it in content.rules.values()}
    for run in runs:
        titles.update(run.titles)
    return titles


def _shown(change: RuleChange, titles: Mapping[str, str], small: SmallNumbers) -> RuleShown:
    counts = (
        change.still_open, change.gained, change.gained_unassessed_before, change.cleared, change.unassessed_after,
        change.not_asked_after, change.more_pressing, change.less_pressing,
    )  # fmt: skip
    return RuleShown(change.rule, titles.get(change.rule, ""), change.level, *map(small.count, counts))


def _change(before: Share, after: Share) -> IndicatorChange:
    ends = before.ends, after.ends
    if ends[0] is None or ends[1] is None or before.percent is None or after.percent is None:
        return IndicatorChange(before, after, None, None)
    change = Range(after.percent.low - before.percent.high, after.percent.high - before.percent.low)
    least, most = difference(ends[0][1], ends[1][0]), difference(ends[0][0], ends[1][1])
    return IndicatorChange(before, after, change, Range(least.low, most.high))


def _series(shares: Sequence[Share]) -> Series:
    known = [at for at, it in enumerate(shares) if _point(it) is not None]
    points = [point for it in shares if (point := _point(it)) is not None]
    empty = ProcessChart("none", (), 0.0, (), ())
    return Series(tuple(shares), tuple(known), process_chart(points) if len(points) > 1 else empty)


def _point(share: Share) -> Point | None:
    """The share as one point; None where it is hidden, or cannot be told closely enough."""
    if share.percent is None or not share.of or share.counted is None:
        return None
    if share.percent.high - share.percent.low > _WIDEST:
        return None
    unknown = share.unknown if share.unknown is not None else 0
    return Point(share.counted, share.of) if unknown <= _MOST_UNKNOWN * share.of else None


def days(comparison: Comparison) -> tuple[str, ...]:
    """The days of the reviews, in words."""
    return tuple(day_in_words(run.as_of) for run in comparison.runs)
