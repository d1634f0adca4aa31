"""A measurement against the one before: which earlier one counts, and the change in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.score_models import Score
from healthcheck_cli.facts.from_observations import named_observations, number_in_unit
from healthcheck_cli.facts.scoring import number_given, percent_change, rounded, words_given
from healthcheck_cli.interview.measures import plain_number
from healthcheck_cli.record import Answer, PartialDate, Record, date_in_words


@dataclass(frozen=True)
class Earlier:
    """An earlier measurement and its day."""

    number: float
    day: date


@dataclass(frozen=True)
class Change:
    """How far a measurement moved. ``number`` is what the bands are read by: the unit's own, or % of the earlier."""

    number: float
    words: str
    earlier: Earlier


def change_of(
    score: Score,
    answers: Mapping[str, Answer],
    last_year: Mapping[str, Answer],
    as_of: date,
    content: Content,
    supplied: Record,
) -> Change | None:
    """The change of one measurement since the newest earlier one that is old enough; a loss is negative.

    None where there is no value today, no earlier one with a day that is ``days_apart`` days before ``as_of`` or more,
    or where it was measured in another way then: such a difference would say nothing.
    """
    question = score.of[0]
    now = number_given(answers.get(question))
    if now is None or any(_way(answers, name) != _way(last_year, name) for name in score.same):
        return None
    earlier = newest_before(_earlier(question, last_year, as_of, content, supplied), as_of, score.days_apart)
    if earlier is None:
        return None
    percent = percent_change(earlier.number, now)
    moved = rounded(now - earlier.number, score.decimals)
    if percent is None:
        return None
    since = date_in_words(PartialDate.of(earlier.day))
    by_percent = score.how == "change_percent"
    size = f"{plain_number(abs(moved))} {score.unit}" + (f" ({plain_number(abs(percent))}%)" if by_percent else "")
    words = f"{'down' if moved < 0 else 'up'} {size} since {since}" if moved else f"the same as on {since}"
    return Change(percent if by_percent else moved, words, earlier)


def newest_before(earlier: Iterator[Earlier], as_of: date, days: int) -> Earlier | None:
    """The newest of them that is at least ``days`` days (and at least one) before ``as_of``."""
    old_enough = [it for it in earlier if as_of - it.day >= timedelta(days=max(days, 1))]
    return max(old_enough, key=lambda it: it.day, default=None)


def _earlier(
    question: str, last_year: Mapping[str, Answer], as_of: date, content: Content, supplied: Record
) -> Iterator[Earlier]:
    """The last check's answer, and every dated measurement of the record."""
    told = last_year.get(question)
    number = number_given(told)
    if told is not None and number is not None and told.at is not None:
        yield Earlier(number, told.at.date())
    fact = content.facts.get(question)
    if fact is None or fact.observation is None:
        return
    for observed in named_observations(fact.observation, question, supplied, as_of):
        measured = number_in_unit(observed, fact.declaration)
        if observed.date is not None and measured is not None and measured > 0:
            yield Earlier(measured, observed.date)


def _way(answers: Mapping[str, Answer], question: str) -> str:
    """How it was measured; empty for the usual way, whether that was said or not asked about."""
    return next(iter(words_given(answers.get(question))), "")
