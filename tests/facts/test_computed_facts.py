"""Facts worked out from several readings: which readings go together."""

from __future__ import annotations

import pytest

from healthcheck_cli.conditions.values import Interval, State
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer
from tests.facts.people import AS_OF, REVIEWER, fact, observed

TODAY, LAST_YEAR = "2026-11-22", "2026-01-10"
STANDING = {"meas.bp_postural": {"value": 105, "date": TODAY}}


@pytest.mark.parametrize(("lying_on", "known"), [(TODAY, True), (LAST_YEAR, False)])
def test_a_fall_on_standing_is_between_two_readings_of_one_day(lying_on: str, known: bool) -> None:
    lying = observed("systolic blood pressure", 135, "mmHg", lying_on)
    found = fact("meas.postural_drop", observations=[lying], answers=STANDING)
    assert found.value == (Interval.exactly(30) if known else None)


def test_the_other_arm_is_held_against_the_arm_of_the_same_day() -> None:
    answers = {"meas.bp_both_arms": {"value": 150, "date": TODAY}, "meas.bp_sys": {"value": 130, "date": TODAY}}
    assert fact("meas.bp_arm_difference", answers=answers).value == Interval.exactly(20)
    answers["meas.bp_sys"] = {"value": 130, "date": LAST_YEAR}
    assert fact("meas.bp_arm_difference", answers=answers).state is State.UNKNOWN


def test_an_old_reading_is_not_one_of_today() -> None:
    assert fact("obs.pulse", observations=[observed("pulse rate", 60, "/min", LAST_YEAR)]).state is State.UNKNOWN
    assert fact("obs.pulse", answers={"meas.pulse_rate": {"value": 60, "date": LAST_YEAR}}).state is State.UNKNOWN
    assert fact("obs.pulse", answers={"meas.pulse_rate": 60}).value == Interval.exactly(60)


def test_bmi_is_of_the_weight_answered_today_and_the_height_on_record() -> None:
    observations = [observed("weight", 90, "kg", LAST_YEAR), observed("height", 160, "cm", "2024-01-01")]
    found = fact("meas.bmi", person={"age": 40}, observations=observations, answers={"meas.weight": 64})
    assert found.value == Interval.exactly(25.0)


def test_of_one_day_the_answered_weight_is_the_newest() -> None:
    observations = [observed("weight", 100, "kg", "2026-05-22"), observed("weight", 100, "kg", TODAY)]
    found = fact("meas.weight_change_pct_6m", observations=observations, answers={"meas.weight": 90})
    assert found.value == Interval.exactly(-10)


def test_a_weight_in_stones_is_shown_in_kilograms_to_one_decimal() -> None:
    answers = {"meas.weight": 71.6676}  # 11st 4lb
    found = fact(
        "meas.weight_change_pct_6m", observations=[observed("weight", 82, "kg", "2026-05-20")], answers=answers
    )
    assert "82 kg on 20 May 2026, 71.7 kg on 22 Nov 2026" in found.shown


def test_the_bowels_were_last_looked_at_on_the_later_day() -> None:
    chart = observed("stool chart", on="2026-10-01")
    asked = {"bowel.per_week": {"value": 3, "date": "2025-11-01"}}
    found = fact("review.bowel", observations=[chart], answers=asked).dates
    assert found is not None
    assert str(found.latest) == "2026-10-01"


@pytest.mark.parametrize(("weighed_on", "change"), [("2025-08-29", 2.1), ("2026-02-21", 2.1), ("2025-08-22", None)])
def test_bmi_changes_from_a_weight_of_9_to_15_months_before(weighed_on: str, change: float | None) -> None:
    observations = [observed("weight", 58.5, "kg", weighed_on), observed("height", 160, "cm", "2024-01-01")]
    found = fact("meas.bmi_change_12m", person={"age": 40}, observations=observations, answers={"meas.weight": 64})
    assert found.value == (None if change is None else Interval.exactly(change))


def test_a_fracture_risk_is_high_only_by_a_threshold_that_the_place_has_set() -> None:
    record = {"person": {"age": 65}, "answers": {"bone.score": 21}}
    as_shipped = fact("bone.score_over_local", **record)
    assert as_shipped.state is State.UNKNOWN
    assert "fracture_risk_threshold" in as_shipped.shown
    for threshold, high in (("20", True), ("21", False)):
        content = REVIEWER.content.with_setting("fracture_risk_threshold", threshold)
        person = Reviewer(content).person_facts(record_from_mapping(record), AS_OF)
        assert person.fact("bone.score_over_local").value is high
