"""Facts and the interview have the same number of every score, and a total that was typed is not lost."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from healthcheck_cli.conditions.values import Interval, State
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.interview.derived import derived_values
from healthcheck_cli.record import Answer, AnswerState
from tests.facts.people import AS_OF, fact, observed

CONTENT = load_content(find_content())
UNWELL: dict[str, Any] = {"sepsis.unwell_today": True}
READINGS: dict[str, Any] = {
    "meas.resp_rate": 22,
    "meas.spo2": 94,
    "sepsis.oxygen_given": False,
    "meas.bp_sys": 108,
    "meas.pulse_rate": 112,
    "sepsis.alertness": "alert",
    "meas.temp": 38.2,
}
PERSON = {"age": 40, "ethnicity": "indian"}


def worked_out(score: str, answers: dict[str, Any]) -> float | None:
    at = datetime.combine(AS_OF, datetime.min.time(), timezone.utc)
    given = {
        name: Answer(name, AnswerState.ANSWERED, value if isinstance(value, (bool, str)) else float(value), at=at)
        for name, value in answers.items()
    }
    return next(it.number for it in derived_values(given, {}, AS_OF, CONTENT) if it.id == score)


@pytest.mark.parametrize(
    ("name", "score", "answers"),
    [
        ("sepsis.news2", "news2", {**UNWELL, **READINGS}),
        ("sepsis.news2", "news2", {**UNWELL, **READINGS, "sepsis.spo2_scale": "2", "sepsis.oxygen_given": True}),
        (
            "alc.audit_c",
            "audit_c",
            {"alc.how_often": "2_to_3_a_week", "alc.usual_day": "7_to_9", "alc.many_at_once": "weekly"},
        ),
        ("alc.audit_c", "audit_c", {"alc.how_often": "never"}),
        ("meas.bmi", "bmi", {"meas.weight": 63.87, "meas.height": 160}),
        ("meas.waist_height", "waist_height", {"meas.weight": 70, "meas.height": 160, "meas.waist": 79.2}),
    ],
)
def test_the_fact_has_the_number_that_the_nurse_sees(name: str, score: str, answers: dict[str, Any]) -> None:
    found = fact(name, person=PERSON, answers=answers)
    shown = worked_out(score, answers)
    assert shown is not None
    assert found.value == Interval.exactly(shown)


def test_a_typed_total_stands_where_a_part_is_missing_and_where_it_is_the_higher() -> None:
    without = {name: value for name, value in READINGS.items() if name != "meas.temp"}
    assert fact("sepsis.news2", person=PERSON, answers={**UNWELL, **without}).state is State.UNKNOWN
    assert fact("sepsis.news2", person=PERSON, answers={**UNWELL, **without, "sepsis.news2": 6}).value == Interval(6, 6)
    lower = fact("sepsis.news2", person=PERSON, answers={**UNWELL, **READINGS, "sepsis.news2": 2})
    higher = fact("sepsis.news2", person=PERSON, answers={**UNWELL, **READINGS, "sepsis.news2": 9})
    assert lower.value == Interval.exactly(7)
    assert (higher.value, higher.shown) == (Interval.exactly(9), "NEWS2: 7, from its 7 parts; 9 was recorded")


def test_a_total_on_the_record_is_used_within_its_time() -> None:
    for name, term, days, usable in (("sepsis.news2", "NEWS2", 1, True), ("sepsis.news2", "NEWS2", 2, False)):
        on = (AS_OF - timedelta(days=days)).isoformat()
        found = fact(name, person=PERSON, answers=UNWELL, observations=[observed(term, 5, on=on)])
        assert (found.value == Interval.exactly(5)) is usable
    on = (AS_OF - timedelta(days=400)).isoformat()
    assert fact("alc.audit_c", observations=[observed("AUDIT-C", 5, on=on)]).value == Interval.exactly(5)


def test_one_reading_of_the_day_in_the_record_completes_news2_and_one_of_yesterday_does_not() -> None:
    without = {name: value for name, value in READINGS.items() if name != "meas.temp"}
    for days, state in ((0, State.KNOWN), (1, State.UNKNOWN)):
        temperature = observed("temperature", 38.2, on=(AS_OF - timedelta(days=days)).isoformat())
        found = fact("sepsis.news2", person=PERSON, answers={**UNWELL, **without}, observations=[temperature])
        assert found.state is state


def test_a_single_3_is_known_though_other_parts_are_missing_and_a_2_is_not() -> None:
    three = fact("sepsis.news2_max", person=PERSON, answers={**UNWELL, "sepsis.alertness": "voice"})
    assert (three.value, three.shown) == (Interval.exactly(3), "NEWS2: alertness scores 3")
    assert fact("sepsis.news2_max", person=PERSON, answers={**UNWELL, "meas.pulse_rate": 112}).state is State.UNKNOWN
    assert fact("sepsis.news2_max", person=PERSON, answers={**UNWELL, **READINGS}).value == Interval.exactly(2)


def test_the_groups_with_lower_bmi_bands_are_those_of_the_content() -> None:
    for group, higher in (
        ("Bangladeshi", True),
        ("White and Black Caribbean", True),
        ("Irish", False),
        ("other", None),
    ):
        found = fact("person.higher_risk_ethnic_bmi", person={"ethnicity": group})
        assert found.value is higher, group


def test_a_waist_on_the_record_counts_for_12_months() -> None:
    size = {"meas.weight": 70, "meas.height": 160}
    for days, state in ((365, State.KNOWN), (366, State.UNKNOWN)):
        waist = observed("waist circumference", 96, "cm", (AS_OF - timedelta(days=days)).isoformat())
        found = fact("meas.waist_height", person={"age": 40}, answers=size, observations=[waist])
        assert found.state is state
