"""Each small wrong version of a condition, once, and one that can be read again."""

from __future__ import annotations

import pytest

from healthcheck_cli.conditions.mutate import mutations
from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.tree import atoms, replace
from tests.conditions.small_vocabulary import checked


@pytest.mark.parametrize(
    ("text", "mutants"),
    [
        ("a.b", ["not a.b"]),
        ("not a.b", ["a.b"]),
        ("a.b and c.d", ["a.b or c.d", "not a.b and c.d", "a.b and not c.d"]),
        ("any_of(a.b, c.d)", ["a.b and c.d", "any_of(not a.b, c.d)", "any_of(a.b, not c.d)"]),
        (
            "a.b <= -5 %",
            ["a.b < -5 %", "a.b <= -4 %", "a.b <= -6 %", "not a.b <= -5 %"],
        ),
        (
            "a.b > 1.0 mmol/L",
            ["a.b >= 1.0 mmol/L", "a.b > 1.1 mmol/L", "a.b > 0.9 mmol/L", "not a.b > 1.0 mmol/L"],
        ),
        ("a.b == x", ["a.b != x", "not a.b == x"]),
        ("a.b in (6, x)", ["a.b in (7, x)", "a.b in (5, x)", "not a.b in (6, x)"]),
        (
            "taking(ace, depot, not begun > 8 weeks)",
            [
                "taking(ace, not begun > 8 weeks)",
                "taking(ace, depot, not begun >= 8 weeks)",
                "taking(ace, depot, not begun > 9 weeks)",
                "taking(ace, depot, not begun > 7 weeks)",
                "taking(ace, depot)",
                "not taking(ace, depot, not begun > 8 weeks)",
            ],
        ),
        (
            "taking(ace, begun_on >= 2024-01-31)",
            [
                "taking(ace, begun_on > 2024-01-31)",
                "taking(ace, begun_on >= 2024-02-01)",
                "taking(ace, begun_on >= 2024-01-30)",
                "taking(ace)",
                "not taking(ace, begun_on >= 2024-01-31)",
            ],
        ),
        ("mentions(a.b, words)", ["not mentions(a.b, words)"]),
        (
            "not (a.b or c.d) and e.f",
            [
                "not (a.b or c.d) or e.f",
                "(a.b or c.d) and e.f",
                "not (a.b and c.d) and e.f",
                "not (not a.b or c.d) and e.f",
                "not (a.b or not c.d) and e.f",
                "not (a.b or c.d) and not e.f",
            ],
        ),
    ],
)
def test_every_mutant(text: str, mutants: list[str]) -> None:
    assert [mutant.text for _, mutant in mutations(parse(text))] == mutants


def test_the_text_of_a_mutant_says_what_it_is() -> None:
    condition = parse("a.b and (c.d > 3 days or not any_of(e.f, taking(ace, level >= 2))) and count(ace) in (1, 2)")

    for _, mutant in mutations(condition):
        assert parse(mutant.text) == mutant != condition


def test_a_mutation_says_what_it_changed() -> None:
    descriptions = [description for description, _ in mutations(parse("x.y and a.b > 3 days"))]

    assert "`a.b > 3 days` became `a.b >= 3 days`" in descriptions


def test_replace_changes_one_of_two_equal_atoms() -> None:
    condition = parse("a.b or (a.b and c.d)")
    _, second, _ = atoms(condition)

    assert replace(condition, second, parse("x.y")).text == "a.b or x.y and c.d"


def test_a_setting_is_moved_like_the_number_that_it_is_set_to() -> None:
    changed = [mutant.text for _, mutant in mutations(checked("toy.grade > setting(grade)"))]
    steps = ["toy.grade > 3.5 mmol/L", "toy.grade > 1.5 mmol/L"]
    assert changed == ["toy.grade >= setting(grade)", *steps, "not toy.grade > setting(grade)"]


def test_a_length_that_is_no_whole_number_of_days_keeps_its_comparison() -> None:
    """12 months are 365.25 days: no count of days tells ``> 12 months`` from ``>= 12 months``; 4 weeks are 28."""
    months = [mutant.text for _, mutant in mutations(parse("taking(lithium, taken_for > 12 months)"))]
    assert "taking(lithium, taken_for >= 12 months)" not in months
    assert "taking(lithium, taken_for > 13 months)" in months
    weeks = [mutant.text for _, mutant in mutations(parse("taking(lithium, taken_for > 4 weeks)"))]
    assert "taking(lithium, taken_for >= 4 weeks)" in weeks
    supply = [mutant.text for _, mutant in mutations(parse("taking(lithium, supply > 1 months)"))]
    assert "taking(lithium, supply >= 1 months)" in supply
