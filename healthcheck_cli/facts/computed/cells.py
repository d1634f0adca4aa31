"""Tables of the check, read row by row and cell by cell.

An empty table is known nothing. A cell that is empty, or that says something else than its column asks for, is unknown:
what is counted over such rows is a range, and what is asked of them stays open until another row settles it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactContent, FactValue, Interval, State
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import Answer, AnswerState, PartialDate

Row = Mapping[str, str]
Rows = Sequence[Row]

_STATES = {
    AnswerState.DECLINED: State.DECLINED,
    AnswerState.NOT_KNOWN: State.NOT_KNOWN,
    AnswerState.NOT_APPLICABLE: State.DOES_NOT_APPLY,
}
_NOBODY = frozenset({"none", "no", "nobody", "no one", "noone", "nil", "-"})
_AS_KEPT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def without_value(answer: Answer | None) -> FactValue:
    """Why there is no value: declined, not known, does not apply; unknown where nobody asked."""
    return FactValue(_STATES.get(answer.state, State.UNKNOWN)) if answer is not None else UNKNOWN_FACT


def unsaid(fact: FactValue) -> FactValue:
    """What follows from a fact without a value: the same reason why there is none."""
    return UNKNOWN_FACT if fact.state is State.KNOWN else FactValue(fact.state)


def rows_of(sources: FactSources, question: str) -> Rows | None:
    """The rows of a table that was answered, none for an empty one; None where it was not answered with rows."""
    answer = sources.answered(question)
    if answer is None:
        return None
    if answer.value in ((), "none", ("none",), False):
        return ()
    if not isinstance(answer.value, tuple):
        return None
    rows = [row for row in answer.value if isinstance(row, Mapping)]
    return rows if len(rows) == len(answer.value) else None


def of_rows(question: str, work_out: Callable[[Rows, FactSources, FactLookup], FactValue]) -> Compute:
    """The computation over the rows of one table; without rows the fact is in the state of the answer."""

    def compute(sources: FactSources, fact: FactLookup) -> FactValue:
        rows = rows_of(sources, question)
        if rows is None:
            return without_value(sources.record.answers.get(question))
        return work_out(rows, sources, fact)

    return compute


def any_row(question: str, holds: Callable[[Row], bool | None]) -> Compute:
    """Yes where it holds of a row; no where it surely holds of none."""
    return of_rows(question, lambda rows, _, __: whether([holds(row) for row in rows]))


def rows_counted(question: str, holds: Callable[[Row], bool | None]) -> Compute:
    """How many rows it holds of."""
    return of_rows(question, lambda rows, _, __: counted([holds(row) for row in rows]))


def either(held: Iterable[bool | None]) -> bool | None:
    """Yes if one is; no only if none is left open."""
    found = list(held)
    return True if True in found else None if None in found else False


def both(one: bool | None, other: bool | None) -> bool | None:
    """Yes if both are; no if one surely is not."""
    return False if one is False or other is False else None if one is None or other is None else True


def whether(held: Iterable[bool | None], shown: str = "") -> FactValue:
    """Yes if one is; no only if none is left open; else unknown."""
    value = either(held)
    return UNKNOWN_FACT if value is None else known(value, shown)


def counted(held: Iterable[bool | None], shown: str = "") -> FactValue:
    """How many are yes; each that is left open may be one more."""
    found = list(held)
    return between(found.count(True), len(found) - found.count(False), shown)


def between(low: float, high: float, shown: str = "") -> FactValue:
    """A number from ``low`` to ``high``."""
    value: FactContent = Interval(low, high)
    return known(value, shown or (f"{low:g}" if low == high else ""))


def word(row: Row, column: str) -> str:
    """The cell as a word of the content; empty where nothing was written."""
    return "_".join((row.get(column) or "").casefold().replace("_", " ").split())


def flag(row: Row, column: str) -> bool | None:
    """Yes or no; None for anything else, nothing written included."""
    return {"yes": True, "no": False}.get(word(row, column))


def one_of(row: Row, column: str, words: Iterable[str], others: Iterable[str]) -> bool | None:
    """Is the cell one of ``words``; no only where it is one of ``others``."""
    said = word(row, column)
    return True if said in words else False if said in others else None


def whole_number(row: Row, column: str) -> int | None:
    """A whole number in figures; ``none`` and ``no`` are 0."""
    said = word(row, column)
    if said in ("none", "no", "nil"):
        return 0
    return int(said) if re.fullmatch(r"[0-9]{1,4}", said) else None


def says_nobody(text: str) -> bool:
    """Is it one of the ways to write that there is nobody, or nothing?"""
    return " ".join(text.casefold().split()).strip(" .") in _NOBODY


def says_unsure(text: str) -> bool:
    """Does it say that this is not known?"""
    said = " ".join(text.casefold().split()).strip(" .")
    return said in ("?", "unknown", "not known", "not sure", "unsure", "don't know", "tbc")


def day(row: Row, column: str) -> PartialDate | None:
    """A date as tables keep it (``2024``, ``2024-03``, ``2024-03-01``) or with the day first (``1/3/2024``).

    Nothing else is read as a date: neither a year of two figures nor "last spring".
    """
    said = (row.get(column) or "").strip()
    if match := _DAY_FIRST.fullmatch(said):
        return _days(int(match[3]), int(match[2]), int(match[1]))
    if match := _AS_KEPT.fullmatch(said):
        return _days(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
    return None


def _days(year: int, month: int | None, of_month: int | None) -> PartialDate | None:
    try:
        first = date(year, month or 1, of_month or 1)
    except ValueError:
        return None
    if of_month is not None:
        return PartialDate.of(first)
    last_month = month or 12
    return PartialDate(first, date(year, last_month, monthrange(year, last_month)[1]))


def older_than(given: PartialDate | None, as_of: date, **age: int) -> bool | None:
    """Was it before so many ``months`` or ``years`` ago? None where it is not known, or not known well enough."""
    if given is None or given.earliest > as_of:
        return None
    limit = as_of - relativedelta(months=age.get("months", 0), years=age.get("years", 0))
    return True if given.latest < limit else False if given.earliest >= limit else None
