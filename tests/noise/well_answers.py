"""Which answer to a question says least: the one that fewest rules ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from healthcheck_cli.conditions.tree import (
    And,
    Atom,
    Call,
    Comparison,
    Condition,
    FactName,
    Has,
    Membership,
    Not,
    Or,
    Word,
)
from healthcheck_cli.content.models import Content, Question

_WELL = ("no", "none", "never", "never_smoked", "not_needed", "agrees", "independent", "normal", "all")
_IN_WORDS = ("yn", "choice", "multi")
_KNOWN = {
    **{"reg.on_register": "yes", "reg.cause": "cause_unknown", "comm.speaks": "full_sentences"},
    **{"carer.training": "none_needed", "hap.all_actions": "yes"},
}


def well_answers(content: Content) -> dict[str, str]:
    """Question → answer, of every question answered by yes or no, or by one or more of several words."""
    asked = _asked_for(content)
    least = {it.id: _least(it, asked) for it in content.questions.values() if it.type in _IN_WORDS}
    return {**least, **_KNOWN}


def _least(question: Question, asked: Counter[tuple[str, str]]) -> str:
    values = ("no", "yes") if question.type == "yn" else question.values
    usual = [value for value in (question.nothing, *_WELL) if value in values]
    return min(values, key=lambda value: (asked[question.id, value], value not in usual, values.index(value)))


def _asked_for(content: Content) -> Counter[tuple[str, str]]:
    """How many conditions hold with an answer, less those that hold without it."""
    facts = content.facts
    asked: Counter[tuple[str, str]] = Counter()
    conditions = [rule.when for rule in content.rules.values()]
    conditions += [fact.definition for fact in facts.values() if fact.definition is not None]
    for condition in conditions:
        for name, value, weight in _atoms(condition, 1):
            fact = facts[name]
            meanings = [(q, answer) for q, it in fact.answers.items() for answer, means in it.items() if means is True]
            for question, answer in meanings or [(fact.question or name, value)]:
                asked[question, answer] += weight
    return asked


def _atoms(condition: Condition, weight: int) -> Iterator[tuple[str, str, int]]:
    if isinstance(condition, Not):
        yield from _atoms(condition.part, -weight)
    elif isinstance(condition, And | Or):
        for part in condition.parts:
            yield from _atoms(part, weight)
    elif isinstance(condition, Atom) and not isinstance(condition.subject, Call):
        yield from _of_fact(condition, condition.subject, weight)


def _of_fact(atom: Atom, subject: FactName, weight: int) -> Iterator[tuple[str, str, int]]:
    test = atom.test
    if test is None:
        yield subject.name, "yes", weight
    elif isinstance(test, Has):
        yield from ((subject.name, it.value, weight) for it in test.words)
    elif isinstance(test, Membership):
        yield from ((subject.name, it.value, weight) for it in test.literals if isinstance(it, Word))
    elif isinstance(test, Comparison) and isinstance(test.literal, Word):
        yield subject.name, test.literal.value, weight if test.operator == "==" else -weight
