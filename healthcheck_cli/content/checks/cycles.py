"""Circles: a fact, a question or a class that would need itself to be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter

from healthcheck_cli.conditions.tree import facts_named
from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Place


def circles(needs: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Circles of a graph, each with its first name repeated at the end; one for each link that has to go.

    >>> list(circles({"a": frozenset({"b"}), "b": frozenset({"a"})}))
    [('a', 'b', 'a')]
    """
    left = {name: set(needed) for name, needed in needs.items()}
    while found := _one_circle(left):
        left[found[0]].discard(found[1])
        first = found.index(min(found))
        yield (*found[first:], *found[: first + 1])


def _one_circle(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        needed_first: list[str] = error.args[1]
        return tuple(reversed(needed_first))[:-1]
    return ()


def _gates(content: Content, _: date) -> Iterator[Diagnostic]:
    needs: dict[str, frozenset[str]] = {}
    places: dict[str, Place] = {}
    for question in content.questions.values():
        name = f"question {question.id}"
        needs[name] = facts_named(question.who) if question.who is not None else frozenset()
        places[name] = question.place
    for fact in content.facts.values():
        conditions = [it for it in (fact.definition, fact.asked_of) if it is not None]
        named = frozenset[str]().union(*map(facts_named, conditions))
        questions = frozenset(f"question {name}" for name in (fact.question, *fact.answers, *fact.told_in) if name)
        needs[fact.name] = named | questions
        places[fact.name] = fact.place
    for found in circles(needs):
        message = f"these need each other: {' > '.join(found)}"
        yield Diagnostic(places[found[0]], "circle", message, "break the circle in a definition, asked_of or who")


def _classes(content: Content, _: date) -> Iterator[Diagnostic]:
    needs = {it.id: frozenset((*it.any_of, *it.but_not)) & set(content.classes) for it in content.classes.values()}
    for found in circles(needs):
        message = f"these classes are built on each other: {' > '.join(found)}"
        yield Diagnostic(content.classes[found[0]].place, "circle", message)


def _supersession(content: Content, _: date) -> Iterator[Diagnostic]:
    needs = {it.id: frozenset(it.supersedes) & set(content.rules) for it in content.rules.values()}
    for found in circles(needs):
        message = f"these rules supersede each other: {' > '.join(found)}"
        yield Diagnostic(content.rules[found[0]].place, "circle", message)


CHECKS = (
    Check("no definition and no gate needs itself", _gates),
    Check("no class is built on itself", _classes),
    Check("no rule supersedes itself", _supersession),
)
