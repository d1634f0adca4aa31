"""Examples are run and mutants hunted, on a stand-in for the making of facts: each example sets its facts outright."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from healthcheck_cli.assurance.examples import ExampleRun, run_examples
from healthcheck_cli.assurance.mutations import try_mutants
from healthcheck_cli.conditions.values import FactValue, Interval, PersonFacts, State
from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.models import Content, Rule
from healthcheck_cli.errors import InputProblem
from tests.content.small_content import write_content

FACTS = """\
- {name: dx.psychosis, title: Psychosis, type: yn, computed: true, basis: proposed}
- {name: bowel.days_since, title: Days, type: num, unit: days, computed: true, basis: proposed}
"""
RULE = """\
- id: CON-01
  title: No bowel movement
  level: medium
  level_if: [{{level: urgent, when: dx.psychosis}}]
  themes: [medication]
  when: {when}
  says: Nothing for days.
  basis: proposed
  examples: {examples}
"""
COMPLETE = """\
{fires: [{facts: {bowel.days_since: 3}, level: medium},
          {facts: {bowel.days_since: 3, dx.psychosis: true}, level: urgent},
          {facts: {bowel.days_since: 3, dx.psychosis: false}, level: medium}],
   clear: [{facts: {bowel.days_since: 2}}], unknown: [{facts: {}, missing: [bowel.days_since]}]}
"""


def assess(rule: Rule, record: Mapping[str, Any], content: Content, as_of: date) -> PersonFacts:
    if "medicines" in record:
        raise InputProblem("medicines cannot be read")
    facts = {}
    for name, value in record.get("facts", {}).items():
        known = value if isinstance(value, bool) else Interval.exactly(value)
        facts[name] = FactValue(State.KNOWN, known)
    return PersonFacts(as_of=as_of, facts=facts)


def content_with(folder: Path, examples: str, when: str = "bowel.days_since >= 3 days") -> Content:
    files = {
        "drug_rules/rules/stomp/reason.yaml": RULE.format(when=when, examples=examples),
        "checklists/facts/all.yaml": FACTS,
        "checklists/sections/01_bowel.yaml": "",
    }
    return load_content(write_content(folder, files))


def run(folder: Path, examples: str) -> tuple[ExampleRun, ...]:
    return run_examples(content_with(folder, examples), assess)


def test_examples_that_do_what_they_say_pass(tmp_path: Path) -> None:
    runs = run(tmp_path, COMPLETE)
    assert [it.problem for it in runs] == [""] * 5
    assert all(it.passed for it in runs)


@pytest.mark.parametrize(
    ("examples", "problem"),
    [
        ("{fires: [{facts: {bowel.days_since: 2}}]}", "expected that it fires; it is clear"),
        ("{fires: [{facts: {}}]}", "expected that it fires; it is unknown for want of bowel.days_since"),
        ("{clear: [{facts: {bowel.days_since: 4}}]}", "expected that it is clear; it fires"),
        ("{unknown: [{facts: {bowel.days_since: 4}}]}", "expected that it is unknown; it fires"),
        ("{fires: [{facts: {bowel.days_since: 3}, level: high}]}", "expected level high; it fires at medium"),
        (
            "{unknown: [{facts: {}, missing: [dx.psychosis]}]}",
            "expected that dx.psychosis is missing; missing is bowel.days_since",
        ),
        ("{fires: [{medicines: [x]}]}", "cannot be read: medicines cannot be read"),
    ],
)
def test_an_example_that_does_something_else_says_what(tmp_path: Path, examples: str, problem: str) -> None:
    (found,) = run(tmp_path, examples)
    assert found.problem == problem
    assert not found.passed


def test_an_example_is_run_for_its_own_day_or_else_the_contents(tmp_path: Path) -> None:
    content = content_with(tmp_path, "{clear: [{facts: {}}, {as_of: 2020-01-01}]}")
    days: list[date] = []

    def noted(rule: Rule, record: Mapping[str, Any], content: Content, as_of: date) -> PersonFacts:
        days.append(as_of)
        return assess(rule, record, content, as_of)

    run_examples(content, noted)
    assert days == [date(2026, 11, 22), date(2020, 1, 1)]


def test_examples_on_both_sides_of_every_number_leave_no_survivor(tmp_path: Path) -> None:
    content = content_with(tmp_path, COMPLETE)
    report = try_mutants(content, run_examples(content, assess))
    assert report.survivors == ()
    assert report.tried == 5  # of the condition: > for >=, one up, one down, its opposite; of the level: its opposite


def test_a_threshold_that_no_example_tests_survives_with_its_rule_and_change(tmp_path: Path) -> None:
    examples = "{fires: [{facts: {bowel.days_since: 9}}], clear: [{facts: {bowel.days_since: 0}}]}"
    content = content_with(tmp_path, examples)
    report = try_mutants(content, run_examples(content, assess))
    assert [(it.rule, it.part) for it in report.survivors] == [
        ("CON-01", "when"),
        ("CON-01", "when"),
        ("CON-01", "when"),
        ("CON-01", "level urgent"),
    ]
    assert str(report.survivors[0]) == (
        "drug_rules/rules/stomp/reason.yaml:1:3: CON-01 when: "
        "`bowel.days_since >= 3 days` became `bowel.days_since > 3 days`"
    )


def test_an_example_that_cannot_be_read_notices_nothing(tmp_path: Path) -> None:
    content = content_with(tmp_path, "{fires: [{medicines: [x]}]}")
    report = try_mutants(content, run_examples(content, assess))
    assert len(report.survivors) == report.tried > 0
