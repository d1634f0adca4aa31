"""The route of a line whose product name does not tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.line_route import line_route
from healthcheck_cli.medicines.models import Match
from healthcheck_cli.record import MedicineLine, Row
from tests.medicines.reads import maximum, medicine, of, product

RISPERIDONE = replace(
    medicine("risperidone", maximum("oral", 16), maximum("depot", 50, 14)), tags=("injection_is_depot",)
)
ZUCLOPENTHIXOL = medicine("zuclopenthixol", maximum("oral", 150), maximum("depot", 600, 7))
HALOPERIDOL = medicine("haloperidol", maximum("oral", 20), maximum("injection", 12), maximum("depot", 300, 28))
SERTRALINE = medicine("sertraline", maximum("oral", 200))


def route(held: Medicine, dosage: str = "", *, column: str = "", bnf: str = "", named: str = "") -> str:
    line = MedicineLine("x", Row(1), dosage, route=column, bnf_code=bnf)
    return line_route(product(of(held.name), route=named), line, read_dosage(dosage), held)


@pytest.mark.parametrize(
    ("held", "dosage", "expected"),
    [
        (RISPERIDONE, "1mg bd", "oral"),
        (RISPERIDONE, "1 at night", "oral"),
        (RISPERIDONE, "0.5ml bd", "oral"),
        (RISPERIDONE, "0.5mg when required, max 2mg in 24 hours", "oral"),
        (RISPERIDONE, "37.5mg every 2 weeks", "depot"),
        (RISPERIDONE, "25mg weekly", ""),  # neither tablets nor this injection are given by the week
        (ZUCLOPENTHIXOL, "200mg weekly", "depot"),  # this one is
        (RISPERIDONE, "2mg on alternate days", ""),
        (RISPERIDONE, "2 tablets every 4 weeks", ""),
        (HALOPERIDOL, "5mg im tds", ""),
        (HALOPERIDOL, "5mg intramuscularly when required", ""),
        (RISPERIDONE, "as directed", ""),
        (RISPERIDONE, "", ""),
        (SERTRALINE, "50mg daily", ""),  # a medicine without a depot has its default route, or none
    ],
)
def test_directions_tell_tablets_from_a_long_acting_injection(held: Medicine, dosage: str, expected: str) -> None:
    assert route(held, dosage) == expected


def test_the_route_column_goes_before_the_directions_and_the_name_before_both() -> None:
    assert route(RISPERIDONE, "25mg every 2 weeks", column="Oral") == "oral"
    assert route(RISPERIDONE, "1mg bd", named="depot") == "depot"
    assert route(RISPERIDONE, column="Intramuscular") == "depot"
    assert route(HALOPERIDOL, "50mg every 4 weeks", column="IM") == "depot"
    assert route(HALOPERIDOL, "5mg prn", column="IM") == ""
    assert route(SERTRALINE, column="by mouth") == "oral"
    assert route(SERTRALINE, column="some other words") == ""


def test_the_bnf_paragraph_of_depots_makes_a_depot() -> None:
    assert route(RISPERIDONE, bnf="0402020AB") == "depot"
    assert route(RISPERIDONE, bnf="040201030") == ""


@pytest.mark.parametrize(
    ("dosage", "expected"),
    [
        ("2 drops under the tongue at night", "oral"),
        ("1 drop sublingually for drooling", "oral"),
        ("1 drop twice a day in both eyes", "eye_ear"),
        ("", "eye_ear"),
    ],
)
def test_eye_drops_under_the_tongue_are_by_mouth(dosage: str, expected: str) -> None:
    assert route(medicine("atropine"), dosage, named="eye_ear") == expected


def test_a_text_that_names_no_medicine_gets_no_route() -> None:
    unnamed = replace(product(), match=Match.NONE, route="")
    assert line_route(unnamed, MedicineLine("x", Row(1), route="oral"), read_dosage("1mg bd"), None) == ""
