"""What other programs read: it has the shape of its schema, in the order of the input, and the ledger adds up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from healthcheck_cli import schemas
from tests.cli.conftest import AS_OF, MARK, ROOT, Run

SAMPLES = [ROOT / "docs" / "samples" / f"{name}.csv" for name in ("medicines", "people", "problems")]
ODD = f"""patient_id,medication,dosage,start_date,prn
A1,Epilim Chrono 500 tablets (Sanofi),1 bd,,
A1,Epilim Chrono 500 tablets (Sanofi),1 bd,,
A1,Clopixol 200mg/ml injection,200mg every 2 weeks,2020-01-01,
B2,{MARK} 5mg,,31/31/2020,maybe
B2,"Laxido, Orange","1, 2
times",,
,Senna,,,
C3,Senna 7.5mg tablets,1-2 nocte when required,,y
C3,Senna,too,many,cells,here
"""


def schema(run: Run, name: str) -> Any:
    printed = run("schema", name)
    assert (printed.code, printed.err) == (0, "")
    return Draft202012Validator(json.loads(printed.out))


def adds_up(ledger: dict[str, Any]) -> bool:
    parts = ("rows_used", "rows_not_current", "rows_duplicate", "rows_rejected", "rows_unrecognised")
    return bool(ledger["rows_read"] == sum(ledger[part] for part in parts))


def test_review_json_fits_its_schema(run: Run) -> None:
    ran = run("review", *SAMPLES, "--to", "json", "--as-of", AS_OF, "--complete", "medicines,problems")
    review = json.loads(ran.out)
    schema(run, "review").validate(review)
    assert adds_up(review["ledger"])
    assert review["as_of"] == AS_OF
    assert [it["name"] for it in review["inputs"]] == [path.name for path in SAMPLES]
    assert review["people"][0]["findings"]


def test_review_of_odd_rows_fits_its_schema_and_every_row_is_accounted_for(run: Run) -> None:
    ran = run("review", "-", "--to", "ndjson", "--as-of", AS_OF, "--max-rejected", "100", stdin=ODD.encode())
    *people, last = [json.loads(line) for line in ran.out.splitlines()]
    validator = schema(run, "review-person")
    for person in people:
        validator.validate(person)
    schema(run, "ledger").validate(last)
    ledger = last["ledger"]
    assert adds_up(ledger)
    assert (ledger["rows_read"], ledger["rows_rejected"], ledger["rows_duplicate"]) == (8, 2, 1)
    assert [(it["line"], it["reason"]) for it in ledger["rejected"]] == [
        (8, "no patient_id"),
        (10, "6 cells where the header has 5"),
    ]
    assert sorted(person["person_id"] for person in people) == ["A1", "B2", "C3"]
    assert MARK not in ran.err


@pytest.mark.parametrize("command", ["recognise", "dose"])
def test_drugs_writes_a_line_out_for_a_line_in_and_in_their_order(run: Run, command: str) -> None:
    texts = [
        "Clozapine 100mg",
        "1-2 nocte prn",
        "",
        "  spaced ",
        "Clozapine 100mg",
        'a "quoted", one',
        "½ tab",
        "x" * 999,
    ]
    ran = run("drugs", command, "--to", "ndjson", stdin="\r\n".join(texts).encode("utf-8-sig"))
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["text"] for line in lines] == texts
    validator = schema(run, "recognise" if command == "recognise" else "dose")
    for line in lines:
        validator.validate(line)
    assert run("drugs", command, "--to", "json", *filter(None, texts)).code == 0


def test_drugs_of_no_lines_is_no_lines(run: Run) -> None:
    assert run("drugs", "recognise", "--to", "ndjson", stdin=b"").out == ""


def test_content_list_fits_its_schema(run: Run) -> None:
    listed = json.loads(run("content", "list", "--to", "json").out)
    schema(run, "content-list").validate(listed)
    assert len(listed["rules"]) > 50


def test_what_is_written_to_a_file_is_what_would_be_printed(run: Run, tmp_path: Any) -> None:
    arguments = ("review", *SAMPLES, "--as-of", AS_OF, "-q")
    ran = run(*arguments, "-o", tmp_path / "report.md")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "report.md").read_text("utf-8") == run(*arguments, "-o", "-").out


def test_the_help_names_every_schema(run: Run) -> None:
    told = {line.split()[0] for line in run("schema", "--help").out.splitlines() if line.strip()}
    assert told >= {it.stem for it in Path(schemas.__file__).parent.glob("*.json")} - {"definitions"}
