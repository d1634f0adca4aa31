"""Every condition of the clinical reference can be asked of the content: its facts, values, units and classes exist."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from healthcheck_cli.conditions.check import parse_and_check
from healthcheck_cli.conditions.tree import classes_named, facts_named
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content

CONDITIONS = Path(__file__).parents[1] / "fixtures" / "conditions.csv"


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with CONDITIONS.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_fixture_holds_every_condition_of_the_reference(rows: list[dict[str, str]]) -> None:
    counts = {(part, kind): 0 for part in ("1.9", "4", "5") for kind in ("when", "level_if", "defined")}
    for row in rows:
        counts[row["part"], row["kind"]] += 1
    assert {key: count for key, count in counts.items() if count} == {
        ("1.9", "defined"): 33,
        ("4", "when"): 303,
        ("4", "level_if"): 19,
        ("5", "when"): 266,  # 268 rules, two of which are not conditions on one person
        ("5", "level_if"): 31,
    }


def test_every_condition_parses_and_fits_the_vocabulary(content: Content, rows: list[dict[str, str]]) -> None:
    wrong = []
    for row in rows:
        _, problems = parse_and_check(row["text"], content.vocabulary)
        wrong += [f"{row['id']} {row['kind']}: {problem.message}" for problem in problems]
    assert wrong == []


def test_definitions_in_the_content_are_those_of_the_reference(content: Content, rows: list[dict[str, str]]) -> None:
    for row in rows:
        if row["kind"] == "defined":
            definition = content.facts[row["id"]].definition
            assert definition is not None
            assert " ".join(definition.text.split()) == row["text"]


def test_no_fact_is_there_that_nothing_asks_for(content: Content, rows: list[dict[str, str]]) -> None:
    asked: set[str] = set()
    for row in rows:
        condition, _ = parse_and_check(row["text"], content.vocabulary)
        assert condition is not None
        asked |= {row["id"]} if row["kind"] == "defined" else set()
        asked |= facts_named(condition)
    for fact in content.facts.values():
        asked |= facts_named(fact.asked_of) if fact.asked_of is not None else set()
    asked |= {"meas.resp_rate", "meas.temp"}  # where obs.resp_rate and obs.temp find today's reading
    asked |= {"person.has_prostate"}
    asked |= {test.test for test in content.monitoring.values()}
    asked |= {"dx.hysterectomy"}  # person.has_womb
    asked |= {"feedback.safeguarding", "feedback.not_passed_n"}  # of this project's own: Ask Listen Do
    asked |= {"review.team"}  # team_review_since_start of a medicine line
    asked |= {"vision.test_overdue", "dental.visit_overdue", "hearing.test_overdue"}  # change.dates_missed_twice_n
    assert set(content.facts) - asked == set()


def test_gates_do_not_go_round_in_circles(content: Content) -> None:
    needs = {
        name: {
            other
            for condition in (fact.asked_of, fact.definition)
            if condition is not None
            for other in facts_named(condition)
        }
        for name, fact in content.facts.items()
    }
    settled: set[str] = set()
    while ready := {name for name, others in needs.items() if name not in settled and others <= settled}:
        settled |= ready
    assert set(needs) - settled == set()


def test_every_class_a_condition_names_has_members_or_is_a_medicine(
    content: Content, rows: list[dict[str, str]]
) -> None:
    named: set[str] = set()
    for row in rows:
        condition, _ = parse_and_check(row["text"], content.vocabulary)
        assert condition is not None
        named |= classes_named(condition)
    assert named <= content.vocabulary.classes
