"""``review --out``: what the folder holds, who may read it, whose names are in it, and when there is none."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import jsonschema
import pytest

from healthcheck_cli.cli import clinical_content, extract_review
from healthcheck_cli.cli.main import main
from healthcheck_cli.cohort import report, unassessed_table
from healthcheck_cli.cohort import run as cohort_run
from healthcheck_cli.cohort.pseudonyms import fingerprint_of, pseudonyms
from healthcheck_cli.cohort.worklist import WorklistFilter, write_worklist
from healthcheck_cli.content.models import Content
from healthcheck_cli.review import Reviewer
from healthcheck_cli.schemas import schema_named
from tests.cli.conftest import Ran, Run
from tests.cohort.folder_read import assert_says, cells, one_by_one, rows_of, table, texts_in, worklist
from tests.cohort.small_extract import AS_OF, IDS, MARKS, MEDICINES, REJECTED, ROWS, write_extract
from tests.docs.pages import page, table_after
from tests.readers.reading import FIXTURES

TABLES = ("people", "findings", "medicines", "unassessed")
FILES = {
    *(f"{name}.parquet" for name in TABLES),
    *("worklist.csv", "unrecognised.csv", "rejected.csv", "run.json"),
}
REPORT = {"cohort.md", "cohort.html"}
COMPLETE = ("--complete", "medicines,problems,events")
Review = Callable[..., Ran]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_extract(tmp_path_factory.mktemp("in"))


@pytest.fixture(scope="module")
def folder(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one review, for all tests that only look at it."""
    out = tmp_path_factory.mktemp("made") / "out"
    with pytest.raises(SystemExit) as ended:
        main(["review", *map(str, files), "--out", str(out), "--as-of", AS_OF, "--max-rejected", "20", "-q", *COMPLETE])
    assert not ended.value.code
    return out


@pytest.fixture(autouse=True)
def _content_read_once(reviewer: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that all look at is made by the command as it is; those of single tests with what is read already."""
    monkeypatch.setattr(clinical_content, "reviewer_for", lambda *_: reviewer)


@pytest.fixture
def whole_review(run: Run, files: list[Path]) -> Review:
    """``whole_review(out, "--force")``: a review of the small extract."""

    def reviewed(out: Path, *options: object) -> Ran:
        ran = run("review", *files, "--out", out, "--as-of", AS_OF, "--max-rejected", "20", *COMPLETE, *options)
        assert ran.out == ""
        return ran

    return reviewed


@pytest.fixture
def review(whole_review: Review, monkeypatch: pytest.MonkeyPatch) -> Review:
    """The same without the report: its charts take longer than all the rest."""
    monkeypatch.setattr(report, "write_report", lambda *_, **__: None)
    return whole_review


def test_the_folder_says_what_the_review_of_each_person_says(run: Run, files: list[Path], folder: Path) -> None:
    said = one_by_one(run, files, *COMPLETE)

    assert any(it["stands_for"] for it in table(folder, "findings"))
    assert_says(folder, said)

    made = json.loads((folder / "run.json").read_text("utf-8"))
    levels = Counter(it["level"] for person in said["people"] for it in person["findings"])
    assert (made["findings"], made["people"]) == (dict(levels), len(IDS))


def test_every_file_is_there_and_is_its_owners_only(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} - REPORT == FILES
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_run_json_fits_its_schema_and_every_row_is_accounted_for(folder: Path) -> None:
    made = json.loads((folder / "run.json").read_text("utf-8"))

    jsonschema.Draft202012Validator(schema_named("run")).validate(made)

    ledger = made["ledger"]
    parts = ("rows_used", "rows_not_current", "rows_duplicate", "rows_rejected", "rows_unrecognised")
    assert ledger["rows_read"] == sum(ledger[part] for part in parts) == ROWS
    assert ledger["rows_rejected"] == REJECTED == len(cells(folder / "rejected.csv"))
    assert cells(folder / "rejected.csv") == [{"file": "list.csv", "line": "17", "reason": "no medication"}]


@pytest.mark.parametrize("name", TABLES)
def test_the_page_names_every_column_with_its_type(folder: Path, name: str) -> None:
    told = [
        (column, row[1])
        for row in table_after("extract.md", f"columns: {name}")
        for column in row[0].replace("`", "").split(", ")
    ]
    scales = json.loads((folder / "run.json").read_text("utf-8")) and [
        it["column_name"].removesuffix("_low")
        for it in rows_of("DESCRIBE SELECT * FROM read_parquet(?)", str(folder / "people.parquet"))
        if it["column_name"].endswith("_low") and not it["column_name"].startswith("antipsychotic")
    ]
    expected = {
        (column.replace("SCALE", scale), kind)
        for column, kind in told
        for scale in (scales if "SCALE" in column else [""])
    }

    columns = rows_of("DESCRIBE SELECT * FROM read_parquet(?)", str(folder / f"{name}.parquet"))

    assert {(it["column_name"], it["column_type"]) for it in columns} == expected


def test_the_most_pressing_come_first_and_why_is_said(folder: Path) -> None:
    rows = cells(folder / "worklist.csv")
    ranks = [("urgent", "high", "medium", "info", "").index(row["highest_level"]) for row in rows]
    assert ranks == sorted(ranks)
    assert {row["person_id"].removeprefix("'") for row in rows} == set(IDS)
    assert rows[0]["why_here"].startswith(f"{rows[0]['urgent']} urgent, {rows[0]['high']} high, ")
    same = [(int(row["high"]), row["person_id"]) for row in rows if row["highest_level"] == "high"]
    assert [high for high, _ in same] == sorted((high for high, _ in same), reverse=True)


def test_the_worklist_of_people_reviewed_one_by_one_is_the_same_file(run: Run, files: list[Path], folder: Path) -> None:
    said = run("review", *files, "--to", "csv", "--as-of", AS_OF, "--max-rejected", "20", *COMPLETE)
    assert said.out == (folder / "worklist.csv").read_text(encoding="utf-8")


def test_a_worklist_can_be_of_some_only(content: Content, folder: Path, tmp_path: Path) -> None:
    findings, people = table(folder, "findings"), table(folder, "people")
    rule = Counter(it["rule"] for it in findings).most_common()[-1][0]
    wanted = {
        WorklistFilter(rules=(rule,)): {it["person_id"] for it in findings if rule in (it["rule"], *it["stands_for"])},
        WorklistFilter(themes=("constipation",)): {
            it["person_id"] for it in people if "constipation" in it["themes_raised"]
        },
        WorklistFilter(min_age=40): {it["person_id"] for it in people if (it["age"] or 0) >= 40},
        WorklistFilter(min_age=0): {it["person_id"] for it in people if it["age"] is not None},
    }
    for asked, chosen in wanted.items():
        assert 0 < len(chosen) < len(IDS)
        assert write_worklist(folder, tmp_path / "list.csv", content, asked, duckdb.connect()) == len(chosen)
        names = [row["person_id"] for row in cells(tmp_path / "list.csv")]
        assert names == [name for name in worklist(folder) if name.removeprefix("'") in chosen]


def test_who_is_on_the_worklist_changes_nothing_else(review: Review, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert review(out, "--only", "STOMP-05", "--only", "STOMP-24", "--theme", "medication", "--min-age", 60).code == 0
    assert worklist(out) == ["9990000026"]
    assert table(out, "findings") == table(folder, "findings")
    assert review(tmp_path / "other", "--only", "STOMP-0").code == 2
    assert review(tmp_path / "other", "--theme", "happiness").code == 2


def test_no_cell_is_taken_for_a_formula(folder: Path) -> None:
    written = [cell for path in folder.glob("*.csv") for row in cells(path) for cell in row.values()]
    assert any(cell.startswith("'=") for cell in written)
    assert not [cell for cell in written if cell[:1] in ("=", "+", "@", "\t", "\r", "-")]


def test_pseudonyms_are_the_same_for_a_key_and_no_text_is_left(whole_review: Review, tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "key"

    ran = whole_review(out, "--pseudonymise", path)

    assert {it.name for it in out.iterdir()} >= REPORT
    key = path.read_text("ascii").strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(worklist(out)) == set(pseudonyms(IDS, key.encode()))
    assert not set(worklist(out)) & set(pseudonyms(IDS, b"another key of 32 bytes or longer"))
    assert {it["text"] + it["dosage"] for it in table(out, "medicines")} == {""}
    written = list(texts_in(out))
    assert not [name for name in ("Senna 7.5mg tablets", "tablets", *MARKS) for text in written if name in text]
    assert not [text for text in (*written, ran.err) if key in text]
    ids = json.loads((out / "run.json").read_text("utf-8"))["ids"]
    assert ids == {"hashed": True, "key_fingerprint": fingerprint_of(key.encode())}


def test_a_key_that_is_made_is_told_and_one_that_is_there_is_not(review: Review, tmp_path: Path) -> None:
    key = tmp_path / "key"
    assert "one was made" in review(tmp_path / "first", "--pseudonymise", key).err
    assert "one was made" not in review(tmp_path / "second", "--pseudonymise", key).err


def test_a_unit_is_known_just_where_the_amount_is(folder: Path) -> None:
    units = [(it["daily_low"] is None, it["daily_unit"]) for it in table(folder, "medicines")]
    assert {unknown for unknown, _ in units} == {True, False}
    assert all((unit is None) is unknown and unit != "" for unknown, unit in units)


def test_a_key_that_is_no_secret_is_refused(review: Review, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("0" * 64)
    key.chmod(0o644)
    assert review(tmp_path / "out", "--pseudonymise", key).code == 2
    key.chmod(0o600)
    key.write_text("short")
    assert review(tmp_path / "out", "--pseudonymise", key).code == 2
    assert review(tmp_path / "out", "--pseudonymise", tmp_path / "new", "--plans").code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"key"}


def test_a_plan_for_each_person(review: Review, tmp_path: Path) -> None:
    review(tmp_path / "out", "--plans")
    plans = {path.name: path.read_text("utf-8") for path in (tmp_path / "out" / "plans").iterdir()}
    assert len(plans) == len(IDS)
    assert {"D4.md", "E5.md", "9990000018.md"} <= plans.keys()
    assert sum(name.startswith("id-") for name in plans) == 2  # "=Zzid" and "C3/1" name no file
    assert "Clozapine 100mg tablets" in plans["9990000018.md"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out" / "plans").iterdir()} == {0o600}


def test_a_folder_is_replaced_only_when_asked_and_only_when_it_is_ours(review: Review, tmp_path: Path) -> None:
    out = tmp_path / "out"
    review(out)
    before = (out / "run.json").read_bytes()
    assert review(out).code == 2
    assert (out / "run.json").read_bytes() == before
    assert review(out, "--force", "--min-age", 40).code == 0
    assert (out / "run.json").read_bytes() != before
    (out / "thesis.txt").write_text("mine")
    assert review(out, "--force").code == 2
    assert (out / "thesis.txt").read_text() == "mine"
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.txt").write_text("mine")
    assert review(strange, "--force").code == 2
    assert review(tmp_path / "none" / "out").code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"out", "strange"}


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (RuntimeError("Query interrupted!"), 130), (ZeroDivisionError(), 70)],
    ids=repr,
)
def test_nothing_is_left_of_what_was_not_finished(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "details"))

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(cohort_run, "write_worklist", fail)
    assert review(tmp_path / "out").code == code
    assert [path.name for path in tmp_path.iterdir()] == []


def test_several_parts_give_what_one_part_gives(
    review: Review, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract_review, "people_at_once", lambda cohort: 2)

    review(tmp_path / "out", "--memory", "500MB")

    assert {path.name for path in (tmp_path / "out").iterdir()} - REPORT == FILES
    for name in TABLES:
        assert table(tmp_path / "out", name) == table(folder, name)
    for name in ("worklist.csv", "unrecognised.csv", "rejected.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def test_rows_that_stand_for_many_expand_to_all_by_the_query_of_the_page(
    review: Review, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unassessed_table, "_ALL_ROWS", 0)
    monkeypatch.setattr(extract_review, "people_at_once", lambda cohort: 3)
    review(tmp_path / "out")
    query = page("extract.md").split("```sql\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path / "out")

    found = rows_of(query)

    assert found == [
        {name: it[name] for name in ("person_id", "rule", "level", "missing")} for it in table(folder, "unassessed")
    ]
    shared = [it for it in table(tmp_path / "out", "unassessed") if it["person_id"] is None]
    assert len(shared) == len({it["rule"] for it in shared}) > 0
    monkeypatch.chdir(folder)
    assert rows_of(query) == found


def test_a_damaged_extract_is_refused_unless_it_is_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "write_report", lambda *_, **__: None)
    damaged, out = tmp_path / "list.csv", tmp_path / "out"
    damaged.write_text(MEDICINES + "B2,Senna,too,few\n" * 3, encoding="utf-8")
    refused, alone = run("review", damaged, "--out", out), run("review", damaged)
    named = [line for line in refused.err.splitlines() if ": row left out: " in line]
    assert refused.code == 4
    assert len(named) == REJECTED + 3
    assert named == [line for line in alone.err.splitlines() if ": row left out: " in line]
    assert not out.exists()
    assert run("review", damaged, "--out", out, "--max-rejected", 30).code == 0
    assert len(cells(out / "rejected.csv")) == REJECTED + 3
    cut = tmp_path / "cut.csv"
    cut.write_text(MEDICINES.rsplit(",", 5)[0] * 1, encoding="utf-8")
    assert run("review", cut, "--out", tmp_path / "cut", "--max-rejected", 99).code == 4
    assert {path.name for path in tmp_path.iterdir()} == {"list.csv", "out", "cut.csv"}


def test_other_formats_are_reviewed_as_their_people_one_by_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "write_report", lambda *_, **__: None)
    emis = FIXTURES / "emis_report.csv"
    assert run("review", emis, "--out", tmp_path / "out", "--as-of", AS_OF, "--max-rejected", 20).code == 0
    assert_says(tmp_path / "out", one_by_one(run, [emis]))


def test_options_that_do_nothing_are_refused(review: Review, run: Run, files: list[Path], tmp_path: Path) -> None:
    needs_out: list[tuple[str, ...]] = [("--plans",), ("--memory", "1GB"), ("--min-age", "0"), ("--only", "STOMP-05")]
    for options in (
        ("--to", "json"),
        ("-o", "x"),
        ("--level", "high"),
        ("--explain", "STOMP-05"),
        ("--memory", "lots"),
    ):
        assert review(tmp_path / "out", *options).code == 2
    for given in needs_out:
        assert run("review", *files, *given).code == 2
    assert list(tmp_path.iterdir()) == []


def test_exit_codes_are_those_of_a_report(review: Review, tmp_path: Path) -> None:
    assert review(tmp_path / "high", "--fail-on", "high").code == 1
    assert review(tmp_path / "unnamed", "--max-unrecognised", 1).code == 5
    assert {path.name for path in tmp_path.iterdir()} == {"high", "unnamed"}
