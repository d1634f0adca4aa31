"""Laws of recognition, over names nobody thought of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.medicines.models import Match
from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
from tests.medicines.recogniser_fixtures import MEDICINES, RECOGNISER

_NAMES = st.sampled_from(sorted(MEDICINES))
_MAKERS = st.sampled_from(
    [" (Teva UK Ltd)", " [HILLCROSS]", " (Alliance Healthcare (Distribution) Ltd)", " (A.A.H. Pharm)"]
)


@given(text=st.text(max_size=80))
def test_recognition_never_raises_and_keeps_the_text(text: str) -> None:
    found = RECOGNISER.recognise(text)
    assert found.text == text
    assert (found.match is Match.EXACT) == bool(found.ingredients)


@given(name=_NAMES, maker=_MAKERS, spaces=st.integers(1, 4))
def test_case_spacing_and_maker_do_not_change_the_match(name: str, maker: str, spaces: int) -> None:
    plain = RECOGNISER.recognise(f"{name} 5mg tablets")
    shouted = RECOGNISER.recognise(f"{name.upper()}{' ' * spaces}5MG{' ' * spaces}TABLETS{maker}")
    assert (shouted.match, shouted.ingredients, shouted.route) == (plain.match, plain.ingredients, plain.route)


@given(name=_NAMES, before=st.text("abcdefghij", min_size=1, max_size=4))
def test_a_name_inside_a_longer_word_is_not_that_name(name: str, before: str) -> None:
    first_word = name.split()[0]
    found = RECOGNISER.recognise(f"{before}{first_word} 5mg tablets")
    assert name not in [one.name for one in found.ingredients] or name != first_word


@given(name=_NAMES, amount=st.integers(1, 900), per=st.sampled_from([1, 2, 5, 10]))
def test_an_amount_in_millilitres_is_what_one_millilitre_holds(name: str, amount: int, per: int) -> None:
    strength = RECOGNISER.recognise(f"{name} {amount}mg/{per}ml oral solution").ingredients[0].strength
    assert strength is not None
    assert strength.value == pytest.approx(amount / per)
    assert (strength.unit, strength.per) == ("mg", "ml")


@given(line=st.text(max_size=80))
def test_splitting_a_line_never_raises_and_adds_nothing(line: str) -> None:
    product, dosage = split_product_and_dosage(line)
    assert set(product + dosage) <= set(line + " ")
