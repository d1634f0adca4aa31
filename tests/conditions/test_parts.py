"""What a condition laid out says agrees with what the evaluator says, part by part and under every change."""

from __future__ import annotations

import dataclasses

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.explain import explain
from healthcheck_cli.conditions.parts import Group, Part, deciding, if_known, laid_out, leaves, truth_if, ways_to
from healthcheck_cli.conditions.tree import Atom, Condition, FactName, atoms, negated, replace
from healthcheck_cli.conditions.values import FactValue, PersonFacts, State, Truth
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary
from tests.conditions.random_people import (
    ANY_CONDITION,
    FACT_ATOMS,
    LINE_ATOMS,
    STATE_ATOMS,
    conditions,
    people,
)
from tests.conditions.small_vocabulary import NO, UNKNOWN, VOCABULARY, YES, checked, known, person, truth

FAST = settings(max_examples=40, deadline=None)
DECIDABLE = conditions(st.one_of(FACT_ATOMS, LINE_ATOMS))
_ASSUMED = "toy.assumed"
_WITH_ASSUMED = dataclasses.replace(
    VOCABULARY, facts={**VOCABULARY.facts, _ASSUMED: FactDeclaration(_ASSUMED, FactType.YN)}
)
_STATES = {YES: known(True), NO: known(False), UNKNOWN: FactValue(State.UNKNOWN)}


def tree(text: str, who: PersonFacts) -> Part:
    return laid_out(checked(text), who, VOCABULARY)


def evaluated_with(condition: Condition, atom: Atom, so: Truth, who: PersonFacts) -> Truth:
    """What the evaluator says with a fact of that truth in every place of the atom."""
    stands = Atom(FactName(_ASSUMED, text=_ASSUMED), text=_ASSUMED)
    for found in list(atoms(condition)):
        if found == atom:
            condition = replace(condition, found, stands)
    vocabulary: Vocabulary = _WITH_ASSUMED
    return evaluate(condition, dataclasses.replace(who, facts={**who.facts, _ASSUMED: _STATES[so]}), vocabulary)


def part_holds_together(part: Part) -> bool:
    """Is every group what its parts make of it?"""
    return truth_if(part, {}) is part.truth and (
        not isinstance(part, Group) or all(part_holds_together(inner) for inner in part.parts)
    )


@FAST
@given(ANY_CONDITION, people())
def test_every_part_is_what_the_evaluator_says_of_it(text: str, who: PersonFacts) -> None:
    part = tree(text, who)

    assert part.truth is evaluate(checked(text), who, VOCABULARY)
    assert part_holds_together(part)
    for leaf in leaves(part):
        alone = negated(leaf.atom) if leaf.negated else leaf.atom
        assert leaf.truth is evaluate(alone, who, VOCABULARY)
        assert leaf.result.truth is evaluate(leaf.atom, who, VOCABULARY)
        assert bool(leaf.missing) == (leaf.result.truth is UNKNOWN)


@FAST
@given(ANY_CONDITION, people())
def test_the_leaves_that_decide_are_those_that_explain_names(text: str, who: PersonFacts) -> None:
    part, explanation = tree(text, who), explain(checked(text), who, VOCABULARY)

    found = deciding(part)
    if explanation.truth is UNKNOWN:
        assert {name for leaf in found for name in leaf.missing} == set(explanation.missing)
    else:
        assert {leaf.result.text for leaf in found} == {result.text for result in explanation.because}


@FAST
@given(ANY_CONDITION, people(), st.sampled_from([YES, NO, UNKNOWN]), st.data())
def test_an_assumed_atom_gives_what_the_evaluator_gives_with_it(
    text: str, who: PersonFacts, so: Truth, data: st.DataObject
) -> None:
    condition = checked(text)
    atom = data.draw(st.sampled_from(list(atoms(condition))))

    assert truth_if(tree(text, who), {atom: so}) is evaluated_with(condition, atom, so, who)


@FAST
@given(DECIDABLE, people(), st.sampled_from([YES, NO]))
def test_a_way_gives_what_it_says_and_no_part_of_it_does(text: str, who: PersonFacts, wanted: Truth) -> None:
    part = tree(text, who)
    ways = ways_to(part, wanted)

    assert ways.complete
    for way in ways.found:
        turned = {leaf.atom: leaf.atom_where(wanted) for leaf in way}
        assert truth_if(part, turned) is wanted
        assert all(leaf.truth is not wanted for leaf in way)
    several = {frozenset((leaf.atom, leaf.negated) for leaf in way) for way in ways.found}
    assert not any(one < other for one in several for other in several)


@FAST
@given(DECIDABLE, people(), st.sampled_from([YES, NO]))
def test_there_is_a_way_where_no_atom_stands_twice(text: str, who: PersonFacts, wanted: Truth) -> None:
    found = list(atoms(checked(text)))
    assume(len(set(found)) == len(found))
    part = tree(text, who)

    assert bool(ways_to(part, wanted).found) is (part.truth is not wanted)


_ANSWERS: dict[str, tuple[bool | str | float, ...]] = {
    "toy.yes": (True, False),
    "toy.also": (True, False),
    "toy.choice": ("a", "b"),
    "toy.count": (0, 3),
}
_FEW_ATOMS = ("toy.yes", "toy.also", "toy.choice == a", "toy.count >= 2", "toy.count in (0, 1)")
_NO_ANSWER = st.sampled_from([FactValue(state) for state in (State.UNKNOWN, State.NOT_KNOWN, State.DECLINED)])


@FAST
@given(conditions(st.one_of(st.sampled_from(_FEW_ATOMS), STATE_ATOMS)), st.data())
def test_what_an_answer_would_decide_is_what_it_decides(text: str, data: st.DataObject) -> None:
    answers = {name: st.sampled_from([known(value) for value in values]) for name, values in _ANSWERS.items()}
    facts = {name: data.draw(st.one_of(_NO_ANSWER, _NO_ANSWER, given)) for name, given in answers.items()}
    for told in if_known(tree(text, person(facts))):
        assert isinstance(told.leaf.atom.subject, FactName)
        name = told.leaf.atom.subject.name
        wiser = person({**facts, name: data.draw(answers[name])})
        so = evaluate(told.leaf.atom, wiser, VOCABULARY)

        says = told.if_so if so is told.leaf.atom_where(YES) else told.if_not
        assert says in (UNKNOWN, truth(text, wiser))


def test_what_clears_a_rule_that_fired_is_any_part_of_and_and_every_part_of_or() -> None:
    who = person({"toy.yes": known(True), "toy.also": known(True), "toy.count": known(3)})

    clear = ways_to(tree("toy.yes and (toy.also or toy.count >= 2)", who), NO)

    assert [[leaf.atom.text for leaf in way] for way in clear.found] == [["toy.yes"], ["toy.also", "toy.count >= 2"]]


def test_a_change_that_makes_another_part_hold_is_not_offered() -> None:
    who = person({"toy.yes": known(True), "toy.also": known(True), "toy.count": known(3)})

    clear = ways_to(tree("(toy.yes and toy.also) or (not toy.yes and toy.count >= 2)", who), NO)

    assert [[leaf.atom.text for leaf in way] for way in clear.found] == [["toy.also"]]


def test_knowing_a_fact_turns_round_what_asks_whether_it_is_known() -> None:
    (told,) = if_known(tree("toy.yes and (missing(toy.yes) or toy.also)", person({"toy.also": known(False)})))

    assert (told.if_so, told.if_not) == (NO, NO)


def test_a_fact_that_does_not_apply_is_said_to() -> None:
    part = tree("not toy.yes", person({"toy.yes": FactValue(State.DOES_NOT_APPLY)}))

    assert [(leaf.truth, leaf.applies) for leaf in leaves(part)] == [(NO, False)]


def test_too_many_ways_are_cut_short_and_said_to_be() -> None:
    three = "(toy.count == {0}1 or toy.count == {0}2 or toy.count == {0}3)"
    part = tree(" and ".join(three.format(number) for number in range(1, 7)), person({"toy.count": known(0)}))

    ways = ways_to(part, YES)

    assert (len(ways.found), ways.complete) == (60, False)


def test_a_defined_fact_is_laid_out_with_what_it_is_made_of_the_same_way_round() -> None:
    definitions = {"toy.defined": checked("toy.yes or toy.also")}
    who = person({"toy.also": known(False), "toy.defined": FactValue(State.UNKNOWN)})

    (leaf,) = leaves(laid_out(checked("not toy.defined"), who, VOCABULARY, definitions))

    assert isinstance(leaf.made_of, Group)
    assert (leaf.truth, leaf.made_of.truth, leaf.made_of.joined) == (UNKNOWN, UNKNOWN, "all")
    assert [inner.truth for inner in leaf.made_of.parts] == [UNKNOWN, YES]
    assert leaf.missing == ("toy.yes",)


def test_what_does_not_apply_is_not_turned_round_in_what_a_fact_is_made_of() -> None:
    definitions = {"toy.defined": checked("toy.yes")}
    who = person({"toy.yes": FactValue(State.DOES_NOT_APPLY), "toy.defined": known(False)})

    (leaf,) = leaves(laid_out(checked("not toy.defined"), who, VOCABULARY, definitions))

    assert leaf.made_of is not None
    assert (leaf.truth, leaf.made_of.truth) == (YES, NO)
