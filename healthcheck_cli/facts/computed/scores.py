"""Totals: worked out from their parts where every part is known, else as somebody recorded them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval, State
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.content.score_models import Score
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, OwnFeed, known, number
from healthcheck_cli.facts.computed.today import reading_on
from healthcheck_cli.facts.from_answers import fact_from_answer
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.scoring import PartsRead, read_parts
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import Answer, AnswerState

_NEWS2 = ObservationFeed(("NEWS2", "national early warning score 2"), ("1104051000000101",), within_days=1)
_AUDIT_C = ObservationFeed(("AUDIT-C", "AUDIT-C score"), within_days=2 * 365.25)
_ENOUGH_ALONE = 3
"""What one measure of NEWS2 can have at the most: where one has it, no other measure can be higher."""


def _parts(sources: FactSources, score: Score) -> PartsRead:
    """By the answers; a reading of the day that only the record has counts as well, where the day decides."""
    answers = dict(sources.record.answers)
    if score.one_day:
        at = datetime.combine(sources.as_of, time())
        for part in score.parts:
            reading = reading_on(sources, part.question, sources.as_of)
            if reading is not None:
                answers[part.question] = Answer(part.question, AnswerState.ANSWERED, reading, at=at)
    return read_parts(score, answers, sources.as_of)


def _total(score_id: str, fact_name: str, feed: ObservationFeed) -> Compute:
    """The total of the parts, the one that was typed, or the one in the record, in that order. Where a higher one was
    typed than the parts come to, the higher counts."""

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        score = sources.content.scores.get(score_id)
        recorded = _recorded(sources, fact_name, feed)
        total = _parts(sources, score).total if score is not None else None
        if score is None or total is None:
            return recorded
        typed = number(recorded)
        shown = f"{score.title}: {total}, from its {len(score.parts)} parts"
        if typed is not None and typed.low > total and fact_name in sources.record.answers:
            return known(typed, f"{shown}; {typed.low:g} was recorded")
        return known(Interval.exactly(total), shown)

    return compute


def _recorded(sources: FactSources, fact_name: str, feed: ObservationFeed) -> FactValue:
    declaration = sources.content.facts[fact_name].declaration
    observed = fact_from_observations(feed, declaration, sources.record, sources.as_of)
    answer = sources.record.answers.get(fact_name)
    if answer is None or answer.state is AnswerState.NOT_ASKED:
        return observed
    oldest = sources.as_of - timedelta(days=feed.within_days) if feed.within_days is not None else None
    told = fact_from_answer(answer, declaration, sources.as_of, oldest)
    return observed if told.state is not State.KNOWN and observed.state is State.KNOWN else told


def _news2_highest(sources: FactSources, _: FactLookup) -> FactValue:
    """The highest measure of NEWS2. A single 3 is known though others are missing: none can be higher."""
    score = sources.content.scores.get("news2")
    if score is None:
        return UNKNOWN_FACT
    read = _parts(sources, score)
    if read.highest is None or (read.missing and read.highest < _ENOUGH_ALONE):
        return UNKNOWN_FACT
    which = ", ".join(part.title for part in score.parts if read.points.get(part.question) == read.highest)
    return known(Interval.exactly(read.highest), f"NEWS2: {which} scores {read.highest}")


FEEDS = (OwnFeed("sepsis.news2", _NEWS2), OwnFeed("alc.audit_c", _AUDIT_C))

COMPUTATIONS: Mapping[str, Compute] = {
    "sepsis.news2": _total("news2", "sepsis.news2", _NEWS2),
    "sepsis.news2_max": _news2_highest,
    "alc.audit_c": _total("audit_c", "alc.audit_c", _AUDIT_C),
}
