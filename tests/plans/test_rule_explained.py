"""What ``--explain`` writes of one rule on one person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.parts import laid_out, leaves
from healthcheck_cli.conditions.values import FactValue, Interval, PersonFacts, State, Truth
from healthcheck_cli.content.models import Level, Rule
from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.findings import AcceptedFinding
from healthcheck_cli.plans.part_words import atom_in_words
from healthcheck_cli.plans.rule_explained import MARKS, WIDTH
from healthcheck_cli.record import Acceptance
from tests.plans.golden_plans import FOLDER, explanations
from tests.plans.small_review import HOSTILE
from tests.plans.small_rules import (
    CLEAR,
    CONTENT,
    FACTS,
    FINDING,
    FIRED,
    UNKNOWN,
    VOCABULARY,
    WHO,
    condition,
    explained,
    rule,
)

_ATOMS = (
    "dx.psychosis",
    "epi.plan",
    "taking(antipsychotic)",
    "taking(opioid, prn)",
    "count(opioid) >= 1",
    "bowel.days_since >= 3 days",
    "bowel.signs has (hard_belly, sick)",
    "months_since(review.psychotropic) >= 12",
    "missing(dx.epilepsy)",
    "burden(acbcalc) >= 3",
)
_CONDITIONS = st.recursive(
    st.sampled_from(_ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
    ),
    max_leaves=6,
)
_YES_OR_NO = st.one_of(
    st.booleans().map(lambda so: FactValue(State.KNOWN, so, shown=HOSTILE)),
    st.sampled_from([FactValue(state) for state in State if state is not State.KNOWN]),
)
_SAYS = {Truth.TRUE: "HOLDS, AND IS NOT AMONG", Truth.FALSE: "DID NOT FIRE", Truth.UNKNOWN: "COULD NOT TELL"}


@st.composite
def people(draw: st.DrawFn) -> PersonFacts:
    """The one person with other answers, and a medicine list that may leave something out."""
    facts = {name: draw(_YES_OR_NO) for name in ("dx.psychosis", "dx.epilepsy", "epi.plan")}
    days = st.sampled_from([FactValue(State.KNOWN, Interval(low, 4)) for low in (1, 4)])
    facts["bowel.days_since"] = draw(days)
    complete, lines = draw(st.booleans()), FACTS.lines[draw(st.integers(0, 3)) :]
    return replace(FACTS, facts={**FACTS.facts, **facts}, medicines_complete=complete, lines=lines)


@settings(max_examples=60, deadline=None)
@given(_CONDITIONS, people())
def test_what_is_written_agrees_with_the_evaluator(text: str, facts: PersonFacts) -> None:
    written = explained(rule("X-01", "A rule", text), facts)

    assert _SAYS[evaluate(condition(text), facts, VOCABULARY)] in written
    marks = Counter(re.findall(r"^ *(\[\w+\])(?! it holds)(?! (?:all|at least one) of these:$)", written, re.MULTILINE))
    assert marks == Counter(MARKS[leaf.truth] for leaf in leaves(laid_out(condition(text), facts, VOCABULARY)))
    for line in written.splitlines():
        assert len(line) <= WIDTH
        assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in line)


@pytest.mark.parametrize("name", sorted(explanations()))
def test_an_explanation_is_the_one_that_was_read_and_kept(name: str) -> None:
    assert explanations()[name] == (FOLDER / name).read_text("utf-8")


def test_nothing_it_says_reads_as_advice() -> None:
    for text in explanations().values():
        assert not list(wording_problems(text))


def verdict(rule_: Rule, **who: object) -> str:
    written = explained(rule_, who=replace(WHO, **who))  # type: ignore[arg-type]
    return " ".join(written.split("\n\n")[1].split())


def test_a_rule_that_is_accepted_says_until_when_by_whom_and_why() -> None:
    known = Acceptance("STOMP-05", date(2027, 1, 31), "Dr A", "psychiatry was asked")
    said = verdict(FIRED, findings=(), accepted=(AcceptedFinding(FINDING, (known,)),))
    assert said == "FIRED, AND IS KNOWN AND ACCEPTED. Accepted until 31 Jan 2027 by Dr A: psychiatry was asked."


def test_a_rule_that_is_told_with_another_says_which() -> None:
    leader = replace(FINDING, rule="STOMP-07", title="A firmer rule", merged=(FINDING,))
    assert verdict(FIRED, findings=(leader,)) == (
        "FIRED, AND IS TOLD WITH ANOTHER: STOMP-07 (A firmer rule) rests on the same medicine or fact and asks for the "
        "same."
    )


def test_a_rule_that_another_stands_for_says_which() -> None:
    firmer = replace(FINDING, rule="STOMP-07", title="A firmer rule", superseded=("STOMP-05",))

    assert verdict(FIRED, findings=(firmer,)) == (
        "FIRED, AND IS NOT SHOWN BY ITSELF: STOMP-07 (A firmer rule) stands for it, on the same medicine or fact and "
        "at the same level or a higher one."
    )
    assert verdict(FIRED, findings=(replace(FINDING, superseded=("STOMP-04",)),)) == (
        "FIRED. It stands for these too: STOMP-04."
    )


def test_a_rule_that_is_not_run_on_such_a_record_says_why() -> None:
    assert verdict(replace(UNKNOWN, applies="check")) == (
        "NOT RUN ON THIS RECORD: the rule is for a health check, and this record has no answers of one. On what was "
        "recorded, whether its condition holds could not be told."
    )
    assert "for lists and extracts" in verdict(replace(FIRED, applies="extract"), from_check=True)
    assert "is a draft" in verdict(replace(FIRED, status="draft"))
    assert verdict(replace(FIRED, applies="check"), from_check=True) == "FIRED."


def test_a_rider_without_a_finding_to_ride_on_says_so() -> None:
    assert "there is none" in verdict(replace(FIRED, rider=True), findings=())


def test_the_level_it_fired_at_is_told_with_its_own() -> None:
    urgent = replace(FINDING, level=Level.URGENT)

    assert "\nLevel: urgent (by itself high)\n" in explained(FIRED, who=replace(WHO, findings=(urgent,)))


def test_too_many_ways_are_cut_short_with_their_number() -> None:
    any_of_two = "(dx.psychosis or bowel.days_since >= {})".replace("{}", "{0} days")
    many = " and ".join(any_of_two.format(days) for days in range(6, 10))

    assert "more way" not in explained(rule("X-01", "A rule", many))  # dx.psychosis is in every one of them
    apart = f"({' or '.join(f'bowel.days_since >= {days} days' for days in range(6, 10))})"
    other = f"({' or '.join(f'burden(acbcalc) >= {score}' for score in range(9, 13))})"
    assert "and 4 more ways, of as many parts or more" in explained(rule("X-01", "A rule", f"{apart} and {other}"))


@pytest.mark.parametrize(
    ("text", "holds", "turned"),
    [
        ("taking(antipsychotic, not prn)", "Antipsychotics (not prn): taken", "Antipsychotics (not prn): not taken"),
        ("bowel.days_since > 3 days", "Days since the bowels last opened: over 3 days", "at most 3 days"),
        ("bowel.days_since != 3 days", "Days since the bowels last opened: other than 3 days", "exactly 3 days"),
        ("bowel.signs has (hard_belly, sick)", "Bowel signs: any of a hard belly or sick", "none of a hard belly or"),
        ("bowel.signs has none", "Bowel signs: none", "Bowel signs: not none"),
        ("review.psychotropic < 2026-01-31", "review: before 31 Jan 2026", "on or after 31 Jan 2026"),
        ("missing(dx.epilepsy)", "Epilepsy: not recorded", "Epilepsy: recorded"),
        ("never(review.psychotropic)", "review: never", "review: at some time"),
        ("dx.epilepsy", "Epilepsy: yes", "Epilepsy: no"),
        ("count(opioid) >= 2", "Opioids counted: at least 2", "Opioids counted: under 2"),
    ],
)
def test_a_part_is_told_either_way_round(text: str, holds: str, turned: str) -> None:
    (leaf,) = leaves(laid_out(condition(text), FACTS, VOCABULARY))

    assert holds in atom_in_words(leaf.atom, CONTENT)
    assert turned in atom_in_words(leaf.atom, CONTENT, holds=False)


def test_a_missing_answer_is_told_with_its_question_and_what_it_would_decide() -> None:
    written = " ".join(explained(rule("X-01", "A rule", "bowel.signs has sick")).split())

    assert 'Bowel signs (bowel.signs): an answer to "Any of these?" (question bowel.signs)' in written
    assert "If it is so, the rule fires; if not, the rule does not fire: - Bowel signs: sick" in written


def test_clear_is_never_said_of_a_person() -> None:
    assert not re.search(r"\b(clear|safe|all well)\b", explained(CLEAR), re.IGNORECASE)
