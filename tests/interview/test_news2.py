"""NEWS2: each edge of the chart from both sides, both scales, and what holds of every set of readings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.interview.derived import Derived, derived_values
from healthcheck_cli.record import Answer, AnswerState, PartialDate
from tests.interview.said import ADULT, CONTENT, DAY, said


def all_of(answers: dict[str, Answer]) -> dict[str, Derived]:
    return {it.id: it for it in derived_values(answers, {}, DAY, CONTENT)}


WELL: dict[str, Any] = {
    "demo__dob": ADULT,
    "meas__resp_rate": 16.0,
    "meas__spo2": 97.0,
    "sepsis__oxygen_given": False,
    "meas__bp_sys": 120.0,
    "meas__pulse_rate": 70.0,
    "sepsis__alertness": "alert",
    "meas__temp": 37.0,
}

# Read off the chart of 2017 a second time, as ranges: question → (first, last, points)
CHART: dict[str, list[tuple[float, float, int]]] = {
    "meas__resp_rate": [(4, 8, 3), (9, 11, 1), (12, 20, 0), (21, 24, 2), (25, 80, 3)],
    "meas__spo2": [(50, 91, 3), (92, 93, 2), (94, 95, 1), (96, 100, 0)],
    "meas__bp_sys": [(40, 90, 3), (91, 100, 2), (101, 110, 1), (111, 219, 0), (220, 350, 3)],
    "meas__pulse_rate": [(20, 40, 3), (41, 50, 1), (51, 90, 0), (91, 110, 1), (111, 130, 2), (131, 250, 3)],
    "meas__temp": [(25, 35.0, 3), (35.1, 36.0, 1), (36.1, 38.0, 0), (38.1, 39.0, 1), (39.1, 45, 2)],
}
SCALE_2_ON_AIR = [(50, 83, 3), (84, 85, 2), (86, 87, 1), (88, 92, 0), (93, 100, 0)]
SCALE_2_ON_OXYGEN = [(50, 83, 3), (84, 85, 2), (86, 87, 1), (88, 92, 0), (93, 94, 1), (95, 96, 2), (97, 100, 3)]

EDGES = [(name, edge, row[2]) for name, rows in CHART.items() for row in rows for edge in row[:2]]


@pytest.mark.parametrize(("question", "reading", "points"), EDGES)
def test_each_edge_of_the_news2_chart(question: str, reading: float, points: int) -> None:
    found = all_of(said(**{**WELL, question: float(reading)}))["news2"]
    assert found.points[question.replace("__", ".")] == points
    assert found.number == points


@pytest.mark.parametrize(("oxygen", "chart"), [(False, SCALE_2_ON_AIR), (True, SCALE_2_ON_OXYGEN)])
def test_each_edge_of_scale_2_on_air_and_on_oxygen(oxygen: bool, chart: list[tuple[int, int, int]]) -> None:
    for first, last, points in chart:
        for reading in (first, last):
            given_ = {**WELL, "meas__spo2": float(reading), "sepsis__oxygen_given": oxygen, "sepsis__spo2_scale": "2"}
            found = all_of(said(**given_))["news2"]
            assert found.points["meas.spo2"] == points, reading
            assert found.number == points + (2 if oxygen else 0)
            assert "scale 2" in found.meaning


def test_scale_2_is_used_only_where_it_was_recorded_and_nothing_denies_it() -> None:
    low = {**WELL, "meas__spo2": 89.0}
    agreed = ({"type": "oxygen", "scale_2_agreed": "yes"},)
    denied = ({"type": "oxygen", "scale_2_agreed": "no"},)
    cases: list[tuple[dict[str, Any], int]] = [
        ({}, 3),
        ({"sepsis__spo2_scale": "1"}, 3),
        ({"sepsis__spo2_scale": AnswerState.NOT_KNOWN}, 3),
        ({"sepsis__spo2_scale": "2"}, 0),
        ({"sepsis__spo2_scale": "2", "chest__home_oxygen": agreed}, 0),
        ({"sepsis__spo2_scale": "2", "chest__home_oxygen": denied}, 3),
    ]
    for more, points in cases:
        assert all_of(said(**{**low, **more}))["news2"].points["meas.spo2"] == points, more


def test_readings_are_rounded_before_they_are_compared() -> None:
    for question, reading, points in (
        ("meas__temp", 38.04, 0),
        ("meas__temp", 38.05, 1),
        ("meas__resp_rate", 20.4, 0),
        ("meas__resp_rate", 20.5, 2),
        ("meas__spo2", 95.5, 0),
        ("meas__pulse_rate", 130.5, 3),
    ):
        assert all_of(said(**{**WELL, question: reading}))["news2"].number == points, (question, reading)


@pytest.mark.parametrize("word", ["new_confusion", "voice", "pain", "unresponsive"])
def test_anything_but_alert_scores_3(word: str) -> None:
    assert all_of(said(**{**WELL, "sepsis__alertness": word}))["news2"].number == 3


@pytest.mark.parametrize(
    ("changes", "total", "meaning"),
    [
        ({"meas__pulse_rate": 115.0, "meas__resp_rate": 22.0}, 4, "0 to 4"),
        ({"meas__pulse_rate": 135.0}, 3, "one measure scores 3"),
        ({"meas__pulse_rate": 115.0, "meas__resp_rate": 22.0, "meas__temp": 38.5}, 5, "5 or 6"),
        ({"meas__pulse_rate": 115.0, "meas__resp_rate": 22.0, "sepsis__oxygen_given": True}, 6, "5 or 6"),
        ({"meas__pulse_rate": 135.0, "meas__resp_rate": 22.0, "sepsis__oxygen_given": True}, 7, "7 or more"),
    ],
)
def test_each_edge_of_the_news2_bands(changes: dict[str, Any], total: int, meaning: str) -> None:
    found = all_of(said(**{**WELL, **changes}))["news2"]
    assert (found.number, found.value) == (total, str(total))
    assert found.meaning.startswith(meaning)
    assert "not themselves" in found.note


_PARTS = ("resp_rate", "spo2", "bp_sys", "pulse_rate")


@given(
    st.fixed_dictionaries({f"meas__{name}": st.floats(4, 250) for name in _PARTS} | {"meas__temp": st.floats(25, 45)}),
    st.booleans(),
    st.sampled_from(["alert", "new_confusion", "voice", "pain", "unresponsive"]),
    st.sampled_from(["1", "2"]),
    st.sets(st.sampled_from(sorted(set(WELL) - {"demo__dob"}))),
)
def test_the_total_is_the_sum_of_its_seven_parts_and_there_is_none_with_a_part_missing(
    readings: dict[str, float], oxygen: bool, alertness: str, scale: str, missing: set[str]
) -> None:
    answers = {**WELL, **readings, "sepsis__oxygen_given": oxygen, "sepsis__alertness": alertness}
    kept = {name: value for name, value in answers.items() if name not in missing}
    found = all_of(said(**kept, sepsis__spo2_scale=scale))["news2"]
    if missing:
        assert (found.number, found.value, found.complete) == (None, "", False)
        assert set(found.missing) == {name.replace("__", ".") for name in missing}
        assert found.meaning.startswith("cannot be scored; missing:")
    else:
        assert found.number == sum(found.points.values())
        assert len(found.points) == 7
        assert 0 <= (found.number or 0) <= 20


def test_a_single_3_speaks_though_there_is_no_total() -> None:
    alert = all_of(said(sepsis__alertness="alert", demo__dob=ADULT))["news2"]
    to_voice = all_of(said(sepsis__alertness="voice", demo__dob=ADULT))["news2"]
    assert (alert.value, alert.alone, to_voice.value, to_voice.alone) == ("", False, "", True)
    assert "scores 3 by itself" in to_voice.meaning


def test_a_reading_of_another_day_is_no_part_of_news2() -> None:
    yesterday = said(on=DAY - timedelta(days=1), meas__temp=37.0)
    found = all_of({**said(**WELL), **yesterday})["news2"]
    assert found.missing == ("meas.temp",)


def test_news2_is_not_for_under_16_nor_in_pregnancy_and_is_not_asked_for_in_a_check_of_someone_well() -> None:
    assert "news2" not in all_of(
        said(**{**WELL, "demo__dob": PartialDate.of(DAY.replace(year=2010) + timedelta(days=1))})
    )
    assert "news2" in all_of(said(**{**WELL, "demo__dob": PartialDate.of(DAY.replace(year=2010))}))
    assert "news2" not in all_of(said(**WELL, sexual__pregnancy="pregnant"))
    assert "news2" not in all_of(said(demo__dob=ADULT, meas__pulse_rate=70.0, meas__spo2=97.0))
