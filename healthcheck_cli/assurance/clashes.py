"""Rules that contradict themselves, and rules that say the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from healthcheck_cli.assurance.class_inclusion import within_of
from healthcheck_cli.conditions.contradiction import WhatCanBe, may_be_true
from healthcheck_cli.conditions.tree import And, Condition, Not, Or, all_of
from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.models import ActionSpec, Content, Rule

_ALIKE = 0.6
"""Two actions of one owner with so large a share of their words in common ask for the same."""


def what_can_be(content: Content) -> WhatCanBe:
    """What content says of facts and classes, for the search for contradictions.

    The range in which an answer is accepted bounds a fact that comes from that answer alone.
    """
    questions = content.questions
    facts = content.facts.values()
    return WhatCanBe(
        vocabulary=content.vocabulary,
        definitions={fact.name: fact.definition for fact in facts if fact.definition is not None},
        asked_of={fact.name: fact.asked_of for fact in facts if fact.asked_of is not None},
        limits={
            fact.name: limits
            for fact in facts
            if fact.question in questions
            and fact.observation is None
            and questions[fact.question].type == "num"
            and (limits := questions[fact.question].hard)
        },
        within=within_of(content),
    )


def _never_true(content: Content, _: date) -> Iterator[Diagnostic]:
    known = what_can_be(content)
    for rule in content.rules.values():
        if not may_be_true(rule.when, known):
            message = f"{rule.id} can never fire: no record makes its condition true"
            yield Diagnostic(rule.place, "never-true", message, "one part rules another out")
            continue
        for step in rule.level_if:
            if not may_be_true(all_of((rule.when, step.when)), known):
                message = f"{rule.id} can never be {step.level.value}: `{step.when.text}` and its condition"
                yield Diagnostic(rule.place, "never-true", message, "one rules the other out")
    for question in content.questions.values():
        if question.who is not None and not may_be_true(question.who, known):
            message = f"{question.id} is asked of nobody: no record makes its condition true"
            yield Diagnostic(question.place, "never-true", message, "one part rules another out")


def _said_twice(content: Content, _: date) -> Iterator[Diagnostic]:
    by_condition: dict[Any, list[Rule]] = {}
    for rule in content.rules.values():
        if rule.status == "active":
            by_condition.setdefault(_in_any_order(rule.when), []).append(rule)
    for rules in by_condition.values():
        for first, second in combinations(rules, 2):
            if _met_together(first, second) and (shared := _shared_action(first.actions, second.actions)):
                message = f"{second.id} has the condition of {first.id}, and both ask to: {shared}"
                hint = "make one rule of them, or let one supersede the other"
                yield Diagnostic(second.place, "said-twice", message, hint, Severity.WARNING)


def _met_together(first: Rule, second: Rule) -> bool:
    """Can both be shown of one person? Not where one stands for the other, or one is of checks and one of extracts."""
    if first.id in second.supersedes or second.id in first.supersedes:
        return False
    return first.applies == second.applies or "both" in (first.applies, second.applies)


def _in_any_order(condition: Condition) -> Any:
    """Equal for conditions that differ only in the order of their parts."""
    if isinstance(condition, Not):
        return ("not", _in_any_order(condition.part))
    if isinstance(condition, And | Or):
        return (type(condition).__name__, frozenset(_in_any_order(part) for part in condition.parts))
    return condition


def _shared_action(first: Sequence[ActionSpec], second: Sequence[ActionSpec]) -> str:
    for one in first:
        for other in second:
            words, others = _words(one.do), _words(other.do)
            if one.owner == other.owner and len(words & others) >= _ALIKE * len(words | others):
                return other.do
    return ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


CHECKS = (
    Check("every rule can fire, at every one of its levels, and every question can be asked", _never_true),
    Check("no two rules with one condition ask for the same", _said_twice),
)
