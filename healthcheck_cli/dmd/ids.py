"""The ids of dm+d: SNOMED CT identifiers, 6 to 18 digits of which the last is Verhoeff's check digit. Always text."""

from __future__ import annotations

import re

from stdnum import verhoeff

_ID = re.compile(r"[1-9][0-9]{5,17}")


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
    return bool(verhoeff.is_valid(digits))
