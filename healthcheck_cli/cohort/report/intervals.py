"""Intervals around shares of people."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z = 1.959963984540054
"""The normal quantile of 95%."""


class Range(NamedTuple):
    """From ``low`` to ``high``; shares are fractions of 1."""

    low: float
    high: float


def wilson(counted: int, of: int) -> Range:
    """Wilson's 95% interval of a share, without a correction for continuity. ``of`` must be above 0.

    >>> low, high = wilson(81, 263)  # Newcombe 1998, table I
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    share, squared = counted / of, _Z * _Z
    middle = share + squared / (2 * of)
    spread = _Z * sqrt(share * (1 - share) / of + squared / (4 * of * of))
    low, high = (middle - spread) / (1 + squared / of), (middle + spread) / (1 + squared / of)
    return Range(0.0 if counted == 0 else low, 1.0 if counted == of else high)


def difference(before: tuple[int, int], after: tuple[int, int]) -> Range:
    """The 95% interval of the change of a share, by Newcombe's hybrid score method (his method 10).

    Each is (counted, of). The two are taken for independent, though most people are in both: that makes the interval
    wider than it need be where the same people stay as they were, and never tells of a change too soon.

    >>> low, high = difference((48, 80), (56, 70))  # Newcombe 1998, table II: 56/70 less 48/80
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    first, second = before[0] / before[1], after[0] / after[1]
    was, now = wilson(*before), wilson(*after)
    change = second - first
    return Range(
        change - sqrt((second - now.low) ** 2 + (was.high - first) ** 2),
        change + sqrt((now.high - second) ** 2 + (first - was.low) ** 2),
    )
