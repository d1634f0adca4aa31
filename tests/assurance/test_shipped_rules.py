"""Every example of every shipped rule does what it says, and the examples notice every small change of a condition."""

from __future__ import annotations

import pytest

from healthcheck_cli.assurance.example_facts import ExampleFacts
from healthcheck_cli.assurance.examples import ExampleRun, run_examples
from healthcheck_cli.assurance.mutations import try_mutants
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


@pytest.fixture(scope="module")
def runs(content: Content) -> tuple[ExampleRun, ...]:
    return run_examples(content, ExampleFacts(content))


def test_every_example_does_what_it_says(runs: tuple[ExampleRun, ...]) -> None:
    assert [f"{run.example.place}: {run.rule.id}: {run.problem}" for run in runs if not run.passed] == []
    assert len({run.rule.id for run in runs}) > 90


def test_no_small_change_of_a_condition_goes_unnoticed(content: Content, runs: tuple[ExampleRun, ...]) -> None:
    report = try_mutants(content, runs)
    assert list(map(str, report.survivors)) == []
    assert report.tried > 1000
