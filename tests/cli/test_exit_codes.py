"""Every exit code of the contract, and what is on standard output and standard error with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import AS_OF, MARK, ROOT, Run, command, process

File = Callable[[str, bytes | str], Path]
HIGH = "medication,dosage\nRisperidone 1mg tablets,1 bd\nZuclopenthixol 10mg tablets,1 bd\n"
UNKNOWN = f"medication\nSenna 7.5mg tablets\n{MARK} 5mg tablets\n"


def test_0_the_report_is_on_standard_output_and_the_rest_on_standard_error(run: Run, file: File) -> None:
    ran = run("review", file("list.csv", HIGH), "--as-of", AS_OF)
    assert ran.code == 0
    assert ran.out.startswith("# ")
    assert ran.err.splitlines()[0] == "list.csv: taken for CSV"
    assert "2 medicine rows read: 2 used" in ran.err


def test_0_quiet_says_nothing_but_the_report(run: Run, file: File) -> None:
    path = file("list.csv", HIGH)
    loud, quiet = run("review", path, "--as-of", AS_OF), run("review", path, "--as-of", AS_OF, "-q")
    assert (quiet.code, quiet.err) == (0, "")
    assert quiet.out == loud.out


@pytest.mark.parametrize(("level", "code"), [("urgent", 0), ("high", 1), ("info", 1)])
def test_1_when_a_finding_is_at_the_level_or_above(run: Run, file: File, level: str, code: int) -> None:
    # what is shown does not change what is found
    ran = run("review", file("list.csv", HIGH), "--as-of", AS_OF, "--fail-on", level, "--level", "urgent", "-q")
    assert (ran.code, ran.err) == (code, "")
    assert ran.out


ACCEPTED = """\
complete: [medicines, problems]
medicines: [{text: Risperidone 1mg tablets, dosage: 1 bd}]
problems: [learning disability]
accepted: [{rule: STOMP-05, until: 2026-11-22, by: Dr A, because: psychiatry was asked}]
"""


@pytest.mark.parametrize(("day", "code"), [("2026-11-22", 0), ("2026-11-23", 1)])
def test_1_what_is_accepted_does_not_count_until_the_day_after(run: Run, file: File, day: str, code: int) -> None:
    ran = run("review", file("a1.yaml", ACCEPTED), "--as-of", day, "--fail-on", "high", "-q")
    assert (ran.code, ran.err) == (code, "")
    assert ("No finding but 1 that is known and accepted." in ran.out) == (code == 0)
    assert "psychiatry was asked" in ran.out


def test_4_an_entry_for_a_rule_that_does_not_exist_names_its_place(run: Run, file: File) -> None:
    ran = run("review", file("a1.yaml", ACCEPTED.replace("STOMP-05", "STOMP-5")), "-q")
    assert (ran.code, ran.out) == (4, "")
    assert "a1.yaml:4:" in ran.err
    assert "there is no such rule (did you mean STOMP-" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["review"], "Missing argument 'INPUT...'"),
        (["review", "x.csv", "--bogus"], "--bogus"),
        (["drgs"], "No such command 'drgs'"),
        (["review", "x.csv", "--to", "pdf"], "'pdf' is not one of"),
        (["review", "x.csv", "--from", "excel"], "--from: choose one of auto, csv, pasted"),
        (["review", "x.csv", "--as-of", "nonsense"], "write it as year-month-day"),
        (["review", "x.csv", "--as-of", "2026-W47-7"], "write it as year-month-day"),
        (["review", "x.csv", "--as-of", "0001-01-01"], "write it as year-month-day"),
        (["review", "x.csv", "--max-unrecognised", "nan"], "not a number from 0 to 100"),
        (["review", "x.csv", "--max-rejected", "101"], "not in the range"),
        (["review", "x.csv", "--complete", "medicine"], "there is no list called 'medicine'"),
        (["review", "x.csv", "--map", "drugg=Name"], "there is no field drugg"),
        (["review", "x.csv", "--map", "medication"], "write it as FIELD=COLUMN"),
        (["review", "x.csv", "--map", "medication=A", "--map", "medication=B"], "medication is given twice"),
        (["review", "x.csv", "--content", "no-such-folder"], "does not exist"),
        (["review", "x.csv", "--output", "no-such-folder/report.md"], "the folder is not there"),
        (["review", "x.csv", "--output", "/"], "is a directory"),
        (["review", "x.csv", "--output", "/dev/null", "--force"], "this is not a file"),
        (["review", "x.csv", "--output", "a" * 5000], "cannot be written"),
        (["schema", "nonsense"], "'nonsense' is not one of"),
        (["content", "show", "STOMP-005"], "did you mean STOMP-05?"),
        (["content", "test", "STOMP-005"], "did you mean STOMP-05?"),
        (["drugs", "show", "nonsuchine"], "no medicine of that name is held"),
    ],
    ids=lambda it: " ".join(it)[:60] if isinstance(it, list) else "",
)
def test_2_wrong_usage_is_one_line_that_says_what_is_wrong(run: Run, arguments: list[str], says: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    assert says in ran.err


def test_2_a_file_that_is_there_is_left_as_it_is(run: Run, file: File) -> None:
    there = file("report.md", "mine")
    for arguments in (
        ["review", file("list.csv", HIGH)],
        ["drugs", "dose", "1 bd"],
        ["content", "list"],
        ["schema", "dose"],
    ):
        ran = run(*arguments, "-o", there)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "--force" in ran.err
    assert there.read_text() == "mine"


def test_3_content_with_an_error_is_told_by_file_line_and_column(run: Run, file: File, tmp_path: Path) -> None:
    for folder in ("checklists", "drug_rules"):
        shutil.copytree(ROOT / folder, tmp_path / "content" / folder)
    wrong = tmp_path / "content" / "checklists" / "themes.yaml"
    wrong.write_text(wrong.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    ran = run("review", file("list.csv", HIGH), "--content", tmp_path / "content")
    assert (ran.code, ran.out) == (3, "")
    assert "did you mean title?" in ran.err
    assert all(re.match(r"Error: \S+\.yaml:\d+:\d+: \S", line) for line in ran.err.splitlines())


def test_3_content_that_cannot_be_read(run: Run, file: File, tmp_path: Path) -> None:
    for folder in ("checklists", "drug_rules"):
        (tmp_path / folder).mkdir()
    (tmp_path / "drug_rules" / "mine.yaml").symlink_to(tmp_path / "nowhere")
    ran = run("review", file("list.csv", HIGH), "--content", tmp_path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "Error: drug_rules/mine.yaml:1:1: not-readable" in ran.err


def test_3_a_folder_without_content(run: Run, file: File, tmp_path: Path) -> None:
    ran = run("review", file("list.csv", HIGH), "--content", tmp_path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "holds no content" in ran.err


@pytest.mark.parametrize(("limit", "code"), [("75", 0), ("74", 4)])
def test_4_too_many_rows_that_cannot_be_used(run: Run, file: File, limit: str, code: int) -> None:
    path = file("list.csv", f"medication,dosage\nSenna,1 on\n{MARK},1,2\n,1 on\n{MARK}\n")
    ran = run("review", path, "--max-rejected", limit, "--as-of", AS_OF)
    assert (ran.code, bool(ran.out)) == (code, code == 0)
    assert "list.csv:3: row left out: 3 cells where the header has 2" in ran.err
    assert ("Error: 3 of 4 rows cannot be used" in ran.err) == (code == 4)
    assert MARK not in ran.err


@pytest.mark.parametrize(("limit", "code"), [("99", 4), ("100", 0)])
def test_4_a_file_that_breaks_off_in_the_middle_of_a_row(run: Run, file: File, limit: str, code: int) -> None:
    rows = "Senna 7.5mg tablets,1 on\n" * 40
    path = file("list.csv", f"medication,dosage\n{rows}{MARK}")
    ran = run("review", path, "--max-rejected", limit, "--as-of", AS_OF)
    assert (ran.code, bool(ran.out)) == (code, code == 0)
    assert "list.csv:42: row left out: the file breaks off in this row" in ran.err
    assert ("Error: list.csv:42: the file breaks off in the middle of this row" in ran.err) == (code == 4)
    assert MARK not in ran.err


@pytest.mark.parametrize("kind", ["record", "FHIR"])
@pytest.mark.parametrize(("limit", "code"), [("99", 4), ("100", 0)])
def test_4_a_file_that_breaks_off_in_its_last_line(run: Run, file: File, kind: str, limit: str, code: int) -> None:
    whole: list[object] = [{"person": {"id": name}, "medicines": ["Senna 7.5mg tablets"]} for name in "AB"]
    if kind == "FHIR":
        senna = {
            "resourceType": "MedicationStatement",
            "status": "active",
            "medicationCodeableConcept": {"text": "Senna"},
        }
        whole = [{"resourceType": "Patient", "id": "p"}, {**senna, "subject": {"reference": "Patient/p"}}]
    path = file("a.ndjson", "".join(f"{json.dumps(it)}\n" for it in whole) + f'{{"id": "{MARK}')
    ran = run("review", path, "--max-rejected", limit, "--as-of", AS_OF)
    assert (ran.code, bool(ran.out)) == (code, code == 0)
    assert "a.ndjson:3: row left out: the file breaks off in this row" in ran.err
    assert MARK not in ran.err


def test_rows_that_the_source_withdraws_are_told_and_are_no_damage(run: Run) -> None:
    extract = sorted((ROOT / "tests" / "readers" / "fixtures" / "emis_bulk").iterdir())
    ran = run("review", *extract, "--as-of", AS_OF, "--to", "json", "--max-rejected", "0")
    assert ran.code == 0
    ledger = json.loads(ran.out)["ledger"]
    assert (ledger["rows_read"], ledger["rows_rejected"]) == (11, 3)
    counts = ("rows_used", "rows_not_current", "rows_duplicate", "rows_rejected", "rows_unrecognised")
    assert ledger["rows_read"] == sum(ledger[name] for name in counts)
    assert ledger["rows_duplicate"] == 1
    assert "Prescribing_DrugRecord.csv:6: row left out: deleted in the source" in ran.err


def test_rows_left_out_are_named_up_to_a_number_and_all_with_v(run: Run, file: File) -> None:
    path = file("list.csv", "medication\nSenna\n" + "a,b\n" * 30)
    assert "and 10 more rows left out (-v names them all)" in run("review", path).err
    assert "list.csv:32: row left out" in run("review", path, "-v").err


@pytest.mark.parametrize(("limit", "code"), [("50", 0), ("49", 5), ("0", 5)])
def test_5_too_many_medicines_that_are_not_recognised(run: Run, file: File, limit: str, code: int) -> None:
    ran = run("review", file("list.csv", UNKNOWN), "--max-unrecognised", limit, "--as-of", AS_OF, "-q")
    assert ran.code == code
    assert ran.out
    assert ran.err.count("\n") == (code == 5)
    assert MARK not in ran.err


def test_70_a_bug_does_not_tell_what_it_was_about(
    run: Run, file: File, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("healthcheck_cli.review.review_records", fail)
    ran = run("review", file("list.csv", HIGH), "-q")
    assert (ran.code, ran.out, ran.err.count("\n")) == (70, "", 1)
    (report,) = tmp_path.glob("healthcheck-bug-*.txt")
    assert ran.err == f"Error: the program failed (ValueError). Details: {report}\n"
    assert MARK not in report.read_text()
    assert "in fail" in report.read_text()
    assert report.stat().st_mode & 0o077 == 0


def test_70_without_a_place_for_the_details(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr("healthcheck_cli.schemas.schema_named", fail)
    ran = run("schema", "dose")
    assert (ran.code, ran.err.count("\n"), MARK in ran.err) == (70, 1, False)


def test_130_when_interrupted(run: Run, file: File, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("healthcheck_cli.review.review_records", interrupt)
    out = tmp_path / "report.md"
    ran = run("review", file("list.csv", HIGH), "-q", "-o", out)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.strip() == "Interrupted. No file is half written, and what was answered is saved."
    assert not out.exists()


def test_130_of_a_process_that_waits_for_its_input() -> None:
    with subprocess.Popen(
        command("drugs", "dose", "-v"), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as waiting:
        assert waiting.stderr is not None
        assert waiting.stderr.readline() == b"reading standard input\n"
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=10)
    assert (waiting.returncode, out) == (130, b"")
    assert b"Traceback" not in err


def test_a_reader_that_goes_changes_nothing(file: File) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        arguments = ("review", file("list.csv", HIGH), "--fail-on", "high", "-q", "--as-of", AS_OF)
        ran = subprocess.run(command(*arguments), cwd=ROOT, stdout=writing, stderr=subprocess.PIPE)
        helped = subprocess.run(command("schema", "-h"), cwd=ROOT, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert (helped.returncode, helped.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("closed", "arguments", "code", "says"),
    [
        (">&-", "schema dose", 2, "Error: standard output is closed: open it, or write to a file with -o\n"),
        (">/dev/full", "schema dose", 2, "Error: standard output: cannot be written to (No space left on device)\n"),
        ("<&-", "drugs dose", 0, ""),
        ("2>&-", "schema nonsense", 2, ""),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
def test_streams_that_are_closed_or_full(closed: str, arguments: str, code: int, says: str) -> None:
    if "/dev/full" in closed and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    line = f"{' '.join(command(*arguments.split()))} {closed}"
    ran = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (code, says)


def test_a_second_run_in_another_process_writes_the_same_bytes(run: Run, file: File) -> None:
    path = file("list.csv", HIGH + "Co-codamol 30/500 tablets,2 qds prn\nClozapine 100mg tablets,1 nocte\n")
    arguments = ("review", path, "--to", "json", "--as-of", AS_OF)
    here, there = run(*arguments), process(*arguments, seed="1")  # sets are in another order there
    assert here.code == 0
    assert here == there
