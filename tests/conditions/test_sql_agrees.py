"""DuckDB, given the compiled query, says of random people what the plain evaluator says of them one by one."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.sql import compile_conditions
from healthcheck_cli.conditions.values import FactValue, Interval, PersonFacts, State, Truth
from tests.conditions.in_duckdb import truths_in_duckdb
from tests.conditions.random_people import ANY_CONDITION, people
from tests.conditions.small_vocabulary import VOCABULARY, checked, known, line, person

DEFINITIONS = {
    "toy.defined_twice": checked("toy.defined and not toy.count >= 2"),
    "toy.defined": checked("any_of(not toy.also, taking(king), months_since(toy.seen) > 2)"),
}


def with_defined_facts(who: PersonFacts) -> PersonFacts:
    """The person with the defined facts worked out by the plain evaluator."""
    for name in ("toy.defined", "toy.defined_twice"):
        truth = evaluate(DEFINITIONS[name], who, VOCABULARY)
        fact = FactValue(State.UNKNOWN) if truth is Truth.UNKNOWN else known(truth.value)
        who = dataclasses.replace(who, facts={**who.facts, name: fact})
    return who


@settings(max_examples=50, deadline=None)
@given(st.lists(ANY_CONDITION, min_size=4, max_size=12), st.lists(people(), min_size=4, max_size=8))
def test_sql_agrees_with_the_plain_evaluator(texts: list[str], everybody: list[PersonFacts]) -> None:
    everybody = [with_defined_facts(who) for who in everybody]
    conditions = {f"R-{number}": checked(text) for number, text in enumerate(texts)}

    answers = truths_in_duckdb(conditions, everybody, DEFINITIONS)

    for (name, number), answer in answers.items():
        assert answer is evaluate(conditions[name], everybody[number], VOCABULARY), conditions[name].text
    assert len(answers) == len(conditions) * len(everybody)


def test_someone_without_medicine_lines_is_not_lost() -> None:
    conditions = {"a": checked("not taking(ace)"), "b": checked("count(ace) == 0"), "c": checked("toy.yes")}

    answers = truths_in_duckdb(conditions, [person(), person(None, complete=False), person(None, line())])

    assert [answers["a", number] for number in range(3)] == [Truth.TRUE, Truth.UNKNOWN, Truth.FALSE]
    assert [answers["b", number] for number in range(3)] == [Truth.TRUE, Truth.UNKNOWN, Truth.FALSE]
    assert answers["c", 0] is Truth.UNKNOWN


def test_without_line_functions_the_lines_are_not_read() -> None:
    query = compile_conditions({"a": checked("toy.yes")}, VOCABULARY)

    assert "lines" not in query


def test_a_quote_in_a_word_stays_inside_its_literal() -> None:
    word = "o'); DROP TABLE people; --"
    colours = dataclasses.replace(VOCABULARY, word_lists={"colours": (word,)})
    conditions = {"a": checked("mentions(toy.note, colours)")}

    assert "'o''); drop table people; --'" in compile_conditions(conditions, colours)


@pytest.mark.parametrize("word", ["back\\slash", "new\nline"])
def test_a_word_that_the_engines_read_differently_is_refused(word: str) -> None:
    lists = dataclasses.replace(VOCABULARY, word_lists={"colours": (word,)})

    with pytest.raises(ValueError, match="may not hold a backslash"):
        compile_conditions({"a": checked("mentions(toy.note, colours)")}, lists)


def test_definitions_that_go_round_in_a_circle_are_refused() -> None:
    circle = {"toy.defined": checked("toy.defined_twice"), "toy.defined_twice": checked("not toy.defined")}

    with pytest.raises(ValueError, match=r"circle: toy\.defined, toy\.defined_twice"):
        compile_conditions({"a": checked("toy.defined")}, VOCABULARY, circle)


def test_thirds_of_a_maximum_make_exactly_the_maximum() -> None:
    thirds = [line(row=row, percent_at_top=Interval.exactly(100 / 3)) for row in (1, 2, 3)]

    answers = truths_in_duckdb({"a": checked("dose_percent(ace) == 100 %")}, [person(None, *thirds)])

    assert answers["a", 0] is Truth.TRUE
