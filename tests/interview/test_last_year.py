"""This year's answers against last year's: a change that is worth a word, and a smaller one that is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from healthcheck_cli.interview.cross_checks import Odd, against_last_year
from healthcheck_cli.record import AnswerState, PartialDate
from tests.interview.said import ADULT, CONTENT, DAY, LAST_YEAR, day, said

NOT_KNOWN, NOT_APPLICABLE, DECLINED = AnswerState.NOT_KNOWN, AnswerState.NOT_APPLICABLE, AnswerState.DECLINED

# (the check, the question, last year, this year odd, this year not)


def rows(*levels: str) -> tuple[dict[str, str], ...]:
    activities = ("washing", "dressing", "eating", "toilet", "moving")
    return tuple({"activity": it, "help": level} for it, level in zip(activities, levels, strict=False))


LAXATIVE = {"drug": "senna"}
LAST: list[tuple[str, str, Any, Any, Any]] = [
    ("weight_over_10", "meas__weight", 80.0, 71.9, 80.0),
    ("weight_over_10", "meas__weight", 80.0, 88.1, 80.0),
    ("weight_5_to_10", "meas__weight", 80.0, 72.0, 76.1),
    ("weight_5_to_10", "meas__weight", 80.0, 76.0, 76.1),
    ("weight_5_to_10", "meas__weight", 80.0, 84.0, 83.9),
    ("weight_5_to_10", "meas__weight", 80.0, 88.0, 83.9),
    ("height_loss", "meas__height", 165.0, 161.9, 162.0),
    ("height_gain", "meas__height", 165.0, 168.1, 168.0),
    ("systolic_change", "meas__bp_sys", 120.0, 141.0, 140.0),
    ("systolic_change", "meas__bp_sys", 140.0, 119.0, 120.0),
    ("hba1c_crossed", "lab__hba1c", 41.0, 42.0, 41.0),
    ("hba1c_crossed", "lab__hba1c", 47.0, 48.0, 47.0),
    ("egfr_under_60", "lab__egfr", 60.0, 59.0, 60.0),
    ("seizures_up", "epi__per_month", 4.0, 6.0, 5.0),
    ("seizures_new_type", "epi__types", ("absence",), ("absence", "tonic"), ("absence",)),
    ("seizure_after_2_years", "epi__last_any", day(2024, 1, 1), day(2026, 1, 2), day(2025, 12, 1)),
    ("chest_infections_up", "chest__infections", 0.0, 1.0, 0.0),
    ("stools_down", "bowel__per_week", 6.0, 4.0, 5.0),
    ("laxatives_up", "bowel__laxatives", (LAXATIVE,), (LAXATIVE, LAXATIVE), (LAXATIVE,)),
    ("help_up", "home__adl", rows("none", "some", "full"), rows("prompt", "full", "full"), rows("prompt", "some")),
    ("walking_down", "mobility__level", "walks", "walks_with_aid", "walks"),
    ("soft_signs_new", "sepsis__soft_signs", ("none",), ("sleepier",), ("none",)),
    ("admissions_up", "history__admissions", (), ({"date": "2026"},), ()),
    ("bowel_screening_missed_twice", "screen__bowel", "due", "never", "up_to_date"),
    ("breast_screening_missed_twice", "screen__breast", "due", "due", "declined"),
    ("cervical_screening_missed_twice", "screen__cervix", "never", "due", "up_to_date"),
    ("eye_screening_missed_twice", "screen__eye", "due", "due", "up_to_date"),
    ("eye_test_missed_twice", "vision__last_test", day(2023), day(2023), day(2026)),
    ("dentist_missed_twice", "dental__last_visit", "never", "never", day(2026)),
    ("hearing_test_missed_twice", "hearing__last_test", day(2020), day(2020), day(2026)),
    ("home_changed", "home__type", "with_family", "supported_living", "with_family"),
    ("carer_changed", "carer__has", ("unpaid_family",), ("paid_at_home",), ("unpaid_family",)),
    ("capacity_changed", "consent__check_today", "agrees", "lacks_capacity_best_interests", "agrees_in_part"),
    ("weight_declined_twice", "meas__weight", DECLINED, DECLINED, 70.0),
    ("waist_declined_twice", "meas__waist", DECLINED, DECLINED, 90.0),
    ("bp_declined_twice", "meas__bp_sys", DECLINED, DECLINED, NOT_KNOWN),
    ("weighing_not_done_twice", "meas__weight_how", "not_done", "not_done", "standing"),
    ("bloods_not_possible_twice", "lab__not_possible", "afraid of needles", "moved", NOT_APPLICABLE),
    ("smoking_never_after_all", "smoke__status", "ex", "never", "ex"),
]


def changed(question: str, last: Any, now: Any, **others: Any) -> Odd | None:
    before = said(on=LAST_YEAR, **{question: last})
    return against_last_year(question.replace("__", "."), now, said(demo__dob=ADULT, **others), before, DAY, CONTENT)


@pytest.mark.parametrize(("check", "question", "last", "odd_now", "well_now"), LAST)
def test_a_change_since_last_year_is_told_and_a_smaller_one_is_not(
    check: str, question: str, last: Any, odd_now: Any, well_now: Any
) -> None:
    found = changed(question, last, odd_now)
    assert found is not None
    assert found.id == check
    assert not found.impossible
    assert "{" not in found.message
    assert changed(question, last, well_now) is None
    assert against_last_year(question.replace("__", "."), odd_now, said(demo__dob=ADULT), {}, DAY, CONTENT) is None


def test_the_words_say_how_much_and_since_when() -> None:
    found = changed("meas__weight", 80.0, 74.0)
    assert found is not None
    assert found.message == "Weight is down 6 kg (7.5%) since 14 Nov 2025."
    worse = changed("home__adl", rows("none", "some"), rows("prompt", "full"))
    assert worse is not None
    assert worse.message == "More help than last year with washing, dressing. Look for a cause."


def test_last_years_weight_counts_from_60_days_on() -> None:
    for days, told in ((59, False), (60, True)):
        before = said(on=DAY - timedelta(days=days), meas__weight=80.0)
        assert (against_last_year("meas.weight", 74.0, {}, before, DAY, CONTENT) is not None) is told


def test_heights_taken_in_different_ways_are_not_compared_and_a_teenager_may_grow() -> None:
    assert changed("meas__height", 165.0, 160.0, meas__height_proxy="ulna") is None
    before = said(on=LAST_YEAR, meas__height=165.0)
    for years, told in ((19, False), (20, True)):
        born = said(demo__dob=PartialDate.of(DAY.replace(year=DAY.year - years)))
        assert (against_last_year("meas.height", 169.0, born, before, DAY, CONTENT) is not None) is told


def test_another_bmi_band_is_noted_once_weight_and_height_are_there() -> None:
    before = said(on=LAST_YEAR, meas__weight=63.0, meas__height=160.0)
    answers = said(demo__dob=ADULT, demo__ethnicity="irish", meas__height=160.0)
    found = against_last_year("meas.weight", 64.0, answers, before, DAY, CONTENT)
    assert found is not None
    assert found.message == "The BMI band was healthy weight band on 14 Nov 2025; now it is overweight."
    assert against_last_year("meas.weight", 63.5, answers, before, DAY, CONTENT) is None
