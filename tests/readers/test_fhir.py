"""FHIR as records: which medicine each part of a resource becomes, and how it is taken."""

from __future__ import annotations

import json
from datetime import date

import pytest

from healthcheck_cli.readers.fhir.read import read_fhir
from tests.readers.fhir_resources import (
    DMD,
    PATIENT,
    PERIOD,
    SNOMED,
    Resource,
    line,
    read,
    request,
    statement,
)


def test_a_statement_its_plan_and_its_issues_are_one_medicine_at_the_place_of_the_statement() -> None:
    plan, issue = {"reference": "MedicationRequest/plan"}, {"dispenseRequest": {"quantity": {"value": 60}}}
    found = line(
        PATIENT,
        request("order", id="1", basedOn=[plan], authoredOn="2026-03-01T10:00:00Z", status="completed"),
        request("order", id="2", basedOn=plan, authoredOn="2026-04-01", status="completed", **issue),  # STU3: no list
        request("order", id="3", basedOn=[plan], authoredOn="2026-05-01", status="cancelled"),
        request("plan"),
        statement(basedOn=[plan], effectivePeriod=PERIOD),
    )
    assert (found.text, found.dmd_code, found.dosage) == ("Aspirin 75mg tablets", "319775004", "2 at night")
    assert (found.start, found.end) == (date(2024, 2, 1), date(2026, 2, 1))
    assert found.issues == (date(2026, 3, 1), date(2026, 4, 1))
    assert (found.last_issue, found.quantity, found.active) == (date(2026, 4, 1), "60", True)
    assert (found.row.number, found.row.file) == (6, "a.json")
    assert sorted(row.number for row in found.other_issues) == [2, 3, 4, 5]


def test_issues_of_a_plan_that_is_not_here_are_one_medicine_and_so_are_orders_that_say_the_same() -> None:
    absent = {"reference": "https://example.org/MedicationRequest/9/_history/1"}
    by_plan = [request(id=str(n), basedOn=[absent], authoredOn=f"2026-0{n}-01") for n in (1, 2)]
    assert line(*by_plan).issues == (date(2026, 1, 1), date(2026, 2, 1))
    same = [request(id=str(n), authoredOn=f"2026-0{n}-01") for n in (1, 2)]
    assert (line(*same).row.number, line(*same).last_issue) == (2, date(2026, 2, 1))
    assert line(*same).start is None  # the first issue that is listed is not known to be the first


@pytest.mark.parametrize("other", [{"dosageInstruction": [{"text": "1 at night"}]}, {"authoredOn": None}])
def test_orders_that_differ_or_have_no_date_stay_apart(other: Resource) -> None:
    found = read(request(id="1", authoredOn="2026-01-01"), request(id="2", authoredOn="2026-02-01") | other)
    assert len(found.records[0].medicines) == 2


def test_an_issue_that_was_cancelled_takes_no_medicine_away() -> None:
    older = request(id="1", authoredOn="2026-01-01", status="completed")
    for status in ("cancelled", "entered-in-error", "draft"):
        found = line(older, request(id="2", authoredOn="2026-02-01", status=status))
        assert (found.row.number, found.active, found.issues) == (1, None, (date(2026, 1, 1),))


def test_an_order_that_says_the_same_as_the_one_active_medicine_is_an_issue_of_it() -> None:
    order = request(id="o", authoredOn="2026-01-01")
    assert line(order, statement()).issues == (date(2026, 1, 1),)
    assert len(read(order, statement(status="stopped")).records[0].medicines) == 2
    assert len(read(order, statement(id="a"), statement(id="b")).records[0].medicines) == 3


@pytest.mark.parametrize(
    ("more", "once"),
    [
        ({}, None),
        ({"courseOfTherapyType": {"coding": [{"code": "acute"}]}}, True),
        ({"courseOfTherapyType": {"coding": [{"code": "continuous"}]}}, False),
        (
            {
                "extension": [
                    {
                        "url": "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-PrescriptionType-1",
                        "valueCodeableConcept": {"coding": [{"code": "repeat"}]},
                    }
                ]
            },
            False,
        ),
    ],
)
def test_once_or_on_repeat(more: Resource, once: bool | None) -> None:
    assert line(request("plan", **more)).one_off is once


def test_the_issues_of_a_medicine_that_another_organisation_prescribes_are_no_issues() -> None:
    address = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-"
    agency = {"coding": [{"code": "prescribed-by-another-organisation"}]}
    told = [
        {"url": f"{address}PrescribingAgency-1", "valueCodeableConcept": agency},
        {"url": f"{address}MedicationStatementLastIssueDate-1", "valueDateTime": "2019-03-26"},
    ]
    found = line(statement(extension=told))
    assert (found.active, found.last_issue, found.issues) == (True, None, ())
    assert line(statement(extension=told, status="completed")).last_issue == date(2019, 3, 26)
    assert line(statement(extension=told[1:])).last_issue == date(2019, 3, 26)


def test_two_statements_on_one_plan_are_two_medicines_and_an_issue_goes_to_its_own() -> None:
    one, two = ({"reference": f"MedicationRequest/{n}"} for n in "12")
    (record,) = read(
        statement(id="s1", basedOn=[one]),
        statement(id="s2", basedOn=[two]),
        request("plan", id="1"),
        request("plan", id="2", basedOn=[one]),
        request("order", id="3", basedOn=[two], authoredOn="2026-01-01"),
    ).records
    assert [it.issues for it in record.medicines] == [(), (date(2026, 1, 1),)]


@pytest.mark.parametrize(
    ("resource", "active"),
    [
        (statement(), True),
        (statement(status="completed"), False),
        (statement(status="stopped"), False),
        (statement(status="not-taken"), False),
        (statement(taken="n"), False),  # STU3
        (statement(status="unknown"), None),
        (statement(status="on-hold"), None),
        (request("plan", status="completed"), False),
        (request("order", status="completed"), None),  # an issue was supplied: that is no end
        (request("order", courseOfTherapyType={"coding": [{"code": "acute"}]}), None),
        (request("order", status="stopped"), False),
        (request("order", status="cancelled"), False),
    ],
)
def test_what_the_status_says(resource: Resource, active: bool | None) -> None:
    assert line(resource).active is active


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (statement(status="entered-in-error"), "entered in error"),
        (statement(status="intended"), "planned and not yet taken"),
        (request("order", status="draft"), "a draft"),
        (request("proposal"), "proposed and not prescribed"),
    ],
)
def test_what_is_no_medicine_is_told_and_is_no_damage(resource: Resource, reason: str) -> None:
    found = read(resource, PATIENT)
    assert found.records[0].medicines == ()
    assert [(row.line, row.reason, row.withdrawn) for row in found.rejected] == [(1, reason, True)]


def test_the_end_of_a_plan_counts_only_where_the_medicine_is_over() -> None:
    ends = {"dispenseRequest": {"validityPeriod": {"start": "2025-01-01", "end": "2025-02-01"}}}
    assert line(request("plan", **ends)).end is None
    assert line(request("plan", status="stopped", **ends)).end == date(2025, 2, 1)
    changed = {"url": "statusChangeDate", "valueDateTime": "2025-01-15T08:00:00+01:00"}
    address = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-MedicationStatusReason-1"
    reason = [{"url": address, "extension": [changed]}]
    assert line(request("plan", status="stopped", extension=reason, **ends)).end == date(2025, 1, 15)


def test_a_medicine_is_found_in_another_file_and_among_what_is_contained() -> None:
    named = {"resourceType": "Medication", "id": "m", "code": {"coding": [{"system": SNOMED, "display": "Morphine"}]}}
    form = {"form": {"text": "modified-release capsules"}}
    here = statement(medicationReference={"reference": "#m"}, contained=[named | form])
    del here["medicationCodeableConcept"]
    assert line(here).text == "Morphine modified-release capsules"
    there = here | {"medicationReference": {"reference": "https://example.org/Medication/m"}, "contained": []}
    found = read_fhir([(json.dumps(there), "s.ndjson"), (json.dumps(named), "m.ndjson")])
    assert found.records[0].medicines[0].text == "Morphine"
    alone = read(there)
    assert [(row.line, row.reason) for row in alone.rejected] == [(1, "it does not say which medicine")]


@pytest.mark.parametrize(
    ("coding", "text", "code"),
    [
        ([{"system": SNOMED, "code": "196421000000109", "display": "Transfer-degraded"}], "Local mixture", ""),
        ([{"system": SNOMED, "code": "319775005"}], "Local mixture", ""),  # a wrong check digit
        ([{"system": SNOMED, "code": 3.19775004e8}], "Local mixture", ""),
        ([{"system": "https://example.org", "code": "319775004"}], "Local mixture", ""),
        ([{"system": SNOMED, "code": "73572009"}, {"system": DMD, "code": "319775004"}], "Local mixture", "319775004"),
        ([{"system": "https://snomed.info/sct/", "code": "319775004"}], "Local mixture", "319775004"),
    ],
)
def test_only_a_whole_code_of_dmd_or_snomed_counts_and_the_text_stays(
    coding: list[Resource], text: str, code: str
) -> None:
    found = line(statement(medicationCodeableConcept={"coding": coding, "text": text}))
    assert (found.text, found.dmd_code) == (text, code)


def test_when_required_route_and_reason() -> None:
    pain = {"coding": [{"system": SNOMED, "code": "22253000", "display": "Pain"}]}
    oral = {"coding": [{"display": "Oral route"}]}
    found = line(statement(dosage=[{"asNeededCodeableConcept": pain, "route": oral}], reasonCode=[pain]))
    assert (found.prn, found.route, found.indication) == (True, "Oral", "Pain")
    assert found.dosage == "oral - as required for Pain"
    said = [{"text": "one when required", "asNeededBoolean": False}]  # filled in by the system, not by a person
    assert line(statement(dosage=said)).prn is None


AMOUNT = {"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}
DAILY = {"period": 1, "periodUnit": "d"}


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        (AMOUNT | {"timing": {"repeat": {**DAILY, "frequency": 2}}}, "1 tablet - 2 times a day"),
        ({"doseQuantity": {"value": 1, "unit": "tablet"}, "timing": {"repeat": DAILY}}, "1 tablet - daily"),  # STU3
        (AMOUNT | {"timing": {"repeat": {**DAILY, "when": ["MORN", "NIGHT"]}}}, "1 tablet - 2 times a day - during"),
        (AMOUNT | {"timing": {"repeat": {**DAILY, "timeOfDay": ["08:00:00", "20:00:00"]}}}, "1 tablet - 2 times a day"),
        (AMOUNT | {"timing": {"repeat": {**DAILY, "frequency": 1, "when": ["MORN", "NIGHT"]}}}, ""),
        (AMOUNT | {"timing": {"repeat": {**DAILY, "frequency": 1, "when": ["XX"]}}}, ""),
        (AMOUNT | {"timing": {"repeat": {"frequency": 1, "period": 1, "periodMax": 2, "periodUnit": "d"}}}, ""),
        (AMOUNT | {"timing": {"event": ["2026-01-01"]}}, ""),
        ({"doseAndRate": [{"rateQuantity": {"value": 5, "unit": "ml/h"}}]}, ""),
        ({"doseAndRate": [{"doseQuantity": {"value": 5, "comparator": "<"}}]}, ""),
    ],
)
def test_a_structured_dose_is_told_in_words_or_is_unknown(dose: Resource, told: str) -> None:
    found = line(statement(dosage=[dose]))
    assert found.dosage.startswith(told) if told else found.dosage == ""


def test_steps_that_hold_side_by_side_make_no_daily_dose_of_one_of_them() -> None:
    from healthcheck_cli.medicines.dosage import read_dosage

    both = [{"sequence": 1, "text": "2 daily for 1 week"}, {"sequence": 1, "text": "1 at night for 1 week"}]
    assert not read_dosage(line(statement(dosage=both)).dosage).read
    steps = [{"sequence": 2, "text": "1 daily"}, {"sequence": 1, "text": "2 daily for 1 week"}]
    assert line(statement(dosage=steps)).dosage == "2 daily for 1 week, then 1 daily"
