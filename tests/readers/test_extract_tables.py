"""Extracts of several tables, joined by their keys: what is missing from one of them is told and loses no row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.record import PartialDate
from tests.readers.reading import FIXTURES, person, read_files, read_folder, read_text, rows_told, told


def test_emis_issues_belong_to_their_drug_record_and_a_row_given_twice_is_a_duplicate() -> None:
    result = read_folder("emis_bulk")
    valproate, again, lactulose, unknown, old = person(result, "801").medicines
    assert (valproate.start, valproate.last_issue) == (date(2019, 5, 1), date(2026, 9, 1))
    assert valproate.issues == (date(2026, 8, 1), date(2026, 9, 1))
    assert (again.text, again.dosage, again.last_issue) == (valproate.text, valproate.dosage, valproate.last_issue)
    assert (lactulose.start, lactulose.end, lactulose.one_off) == (None, date(2026, 2, 1), True)  # start: month only
    assert (lactulose.quantity, valproate.quantity) == ("500.500 ml", "56 tablet")
    assert unknown.text == "[EMIS code 99: not in the drug code dictionary]"
    assert (old.last_issue, old.start) == (date(2020, 9, 1), None)
    assert rows_told(result) == 6 + 5


def test_emis_medicines_point_at_the_problem_they_are_for() -> None:
    assert person(read_folder("emis_bulk"), "801").medicines[0].indication == "Epilepsy"


def test_emis_coded_entries_are_problems_or_values_and_a_past_problem_is_over() -> None:
    record = person(read_folder("emis_bulk"), "801")
    assert [(it.code, it.date, it.standing) for it in record.problems] == [
        ("84757009", date(2001, 1, 12), "active"),
        ("14760008", None, "over"),
        ("", date(2012, 1, 1), "active"),
    ]
    assert [(it.code, it.value, it.unit) for it in record.observations if it.value is not None] == [
        ("27113001", 82.4, "kg")
    ]


def test_emis_people_who_died_or_are_tests_are_left_out_and_their_rows_are_told() -> None:
    result = read_folder("emis_bulk")
    assert {record.person.id for record in result.records} == {"801", "804", "P9"}
    assert told(result, "1 of 5 people left out: died")
    assert told(result, "1 of 5 people left out: a test patient")
    assert {(it.file, it.line): it.reason for it in result.rejected} == {
        ("Prescribing_DrugRecord.csv", 4): "of a person who is left out (died)",
        ("Prescribing_DrugRecord.csv", 6): "deleted in the source",
        ("Prescribing_IssueRecord.csv", 6): "deleted in the source",
    }
    assert all(it.withdrawn for it in result.rejected)


def test_entries_that_the_source_deleted_are_counted_not_kept(tmp_path: Path) -> None:
    entries = FIXTURES / "emis_bulk" / "CareRecord_Observation.csv"
    with_deleted = tmp_path / entries.name
    with_deleted.write_text(entries.read_text() + "".join(f"{{D{n}}},{{P1}},{{O1}},,,71,,,,,true\n" for n in range(9)))
    others = (it for it in sorted(entries.parent.iterdir()) if it != entries)
    result = read_files(*others, with_deleted)
    (beside,) = (it for it in result.companions if it.file == entries.name)
    assert (beside.rows, beside.rejected, beside.withdrawn) == (13, (), {"deleted in the source": 9})
    assert told(result, "row left out: deleted in the source (lines 6, 7, 8, 9, 10 and 4 more)")


def test_emis_patient_numbers_of_two_practices_are_not_one_person(tmp_path: Path) -> None:
    patients = "PatientGuid,OrganisationGuid,DateOfBirth,PatientNumber\n{A},{O1},1980-01-01,7\n{B},{O2},1990-01-01,7\n"
    drugs = "DrugRecordGuid,PatientGuid,CodeId,Dosage\n{D1},{A},1,1 od\n{D2},{B},1,1 od\n"
    for name, text in (("p.csv", patients), ("d.csv", drugs)):
        (tmp_path / name).write_text(text)
    result = read_files(tmp_path / "d.csv", tmp_path / "p.csv")
    assert [record.person.id for record in result.records] == ["A", "B"]
    assert told(result, "a patient number is used twice")


def test_the_emis_x_feed_names_the_same_things_otherwise(tmp_path: Path) -> None:
    header = (
        "drug_record_id,patient_id,code_id,dmd_product_code_id,dosage,quantity_representation,local_mixture_name,"
        "prescription_type_description,effective_datetime,most_recent_issue_datetime,cancellation_datetime,is_deleted\n"
    )
    rows = (
        "1,A,2986010,322816002,TAKE ONE TWICE DAILY,28 tablet,NULL,Acute,2026-01-01,2026-09-01T00:00:00,NULL,false\n"
        "2,A,5,NULL,apply,NULL,A MIXTURE IN WSP,Repeat,2026-01-01T00:00:00,NULL,NULL,false\n"
        "3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL\n"
    )
    result = read_text(tmp_path, header + rows, "drug_record.csv")
    first, mixture = person(result, "A").medicines
    assert (first.dmd_code, first.last_issue, first.one_off) == ("322816002", date(2026, 9, 1), True)
    assert (first.quantity, mixture.text) == ("28 tablet", "A MIXTURE IN WSP")
    assert [(it.line, it.withdrawn) for it in result.rejected] == [(4, True)]


def test_tables_that_are_not_given_are_missed_aloud() -> None:
    result = read_folder("emis_bulk", "Admin_Patient.csv", "Coding_DrugCode.csv", form="emis")
    assert told(result, "no Admin_Patient is given")
    assert told(result, "not in Coding_DrugCode")
    assert rows_told(result) == 11


def test_a_file_that_is_none_of_the_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="its columns are those of no table of this extract"):
        read_text(tmp_path, "a,b\n1,2\n", form="emis-bulk")


def test_a_column_named_by_hand_is_not_used_where_columns_have_fixed_names() -> None:
    files = sorted((FIXTURES / "cprd").iterdir())
    assert told(read_files(*files, columns={"dosage": "dosageid"}), "--map is not used")


def test_cprd_long_keys_stay_text_and_what_no_dictionary_holds_is_a_row_all_the_same() -> None:
    result = read_folder("cprd")
    first = person(result, "1000000000000000001")
    assert first.person.date_of_birth == PartialDate(date(1979, 4, 1), date(1979, 4, 30))
    assert (first.person.sex, len(first.medicines)) == ("F", 2)
    assert first.medicines[0].issues == (date(2026, 8, 1), date(2026, 9, 1))
    assert first.medicines[0].dosage == "ONE TWICE DAILY"
    (unknown,) = person(result, "1000000000000000002").medicines
    assert "900000000000000009" in unknown.text
    assert (unknown.dosage, unknown.last_issue) == ("", date(2026, 6, 5))  # dd/mm/yyyy is how CPRD writes it
    assert told(result, "a dosage code that is not in common_dosages: the dose is not known (line 5)")
    assert rows_told(result) == 4


def test_cprd_values_without_a_unit_are_not_used(tmp_path: Path) -> None:
    issues = (FIXTURES / "cprd" / "drugissue.txt").read_text()
    (tmp_path / "drugissue.txt").write_text(issues)
    (tmp_path / "observation.txt").write_text(
        "patid\tobsid\tobsdate\tmedcodeid\tvalue\tnumunitid\n1000000000000000001\t1\t01/02/2026\t5\t48\t205\n"
    )
    (tmp_path / "medical.txt").write_text("MedCodeId\tTerm\tSnomedCTConceptId\n5\tHbA1c\t43396009\n")
    result = read_files(*sorted(tmp_path.iterdir()))
    (observation,) = person(result, "1000000000000000001").observations
    assert (observation.name, observation.code, observation.value) == ("HbA1c", "43396009", None)
    assert told(result, "a value whose unit is not known")


def test_ehrql_tables_are_medicines_by_code_without_directions() -> None:
    result = read_folder("opensafely")
    (record,) = result.records
    assert record.person.date_of_birth == PartialDate(date(1980, 2, 1), date(1980, 2, 29))
    (medicine,) = record.medicines
    assert (medicine.dmd_code, medicine.dosage, medicine.quantity) == ("322816002", "", "56 tablet")
    assert medicine.issues == (date(2026, 8, 1), date(2026, 9, 1))
    assert [it.code for it in record.problems] == ["84757009"]
    assert [(it.code, it.value) for it in record.observations][-1] == ("27113001", 82.4)
    assert told(result, "medicines are dm+d codes without directions: no dose is known")
    assert told(result, "dmd_code not readable: taken as unknown (line 5)")
    assert rows_told(result) == 4


def test_a_table_of_people_is_ehrqls_only_beside_its_other_tables(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("patient_id,medication\n1,Senna\n")
    (tmp_path / "p.csv").write_text("patient_id,date_of_birth,sex,date_of_death\n1,1980-02-01,female,\n")
    result = read_files(tmp_path / "m.csv", tmp_path / "p.csv")
    assert result.format == "csv"
    assert result.records[0].person.date_of_birth == PartialDate.of(date(1980, 2, 1))


def test_systmone_tables_join_templates_and_take_back_what_was_removed() -> None:
    result = read_folder("systmone_tables")
    quetiapine, amoxicillin = person(result, "901").medicines
    assert quetiapine.dosage == "1 tablet at night"  # the latest issue of the template
    assert quetiapine.issues == (date(2026, 8, 4), date(2026, 9, 1))
    assert (quetiapine.dmd_code, quetiapine.one_off) == ("", False)
    assert (amoxicillin.end, amoxicillin.one_off) == (date(2026, 2, 8), True)
    assert [(it.line, it.reason, it.withdrawn) for it in result.rejected] == [
        (5, "removed in the source", True),
        (6, "removed in the source", True),
    ]
    assert [it.value for it in person(result, "901").observations] == [None, 82.4]


def test_totals_of_practices_are_refused_with_why_and_a_table_of_patients_is_read() -> None:
    with pytest.raises(InputProblem, match="no patients and no directions: checks of people need"):
        read_files(FIXTURES / "epd.csv")
    (record,) = read_files(FIXTURES / "epact_patients.csv").records
    assert [(it.text, it.bnf_code) for it in record.medicines] == [("Risperidone 1mg tablets", "0402010ADAAAAAA")]


def test_the_format_that_is_chosen_overrides_what_was_told(tmp_path: Path) -> None:
    text = "NHS Number,Drug,Dose,Date Started,Date Ended\n9990000018,Senna,2 on,01 Sep 2026,29 Sep 2026\n"
    assert read_text(tmp_path, text).records[0].medicines[0].end == date(2026, 9, 29)
    chosen = read_text(tmp_path, text, form="systmone")
    assert chosen.records[0].medicines[0].end is None
    assert chosen.notes[0] == "list.csv: read as a SystmOne report"
