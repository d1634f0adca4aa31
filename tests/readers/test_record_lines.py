"""Record objects one a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.inputs import read_source
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.readers.sources import Source
from tests.readers.reading import read_files, read_text, rows_told, told

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


AGAIN = "several lines are about this person: none of them tells everything"
NO_MEDICINES = "column 39: medicines: must be a list"


@pytest.mark.parametrize(
    ("wrong", "rows"),
    [
        (lines({"medicines": [SECRET, SECRET]}), [(4, "no person with an id, so it cannot be told whose it is")] * 2),
        (f'["{SECRET}"]', [(4, "not a JSON object that is whole: the file may be damaged or cut off")]),
        (
            lines({"person": {"id": "A3", "sex": SECRET, "date_of_birth": "1979-13-02"}}),
            [
                (
                    4,
                    "column 32: person.sex: must be F or M (leave it out where neither is recorded); "
                    "column 67: person.date_of_birth: not a date (write year-month-day, year-month or year)",
                )
            ],
        ),
        (
            lines({"person": {"id": "A3"}, "medicines": [{"dosage": SECRET}, "Senna"]}),
            [(4, "column 40: medicines, item 1: a medicine needs its text")] * 2,
        ),
        (lines(FIRST), [(1, AGAIN), (1, AGAIN), (4, AGAIN), (4, AGAIN)]),
        (lines({"person": {"id": "A1"}, "medicines": 5}), [(1, AGAIN), (1, AGAIN), (4, f"{NO_MEDICINES}; {AGAIN}")]),
    ],
)
def test_a_line_that_cannot_be_used_is_rejected_whole_for_all_its_medicines_and_nothing_of_it_is_told(
    tmp_path: Path, wrong: str, rows: list[tuple[int, str]]
) -> None:
    result = read_text(tmp_path, lines(FIRST, SECOND) + wrong, "people.ndjson", form="ndjson")
    assert "A2" in {it.person.id for it in result.records}
    found = [(it.line, it.reason) for it in result.rejected]
    assert found == rows
    assert SECRET not in " ".join((*(reason for _, reason in found), *result.notes))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (lines({"person": {"id": "A2", "sex": SECRET}}), "people.ndjson:1:32: person.sex: must be F or M"),
        (lines(FIRST, FIRST), f"people.ndjson:3: {AGAIN}"),
        ("\n \n ", "there is nothing in this file"),
    ],
)
def test_a_file_of_which_no_line_can_be_used_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read_text(tmp_path, text, "people.ndjson", form="ndjson")
    assert any(message in it for it in caught.value.problems), caught.value.problems
    assert SECRET not in " ".join(caught.value.problems)


def test_half_of_what_is_known_of_a_person_is_not_reported_for_the_whole(tmp_path: Path) -> None:
    wrong = {"person": {"id": "A3", "age": 300}, "medicines": ["Clozapine 100mg tablets"]}
    (tmp_path / "a.ndjson").write_text(lines(FIRST, SECOND, wrong), encoding="utf-8")
    (tmp_path / "b.csv").write_text("patient_id,medication\nA3,Senna\n", encoding="utf-8")
    result = read_files(tmp_path / "a.ndjson", tmp_path / "b.csv")
    assert [it.person.id for it in result.records] == ["A1", "A2"]
    assert rows_told(result) == 4
    assert told(result, "1 of 3 people left out: a line about them cannot be used")


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


def test_what_is_supplied_to_a_check_is_refused_where_one_of_its_lines_is_wrong() -> None:
    """The line that is left may be of somebody else."""
    text = lines(SECOND, {"person": {"id": "A3", "age": 300}, "medicines": ["Senna", "Laxido"]})
    with pytest.raises(InputProblem) as caught:
        read_source(Source("a.ndjson", text.encode()), ReadOptions(), lambda line: (line, ""))
    assert caught.value.problems == ("a.ndjson:3: column 32: person.age: must be whole years, 0 to 130",)
