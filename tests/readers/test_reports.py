"""Reports as EMIS Web and SystmOne export them, with what they are known to do to their readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem
from tests.readers.reading import FIXTURES, medicines, person, read_files, read_text, rows_told, told

EMIS, SYSTMONE = FIXTURES / "emis_report.csv", FIXTURES / "systmone_report.csv"
HEADER = 'EMIS Number,NHS Number,Date of Birth,"Name, Dosage and Quantity",Last Issue Date\n'


def test_the_cell_with_everything_is_taken_apart_and_blank_patients_are_those_above() -> None:
    result = read_files(EMIS)
    assert medicines([person(result, "601")]) == [
        ("Glycerin, Honey and Lemon linctus", "10ml four times a day, when required", "200 ml"),
        (
            "Lamotrigine 100mg tablets (A A H Pharmaceuticals (Generics) Ltd)",
            "½ in the morning, then 1 at night",
            "56 tablet",
        ),
        ("Clozapine 100mg tablets", "HOSPITAL ISSUE ONLY - DO NOT DISPENSE", "0.1 tablet"),
    ]
    assert [it.row.number for it in person(result, "601").medicines] == [7, 8, 9]
    assert medicines([person(result, "602")])[0] == ("Risperidone 1mg tablets", '"as the\r\nclinic says"', "28 tablet")


def test_what_is_supplied_elsewhere_stays_current_and_an_acute_item_is_one_off() -> None:
    lines = person(read_files(EMIS), "601").medicines
    assert [it.active for it in lines] == [None, None, True]
    assert [it.one_off for it in lines] == [True, False, False]


def test_a_header_that_stands_in_several_groups_means_another_thing_in_each() -> None:
    record = person(read_files(EMIS), "601")
    assert [(it.term, it.date) for it in record.problems] == [("Epilepsy", date(2001, 1, 12))]
    assert [(it.name, it.value, it.unit, it.date) for it in record.observations] == [
        ("Body weight", 82.4, "kg", date(2026, 9, 2)),
        ("O/E - height", 1.61, "m", date(2026, 9, 3)),
    ]


def test_a_person_without_medicines_and_one_known_by_the_nhs_number_only_are_people() -> None:
    record = person(read_files(EMIS), "9990000026")
    assert record.medicines == ()
    assert [it.term for it in record.problems] == ["On learning disability register"]


def test_headings_in_the_middle_and_totals_are_no_rows_and_what_was_assumed_is_said() -> None:
    result = read_files(EMIS)
    assert told(result, "a heading or a row of totals: left out (lines 10, 11, 16)")
    assert told(result, "not UTF-8: read as Windows-1252")
    assert told(result, "with --as-of 2026-10-28")
    assert told(result, "columns not used: Full Name, Usual GP's Full Name")
    assert (rows_told(result), result.rejected) == (5, ())


def test_after_a_row_that_cannot_be_used_nothing_is_given_to_the_person_before(tmp_path: Path) -> None:
    rows = '1,,1980-01-01,"Senna, 2 on",\n2,"unclosed\n,,,"Clozapine 100mg tablets, 1 on",\n3,,1980-01-01,"Laxido",\n'
    result = read_text(tmp_path, HEADER + rows)
    assert {it.person.id: len(it.medicines) for it in result.records} == {"1": 1, "3": 1}
    assert [it.line for it in result.rejected] == [3, 4]
    assert "whose row this is cannot be told" in result.rejected[1].reason


def test_an_emis_number_of_two_practices_is_not_one_patient(tmp_path: Path) -> None:
    rows = (
        '1,9990000018,,"Senna, 2 on",\n1,9990000026,,"Clozapine, 1 on",\n,,,"Lithium, 1 on",\n1,9990000018,,"Laxido",\n'
    )
    result = read_text(tmp_path, HEADER + rows)
    assert [it.text for it in person(result, "1").medicines] == ["Senna", "Laxido"]
    assert [it.line for it in result.rejected] == [3, 4]
    assert "--map patient_id=COLUMN" in result.rejected[0].reason
    (tmp_path / "again.csv").write_text(HEADER + rows)
    mended = read_files(tmp_path / "again.csv", columns={"patient_id": "NHS Number"})
    assert {it.person.id: len(it.medicines) for it in mended.records} == {"9990000018": 2, "9990000026": 2}


def test_rows_before_any_patient_are_rejected(tmp_path: Path) -> None:
    result = read_text(tmp_path, HEADER + ',,,"Senna, 2 on",\n1,,1980-01-01,"Laxido",\n')
    assert [(it.line, it.reason) for it in result.rejected] == [(2, "no patient_id")]


def test_a_report_without_groups_splits_where_a_header_comes_again(tmp_path: Path) -> None:
    header = "EMIS Number,Code Term,Date,Code Term,Value,Date,Drug,Dosage,Quantity,Date of Issue\n"
    row = "1,Epilepsy,12-Jan-2001,Body weight,82 kg,02-Sep-2026,Senna 7.5mg tablets,2 on,60,14-Sep-2026\n"
    (record,) = read_text(tmp_path, header + row).records
    assert [(it.term, it.date) for it in record.problems] == [("Epilepsy", date(2001, 1, 12))]
    assert [(it.name, it.date) for it in record.observations] == [("Body weight", date(2026, 9, 2))]
    assert [(it.text, it.issues) for it in record.medicines] == [("Senna 7.5mg tablets", (date(2026, 9, 14),))]


def test_lines_before_a_header_that_is_one_beyond_doubt_make_a_report(tmp_path: Path) -> None:
    text = "Monthly list;;;\nSurgery A;;;\n\nNHS Number;Drug;Dosage;Issue Date\n9990000018;Senna;2 on;14-Sep-2026\n"
    result = read_text(tmp_path, text)
    assert result.notes[0] == "list.csv: taken for an EMIS Web report (lines of a report before the header on line 4)"
    assert [(it.text, it.row.number) for it in result.records[0].medicines] == [("Senna", 5)]


def test_groups_may_stand_in_front_of_each_header(tmp_path: Path) -> None:
    header = (
        "Patient Details EMIS Number,Patient Details Date of Birth,Patient Details Any Column,Problems Code Term,"
        'Problems Date,Values Code Term,Values Value,Values Date,"Medication Issues Name, Dosage and Quantity",'
        "Medication Issues Date of Issue\n"
    )
    rows = (
        '1,01-Jan-1980,x,Epilepsy,12-Jan-2001,Body weight,82 kg,02-Sep-2026,"Senna 7.5mg tablets, 2 on, 60 tablet",'
        '14-Sep-2026\n,,y,,,,,,"Laxido, 1 bd, 30 sachet",14-Sep-2026\n'
    )
    result = read_text(tmp_path, header + rows)
    (record,) = result.records
    assert [(it.term, it.date) for it in record.problems] == [("Epilepsy", date(2001, 1, 12))]
    assert [(it.name, it.date) for it in record.observations] == [("Body weight", date(2026, 9, 2))]
    assert medicines([record]) == [("Senna 7.5mg tablets", "2 on", "60 tablet")]
    assert [it.line for it in result.rejected] == [3]  # a cell of the patient begins another patient


def test_a_report_without_a_medicine_column_says_how_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="--map medication=COLUMN"):
        read_text(tmp_path, "Last Run:,,,01-Jan-2026\n\nEMIS Number,Gender\n1,F\n")


def test_systmone_writes_an_expected_end_and_an_issue_on_each_row() -> None:
    result = read_files(SYSTMONE)
    assert told(result, "not UTF-8: read as Windows-1252")
    venlafaxine, haloperidol = person(result, "9990000018").medicines
    assert venlafaxine.text == "VENLAFAXINE modified release capsules 75mg [HILLCROSS]"
    assert venlafaxine.dosage == "1 capsule – each morning"
    assert (venlafaxine.start, venlafaxine.end, venlafaxine.active) == (None, None, True)
    assert venlafaxine.issues == (date(2026, 8, 4), date(2026, 9, 1))
    assert [it.number for it in venlafaxine.other_issues] == [3]
    assert (haloperidol.start, haloperidol.end) == (date(2019, 3, 14), None)  # longer than one supply: since when
    assert haloperidol.dosage == "½ ml prn"


def test_systmone_items_that_are_over_or_for_once_end_on_their_end() -> None:
    past, once = person(read_files(SYSTMONE), "9990000026").medicines
    assert (past.end, past.active, past.one_off) == (date(2026, 2, 9), False, True)
    assert (once.end, once.active, once.one_off) == (date(2026, 10, 10), None, True)


@pytest.mark.parametrize("name", ["TEXTUAL DRUG : from a letter", "QUETIAPINE tablets 100mg [HILLCROSS]"])
def test_a_report_without_a_telling_header_is_told_by_how_names_are_written(tmp_path: Path, name: str) -> None:
    text = f"NHS Number;Drug;Dose;Event Date\n9990000018;{name};1 on;02 Sep 2026\n"
    result = read_text(tmp_path, text)
    assert result.format == "systmone"
    assert result.records[0].medicines[0].issues == (date(2026, 9, 2),)


def test_a_wrong_check_digit_of_an_nhs_number_is_told_and_the_row_kept(tmp_path: Path) -> None:
    result = read_text(tmp_path, "NHS Number,Drug,Patient Count\n9990000019,Senna,1\n")
    assert told(result, "the NHS number is not one")
    assert len(result.records) == 1


def test_totals_are_no_person(tmp_path: Path) -> None:
    result = read_text(tmp_path, "NHS Number,Drug,Patient Count\n9990000018,Senna,1\nTotal,,1\n")
    assert [record.person.id for record in result.records] == ["9990000018"]
    assert told(result, "a row of totals: left out (line 3)")
