"""Values worked out from answers: each edge of each band, from both sides, and what holds of every answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.content.support import Basis
from healthcheck_cli.facts.scoring import body_mass_index
from healthcheck_cli.interview.derived import Derived, derived_values
from healthcheck_cli.record import Answer, AnswerState, Observation, PartialDate, Person, Record, Row
from tests.interview.said import ADULT, CONTENT, DAY, LAST_YEAR, said
from tests.interview.test_news2 import WELL

NONE: dict[str, Answer] = {}


def all_of(
    answers: dict[str, Answer], last: dict[str, Answer] = NONE, record: Record | None = None
) -> dict[str, Derived]:
    return {it.id: it for it in derived_values(answers, last, DAY, CONTENT, record)}


def derived(score: str, **answers: Any) -> Derived:
    return all_of(said(**{"demo__dob": ADULT, **answers}))[score]


# ---- BMI and waist


@pytest.mark.parametrize(
    ("bmi", "general", "other"),
    [
        (18.4, "underweight", "underweight"),
        (18.5, "healthy weight band", "healthy weight band"),
        (22.9, "healthy weight band", "healthy weight band"),
        (23.0, "healthy weight band", "overweight"),
        (24.9, "healthy weight band", "overweight"),
        (25.0, "overweight", "overweight"),
        (27.4, "overweight", "overweight"),
        (27.5, "overweight", "obesity 1"),
        (29.9, "overweight", "obesity 1"),
        (30.0, "obesity 1", "obesity 1"),
        (32.4, "obesity 1", "obesity 1"),
        (32.5, "obesity 1", "obesity 2"),
        (34.9, "obesity 1", "obesity 2"),
        (35.0, "obesity 2", "obesity 2"),
        (37.4, "obesity 2", "obesity 2"),
        (37.5, "obesity 2", "obesity 3"),
        (39.9, "obesity 2", "obesity 3"),
        (40.0, "obesity 3", "obesity 3"),
    ],
)
def test_each_edge_of_the_bmi_bands_by_ethnic_group(bmi: float, general: str, other: str) -> None:
    size = {"meas__weight": bmi * 2.56, "meas__height": 160.0}
    white = derived("bmi", **size, demo__ethnicity="white_british")
    indian = derived("bmi", **size, demo__ethnicity="indian")
    assert (white.number, white.meaning) == (bmi, general)
    assert indian.meaning.partition(",")[0] == other
    unknown = derived("bmi", **size)
    assert general in unknown.meaning
    assert other in unknown.meaning
    assert unknown.complete is (general == other)


def test_bmi_is_rounded_before_it_is_read() -> None:
    almost = derived("bmi", meas__weight=24.949 * 2.56, meas__height=160.0, demo__ethnicity="irish")
    just = derived("bmi", meas__weight=24.95 * 2.56, meas__height=160.0, demo__ethnicity="irish")
    assert (almost.value, just.value) == ("24.9 kg/m²", "25.0 kg/m²")
    assert (almost.meaning, just.meaning) == ("healthy weight band", "overweight")


@given(st.floats(10, 500), st.floats(10, 500), st.floats(50, 250), st.floats(50, 250))
def test_bmi_does_not_fall_with_weight_nor_rise_with_height(one: float, two: float, short: float, tall: float) -> None:
    light, heavy = sorted((one, two))
    low, high = sorted((short, tall))
    assert (body_mass_index(light, low) or 0) <= (body_mass_index(heavy, low) or 0)
    assert (body_mass_index(light, high) or 0) <= (body_mass_index(light, low) or 0)


def test_bmi_says_what_is_missing_and_what_is_an_estimate() -> None:
    half = derived("bmi", meas__weight=72.0)
    assert (half.value, half.complete, half.missing) == ("", False, ("meas.height",))
    told = derived("bmi", meas__weight=72.0, meas__height=163.0, meas__weight_how="reported", demo__ethnicity="irish")
    assert told.meaning == "overweight; an estimate"
    elsewhere = derived("bmi", meas__bmi=27.0, demo__ethnicity="irish")
    assert (elsewhere.stands_on, elsewhere.number) == (("meas.bmi",), 27.0)
    assert "bmi" not in all_of(said(demo__dob=ADULT))


def test_adult_bands_are_not_read_for_someone_under_18_nor_without_an_age() -> None:
    size: dict[str, Any] = {"meas__weight": 50.0, "meas__height": 160.0}
    day_before = all_of(said(**size, demo__dob=PartialDate.of(DAY.replace(year=2008) + timedelta(days=1))))["bmi"]
    birthday = all_of(said(**size, demo__dob=PartialDate.of(DAY.replace(year=2008))))["bmi"]
    assert day_before.meaning.startswith("under 18")
    assert birthday.meaning == "healthy weight band"
    nobody = all_of(said(**size))["bmi"]
    assert (nobody.number, nobody.complete, nobody.missing) == (19.5, False, ("demo.dob",))
    on_record = Record(person=Person(date_of_birth=ADULT, ethnicity="Indian"))
    assert all_of(said(**size), record=on_record)["bmi"].complete


@pytest.mark.parametrize(
    ("waist", "meaning"),
    [
        (63.1, "below the bands of the source"),
        (63.4, "healthy band"),
        (79.1, "healthy band"),
        (79.3, "increased"),
        (95.1, "increased"),
        (95.3, "high"),
    ],
)
def test_each_edge_of_waist_by_height(waist: float, meaning: str) -> None:
    assert derived("waist_height", meas__waist=waist, meas__height=160.0).meaning == meaning


def test_waist_is_not_read_from_a_bmi_of_35_on() -> None:
    size: dict[str, Any] = {"demo__dob": ADULT, "meas__waist": 120.0, "meas__height": 160.0}
    assert "waist_height" in all_of(said(**size, meas__weight=34.9 * 2.56))
    assert "waist_height" not in all_of(said(**size, meas__weight=35.0 * 2.56))


# ---- blood pressure


@pytest.mark.parametrize(
    ("upper", "lower", "band"),
    [
        (90, 60, "low"),
        (91, 60, "under 140/90"),
        (139, 89, "under 140/90"),
        (140, 89, "stage 1"),
        (139, 90, "stage 1"),
        (159, 99, "stage 1"),
        (160, 99, "stage 2"),
        (159, 100, "stage 2"),
        (179, 119, "stage 2"),
        (180, 119, "severe"),
        (179, 120, "severe"),
    ],
)
def test_the_higher_of_the_two_numbers_decides_the_pressure_band(upper: float, lower: float, band: str) -> None:
    found = derived("blood_pressure", meas__bp_sys=float(upper), meas__bp_dia=float(lower))
    assert found.meaning.startswith(band)
    assert found.value == f"{upper}/{lower} mmHg"


# ---- AUDIT-C and the scores that are only recorded

OFTEN = ["never", "monthly_or_less", "2_to_4_a_month", "2_to_3_a_week", "4_or_more_a_week"]
USUAL = ["0_to_2", "3_to_4", "5_to_6", "7_to_9", "10_or_more"]
MANY = ["never", "less_than_monthly", "monthly", "weekly", "daily_or_almost"]


@given(st.integers(1, 4), st.integers(0, 4), st.integers(0, 4))
def test_audit_c_is_the_sum_of_three_answers(often: int, usual: int, many: int) -> None:
    found = derived("audit_c", alc__how_often=OFTEN[often], alc__usual_day=USUAL[usual], alc__many_at_once=MANY[many])
    assert found.number == often + usual + many


def test_never_ends_audit_c_and_otherwise_all_three_are_needed() -> None:
    assert derived("audit_c", alc__how_often="never").number == 0
    found = derived("audit_c", alc__how_often="monthly_or_less", alc__usual_day="0_to_2")
    assert (found.number, found.missing) == (None, ("alc.many_at_once",))


@pytest.mark.parametrize(
    ("score", "question", "number", "meaning"),
    [
        ("audit_c", "alc__audit_c", 0, "none"),
        ("audit_c", "alc__audit_c", 1, "lower risk"),
        ("audit_c", "alc__audit_c", 4, "lower risk"),
        ("audit_c", "alc__audit_c", 5, "increasing risk; positive"),
        ("audit_c", "alc__audit_c", 7, "increasing risk; positive"),
        ("audit_c", "alc__audit_c", 8, "higher risk; positive"),
        ("audit_c", "alc__audit_c", 10, "higher risk; positive"),
        ("audit_c", "alc__audit_c", 11, "possible dependence; positive"),
        ("audit", "alc__audit_total", 7, "lower risk"),
        ("audit", "alc__audit_total", 8, "increasing risk"),
        ("audit", "alc__audit_total", 15, "increasing risk"),
        ("audit", "alc__audit_total", 16, "higher risk"),
        ("audit", "alc__audit_total", 19, "higher risk"),
        ("audit", "alc__audit_total", 20, "possible dependence"),
        ("must", "diet__must", 0, "low risk"),
        ("must", "diet__must", 1, "medium risk"),
        ("must", "diet__must", 2, "high risk"),
        ("gds_ld", "mh__gds_ld", 12, "under 13"),
        ("gds_ld", "mh__gds_ld", 13, "13 or more"),
        ("gas_id", "mh__gas_id", 12, "below"),
        ("gas_id", "mh__gas_id", 13, "between"),
        ("gas_id", "mh__gas_id", 15, "at or above"),
        ("qrisk3", "cvd__qrisk", 9.9, "under 10"),
        ("qrisk3", "cvd__qrisk", 10, "10 % to under 20"),
        ("qrisk3", "cvd__qrisk", 20, "20 % or more"),
    ],
)
def test_each_edge_of_a_recorded_score(score: str, question: str, number: float, meaning: str) -> None:
    found = derived(score, **{question: float(number)})
    assert found.meaning.startswith(meaning)
    assert found.number == number


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (1, "constipated"),
        (2, "constipated"),
        (3, "usual"),
        (4, "usual"),
        (5, "getting loose"),
        (6, "loose"),
        (7, "overflow"),
    ],
)
def test_a_bristol_type_in_words(kind: int, words: str) -> None:
    found = derived("bristol", bowel__type=str(kind))
    assert words in found.meaning
    assert found.basis is (Basis.GENERAL_KNOWLEDGE if kind == 7 else Basis.SOURCED)


# ---- against last year


@pytest.mark.parametrize(
    ("now", "words", "meaning"),
    [
        (71.99, "down 8 kg (10.01%)", "loss of over 10 %"),
        (72.0, "down 8 kg (10%)", "loss of 5 to 10 %"),
        (76.0, "down 4 kg (5%)", "loss of 5 to 10 %"),
        (76.01, "down 4 kg (4.99%)", "less than 5 %"),
        (80.0, "the same", "less than 5 %"),
        (83.99, "up 4 kg (4.99%)", "less than 5 %"),
        (84.0, "up 4 kg (5%)", "gain of 5 %"),
        (85.59, "up 5.6 kg (6.99%)", "gain of 5 %"),
        (85.6, "up 5.6 kg (7%)", "gain of 7 %"),
    ],
)
def test_the_change_of_weight_is_in_per_cent_of_last_year(now: float, words: str, meaning: str) -> None:
    found = all_of(said(meas__weight=now), said(on=LAST_YEAR, meas__weight=80.0))["weight_change"]
    assert found.value.startswith(words)
    assert found.value.endswith("14 Nov 2025")
    assert found.meaning.startswith(meaning)


def test_the_newest_weight_that_is_at_least_60_days_old_is_the_one_compared() -> None:
    weights = [(59, 70.0), (60, 75.0), (200, 90.0)]
    observed = tuple(
        Observation(Row(at), name="weight", value=kilograms, unit="kg", date=DAY - timedelta(days=days))
        for at, (days, kilograms) in enumerate(weights)
    )
    last = said(on=LAST_YEAR, meas__weight=80.0)
    found = all_of(said(meas__weight=75.0), last, Record(observations=observed))["weight_change"]
    assert found.value == "the same as on 23 Sep 2026"
    too_new = said(on=DAY - timedelta(days=59), meas__weight=80.0)
    assert "weight_change" not in all_of(said(meas__weight=75.0), too_new)
    undated = {"meas.weight": Answer("meas.weight", AnswerState.ANSWERED, 80.0)}
    assert "weight_change" not in all_of(said(meas__weight=75.0), undated)
    assert "weight_change" not in all_of(said(meas__weight=75.0))


@pytest.mark.parametrize(
    ("now", "meaning"),
    [(161.9, "loss of over 3 cm"), (162.0, "3 cm or less"), (168.0, "3 cm or less"), (168.1, "gain of over 3 cm")],
)
def test_a_change_of_height(now: float, meaning: str) -> None:
    last = said(on=LAST_YEAR, meas__height=165.0)
    assert all_of(said(demo__dob=ADULT, meas__height=now), last)["height_change"].meaning.startswith(meaning)


def test_heights_taken_in_different_ways_are_not_compared() -> None:
    last = said(on=LAST_YEAR, meas__height=165.0)
    stooped = said(demo__dob=ADULT, meas__height=160.0, meas__height_proxy="ulna")
    assert "height_change" not in all_of(stooped, last)
    assert "height_change" in all_of(stooped, {**last, **said(on=LAST_YEAR, meas__height_proxy="ulna")})


# ---- all of them


def test_the_age_and_where_only_the_year_of_birth_is_known() -> None:
    assert derived("age").value == "47"
    year = PartialDate(date(1979, 1, 1), date(1979, 12, 31))
    assert derived("age", demo__dob=year).value == "46 or 47"


def test_every_value_says_what_it_rests_on() -> None:
    everything = said(
        **WELL,
        meas__bp_dia=80.0,
        meas__weight=72.0,
        meas__height=163.0,
        meas__waist=90.0,
        bowel__type="2",
        alc__audit_c=6.0,
    )
    found = derived_values(everything, said(on=LAST_YEAR, meas__weight=80.0, meas__height=164.0), DAY, CONTENT)
    assert len(found) == 9
    for it in found:
        assert it.stands_on, it.id
        assert it.sources if it.basis is Basis.SOURCED else not it.sources, it.id
        assert set(it.sources) <= set(CONTENT.sources)
