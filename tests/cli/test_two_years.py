"""One person over two years: a check is finished, its actions are marked, and the next year's plan starts from them."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from healthcheck_cli.cli import check, check_finish, plan_actions
from healthcheck_cli.schemas import schema_named
from tests.cli.conftest import Run
from tests.docs.pages import marked

LAST_YEAR = datetime(2025, 11, 14, 10, tzinfo=timezone.utc)
THIS_YEAR = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)
MEDICINES = "medication,dosage,start_date\nRisperidone 1mg tablets,1 bd,2020-01-01\n"
THEN = """\
bowel.per_week: 6
chest.infections: 0
vision.last_test: 2022-05-01
dental.last_visit: 2025-10-01
dental.has_dentist: yes
meds.list: none
meds.hospital_supplied: none
"""
NOW = """\
bowel.per_week: 3
chest.infections: 2
vision.last_test: 2022-05-01
dental.last_visit: 2026-10-01
dental.has_dentist: yes
meds.list: none
meds.hospital_supplied: none
"""


@pytest.fixture
def year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "data"))

    def begins(moment: datetime) -> None:
        for module in (check, check_finish, plan_actions):
            monkeypatch.setattr(module, "this_moment", lambda: moment)

    return begins


def finished(run: Run, folder: Path, answers: str) -> str:
    file, medicines = folder / "answers.yaml", folder / "list.csv"
    file.write_text(answers)
    medicines.write_text(MEDICINES)
    ran = run("check", "answers", file, "--person", "Room 3", "--medicines", medicines, "--complete", "medicines")
    check_id = ran.out.strip()
    run("check", "accept", check_id, "--by", "Dr Khan, GP")
    assert run("check", "finish", check_id, "--by", "J. Okoro", "--role", "practice nurse").code == 0
    return check_id


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    ran = run("plan", "actions", *arguments, "--to", "json", "--as-of", "2026-11-22")
    shown = json.loads(ran.out)
    Draft202012Validator(schema_named("actions")).validate(shown)
    actions: list[dict[str, Any]] = shown["actions"]
    return actions


def of_rule(actions: list[dict[str, Any]], rule: str) -> dict[str, Any]:
    (found,) = (it for it in actions if rule in it["rules"])
    return found


def test_two_years(run: Run, year: Any, tmp_path: Path) -> None:
    year(LAST_YEAR)
    first = finished(run, tmp_path, THEN)
    kept = listed(run, first)
    eyes = of_rule(kept, "AHC-215")
    assert (eyes["state"], eyes["owner"], eyes["due"], eyes["overdue"]) == ("open", "optometrist", "2025-12-12", True)
    assert [it["id"] for it in kept] == [it["id"] for it in listed(run, "--person", "room 3")]
    others = [it["id"] for it in kept if it["id"] != eyes["id"]]
    done, not_done = others[0], others[1]
    marked = run("plan", "actions", first, "--done", done, "--by", "A. Nurse", "--on", "2025-11-14")
    assert (marked.code, marked.out) == (0, "")
    assert run("plan", "actions", first, "--not-done", not_done, "--by", "A. Nurse", "--because", "=moved").code == 0
    assert {it["id"] for it in listed(run, first)} == {it["id"] for it in kept} - {done, not_done}
    states = {it["id"]: it for it in listed(run, first, "--all")}
    assert states[done]["marked"] == {"by": "A. Nurse", "on": "2025-11-14", "because": None}
    assert states[not_done]["state"] == "not_done"
    kept_states = {name: it["state"] for name, it in states.items()}

    year(THIS_YEAR)
    second = finished(run, tmp_path, NOW)
    plan = json.loads(run("plan", second, "--to", "json").out)
    Draft202012Validator(schema_named("review")).validate(plan)
    (review,) = plan["people"]
    found = {it["rule"] for it in review["findings"]}
    assert {"AHC-300", "AHC-301", "AHC-302"} <= found  # fewer poos, chest infections, the eye test missed twice
    changes = review["changes"]
    assert changes["since"] == "2025-11-14"
    assert "AHC-301" in changes["new"]
    assert {"AHC-300", "AHC-302"} <= set(changes["newly_assessed"])  # the first check had none before it
    assert "AHC-215" in changes["still_open"]
    assert {it["id"]: it["state"] for it in changes["actions"]} == kept_states
    assert "## Changes since the last check, 14 Nov 2025" in run("plan", second).out
    now = {it["id"]: it for it in listed(run, second)}
    assert (now[eyes["id"]]["since"], now[eyes["id"]]["due"], now[eyes["id"]]["check"]) == (
        "2025-11-14",
        "2026-12-20",
        second,
    )
    assert now[done]["since"] == "2026-11-22"  # done, and asked for again
    assert now[not_done]["since"] == "2025-11-14"
    assert run("check", "verify").code == 0


def test_lists_for_people_and_spreadsheets_and_what_is_refused(run: Run, year: Any, tmp_path: Path) -> None:
    year(LAST_YEAR)
    check_id = finished(run, tmp_path, THEN)
    actions = listed(run)
    one = actions[0]["id"]
    run("plan", "actions", check_id, "--not-done", one, "--by", "=cmd()", "--because", "no transport\x1b[31m")
    rows = list(csv.DictReader(io.StringIO(run("plan", "actions", "--all", "--to", "csv").out)))
    assert len(rows) == len(actions)
    assert [(it["marked_by"], it["because"]) for it in rows if it["id"] == one] == [("'=cmd()", "no transport[31m")]
    table = run("plan", "actions", "--overdue", "--as-of", "2025-11-14").out
    assert table == "0 actions\n"
    optometrist = run("plan", "actions", "--owner", "Optometrist", "--as-of", "2026-11-22", "--plain").out
    assert optometrist.startswith("1 action, 1 overdue\n\nId: AHC-215-")
    assert "Person: Room 3" in optometrist
    two = actions[1]["id"]
    for arguments, words in (
        (["--done", two, "--by", "A"], "Say whose action it is"),
        ([check_id, "--done", "AHC-999-000000", "--by", "A"], "has no action AHC-999-000000"),
        ([check_id, "--done", two], "--by is missing"),
        ([check_id, "--not-done", two, "--by", "A"], "--because is missing"),
        ([check_id, "--done", two, "--not-done", two, "--by", "A"], "marked twice"),
        ([check_id, "--done", two, "--by", "A", "--on", "2027-01-01"], "still to come"),
        (["--owner", "optomertist"], "no such owner"),
        (["--person", "Room 33"], "no actions are kept"),
    ):
        ran = run("plan", "actions", *arguments)
        assert (ran.code, words in ran.err) == (2, True), ran.err
    assert [it["id"] for it in listed(run)] == [it["id"] for it in actions[1:]]


def test_after_an_amendment_an_action_is_no_longer_needed_only_where_its_rule_is_false(
    run: Run, year: Any, tmp_path: Path
) -> None:
    year(LAST_YEAR)
    check_id = finished(run, tmp_path, THEN)
    before = listed(run)
    eyes = of_rule(before, "AHC-215")["id"]
    for day, answers, state in (
        (20, "vision.last_test: declined\nchest.infections: 2\n", "open"),
        (21, "vision.last_test: 2025-09-01\n", "no_longer_needed"),
    ):
        year(LAST_YEAR.replace(day=day))
        run("check", "amend", check_id, "--by", "A. Khan", "--reason", "a letter came")
        (tmp_path / "more.yaml").write_text(answers)
        assert run("check", "answers", tmp_path / "more.yaml", "--check", check_id).code == 0
        assert run("check", "finish", check_id, "--by", "A. Khan", "--role", "GP").code == 0
        now = {it["id"]: it for it in listed(run, "--all")}
        assert now[eyes]["state"] == state
    assert len(now) > len(before)
    assert len([it for it in now.values() if it["state"] == "open"]) > len(before) - 1


def test_the_check_goes_to_another_computer_with_what_it_is_compared_with(
    run: Run, year: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year(LAST_YEAR)
    finished(run, tmp_path, THEN)
    year(THIS_YEAR)
    second = finished(run, tmp_path, NOW)
    (plan,) = json.loads(run("plan", second, "--to", "json").out)["people"]
    exported = run("check", "export", second).out
    Draft202012Validator(schema_named("check-export")).validate(json.loads(exported))
    (tmp_path / "check.json").write_text(exported)
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "other"))
    there = run("check", "import", tmp_path / "check.json").out.strip()
    (same,) = json.loads(run("plan", there, "--to", "json").out)["people"]
    assert same == plan
    assert same["changes"]["actions"]
    assert [it["id"] for it in listed(run, there)]
    assert run("check", "verify").code == 0


def test_a_record_file_says_what_the_last_check_was(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(marked("years.md", "record: last check").text)
    plan = json.loads(run("plan", file, "--to", "json", "--as-of", "2026-11-22").out)
    (person,) = plan["people"]
    (finding,) = (it for it in person["findings"] if it["rule"] == "AHC-300")
    because = {it["fact"]: it["shown"] for it in finding["because"]}
    assert because["change.bowel_per_week"] == "6 on 14 Nov 2025, 3 now"
    assert person["changes"]["since"] == "2025-11-14"
    wrong = (
        file.read_text().replace("date: 2025-11-14", "day: 2025-11-14").replace("[medicines]        #", "[problems] #")
    )
    file.write_text(wrong)
    ran = run("plan", file)
    assert ran.code == 4
    assert "last_check: a key that is not known" in ran.err
    assert "last_check: must say on which day it was" in ran.err
    assert "last_check.complete, item 1: must be medicines" in ran.err
