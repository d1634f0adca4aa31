"""Real and example FHIR files are read whole: every medicine, problem, observation and date.

What should be there is counted here by a second way that shares nothing with the reader. The files are no part of this
project: where they are not beside it, these tests are skipped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.readers.fhir.directions import directions_of
from healthcheck_cli.readers.fhir.read import read_fhir
from healthcheck_cli.record import Record

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "fhir"
FILES = sorted(SAMPLES.glob("*.*json"))

pytestmark = pytest.mark.skipif(not FILES, reason="the shared FHIR files are not here")


def resources(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return [entry["resource"] for entry in json.loads(text)["entry"]]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def based_on(resource: dict[str, Any]) -> set[str]:
    return {it["reference"] for it in listed(resource.get("basedOn"))}


def contained(resource: dict[str, Any]) -> dict[str, Any]:
    return next(iter(resource.get("contained", [])), {})


def snomed_ids(code: dict[str, Any]) -> list[str]:
    return [it["code"] for it in code["coding"] if it["system"] == "http://snomed.info/sct"]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text and len(text) >= 10 else None


def days(texts: Iterable[str | None]) -> Counter[date]:
    return Counter(it for it in map(day, texts) if it is not None)


def read(path: Path) -> Record:
    result = read_fhir([(path.read_text("utf-8"), path.name)])
    assert not [row for row in result.rejected if not row.withdrawn]
    (record,) = result.records
    return record


def of_type(path: Path, *kinds: str) -> list[dict[str, Any]]:
    return [it for it in resources(path) if it["resourceType"] in kinds]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_medicine_is_one_line(path: Path) -> None:
    statements = of_type(path, "MedicationStatement")
    requests = of_type(path, "MedicationRequest")
    plans = [it for it in requests if it["intent"] in ("plan", "option")]
    told = {reference for it in statements for reference in based_on(it)}
    own_plans = [it for it in plans if f"MedicationRequest/{it['id']}" not in told]
    ids = {f"MedicationRequest/{it['id']}" for it in plans}
    alone = [it for it in requests if it["intent"] == "order" and not based_on(it) & ids]
    record = read(path)
    assert len(record.medicines) == len(statements) + len(own_plans) + len(alone)
    assert sum(1 + len(it.other_issues) for it in record.medicines) == len(statements) + len(requests)
    assert all(line.text and not line.text.startswith("(no name") for line in record.medicines)
    assert len({line.row.number for line in record.medicines}) == len(record.medicines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_and_every_text_of_a_dose_is_there(path: Path) -> None:
    everything = " ".join(path.read_text("utf-8").split())
    forms = {it["form"]["coding"][0]["display"] for it in map(contained, resources(path)) if "form" in it}
    for line in read(path).medicines:
        name = next((line.text.removesuffix(f" {form}") for form in forms if line.text.endswith(form)), line.text)
        assert f'"{name}"' in everything
    texts = {
        " ".join(dose["text"].split())
        for it in of_type(path, "MedicationStatement")
        for dose in listed(it.get("dosage"))
        if dose.get("text")
    }
    assert texts <= {line.dosage for line in read(path).medicines}
    assert all(line.dmd_code in everything for line in read(path).medicines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_date_of_a_medicine_is_there(path: Path) -> None:
    statements, requests = of_type(path, "MedicationStatement"), of_type(path, "MedicationRequest")
    lines = read(path).medicines
    starts = days((it.get("effectivePeriod") or {}).get("start") or it.get("effectiveDateTime") for it in statements)
    ends = days((it.get("effectivePeriod") or {}).get("end") for it in statements)
    last = days(
        extension["valueDateTime"]
        for it in statements
        for extension in listed(it.get("extension"))
        if "LastIssueDate" in extension["url"]
    )
    issues = days(
        ((it.get("dispenseRequest") or {}).get("validityPeriod") or {}).get("start") or it.get("authoredOn")
        for it in requests
        if it["intent"] == "order"
    )
    assert not starts - Counter(it.start for it in lines if it.start)
    assert not ends - Counter(it.end for it in lines if it.end)
    older = list((last - Counter(it.last_issue for it in lines if it.last_issue)).elements())
    assert older == ([date(2022, 10, 4)] if "medicus" in path.name else [])  # with an order of 16 October, and a note
    assert set(issues) == {day for it in lines for day in it.issues}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_and_observation_is_there(path: Path) -> None:
    record = read(path)
    conditions, allergies = of_type(path, "Condition"), of_type(path, "AllergyIntolerance")
    more = ("component", "related", "hasMember", "valueQuantity", "valueString", "valueCodeableConcept")
    coded = [
        it for it in of_type(path, "Observation") if not any(name in it for name in more) and snomed_ids(it["code"])
    ]
    assert len(record.problems) == len(conditions) + len(allergies) + len(coded)
    begun = days(it.get("onsetDateTime") for it in (*conditions, *allergies))
    assert not begun - Counter(it.date for it in record.problems if it.date)
    observations = of_type(path, "Observation")
    parts = sum(len(it.get("component") or [None]) for it in observations)
    assert len(record.observations) == parts
    measured = Counter(it["valueQuantity"]["value"] for it in observations if "valueQuantity" in it)
    assert not measured - Counter(it.value for it in record.observations)
    assert all(it.date for it in record.observations)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_person_is_there(path: Path) -> None:
    for patient in of_type(path, "Patient"):
        person = read(path).person
        assert (person.id == patient.get("id")) or "id" not in patient
        born = day(patient.get("birthDate"))
        assert (person.date_of_birth.earliest if person.date_of_birth else None) == born
        assert person.sex == {"male": "M", "female": "F"}.get(patient.get("gender", ""), "")


CONTRADICT_THEMSELVES = {"1 tablet - twice a day - on Monday, Wednesday and Friday", "2 capsules 4 times a day."}
"""Samples whose structure says another dose than their own text (Friday only; 500 mg for two capsules)."""


def test_a_text_made_of_a_structured_dose_is_read_as_the_text_that_was_given() -> None:
    compared = 0
    for path in FILES:
        for it in of_type(path, "MedicationStatement", "MedicationRequest"):
            doses = listed(it.get("dosage") or it.get("dosageInstruction"))
            if not any("doseAndRate" in dose for dose in doses) or doses[0]["text"] in CONTRADICT_THEMSELVES:
                continue
            given = read_dosage(directions_of(doses))
            made = read_dosage(directions_of([{key: dose[key] for key in dose if key != "text"} for dose in doses]))
            told = [(dose.read, dose.daily_low, dose.daily_high, dose.dose_unit, dose.prn) for dose in (given, made)]
            assert told[0] == told[1]
            compared += 1
    assert compared >= 25
