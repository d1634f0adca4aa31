"""What other lines, tests and reviews say of a medicine line: "no" only where nothing else is possible."""

from __future__ import annotations

from typing import Any

import pytest

from healthcheck_cli.conditions.values import Interval
from tests.facts.people import facts, observed

QUETIAPINE = {"text": "Quetiapine 100mg tablets", "dosage": "1 at night", "quantity": "28", "last_issue": "2026-11-10"}
LONG_ACTING = {
    "text": "Seroquel XL 200mg tablets",
    "dosage": "1 at night",
    "quantity": "28",
    "last_issue": "2026-11-01",
}
TESTS = ("weight", "systolic blood pressure", "HbA1c", "cholesterol")


def first(attribute: str, *medicines: dict[str, Any], **record: Any) -> object:
    return facts(medicines=list(medicines), **record).lines[0].attributes.get(attribute)


@pytest.mark.parametrize(
    ("other", "duplicate"),
    [
        (LONG_ACTING, True),
        ({**LONG_ACTING, "last_issue": "2026-09-01"}, False),  # used up before the other was issued
        ({**LONG_ACTING, "quantity": ""}, None),
        ({**LONG_ACTING, "end": "2026-11-05"}, False),
        ({**LONG_ACTING, "dosage": "1 when required"}, False),
        ({**QUETIAPINE, "text": "Quetiapine 25mg tablets", "dosage": "2 in the morning"}, False),  # another strength
        ({**QUETIAPINE, "text": "Quetiapine"}, None),  # of what form?
    ],
)
def test_two_lines_of_a_substance(other: dict[str, str], duplicate: bool | None) -> None:
    assert first("duplicate", QUETIAPINE, other) is duplicate


def test_an_injection_and_its_tablets_are_no_duplicate() -> None:
    depot = {"text": "Risperdal Consta 25mg powder and solvent for suspension for injection vials"}
    assert first("duplicate", depot, {"text": "Risperidone 1mg tablets"}) is False


@pytest.mark.parametrize(
    ("now", "before", "changed"),
    [
        ("Tegretol 200mg tablets", {"text": "Carbamazepine 200mg tablets", "end": "2026-05-22"}, True),
        ("Tegretol 200mg tablets", {"text": "Carbamazepine 200mg tablets", "end": "2026-05-21"}, False),
        ("Tegretol 200mg tablets", {"text": "Tegretol 100mg tablets", "end": "2026-10-01"}, False),
        ("Carbamazepine 200mg tablets (Teva UK Ltd)", {"text": "Carbamazepine 200mg tablets"}, None),
        ("Tegretol 200mg tablets", {"text": "Lamictal 100mg tablets", "end": "2026-10-01"}, False),
    ],
)
def test_another_product_in_the_last_six_months(now: str, before: dict[str, str], changed: bool | None) -> None:
    assert first("product_changed", {"text": now, "start": "2020-01-01"}, before) is changed


def test_a_new_line_alone_does_not_say_what_went_before() -> None:
    assert first("product_changed", {"text": "Tegretol 200mg tablets", "start": "2026-09-01"}) is None


@pytest.mark.parametrize(
    ("later", "reduced"),
    [
        ([], True),  # it ended
        ([{"text": "Risperidone 1mg tablets", "dosage": "1 daily", "start": "2026-10-01"}], True),
        (
            [{"text": "Risperidone 1mg tablets", "dosage": "1 daily", "start": "2026-09-20"}],
            True,
        ),  # before the other ends
        ([{"text": "Risperidone 1mg tablets", "dosage": "3 daily", "start": "2026-10-01"}], False),
        ([{"text": "Risperidone 1mg tablets", "dosage": "1 to 2 daily", "start": "2026-10-01"}], None),
        ([{"text": "Risperidone 1mg tablets", "dosage": "as directed", "start": "2026-10-01"}], None),
        ([{"text": "Risperidone 1mg tablets", "dosage": "1 daily"}], None),  # there before, or begun since?
        (
            [{"text": "Risperidone 1mg tablets", "dosage": "1 daily", "start": "2020-01-01"}],
            True,
        ),  # it goes on as it was
        ([{"text": "Olanzapine 5mg tablets", "dosage": "1 daily", "start": "2026-10-01"}], True),
    ],
)
def test_a_dose_that_fell(later: list[dict[str, str]], reduced: bool | None) -> None:
    ended = {"text": "Risperidone 2mg tablets", "dosage": "1 daily", "start": "2020-01-01", "end": "2026-10-01"}
    assert first("reduced", ended, *later) is reduced
    assert first("reduced_ago", ended, *later) == Interval.exactly(52)


def test_a_line_that_goes_on_does_not_say_whether_its_dose_fell() -> None:
    assert first("reduced", {"text": "Risperidone 2mg tablets", "dosage": "1 daily", "start": "2020-01-01"}) is None


@pytest.mark.parametrize(
    ("days", "complete", "done"),
    [
        (("2026-07-04", "2026-10-10"), ["observations"], True),  # 4 weeks before, 10 weeks after
        (("2026-07-03", "2026-10-10"), ["observations"], False),
        (("2026-08-01", "2026-10-09"), ["observations"], False),
        (("2026-08-01", "2026-10-09"), [], None),
        (("2026-08-01", "2026-10-10"), [], True),
        ((), {"observations": "2026-07-04"}, False),
        ((), {"observations": "2026-07-05"}, None),
    ],
)
def test_the_checks_at_a_start_and_again(days: tuple[str, ...], complete: Any, done: bool | None) -> None:
    seen = [observed(name, 40, on=day) for name in TESTS for day in days]
    aripiprazole = {"text": "Aripiprazole 10mg tablets", "start": "2026-08-01"}
    assert first("start_checks_done", aripiprazole, observations=seen, complete=complete) is done
    if done:  # one of the four is not enough less
        assert first("start_checks_done", aripiprazole, observations=seen[2:], complete=["observations"]) is False


def test_a_team_review_is_not_any_review() -> None:
    aripiprazole = {"text": "Aripiprazole 10mg tablets", "start": "2026-08-01"}
    team, other = observed("MDT review", on="2026-10-28"), observed("STOMP review", on="2026-10-28")
    assert first("team_review_since_start", aripiprazole, observations=[team]) is True
    assert first("team_review_since_start", aripiprazole, observations=[other], complete=["events"]) is False
    assert first("team_review_since_start", aripiprazole, observations=[other]) is None


@pytest.mark.parametrize(
    ("other", "lapsed"),
    [
        ({"text": "Sertraline 100mg tablets", "last_issue": "2026-11-10"}, False),  # it goes on as another strength
        ({"text": "Fluoxetine 20mg capsules", "last_issue": "2026-11-10"}, True),
    ],
)
def test_a_medicine_that_goes_on_elsewhere_has_not_lapsed(other: dict[str, str], lapsed: bool) -> None:
    old = {"text": "Sertraline 50mg tablets", "dosage": "1 daily", "quantity": "28", "last_issue": "2026-09-01"}
    assert first("lapsed", old, other) is lapsed


def test_what_ran_out_years_ago_is_no_sudden_stop_of_today() -> None:
    old = {"text": "Sertraline 50mg tablets", "dosage": "1 daily", "quantity": "28"}
    assert first("lapsed", {**old, "last_issue": "2025-10-11"}) is True  # 42 days and a year
    assert first("lapsed", {**old, "last_issue": "2025-10-10"}) is False
