"""The same rules serve one person and a nation: every example of every rule, by SQL as by the plain evaluator."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from healthcheck_cli.assurance.example_facts import ExampleFacts
from healthcheck_cli.assurance.examples import ExampleRun, run_examples
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content
from tests.conditions.in_duckdb import truths_in_duckdb

RULES_AT_ONCE = 16


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


@pytest.fixture(scope="module")
def runs(content: Content) -> Sequence[ExampleRun]:
    return run_examples(content, ExampleFacts(content))


def test_sql_agrees_on_every_example(content: Content, runs: Sequence[ExampleRun]) -> None:
    definitions = {name: fact.definition for name, fact in content.facts.items() if fact.definition is not None}
    rules = list(content.rules.values())
    compared = 0
    for first in range(0, len(rules), RULES_AT_ONCE):
        batch = {rule.id: rule.when for rule in rules[first : first + RULES_AT_ONCE]}
        # an example that sets a defined fact outright says nothing of its parts, which SQL works it out from
        examples = [
            run for run in runs if run.rule.id in batch and not definitions.keys() & run.example.record.get("facts", {})
        ]
        people = [run.facts for run in examples if run.facts is not None]
        in_sql = truths_in_duckdb(batch, people, definitions, content.vocabulary)
        for place, run in enumerate(examples):
            assert in_sql[run.rule.id, place] is run.truth, f"{run.rule.id} at {run.example.place}"
            compared += 1
    assert compared > 0.9 * len(runs)
