"""FHIR as records: problems, results and people; and that nothing goes missing without a word."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from healthcheck_cli.readers.fhir.read import read_fhir
from tests.readers.fhir_resources import (
    HER,
    NHS_NUMBER,
    PATIENT,
    SNOMED,
    Resource,
    bundle,
    line,
    observed,
    problem,
    read,
    statement,
)


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
