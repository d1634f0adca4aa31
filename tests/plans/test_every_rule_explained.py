"""Rules of the shipped content on their own examples: explained as the evaluator has it, within the width."""

from __future__ import annotations

from dataclasses import replace

from healthcheck_cli.assurance.example_facts import ExampleFacts
from healthcheck_cli.assurance.examples import EXPECTED
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.plans.rule_explained import WIDTH, rule_explained
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer
from tests.plans.small_review import BARE_PERSON

_EVERY = 8  # of all rules: the others are of the same kinds
_SAYS = {Truth.TRUE: "\nHOLDS, AND", Truth.FALSE: "\nDID NOT FIRE", Truth.UNKNOWN: "\nCOULD NOT TELL"}


def test_an_example_is_explained_as_what_it_is_an_example_of() -> None:
    content = load_content(find_content())
    reviewer, facts_of = Reviewer(content), ExampleFacts(content)
    for rule in list(content.rules.values())[::_EVERY]:
        for example in rule.examples[:6]:
            as_of = example.record.get("as_of", content.examples_as_of)
            record = record_from_mapping(example.record, example=True)
            who = replace(
                BARE_PERSON,
                medicines=reviewer.reads(record, as_of),
                complete=tuple(record.complete),
                from_check=rule.applies == "check",
            )
            facts = facts_of(rule, example.record, content, as_of)
            written = rule_explained(rule, facts, who, content)

            assert _SAYS[EXPECTED[example.expect]] in written, (rule.id, example.place)
            assert max(map(len, written.splitlines())) <= WIDTH, (rule.id, example.place)
            has_a_place = "What is missing" in written
            assert has_a_place is (EXPECTED[example.expect] is Truth.UNKNOWN)
