"""Which of a medicine's maximum doses applies, and what share of it a daily dose is.

Where the record does not settle which maximum applies (age or release not known), every one that may apply is used
and the share is a range. A medicine with no maximum for the route has no share; it is never taken as zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import Maximum, Medicine
from healthcheck_cli.medicines.dosage_words import DAYS_IN_MONTH
from healthcheck_cli.medicines.models import Recognised
from healthcheck_cli.medicines.units import UnitMismatch, convert

ADULT = 18
_SAME_MONTHS = 0.1  # 28 days and a month, 84 days and three months: the same interval said in two ways
_DECIMALS = 4  # a share of just the maximum is 100, not 100.00000000000001


@dataclass(frozen=True)
class DailyMaximum:
    """The most a day, in the unit of the dose; ``low`` and ``high`` differ where several maxima may apply."""

    low: float
    high: float
    basis: str

    def percent(self, daily: Interval) -> Interval:
        """The share of the maximum, in per cent, from the least to the most it can be."""
        return Interval(round(daily.low / self.high * 100, _DECIMALS), round(daily.high / self.low * 100, _DECIMALS))


def daily_maximum(
    medicine: Medicine, recognised: Recognised, age: int | None, unit: str, interval_days: float | None
) -> DailyMaximum | None:
    """The maximum a day of a medicine by the route, form and release of a product; None where none is held.

    A maximum every so many days (a depot) is divided by its days; of several, the one nearest to ``interval_days``.
    Directions by the month of a product whose maximum is by the month, held as 28 days, are over the same interval:
    paliperidone 100 mg monthly is 100 of 150 mg, not 100 mg in 30 days of 150 mg in 28.
    Source of the arithmetic: high-dose counting (stomp-r57 in drug_rules/sources.yaml).
    """
    rows = [row for row in medicine.maxima if row.route == recognised.route and _fits(row, recognised, age)]
    rows = _most_particular(rows, recognised, age)
    rows = _nearest_interval(rows, interval_days)
    amounts = [amount for row in rows if (amount := _a_day(row, unit, interval_days)) is not None]
    if not amounts or len(amounts) < len(rows):
        return None
    basis = "/".join(sorted({row.support.basis.value for row in rows}))
    return DailyMaximum(min(amounts), max(amounts), basis)


def _fits(row: Maximum, recognised: Recognised, age: int | None) -> bool:
    """May the maximum apply? Maxima without an age are for adults."""
    if row.form and row.form not in recognised.form:
        return False
    if row.release and recognised.release not in ("", row.release):
        return False
    if age is None:
        return row.max_age is None or row.max_age >= ADULT
    if row.min_age is None and row.max_age is None:
        return age >= ADULT
    return (row.min_age or 0) <= age <= (row.max_age if row.max_age is not None else age)


def _most_particular(rows: list[Maximum], recognised: Recognised, age: int | None) -> list[Maximum]:
    """A maximum for just this form, release or age goes before a general one."""
    for particular in (
        [row for row in rows if row.form],
        [row for row in rows if row.release and recognised.release],
        [row for row in rows if age is not None and (row.min_age is not None or row.max_age is not None)],
    ):
        if particular:
            rows = [row for row in rows if row in particular]
    return rows


def _nearest_interval(rows: list[Maximum], interval_days: float | None) -> list[Maximum]:
    if len({row.every_days for row in rows}) < 2 or not interval_days:
        return rows
    nearest = min(rows, key=lambda row: abs(math.log(row.every_days / interval_days)))
    return [row for row in rows if row.every_days == nearest.every_days]


def _a_day(row: Maximum, unit: str, interval_days: float | None) -> float | None:
    amount = row.amount
    days = interval_days if interval_days and _same_months(row.every_days, interval_days) else row.every_days
    if row.unit != unit:
        try:
            amount = convert(row.amount, row.unit, unit, "dose")
        except UnitMismatch:
            return None
    return amount / days if amount > 0 and days > 0 else None


def _same_months(every_days: float, interval_days: float) -> bool:
    """Do directions by the calendar month mean the interval that the maximum gives in days?"""
    months = round(interval_days / DAYS_IN_MONTH)
    by_the_month = months >= 1 and math.isclose(interval_days, months * DAYS_IN_MONTH, rel_tol=1e-6)
    return by_the_month and abs(every_days / interval_days - 1) < _SAME_MONTHS
