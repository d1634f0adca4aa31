"""What two answers say of each other. A contradiction is refused; what is merely odd is asked about.

Source: the annual health check reference, part 5.2 (general knowledge there).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate

Values = Mapping[str, AnswerValue]


@dataclass(frozen=True)
class Odd:
    """Two answers that do not go together. ``impossible``: the new one is refused; else it is asked again."""

    message: str
    impossible: bool = False


def odd_together(question: str, value: AnswerValue, answers: Mapping[str, Answer]) -> Odd | None:
    """Does a new answer go with those there are? The first thing that does not, or None."""
    values: dict[str, AnswerValue] = {
        name: answer.value
        for name, answer in answers.items()
        if answer.state is AnswerState.ANSWERED and answer.value is not None
    }
    values[question] = value
    for concerned, check in _CHECKS:
        if question in concerned and all(name in values for name in concerned):
            odd = check(values)
            if odd is not None:
                return odd
    return None


def _pressure(upper: str, lower: str) -> Callable[[Values], Odd | None]:
    def check(values: Values) -> Odd | None:
        difference = _number(values[upper]) - _number(values[lower])
        if difference <= 0:
            return Odd("The upper blood pressure number must be higher than the lower one.", impossible=True)
        if not 20 <= difference <= 100:
            return Odd("The two blood pressure numbers are usually between 20 and 100 mmHg apart.")
        return None

    return check


def _seizures(values: Values) -> Odd | None:
    tonic_clonic, last = values["epi.last_tc"], values["epi.last_any"]
    if isinstance(tonic_clonic, PartialDate) and isinstance(last, PartialDate) and tonic_clonic.earliest > last.latest:
        return Odd("The last tonic-clonic fit cannot be later than the last fit of any kind.", impossible=True)
    return None


def _waist(values: Values) -> Odd | None:
    ratio = _number(values["meas.waist"]) / _number(values["meas.height"])
    return None if 0.3 <= ratio <= 1.2 else Odd("Waist and height do not go together.")


def _bmi(values: Values) -> Odd | None:
    worked_out = _number(values["meas.weight"]) / (_number(values["meas.height"]) / 100) ** 2
    if abs(worked_out - _number(values["meas.bmi"])) > 0.5:
        return Odd("The BMI does not agree with the weight and height.")
    return None


def _stool(values: Values) -> Odd | None:
    if values["bowel.type"] in ("1", "2") and values["bowel.symptoms"] == ("none",):
        return Odd("Poo of type 1 or 2 is constipation, though no trouble with it was ticked.")
    return None


def _choking(values: Values) -> Odd | None:
    times, last = _number(values["swallow.choking"]), values["swallow.last_choke"]
    if times >= 1 and last == "never":
        return Odd("Choking was counted, though the last choke is given as never.")
    if times == 0 and last in ("within_3_months", "within_7_days", "within_24_hours"):
        return Odd("A recent choke is given, though none was counted in 12 months.")
    return None


def _number(value: AnswerValue) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Values], Odd | None]], ...] = (
    (("meas.bp_sys", "meas.bp_dia"), _pressure("meas.bp_sys", "meas.bp_dia")),
    (("meas.bp_postural", "meas.bp_postural_dia"), _pressure("meas.bp_postural", "meas.bp_postural_dia")),
    (("epi.last_tc", "epi.last_any"), _seizures),
    (("meas.waist", "meas.height"), _waist),
    (("meas.bmi", "meas.weight", "meas.height"), _bmi),
    (("bowel.type", "bowel.symptoms"), _stool),
    (("swallow.choking", "swallow.last_choke"), _choking),
)
