"""Facts worked out from measurements: BMI, changes of weight, falls on standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval, State
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, OwnFeed, known, number
from healthcheck_cli.facts.computed.today import answer_on, dated_numbers, reading_on
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.scoring import body_mass_index, percent_change, rounded
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import day_in_words

_ADULT = 18
_A_YEAR = (274, 456)  # a weight of 9 to 15 months before the newest
_WAIST = FactDeclaration("meas.waist", FactType.NUM, unit="cm")  # no rule asks for it by itself, so it is no fact
_WAIST_RECORD = ObservationFeed(("waist", "waist circumference"), within_days=365.25)
_DOES_NOT_APPLY = FactValue(State.DOES_NOT_APPLY)


def _bmi(sources: FactSources, fact: FactLookup) -> FactValue:
    """Weight in kg by height in metres squared, to one decimal as the bands are read. Adults only.

    An estimated weight or height makes an estimate; a person under 18 is read on a centile chart, not here."""
    age = number(fact("person.age"))
    if age is not None and age.high < _ADULT:
        return _DOES_NOT_APPLY
    weight, height = number(fact("meas.weight")), number(fact("meas.height"))
    if weight is None or height is None or not (weight.exact and height.exact):
        return UNKNOWN_FACT
    score = sources.content.scores.get("bmi")
    bmi = body_mass_index(weight.low, height.low, score.decimals) if score is not None else None
    if bmi is None:
        return UNKNOWN_FACT
    return known(Interval.exactly(bmi), f"BMI {bmi:g} from {rounded(weight.low, 1):g} kg and {height.low:g} cm")


@dataclass(frozen=True)
class _WeightThenAndNow:
    then: date
    before: float
    newest_day: date
    newest: float

    @property
    def shown(self) -> str:
        first, last = day_in_words(self.then), day_in_words(self.newest_day)
        return f"weight {rounded(self.before, 1):g} kg on {first}, {rounded(self.newest, 1):g} kg on {last}"


def _then_and_now(sources: FactSources, months: float, shortest: int, longest: int) -> _WeightThenAndNow | None:
    """The newest weight of the last year, and the one nearest ``months`` before it, within a window in days."""
    weights = dated_numbers(sources, "meas.weight")
    if not weights or (sources.as_of - weights[0][0]) > timedelta(days=365):
        return None
    newest_day, newest = weights[0]
    window = [(d, w) for d, w in weights[1:] if shortest <= (newest_day - d).days <= longest and w > 0]
    if not window:
        return None
    then, before = min(window, key=lambda entry: abs((newest_day - entry[0]).days - months * 30.4375))
    return _WeightThenAndNow(then, before, newest_day, newest)


def _change(months: float, shortest: int, longest: int, *, percent: bool) -> Compute:
    """Change from the weight nearest ``months`` before the newest, within a window in days; loss is negative."""

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        weighed = _then_and_now(sources, months, shortest, longest)
        if weighed is None:
            return UNKNOWN_FACT
        before, newest = weighed.before, weighed.newest
        change = percent_change(before, newest) if percent else rounded(newest - before, 2)
        if change is None:
            return UNKNOWN_FACT
        unit = "%" if percent else " kg"
        return known(Interval.exactly(change), f"{weighed.shown}: {change:+.1f}{unit}")

    return compute


def _bmi_change(sources: FactSources, fact: FactLookup) -> FactValue:
    """Change of BMI over about 12 months (9 to 15), by two weights and the one height."""
    weighed, height = _then_and_now(sources, 12, *_A_YEAR), number(fact("meas.height"))
    if weighed is None or height is None or not height.exact or height.low <= 0:
        return UNKNOWN_FACT
    change = rounded((weighed.newest - weighed.before) / (height.low / 100) ** 2, 1)
    return known(Interval.exactly(change), f"{weighed.shown}, {height.low:g} cm: BMI {change:+.1f}")


def _drop(lying: str, standing: str) -> Compute:
    """How far the pressure falls on standing, in mmHg: two readings of one day, the standing one that of the check."""

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        after = answer_on(sources, standing)
        before = reading_on(sources, lying, after[0]) if after is not None else None
        if before is None or after is None:
            return UNKNOWN_FACT
        return known(Interval.exactly(before - after[1]), f"{before:g} then {after[1]:g} mmHg on standing")

    return compute


def _arm_difference(sources: FactSources, _: FactLookup) -> FactValue:
    """The systolic of one arm against the other's on one day, whichever is the higher, in mmHg."""
    other = answer_on(sources, "meas.bp_both_arms")
    one = reading_on(sources, "meas.bp_sys", other[0]) if other is not None else None
    if one is None or other is None:
        return UNKNOWN_FACT
    return known(Interval.exactly(abs(one - other[1])), f"{one:g} and {other[1]:g} mmHg")


def _waist(sources: FactSources) -> Interval | None:
    """The waist that was answered, else the newest in the record of the last 12 months."""
    answered = answer_on(sources, "meas.waist")
    if answered is not None:
        return Interval.exactly(answered[1])
    return number(fact_from_observations(_WAIST_RECORD, _WAIST, sources.record, sources.as_of))


def _waist_by_height(sources: FactSources, fact: FactLookup) -> FactValue:
    """Waist divided by height; not read from the BMI on that the score names."""
    score = sources.content.scores.get("waist_height")
    waist, height, bmi = _waist(sources), number(fact("meas.height")), number(fact("meas.bmi"))
    if score is None:
        return UNKNOWN_FACT
    if bmi is not None and score.only_below is not None and bmi.low >= score.only_below[1]:
        return _DOES_NOT_APPLY
    if waist is None or height is None or not (waist.exact and height.exact) or height.low <= 0:
        return UNKNOWN_FACT
    ratio = rounded(waist.low / height.low, score.decimals)
    return known(Interval.exactly(ratio), f"waist {waist.low:g} cm, height {height.low:g} cm")


FEEDS = (OwnFeed(_WAIST.name, _WAIST_RECORD, _WAIST),)

COMPUTATIONS: Mapping[str, Compute] = {
    "meas.bmi": _bmi,
    "meas.weight_change_pct_3m": _change(3, 42, 152, percent=True),
    "meas.weight_change_kg_3m": _change(3, 42, 152, percent=False),
    "meas.weight_change_pct_6m": _change(6, 122, 274, percent=True),
    "meas.weight_change_pct_12m": _change(12, *_A_YEAR, percent=True),
    "meas.bmi_change_12m": _bmi_change,
    "meas.waist_height": _waist_by_height,
    "meas.postural_drop": _drop("meas.bp_sys", "meas.bp_postural"),
    "meas.postural_drop_dia": _drop("meas.bp_dia", "meas.bp_postural_dia"),
    "meas.bp_arm_difference": _arm_difference,
}
