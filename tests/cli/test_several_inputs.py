"""A medicine list and what is given beside it: every row is accounted for, people are joined, files are told apart."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from healthcheck_cli.cohort import report
from healthcheck_cli.dmd.layout import INDEX_FILE
from tests.cli.conftest import AS_OF, MARK, Run

File = Callable[[str, bytes | str], Path]
LIST = "patient_id,medication,dosage\nA1,Risperidone 1mg tablets,1 bd\nA2,Senna 7.5mg tablets,1 on\n"
OBSERVATIONS = "patient_id,term,value,unit,date\n"
GOOD = "A1,Body weight,80,kg,2026-05-01\n"
RAGGED, SAYS_NOTHING = f"A1,{MARK}\n", "A1,,80,kg,2026-05-01\n"


@pytest.fixture(autouse=True)
def no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "write_report", lambda *_, **__: None)


def ledgers(run: Run, out: Path, *given: object) -> list[dict[str, Any]]:
    """The ledger of a report, and that of a folder."""
    alone = run("review", *given, "--as-of", AS_OF, "--to", "json", "-q")
    folder = run("review", *given, "--as-of", AS_OF, "--out", out, "-q")
    assert (alone.code, folder.code) == (0, 0)
    return [json.loads(text)["ledger"] for text in (alone.out, (out / "run.json").read_text("utf-8"))]


@pytest.mark.parametrize("bad", [RAGGED, SAYS_NOTHING])
def test_rows_beside_medicines_that_cannot_be_used_are_in_the_ledger(
    run: Run, file: File, tmp_path: Path, bad: str
) -> None:
    given = (file("list.csv", LIST), file("results.csv", OBSERVATIONS + GOOD * 20 + bad))
    for ledger in ledgers(run, tmp_path / "out", *given):
        assert (ledger["rows_read"], ledger["rows_used"], ledger["rejected"]) == (2, 2, [])
        assert ledger["companions"] == [{"file": "results.csv", "rows_read": 21, "rows_rejected": 1, "withdrawn": {}}]
        assert [(it["file"], it["line"]) for it in ledger["rejected_companions"]] == [("results.csv", 22)]
    with (tmp_path / "out" / "rejected.csv").open(newline="", encoding="utf-8") as rejected:
        assert [(it["file"], it["line"]) for it in csv.DictReader(rejected)] == [("results.csv", "22")]


@pytest.mark.parametrize("bad", [RAGGED, SAYS_NOTHING])
@pytest.mark.parametrize(("limit", "code"), [("49", 4), ("50", 0)])
def test_4_too_many_rows_beside_medicines_that_cannot_be_used(
    run: Run, file: File, tmp_path: Path, bad: str, limit: str, code: int
) -> None:
    given = (file("list.csv", LIST), file("results.csv", OBSERVATIONS + (GOOD + bad) * 3))
    for to in (("--to", "csv"), ("--out", tmp_path / "out")):
        ran = run("review", *given, *to, "-q", "--max-rejected", limit, "--as-of", AS_OF)
        assert ran.code == code
        assert ("Error: 3 of 6 rows of results.csv cannot be used" in ran.err) == (code == 4)
        assert MARK not in ran.err


def test_a_companion_without_rows_is_a_note(run: Run, file: File) -> None:
    ran = run("review", file("list.csv", LIST), file("people.csv", "patient_id,sex\n"), "--as-of", AS_OF)
    assert ran.code == 0
    assert "people.csv: there is a header and no row after it: nothing is read from it" in ran.err


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("X1,F\nX2,M\n", "people.csv: none of its 2 people is in the medicine list"),
        ("A1,F\nX2,M\nX3,M\n", "people.csv: 2 of 3 people are not in the medicine list"),
        ("A1,F\nX2,M\n", ""),
    ],
)
def test_people_who_are_not_in_the_list_are_told(run: Run, file: File, tmp_path: Path, people: str, said: str) -> None:
    given = (file("list.csv", LIST), file("people.csv", f"patient_id,sex\n{people}"))
    for to in (("--to", "csv"), ("--out", tmp_path / "out")):
        told = run("review", *given, *to, "--as-of", AS_OF).err
        assert said in told
        assert ("in the medicine list" in told) == bool(said)
        assert "X2" not in told


def test_files_are_joined_by_nhs_number_where_one_has_no_patient_id(run: Run, file: File, tmp_path: Path) -> None:
    medicines = "patient_id,nhs_number,medication\nA1,999 000 0018,Senna\nA2,9990000026,Senna\n"
    given = (file("list.csv", medicines), file("people.csv", "nhs_number,age\n9990000018,40\n999 000 0026,50\n"))
    rows = run("review", *given, "--to", "csv", "--as-of", AS_OF).out.splitlines()[1:]
    assert sorted(row.split(",")[:2] for row in rows) == [["A1", "40"], ["A2", "50"]]
    assert run("review", *given, "--out", tmp_path / "out", "--as-of", AS_OF).code == 0
    assert len((tmp_path / "out" / "worklist.csv").read_text("utf-8").splitlines()) == 1 + 2


def test_files_of_one_name_are_told_apart(run: Run, tmp_path: Path) -> None:
    given = [tmp_path / place / "list.csv" for place in ("north", "south")]
    for path in given:
        path.parent.mkdir()
        path.write_text(f"patient_id,medication\n{path.parent.name},Senna\n{path.parent.name},\n", "utf-8")
    assert run("review", *given, "--out", tmp_path / "out", "--max-rejected", "50", "-q").code == 0
    rejected = (tmp_path / "out" / "rejected.csv").read_text("utf-8").splitlines()[1:]
    assert rejected == [f"{place}/list.csv,3,no medication" for place in ("north", "south")]
    inputs = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["inputs"]
    assert [it["name"] for it in inputs] == ["north/list.csv", "south/list.csv"]


def test_two_files_that_unpack_to_one_name_are_told_apart_also_where_names_are_hidden(run: Run, tmp_path: Path) -> None:
    list_, packed = tmp_path / "list.csv", tmp_path / "b" / "list.csv.gz"
    packed.parent.mkdir()
    list_.write_text("patient_id,medication\nA1,Senna\nA1,\n", "utf-8")
    packed.write_bytes(gzip.compress(b"patient_id,medication\nA2,Senna\n\nA2,\n"))
    for options, names in (
        ((), ["list.csv", "list.csv.gz"]),
        (("--pseudonymise", tmp_path / "key"), ["input-1", "input-2"]),
    ):
        out = tmp_path / f"out{len(options)}"
        assert run("review", list_, packed, "--out", out, "--max-rejected", "50", "-q", *options).code == 0
        rejected = (out / "rejected.csv").read_text("utf-8").splitlines()[1:]
        assert rejected == [f"{names[0]},3,no medication", f"{names[1]},4,no medication"]
        inputs = json.loads((out / "run.json").read_text("utf-8"))["inputs"]
        assert [it["name"] for it in inputs] == names


def test_names_of_files_are_hidden_with_the_ids(run: Run, file: File, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "9990000018.zip", "w") as archive:
        for person in ("9990000018", "9990000026"):
            record = {"person": {"id": person}, "medicines": ["Senna 7.5mg tablets"]}
            archive.writestr(f"{person}.json", json.dumps(record))
    given = (tmp_path / "9990000018.zip", file("9990000034.csv", f"{LIST}A3,,1 on\n"))
    out = tmp_path / "out"
    options = ("--out", out, "--pseudonymise", tmp_path / "key", "--max-rejected", "50", "-q")
    assert run("review", *given, *options).code == 0
    assert (out / "rejected.csv").read_text("utf-8").splitlines()[1:] == ["input-2,4,no medication"]
    asked = "SELECT DISTINCT file FROM read_parquet(?) ORDER BY 1"
    files = duckdb.execute(asked, [str(out / "medicines.parquet")]).fetchall()
    assert [name for (name,) in files] == ["input-1/1", "input-1/2", "input-2"]
    assert not any(b"99900000" in path.read_bytes() for path in out.iterdir())


def test_an_output_is_never_an_input(run: Run, file: File, tmp_path: Path) -> None:
    given, record = file("list.csv", LIST), file("a1.yaml", "medicines: [Senna]\n")
    (tmp_path / "link.csv").symlink_to(given)
    for arguments in (
        ("review", given, "-o", tmp_path / "link.csv"),
        ("review", given, "--out", tmp_path),
        ("plan", record, "-o", record),
    ):
        ran = run(*arguments, "--force")
        assert ran.code == 2
        assert "input: choose another name" in ran.err
    assert given.read_text("utf-8") == LIST


def test_no_cell_of_a_worklist_steers_a_terminal(run: Run, file: File, tmp_path: Path) -> None:
    given = file("list.csv", "patient_id,medication\nA\x1b[2J1,Senna\n")
    said = run("review", given, "--to", "csv").out
    assert run("review", given, "--out", tmp_path / "out", "-q").code == 0
    for text in (said, (tmp_path / "out" / "worklist.csv").read_text("utf-8")):
        assert text.splitlines()[1].startswith("A[2J1,")


def test_a_data_folder_that_is_closed_is_no_bug(run: Run, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    is_file = Path.is_file

    def closed(path: Path) -> bool:
        if path.name == INDEX_FILE:
            raise PermissionError(13, "Permission denied", str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", closed)
    ran = run("review", file("list.csv", LIST), "--to", "csv", "--as-of", AS_OF)
    assert ran.code == 0
    assert "dm+d is not used" in ran.err
    assert "cannot be looked into (Permission denied)" in ran.err
    assert run("drugs", "import-dmd", "--status").code == 4
