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
# Only behind a day and a month: 3/12 and Mar 24 may mean two things each.
_SHORT_YEAR = re.compile(rf"(\d{{1,2}}{_MARK}(?:\d{{1,2}}|[a-z]+){_MARK})(\d{{2}})")
_AGO = re.compile(r"(\d{1,3}) (day|week|month|year)s? ago")
HOW_TO_WRITE = "Write a date such as 14/03/2024, March 2024 or 2024."


def read_date(typed: str, as_of: date, never_allowed: bool = False, may_be_to_come: bool = False) -> Entry:
    """The date that was typed, not after ``as_of`` unless it ``may_be_to_come``; the word ``never`` where the question
    allows it.

    A month or a year stands for its days up to ``as_of``, or for all of them where they may be to come. A year of two
    figures is the latest such year that is allowed; the answer is shown with all four. Days and
    weeks ago are counted to a day; months and years ago name a month and a year, since nobody means more by them.

    >>> read_date("March 2024", date(2026, 11, 22)).value
    PartialDate(earliest=datetime.date(2024, 3, 1), latest=datetime.date(2024, 3, 31))
    >>> read_date("03/04/2024", date(2026, 11, 22)).value.earliest
    datetime.date(2024, 4, 3)
    >>> [str(read_date(typed, date(2026, 11, 22)).value.earliest) for typed in ("3/4/24", "3/4/54", "2 months ago")]
    ['2024-04-03', '1954-04-03', '2026-09-01']
    """
    text = " ".join(typed.casefold().split())
    if text == "never":
        return Accepted("never") if never_allowed else Refused(f"Never is not an answer here. {HOW_TO_WRITE}")
    if text in ("today", "yesterday"):
        return Accepted(PartialDate.of(as_of - timedelta(days=text == "yesterday")))
    last_allowed = date.max if may_be_to_come else as_of
    if short := _SHORT_YEAR.fullmatch(text):
        text = short[1] + str(_full_year(int(short[2]), as_of, may_be_to_come))
    parts = _ago(text, as_of) or _parts(text)
    if parts is None:
        also = " Type never if it has not happened." if never_allowed else ""
        return Refused(HOW_TO_WRITE + also)
    return _partial_date(*parts, last_allowed)


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


def _full_year(two_figures: int, as_of: date, may_be_to_come: bool) -> int:
    century = as_of.year - as_of.year % 100
    this_century = century + two_figures
    return this_century if may_be_to_come or this_century <= as_of.year else this_century - 100


def _ago(text: str, as_of: date) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of "3 days ago", "2 weeks ago", "2 months ago" and "5 years ago"; None for anything else."""
    found = _AGO.fullmatch(text)
    if not found:
        return None
    number = int(found[1])
    if found[2] in ("day", "week"):
        that_day = as_of - timedelta(days=number * (7 if found[2] == "week" else 1))
        return that_day.year, that_day.month, that_day.day
    if found[2] == "month":
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - number, 12)
        return year, month + 1, None
    return as_of.year - number, None, None


def _partial_date(year: int, month: int | None, day: int | None, last_allowed: date) -> Entry:
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
    if first > last_allowed:
        return Refused("That date is in the future.")
    return Accepted(PartialDate(first, min(last, last_allowed)))
