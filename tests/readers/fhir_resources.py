"""FHIR resources of an invented person, and what the reader makes of them."""

from __future__ import annotations

import json
from typing import Any

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
