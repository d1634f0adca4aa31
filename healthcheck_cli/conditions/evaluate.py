"""The reference evaluator: plain and slow, and what every faster path must agree with."""

from __future__ import annotations

import math
from datetime import date

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.compare import TestedValue, holds
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.kleene import all_true, any_true, opposite
from healthcheck_cli.conditions.line_functions import value_of_call
from healthcheck_cli.conditions.tree import And, Atom, Call, Condition, FactName, Not, Or, Subject
from healthcheck_cli.conditions.values import FactValue, Interval, PersonFacts, State, Truth
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary

JOINED = (And, Or)


def evaluate(condition: Condition, person: PersonFacts, vocabulary: Vocabulary) -> Truth:
    """True, false or unknown of this person. The condition must have been checked against the same vocabulary.

    ``not`` is pushed down to the atoms first, because an atom on a fact that does not apply is false in either
    direction. Nothing unknown ever counts as no.
    """
    return truth_of(condition, person, vocabulary, negated=False)


def truth_of(condition: Condition, person: PersonFacts, vocabulary: Vocabulary, *, negated: bool) -> Truth:
    """The truth of a part of a condition that stands under an odd number of ``not`` (negated) or an even one."""
    if isinstance(condition, Atom):
        return _truth_of_atom(condition, person, vocabulary, negated=negated)
    if isinstance(condition, JOINED):
        parts = (truth_of(part, person, vocabulary, negated=negated) for part in condition.parts)
        return all_true(parts) if needs_all(condition, negated=negated) else any_true(parts)
    if isinstance(condition, Not):
        return truth_of(condition.part, person, vocabulary, negated=not negated)
    raise TypeError(f"not a condition: {type(condition).__name__}")


def needs_all(condition: And | Or, *, negated: bool) -> bool:
    """Must all parts hold? ``not (a or b)`` asks for both ``not a`` and ``not b``."""
    return isinstance(condition, And) != negated


def fact_asked(subject: Subject) -> str | None:
    """The fact that a fact or a function is about; None for functions over medicine lines and scales."""
    if isinstance(subject, FactName):
        return subject.name
    return subject.name if FUNCTIONS[subject.function].about is About.FACT else None


def value_of(subject: Subject, person: PersonFacts, vocabulary: Vocabulary) -> TestedValue | None:
    """What a fact or a function is for this person; None where it is unknown."""
    if isinstance(subject, FactName):
        return _value_of_fact(person.fact(subject.name), vocabulary.facts[subject.name])
    about = FUNCTIONS[subject.function].about
    if about is About.CLASS:
        return value_of_call(subject, person) if person.worked_out is None else person.worked_out.value(subject)
    if about is About.SCALE:
        return _burden(subject, person)
    return _asked_of_fact(subject, person, vocabulary)


def months_between(first: date, last: date) -> int:
    """Whole months from ``first`` to ``last``, 0 if it is not in the past; a month from the 31st ends on the 28th.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28))
    1
    """
    passed = relativedelta(last, first)
    return max(0, passed.years * 12 + passed.months)


def weeks_between(first: date, last: date) -> int:
    """Whole weeks from ``first`` to ``last``; 0 if it is not in the past."""
    return max(0, (last - first).days // 7)


def _truth_of_atom(atom: Atom, person: PersonFacts, vocabulary: Vocabulary, *, negated: bool) -> Truth:
    if person.worked_out is not None:
        truth = person.worked_out.truth(atom)
    elif atom.text in person.truths:
        truth = person.truths[atom.text]
    else:
        truth = person.truths[atom.text] = atom_truth(atom, person, vocabulary)
    if truth is None:
        return Truth.FALSE
    return opposite(truth) if negated else truth


def atom_truth(atom: Atom, person: PersonFacts, vocabulary: Vocabulary) -> Truth | None:
    """The truth of an atom, whatever ``not`` stands before it; None where its fact does not apply to the person."""
    fact = fact_asked(atom.subject)
    if fact is not None and person.fact(fact).state is State.DOES_NOT_APPLY:
        return None
    return holds(value_of(atom.subject, person, vocabulary), atom.test)


def _value_of_fact(fact: FactValue, declaration: FactDeclaration) -> TestedValue | None:
    if fact.state is not State.KNOWN:
        return None
    if declaration.type is FactType.DATE:
        return fact.dates
    if fact.value == frozenset() and declaration.nothing:
        return frozenset({declaration.nothing})  # nothing ticked: `has none` may be asked
    return fact.value


def _burden(call: Call, person: PersonFacts) -> Interval | None:
    burden = person.burdens.get(call.name)
    if burden is None or person.medicines_complete:
        return burden
    return Interval(burden.low, math.inf)


_STATE_ASKED = {"not_known": State.NOT_KNOWN, "declined": State.DECLINED}


def _asked_of_fact(call: Call, person: PersonFacts, vocabulary: Vocabulary) -> TestedValue | None:
    fact = person.fact(call.name)
    if call.function == "missing":
        return fact.state is not State.KNOWN
    if call.function in _STATE_ASKED:
        return fact.state is _STATE_ASKED[call.function]
    if call.function == "never":  # a date may be known where the value is too old to use
        return _never(fact)
    if call.function in ("months_since", "weeks_since"):
        return _since(call, fact, person.as_of)
    if fact.state is not State.KNOWN:
        return None
    return _of_content(call, fact, vocabulary)


def _never(fact: FactValue) -> bool | None:
    if fact.dates is None:
        return None
    if fact.dates.never:
        return True
    return False if fact.dates.earliest else None


def _since(call: Call, fact: FactValue, as_of: date) -> Interval | None:
    """Never is longer ago than any number."""
    if fact.dates is None:
        return None
    passed = months_between if call.function == "months_since" else weeks_between
    latest, earliest = fact.dates.latest, fact.dates.earliest
    return Interval(passed(latest, as_of) if latest else math.inf, passed(earliest, as_of) if earliest else math.inf)


def _of_content(call: Call, fact: FactValue, vocabulary: Vocabulary) -> TestedValue | None:
    if call.function == "ticked" and isinstance(fact.value, frozenset):
        return Interval.exactly(len(fact.value))
    if call.function == "written" and isinstance(fact.value, str):
        return fact.value != ""
    if call.function == "mentions" and isinstance(fact.value, str):
        text = plain(fact.value)
        return any(plain(word) in text for word in vocabulary.word_lists[call.word_list])
    if fact.value is None:
        return None
    raise TypeError(f"{call.function}(…) cannot be asked of a {type(fact.value).__name__}: check the condition first")


def plain(text: str) -> str:
    """Lower case, with straight apostrophes: how texts and word lists are compared."""
    return text.lower().replace("’", "'")
