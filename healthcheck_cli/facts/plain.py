"""Plain things that are asked of a record in several places: a usable number, a birthday, how far back a list goes."""

from __future__ import annotations

import math
from datetime import date

from healthcheck_cli.record import BORN, AnswerState, ListName, PartialDate, Record


def finite_number(value: object) -> float | None:
    """The value if it is a number that can be counted with: not a bool, not a text, not NaN and not endless.

    >>> finite_number(3), finite_number(float("nan")), finite_number(True)
    (3.0, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)


def date_of_birth(record: Record) -> PartialDate | None:
    """From the person's details, else from the answer of the check."""
    if record.person.date_of_birth is not None:
        return record.person.date_of_birth
    answer = record.answers.get(BORN)
    if answer is None or answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, PartialDate):
        return None
    return answer.value


def leaves_nothing_out(record: Record, name: ListName, since: date | None) -> bool:
    """Is the list complete back to ``since`` (None: for all time)? What is absent from it then, is absent."""
    if not record.is_complete(name):
        return False
    first = record.complete[name]
    return first is None or (since is not None and first <= since)
