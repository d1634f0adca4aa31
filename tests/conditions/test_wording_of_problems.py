"""The messages a rule writer reads: what is wrong, where, and what to write instead. Their wording is interface."""

from __future__ import annotations

import pytest

from healthcheck_cli.conditions.check import parse_and_check
from tests.conditions.small_vocabulary import VOCABULARY


def problems_of(text: str) -> list[str]:
    condition, problems = parse_and_check(text, VOCABULARY)
    assert (condition is None) == bool(problems)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "",
            "column 1: the condition is empty "
            "(write a fact such as bowel.days_since, a function such as taking(…), or not)",
        ),
        (
            "toy.yes and",
            "column 12: the condition ends too soon "
            "(expected a fact such as bowel.days_since, a function such as taking(…), or not)",
        ),
        ("(toy.yes or toy.also", "column 21: the condition ends too soon (expected a closing bracket)"),
        ("toy.count = 3", "column 11: `=` cannot stand here (write == for equals)"),
        ("toy.count ≥ 3", "column 11: `≥` cannot stand here (write >=)"),
        ("toy.yes & toy.also", "column 9: `&` cannot stand here (write and)"),
        ("toy.yes AND toy.also", "column 9: `AND` cannot stand here (write and in small letters)"),
        ("NOT toy.yes", "column 1: `NOT` cannot be read (write not in small letters)"),
        (
            "toy.count > setting(twoo)",
            "column 13: `twoo` is not a setting (did you mean two?)",
        ),
        (
            "toy.grade > setting(two)",
            "column 13: `toy.grade` is in mmol/L, and the setting `two` is in no unit (use a setting in the same unit)",
        ),
        (
            "months_since(toy.seen) > setting(two_weeks)",
            "column 26: `months_since(toy.seen)` is in months, and the setting `two_weeks` is in weeks "
            "(use a setting in the same unit)",
        ),
        (
            "taking(ace, taken_for > setting(grade))",
            "column 25: `taken_for` is in days, weeks, months or years, and the setting `grade` is in mmol/L "
            "(use a setting in the same unit)",
        ),
        (
            "toy.grade > setting(not_set)",
            "column 13: the setting `not_set` is no number, or is not set (give it a value)",
        ),
        (
            "toy.choice == setting(two)",
            "column 15: `toy.choice` is not compared with a number, and a setting is one (write a value)",
        ),
        ("toy.count in 3", "column 11: `in` needs brackets (such as in (a, b))"),
        ("taking ace", "column 1: `taking` needs brackets (such as taking(antipsychotic))"),
        (
            "toy.yes and ace",
            "column 13: `ace` is neither a fact nor a function "
            "(a fact has a dot in its name; a medicine or class goes inside taking(…))",
        ),
        ("takin and toy.yes", "column 1: `takin` is neither a fact nor a function (did you mean taking?)"),
        ("toy.yes)", "column 8: `)` cannot stand here (expected the end)"),
        ("taking()", "column 8: `)` cannot stand here (expected a name)"),
        ("toy.seen > 2024-02-30", "column 12: `2024-02-30` is not a date (a date is written 2024-01-31)"),
        ('toy.choice == "a', 'column 15: `"` cannot stand here (the text has no closing quote on its line)'),
    ],
)
def test_what_cannot_be_read(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("toy.chioce == a", "column 1: `toy.chioce` is not a fact (did you mean toy.choice?)"),
        ("missing(toy.yess)", "column 9: `toy.yess` is not a fact (did you mean toy.yes?)"),
        ("takng(ace)", "column 1: `takng` is not a function (did you mean taking?)"),
        ("taking(kings)", "column 8: `kings` is not a medicine class or ingredient (did you mean king?)"),
        ("burden(loads) >= 1", "column 8: `loads` is not a scale (did you mean load?)"),
        ("mentions(toy.note, colour)", "column 20: `colour` is not a word list (did you mean colours?)"),
        ("mentions(toy.note)", "column 1: mentions(…) needs a word list (the word lists are colours)"),
        (
            "taking(ace, takenfor > 4 weeks)",
            "column 13: `takenfor` is not something a medicine line says (did you mean taken_for?)",
        ),
        (
            "toy.choice == c",
            "column 15: `toy.choice` has no value `c` (its values are a, b, 1, 2, 4_soft, most_50+, never, no)",
        ),
        (
            "toy.choice in (a, 3)",
            "column 19: `toy.choice` has no value `3` (its values are a, b, 1, 2, 4_soft, most_50+, never, no)",
        ),
        ("toy.multi has (red, blu)", "column 21: `toy.multi` has no value `blu` (did you mean blue?)"),
        ("taking(ace, route == orall)", "column 22: `route` has no value `orall` (did you mean oral?)"),
        ("toy.choice > a", "column 12: `toy.choice` is a choice and has no order (write ==, != or in (…))"),
        (
            "toy.choice has a",
            "column 12: `toy.choice` has one value, so `has` cannot be asked of it (write == or in (…))",
        ),
        (
            "toy.multi == red",
            "column 11: `toy.multi` may have several values ticked, so it is asked with has "
            "(such as toy.multi has red)",
        ),
        (
            "toy.choice == 3 days",
            "column 15: `toy.choice` is a choice: it has values, not units "
            "(its values are a, b, 1, 2, 4_soft, most_50+, never, no)",
        ),
    ],
)
def test_names_and_values_that_are_not_there(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("toy.wait > 3", "column 12: `toy.wait` is in days, and the unit must be written (write 3 days)"),
        ("toy.wait > 3 mmHg", "column 12: `toy.wait` is in days, so `mmHg` does not fit (give the number in days)"),
        (
            "toy.wait > 3days",
            "column 12: `toy.wait` is a number, and `3days` is not "
            "(put a space between the number and the unit: 3 days)",
        ),
        ("toy.count > 3 %", "column 13: `toy.count` is a plain number, so `%` does not fit (write 3 alone)"),
        ("count(ace) > many", "column 14: `count(ace)` is a number, and `many` is not (such as count(ace) >= 3)"),
        (
            "dose_percent(ace) > 100",
            "column 21: `dose_percent(ace)` is in %, and the unit must be written (write 100 %)",
        ),
        (
            "taking(ace, percent_of_max > 100 %)",
            "column 30: `percent_of_max` is a plain number, so `%` does not fit (write 100 alone)",
        ),
        (
            "taking(ace, taken_for > 4)",
            "column 25: `taken_for` is a length of time and needs one of days, weeks, "
            "months or years (such as taken_for > 4 weeks)",
        ),
        (
            "taking(ace, begun_on > 4 weeks)",
            "column 24: `begun_on` is compared with a date, not with `4 weeks` (a date is written 2024-01-31)",
        ),
    ],
)
def test_units_are_written_where_there_is_one_and_nowhere_else(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("toy.wait", "column 1: `toy.wait` is a number and must be compared (such as toy.wait >= 3 days)"),
        ("toy.choice", "column 1: `toy.choice` is a choice and must be compared (such as toy.choice == a)"),
        (
            "toy.multi",
            "column 1: `toy.multi` may have several values ticked and must be asked for one "
            "(such as toy.multi has red)",
        ),
        (
            "toy.seen",
            "column 1: `toy.seen` is a date, which is neither true nor false (such as toy.seen >= 2024-01-31)",
        ),
        ("toy.note", "column 1: `toy.note` is a text, which is neither true nor false (such as written(toy.note))"),
        ("count(ace)", "column 1: `count(ace)` is a number and must be compared (such as count(ace) >= 3)"),
        ("taking(ace, level)", "column 13: `level` is a number and must be compared (such as level >= 3)"),
        ("toy.yes == yes", "column 9: `toy.yes` is already yes or no (write it alone, or with not before it)"),
        ("taking(ace) >= 1", "column 13: `taking(ace)` is already yes or no (write it alone, or with not before it)"),
        (
            "toy.note == crimson",
            "column 10: `toy.note` is a text and cannot be compared "
            "(ask written(toy.note), or mentions(toy.note, word_list))",
        ),
    ],
)
def test_a_value_without_a_test_must_be_yes_or_no(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "taking(toy.yes)",
            "column 8: taking(…) asks about a medicine class or ingredient (`toy.yes` is not the name of one)",
        ),
        ("missing(ace)", "column 9: missing(…) asks about a fact (`ace` is not the name of one)"),
        (
            "months_since(toy.wait) > 3",
            "column 14: `toy.wait` has no date, so months_since(…) cannot be asked of it "
            "(only a date, or a value that has a date, can be asked how long ago it was)",
        ),
        (
            "ticked(toy.choice) > 1",
            "column 8: ticked(…) asks about a set of ticked values, and `toy.choice` is a choice of one value",
        ),
        ("never(toy.seen, toy.yes)", "column 17: never(…) takes nothing here (leave out `toy.yes`)"),
        (
            "taking(ace, toy.yes)",
            "column 13: `toy.yes` is a fact, and what follows the class asks about the "
            "medicine line (join it to taking(…) with and)",
        ),
        (
            "taking(ace, within <= 2 weeks)",
            "column 13: `within` can only be asked in reduced(…) (ask begun or taken_for)",
        ),
        ("taking(ace, never(route))", "column 13: `never(…)` cannot be asked of a medicine line (only missing(…) can)"),
    ],
)
def test_arguments_of_the_wrong_kind(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


def test_every_problem_of_a_condition_is_told_at_once_from_left_to_right() -> None:
    text = "toy.wait > 3 and (toy.yess or not taking(kings, takenfor > 3)) and toy.choice"

    assert [problem.split(":")[0] for problem in problems_of(text)] == [
        "column 12",
        "column 19",
        "column 42",
        "column 49",
        "column 68",
    ]
