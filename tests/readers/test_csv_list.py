from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.csv_list import read_csv_list
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.record import PartialDate

SECRET = "Zuclopenthixol"  # stands for anything of a record; it must be in no message


def read(text: str, **columns: str) -> ReadResult:
    return read_csv_list(text, "list.csv", columns)


def refused(text: str, **columns: str) -> str:
    with pytest.raises(InputProblem) as caught:
        read(text, **columns)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def test_only_the_medication_is_needed_and_a_file_without_ids_is_one_person() -> None:
    result = read("Medication\nSenna 7.5mg tablets\nLaxido\n")
    (record,) = result.records
    assert [line.text for line in record.medicines] == ["Senna 7.5mg tablets", "Laxido"]
    assert [line.row.number for line in record.medicines] == [2, 3]
    assert record.medicines[0].prn is None
    assert any("taken as one person" in note for note in result.notes)


def test_every_field_of_the_contract_is_read() -> None:
    header = (
        "patient_id,medication,dosage,quantity,start_date,last_issue_date,end_date,prn,route,indication,dmd_code,bnf_code,"
        "nhs_number,date_of_birth,sex"
    )
    row = "A1,Senna,2 on,60,2020-01-02,2026-10-01,2027-01-01,yes,oral,constipation,12345678,0106020M0,9990000018,1979,F"
    (record,) = read(f"{header}\n{row}\n").records
    line = record.medicines[0]
    assert (record.person.id, record.person.sex) == ("A1", "F")
    assert record.person.date_of_birth == PartialDate(date(1979, 1, 1), date(1979, 12, 31))
    assert (line.dosage, line.quantity, line.route, line.indication) == ("2 on", "60", "oral", "constipation")
    assert (line.start, line.last_issue, line.end) == (date(2020, 1, 2), date(2026, 10, 1), date(2027, 1, 1))
    assert (line.prn, line.dmd_code, line.bnf_code) == (True, "12345678", "0106020M0")


@pytest.mark.parametrize(
    "header",
    [
        "Drug,Dose",
        "DRUG NAME;Directions",
        "Name of Medication\tDosage Instructions",
        "Medication Courses.Drug|Sig",
        "bnf_presentation,Instructions",
        "Description,Dosage",
    ],
)
def test_headers_of_known_systems_are_known_whatever_the_delimiter(header: str) -> None:
    mark = next(it for it in ",;\t|" if it in header)
    line = read(f"{header}\nSenna{mark}2 on\n").records[0].medicines[0]
    assert (line.text, line.dosage) == ("Senna", "2 on")


def test_a_column_named_by_hand_wins_over_a_header_that_is_known() -> None:
    line = read("drug,real name\nx,Senna\n", medication="Real Name").records[0].medicines[0]
    assert line.text == "Senna"


def test_columns_that_are_not_used_are_named() -> None:
    notes = read("medication,Shoe size\nSenna,9\n").notes
    assert "list.csv: columns not used: Shoe size" in notes


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-03-14", date(2019, 3, 14)),
        ("14/03/2019", date(2019, 3, 14)),
        ("14-Mar-2019", date(2019, 3, 14)),
        ("14 March 2019", date(2019, 3, 14)),
        ("2019-03-14T00:00:00", date(2019, 3, 14)),
        ("20190314", date(2019, 3, 14)),
    ],
)
def test_dates_are_read_as_gp_systems_write_them(written: str, day: date) -> None:
    assert read(f"medication,start\nSenna,{written}\n").records[0].medicines[0].start == day


@pytest.mark.parametrize("written", ["31/02/2020", "03/04/24", "43903", "01/01/1900", "last week"])
def test_a_date_that_cannot_be_read_is_unknown_and_noted_with_its_line(written: str) -> None:
    result = read(f"medication,start date\nSenna,\nLaxido,{written}\n")
    assert result.records[0].medicines[1].start is None
    assert "list.csv: start_date not readable: taken as unknown (line 3)" in result.notes


@pytest.mark.parametrize("word", ["NULL", "N/A", "-", "\\N", "nan", ""])
def test_words_for_missing_are_missing(word: str) -> None:
    line = read(f"medication,dosage,start_date\nSenna,{word},{word}\n").records[0].medicines[0]
    assert (line.dosage, line.start) == ("", None)


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        (f"A1,{SECRET}\n", 3, "2 cells where the header has 3"),
        (f"A1,{SECRET},1,2\n", 3, "4 cells where the header has 3"),
        (f"A1,,{SECRET}\n", 3, "no medication"),
        (f",{SECRET},1\n", 3, "no patient_id"),
        (f'A1,"{SECRET},1\n', 3, "a quote that is not closed, or text after a closing quote"),
        (f"A1,{'x' * 1_000_001},1\n", 3, "a cell of more than 1,000,000 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_line_and_the_rest_is_read(
    rows: str, line: int, reason: str
) -> None:
    result = read(f"patient_id,medication,dosage\nA1,Senna,2\n{rows}A1,Laxido,1\nA1,Movicol,1\n")
    assert [(it.file, it.line, it.reason) for it in result.rejected] == [("list.csv", line, reason)]
    assert [it.text for it in result.records[0].medicines] == ["Senna", "Laxido", "Movicol"]
    assert [it.row.number for it in result.records[0].medicines] == [2, 4, 5]


def test_blank_rows_repeated_headers_and_empty_trailing_cells_are_no_rows() -> None:
    result = read("medication,dosage,,\nSenna,2,,\n\n,,,\nMedication,DOSAGE,,\nLaxido,1,,\n")
    assert [it.text for it in result.records[0].medicines] == ["Senna", "Laxido"]
    assert [it.row.number for it in result.records[0].medicines] == [2, 6]
    assert result.rejected == ()


def test_a_line_break_inside_quotes_keeps_the_line_numbers_right() -> None:
    result = read('medication,dosage\r\nSenna,"2\r\non"\r\nLaxido,1\r\n')
    assert [(it.text, it.row.number) for it in result.records[0].medicines] == [("Senna", 2), ("Laxido", 4)]
    assert any("line break" in note for note in result.notes)


def test_the_same_line_twice_is_kept_twice() -> None:
    assert len(read("medication\nSenna\nSenna\n").records[0].medicines) == 2


@pytest.mark.parametrize("code", ["4.55911E+15", "321177003.0"])
def test_a_code_that_a_spreadsheet_has_rounded_is_not_used(code: str) -> None:
    result = read(f"medication,dmd_code\nSenna,{code}\n")
    assert result.records[0].medicines[0].dmd_code == ""
    assert any("dmd_code not readable" in note for note in result.notes)


def test_rows_of_one_person_that_disagree_leave_the_detail_unknown() -> None:
    result = read("patient_id,medication,sex\nA1,Senna,F\nA1,Laxido,M\n")
    assert result.records[0].person.sex == ""
    assert any("sex differs" in note and "line 3" in note for note in result.notes)


def test_companion_tables_are_told_by_their_headers() -> None:
    people = read("patient_id,date_of_birth,sex,ethnicity\nA1,1979-04-02,Female,Irish\n").records[0].person
    assert (people.id, people.sex, people.ethnicity) == ("A1", "F", "Irish")
    (coded,) = read("patient_id,snomed_code,term,date,end_date\nA1,84757009,Epilepsy,2001-01-01,\n").records
    assert [(it.code, it.term, it.date) for it in coded.problems] == [("84757009", "Epilepsy", date(2001, 1, 1))]
    observed = read("patient_id,code,term,value,unit,date\nA1,,weight,82 kg,,2026-05-01\n").records[0].observations[0]
    assert (observed.name, observed.value, observed.unit) == ("weight", 82.0, "kg")


def test_companion_rows_that_cannot_be_used_are_noted_and_are_not_medicine_rows() -> None:
    result = read("patient_id,term\nA1,Epilepsy\nA1\n")
    assert result.rejected == ()
    assert "list.csv: row left out: 1 cells where the header has 2 (line 3)" in result.notes


def test_a_file_without_a_header_names_no_cell_of_its_first_row() -> None:
    message = refused(f"A1,{SECRET},1 bd\nA1,{SECRET},1\n")
    assert message.startswith("list.csv:1: no column for the medicine")
    assert "--map medication=COLUMN" in message
    assert SECRET not in message


def test_header_only_and_nothing_usable_are_each_one_clear_line() -> None:
    assert refused("medication,dosage\n") == "list.csv: there is a header and no row after it"
    assert refused("medication,dosage\n,1\n") == "list.csv: no row can be used; the first: line 2: no medication"


def test_a_column_named_by_hand_that_stands_twice_is_refused() -> None:
    assert "2 times" in refused("drug,drug\nSenna,x\n", medication="drug")


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=4), max_size=6), st.text(max_size=40))
def test_any_cells_at_all_are_read_or_refused_and_never_told(rows: list[list[str]], tail: str) -> None:
    marked = [[cell + SECRET for cell in row] for row in rows]
    text = "medication,dosage,start_date\n" + "\n".join(",".join(row) for row in marked) + f"\n{tail}{SECRET}"
    try:
        result = read(text)
    except InputProblem as problem:
        told = problem.problems
    else:
        told = (*result.notes, *(it.reason for it in result.rejected))
        used = sum(len(record.medicines) for record in result.records)
        assert used + len(result.rejected) >= 1
    assert SECRET not in " ".join(told)


def test_many_unclosed_quotes_are_rejected_row_by_row_and_hide_nothing_at_the_end() -> None:
    rows = "".join(f'Senna {number},"2\n' for number in range(20_000))
    result = read(f"medication,dosage\n{rows}Laxido,1\n")
    assert len(result.rejected) == 20_000
    assert [it.text for it in result.records[0].medicines] == ["Laxido"]


@pytest.mark.parametrize(
    ("other", "read_as"),
    [
        ("", None),  # nothing in the file tells which figure is the day
        ("14/04/2024", date(2024, 4, 3)),
        ("04/14/2024", date(2024, 3, 4)),
    ],
)
def test_a_date_that_could_be_either_way_round_is_read_only_where_the_file_settles_it(
    other: str, read_as: date | None
) -> None:
    result = read(f"medication,start_date\nSenna,03/04/2024\nLaxido,{other}\n")
    assert result.records[0].medicines[0].start == read_as
    refused_date = "start_date has the day or the month first, and nothing in the file tells which: taken as unknown"
    assert (f"list.csv: {refused_date} (line 2)" in result.notes) == (read_as is None)


def test_a_file_that_contradicts_itself_settles_nothing_and_one_slip_among_many_does_not_unsettle() -> None:
    both = read("medication,start_date\nSenna,03/04/2024\nLaxido,14/04/2024\nMovicol,04/14/2024\n")
    assert [it.start for it in both.records[0].medicines] == [None, date(2024, 4, 14), None]
    contradict = "the dates of the file contradict each other"
    assert {
        f"list.csv: start_date has the day or the month first, and {contradict}: taken as unknown (line 2)",
        f"list.csv: start_date has the day first: {contradict} (line 3)",
        f"list.csv: start_date has the month first: {contradict} (line 4)",
    } <= set(both.notes)
    rows = "".join(f"Senna {day},{day}/04/2024\n" for day in range(13, 31)) * 2
    slip = read(f"medication,start_date\nSenna,03/04/2024\n{rows}Movicol,04/14/2024\n")
    assert slip.records[0].medicines[0].start == date(2024, 4, 3)


def test_several_issues_of_one_medicine_are_one_line_with_every_issue() -> None:
    header = "patient_id,medication,dosage,quantity,last_issue_date\n"
    result = read(f"{header}A1,Senna,2 on,60,2026-08-01\nA1,Senna,2 ON,30,2026-09-01\nA2,Senna,2 on,60,2026-08-01\n")
    line = result.records[0].medicines[0]
    assert (line.last_issue, line.quantity, line.row.number) == (date(2026, 9, 1), "30", 3)
    assert line.issues == (date(2026, 8, 1), date(2026, 9, 1))
    assert [it.number for it in line.other_issues] == [2]
    assert len(result.records[1].medicines) == 1


def test_other_directions_or_another_start_are_other_medicines() -> None:
    rows = ["Senna,2 on,,2026-08-01", "Senna,1 on,,2026-09-01", "Senna,2 on,2020-01-01,2026-09-01"]
    result = read("medication,dosage,start_date,last_issue_date\n" + "\n".join(rows) + "\n")
    assert len(result.records[0].medicines) == 3


@pytest.mark.parametrize("column", ["issue_date", "last_issue_date"])
@pytest.mark.parametrize(
    ("days", "latest", "others"),
    [
        (("2026-08-01", "31/09/2026", "2026-10-10", ""), date(2026, 10, 10), [3, 2, 5]),
        (("", "35/10/2026", "2026-08-01"), date(2026, 8, 1), [3, 2]),
        (("31/09/2026", ""), None, [3]),
    ],
    ids=["among days that are known", "before them", "none is known"],
)
def test_an_issue_on_a_day_nobody_can_tell_is_one_of_its_medicine(
    column: str, days: Sequence[str], latest: date | None, others: list[int]
) -> None:
    rows = "".join(f"Olanzapine 15mg tablets,1 on,{day}\n" for day in days)
    result = read(f"medication,dosage,{column}\n{rows}")
    (line,) = result.records[0].medicines
    assert (line.last_issue, [it.number for it in line.other_issues]) == (latest, others)
    assert any(f"{column} not readable: taken as unknown" in note for note in result.notes)


def test_a_list_without_issue_dates_has_no_issues_to_join() -> None:
    assert len(read("medication,dosage\nSenna,2 on\nSenna,2 on\n").records[0].medicines) == 2


def test_an_issue_that_is_there_twice_stays_a_line_that_says_the_same_as_the_first() -> None:
    rows = "Senna,2026-08-01\nSenna,2026-09-01\nSenna,2026-08-01\n"
    first, again = read(f"medication,date of issue\n{rows}").records[0].medicines
    assert (again.last_issue, again.text, again.row.number) == (first.last_issue, first.text, 4)


@pytest.mark.parametrize(("word", "active"), [("Active", True), ("PAST", False), ("", None), ("Issued", None)])
def test_a_status_says_what_is_taken_and_a_word_that_is_not_known_says_nothing(word: str, active: bool | None) -> None:
    assert read(f"medication,status\nSenna,{word}\n").records[0].medicines[0].active is active


def test_a_person_who_died_is_not_reported() -> None:
    result = read("patient_id,medication,date of death\nA1,Senna,2025-03-03\nA2,Senna,\n")
    assert dict(result.not_reported) == {"A1": "died"}


def test_decimal_commas_are_decimal_and_what_may_be_thousands_is_left() -> None:
    text = 'patient_id;term;value;unit\nA1;weight;"82,4";kg\nA1;steps;"1,250";\n'
    assert [it.value for it in read(text).records[0].observations] == [82.4, "1,250"]


def test_a_row_of_totals_is_no_row() -> None:
    result = read("patient_id,medication,dosage\nA1,Senna,1\nGrand total,1,\n")
    assert [it.person.id for it in result.records] == ["A1"]
    assert result.rejected == ()


def test_two_stray_quotes_do_not_swallow_the_rows_between_them() -> None:
    rows = 'A1,"Senna,1\nA1,Laxido,1\nA1,Movicol,1\nA1,Docusate",1\nA1,Bisacodyl,1\n'
    result = read(f"patient_id,medication,dosage\n{rows}")
    assert [it.text for it in result.records[0].medicines] == ["Laxido", "Movicol", 'Docusate"', "Bisacodyl"]
    assert [it.line for it in result.rejected] == [2]


def test_two_nhs_numbers_under_one_id_are_told() -> None:
    result = read("patient_id,nhs_number,medication\n1,9990000018,Senna\n1,9990000026,Laxido\n")
    assert any("nhs_number differs between rows of one person" in note for note in result.notes)
