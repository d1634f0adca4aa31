"""Readings of the day of the check. An old reading never stands in for one of today."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.from_observations import named_observations
from healthcheck_cli.facts.sources import FactSources


def _today(question: str) -> Compute:
    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        answered = sources.answered(question)
        if (
            answered is not None
            and isinstance(answered.value, float)
            and (answered.at is None or answered.at.date() == sources.as_of)
        ):
            return known(Interval.exactly(answered.value), f"{question}: {answered.value:g}, measured today")
        fact = sources.content.facts.get(question)
        if fact is None or fact.observation is None:
            return UNKNOWN_FACT
        for observation in named_observations(fact.observation, question, sources.record):
            value = observation.value
            if observation.date == sources.as_of and isinstance(value, (int, float)) and not isinstance(value, bool):
                return known(Interval.exactly(value), f"{observation.name}: {value:g}, measured today")
        return UNKNOWN_FACT

    return compute


COMPUTATIONS: Mapping[str, Compute] = {
    "obs.bp_sys": _today("meas.bp_sys"),
    "obs.bp_dia": _today("meas.bp_dia"),
    "obs.pulse": _today("meas.pulse_rate"),
    "obs.resp_rate": _today("meas.resp_rate"),
    "obs.spo2": _today("meas.spo2"),
    "obs.temp": _today("meas.temp"),
}
