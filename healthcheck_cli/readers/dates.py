"""Dates as GP systems and people write them, read without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import lru_cache

from healthcheck_cli.record import PartialDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + _TIME)
_EITHER = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|1[0-2])[/.-]\d{4}(?!\d)")
_MONTH_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})" + _TIME)
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})")
_YEAR_ONLY = re.compile(r"\d{4}")

_RARE = 20  # one date in the other order among so many is a slip of the pen
_UNKNOWN_DAY = date(1900, 1, 1)  # what several systems write where they have no date


class DayOrder(Enum):
    """Which of the two figures before the year is the day, in dates like 03/04/2024."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNSETTLED = "unsettled"  # no date tells
    CONTRADICTED = "contradicted"  # some dates tell one thing, some the other

    @property
    def is_settled(self) -> bool:
        """Can a date be read whose figures are both no more than 12?"""
        return self in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)


def day_order(texts: Iterable[str], otherwise: DayOrder) -> DayOrder:
    """What the dates of a file settle: a figure above 12 is a day. ``otherwise``: where no date of the file tells.

    Where both orders occur, the commoner one is right only if the other is so rare that it is a slip.

    >>> day_order(["03/04/2024", "14/04/2024"], DayOrder.UNSETTLED).value
    'day first'
    >>> day_order(["03/04/2024", "14/04/2024", "04/14/2024"], DayOrder.DAY_FIRST).value
    'contradicted'
    """
    return settled_order(((text, 1) for text in texts), otherwise)


def settled_order(texts: Iterable[tuple[str, int]], otherwise: DayOrder) -> DayOrder:
    """As :func:`day_order`, of texts each of which stands so many times.

    >>> settled_order([("14/04/2024", 21), ("04/14/2024", 1)], DayOrder.UNSETTLED).value
    'day first'
    """
    day_first = month_first = 0
    for text, times in texts:
        told = order_told_by(text)
        day_first += times * (told is DayOrder.DAY_FIRST)
        month_first += times * (told is DayOrder.MONTH_FIRST)
    if not day_first and not month_first:
        return otherwise
    if day_first > _RARE * month_first:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if month_first > _RARE * day_first else DayOrder.CONTRADICTED


def order_told_by(text: str) -> DayOrder | None:
    """Which order a date has that can be read in one only; None for any other text.

    >>> order_told_by("10/13/2026")
    <DayOrder.MONTH_FIRST: 'month first'>
    """
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None:
        return None
    if int(match[2]) <= 12 < int(match[1]):
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if int(match[1]) <= 12 < int(match[2]) else None


def could_be_either(text: str) -> bool:
    """Does a date read differently with the day first and with the month first?

    >>> could_be_either("03/04/2024"), could_be_either("04/04/2024"), could_be_either("14/04/2024")
    (True, False, False)
    """
    match = _DAY_FIRST.fullmatch(text.strip())
    return match is not None and match[1].zfill(2) != match[2].zfill(2) and max(int(match[1]), int(match[2])) <= 12


def may_be_unsettled(text: str) -> bool:
    """Is there anything in a whole text that could be a date with the day or the month first?"""
    return _EITHER.search(text) is not None


@lru_cache(maxsize=20_000)  # an extract repeats the same few thousand days
def read_date(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    """The day that ``text`` names, or None where it names none with certainty.

    ISO, ``yyyymmdd``, figures with a four-figure year in the ``order`` given, and a named month; a time part is left
    off. Two-figure years, spreadsheet serial numbers and 1 January 1900 are not read.

    >>> read_date("14-Mar-2019"), read_date("03/04/2024"), read_date("2026-09-30 00:00:00")
    (datetime.date(2019, 3, 14), datetime.date(2024, 4, 3), datetime.date(2026, 9, 30))
    >>> read_date("03/04/24") is None
    True
    """
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        if not order.is_settled and could_be_either(text):
            return None
        month_first = order is DayOrder.MONTH_FIRST
        return _day(match[3], match[1], match[2]) if month_first else _day(match[3], match[2], match[1])
    if (match := _MONTH_NAMED.fullmatch(text)) and match[2][:3].casefold() in _MONTHS:
        return _day(match[3], str(_MONTHS.index(match[2][:3].casefold()) + 1), match[1])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return None if found == _UNKNOWN_DAY else found


def read_partial_date(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> PartialDate | None:
    """A date to the day, the month (``1979-04``) or the year (``1979``).

    >>> read_partial_date("1979-04").latest
    datetime.date(1979, 4, 30)
    """
    text = text.strip()
    if (day := read_date(text, order)) is not None:
        return PartialDate.of(day)
    if match := _MONTH_ONLY.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if _YEAR_ONLY.fullmatch(text) and int(text) > 0:
        return PartialDate(date(int(text), 1, 1), date(int(text), 12, 31))
    return None


NO_BIRTH_DATE = "before 1900 or after the day of the review"


def can_be_birth_date(born: PartialDate, as_of: date | None) -> bool:
    """Can somebody of today's records be born then? ``as_of``: the day of the review, where it is known.

    >>> can_be_birth_date(PartialDate.of(date(1879, 4, 2)), None)
    False
    """
    return born.latest > _UNKNOWN_DAY and (as_of is None or born.earliest <= as_of)


AFTER_REVIEW = "dated after the day of the review: not counted"


def is_after_review(day: date | None, as_of: date | None) -> bool:
    """Is an entry of that day not known yet on the day of the review, ``as_of``? Where the review is of today, that is
    a slip of the pen.

    >>> is_after_review(date(2027, 1, 1), date(2026, 11, 1)), is_after_review(date(2027, 1, 1), None)
    (True, False)
    """
    return day is not None and as_of is not None and day > as_of


def _month(year: int, month: int) -> PartialDate | None:
    if not 1 <= month <= 12 or year < 1:
        return None
    first = date(year, month, 1)
    last = date(year, 12, 31) if month == 12 else date.fromordinal(date(year, month + 1, 1).toordinal() - 1)
    return PartialDate(first, last)
