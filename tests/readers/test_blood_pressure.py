"""A blood pressure written as one value is two observations, wherever it is read; what cannot be one is told."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.readers.blood_pressure import UNREADABLE_PRESSURE, each_pressure
from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.record_file import read_record_file
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.record import Observation, Row

DAY = date(2026, 11, 28)
BOTH = [("systolic blood pressure", 210.0, "mmHg", DAY), ("diastolic blood pressure", 130.0, "mmHg", DAY)]


def told(result: ReadResult) -> list[tuple[object, ...]]:
    return [(it.name, it.value, it.unit, it.date) for record in result.records for it in record.observations]


def from_files(folder: Path, **files: str) -> ReadResult:
    paths = []
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text)
        paths.append(str(path))
    return read_inputs(paths, ReadOptions(), lambda line: (line, ""), io.BytesIO())


def test_in_a_record_file() -> None:
    text = 'observations: [{name: blood pressure, value: "210/130", date: 2026-11-28}]'
    assert told(read_record_file(text, "a1.yaml", ReadOptions())) == BOTH


def test_one_that_cannot_be_read_in_a_record_file_is_told_with_its_line() -> None:
    text = 'observations:\n  - {name: BP, value: "130/210", date: 2026-11-28}\n'
    read = read_record_file(text, "a1.yaml", ReadOptions())
    assert read.notes == (f"a1.yaml: {UNREADABLE_PRESSURE} (line 2, column 23)",)
    assert {it.value for it in read.records[0].observations} == {"130/210"}


def test_in_a_table_of_observations_a_row_is_counted_once(tmp_path: Path) -> None:
    read = from_files(
        tmp_path,
        list_csv="patient_id,medication\nA1,Senna\n",
        results_csv="patient_id,code,term,value,unit,date\nA1,,Blood pressure,210/130,mmHg,2026-11-28\n",
    )
    assert told(read) == BOTH
    assert {it.row.number for it in read.records[0].observations} == {2}
    assert [(it.file, it.rows) for it in read.companions] == [("results.csv", 1)]


@pytest.mark.parametrize("parts", [[], [{"code": {"text": "Systolic"}, "valueQuantity": {"value": 209}}]])
def test_in_a_fhir_observation_its_parts_say_it_better(tmp_path: Path, parts: list[object]) -> None:
    patient = {"resourceType": "Patient", "id": "p"}
    pressure = {
        "resourceType": "Observation",
        "code": {"text": "Blood pressure"},
        "subject": {"reference": "Patient/p"},
        "effectiveDateTime": "2026-11-28",
        "valueString": "210/130",
        "component": parts,
    }
    medicine = {"resourceType": "MedicationStatement", "status": "active", "subject": {"reference": "Patient/p"}}
    medicine["medicationCodeableConcept"] = {"text": "Senna 7.5mg tablets"}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": it} for it in (patient, pressure, medicine)]}
    names = [it[0] for it in told(from_files(tmp_path, p_json=json.dumps(bundle)))]
    assert names == (["Blood pressure", "Systolic"] if parts else [name for name, *_ in BOTH])


MEANS_IT = ["blood  PRESSURE", "BP", "b/p", "B.P.", "O/E - blood pressure reading", "Blood pressure (mmHg)"]
MEANS_ANOTHER = ["visual acuity", "standing blood pressure", "home BP", "target blood pressure", "systolic BP", ""]


@pytest.mark.parametrize(("name", "code"), [*((name, "") for name in MEANS_IT), ("", "75367002")])
def test_names_and_codes_that_mean_it(name: str, code: str) -> None:
    found = each_pressure(Observation(Row(3), name, code, "128 / 76 mmHg", "", DAY), pytest.fail)
    assert [(it.value, it.unit, it.row, it.date) for it in found] == [
        (128.0, "mmHg", Row(3), DAY),
        (76.0, "mmHg", Row(3), DAY),
    ]


@pytest.mark.parametrize("name", MEANS_ANOTHER)
def test_any_other_observation_stays_as_it_is(name: str) -> None:
    other = Observation(Row(3), name, "", "60/45", "", DAY)
    assert each_pressure(other, pytest.fail) == (other,)


@pytest.mark.parametrize(
    "value", ["76/128", "128/128", "310/130", "128/20", "128/76.5", "128/76/60", "not done", 128.0]
)
def test_what_is_no_pressure_is_not_guessed(value: str | float) -> None:
    notes: list[str] = []
    found = each_pressure(Observation(Row(3), "BP", "", value, "", DAY), notes.append)
    assert notes == [UNREADABLE_PRESSURE]
    assert [isinstance(it.value, str) for it in found] == [True, True]


def test_a_day_without_a_value_stays_a_day() -> None:
    only_a_day = Observation(Row(3), "BP", "", None, "", DAY)
    assert each_pressure(only_a_day, pytest.fail) == (only_a_day,)
