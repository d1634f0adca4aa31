from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.readers.detect import detect
from healthcheck_cli.readers.formats import check_format
from healthcheck_cli.readers.inputs import read_inputs
from healthcheck_cli.readers.pasted import read_pasted
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.readers.sources import Opened

EXTRACTS = Path(__file__).parents[2].parent / "shared" / "data" / "extracts_dev"


Inputs = Callable[..., ReadResult]


def split(text: str) -> tuple[str, str]:
    product, _, directions = text.partition(" tablets ")
    return (f"{product} tablets", directions) if directions else (text, "")


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    def read(files: dict[str, str], options: ReadOptions | None = None) -> ReadResult:
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf-8")
        paths = [str(tmp_path / name) for name in files]
        return read_inputs(paths, options or ReadOptions(), split, io.BytesIO())

    return read


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("list.csv", "medication\nSenna\n", "csv"),
        ("standard input", "Drug,Dose\nSenna,2 on\n", "csv"),
        ("list.csv", "no,header,here\n", "csv"),
        ("product.txt", "ProdCodeId\tdmdid\tProductName\n1\t2\t3\n", "cprd"),
        ("list.txt", "Senna 7.5mg tablets 2 on\n", "pasted"),
        ("list.txt", "Medicines\n- Senna, 2 on\n", "pasted"),
        ("a.yaml", "# a record\nmedicines: []\n", "record"),
        ("standard input", "medicines:\n  - Senna\n", "record"),
        ("a.json", '{"medicines": []}', "record"),
        ("a.json", '{"resourceType": "Bundle"}', "fhir"),
        ("a.ndjson", '{"a": 1}\n{"a": 2}\n', "ndjson"),
        ("a.ndjson", '{"resourceType": "Patient"}\n{"resourceType": "Patient"}\n', "fhir"),
        ("a.json", '[{"resourceType": "Patient"}]', "fhir"),
        ("r.csv", "Run\nLast Run:,,1\n\nEMIS Number,Drug\n", "emis"),
        ("r.csv", "NHS Number,Drug,Patient Count\n1,Senna,1\n", "systmone"),
    ],
)
def test_format_is_told_by_what_a_file_holds(name: str, text: str, found: str) -> None:
    assert detect(Opened(name, text)).format == found


@pytest.mark.parametrize("text", ["<Bundle/>", "[1, 2]"])
def test_what_is_no_known_format_is_said_so(text: str) -> None:
    with pytest.raises(InputProblem, match="not a format I know"):
        detect(Opened("a.txt", text))


@pytest.mark.parametrize("chosen", ["excel", ""])
def test_a_format_that_cannot_be_chosen_is_a_usage_error_that_offers_only_what_can(chosen: str) -> None:
    with pytest.raises(UsageProblem, match=r"--from: choose one of auto, csv, pasted, "):
        check_format(chosen)


@pytest.mark.skipif(not EXTRACTS.exists(), reason="the shared extracts are not here")
@pytest.mark.parametrize(("name", "found"), [("emis_report.csv", "emis"), ("systmone_report.csv", "systmone")])
def test_reports_of_gp_systems_are_not_taken_for_plain_csv(name: str, found: str) -> None:
    assert detect(Opened(name, (EXTRACTS / name).read_text("utf-8-sig"))).format == found


def test_pasted_list_drops_bullets_and_blank_lines_and_keeps_line_numbers() -> None:
    text = "- Clozapine 100mg tablets 1 nocte\r\n\r\n * Laxido\r\n2) Senna\tone at night\r\n•\r\n5-HTP capsules\r\n"
    (record,) = read_pasted(text, "-", split).records
    assert [(it.text, it.dosage, it.row.number) for it in record.medicines] == [
        ("Clozapine 100mg tablets", "1 nocte", 1),
        ("Laxido", "", 3),
        ("Senna", "one at night", 4),
        ("5-HTP capsules", "", 6),
    ]


def test_pasted_list_of_nothing_is_refused() -> None:
    with pytest.raises(InputProblem, match="no line holds a medicine"):
        read_pasted("---\n\n***\n", "-", split)


def test_an_extract_of_several_files_is_joined_by_person(inputs: Inputs) -> None:
    result = inputs(
        {
            "medications.csv": "patient_id,medication\nA1,Senna\nA2,Laxido\nA1,Movicol\n",
            "people.csv": "patient_id,date_of_birth,sex\nA1,1979-04-02,F\nA3,1980-01-01,M\n",
            "conditions.csv": "patient_id,snomed_code,term\nA2,84757009,Epilepsy\n",
        },
        ReadOptions(complete={"medicines": None}),
    )
    people = {record.person.id: record for record in result.records}
    assert list(people) == ["A1", "A2", "A3"]
    assert [it.text for it in people["A1"].medicines] == ["Senna", "Movicol"]
    assert people["A1"].person.sex == "F"
    assert people["A2"].problems[0].term == "Epilepsy"
    assert people["A3"].medicines == ()
    assert all(record.is_complete("medicines") for record in result.records)
    assert result.format == "csv"


def test_inputs_carry_their_hash_and_notes_say_what_they_were_taken_for(inputs: Inputs) -> None:
    text = "medication\nSenna\n"
    result = inputs({"list.csv": text})
    assert result.inputs[0].sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (result.inputs[0].name, result.inputs[0].format) == ("list.csv", "csv")
    assert result.notes[0] == "list.csv: taken for CSV"


def test_standard_input_is_an_input() -> None:
    result = read_inputs(["-"], ReadOptions(), split, io.BytesIO(b"Senna tablets 2 on\n"))
    assert result.records[0].medicines[0].dosage == "2 on"
    assert result.inputs[0].name == "standard input"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"m.csv": "patient_id,medication\nA,x\nB,y\n", "p.csv": "term\nEpilepsy\n"},
            "p.csv: no patient id, so it cannot be told whose it is",
        ),
        ({"m.csv": "medication\nx\n", "n.csv": "medication\ny\n"}, "m.csv, n.csv: each holds medicines"),
        ({"a.yaml": "person: {id: A}\nmedicines: [x]\n", "n.csv": "medication\ny\n"}, "a.yaml, n.csv: each holds"),
    ],
)
def test_two_peoples_lists_are_never_joined_by_guess(inputs: Inputs, files: dict[str, str], message: str) -> None:
    with pytest.raises(InputProblem) as caught:
        inputs(files)
    assert message in caught.value.problems[0]


def test_one_persons_files_without_ids_are_joined(inputs: Inputs) -> None:
    result = inputs({"m.csv": "medication\nSenna\n", "p.csv": "term\nEpilepsy\n"})
    (record,) = result.records
    assert (len(record.medicines), len(record.problems)) == (1, 1)


def test_inputs_that_disagree_about_a_person_leave_it_unknown(inputs: Inputs) -> None:
    result = inputs({"a.csv": "patient_id,medication,sex\nA,x,F\n", "b.csv": "patient_id,sex\nA,M\n"})
    assert result.records[0].person.sex == ""
    assert "the inputs differ on sex of the same person: taken as unknown" in result.notes


def test_problems_of_all_inputs_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputProblem) as caught:
        read_inputs([str(tmp_path / "no.csv"), str(tmp_path)], ReadOptions(), split, io.BytesIO())
    assert ["there is no such file" in caught.value.problems[0], "a folder" in caught.value.problems[1]] == [True, True]


def test_a_field_that_is_none_and_a_column_that_is_nowhere(inputs: Inputs) -> None:
    with pytest.raises(UsageProblem, match="--map: there is no field drugg; the fields are patient_id"):
        inputs({"m.csv": "medication\nx\n"}, ReadOptions(columns={"drugg": "medication"}))
    with pytest.raises(InputProblem, match="--map dosage: no input has a column of that name"):
        inputs({"m.csv": "medication\nx\n"}, ReadOptions(columns={"dosage": "how"}))


def test_an_id_of_which_one_file_tells_two_nhs_numbers_is_joined_with_nobody(inputs: Inputs) -> None:
    files = {
        "a.csv": "patient_id,nhs_number,medication\nP1,9990000018,Senna\nP1,9990000026,Laxido\n",
        "b.csv": "patient_id,nhs_number,sex\nP1,9990000018,F\n",
        "c.csv": "nhs_number,age\n9990000018,40\n",
    }
    found = inputs(files)
    assert {it.person.id: it.person.age for it in found.records} == {"P1": None, "9990000018": 40}
    one = inputs({**files, "a.csv": "patient_id,nhs_number,medication\nP1,9990000018,Senna\n"})
    assert {it.person.id: it.person.age for it in one.records} == {"P1": 40}


def test_rows_of_two_lists_with_the_same_lines_are_told_apart(inputs: Inputs) -> None:
    first, second = "patient_id,medication\n1,Senna\n", "patient_id,medication\n1,Equasym\n2,Laxido\n"
    found = inputs({"acute.csv": first, "repeat.csv": second})
    rows = {line.text: line.row for record in found.records for line in record.medicines}
    assert {text: (row.number, row.file) for text, row in rows.items()} == {
        "Senna": (2, "acute.csv"),
        "Equasym": (12, "repeat.csv"),
        "Laxido": (13, "repeat.csv"),
    }
    assert "repeat.csv: its rows are numbered from 10 on" in " ".join(found.notes)
    apart = inputs({"acute.csv": first, "repeat.csv": second.replace("1,Equasym", "3,Equasym")})
    assert sorted(line.row.number for record in apart.records for line in record.medicines) == [2, 2, 3]
