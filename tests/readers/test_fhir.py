"""FHIR as records: what each part of a resource becomes, and that nothing goes missing without a word."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from healthcheck_cli.readers.fhir.read import read_fhir
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.record import MedicineLine, Observation, Problem

Resource = dict[str, Any]

SNOMED, DMD = "http://snomed.info/sct", "https://dmd.nhs.uk"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ASPIRIN = {"coding": [{"system": DMD, "code": "319775004", "display": "Aspirin 75mg tablets"}]}
PATIENT = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1979-04"}
HER = {"reference": "Patient/p1"}
PERIOD = {"start": "2024-02-01", "end": "2026-02-01"}


def bundle(*resources: Resource) -> str:
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": it} for it in resources]})


def read(*resources: Resource) -> ReadResult:
    return read_fhir([(bundle(*resources), "a.json")])


def statement(**more: Any) -> Resource:
    dose = [{"text": "2 at night"}]
    return {
        **{"resourceType": "MedicationStatement", "id": "s", "status": "active", "subject": HER, "dosage": dose},
        **{"medicationCodeableConcept": ASPIRIN},
        **more,
    }


def request(intent: str = "order", **more: Any) -> Resource:
    dose = [{"text": "2 at night"}]
    told = {"id": intent, "status": "active", "intent": intent, "subject": HER, "dosageInstruction": dose}
    return {"resourceType": "MedicationRequest", **told, "medicationCodeableConcept": ASPIRIN, **more}


def line(*resources: Resource) -> MedicineLine:
    (record,) = read(*resources).records
    (found,) = record.medicines
    return found


def problem(**resource: Any) -> Problem:
    told = {"resourceType": "Condition", "subject": HER, "code": {"text": "Epilepsy"}}
    (found,) = read({**told, **resource}).records[0].problems
    return found


def observed(**resource: Any) -> list[Observation]:
    told = {"resourceType": "Observation", "subject": HER, "code": {"text": "Weight"}}
    return list(read({**told, **resource}).records[0].observations)


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


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ({}, "active"),
        ({"clinicalStatus": "active"}, "active"),
        ({"clinicalStatus": {"coding": [{"code": "remission"}]}}, "doubtful"),
        ({"clinicalStatus": "inactive"}, "doubtful"),
        ({"clinicalStatus": "resolved"}, "over"),
        ({"abatementBoolean": True}, "over"),
        ({"verificationStatus": {"coding": [{"code": "provisional"}]}}, "doubtful"),
    ],
)
def test_how_a_problem_stands(told: Resource, standing: str) -> None:
    assert problem(**told).standing == standing


def test_when_a_problem_began() -> None:
    recorded = {"recordedDate": "2022-10-04"}
    assert problem(onsetDateTime="1991-07-19", **recorded).date == date(1991, 7, 19)
    assert problem(**recorded).date == date(2022, 10, 4)
    assert problem(onsetDateTime="1992", **recorded).date is None  # the day it was written down would make it new
    assert problem(onsetString="as a child", **recorded).date is None
    assert problem(abatementDateTime="2023-01-01").end == date(2023, 1, 1)


def test_a_refuted_problem_is_none_and_says_so() -> None:
    found = read({"resourceType": "Condition", "code": {"text": "X"}, "verificationStatus": "refuted"}, PATIENT)
    assert found.records[0].problems == ()
    assert any("refuted or entered in error: left out (entry 1)" in note for note in found.notes)


def test_an_allergy_is_a_problem_and_a_substance_is_not_one() -> None:
    allergy = {"resourceType": "AllergyIntolerance", "patient": HER}
    coded = {"coding": [{"system": SNOMED, "code": "91935009", "display": "Allergy to peanut"}]}
    substance = {"coding": [{"system": SNOMED, "code": "319775004", "display": "Aspirin"}]}
    found = read(allergy | {"code": coded}, allergy | {"code": substance}).records[0].problems
    assert [(it.term, it.code) for it in found] == [("Allergy to peanut", "91935009"), ("Allergy to Aspirin", "")]


def test_a_blood_pressure_is_two_observations_and_a_value_keeps_its_unit() -> None:
    systolic = {"code": {"coding": [{"system": SNOMED, "code": "271649006"}], "text": "Systolic blood pressure"}}
    quantity = {"value": 142, "unit": "millimetre of mercury", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}
    (part,) = observed(component=[systolic | {"valueQuantity": quantity}], effectiveDateTime="2026-05-01")
    assert (part.code, part.value, part.unit, part.date) == ("271649006", 142, "mm[Hg]", date(2026, 5, 1))
    (below,) = observed(valueQuantity={"value": 5, "comparator": "<", "unit": "mg/L"})
    assert (below.value, below.unit) == ("< 5", "mg/L")
    assert [it.value for it in observed(valueBoolean=True)] == ["yes"]
    assert [it.value for it in observed()] == [None]
    assert observed(status="entered-in-error", code={"text": "x"}) == []


def test_a_coded_entry_without_a_value_is_a_problem_too_and_a_result_is_none() -> None:
    coded = {"coding": [{"system": SNOMED, "code": "84757009", "display": "Epilepsy"}]}
    entry = {"resourceType": "Observation", "subject": HER, "code": coded, "effectiveDateTime": "2010-01-14"}
    (record,) = read(entry).records
    assert [(it.term, it.code, it.date) for it in record.problems] == [("Epilepsy", "84757009", date(2010, 1, 14))]
    assert [it.name for it in record.observations] == ["Epilepsy"]
    others: list[Resource] = [
        {"valueString": "none"},
        {"valueBoolean": False},
        {"dataAbsentReason": {"text": "unknown"}},
        {"component": []},
        {"status": "entered-in-error"},
        {"code": {"text": "Epilepsy"}},
    ]
    for more in others:
        assert read(entry | more, PATIENT).records[0].problems == ()


def test_people_are_told_apart_and_what_is_nobodys_is_not_given_to_one_of_them() -> None:
    other = {"resourceType": "Patient", "id": "p2", "identifier": [{"system": NHS_NUMBER, "value": "999 000 0018"}]}
    by_number = statement(id="a", subject={"identifier": {"system": NHS_NUMBER, "value": "9990000018"}})
    nobodys = statement(id="b")
    del nobodys["subject"]
    found = read(PATIENT, other, statement(), by_number, nobodys)
    assert {it.person.id: len(it.medicines) for it in found.records} == {"p1": 1, "p2": 1}
    assert [(row.line, row.withdrawn) for row in found.rejected] == [(5, False)]
    (only,) = read(PATIENT, nobodys).records
    assert (only.person.id, len(only.medicines), only.person.sex) == ("p1", 1, "F")
    assert only.person.date_of_birth is not None
    assert not only.person.date_of_birth.exact


def test_a_person_who_died_is_not_reported() -> None:
    assert read(PATIENT | {"deceasedDateTime": "2025-01-01"}, statement()).not_reported == {"p1": "died"}


def test_one_a_line_with_blank_lines_and_a_line_that_is_damaged() -> None:
    lines = [json.dumps(PATIENT), "", "{broken", json.dumps(statement()), "[1]", ""]
    found = read_fhir([("\r\n".join(lines), "a.ndjson")])
    assert [(row.line, row.withdrawn) for row in found.rejected] == [(3, False), (5, False)]
    assert found.records[0].medicines[0].row.number == 4
    cut = read_fhir([("\n".join(lines[:4])[:-9], "a.ndjson")])
    assert (cut.broken_off, [row.line for row in cut.rejected]) == (("a.ndjson:4",), [3, 4])


def test_two_files_with_the_same_lines_give_every_medicine_a_number_of_its_own() -> None:
    files = [(json.dumps(statement(id=name)), f"{name}.ndjson") for name in "ab"]
    found = read_fhir(files)
    assert [(it.row.number, it.row.file) for it in found.records[0].medicines] == [(1, "a.ndjson"), (2, "b.ndjson")]


def test_the_same_resource_again_is_read_once_and_two_that_share_an_id_are_both_read() -> None:
    again = read(statement(), statement(), PATIENT)
    assert len(again.records[0].medicines) == 1
    assert [row.withdrawn for row in again.rejected] == [True]
    changed = statement(meta={"lastUpdated": "2026-01-02"}, status="stopped")
    assert line(changed, statement(meta={"lastUpdated": "2026-01-01"})).active is False
    different = read(statement(), statement(dosage=[{"text": "1 at night"}]))
    assert len(different.records[0].medicines) == 2
    assert any("one id: both are read (entry 2)" in note for note in different.notes)


def test_notes_say_what_it_is_what_is_not_read_and_what_is_not_here() -> None:
    page = {"relation": "next", "url": "x"}
    warned = "https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-ListWarningCode-1"
    warning = {"url": warned, "valueCode": "confidential-items"}
    listed = {"resourceType": "List", "extension": [warning], "entry": [{"item": {"reference": "Medication/gone"}}]}
    encounter, strange = {"resourceType": "Encounter"}, {"resourceType": "MRS JONES"}
    resources = [PATIENT, listed, encounter, strange, statement(status="on-hold")]
    whole = {
        "resourceType": "Bundle",
        "type": "searchset",
        "link": [page],
        "entry": [{"resource": it} for it in resources],
    }
    notes = "\n".join(read_fhir([(json.dumps(whole), "a.json")]).notes)
    for said in (
        "a searchset bundle: 1 MedicationStatement, 1 Patient, 1 List",
        "not read: 1 Encounter, 1 of other types",
        "one page of several",
        "does not hold everything (confidential-items) (entry 2)",
        "a list names resources that are not here (entry 2)",
        "on hold: read as taken",
    ):
        assert said in notes
    assert "JONES" not in notes
    assert "JONES" not in read_fhir([(json.dumps(whole | {"type": "MRS JONES"}), "a.json")]).notes[0]


def test_things_of_the_wrong_kind_are_nothing_and_break_nothing() -> None:
    wrong: list[Any] = [None, 7, "x", [], {}, [[]], {"a": 1}, True, [None, {"coding": "x"}]]
    for value in wrong:
        names: tuple[str, ...] = (
            "subject",
            "medicationCodeableConcept",
            "medicationReference",
            "dosage",
            "basedOn",
            "effectivePeriod",
        )
        names += ("extension", "reasonCode", "contained", "code", "component", "valueQuantity", "onsetDateTime", "meta")
        bad = [
            {"resourceType": kind, "id": str(number), **dict.fromkeys(names, value)}
            for number, kind in enumerate(("MedicationStatement", "MedicationRequest", "Condition", "Observation"))
        ]
        found = read(PATIENT, *bad, {"resourceType": "Patient", "id": value, "identifier": value, "birthDate": value})
        assert all(note.startswith("a.json: ") for note in found.notes)


def test_half_a_character_can_be_written_again_and_a_text_without_end_is_none() -> None:
    assert line(statement(dosage=[{"text": "one \ud83d daily"}])).dosage.encode("utf-8")
    assert line(statement(dosage=[{"text": "1 " * 5000}])).dosage == ""


def test_a_birth_date_that_cannot_be_is_unknown_and_told_as_what_it_is() -> None:
    for day in ("1850-01-01", "2031"):
        patient = bundle(PATIENT | {"birthDate": day}, statement())
        found = read_fhir([(patient, "a.json")], as_of=date(2026, 11, 22))
        assert found.records[0].person.date_of_birth is None
        told = "a.json: date of birth before 1900 or after the day of the review: taken as unknown (entry 1)"
        assert told in found.notes
