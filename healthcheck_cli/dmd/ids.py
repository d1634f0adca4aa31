"""The ids of dm+d: SNOMED CT identifiers, 6 to 18 digits of which the last is Verhoeff's check digit. Always text."""

from __future__ import annotations

import re

_ID = re.compile(r"[1-9][0-9]{5,17}")
_ROUND = "0123456789"
_SHIFT = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def is_id(text: str) -> bool:
    """Is it written as an id is? Says nothing of the check digit.

    >>> is_id("322236009"), is_id("0322236009"), is_id("12345"), is_id("3.2e8")
    (True, False, False, False)
    """
    return _ID.fullmatch(text) is not None


def has_check_digit(digits: str) -> bool:
    """Does the last digit fit the others? A digit that is wrong, or two neighbours that changed places, never pass.

    >>> has_check_digit("258684004"), has_check_digit("258684005"), has_check_digit("258680404")
    (True, False, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total = _turn(total, _shifted(int(digit), place % 8))
    return total == 0


def _shifted(digit: int, times: int) -> int:
    for _ in range(times):
        digit = _SHIFT[digit]
    return digit


def _turn(first: int, second: int) -> int:
    """Two moves of a pentagon, one after the other: 0 to 4 turn it, 5 to 9 turn it over first."""
    if first < 5:
        return (first + second) % 5 if second < 5 else 5 + (first + second) % 5
    return 5 + (first - second) % 5 if second < 5 else (first - second) % 5
