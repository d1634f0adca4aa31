"""Stretches of time as content writes them: ``14 days``, ``2 weeks``, ``12 months``, ``5 years``."""

from __future__ import annotations

import re

DAYS_PER = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}

_SPAN = re.compile(r"([0-9]+(?:\.[0-9]+)?) (day|week|month|year)s?")


def days_of_span(text: str) -> float | None:
    """The stretch in days; a month is 30.4375 days, a year 365.25. None where the text is not one.

    >>> days_of_span("2 weeks"), days_of_span("soon")
    (14.0, None)
    """
    match = _SPAN.fullmatch(text)
    return float(match.group(1)) * DAYS_PER[match.group(2)] if match else None
