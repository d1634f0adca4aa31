"""Stretches of time as content writes them: ``14 days``, ``2 weeks``, ``12 months``, ``5 years``."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS_PER = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}

_SPAN = re.compile(r"([0-9]+(?:\.[0-9]+)?) (day|week|month|year)s?")


def days_of_span(text: str) -> float | None:
    """The stretch in days; a month is 30.4375 days, a year 365.25. None where the text is not one.

    >>> days_of_span("2 weeks"), days_of_span("soon")
    (14.0, None)
    """
    match = _SPAN.fullmatch(text)
    return float(match.group(1)) * DAYS_PER[match.group(2)] if match else None


@dataclass(frozen=True)
class Span:
    """A whole number of days, weeks, months or years, kept in the unit it was written in: a month is a calendar month.

    ``setting`` names the setting that it was read from ("" where it was written as it stands).
    """

    count: int
    unit: str
    setting: str = ""

    @property
    def text(self) -> str:
        """As content writes it.

        >>> Span(1, "week").text, Span(12, "month").text
        ('1 week', '12 months')
        """
        return f"{self.count} {self.unit}" + ("" if self.count == 1 else "s")

    @property
    def days(self) -> float:
        """About how many days: to compare two of them, not to count from a day."""
        return self.count * DAYS_PER[self.unit]


def span_of(text: str) -> Span | None:
    """The stretch as it was written; None where the text is not one, or not a whole number above 0.

    >>> span_of("12 months"), span_of("1.5 weeks"), span_of("soon")
    (Span(count=12, unit='month', setting=''), None, None)
    """
    match = _SPAN.fullmatch(text)
    if match is None or not match.group(1).isdecimal() or int(match.group(1)) < 1:
        return None
    return Span(int(match.group(1)), match.group(2))
