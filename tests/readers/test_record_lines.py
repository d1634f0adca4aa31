"""Record objects one a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem
from tests.readers.reading import read_text

SECRET = "Zuclopenthixol"
FIRST = {"person": {"id": "A1", "sex": "F"}, "medicines": ["Senna", "Laxido"]}
SECOND = {"person": {"id": "A2"}, "problems": ["epilepsy"], "complete": ["problems"]}


def lines(*objects: object) -> str:
    return "\n\n".join(map(json.dumps, objects)) + "\n"


def test_each_line_is_a_person_and_places_are_places_in_their_list(tmp_path: Path) -> None:
    result = read_text(tmp_path, lines(FIRST, SECOND), "people.ndjson")
    assert result.format == "ndjson"
    assert [it.person.id for it in result.records] == ["A1", "A2"]
    assert [it.row.number for it in result.records[0].medicines] == [1, 2]
    assert result.records[1].is_complete("problems")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (lines(FIRST, FIRST), "people.ndjson:3: a person whom an earlier line is about"),
        (lines(FIRST, {"medicines": [SECRET]}), "people.ndjson:3: no person with an id"),
        (lines(FIRST) + f'["{SECRET}"]', "people.ndjson:2: not a JSON object that is whole"),
        (lines(FIRST, {"person": {"id": "A2", "sex": SECRET}}), "people.ndjson:3:32: person.sex: must be F or M"),
        ("\n \n ", "there is nothing in this file"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_by_its_place_and_nothing_of_it(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InputProblem) as caught:
        read_text(tmp_path, text, "people.ndjson", form="ndjson")
    assert any(message in it for it in caught.value.problems), caught.value.problems
    assert SECRET not in " ".join(caught.value.problems)


def test_lines_of_fhir_are_read_as_fhir_under_either_name(tmp_path: Path) -> None:
    patient = {"resourceType": "Patient", "id": "p", "gender": "female"}
    statement = {
        "resourceType": "MedicationStatement",
        "id": "m",
        "status": "active",
        "subject": {"reference": "Patient/p"},
        "medicationCodeableConcept": {"text": "Senna 7.5mg tablets"},
    }
    for form in ("auto", "ndjson", "fhir"):
        (record,) = read_text(tmp_path, lines(patient, statement), "a.ndjson", form=form).records
        assert [it.text for it in record.medicines] == ["Senna 7.5mg tablets"]
