"""Is a line taken now? No source says so reliably, so the evidence is weighed in a fixed order and the reason kept.

Order: an end date in the past; a start in the future; then the age of the last issue. Supplied by a hospital, or no
date at all: taken as current, since a line that is left out by mistake does more harm than one that is looked at.
"""

from __future__ import annotations

import re
from datetime import date

from healthcheck_cli.medicines.models import Currency, Dosage
from healthcheck_cli.record import MedicineLine

# Proposed figures (reference: counting rules for current lines): twice the supply, but never less than this.
_ISSUE_GRACE_DAYS = 183
_PRN_GRACE_DAYS = 365
_DAYS_BY_INJECTION_INTERVAL = ((120, 244), (60, 122))  # interval of at least so many days → days it stays current


def supply_days(line: MedicineLine, dosage: Dosage) -> float | None:
    """How many days the last issue lasts at the highest daily use; None where quantity or dose is not known.

    >>> from healthcheck_cli.record import Row
    >>> line = MedicineLine("Sertraline 50mg tablets", Row(1), quantity="28 tablets")
    >>> supply_days(line, Dosage("1 od", read=True, daily_low=1, daily_high=1))
    28.0
    """
    quantity = re.match(r"\s*(\d+(?:\.\d+)?)", line.quantity)
    if quantity is None or not dosage.read or not dosage.daily_high:
        return None
    return float(quantity.group(1)) / dosage.daily_high


def currency_of(line: MedicineLine, dosage: Dosage, as_of: date, *, prn: bool | None) -> tuple[Currency, str]:
    """Whether the line counts as taken on ``as_of``, and why when it does not."""
    if line.end is not None and line.end < as_of:
        return Currency.NOT_CURRENT, f"ended {line.end.isoformat()}"
    if line.start is not None and line.start > as_of:
        return Currency.NOT_CURRENT, f"begins {line.start.isoformat()}"
    if line.last_issue is None or dosage.hospital:
        return Currency.CURRENT, ""
    grace = _grace_days(line, dosage, prn=prn)
    if (as_of - line.last_issue).days > grace:
        return Currency.NOT_CURRENT, f"last issue {line.last_issue.isoformat()}, more than {grace:.0f} days before"
    return Currency.CURRENT, ""


def _grace_days(line: MedicineLine, dosage: Dosage, *, prn: bool | None) -> float:
    if prn:
        return _PRN_GRACE_DAYS
    for interval, days in _DAYS_BY_INJECTION_INTERVAL:
        if dosage.interval_days is not None and dosage.interval_days >= interval:
            return days
    return max(_ISSUE_GRACE_DAYS, 2 * (supply_days(line, dosage) or 0))
