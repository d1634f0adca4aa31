"""Addresses of things to read, as far as a page may carry them."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"https://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/%-]*)?(?:#[A-Za-z0-9._-]*)?")


def is_plain_address(address: str) -> bool:
    """Is it an address that nothing can hide in? A local overlay may bring any text as an address.

    >>> is_plain_address("https://sudep.org/checklist-development"), is_plain_address("javascript:alert(1)")
    (True, False)
    """
    return _PLAIN.fullmatch(address) is not None
