"""Literals and tests as SQL. Every test gives TRUE, FALSE or NULL, and NULL is Kleene's unknown.

Only what DuckDB and Spark SQL both read is written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.conditions.tree import Comparison, Day, Has, Literal, Membership, Number, Test, Word

INFINITY = "CAST('Infinity' AS DOUBLE)"
LONG_AGO = "DATE '0001-01-01'"
"""Stands for never where dates are compared: longer ago than any date."""

UNKNOWN = "CAST(NULL AS BOOLEAN)"
_MONTHS_NOBODY_LIVES = 60_000
"""Beyond this many months a sum of dates leaves the calendar; nothing happened that long ago."""


def text_literal(text: str) -> str:
    """The text between quotes. Refuses what the two engines read differently."""
    if "\\" in text or not text.isprintable():
        raise ValueError("a text in a condition may not hold a backslash or a control character")
    return "'" + text.replace("'", "''") + "'"


def number_literal(number: float) -> str:
    """The number as a double in either engine: a plain 0.1 would be a decimal.

    >>> number_literal(182.625), number_literal(3)
    ('182.625E0', '3.0E0')
    """
    written = repr(float(number))
    return written if "e" in written else f"{written}E0"


def date_literal(day: date) -> str:
    """The date as a DATE."""
    return f"DATE '{day.isoformat()}'"


def any_of(parts: Iterable[str]) -> str:
    """These joined with OR."""
    return _joined(" OR ", parts)


def all_of(parts: Iterable[str]) -> str:
    """These joined with AND."""
    return _joined(" AND ", parts)


@dataclass(frozen=True)
class SqlRange:
    """A number or a date between two expressions, both NULL where it is unknown."""

    low: str
    high: str

    def compare(self, operator: str, literal: str) -> str:
        """Does the whole range pass (TRUE), none of it (FALSE), or some (NULL)?"""
        low, high = self.low, self.high
        passes, fails = {
            ">=": (f"{low} >= {literal}", f"{high} < {literal}"),
            ">": (f"{low} > {literal}", f"{high} <= {literal}"),
            "<=": (f"{high} <= {literal}", f"{low} > {literal}"),
            "<": (f"{high} < {literal}", f"{low} >= {literal}"),
            "==": (f"{low} = {literal} AND {high} = {literal}", f"{low} > {literal} OR {high} < {literal}"),
        }[operator]
        return f"CASE WHEN {passes} THEN TRUE WHEN {fails} THEN FALSE END"


@dataclass(frozen=True)
class SqlWord:
    """A word in one expression."""

    word: str

    def compare(self, operator: str, literal: str) -> str:
        """Is it that word? Only ``==`` comes here."""
        return f"{self.word} {operator.replace('==', '=')} {literal}"


@dataclass(frozen=True)
class SqlSince:
    """Whole months or weeks since a date: never divided, but the date moved on and compared with the day of review.

    ``earliest`` and ``latest`` are NULL for never, which is longer ago than any number; ``dated`` must be TRUE.
    """

    earliest: str
    latest: str
    dated: str
    as_of: str
    days_each: int | None
    """7 for weeks; None for calendar months."""

    def compare(self, operator: str, literal: str) -> str:
        """Compare the whole months or weeks with a number."""
        number = float(literal)
        at_least, more_than = math.ceil(number), math.floor(number) + 1
        if operator == "==":
            passes = f"{self._reaches(self.latest, at_least)} AND NOT {self._reaches(self.earliest, more_than)}"
            fails = f"{self._reaches(self.latest, more_than)} OR NOT {self._reaches(self.earliest, at_least)}"
            return self._case(passes, fails)
        bound = at_least if operator in (">=", "<") else more_than
        surely, surely_not = self._reaches(self.latest, bound), f"NOT {self._reaches(self.earliest, bound)}"
        return self._case(surely, surely_not) if operator in (">=", ">") else self._case(surely_not, surely)

    def _case(self, passes: str, fails: str) -> str:
        return f"CASE WHEN {self.dated} AND ({passes}) THEN TRUE WHEN {self.dated} AND ({fails}) THEN FALSE END"

    def _reaches(self, day: str, bound: int) -> str:
        """Is it at least that long ago?"""
        if bound <= 0:
            return "TRUE"
        if bound > _MONTHS_NOBODY_LIVES:
            return f"({day} IS NULL)"
        step = f"INTERVAL {bound} MONTH" if self.days_each is None else f"INTERVAL {bound * self.days_each} DAY"
        return f"({day} IS NULL OR {day} + {step} <= {self.as_of})"


@dataclass(frozen=True)
class SqlTicked:
    """The values ticked: an array and how many it holds. ``nothing`` is ticked where the array is empty."""

    values: str
    count: str
    nothing: str

    def has(self, word: str) -> str:
        """Is the value ticked?"""
        if word == self.nothing:
            return f"{self.count} = 0"
        return f"array_contains({self.values}, {text_literal(word)})"


@dataclass(frozen=True)
class SqlTruth:
    """An expression that is TRUE, FALSE or NULL already."""

    truth: str


SqlValue = SqlRange | SqlWord | SqlSince | SqlTicked | SqlTruth


def holds(value: SqlValue, test: Test | None) -> str:
    """The test of the value, in brackets. Raises TypeError where they do not fit: the condition was not checked."""
    if isinstance(value, SqlTruth) and test is None:
        return value.truth
    if isinstance(value, SqlTicked) and isinstance(test, Has):
        return any_of(value.has(word.value) for word in test.words)
    if isinstance(value, SqlRange | SqlWord | SqlSince):
        if isinstance(test, Membership):
            return any_of(_compare(value, "==", literal) for literal in test.literals)
        if isinstance(test, Comparison):
            return f"({_compare(value, test.operator, test.literal)})"
    raise TypeError("this test cannot be asked of this value: check the condition first")


def _compare(value: SqlRange | SqlWord | SqlSince, operator: str, literal: Literal) -> str:
    if operator == "!=":
        return f"NOT ({_compare(value, '==', literal)})"
    if isinstance(literal, Number):
        return value.compare(operator, number_literal(literal.value))
    if isinstance(literal, Day):
        return value.compare(operator, date_literal(literal.value))
    if isinstance(literal, Word):
        return value.compare(operator, text_literal(literal.value))
    raise TypeError(f"not a literal: {type(literal).__name__}")


def _joined(operator: str, parts: Iterable[str]) -> str:
    return f"({operator.join(parts)})"
