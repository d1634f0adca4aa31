"""What the record says each medicine is for. Nothing is guessed: a reason is one that the record holds.

A reason is a condition on the record that the medicine is usually prescribed for (drug_rules/reasons.yaml), or what is
written beside the medicine. Where none is found that is said of the record, and only of a medicine whose reasons were
looked for on a whole list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.conditions.explain import explain
from healthcheck_cli.conditions.values import PersonFacts, State, Truth
from healthcheck_cli.content.medicine_models import UsualReasons
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.models import MedicineRead


class ReasonState(str, Enum):
    """How it stands with the reason of one medicine line."""

    FOUND = "found"  # a condition on the record that it is usually prescribed for
    WRITTEN = "written"  # something is written beside it, or in its directions
    OLD = "old"  # the record holds one that is old or has resolved, and no other
    NOT_FOUND = "not_found"  # looked for, and the record does not hold one
    NOT_KNOWN = "not_known"  # looked for, and the record cannot say
    NOT_LOOKED_FOR = "not_looked_for"  # the content does not say what it is usually for


@dataclass(frozen=True)
class Condition:
    """A condition on the record: its name, its fact, and where that stands ("Epilepsy, on the problem list (problem
    row 2)", or a question with its answer)."""

    title: str
    fact: str
    stands_on: str


@dataclass(frozen=True)
class MedicineReason:
    """The reason of one line. ``written`` is a text of the record: it must be escaped wherever it is shown."""

    state: ReasonState
    conditions: tuple[Condition, ...] = ()
    written: str = ""


def reason_for(read: MedicineRead, facts: PersonFacts, content: Content) -> MedicineReason:
    """The reason that the record holds for one medicine line, with all conditions that are one.

    It does not choose between several conditions, and does not say that the medicine was begun for any of them.
    """
    groups = usual_reasons(read, content)
    names = list(dict.fromkeys(name for group in groups for name in group.reasons))
    conditions = tuple(dict.fromkeys(found for name in names for found in _conditions(name, facts, content)))
    written = _written(read)
    if conditions:
        return MedicineReason(ReasonState.FOUND, conditions, written)
    if written:
        return MedicineReason(ReasonState.WRITTEN, written=written)
    if not names:
        return MedicineReason(ReasonState.NOT_LOOKED_FOR)
    if any(facts.fact(name).value is True for group in groups for name in group.old_reasons):
        return MedicineReason(ReasonState.OLD)
    absent = all(facts.fact(name).state is State.KNOWN for name in names)
    return MedicineReason(ReasonState.NOT_FOUND if absent else ReasonState.NOT_KNOWN)


def usual_reasons(read: MedicineRead, content: Content) -> list[UsualReasons]:
    """What the medicines of a line are usually prescribed for, by group of medicines."""
    held = {name for ingredient in read.ingredients for name in (*ingredient.classes, *ingredient.possible_classes)}
    return [group for group in content.usual_reasons.values() if held & set(group.classes)]


def _written(read: MedicineRead) -> str:
    """What stands beside it; else its directions, where they say what it is for."""
    return read.line.indication.strip() or (read.line.dosage.strip() if read.dosage.reason_stated else "")


def _conditions(name: str, facts: PersonFacts, content: Content) -> Iterator[Condition]:
    """The conditions that make a fact true: itself, or those that it is defined by."""
    fact = content.facts.get(name)
    found = facts.fact(name)
    if fact is None or found.state is not State.KNOWN or found.value is not True:
        return
    if fact.definition is None:
        yield Condition(fact.title, name, found.shown)
        return
    because = explain(fact.definition, facts, content.vocabulary).because
    for part in dict.fromkeys(atom.fact for atom in because if atom.truth is Truth.TRUE):
        yield from _conditions(part, facts, content)


def titles(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The names of conditions, each once."""
    return tuple(dict.fromkeys(it.title for it in conditions))
