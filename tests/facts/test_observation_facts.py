"""What observations and problems settle: units, unreadable and undated values, days after the review, no NaN."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.values import NEVER, DateRange, Interval, State
from healthcheck_cli.record import Observation, Problem, Record, Row
from tests.facts.people import AS_OF, REVIEWER, fact, observed


@pytest.mark.parametrize(
    ("name", "term", "value", "unit", "expected"),
    [
        ("lab.hba1c", "HbA1c", 6.5, "%", 47.5),
        ("lab.glucose_fasting", "fasting glucose", 126, "mg/dL", 7.0),
        ("lab.vit_d", "vitamin D", 20, "ng/mL", 49.9),
        ("lab.fbc", "haemoglobin", 12.1, "g/dL", 121.0),
        ("lab.cholesterol", "cholesterol", 200, "mg/dL", 5.2),
        ("obs.temp", "temperature", 101, "F", 38.3),
    ],
)
def test_a_result_is_converted_by_what_it_measures(
    name: str, term: str, value: float, unit: str, expected: float
) -> None:
    found = fact(name, observations=[observed(term, value, unit, AS_OF.isoformat())]).value
    assert isinstance(found, Interval)
    assert found.low == pytest.approx(expected, abs=0.06)


def test_an_older_value_does_not_stand_in_for_one_that_cannot_be_read() -> None:
    old = observed("HbA1c", 41, "mmol/mol", "2026-02-01")
    unread = fact("lab.hba1c", observations=[old, observed("HbA1c", "haemolysed", "", "2026-10-01")])
    assert (unread.state, unread.dates) == (State.UNKNOWN, DateRange(date(2026, 10, 1), date(2026, 10, 1)))
    only_a_date = fact("lab.hba1c", observations=[old, observed("HbA1c", on="2026-10-01")])
    assert only_a_date.value == Interval.exactly(41)


def test_an_undated_result_is_not_never_in_a_complete_list() -> None:
    complete = ["observations", "events"]
    for name, term in (("lab.lithium", "lithium level"), ("lab.lipids", "cholesterol")):
        assert fact(name, complete=complete).dates == NEVER
        assert fact(name, complete=complete, observations=[observed(term, 0.6)]).dates is None


def test_a_test_is_absent_only_from_complete_observations() -> None:
    assert fact("lab.lipids", complete=["events"]).dates is None
    assert fact("lab.lipids", complete=["observations"]).dates == NEVER


def test_stale_mood_reasons_are_told_apart_from_what_the_list_cannot_say() -> None:
    def stale(*problems: object, complete: object = ("problems",)) -> object:
        return fact("dx.mood_reason_stale", problems=list(problems), complete=complete).value

    old = {"term": "depression", "date": "2015-01-01"}
    assert stale(old) is True
    assert stale(old, complete={"problems": "2020-01-01"}) is True
    assert stale(old, complete={"problems": "2024-01-01"}) is None
    assert stale() is False
    assert stale(complete={"problems": "2020-01-01"}) is None
    assert stale("?depression") is None


NUMBERS = st.one_of(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(["high", "", None, True, -1, 0]))
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), AS_OF))
OBSERVATIONS = st.lists(
    st.builds(
        Observation,
        st.just(Row(1)),
        st.sampled_from(["weight", "height", "HbA1c", "systolic blood pressure", "STOMP review", "temperature"]),
        st.just(""),
        NUMBERS,
        st.sampled_from(["", "kg", "stone", "cm", "%", "mmHg", "F", "elephants"]),
        DAYS,
    ),
    max_size=8,
)
COMPLETE = st.dictionaries(st.sampled_from(["problems", "observations", "events"]), DAYS, max_size=3)


def every_fact(record: Record) -> dict[str, Any]:
    """NaN or a range the wrong way round would be refused by Interval and DateRange themselves, with ValueError."""
    found = REVIEWER.person_facts(record, AS_OF)
    return {name: found.fact(name) for name in found.facts}


@given(OBSERVATIONS, COMPLETE, st.dates(date(2026, 11, 23), date(2030, 1, 1)))
@settings(max_examples=40, deadline=None)
def test_what_is_dated_after_the_review_changes_no_fact(
    observations: list[Observation], complete: dict[Any, date | None], later: date
) -> None:
    record = Record(observations=tuple(observations), complete=complete)
    after = tuple(replace(it, date=later) for it in observations)
    problems = (Problem(Row(1), "epilepsy", date=later), Problem(Row(2), "depression", date=later))
    more = replace(record, observations=(*record.observations, *after), problems=problems)
    there, without = every_fact(more), every_fact(record)
    assert {name: replace(it, shown="") for name, it in there.items()} == {
        name: replace(it, shown="") for name, it in without.items()
    }
    told_apart = [it.shown for name, it in there.items() if it.shown != without[name].shown]
    assert all("after the day of the review" in shown for shown in told_apart)  # of problems: why they do not count
