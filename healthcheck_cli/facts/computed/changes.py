"""What changed against an earlier measurement: that of the record or of the last check, whichever fits in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval
from healthcheck_cli.content.score_models import Score
from healthcheck_cli.facts.computed.cells import between, unsaid
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known, number
from healthcheck_cli.facts.computed.today import dated_numbers
from healthcheck_cli.facts.scoring import percent_change, rounded
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import AnswerState, day_in_words

_A_YEAR = (274, 456)  # 9 to 15 months before the newest


def _over_a_year(name: str, *, fall_percent: bool = False) -> Compute:
    """The newest value of the last 12 months less the one nearest 12 months before it (9 to 15 months); or by how many
    per cent it fell, a fall positive."""

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        values = dated_numbers(sources, name)
        if not values or sources.as_of - values[0][0] > timedelta(days=365):
            return UNKNOWN_FACT
        newest_day, newest = values[0]
        window = [it for it in values[1:] if _A_YEAR[0] <= (newest_day - it[0]).days <= _A_YEAR[1]]
        if not window:
            return UNKNOWN_FACT
        then, before = min(window, key=lambda it: abs((newest_day - it[0]).days - 365))
        change = rounded(newest - before, 2) if not fall_percent else -(percent_change(before, newest) or 0.0)
        shown = f"{before:g} on {day_in_words(then)}, {newest:g} on {day_in_words(newest_day)}"
        return known(Interval.exactly(change), shown)

    return compute


def _height_change(sources: FactSources, fact: FactLookup) -> FactValue:
    """The newest height, if it is not too old to use, less the one before it. A height worked out from an arm or a leg
    is compared with none."""
    if number(fact("meas.height")) is None:
        return unsaid(fact("meas.height"))
    way = sources.record.answers.get("meas.height_proxy")
    if way is not None and way.state not in (AnswerState.NOT_APPLICABLE, AnswerState.NOT_ASKED):
        return UNKNOWN_FACT
    heights = dated_numbers(sources, "meas.height")
    earlier = [it for it in heights if heights and it[0] < heights[0][0]]
    if not earlier:
        return UNKNOWN_FACT
    (newest_day, newest), (then, before) = heights[0], earlier[0]
    shown = f"{before:g} cm on {day_in_words(then)}, {newest:g} cm on {day_in_words(newest_day)}"
    return known(Interval.exactly(rounded(newest - before, 1)), shown)


def _news2_rise(sources: FactSources, fact: FactLookup) -> FactValue:
    """The total when well is held nowhere. It is not under 0, so the rise is at most today's total."""
    told, score = fact("sepsis.news2"), sources.content.scores.get("news2")
    today = number(told)
    if today is None or score is None:
        return unsaid(told)
    return between(today.low - _most_points(score), today.high)


def _most_points(score: Score) -> int:
    return sum(max((it.points for it in part.points), default=0) for part in score.parts)


COMPUTATIONS: Mapping[str, Compute] = {
    "change.bp_sys": _over_a_year("meas.bp_sys"),
    "change.hba1c": _over_a_year("lab.hba1c"),
    "lab.egfr_fall_pct_12m": _over_a_year("lab.egfr", fall_percent=True),
    "meas.height_change_cm": _height_change,
    "sepsis.news2_rise": _news2_rise,
}
