"""Which lines count as taken now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from healthcheck_cli.medicines.currency import currency_of, supply_days
from healthcheck_cli.medicines.models import Currency, Dosage
from healthcheck_cli.record import MedicineLine, Row

AS_OF = date(2026, 11, 22)
FIVE_OF_THREE_MONTHS = Dosage("", read=True, dose_unit="ampoule", interval_days=91, daily_high=1 / 91)
ONE_A_DAY = Dosage("1 od", read=True, daily_low=1, daily_high=1)


def line(
    quantity: str = "", issued: int | None = None, ends: int | None = None, begins: int | None = None
) -> MedicineLine:
    def day(ago: int | None) -> date | None:
        return None if ago is None else AS_OF - timedelta(days=ago)

    return MedicineLine(
        "Sertraline 50mg tablets",
        Row(2),
        quantity=quantity,
        start=day(begins),
        last_issue=day(issued),
        end=day(ends),
    )


def issues(*days_ago: int) -> MedicineLine:
    days = tuple(AS_OF - timedelta(days=ago) for ago in days_ago)
    return replace(line(), last_issue=max(days), issues=days)


@pytest.mark.parametrize(
    ("medicine", "dosage", "prn", "expected"),
    [
        (line(), ONE_A_DAY, False, Currency.CURRENT),  # no dates at all: looked at, not left out
        (line(issued=183), ONE_A_DAY, False, Currency.CURRENT),
        (line(issued=184), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (line("112 tablets", issued=224), ONE_A_DAY, False, Currency.CURRENT),  # twice a supply of 112 days
        (line("112 tablets", issued=225), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (line(issued=365), ONE_A_DAY, True, Currency.CURRENT),  # when required
        (line(issued=366), ONE_A_DAY, True, Currency.NOT_CURRENT),
        (line(issued=274), Dosage("every 3 months", read=True, interval_days=91), False, Currency.CURRENT),
        (line(issued=275), Dosage("every 3 months", read=True, interval_days=91), False, Currency.NOT_CURRENT),
        (line(issued=365), Dosage("every 6 months", read=True, interval_days=182), False, Currency.CURRENT),
        (line("5 ampoules", issued=900), FIVE_OF_THREE_MONTHS, False, Currency.CURRENT),  # twice the supply
        (line(issued=900), Dosage("hospital issue only", read=False, hospital=True), None, Currency.CURRENT),
        (replace(line(issued=28), one_off=True), ONE_A_DAY, False, Currency.CURRENT),  # issued once
        (replace(line(issued=29), one_off=True), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (replace(line("28 tablets", issued=56), one_off=True), ONE_A_DAY, False, Currency.CURRENT),
        (replace(line(issued=200), one_off=True), ONE_A_DAY, True, Currency.CURRENT),  # once, to have at hand
        (line(ends=1), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (line(ends=0), ONE_A_DAY, False, Currency.CURRENT),
        (line(begins=-1), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (line(issued=0), ONE_A_DAY, False, Currency.CURRENT),
        (line(issued=-1), ONE_A_DAY, False, Currency.NOT_CURRENT),  # not yet begun
        (replace(line(issued=-1), active=True), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (line(issued=-1, begins=900), ONE_A_DAY, False, Currency.CURRENT),  # begun, and no issue known
        (issues(183, -1), ONE_A_DAY, False, Currency.CURRENT),  # the newest that is not after the day counts
        (issues(184, -1), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (replace(line(issued=900), active=True), ONE_A_DAY, False, Currency.CURRENT),  # the source's own mark
        (replace(line(issued=1), active=False), ONE_A_DAY, False, Currency.NOT_CURRENT),
        (replace(line(ends=1), active=True), ONE_A_DAY, False, Currency.NOT_CURRENT),  # an end that is past goes first
    ],
)
def test_the_evidence_is_weighed_in_order(
    medicine: MedicineLine, dosage: Dosage, prn: bool | None, expected: Currency
) -> None:
    currency, reason = currency_of(medicine, dosage, AS_OF, prn=prn)
    assert currency is expected
    assert bool(reason) is (expected is not Currency.CURRENT)


def test_what_is_kept_for_an_emergency_stays_current_whatever_its_directions() -> None:
    for prn in (True, False, None):
        for ago, expected in ((1096, Currency.CURRENT), (1097, Currency.NOT_CURRENT)):
            assert currency_of(line(issued=ago), ONE_A_DAY, AS_OF, prn=prn, at_hand=True)[0] is expected
    assert currency_of(line(ends=1), ONE_A_DAY, AS_OF, prn=None, at_hand=True)[0] is Currency.NOT_CURRENT


@pytest.mark.parametrize(
    ("quantity", "unit", "daily", "days"),
    [
        ("56 tablets", "tablet", 2, 28),
        ("56", None, 2, 28),
        ("1 pack of 28 tablet(s)", "tablet", 1, 28),
        ("28 tablet(s) - 400mg", None, 1, 28),
        ("200 ml", "ml", 10, 20),
        ("200", "ml", 10, None),  # millilitres, or bottles?
        ("2 ampoules", "mg", 14.3, None),  # how many milligrams are in one?
        ("1", "puff", 4, None),
        ("2.5 ml", "drop", 2, None),
        ("1 OP", "tablet", 1, None),
        ("2 x 28 tablets", "tablet", 1, None),
        ("30 g", None, 1, None),
        ("", "tablet", 1, None),
    ],
)
def test_a_supply_lasts_so_long_where_like_is_shared_among_like(
    quantity: str, unit: str | None, daily: float, days: float | None
) -> None:
    dosage = Dosage("", read=True, dose_unit=unit, daily_low=daily, daily_high=daily)
    assert supply_days(line(quantity, issued=0), dosage) == days
