"""Dates as GP systems and people write them, read without guessing."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from healthcheck_cli.record import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + _TIME)
_MONTH_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})" + _TIME)
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})")
_YEAR_ONLY = re.compile(r"\d{4}")

_UNKNOWN_DAY = date(1900, 1, 1)  # what several systems write where they have no date


@lru_cache(maxsize=20_000)  # an extract repeats the same few thousand days
def read_date(text: str) -> date | None:
    """The day that ``text`` names, or None where it names none with certainty.

    ISO, ``yyyymmdd``, UK day-first figures with a four-figure year, and a named month; a time part is left off.
    Two-figure years, spreadsheet serial numbers and 1 January 1900 are not read.

    >>> read_date("14-Mar-2019"), read_date("03/04/2024"), read_date("2026-09-30 00:00:00")
    (datetime.date(2019, 3, 14), datetime.date(2024, 4, 3), datetime.date(2026, 9, 30))
    >>> read_date("03/04/24") is None
    True
    """
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if (match := _MONTH_NAMED.fullmatch(text)) and match[2][:3].casefold() in _MONTHS:
        return _day(match[3], str(_MONTHS.index(match[2][:3].casefold()) + 1), match[1])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return None if found == _UNKNOWN_DAY else found


def read_partial_date(text: str) -> PartialDate | None:
    """A date to the day, the month (``1979-04``) or the year (``1979``).

    >>> read_partial_date("1979-04").latest
    datetime.date(1979, 4, 30)
    """
    text = text.strip()
    if (day := read_date(text)) is not None:
        return PartialDate.of(day)
    if match := _MONTH_ONLY.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if _YEAR_ONLY.fullmatch(text) and int(text) > 0:
        return PartialDate(date(int(text), 1, 1), date(int(text), 12, 31))
    return None


def _month(year: int, month: int) -> PartialDate | None:
    if not 1 <= month <= 12 or year < 1:
        return None
    first = date(year, month, 1)
    last = date(year, 12, 31) if month == 12 else date.fromordinal(date(year, month + 1, 1).toordinal() - 1)
    return PartialDate(first, last)
