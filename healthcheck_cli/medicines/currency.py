"""Is a line taken now? No source says so reliably, so the evidence is weighed in a fixed order and the reason kept.

Order: an end date in the past; a start in the future, or nothing but issues in the future; what the source itself
marks; then the age of the newest issue that is not after the day. Supplied by a hospital, or no date at all: taken as
current, since a line that is left out by mistake does more harm than one that is looked at. Words that say it is not
taken ("STOPPED") do not make it one that is over: whose words they are, and of when, is not known. The line is then
ambiguous, for a person to decide (``not_taken``).
"""

from __future__ import annotations

import re
from datetime import date

from healthcheck_cli.medicines.dosage_words import UNITS
from healthcheck_cli.medicines.models import Currency, Dosage
from healthcheck_cli.record import MedicineLine

# Proposed figures (reference: counting rules for current lines): twice the supply, but never less than this.
_ISSUE_GRACE_DAYS = 183
_PRN_GRACE_DAYS = 365
_AT_HAND_GRACE_DAYS = 1096  # issued once a year or less: 3 years, as long as the last ones of them keep
_ONE_OFF_GRACE_DAYS = 28  # after so many days EMIS counts an acute item as past
_DAYS_BY_INJECTION_INTERVAL = ((60, 274), (120, 365))  # interval of at least so many days → days it stays current

_QUANTITY = re.compile(
    r"\s*(?:(\d+)\s+packs?\s+of\s+)?(\d+(?:\.\d+)?)\s*([a-z]*)(?:\(s\))?(?:\s*[-(].*)?\s*", re.IGNORECASE
)
_COUNTED = (
    *("tablet", "capsule", "patch", "sachet", "suppository", "pessary", "lozenge", "pastille", "wafer", "nebule"),
    *("film", "ampoule", "vial", "syringe", "enema", "blister", "implant"),
)
"""What is issued and taken by the piece, however it is called on either side."""


def supply_days(line: MedicineLine, dosage: Dosage) -> float | None:
    """How many days the last issue lasts at the highest daily use; None where quantity or dose is not known.

    Things are shared out among things: tablets by tablets, ml by ml. How many ampoules 200 mg a day needs, or how many
    puffs an inhaler holds, the line does not say.

    >>> from healthcheck_cli.record import Row
    >>> line = MedicineLine("Sertraline 50mg tablets", Row(1), quantity="28 tablets")
    >>> supply_days(line, Dosage("1 od", read=True, daily_low=1, daily_high=1))
    28.0
    >>> supply_days(line, Dosage("50mg od", read=True, dose_unit="mg", daily_low=50, daily_high=50)) is None
    True
    """
    issued = _issued(line.quantity)
    if issued is None or not dosage.read or not dosage.daily_high:
        return None
    amount, unit = issued
    counted = unit in ("", *_COUNTED) and (dosage.dose_unit is None or dosage.dose_unit in _COUNTED)
    return amount / dosage.daily_high if counted or (unit and unit == dosage.dose_unit) else None


def _issued(quantity: str) -> tuple[float, str] | None:
    """The amount issued and its unit, "" where none is written. None where it is in packs of a size not given.

    >>> _issued("1 pack of 28 tablet(s)"), _issued("56"), _issued("1 OP")
    ((28.0, 'tablet'), (56.0, ''), None)
    """
    found = _QUANTITY.fullmatch(quantity)
    if found is None:
        return None
    packs, amount, word = found.groups()
    unit = UNITS.get(word.casefold(), "") if word else ""
    return (float(packs or 1) * float(amount), unit) if unit or not word else None


def currency_of(
    line: MedicineLine, dosage: Dosage, as_of: date, *, prn: bool | None, at_hand: bool = False
) -> tuple[Currency, str]:
    """Whether the line counts as taken on ``as_of``, and why when it does not. ``at_hand``: content says that the
    medicine is kept for an emergency."""
    if line.end is not None and line.end < as_of:
        return Currency.NOT_CURRENT, f"ended {line.end.isoformat()}"
    begins = begins_later(line, as_of)
    if begins is not None:
        return Currency.NOT_CURRENT, f"begins {begins.isoformat()}"
    if line.active is not None:
        return (Currency.CURRENT, "") if line.active else (Currency.NOT_CURRENT, "marked as over in the source")
    issued = last_issue_by(line, as_of)
    if issued is None or dosage.hospital:
        return Currency.CURRENT, ""
    grace = grace_days(line, dosage, prn=prn, at_hand=at_hand)
    if (as_of - issued).days > grace:
        return Currency.NOT_CURRENT, f"last issue {issued.isoformat()}, more than {grace:.0f} days before"
    return Currency.CURRENT, ""


def begins_later(line: MedicineLine, as_of: date) -> date | None:
    """When a line that is not begun on ``as_of`` begins: on its start or, where it has none, with its first issue."""
    begins = line.start
    if begins is None and line.last_issue is not None:
        begins = min((line.last_issue, *line.issues))
    return begins if begins is not None and begins > as_of else None


def last_issue_by(line: MedicineLine, as_of: date) -> date | None:
    """The newest issue that is not after ``as_of``: one that is says nothing of what was taken until then. None where
    none is known."""
    if line.last_issue is None or line.last_issue <= as_of:
        return line.last_issue
    return max((day for day in line.issues if day <= as_of), default=None)


def grace_days(line: MedicineLine, dosage: Dosage, *, prn: bool | None, at_hand: bool = False) -> float:
    """How many days after its last issue a line still counts as taken."""
    if at_hand:
        return _AT_HAND_GRACE_DAYS
    if prn:
        return _PRN_GRACE_DAYS
    least = _ONE_OFF_GRACE_DAYS if line.one_off else _ISSUE_GRACE_DAYS
    for interval, days in _DAYS_BY_INJECTION_INTERVAL:
        if dosage.interval_days is not None and dosage.interval_days >= interval:
            least = days
    return max(least, 2 * (supply_days(line, dosage) or 0))
