"""What changed: against an earlier measurement of the record, or as far as this check alone can tell.

The answers of the last check are not among the sources. Where today's answer alone rules a change out (no seizures now,
no help needed, walking without help) that much is known; how large a change is, is not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval, State
from healthcheck_cli.content.score_models import Score
from healthcheck_cli.facts.computed.cells import between, rows_of, unsaid, without_value, word
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known, number
from healthcheck_cli.facts.computed.today import answer_on
from healthcheck_cli.facts.from_observations import named_observations, number_in_unit
from healthcheck_cli.facts.scoring import percent_change, rounded
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import AnswerState

_A_YEAR = (274, 456)  # 9 to 15 months before the newest
_BEST_MOVING = "walks"
_NOT_MEASURED = ("not_done", "reported")


def dated_numbers(sources: FactSources, name: str) -> list[tuple[date, float]]:
    """Every dated value of one fact up to the day of the review, newest first; of one day, the answer of the check."""
    fact, answered = sources.content.facts.get(name), answer_on(sources, name)
    found = [answered] if answered is not None and answered[0] <= sources.as_of else []
    if fact is not None and fact.observation is not None:
        for it in named_observations(fact.observation, name, sources.record, sources.as_of):
            value = number_in_unit(it, fact.declaration)
            if it.date is not None and value is not None and value > 0:
                found.append((it.date, value))
    return sorted(found, key=lambda dated: dated[0], reverse=True)


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
        shown = f"{before:g} on {then.isoformat()}, {newest:g} on {newest_day.isoformat()}"
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
    shown = f"{before:g} cm on {then.isoformat()}, {newest:g} cm on {newest_day.isoformat()}"
    return known(Interval.exactly(rounded(newest - before, 1)), shown)


def _seizures_change(sources: FactSources, _: FactLookup) -> FactValue:
    """Where there are no seizures now, they are not up. Otherwise last year's count is needed."""
    now = answer_on(sources, "epi.per_month")
    if now is None:
        return without_value(sources.record.answers.get("epi.per_month"))
    return between(-100, 0) if now[1] == 0 else UNKNOWN_FACT


def _chest_infections_change(sources: FactSources, fact: FactLookup) -> FactValue:
    """At most as many more as there were this year, and none fewer than the question allows."""
    told, question = fact("chest.infections"), sources.content.questions.get("chest.infections")
    now = number(told)
    if now is None or question is None or question.hard is None:
        return unsaid(told)
    return between(now.low - question.hard[1], now.high)


def _moves_worse(_: FactSources, fact: FactLookup) -> FactValue:
    """Someone who walks without help does not move worse than before; of all others it takes last year's answer."""
    level = fact("mobility.level")
    if level.state is not State.KNOWN:
        return unsaid(level)
    return known(False, level.shown) if level.value == _BEST_MOVING else UNKNOWN_FACT


def _refused_twice(sources: FactSources, fact: FactLookup) -> FactValue:
    """Not two years running where weight, waist and blood pressure were all measured at this check."""
    rows, how = rows_of(sources, "exam.not_done"), fact("meas.weight_how")
    if rows is None:
        return without_value(sources.record.answers.get("exam.not_done"))
    left_out = {word(row, "what") for row in rows} & {"weight", "waist", "blood_pressure", "", "other"}
    if left_out or how.value in _NOT_MEASURED:
        return UNKNOWN_FACT
    return known(False, "all measured")


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
    "epi.per_month_change_pct": _seizures_change,
    "change.chest_infections": _chest_infections_change,
    "mobility.level_worse": _moves_worse,
    "change.measure_refused_twice": _refused_twice,
    "sepsis.news2_rise": _news2_rise,
}
