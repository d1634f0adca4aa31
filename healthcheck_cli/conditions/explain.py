"""Why a condition is what it is of a person: the parts that decided, or what would settle it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from healthcheck_cli.conditions.compare import TestedValue
from healthcheck_cli.conditions.evaluate import JOINED, evaluate, fact_asked, needs_all, truth_of, value_of
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.lines_behind import lines_behind, missing_of_call
from healthcheck_cli.conditions.tree import Atom, Call, Condition, Not
from healthcheck_cli.conditions.values import DateRange, Interval, PersonFacts, State, Truth
from healthcheck_cli.conditions.vocabulary import Vocabulary


@dataclass(frozen=True)
class AtomResult:
    """One atom that decided: ``text`` as written, ``fact`` the fact or call without its test, ``truth`` of the atom
    itself (whatever ``not`` stands before it), ``value`` as JSON, the rows it stands on, and words for a person.
    ``scale``: of which it is a total, whose medicines are behind it; "" of anything else."""

    text: str
    fact: str
    truth: Truth
    value: object
    rows: tuple[int, ...]
    shown: str
    scale: str = ""


@dataclass(frozen=True)
class Explanation:
    """``because`` holds only the atoms that decided, and is empty while the truth is unknown; ``missing`` is empty
    unless it is: the facts in the parts still undecided, which settle it whatever they turn out to be.

    What is missing of the medicines is named ``medicines.complete``, ``medicines.unrecognised``,
    ``medicines.<attribute of a line>``, ``medicines.current``, or ``medicines.<scale>``.
    """

    truth: Truth
    because: tuple[AtomResult, ...]
    missing: tuple[str, ...]


def explain(
    condition: Condition,
    person: PersonFacts,
    vocabulary: Vocabulary,
    definitions: Mapping[str, Condition] | None = None,
    truth: Truth | None = None,
) -> Explanation:
    """The truth that ``evaluate`` gives, with its reasons. ``truth``: what it gave, where that is known already.

    A fact in ``definitions`` that is missing is not named itself: what its own condition misses is.
    """
    truth = evaluate(condition, person, vocabulary) if truth is None else truth
    reasons = _Reasons(person, vocabulary, definitions or {})
    if truth is Truth.UNKNOWN:
        return Explanation(truth, (), tuple(dict.fromkeys(reasons.missing(condition, negated=False))))
    because: list[AtomResult] = []
    for result in reasons.deciding(condition, negated=False):
        if result not in because:
            because.append(result)
    return Explanation(truth, tuple(because), ())


def result_so_far(atom: Atom, person: PersonFacts, vocabulary: Vocabulary) -> AtomResult:
    """One atom with what it stands on, decided or not: an unknown one has the range, the rows and the words so far."""
    return _Reasons(person, vocabulary, {}).result(atom)


def holds_already(condition: Condition, person: PersonFacts, vocabulary: Vocabulary) -> tuple[AtomResult, ...]:
    """The atoms of an unknown condition that hold, beside what is missing: only that keeps it from being true."""
    found: list[AtomResult] = []
    for result in _Reasons(person, vocabulary, {}).holding(condition, negated=False):
        if result.truth is Truth.TRUE and result not in found:
            found.append(result)
    return tuple(found)


@dataclass(frozen=True)
class _Reasons:
    person: PersonFacts
    vocabulary: Vocabulary
    definitions: Mapping[str, Condition]

    def deciding(self, condition: Condition, *, negated: bool) -> Iterator[AtomResult]:
        """The atoms that made a decided part what it is."""
        if isinstance(condition, Not):
            yield from self.deciding(condition.part, negated=not negated)
        elif isinstance(condition, JOINED):
            truths = {index: self._truth(part, negated=negated) for index, part in enumerate(condition.parts)}
            decisive = Truth.FALSE if needs_all(condition, negated=negated) else Truth.TRUE
            some_decide = decisive in truths.values()
            for index, part in enumerate(condition.parts):
                if not some_decide or truths[index] is decisive:
                    yield from self.deciding(part, negated=negated)
        elif isinstance(condition, Atom):
            yield self.result(condition)

    def missing(self, condition: Condition, *, negated: bool) -> Iterator[str]:
        """What is unknown in an undecided part."""
        if isinstance(condition, Not):
            yield from self.missing(condition.part, negated=not negated)
        elif isinstance(condition, JOINED):
            for part in condition.parts:
                if self._truth(part, negated=negated) is Truth.UNKNOWN:
                    yield from self.missing(part, negated=negated)
        elif isinstance(condition, Atom):
            yield from self._missing_in(condition)

    def holding(self, condition: Condition, *, negated: bool) -> Iterator[AtomResult]:
        """The atoms of the true parts beside the unknown ones of an undecided part that needs them all."""
        if isinstance(condition, Not):
            yield from self.holding(condition.part, negated=not negated)
        elif isinstance(condition, JOINED):
            for part in condition.parts:
                truth = self._truth(part, negated=negated)
                if truth is Truth.UNKNOWN:
                    yield from self.holding(part, negated=negated)
                elif truth is Truth.TRUE and needs_all(condition, negated=negated):
                    yield from self.deciding(part, negated=negated)

    def _truth(self, condition: Condition, *, negated: bool) -> Truth:
        return truth_of(condition, self.person, self.vocabulary, negated=negated)

    def _missing_in(self, atom: Atom) -> Iterator[str]:
        fact = fact_asked(atom.subject)
        if fact is None and isinstance(atom.subject, Call):
            known = self.person.worked_out
            yield from missing_of_call(atom.subject, self.person) if known is None else known.missing(atom.subject)
        elif fact is not None:
            definition = self.definitions.get(fact)
            if definition is not None and self._truth(definition, negated=False) is Truth.UNKNOWN:
                yield from self.missing(definition, negated=False)
            else:
                yield fact

    def result(self, atom: Atom) -> AtomResult:
        """The atom itself, whatever ``not`` stands before it."""
        truth = self._truth(atom, negated=False)
        fact = fact_asked(atom.subject)
        if fact is None and isinstance(atom.subject, Call):
            known = self.person.worked_out
            rows, shown = lines_behind(atom.subject, self.person) if known is None else known.behind(atom.subject)
        else:
            found = self.person.fact(fact or "")
            rows, shown = found.rows, found.shown
            if found.state is State.DOES_NOT_APPLY:
                return AtomResult(atom.text, atom.subject.text, truth, found.state.value, rows, shown)
        value = as_json(value_of(atom.subject, self.person, self.vocabulary))
        return AtomResult(atom.text, atom.subject.text, truth, value, rows, shown, _scale_of(atom))


def _scale_of(atom: Atom) -> str:
    subject = atom.subject
    return subject.name if isinstance(subject, Call) and FUNCTIONS[subject.function].about is About.SCALE else ""


def as_json(value: TestedValue | None) -> object:
    """A value as JSON has it: an exact number alone, a range as ``{"low": 1, "high": 3}`` with null for no end.

    >>> as_json(Interval(1, math.inf)), as_json(Interval.exactly(14.0)), as_json(frozenset({"b", "a"}))
    ({'low': 1, 'high': None}, 14, ['a', 'b'])
    """
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Interval):
        if math.isinf(value.low):
            return "never"
        return _number(value.low) if value.exact else {"low": _number(value.low), "high": _number(value.high)}
    if isinstance(value, DateRange):
        if value.never:
            return "never"
        ends = [end.isoformat() if end else None for end in (value.earliest, value.latest)]
        return ends[0] if ends[0] == ends[1] else {"earliest": ends[0], "latest": ends[1]}
    return value


def _number(value: float) -> float | None:
    if math.isinf(value):
        return None
    return int(value) if value == int(value) else value
