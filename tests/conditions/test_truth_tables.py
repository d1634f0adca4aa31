"""What unknown, does not apply, ranges and never do to each operator and function: settled before any rule.

Both evaluators must give the answer written here.
"""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck_cli.conditions.values import NEVER, FactValue, Interval, State, Truth
from tests.conditions.in_duckdb import truth
from tests.conditions.small_vocabulary import NO, UNKNOWN, YES, happened, known, person

YES_NO = {YES: known(True), NO: known(False), UNKNOWN: FactValue(State.UNKNOWN)}
NOT_APPLYING = FactValue(State.DOES_NOT_APPLY)


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, YES, NO, YES),
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (UNKNOWN, YES, UNKNOWN, YES),
        (UNKNOWN, NO, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_and_or_any_of(first: Truth, second: Truth, both: Truth, either: Truth) -> None:
    who = person({"toy.yes": YES_NO[first], "toy.also": YES_NO[second]})

    assert truth("toy.yes and toy.also", who) is both
    assert truth("toy.yes or toy.also", who) is either
    assert truth("any_of(toy.yes, toy.also)", who) is either


@pytest.mark.parametrize(("value", "opposite"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_not(value: Truth, opposite: Truth) -> None:
    assert truth("not toy.yes", person({"toy.yes": YES_NO[value]})) is opposite


def test_not_turns_and_and_or_round() -> None:
    who = person({"toy.yes": known(True), "toy.also": FactValue(State.UNKNOWN)})

    assert truth("not (toy.yes or toy.also)", who) is NO
    assert truth("not (toy.yes and toy.also)", who) is UNKNOWN
    assert truth("not not toy.yes", who) is YES


def test_and_binds_before_or() -> None:
    who = person({"toy.yes": known(True), "toy.also": known(False)})

    assert truth("toy.yes or toy.yes and toy.also", who) is YES
    assert truth("(toy.yes or toy.yes) and toy.also", who) is NO


@pytest.mark.parametrize(
    "text",
    [
        "toy.yes",
        "toy.wait >= 0 days",
        "toy.wait in (1 days, 2 days)",
        "toy.choice != a",
        "toy.multi has red",
        "ticked(toy.multi) == 0",
        "missing(toy.yes)",
        "not_known(toy.yes)",
        "declined(toy.yes)",
        "never(toy.seen)",
        "months_since(toy.seen) >= 1",
        "weeks_since(toy.seen) >= 1",
        "toy.seen < 2030-01-01",
        "written(toy.note)",
        "mentions(toy.note, colours)",
    ],
)
def test_what_does_not_apply_is_false_in_either_direction(text: str) -> None:
    names = ("toy.yes", "toy.wait", "toy.choice", "toy.multi", "toy.seen", "toy.note")
    who = person(dict.fromkeys(names, NOT_APPLYING))

    assert truth(text, who) is NO
    assert truth(f"not {text}", who) is NO
    assert truth(f"not not {text}", who) is NO


@pytest.mark.parametrize(
    ("state", "missing", "not_known", "declined"),
    [
        (State.KNOWN, NO, NO, NO),
        (State.UNKNOWN, YES, NO, NO),
        (State.NOT_KNOWN, YES, YES, NO),
        (State.DECLINED, YES, NO, YES),
        (State.DOES_NOT_APPLY, NO, NO, NO),
    ],
)
def test_functions_on_the_state_of_knowing(state: State, missing: Truth, not_known: Truth, declined: Truth) -> None:
    who = person({"toy.yes": FactValue(state, True if state is State.KNOWN else None)})

    assert truth("missing(toy.yes)", who) is missing
    assert truth("not_known(toy.yes)", who) is not_known
    assert truth("declined(toy.yes)", who) is declined


def test_a_fact_nobody_mentions_is_unknown() -> None:
    assert truth("toy.yes", person()) is UNKNOWN
    assert truth("missing(toy.yes)", person()) is YES


@pytest.mark.parametrize("state", [State.UNKNOWN, State.NOT_KNOWN, State.DECLINED])
@pytest.mark.parametrize("text", ["toy.wait >= 0 days", "toy.count in (1, 2)", "toy.choice == a", "toy.multi has red"])
def test_every_kind_of_not_knowing_leaves_a_test_unknown(text: str, state: State) -> None:
    name = text.split()[0]

    assert truth(text, person({name: FactValue(state)})) is UNKNOWN
    assert truth(f"not {text}", person({name: FactValue(state)})) is UNKNOWN


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        # for each of >= 3, > 3, <= 3, < 3, == 3, != 3, in (3, 5)
        (3, 3, (YES, NO, YES, NO, YES, NO, YES)),
        (4, 4, (YES, YES, NO, NO, NO, YES, NO)),
        (2, 2, (NO, NO, YES, YES, NO, YES, NO)),
        (1, 3, (UNKNOWN, NO, YES, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)),
        (3, 4, (YES, UNKNOWN, UNKNOWN, NO, UNKNOWN, UNKNOWN, UNKNOWN)),
        (4, float("inf"), (YES, YES, NO, NO, NO, YES, UNKNOWN)),
        (0, 2, (NO, NO, YES, YES, NO, YES, NO)),
        (0, float("inf"), (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)),
        (6, float("inf"), (YES, YES, NO, NO, NO, YES, NO)),
    ],
)
def test_a_range_passes_only_whole(low: float, high: float, expected: tuple[Truth, ...]) -> None:
    who = person({"toy.count": known(Interval(low, high))})
    tests = (">= 3", "> 3", "<= 3", "< 3", "== 3", "!= 3", "in (3, 5)")

    assert tuple(truth(f"toy.count {test}", who) for test in tests) == expected


@pytest.mark.parametrize(
    ("value", "equal", "different", "among"),
    [("a", YES, NO, YES), ("b", NO, YES, YES), ("1", NO, YES, NO), ("never", NO, YES, NO)],
)
def test_choice(value: str, equal: Truth, different: Truth, among: Truth) -> None:
    who = person({"toy.choice": known(value)})

    assert truth("toy.choice == a", who) is equal
    assert truth("toy.choice != a", who) is different
    assert truth("toy.choice in (a, b)", who) is among


def test_a_choice_may_have_values_that_look_like_numbers_or_keywords() -> None:
    assert truth("toy.choice == 1", person({"toy.choice": known("1")})) is YES
    assert truth("toy.choice in (never, no)", person({"toy.choice": known("no")})) is YES
    assert truth("toy.choice == most_50+", person({"toy.choice": known("most_50+")})) is YES


@pytest.mark.parametrize(
    ("ticked", "red", "red_or_blue", "none", "at_least_one"),
    [
        (frozenset(), NO, NO, YES, NO),
        (frozenset({"red"}), YES, YES, NO, YES),
        (frozenset({"blue", "green"}), NO, YES, NO, YES),
    ],
)
def test_multi(ticked: frozenset[str], red: Truth, red_or_blue: Truth, none: Truth, at_least_one: Truth) -> None:
    who = person({"toy.multi": known(ticked)})

    assert truth("toy.multi has red", who) is red
    assert truth("toy.multi has (red, blue)", who) is red_or_blue
    assert truth("toy.multi has none", who) is none
    assert truth("ticked(toy.multi) >= 1", who) is at_least_one


@pytest.mark.parametrize(
    ("earliest", "latest", "never", "year_ago", "exactly_one"),
    [
        (date(2026, 10, 22), None, NO, NO, YES),
        (date(2025, 11, 22), None, NO, YES, NO),
        (date(2025, 11, 23), None, NO, NO, NO),
        (None, None, YES, YES, NO),
        (None, date(2025, 1, 1), UNKNOWN, YES, NO),
        (None, date(2026, 10, 1), UNKNOWN, UNKNOWN, UNKNOWN),
        (date(2025, 1, 1), date(2026, 10, 1), NO, UNKNOWN, UNKNOWN),
        (date(2026, 10, 2), date(2026, 10, 20), NO, NO, YES),
        (date(2027, 1, 1), None, NO, NO, NO),
    ],
)
def test_months_since(
    earliest: date | None, latest: date | None, never: Truth, year_ago: Truth, exactly_one: Truth
) -> None:
    who = person({"toy.seen": happened(earliest, latest)})

    assert truth("never(toy.seen)", who) is never
    assert truth("months_since(toy.seen) >= 12", who) is year_ago
    assert truth("months_since(toy.seen) == 1", who) is exactly_one


def test_a_date_to_come_is_no_time_ago() -> None:
    who = person({"toy.seen": happened(date(2027, 1, 1))})

    assert truth("months_since(toy.seen) == 0", who) is YES
    assert truth("weeks_since(toy.seen) == 0", who) is YES


@pytest.mark.parametrize(("day", "weeks"), [(date(2026, 11, 16), 0), (date(2026, 11, 15), 1), (date(2026, 10, 18), 5)])
def test_weeks_since_counts_whole_weeks(day: date, weeks: int) -> None:
    assert truth(f"weeks_since(toy.seen) == {weeks}", person({"toy.seen": happened(day)})) is YES


def test_a_month_from_the_last_day_ends_on_the_last_day() -> None:
    who = person({"toy.seen": happened(date(2026, 10, 31))})

    assert truth("months_since(toy.seen) >= 1", who) is NO  # it is the 22nd of November


def test_a_known_fact_without_a_date_leaves_its_age_unknown() -> None:
    who = person({"toy.grade": known(3)})

    assert truth("toy.grade >= 3 mmol/L", who) is YES
    assert truth("months_since(toy.grade) >= 12", who) is UNKNOWN
    assert truth("never(toy.grade)", who) is UNKNOWN


def test_a_fact_known_by_its_date_alone_is_not_missing() -> None:
    who = person({"toy.grade": happened(date(2020, 1, 1))})

    assert truth("missing(toy.grade)", who) is NO
    assert truth("months_since(toy.grade) >= 12", who) is YES
    assert truth("toy.grade >= 3 mmol/L", who) is UNKNOWN


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (date(2024, 1, 31), None, YES),
        (date(2024, 1, 30), None, NO),
        (date(2024, 1, 1), date(2024, 2, 1), UNKNOWN),
        (None, date(2024, 2, 1), UNKNOWN),
        (None, None, NO),
    ],
)
def test_a_date_compared_with_a_date(earliest: date | None, latest: date | None, expected: Truth) -> None:
    assert truth("toy.seen >= 2024-01-31", person({"toy.seen": happened(earliest, latest)})) is expected


def test_never_is_one_value() -> None:
    assert happened(None).dates == NEVER


@pytest.mark.parametrize(
    ("text", "written", "mentions"),
    [
        ("", NO, NO),
        ("something", YES, NO),
        ("Deep CRIMSON ink", YES, YES),
        ("at five o’clock", YES, YES),
    ],
)
def test_texts(text: str, written: Truth, mentions: Truth) -> None:
    who = person({"toy.note": known(text)})

    assert truth("written(toy.note)", who) is written
    assert truth("mentions(toy.note, colours)", who) is mentions


def test_a_text_nobody_asked_for_is_unknown() -> None:
    assert truth("written(toy.note)", person()) is UNKNOWN
    assert truth("mentions(toy.note, colours)", person()) is UNKNOWN


@pytest.mark.parametrize(
    ("complete", "burden", "expected"),
    [
        (True, Interval(3, 3), YES),
        (True, Interval(0, 2), NO),
        (True, Interval(2, 5), UNKNOWN),
        (False, Interval(3, 3), YES),
        (False, Interval(0, 0), UNKNOWN),
        (True, None, UNKNOWN),
        (False, None, UNKNOWN),
    ],
)
def test_burden(complete: bool, burden: Interval | None, expected: Truth) -> None:
    who = person(complete=complete, burdens={"load": burden} if burden else {})

    assert truth("burden(load) >= 3", who) is expected


def test_a_truth_is_never_taken_for_a_bool() -> None:
    with pytest.raises(TypeError, match="unknown is neither"):
        bool(truth("toy.yes", person()))
