"""Text to tree: words that look like numbers, what binds to what, and text that every node keeps."""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.tree import (
    And,
    Atom,
    Comparison,
    Condition,
    Day,
    Has,
    Membership,
    Not,
    Number,
    Or,
    Word,
    atoms,
    classes_named,
    facts_named,
)


def only_test(text: str) -> object:
    (atom,) = atoms(parse(text))
    return atom.test


@pytest.mark.parametrize("word", ["4_pureed", "3_weeks_or_more", "bloated_most_days_50+", "not_usual_self", "no", "_x"])
def test_words_that_begin_like_a_number_or_a_keyword(word: str) -> None:
    test = only_test(f"a.b has {word}")

    assert isinstance(test, Has)
    assert test.words == (Word(word, text=word),)


@pytest.mark.parametrize(
    ("literal", "amount", "unit"),
    [
        ("3 days", 3, "days"),
        ("-5 %", -5, "%"),
        ("100%", 100, "%"),
        ("0.5", 0.5, ""),
        ("131 /min", 131, "/min"),
        ("4 mmol/L", 4, "mmol/L"),
    ],
)
def test_numbers_with_their_units(literal: str, amount: float, unit: str) -> None:
    test = only_test(f"a.b >= {literal}")

    assert isinstance(test, Comparison)
    assert test.literal == Number(amount, unit, text=literal)


def test_a_unit_does_not_swallow_the_keyword_after_a_number() -> None:
    condition = parse("a.b > 3 or c.d > 3 and e.f in (1, 2)")

    assert isinstance(condition, Or)
    assert [part.text for part in condition.parts] == ["a.b > 3", "c.d > 3 and e.f in (1, 2)"]


def test_dates_and_quoted_words() -> None:
    assert only_test("a.b < 2024-01-31") == Comparison("<", Day(date(2024, 1, 31), text=""), text="")
    assert only_test('a.b in ("x y", z)') == Membership((Word("x y", text=""), Word("z", text="")), text="")


def test_not_takes_the_whole_test_that_follows() -> None:
    condition = parse("not carer.training has soft_signs and a.b")

    assert isinstance(condition, And)
    assert isinstance(condition.parts[0], Not)
    assert condition.parts[0].text == "not carer.training has soft_signs"


def test_every_node_keeps_its_text_and_its_column() -> None:
    condition = parse("a.b and (c.d or  not taking(ace, level >= 2))")

    assert [(atom.text, atom.column) for atom in atoms(condition)] == [
        ("a.b", 1),
        ("c.d", 10),
        ("taking(ace, level >= 2)", 22),
    ]


def test_any_of_is_an_or_that_remembers_its_spelling() -> None:
    condition = parse("any_of(a.b, c.d)")

    assert condition == parse("a.b or c.d")
    assert isinstance(condition, Or)
    assert condition.spelled == "any_of"


def test_where_a_condition_stands_makes_no_difference_to_what_it_is() -> None:
    assert parse(" ( a.b )  ") == parse("a.b")


def test_names() -> None:
    condition = parse(
        "a.b.c and months_since(d.e) > 3 and taking(ace, prn) and mentions(f.g, words) and burden(load) > 1"
    )

    assert facts_named(condition) == {"a.b.c", "d.e", "f.g"}
    assert classes_named(condition) == {"ace"}


def test_a_condition_is_one_of_four_kinds() -> None:
    kinds: set[type[Condition]] = {type(parse(text)) for text in ("a.b", "not a.b", "a.b or c.d", "a.b and c.d")}

    assert kinds == {Atom, Not, Or, And}
