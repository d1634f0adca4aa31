"""Whole lines, with the shipped content: what only the product and its directions together tell."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.medicines.models import MedicineRead
from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
from healthcheck_cli.medicines.read_list import MedicineReader
from healthcheck_cli.record import MedicineLine, Row

AS_OF = date(2026, 11, 22)


@lru_cache(maxsize=1)
def _reader() -> MedicineReader:
    return MedicineReader(load_content(find_content()))


def pasted(text: str) -> MedicineRead:
    product, dosage = split_product_and_dosage(text)
    return _reader().read([MedicineLine(product, Row(1), dosage)], AS_OF, 45)[0]


@pytest.mark.parametrize(
    ("text", "route", "percent"),
    [
        ("Risperidone 1mg bd", "oral", 12.5),
        ("Olanzapine 5mg prn max 10mg in 24 hours", "oral", 50),
        ("Paliperidone 100mg monthly", "depot", 66.667),
        ("Paliperidone 100mg/1ml pre-filled syringe one every month", "depot", 66.667),
        ("Trevicta 525mg/2.625ml pre-filled syringe 1 every 3 months", "depot", 100),
        (
            "Olanzapine embonate 300mg powder and solvent for prolonged-release suspension for injection vials "
            "one vial every 2 weeks",
            "depot",
            100,
        ),
        ("Risperdal Consta 25mg 2/52", "depot", 50),
        ("Modecate 50mg im 3/52", "depot", 33.333),
        ("Zuclopenthixol 200mg/ml 300mg 2 weekly", "depot", 25),
    ],
)
def test_a_pasted_antipsychotic_has_its_route_and_its_share_of_the_maximum(
    text: str, route: str, percent: float
) -> None:
    read = pasted(text)
    assert read.route == route
    share = read.ingredients[0].dose.percent_at_top
    assert share is not None
    assert share.high == pytest.approx(percent, abs=0.01)


def test_a_shared_brand_without_directions_has_no_route() -> None:
    assert pasted("Clopixol 200 mg").route == ""


def test_weeks_after_tablets_are_not_read_as_how_often() -> None:
    assert pasted("Prednisolone 5mg 2/52").ingredients[0].dose.daily is None
    assert pasted("Risperdal Consta 25mg for 2/52").ingredients[0].dose.daily is None


def test_an_appliance_has_no_route() -> None:
    bags = pasted("Catheter bags")
    assert (bags.recognised.scored, bags.route) == (False, "")


def test_micrograms_every_three_days_are_no_dose_where_it_may_be_a_patch() -> None:
    (fentanyl,) = pasted("Fentanyl 25mcg every 72 hours").ingredients
    assert fentanyl.dose.daily is None and "route" in fentanyl.dose.why_unknown


def test_two_medicines_on_one_line_are_both_seen() -> None:
    read = pasted("Risperidone 1mg bd + procyclidine 5mg od")
    assert [it.name for it in read.ingredients] == ["risperidone", "procyclidine"]
    assert all(it.dose.daily is None for it in read.ingredients)


def test_after_a_week_is_not_once_a_week() -> None:
    read = pasted("Sertraline 50mg and increase to 100mg after a week")
    assert read.dosage.times_per_day_low is None and read.dosage.multi_step


def test_a_decanoate_in_short_is_a_depot() -> None:
    assert pasted("Haloperidol dec 50mg 4/52").route == "depot"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Naloxone 1.8mg/0.1ml nasal spray", True),
        ("Buccolam 10mg/2ml oromucosal solution", True),
        ("Suboxone 8mg/2mg sublingual films", False),
        ("Targinact 10mg/5mg modified-release tablets", False),
        ("Lidocaine 2% / Adrenaline 1 in 80000 injection", False),
    ],
)
def test_what_is_taken_every_day_is_not_kept_at_hand_for_what_is_in_it_beside(text: str, kept: bool) -> None:
    reader = _reader()
    named = reader.recognised(MedicineLine(text, Row(1)))
    assert reader.is_kept_at_hand(named, named.route) is kept
