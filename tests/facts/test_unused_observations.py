"""Observations that decide nothing are named; one that any fact uses never is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

import healthcheck_cli.facts
from healthcheck_cli.facts import from_observations
from healthcheck_cli.facts.computed import OWN_FEEDS
from healthcheck_cli.facts.unused_observations import UnusedObservations
from healthcheck_cli.record import Observation, Problem, Record, Row
from tests.facts.people import REVIEWER

AS_OF = date(2026, 11, 30)
CONTENT = REVIEWER.content


def unused(*observations: Observation, problems: tuple[Problem, ...] = ()) -> UnusedObservations:
    return REVIEWER.facts.takers.unused(Record(observations=observations, problems=problems))


@pytest.mark.parametrize(
    "observation",
    [
        Observation(Row(5), "wieght", "", 82.0, "kg", AS_OF),
        Observation(Row(5), "phenytoin level", "", 12.0, "mg/L", AS_OF),
        Observation(Row(5), "", "1234567", 12.0, "", AS_OF),
        Observation(Row(5), "medicine reviw", date=AS_OF),
    ],
)
def test_what_no_fact_takes_is_unmatched(observation: Observation) -> None:
    assert unused(observation) == UnusedObservations(unmatched=(5,))


def test_a_coded_entry_without_a_value_is_no_measurement() -> None:
    coded = Observation(Row(5), "Seen in surgery", "185317003", None, "", AS_OF)
    term = Observation(Row(6), "Seen in surgery", "", None, "", AS_OF)
    assert unused(coded, term, problems=(Problem(Row(6), term.name),)) == UnusedObservations()


@pytest.mark.parametrize(("value", "unit"), [("abc", ""), (82.0, "furlongs"), ("< 5", "kg")])
def test_a_value_that_no_fact_can_read_is_unread(value: str | float, unit: str) -> None:
    assert unused(Observation(Row(6), "Weight", "", value, unit, AS_OF)) == UnusedObservations(unread=(6,))


def test_two_of_one_row_are_one_row_and_what_is_read_is_not_named() -> None:
    upper, lower = (
        Observation(Row(7), f"{it} blood pressure", "", "76/128", "mmHg", AS_OF) for it in ("systolic", "diastolic")
    )
    weight = Observation(Row(8), "WEIGHT", "", 82.0, "kg", AS_OF)
    no_value = Observation(Row(9), "weight", "", None, "", AS_OF)
    no_allergy = Observation(Row(10), "NKDA", "", "yes", "", AS_OF)
    assert unused(upper, lower, weight, no_value, no_allergy) == UnusedObservations(unread=(7,))


def names_of_anything() -> Iterator[str]:
    """Whatever a computation might look for: every fact, question, diagnosis and its words."""
    yield from (
        text for fact in CONTENT.facts.values() for text in (fact.name, fact.name.rpartition(".")[2], fact.title)
    )
    yield from (text for question in CONTENT.questions.values() for text in (question.id, question.ask))
    yield from (term for group in CONTENT.problem_groups.values() for term in (group.title, *group.terms))


def texts_of_the_code() -> Iterator[str]:
    """Every text in the modules that make facts."""
    for path in Path(healthcheck_cli.facts.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def codes_of_anything() -> Iterator[str]:
    yield from (it for it in texts_of_the_code() if it.isdecimal())
    yield from (code for group in CONTENT.problem_groups.values() for code in group.codes)


@pytest.mark.parametrize("value", [1.0, "yes"])
def test_without_what_is_named_every_fact_is_as_it_is_with_it(value: float | str) -> None:
    names = dict.fromkeys((*names_of_anything(), *texts_of_the_code()))
    things = [*((name, "") for name in names), *(("", code) for code in codes_of_anything())]
    everything = tuple(
        Observation(Row(row), name, code, value, "", AS_OF) for row, (name, code) in enumerate(things, start=1)
    )
    named = set(unused(*everything).unmatched)
    record = Record(
        observations=everything, complete=dict.fromkeys(("medicines", "problems", "observations", "events"))
    )
    without = replace(record, observations=tuple(it for it in everything if it.row.number not in named))
    assert len(without.observations) < len(everything) - 1000
    assert dict(REVIEWER.person_facts(record, AS_OF).facts) == dict(REVIEWER.person_facts(without, AS_OF).facts)


def test_no_computation_asks_by_a_feed_that_is_not_declared() -> None:
    declared = [it.feed for it in OWN_FEEDS] + [it.observation for it in CONTENT.facts.values() if it.observation]
    asked = from_observations.named_observations
    with patch.object(from_observations, "named_observations", side_effect=asked) as asking:
        dict(REVIEWER.person_facts(Record(), AS_OF).facts)
    assert [call.args[0] for call in asking.call_args_list if call.args[0] not in declared] == []
    assert {it.feed for it in OWN_FEEDS} <= {call.args[0] for call in asking.call_args_list}
