"""What leads nowhere: facts that nothing can feed, and questions that feed nothing."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module

import healthcheck_cli.facts
from healthcheck_cli.conditions.tree import facts_named
from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.checks.scores import named_questions
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.models import Content, Fact
from healthcheck_cli.content.support import Place
from healthcheck_cli.facts.computed import COMPUTATIONS


def _facts_not_fed(content: Content, _: date) -> Iterator[Diagnostic]:
    asking = _rules_by_fact(content)
    for fact in content.facts.values():
        why = _not_fed(fact, content)
        if why:
            rules = asking.get(fact.name, [])
            hint = f"unknown for everyone; named by {', '.join(rules)}" if rules else "no rule names it"
            message = f"nothing feeds {fact.name}: {why}"
            yield Diagnostic(fact.place, "fact-not-fed", message, hint, Severity.WARNING)


def _not_fed(fact: Fact, content: Content) -> str:
    """Why the fact can never be known; nothing where it can."""
    if fact.computed:
        return "" if fact.name in COMPUTATIONS else "it is computed, and no computation is registered under this name"
    if fact.definition is not None or fact.problem or fact.observation is not None:
        return ""
    return "" if content.questions_of(fact.name) else "no section asks its question"


def _rules_by_fact(content: Content) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for rule in content.rules.values():
        named = facts_named(rule.when).union(*(facts_named(step.when) for step in rule.level_if))
        for name in named:
            found.setdefault(name, []).append(rule.id)
    return found


def _questions_that_feed_nothing(content: Content, _: date) -> Iterator[Diagnostic]:
    """One note: a question may well be there to be recorded only, and no key says so."""
    facts = content.facts.values()
    fed = {name for fact in facts for name in (*fact.asked_in, *fact.told_in)}
    fed |= {question for _, _, question, _ in named_questions(content)}
    fed |= texts_in_computations()
    idle = [it.id for it in content.questions.values() if it.id not in fed and not it.red_flags]
    if idle:
        message = f"{len(idle)} questions are recorded and feed no fact, score, cross check or computation"
        hint = ", ".join(idle)
        yield Diagnostic(Place("checklists/sections"), "question-feeds-nothing", message, hint, Severity.NOTE)


@cache
def texts_in_computations() -> frozenset[str]:
    """Every text written in the code that derives facts: the ids of the questions that it reads are among them."""
    room = healthcheck_cli.facts
    names = [it.name for it in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]
    nodes = (node for name in names for node in ast.walk(ast.parse(inspect.getsource(import_module(name)))))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


CHECKS = (
    Check("every fact can come to be known", _facts_not_fed),
    Check("questions that are only recorded are listed", _questions_that_feed_nothing),
)
