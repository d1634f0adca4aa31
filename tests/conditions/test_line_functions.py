"""Which medicine lines count, which may, and what the functions make of them, by both evaluators."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from healthcheck_cli.conditions.values import DateRange, Interval, LineFacts, Truth
from tests.conditions.in_duckdb import truth
from tests.conditions.small_vocabulary import NO, UNKNOWN, YES, line, person

ONE_DAY = DateRange(date(2026, 1, 1), date(2026, 1, 1))
LATER = DateRange(date(2026, 6, 1), date(2026, 6, 1))
UP_TO_THAT_DAY = DateRange(date(2025, 6, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("lines", "complete", "unrecognised", "expected"),
    [
        ((line(),), True, (), YES),
        ((line(),), False, (9,), YES),
        ((line("king"),), True, (), NO),
        ((line("king"),), False, (), UNKNOWN),
        ((line("king"),), True, (9,), UNKNOWN),
        ((line(possible=True),), True, (), UNKNOWN),
        ((line(current=None),), True, (), UNKNOWN),
        ((line(current=False),), True, (), NO),
        ((line(current=False), line(row=2)), True, (), YES),
        ((), True, (), NO),
        ((), False, (), UNKNOWN),
    ],
)
def test_taking(lines: tuple[LineFacts, ...], complete: bool, unrecognised: tuple[int, ...], expected: Truth) -> None:
    who = person(None, *lines, complete=complete, unrecognised=unrecognised)

    assert truth("taking(ace)", who) is expected


@pytest.mark.parametrize(
    ("condition", "attributes", "expected"),
    [
        ("prn", {"prn": True}, YES),
        ("prn", {"prn": False}, NO),
        ("prn", {}, UNKNOWN),
        ("not prn", {"prn": False}, YES),
        ("not prn", {}, UNKNOWN),
        ("route == oral", {"route": "oral"}, YES),
        ("route in (oral, patch)", {"route": "rectal"}, NO),
        ("route != oral", {}, UNKNOWN),
        ("missing(route)", {}, YES),
        ("missing(route)", {"route": "oral"}, NO),
        ("not missing(route)", {"route": None}, NO),
        ("level >= 2", {"level": Interval(1, 3)}, UNKNOWN),
        ("taken_for > 12 weeks", {"taken_for": Interval.exactly(84)}, NO),
        ("taken_for > 12 weeks", {"taken_for": Interval.exactly(85)}, YES),
        ("taken_for >= 6 months", {"taken_for": Interval.exactly(182.625)}, YES),
        ("taken_for > 1 year", {"taken_for": Interval(100, float("inf"))}, UNKNOWN),
        ("begun_on >= 2026-01-01", {"begun_on": ONE_DAY}, YES),
        ("begun_on > 2026-01-01", {"begun_on": ONE_DAY}, NO),
        ("begun_on >= 2026-01-01", {}, UNKNOWN),
        ("prn, level >= 2", {"prn": True, "level": Interval.exactly(2)}, YES),
        ("prn, level >= 2", {"prn": False}, NO),
        ("prn, level >= 2", {"prn": True}, UNKNOWN),
    ],
)
def test_conditions_on_a_line(condition: str, attributes: dict[str, Any], expected: Truth) -> None:
    who = person(None, line(**attributes))

    assert truth(f"taking(ace, {condition})", who) is expected


def test_the_conditions_must_meet_on_one_line() -> None:
    who = person(None, line(prn=True, level=Interval.exactly(0)), line(row=2, prn=False, level=Interval.exactly(3)))

    assert truth("taking(ace, prn, level >= 2)", who) is NO
    assert truth("taking(ace, prn) and taking(ace, level >= 2)", who) is YES


@pytest.mark.parametrize(
    ("lines", "complete", "unrecognised", "two_or_more"),
    [
        ((line(substance="x"), line(substance="x", row=2)), True, (), NO),
        ((line(substance="x"), line(substance="y", row=2)), True, (), YES),
        ((line(substance="x"), line(substance="y", row=2, possible=True)), True, (), UNKNOWN),
        ((line(substance="x"),), True, (9,), UNKNOWN),
        ((line(substance="x"),), False, (), UNKNOWN),
        ((), True, (9,), NO),
        ((), True, (9, 10), UNKNOWN),
    ],
)
def test_count_counts_substances(
    lines: tuple[LineFacts, ...], complete: bool, unrecognised: tuple[int, ...], two_or_more: Truth
) -> None:
    who = person(None, *lines, complete=complete, unrecognised=unrecognised)

    assert truth("count(ace) >= 2", who) is two_or_more


@pytest.mark.parametrize(
    ("lines", "complete", "expected"),
    [
        ((line(percent_at_top=Interval.exactly(60)), line(row=2, percent_at_top=Interval.exactly(41))), True, YES),
        ((line(percent_at_top=Interval.exactly(60)), line(row=2, percent_at_top=Interval.exactly(40))), True, NO),
        ((line(percent_at_top=Interval.exactly(60)), line(row=2)), True, UNKNOWN),
        ((line(percent_at_top=Interval.exactly(101)), line(row=2)), True, YES),
        ((line(percent_at_top=Interval.exactly(60), possible=True),), True, NO),
        ((line(percent_at_top=Interval.exactly(160), possible=True),), True, UNKNOWN),
        ((line(percent_at_top=Interval.exactly(10)),), False, UNKNOWN),
    ],
)
def test_dose_percent_adds_up(lines: tuple[LineFacts, ...], complete: bool, expected: Truth) -> None:
    assert truth("dose_percent(ace) > 100 %", person(None, *lines, complete=complete)) is expected


def test_thirds_of_a_maximum_make_exactly_the_maximum() -> None:
    share = Interval.exactly(100 / 3)
    thirds = [line(row=row, percent_at_top=share) for row in (1, 2, 3)]

    assert truth("dose_percent(ace) > 100 %", person(None, *thirds)) is NO
    assert truth("dose_percent(ace) >= 100 %", person(None, *thirds)) is YES


@pytest.mark.parametrize(
    ("attributes", "complete", "expected"),
    [
        ({"lapsed": True}, True, YES),
        ({"lapsed": False}, True, NO),
        ({}, True, UNKNOWN),
        ({"lapsed": False}, False, UNKNOWN),
    ],
)
def test_lapsed_looks_at_lines_no_longer_current(attributes: dict[str, Any], complete: bool, expected: Truth) -> None:
    who = person(None, line(current=False, **attributes), complete=complete)

    assert truth("lapsed(ace)", who) is expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"reduced": True, "reduced_ago": Interval.exactly(84)}, YES),
        ({"reduced": True, "reduced_ago": Interval.exactly(85)}, NO),
        ({"reduced": True}, UNKNOWN),
        ({"reduced": False}, NO),
        ({}, UNKNOWN),
    ],
)
def test_reduced_within(attributes: dict[str, Any], expected: Truth) -> None:
    who = person(None, line(current=False, **attributes))

    assert truth("reduced(ace, within <= 12 weeks)", who) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line(duplicate=True),), YES),
        ((line(duplicate=False),), NO),
        ((line(),), UNKNOWN),
        ((line(duplicate=True, current=False),), NO),
    ],
)
def test_duplicates(lines: tuple[LineFacts, ...], expected: Truth) -> None:
    assert truth("duplicates(ace) >= 1", person(None, *lines)) is expected


GREW: dict[str, Any] = {"gain_since_start": Interval.exactly(9)}
SHRANK: dict[str, Any] = {"gain_since_start": Interval.exactly(-9)}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line(begun_on=ONE_DAY, **GREW),), YES),
        ((line(begun_on=ONE_DAY, **GREW), line(row=2, begun_on=LATER, **SHRANK)), NO),
        ((line(begun_on=ONE_DAY, **GREW), line(row=2, begun_on=ONE_DAY, **SHRANK)), UNKNOWN),
        ((line(begun_on=ONE_DAY, **GREW), line(row=2, **SHRANK)), UNKNOWN),
        ((line(begun_on=ONE_DAY, **GREW), line(row=2, possible=True, begun_on=LATER)), UNKNOWN),
        ((line(begun_on=LATER, **GREW), line(row=2, possible=True, begun_on=ONE_DAY)), YES),
        ((line(begun_on=ONE_DAY, **GREW), line(row=2, current=False, begun_on=LATER, **SHRANK)), YES),
        ((line(begun_on=ONE_DAY, **GREW), line(row=2, begun_on=UP_TO_THAT_DAY, **SHRANK)), UNKNOWN),
        ((line(begun_on=ONE_DAY),), UNKNOWN),
        ((line(**GREW),), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_gain_since_the_newest_began(lines: tuple[LineFacts, ...], expected: Truth) -> None:
    assert truth("gain_since_start(ace) >= 7 %", person(None, *lines)) is expected


@pytest.mark.parametrize(("complete", "unrecognised"), [(False, ()), (True, (9,))])
def test_no_gain_where_the_newest_may_not_be_on_the_list(complete: bool, unrecognised: tuple[int, ...]) -> None:
    who = person(None, line(begun_on=ONE_DAY, **GREW), complete=complete, unrecognised=unrecognised)

    assert truth("gain_since_start(ace) >= 7 %", who) is UNKNOWN
