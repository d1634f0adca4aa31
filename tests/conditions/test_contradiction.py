"""A condition that no person can make true is found; one that somebody makes true never is called so."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from healthcheck_cli.conditions.contradiction import WhatCanBe, may_be_true
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import PersonFacts, Truth
from tests.conditions.random_people import ANY_CONDITION, people
from tests.conditions.small_vocabulary import VOCABULARY, checked


def within(narrow: str, wide: tuple[str, ...]) -> bool:
    """Queens are kings; and whatever is no king is an ace."""
    return narrow in wide or (narrow == "queen" and "king" in wide) or {"king", "ace"} <= set(wide)


KNOWN = WhatCanBe(
    VOCABULARY,
    definitions={"toy.defined": checked("toy.yes and toy.count >= 2")},
    asked_of={"toy.wait": checked("taking(ace)"), "toy.choice": checked("toy.also")},
    limits={"toy.wait": (0, 60)},
    within=within,
)


@pytest.mark.parametrize(
    "text",
    [
        "toy.yes and not toy.yes",
        "toy.count >= 3 and toy.count <= 2",
        "toy.count > 2 and toy.count < 3",
        "toy.wait > 60 days",  # nobody can answer that
        "toy.choice == a and toy.choice == b",
        "toy.yes and missing(toy.yes)",
        "not_known(toy.yes) and declined(toy.yes)",
        "toy.multi has red and ticked(toy.multi) < 1",
        "months_since(toy.seen) > 3 and months_since(toy.seen) < 4",
        "never(toy.seen) and toy.seen >= 2026-08-15",
        "mentions(toy.note, colours) and not written(toy.note)",
        "taking(queen) and not taking(king)",
        "count(queen) >= 2 and count(king) <= 1",
        "lapsed(ace) and not lapsed(ace)",
        "taking(queen) and not taking(ace) and count(king) == 0",
        "taking(ace, prn, taken_for >= 2 weeks) and not taking(ace, prn)",
        "taking(ace, prn, not prn)",
        "taking(ace, taken_for >= 2 weeks, taken_for < 1 weeks)",
        "burden(load) > 2 and not burden(load) > 1",
        "toy.defined and toy.count < 2",  # by what defines it
        "toy.wait >= 3 days and not taking(ace)",  # it is asked of nobody else
        "(toy.yes or toy.count > 3) and not toy.yes and toy.count in (1, 2)",
    ],
)
def test_what_can_never_be_true_is_found(text: str) -> None:
    assert not may_be_true(checked(text), KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "toy.grade > 3 mmol/L and toy.grade < 4 mmol/L",  # between two whole numbers
        "toy.wait == 60 days",
        "toy.multi has red and toy.multi has blue and ticked(toy.multi) == 3",
        "toy.seen >= 2026-08-15 and toy.seen < 2026-08-16",
        "taking(king) and not taking(queen)",
        "taking(ace) and not taking(ace, prn)",
        "taking(ace, begun_on >= 2026-08-15, missing(route))",
        "lapsed(ace) and not taking(ace)",
        "missing(toy.wait) and not toy.yes",
        "not toy.defined and toy.yes",
        "missing(toy.choice)",  # whether it applies may be unknown too
    ],
)
def test_what_somebody_can_make_true_is_let_be(text: str) -> None:
    assert may_be_true(checked(text), KNOWN)


def test_a_defined_fact_is_false_too_where_its_parts_do_not_apply() -> None:
    known = WhatCanBe(
        VOCABULARY,
        definitions={"toy.defined": checked("toy.choice == a")},
        asked_of={"toy.choice": checked("toy.also")},
    )
    assert may_be_true(checked("not toy.defined and not toy.also"), known)
    assert not may_be_true(checked("toy.defined and not toy.also"), known)


# one random condition in six is true of somebody at random; the others prove nothing
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(ANY_CONDITION, people())
def test_no_condition_that_is_true_of_somebody_is_called_never_true(text: str, who: PersonFacts) -> None:
    condition = checked(text)
    assume(evaluate(condition, who, VOCABULARY) is Truth.TRUE)
    assert may_be_true(condition, WhatCanBe(VOCABULARY))
