"""Kleene's not, and, or: what the unknown does to them.

>>> all_true([Truth.FALSE, Truth.UNKNOWN]), any_true([Truth.FALSE, Truth.UNKNOWN])
(<Truth.FALSE: False>, <Truth.UNKNOWN: None>)
"""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.conditions.values import Truth


def opposite(truth: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return truth if truth is Truth.UNKNOWN else Truth(not truth.value)


def all_true(truths: Iterable[Truth]) -> Truth:
    """And: false as soon as one is false; else unknown if one is. Looks no further than it must."""
    answer = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            answer = truth
    return answer


def any_true(truths: Iterable[Truth]) -> Truth:
    """Or: true as soon as one is true; else unknown if one is. Looks no further than it must."""
    answer = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            answer = truth
    return answer
