"""Dates as people write them, known to the day, the month or the year. The day comes before the month."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from healthcheck_cli.interview.outcomes import Accepted, Entry, Refused
from healthcheck_cli.record import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MARK = r"[/.\-\s]"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_MARK}(\d{{1,2}})(?:{_MARK}(\d{{1,2}}))?)?")
_DAY_FIRST = re.compile(rf"(?:(?:(\d{{1,2}}){_MARK})?(\d{{1,2}}){_MARK})?(\d{{4}})")
_IN_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?([a-z]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SHORT_YEAR = re.compile(rf"\d{{1,2}}{_MARK}\d{{1,2}}{_MARK}\d{{2}}")
HOW_TO_WRITE = "Write a date such as 14/03/2024, March 2024 or 2024."


def read_date(typed: str, as_of: date, never_allowed: bool = False) -> Entry:
    """The date that was typed, not after ``as_of``; the word ``never`` where the question allows it.

    A month or a year stands for its days up to ``as_of``. Two-figure years are refused: the century would be a guess.

    >>> read_date("March 2024", date(2026, 11, 22)).value
    PartialDate(earliest=datetime.date(2024, 3, 1), latest=datetime.date(2024, 3, 31))
    >>> read_date("03/04/2024", date(2026, 11, 22)).value.earliest
    datetime.date(2024, 4, 3)
    """
    text = " ".join(typed.casefold().split())
    if text == "never":
        return Accepted("never") if never_allowed else Refused(f"Never is not an answer here. {HOW_TO_WRITE}")
    if text in ("today", "yesterday"):
        return Accepted(PartialDate.of(as_of - timedelta(days=text == "yesterday")))
    if _SHORT_YEAR.fullmatch(text):
        return Refused("Write the year with four figures.")
    parts = _parts(text)
    if parts is None:
        also = " Type never if it has not happened." if never_allowed else ""
        return Refused(HOW_TO_WRITE + also)
    return _partial_date(*parts, as_of=as_of)


def written_date(value: PartialDate) -> str:
    """The date as it is shown: a day, a month or a year. ``read_date`` reads it back on the same day.

    >>> written_date(PartialDate(date(2024, 3, 1), date(2024, 3, 31)))
    '2024-03'
    """
    first, last = value.earliest, value.latest
    if value.exact:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}"


def date_in_words(value: PartialDate) -> str:
    """The date as people read it: a day, a month or a year.

    >>> date_in_words(PartialDate(date(2024, 3, 1), date(2024, 3, 31))), date_in_words(PartialDate.of(date(2024, 3, 1)))
    ('Mar 2024', '1 Mar 2024')
    """
    first, last = value.earliest, value.latest
    if value.exact:
        return f"{first.day} {first:%b %Y}"
    return f"{first:%b %Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%Y}"


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day; None where the text is no date."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif (found := _DAY_FIRST.fullmatch(text)) or (found := _IN_WORDS.fullmatch(text)):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    if month is not None and not month.isdigit():
        number = _MONTHS.get(month)
        return None if number is None else (int(year), number, int(day) if day else None)
    return int(year), int(month) if month else None, int(day) if day else None


def _partial_date(year: int, month: int | None, day: int | None, as_of: date) -> Entry:
    if month is not None and not 1 <= month <= 12:
        return Refused("There is no such month. The day comes first: 14/03/2024.")
    if not 1 <= year <= 9999:
        return Refused("There is no such year.")
    if day is not None and month is not None:
        if not 1 <= day <= monthrange(year, month)[1]:
            return Refused("There is no such day in that month.")
        first = last = date(year, month, day)
    elif month is not None:
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    else:
        first, last = date(year, 1, 1), date(year, 12, 31)
    if first > as_of:
        return Refused("That date is in the future.")
    return Accepted(PartialDate(first, min(last, as_of)))
