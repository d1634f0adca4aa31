"""Laws that hold of every condition and every person, whatever the content says."""

from __future__ import annotations

import dataclasses

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import explain
from healthcheck_cli.conditions.mutate import mutations
from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.tree import negated
from healthcheck_cli.conditions.values import LineFacts, PersonFacts, State, Truth
from tests.conditions.random_people import (
    ANY_CONDITION,
    FACT_ATOMS,
    LINE_ATOMS,
    conditions,
    fact_values,
    medicine_lines,
    people,
)
from tests.conditions.small_vocabulary import VOCABULARY, checked, person, truth

FAST = settings(max_examples=80, deadline=None)
DECIDABLE = conditions(st.one_of(FACT_ATOMS, LINE_ATOMS))
"""Conditions that do not ask about the state of knowing itself."""


@FAST
@given(ANY_CONDITION, people())
def test_explain_tells_what_evaluate_says(text: str, who: PersonFacts) -> None:
    condition = checked(text)
    explanation = explain(condition, who, VOCABULARY)

    assert explanation.truth is evaluate(condition, who, VOCABULARY)
    assert bool(explanation.missing) == (explanation.truth is Truth.UNKNOWN)
    assert bool(explanation.because) == (explanation.truth is not Truth.UNKNOWN)


@FAST
@given(ANY_CONDITION, people())
def test_not_not_changes_nothing(text: str, who: PersonFacts) -> None:
    condition = checked(text)

    assert evaluate(negated(negated(condition)), who, VOCABULARY) is evaluate(condition, who, VOCABULARY)


@FAST
@given(ANY_CONDITION, people())
def test_a_condition_and_its_opposite_are_never_both_true(text: str, who: PersonFacts) -> None:
    assert not truth(text, who) is truth(f"not ({text})", who) is Truth.TRUE


@FAST
@given(DECIDABLE, people(), st.data())
def test_learning_a_fact_never_overturns_what_was_decided(text: str, who: PersonFacts, data: st.DataObject) -> None:
    open_states = (State.UNKNOWN, State.NOT_KNOWN, State.DECLINED)
    nothing_known = {n for n in VOCABULARY.facts if who.fact(n).state in open_states and who.fact(n).dates is None}
    assume(nothing_known)  # an old value's date is known already: learning another would be changing one's mind
    name = data.draw(st.sampled_from(sorted(nothing_known)))
    learnt = data.draw(fact_values(VOCABULARY.facts[name]))
    wiser = dataclasses.replace(who, facts={**who.facts, name: learnt})

    if (before := truth(text, who)) is not Truth.UNKNOWN:
        assert truth(text, wiser) is before


@FAST
@given(conditions(LINE_ATOMS), people(), medicine_lines())
def test_naming_a_line_never_overturns_what_was_decided(text: str, who: PersonFacts, named: LineFacts) -> None:
    who = dataclasses.replace(who, unrecognised_rows=(8, 9))
    wiser = dataclasses.replace(who, lines=(*who.lines, named), unrecognised_rows=(9,))

    if (before := truth(text, who)) is not Truth.UNKNOWN:
        assert truth(text, wiser) is before


@FAST
@given(conditions(LINE_ATOMS), people())
def test_a_complete_list_never_overturns_what_was_decided(text: str, who: PersonFacts) -> None:
    before = truth(text, dataclasses.replace(who, medicines_complete=False))

    if before is not Truth.UNKNOWN:
        assert truth(text, dataclasses.replace(who, medicines_complete=True)) is before


@FAST
@given(ANY_CONDITION)
def test_a_mutant_can_be_written_and_read_back(text: str) -> None:
    for _, mutant in mutations(parse(text)):
        assert parse(mutant.text) == mutant


@FAST
@given(conditions(FACT_ATOMS))
def test_of_somebody_unknown_nothing_is_decided(text: str) -> None:
    assert truth(text, person()) is Truth.UNKNOWN
