"""What may be asked of a medicine line: how long, how many issues, lapsed, switching, and reviewed since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from healthcheck_cli.conditions.values import DateRange, Interval
from tests.facts.people import AS_OF, facts, line, observed

SERTRALINE = {"text": "Sertraline 50mg tablets", "dosage": "1 daily", "quantity": "28"}
MONTHLY = ["2026-08-30", "2026-09-27", "2026-10-25", "2026-11-20"]


def days_before(day: str) -> int:
    return (AS_OF - date.fromisoformat(day)).days


@pytest.mark.parametrize(
    ("given", "taken_for"),
    [
        ({"start": "2026-01-01"}, Interval.exactly(days_before("2026-01-01"))),
        ({"issues": MONTHLY}, Interval(days_before(MONTHLY[0]), float("inf"))),
        ({"issues": MONTHLY, "start": "2025-01-01"}, Interval.exactly(days_before("2025-01-01"))),
        ({"issues": MONTHLY, "start": "2026-11-20"}, Interval(days_before(MONTHLY[0]), float("inf"))),
        ({"issues": ["2026-03-01", *MONTHLY], "start": "2025-01-01"}, Interval.exactly(days_before(MONTHLY[0]))),
        ({}, None),
    ],
)
def test_how_long_a_medicine_is_taken_is_the_unbroken_run_of_issues(
    given: dict[str, Any], taken_for: Interval | None
) -> None:
    assert line(**SERTRALINE, **given).attributes["taken_for"] == taken_for


@pytest.mark.parametrize(
    ("before", "begun_on"),
    [
        ({"text": "Sertraline 50mg tablets", "end": "2026-09-03"}, ("2019-01-01", "2019-01-01")),  # 28 days before
        ({"text": "Sertraline 50mg tablets", "end": "2026-09-02"}, ("2026-10-01", "2026-10-01")),
        ({"text": "Lustral 50mg tablets"}, ("2019-01-01", "2019-01-01")),
        ({"text": "Sertraline 50mg tablets", "dosage": "1 when required"}, ("2026-10-01", "2026-10-01")),
        ({"text": "Sertraline 50mg tablets", "dosage": ""}, ("2019-01-01", "2026-10-01")),  # regular or not?
        ({"text": "Sertraline 50mg tablets", "start": ""}, ("2026-10-01", "2026-10-01")),
        ({"text": "Citalopram 20mg tablets"}, ("2026-10-01", "2026-10-01")),
    ],
)
def test_a_new_strength_or_brand_is_no_new_medicine(before: dict[str, str], begun_on: tuple[str, str]) -> None:
    now = {"text": "Sertraline 100mg tablets", "dosage": "1 daily", "start": "2026-10-01"}
    old = {"dosage": "1 daily", "start": "2019-01-01", **before}
    medicines = [now, {key: it for key, it in old.items() if it}]
    assert facts(medicines=medicines).lines[0].attributes["begun_on"] == DateRange(*map(date.fromisoformat, begun_on))


def test_a_medicine_goes_on_through_several_lines() -> None:
    lines = [
        {"text": "Sertraline 100mg tablets", "dosage": "1 daily", "start": "2026-10-01"},
        {"text": "Sertraline 25mg tablets", "dosage": "1 daily", "start": "2018-03-01", "end": "2019-01-10"},
        {"text": "Sertraline 50mg tablets", "dosage": "1 daily", "start": "2019-01-01", "end": "2026-09-20"},
        {"text": "Sertraline 50mg tablets", "dosage": "1 daily", "start": "2010-01-01", "end": "2017-01-01"},
    ]
    begun = facts(medicines=lines).lines[0].attributes["begun_on"]
    assert begun == DateRange(date(2018, 3, 1), date(2018, 3, 1))


def test_issues_are_counted_up_to_the_day_of_the_review() -> None:
    found = line(**SERTRALINE, issues=["2026-05-22", "2026-05-23", "2026-11-22", "2026-11-23"]).attributes
    assert found["issues_6m"] == Interval.exactly(2)
    assert line(**SERTRALINE, last_issue="2026-11-01").attributes["issues_6m"] is None


@pytest.mark.parametrize(
    ("dosage", "last_issue", "lapsed"),
    [
        ("1 daily", "2026-10-11", False),  # 42 days: 1.5 times the supply
        ("1 daily", "2026-10-10", True),
        ("1 daily when required", "2026-08-01", None),
        ("1 to 2 daily", "2026-10-15", None),
        ("as directed", "2026-08-01", None),
    ],
)
def test_a_lapse_is_said_only_where_the_supply_must_have_run_out(
    dosage: str, last_issue: str, lapsed: bool | None
) -> None:
    medicine = {**SERTRALINE, "dosage": dosage, "last_issue": last_issue}
    assert line(**medicine).attributes["lapsed"] is lapsed


def test_a_switch_is_within_one_class() -> None:
    """An antidepressant that ends says nothing of two antipsychotics at once."""

    def switching(ended: str) -> object:
        old = {"text": ended, "dosage": "1 daily", "end": "2026-10-20"}
        new = {"text": "Olanzapine 5mg tablets", "dosage": "1 daily", "start": "2026-10-10"}
        return facts(medicines=[old, new]).lines[1].attributes["switching"]

    assert switching("Risperidone 1mg tablets") is True
    assert switching("Sertraline 50mg tablets") is False


@pytest.mark.parametrize(
    ("reviews", "complete", "reviewed"),
    [
        (["2026-03-01"], [], True),
        (["2025-12-01"], [], False),
        ([], ["events"], False),
        ([], {"events": "2025-06-01"}, False),  # not since then, so not since the start
        ([], {"events": "2026-06-01"}, None),
        ([], [], None),
    ],
)
def test_reviewed_since_the_start(reviews: list[str], complete: object, reviewed: bool | None) -> None:
    found = facts(
        medicines=[{**SERTRALINE, "start": "2026-01-01"}],
        observations=[observed("STOMP review", on=day) for day in reviews],
        complete=complete,
    )
    assert found.lines[0].attributes["reviewed_since_start"] is reviewed


def test_a_most_in_milligrams_is_a_stated_most() -> None:
    lorazepam = "Lorazepam 1mg tablets"
    assert line(text=lorazepam, dosage="1 when required, max 4mg in 24 hours").attributes["max_stated"] is True
    assert line(text=lorazepam, dosage="1 when required").attributes["max_stated"] is False
    assert line(text=lorazepam).attributes["max_stated"] is None


def test_age_at_the_start_is_of_the_birthday_told_in_the_check() -> None:
    found = facts(medicines=[{**SERTRALINE, "start": "2026-01-01"}], answers={"demo.dob": "2010-06-01"})
    assert found.lines[0].attributes["age_at_start"] == Interval.exactly(15)
    assert found.lines[0].attributes["begun_on"] == DateRange(date(2026, 1, 1), date(2026, 1, 1))
