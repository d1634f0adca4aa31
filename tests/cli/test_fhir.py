"""FHIR in and out at the command line: what is said on standard error, exit codes, files."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import MARK, Run

File = Callable[[str, bytes | str], Path]

PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1980-05", "gender": "male", "name": [{"text": MARK}]}
HIM = {"reference": "Patient/p1"}


def statement(number: int, **more: Any) -> dict[str, Any]:
    told = {"resourceType": "MedicationStatement", "id": str(number), "status": "active", "subject": HIM}
    named = {"medicationCodeableConcept": {"text": "Risperidone 1mg tablets"}, "dosage": [{"text": f"1 bd {MARK}"}]}
    return {**told, **named, **more}


def test_a_bundle_is_reviewed_and_standard_error_says_what_it_was_and_nothing_of_what_is_in_it(run: Run) -> None:
    entries: list[Any] = [{"resource": it} for it in (PATIENT, statement(1), statement(2, status="stopped"))]
    entries += [{"resource": {"resourceType": "Encounter", "id": MARK}}, {"resource": MARK}]
    text = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    ran = run("review", "-", "--to", "json", "--as-of", "2026-11-22", stdin=text.encode())
    assert ran.code == 0
    person = json.loads(ran.out)["people"][0]
    assert [(it["row"], it["current"]) for it in person["medicines"]] == [(2, True), (3, False)]
    assert (person["person_id"], person["age"], person["sex"], person["complete"]) == ("p1", 46, "M", [])
    assert "standard input: taken for FHIR" in ran.err
    assert "not read: 1 Encounter" in ran.err
    assert "holds no resource: left out (entry 5)" in ran.err
    assert MARK not in ran.err


def test_one_a_line_can_be_asked_for_and_too_many_that_cannot_be_used_stop_the_review(run: Run, file: File) -> None:
    lines = [PATIENT, *(statement(number) for number in range(4))]
    good = "\n".join(json.dumps(it) for it in lines) + "\n"
    ran = run("review", file("good.ndjson", good), "--from", "ndjson", "--to", "json")
    assert ran.code == 0
    nameless = json.dumps({**statement(9), "medicationCodeableConcept": {}})
    ran = run("review", file("bad.ndjson", good + nameless + "\n"))
    assert (ran.code, ran.out) == (4, "")
    assert "bad.ndjson:6: row left out: it does not say which medicine" in ran.err
    assert MARK not in ran.err


def test_a_plan_is_written_as_a_bundle_for_its_owner_only(run: Run, file: File, tmp_path: Path) -> None:
    record = file("a.yaml", "person: {id: A1}\nmedicines: [Clozapine 100mg tablets]\nanswers: {bowel.days_since: 4}\n")
    out = tmp_path / "plan.json"
    ran = run("plan", record, "--to", "fhir", "-o", out, "--as-of", "2026-11-22")
    assert ran.code == 0
    bundle = json.loads(out.read_text("utf-8"))
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert {"Patient", "CarePlan", "Task", "DetectedIssue", "QuestionnaireResponse", "Provenance"} <= kinds
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    reviewed = run("review", record, "--to", "fhir", "--as-of", "2026-11-22")
    assert json.loads(reviewed.out) == bundle
    again = run("review", out, "--to", "json", "--as-of", "2026-11-22")
    assert [it["text"] for it in json.loads(again.out)["people"][0]["medicines"]] == ["Clozapine 100mg tablets"]
