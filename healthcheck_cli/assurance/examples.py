"""Runs the examples of rules: does each do what it says it does?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import explain
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.content.models import Content, Example, Expectation, Level, LevelIf, Rule
from healthcheck_cli.errors import HealthcheckError

Assess = Callable[[Rule, Mapping[str, Any], Content, date], PersonFacts]
"""Makes the facts of one example: ``assess(rule, example record, content, as_of)``."""

EXPECTED = {Expectation.FIRES: Truth.TRUE, Expectation.CLEAR: Truth.FALSE, Expectation.UNKNOWN: Truth.UNKNOWN}
_DOES = {Truth.TRUE: "fires", Truth.FALSE: "is clear", Truth.UNKNOWN: "is unknown"}


@dataclass(frozen=True)
class ExampleRun:
    """One example and what came of it. ``problem`` is empty where it did what it says.

    ``facts`` is None where the example could not be read; ``level`` is None unless the rule fired.
    """

    rule: Rule
    example: Example
    facts: PersonFacts | None
    truth: Truth | None
    level: Level | None
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Did it do what it says?"""
        return not self.problem


def run_examples(content: Content, assess: Assess, rules: Iterable[Rule] | None = None) -> tuple[ExampleRun, ...]:
    """Run every example of the rules given, or of all rules, in the order they are written."""
    wanted = content.rules.values() if rules is None else rules
    return tuple(_run(rule, example, content, assess) for rule in wanted for example in rule.examples)


def _run(rule: Rule, example: Example, content: Content, assess: Assess) -> ExampleRun:
    as_of = example.record.get("as_of", content.examples_as_of)
    try:
        facts = assess(rule, example.record, content, as_of)
    except HealthcheckError as error:
        return ExampleRun(rule, example, None, None, None, f"cannot be read: {'; '.join(error.problems)}")
    truth = evaluate(rule.when, facts, content.vocabulary)
    level = level_of(rule.level, rule.level_if, facts, content) if truth is Truth.TRUE else None
    return ExampleRun(rule, example, facts, truth, level, _problem(rule.when, example, facts, truth, level, content))


def level_of(level: Level, steps: Iterable[LevelIf], facts: PersonFacts, content: Content) -> Level:
    """The level at which a rule with these steps fires: the first step that holds, or else its own."""
    for step in steps:
        if evaluate(step.when, facts, content.vocabulary) is Truth.TRUE:
            return step.level
    return level


def _problem(
    when: Condition, example: Example, facts: PersonFacts, truth: Truth, level: Level | None, content: Content
) -> str:
    wanted = EXPECTED[example.expect]
    if truth is not wanted:
        missing = _missing(when, facts, content)
        why = f" for want of {', '.join(missing)}" if truth is Truth.UNKNOWN else ""
        return f"expected that it {_DOES[wanted]}; it {_DOES[truth]}{why}"
    if example.level is not None and level is not None and level is not example.level:
        return f"expected level {example.level.value}; it fires at {level.value}"
    if example.missing:
        missing = _missing(when, facts, content)
        absent = [name for name in example.missing if name not in missing]
        if absent:
            return f"expected that {', '.join(absent)} is missing; missing is {', '.join(missing)}"
    return ""


def _missing(when: Condition, facts: PersonFacts, content: Content) -> tuple[str, ...]:
    definitions = {fact.name: fact.definition for fact in content.facts.values() if fact.definition is not None}
    return explain(when, facts, content.vocabulary, definitions).missing
