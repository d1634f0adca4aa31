"""Every file of the shared extracts gives what their expected.json says, down to the daily dose."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.medicines.models import Match, MedicineRead
from healthcheck_cli.medicines.read_list import MedicineReader
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.record import Record
from tests.readers.reading import person, read_files, rows_told, told

EXTRACTS = Path(__file__).parents[2].parent / "shared" / "data" / "extracts_dev"
AS_OF = date(2026, 9, 30)

pytestmark = pytest.mark.skipif(not EXTRACTS.exists(), reason="the shared extracts are not here")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXTRACTS / "expected.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def reader() -> MedicineReader:
    return MedicineReader(load_content(find_content()))


def given(*names: str) -> ReadResult:
    return read_files(*(EXTRACTS / name for name in names))


def reads(reader: MedicineReader, record: Record) -> tuple[MedicineRead, ...]:
    return reader.read(record.medicines, AS_OF, None)


def dose(read: MedicineRead) -> tuple[str, float | None, float | None]:
    (ingredient,) = read.ingredients
    daily = ingredient.dose.daily if ingredient.dose.unit == "mg" else None
    return ingredient.name, None if daily is None else daily.low, None if daily is None else daily.high


def test_emis_report(expected: dict[str, Any], reader: MedicineReader) -> None:
    wanted = expected["emis_report.csv"]
    result = given("emis_report.csv")
    assert result.format == "emis"
    assert told(result, f"on line {wanted['header_row']}")
    assert told(result, f"last run on {wanted['reference_date']}")
    assert [record.person.id for record in result.records] == [it["id"] for it in wanted["patients"]]
    for record, patient in zip(result.records, wanted["patients"], strict=True):
        assert record.person.date_of_birth is not None
        assert record.person.date_of_birth.earliest.isoformat() == patient["dob"]
        assert record.person.sex == patient["sex"][0]
        assert [it.term for it in record.problems] == patient["conds"]
        found = reads(reader, record)
        assert len(found) == len(patient["meds"])
        for read, medicine in zip(found, patient["meds"], strict=True):
            line = read.line
            assert (line.text, line.dosage, line.quantity) == (
                medicine["product"],
                medicine["dosage"],
                medicine["quantity"],
            )
            assert line.last_issue is not None
            assert line.last_issue.isoformat() == medicine["last"]
            assert dose(read) == (medicine["ingredient"], medicine["daily_mg_low"], medicine["daily_mg_high"])
            assert read.ingredients[0].label == medicine["class_label"]
            assert read.prn is medicine["prn"]
            assert read.current
    assert rows_told(result) == sum(len(it["meds"]) for it in wanted["patients"])


def test_systmone_report(expected: dict[str, Any], reader: MedicineReader) -> None:
    wanted = expected["systmone_report.csv"]
    result = given("systmone_report.csv")
    assert result.format == "systmone"
    assert [record.person.id for record in result.records] == list(wanted["nhs_numbers_valid"])
    assert len(result.records) == wanted["patients"]
    assert not told(result, "NHS number")
    found = [read for record in result.records for read in reads(reader, record)]
    assert [(it.line.text, it.line.dosage) for it in found] == [
        (it["product"], it["dosage"]) for it in wanted["medicines"]
    ]
    told_of = [
        [*dose(it)[:1], it.ingredients[0].label, *dose(it)[1:], it.prn, "active" if it.current else "ended"]
        for it in found
    ]
    assert told_of == wanted["answers"]
    assert rows_told(result) == wanted["data_rows"]


def test_emis_bulk_tables(expected: dict[str, Any], reader: MedicineReader) -> None:
    wanted = expected["bulk (Admin_Patient, Coding_DrugCode, Prescribing_DrugRecord)"]
    result = given("Prescribing_DrugRecord.csv", "Coding_DrugCode.csv", "Admin_Patient.csv")
    assert result.format == "emis-bulk"
    assert len(result.records) == wanted["patients_to_report"]
    assert not set(wanted["why"]) & {record.person.id for record in result.records}
    assert told(result, "people left out: died")
    assert told(result, "people left out: deleted in the source")
    for person_id, active in wanted["active"].items():
        current = [it for it in reads(reader, person(result, person_id)) if it.current]
        named = [it for it in current if it.recognised.match is Match.EXACT]
        assert [list(dose(it)) for it in named] == active
    for person_id, ended in wanted["ended"].items():
        over = [it for it in reads(reader, person(result, person_id)) if not it.current]
        assert [it.ingredients[0].name for it in over] == ended
    assert [(it.line, it.withdrawn) for it in result.rejected] == [(6, True)]
    unknown = [it.text for it in person(result, "7002").medicines if wanted["unknown_code_ids"][0] in it.text]
    assert len(unknown) == 1
    assert rows_told(result) == wanted["drug_records"]


def test_cprd_tables(expected: dict[str, Any], reader: MedicineReader) -> None:
    wanted = expected["cprd-like (drugissue, product, common_dosages)"]["expected"]
    result = given("drugissue.txt", "product.txt", "common_dosages.txt")
    assert result.format == "cprd"
    found = {
        record.person.id: [[*dose(it), str(it.line.last_issue)] for it in reads(reader, record)]
        for record in result.records
    }
    assert found == wanted
    assert person(result, "1000001").medicines[0].issues == (date(2026, 8, 1), date(2026, 9, 1))
    assert rows_told(result) == 3
