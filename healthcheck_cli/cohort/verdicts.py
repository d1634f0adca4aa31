"""What each rule comes to for each person: it fires, is clear, or cannot be decided, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from healthcheck_cli.cohort.columns import Column
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.facts import FactColumns
from healthcheck_cli.cohort.traced import Reader
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import AtomResult, explain
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Level, Rule
from healthcheck_cli.rule_level import level_of


@dataclass(frozen=True)
class Reason:
    """One part of a condition that decided; ``value`` as JSON text; ``sources`` are rows, or numbers that stand for
    rows (:class:`~healthcheck_cli.cohort.row_sources.RowSources`)."""

    fact: str
    value: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Fired:
    """A rule that fired, for everybody for whom it fired in the same way. ``sources`` are of what the finding is
    about; what only raised its level is among the reasons and not there."""

    level: Level
    reasons: tuple[Reason, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """One rule: ``people`` for whom it fired, and how each; ``undecided``: for everybody, what is missing to decide it,
    None for those for whom it is decided."""

    rule: Rule
    people: Places
    fired: Column[Fired]
    undecided: Column[tuple[str, ...] | None]

    @property
    def open_people(self) -> Places:
        """Those for whom it is undecided."""
        return np.flatnonzero(self.undecided.where(lambda missing: missing is not None))

    @property
    def missing(self) -> Column[tuple[str, ...] | None]:
        """What is missing, of each of those for whom it is undecided."""
        return self.undecided.taken(self.open_people)


def verdict(rule: Rule, columns: FactColumns) -> Verdict:
    """What a rule comes to for everybody."""
    content = columns.content
    definitions = columns.definitions

    def truth(reader: Reader) -> Truth:
        return evaluate(rule.when, columns.person_facts(reader), content.vocabulary)

    def missing(reader: Reader) -> tuple[str, ...]:
        person = columns.person_facts(reader)
        return explain(rule.when, person, content.vocabulary, definitions, Truth.UNKNOWN).missing

    def fired(reader: Reader) -> Fired:
        person = columns.person_facts(reader)
        reasons = explain(rule.when, person, content.vocabulary, definitions, Truth.TRUE).because
        held = level_of(rule, lambda step: explain(step, person, content.vocabulary, definitions))
        found = tuple(_reason(it, columns) for it in reasons)
        about = tuple(sorted({source for reason in found for source in reason.sources}))
        return Fired(held.level, (*found, *(_reason(it, columns) for it in held.because)), about)

    name = f"rule:{rule.id}"
    truths = columns.over_people(f"{name} truth", truth)
    is_true = np.flatnonzero(truths.where(lambda it: it is Truth.TRUE))
    is_open = np.flatnonzero(truths.where(lambda it: it is Truth.UNKNOWN))
    return Verdict(
        rule,
        is_true,
        columns.over_people(f"{name} fired", fired, is_true).taken(is_true),
        columns.over_people(f"{name} missing", missing, is_open, first=None),
    )


def _reason(atom: AtomResult, columns: FactColumns) -> Reason:
    """The atom as a reason. A total on a scale stands on the medicines it counts."""
    sources = (columns.row_sources.number("burden", atom.scale),) if atom.scale else atom.rows
    return Reason(atom.fact, json.dumps(atom.value, ensure_ascii=False), sources)
