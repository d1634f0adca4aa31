"""The commands on saved checks: list, show, accept, finish, amend, export, import, verify."""

from __future__ import annotations

import json
import sys
import textwrap
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pexpect
import pytest
from jsonschema import Draft202012Validator

from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState
from healthcheck_cli.schemas import schema_named
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.content.small_content import write_content
from tests.interview.kept_checks import by_hand

SECTION = """\
id: today
title: Today
intro: About today.
questions:
  - {id: q.one, ask: Is it one?, help: Look., type: yn, core: true, basis: proposed}
  - {id: q.two, ask: Is it two?, help: Look., type: yn, core: true, basis: proposed}
"""
BLUE = Alert("AHC-001", "Blue lips.", "Call 999.")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def content(tmp_path: Path) -> tuple[str, Path]:
    write_content(tmp_path / "content", {"checklists/sections/00_today.yaml": SECTION})
    return "--content", tmp_path / "content"


def begin(data: Path, label: str = "Room 3", days_ago: int = 3) -> tuple[CheckStore, str]:
    store = CheckStore(data)
    check = store.begin(label, datetime.now(timezone.utc).astimezone() - timedelta(days=days_ago), "1", "a")
    store.add(check.id, [Answer("q.one", AnswerState.ANSWERED, True, "y", "self", check.started)], "J. Okoro")
    return store, check.id


def test_from_open_to_amended_as_list_and_show_tell_it(run: Run, data: Path, content: tuple[str, Path]) -> None:  # noqa: F811
    store, check_id = begin(data)
    store.raise_alert(check_id, BLUE, datetime.now(timezone.utc))
    waits = "; 3 days old; 1 of 3 answered; ALERTS NOBODY ACCEPTED: 1"
    assert run("check", "list", *content).out == f"{check_id}  Room 3\n  open{waits}\n"

    refused = run("check", "finish", check_id, "--by", "J. Okoro", "--role", "practice nurse", *content)
    assert refused.code == 2
    assert refused.out.splitlines() == [
        "Core questions without an answer: 1",
        "  Is it two? (q.two)",
        "",
        "Alerts that nobody has accepted: 1",
        "  AHC-001: Blue lips. Call 999.",
    ]
    assert f"nobody has accepted AHC-001. When someone has: healthcheck check accept {check_id}" in refused.err
    assert run("check", "accept", check_id, "AHC-002", "--by", "Dr Khan").code == 2
    assert run("check", "accept", check_id).code == 2
    assert run("check", "accept", check_id, "AHC-001", "--by", "Dr Khan, GP").code == 0
    assert run("check", "finish", check_id, "--by", "J. Okoro", *content).code == 2
    assert store.check(check_id).is_open

    finished = run("check", "finish", check_id, "--by", "J. Okoro", "--role", "practice nurse", *content)
    assert (finished.code, "Finished by J. Okoro, practice nurse." in finished.err) == (0, True)
    again = run("check", "finish", check_id, "--by", "Another", "--role", "GP", *content)
    assert (again.code, f"healthcheck check amend {check_id}" in again.err) == (2, True)
    assert run("check", "amend", check_id, "--by", "A. Khan").code == 2
    assert run("check", "amend", check_id, "--by", "A. Khan", "--reason", "a letter came").code == 0
    store.add(check_id, [Answer("q.two", AnswerState.DECLINED)])
    assert ", practice nurse, opened again; " in run("check", "list", *content).out
    assert run("check", "finish", check_id, "--by", "A. Khan", "--role", "GP", *content).code == 0

    listed = json.loads(run("check", "list", "--to", "json", *content).out)
    Draft202012Validator(schema_named("check-list")).validate(listed)
    (one,) = listed["checks"]
    assert (one["state"], one["age_days"], one["answered"], one["asked"]) == ("amended", 3, 2, 3)
    assert (one["finished"]["by"], one["unaccepted_alerts"], one["amendments"]) == ("J. Okoro", 0, 1)
    shown = run("check", "show", check_id, "--history", *content).out
    assert max(map(len, shown.splitlines())) <= 80
    in_one_line = " ".join(shown.split())
    assert "Finished by J. Okoro, practice nurse, 2" in in_one_line
    assert "a letter came; finished by A. Khan, GP, 2" in in_one_line
    assert "ALERT AHC-001: Blue lips. Call 999. Accepted by Dr Khan, GP, 2" in in_one_line
    assert "  q.one: yes [self; typed by J. Okoro]\n" in shown
    assert "  q.two: declined [amendment 1]\n" in shown


def test_finish_asks_for_what_was_not_given_at_a_terminal(data: Path, content: tuple[str, Path]) -> None:
    store, check_id = begin(data)
    store.raise_alert(check_id, BLUE, datetime.now(timezone.utc))
    arguments = ["-m", "healthcheck_cli", "check", "finish", check_id, *map(str, content)]
    for answers, code in ((("",), 2), (("Dr Khan", "J. Okoro", "practice nurse"), 0)):
        terminal = pexpect.spawn(sys.executable, arguments, encoding="utf-8", dimensions=(24, 80), timeout=30)
        for asked, answer in zip(("nobody yet\\): ", "Finished by \\(name\\): ", "Role: "), answers, strict=False):
            terminal.expect(asked)
            terminal.sendline(answer)
        terminal.expect(pexpect.EOF)
        terminal.close()
        assert terminal.exitstatus == code
    check = store.check(check_id)
    assert (check.finished_by, check.finished_role) == ("J. Okoro", "practice nurse")
    assert [alert.accepted_by for alert in store.alerts(check_id)] == ["Dr Khan"]


def test_no_key_and_no_slip_is_kept_as_the_name_of_who_finishes_and_q_closes_nothing(
    data: Path, content: tuple[str, Path]
) -> None:
    store, check_id = begin(data)
    store.raise_alert(check_id, BLUE, datetime.now(timezone.utc))
    arguments = ["-m", "healthcheck_cli", "check", "finish", check_id, *map(str, content)]
    for typed, left in (
        (["?", "k 2", "g today", "Dr Shah, GP", "", "g q.one", "gtoday", "-", "q"], True),
        (["J. Okoro", "?", "nurse"], False),
    ):
        terminal = pexpect.spawn(sys.executable, arguments, encoding="utf-8", dimensions=(24, 80), timeout=30)
        for text in typed:
            terminal.expect([r"yet\): $", r"name\): $", "Role: $"])
            terminal.sendline(text)
        terminal.expect(pexpect.EOF)
        terminal.close()
        check = store.check(check_id)
        assert (terminal.exitstatus, check.finished_by) == (0, "" if left else "J. Okoro")
        assert [it.accepted_by for it in store.alerts(check_id)] == ["Dr Shah, GP"], "kept, though it was left"
    assert check.finished_role == "nurse"


def test_a_check_goes_from_one_store_to_another_in_a_file(
    run: Run,  # noqa: F811
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, check_id = begin(data)
    file = tmp_path / "check.json"
    assert run("check", "export", check_id, "-o", file).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert run("check", "export", check_id, "-o", file).code == 2, "not over a file that is there"
    assert run("check", "import", file).code == 2, "it is here already"
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "other"))
    assert run("check", "import", "-", stdin=file.read_bytes()).out == f"{check_id}\n"
    assert CheckStore(tmp_path / "other").export_check(check_id) == store.export_check(check_id)
    assert run("check", "verify").code == 0
    file.write_bytes(file.read_bytes()[:-200])
    damaged = run("check", "import", file)
    assert (damaged.code, damaged.err.count("\n")) == (4, 1)
    file.write_bytes(b"\xff\xfe\x00")
    assert run("check", "import", file).code == 4


def test_verify_says_what_was_changed_and_fails(run: Run, data: Path) -> None:  # noqa: F811
    _, check_id = begin(data)
    with by_hand(data) as database:
        database.execute("""UPDATE entries SET body = replace(body, '"value":true', '"value":false')""")
    ran = run("check", "verify")
    assert (ran.code, ran.out) == (4, "")
    expected = "entry 1 (answer) was changed, or does not follow on the heading of the check"
    assert ran.err == f"Error: check {check_id}: {expected}\n"


@pytest.mark.parametrize("command", ["show", "finish", "amend", "accept", "export"])
def test_a_check_that_is_not_there_is_a_usage_error(run: Run, data: Path, command: Any) -> None:  # noqa: F811
    ran = run("check", command, "2026-01-01-1")
    assert (ran.code, "healthcheck check list" in ran.err) == (2, True)


AGREED = """\
demo.dob: 1979-04-02
consent.check_today: agrees
admin.present: [person]
admin.check_date: 2026-11-22
reg.severity: mild
hap.agreed: yes
hap.date: 2026-11-22
hap.given: [record]
hap.person_words: yes
hap.top_actions: [{what: swim}]
"""


def test_the_plan_marks_the_codes_that_must_wait_with_the_words_of_finish(run: Run, data: Path, tmp_path: Path) -> None:  # noqa: F811
    answers = tmp_path / "answers.yaml"
    answers.write_text(AGREED)
    check_id = run("check", "answers", answers, "--person", "Room 3").out.strip()
    told = " ".join(run("check", "finish", check_id, "--by", "J. Okoro", "--role", "nurse").out.split())
    stands = "Not yet a completed check; do not add the code while this stands:"
    why = "The plan has not been given to the person."
    assert f"{stands} {why}" in told
    plan, page = (run("plan", check_id, "--to", target).out for target in ("markdown", "html"))
    assert f"**{stands}**\n\n- {why}\n" in plan
    assert (page.count(stands), page.count(f"<li>{why}</li>")) == (1, 1)
    waiting = [line for line in plan.splitlines() if "not yet:" in line]
    assert ["HLTHCHK" in waiting[0], "HLTHAP" in waiting[1], len(waiting)] == [True, True, 2]
    assert page.count("not yet:</strong>") == 2
    record = tmp_path / "record.yaml"
    record.write_text(f"answers:\n{textwrap.indent(AGREED, '  ')}")
    assert "HLTHCHK" in run("plan", record).out
    assert "not yet:" not in run("plan", record).out

    answers.write_text("hap.given: [person]\n")
    run("check", "amend", check_id, "--by", "J. Okoro", "--reason", "it was handed over")
    assert run("check", "answers", answers, "--check", check_id).code == 0
    now = run("plan", check_id).out
    assert ("HLTHCHK" in now, stands in now, "not yet:" in now) == (True, False, False)
