"""Kleene's not, and, or: what the unknown does to them.

>>> all_true([Truth.FALSE, Truth.UNKNOWN]), any_true([Truth.FALSE, Truth.UNKNOWN])
(<Truth.FALSE: False>, <Truth.UNKNOWN: None>)
"""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.conditions.values import Truth

# To ask the class for a member takes longer than the rest of a function here.
_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def opposite(truth: Truth) -> Truth:
    """Not: unknown stays unknown."""
    if truth is _UNKNOWN:
        return truth
    return _FALSE if truth is _TRUE else _TRUE


def all_true(truths: Iterable[Truth]) -> Truth:
    """And: false as soon as one is false; else unknown if one is. Looks no further than it must."""
    answer = _TRUE
    for truth in truths:
        if truth is _FALSE:
            return truth
        if truth is _UNKNOWN:
            answer = truth
    return answer


def any_true(truths: Iterable[Truth]) -> Truth:
    """Or: true as soon as one is true; else unknown if one is. Looks no further than it must."""
    answer = _FALSE
    for truth in truths:
        if truth is _TRUE:
            return truth
        if truth is _UNKNOWN:
            answer = truth
    return answer
