"""Verhoeff's check digit: one digit fits, and the slips of a typing hand never do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.dmd.ids import has_check_digit, is_id

_BODIES = st.from_regex(r"[1-9][0-9]{4,16}", fullmatch=True)


@given(_BODIES)
def test_exactly_one_digit_fits(body: str) -> None:
    assert sum(has_check_digit(body + digit) for digit in "0123456789") == 1


@given(_BODIES, st.data())
def test_a_wrong_digit_and_two_that_changed_places_never_pass(body: str, data: st.DataObject) -> None:
    right = next(body + digit for digit in "0123456789" if has_check_digit(body + digit))
    place = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from("0123456789".replace(right[place], "")))
    assert not has_check_digit(right[:place] + wrong + right[place + 1 :])
    if place and right[place - 1] != right[place]:
        assert not has_check_digit(right[: place - 1] + right[place] + right[place - 1] + right[place + 1 :])


def test_ids_are_6_to_18_digits_of_our_own_numerals() -> None:
    assert is_id("123456")
    assert is_id("9" * 18)
    for text in ("12345", "9" * 19, "0123456", "1234567.0", "1.2e10", "１２３４５６７", "", "-1234567"):
        assert not is_id(text)
