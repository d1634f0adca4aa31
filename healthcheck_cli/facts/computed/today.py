"""Readings of the day of the check, and those before it. An old reading never stands in for one of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.from_observations import named_observations, number_in_unit
from healthcheck_cli.facts.plain import finite_number
from healthcheck_cli.facts.scoring import number_given, words_given
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import Answer

_MEASURED_HOW = {"meas.weight": "meas.weight_how", "meas.height": "meas.height_proxy"}
"""The question that says in which way something was measured."""
_USUAL = "standing"


def answer_on(sources: FactSources, question: str) -> tuple[date, float] | None:
    """The number that was answered and its day: that of the review where the answer has none."""
    answered = sources.answered(question)
    value = finite_number(answered.value) if answered is not None else None
    if answered is None or value is None:
        return None
    return answered.at.date() if answered.at is not None else sources.as_of, value


def dated_numbers(sources: FactSources, name: str) -> list[tuple[date, float]]:
    """Every dated value of one fact up to the day of the review, newest first: today's answer, that of the last check,
    and the record's. Of one day, an answer comes first."""
    fact = sources.content.facts.get(name)
    found = [it for it in (answer_on(sources, name), _answer_of_last_check(sources, name)) if it is not None]
    found = [it for it in found if it[0] <= sources.as_of]
    if fact is not None and fact.observation is not None:
        for it in named_observations(fact.observation, name, sources.record, sources.as_of):
            value = number_in_unit(it, fact.declaration)
            if it.date is not None and value is not None and value > 0:
                found.append((it.date, value))
    return sorted(found, key=lambda dated: dated[0], reverse=True)


def _answer_of_last_check(sources: FactSources, name: str) -> tuple[date, float] | None:
    """What was answered then, where it was measured in the same way as today: else a difference would say nothing."""
    last = sources.record.previous
    told = last.answers.get(name) if last is not None else None
    value = number_given(told)
    if last is None or told is None or value is None:
        return None
    way = _MEASURED_HOW.get(name, "")
    if _unusual(last.answers.get(way)) != _unusual(sources.record.answers.get(way)):
        return None
    return told.at.date() if told.at is not None else last.day, value


def _unusual(how: Answer | None) -> tuple[str, ...]:
    """The way it was measured in; none for the usual one, whether that was said or not asked about."""
    return tuple(word for word in words_given(how) if word != _USUAL)


def reading_on(sources: FactSources, name: str, day: date) -> float | None:
    """The reading of one day in the unit of the fact ``name``: the one answered, else the one in the record."""
    answered = answer_on(sources, name)
    if answered is not None and answered[0] == day:
        return answered[1]
    fact = sources.content.facts.get(name)
    if fact is None or fact.observation is None:
        return None
    observed = named_observations(fact.observation, name, sources.record, sources.as_of)
    readings = (number_in_unit(it, fact.declaration) for it in observed if it.date == day)
    return next((reading for reading in readings if reading is not None), None)


def _today(name: str) -> Compute:
    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        reading = reading_on(sources, name, sources.as_of)
        if reading is None:
            return UNKNOWN_FACT
        return known(Interval.exactly(reading), f"{name}: {reading:g}, measured today")

    return compute


COMPUTATIONS: Mapping[str, Compute] = {
    "obs.bp_sys": _today("meas.bp_sys"),
    "obs.bp_dia": _today("meas.bp_dia"),
    "obs.pulse": _today("meas.pulse_rate"),
    "obs.resp_rate": _today("meas.resp_rate"),
    "obs.spo2": _today("meas.spo2"),
    "obs.temp": _today("meas.temp"),
}
