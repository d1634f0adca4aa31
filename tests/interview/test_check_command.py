"""``healthcheck check`` as a program: exit codes, what is printed, and one real terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pexpect
import pytest

from healthcheck_cli.cli.main import main
from healthcheck_cli.interview.saving.store import CheckStore
from tests.plans.test_json_shapes import validator

ROOT = Path(__file__).parents[2]
ANSWERS = """\
sepsis.acute_signs: none
sepsis.unwell_today: no
demo.dob: 1979-04-02
demo.sex_registered: female
meas.weight: {value: 11st 4lb, by: measured}
meas.bp_sys: 128/76
bowel.days_since: 6
epi.has: no
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(folder))
    return folder


def plan(check_id: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(["plan", check_id, *options])
    assert not left.value.code
    return capsys.readouterr().out


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["check", *arguments])
    return int(left.value.code or 0)


def test_a_prompt_without_a_terminal_is_a_usage_error_that_names_the_other_way(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("start") == 2
    assert "healthcheck check answers FILE" in capsys.readouterr().err
    assert not (data / "checks.sqlite3").exists()


def test_answers_from_a_file_are_saved_as_a_check_and_what_cannot_wait_is_told(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(ANSWERS + "bowel.red_flags: [severe_pain]\n")
    assert run("answers", str(file), "--person", "Room 3", "--by", "supporter") == 0
    told = capsys.readouterr()
    check_id = told.out.strip()
    assert "ALERT: Do you have any of these today? Very bad belly pain." in told.err
    saved = CheckStore(data).answers(check_id)
    assert saved["meas.bp_dia"].value == 76
    assert (saved["meas.weight"].answered_by, saved["epi.has"].answered_by) == ("measured", "supporter")
    assert run("show", check_id) == 0
    shown = capsys.readouterr().out
    assert "What do you weigh? 71.7 kg (typed: 11st 4lb) [measured]" in shown


def test_a_red_flag_that_a_file_puts_right_is_withdrawn_and_the_plan_says_so_and_who_took_the_others_on(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Chest pain raises a rule that an answer still to come could make true: it is unknown again, not urgent."""
    file = tmp_path / "answers.yaml"
    file.write_text("sepsis.acute_signs: [chest_pain]\nbowel.days_since: 6\n")
    run("answers", str(file))
    check_id = capsys.readouterr().out.strip()
    assert {it.key for it in CheckStore(data).alerts(check_id)} >= {"sepsis.acute_signs:chest_pain", "CVD-01"}
    assert plan(check_id, capsys).count("Nobody has taken this on yet.") >= 3
    assert run("accept", check_id, "AHC-128", "--by", "Dr A, GP") == 0
    file.write_text("sepsis.acute_signs: none\n")
    assert run("answers", str(file), "--check", check_id) == 0
    assert capsys.readouterr().err.count("Withdrawn, for the answer to sepsis.acute_signs was put right") == 3
    assert CheckStore(data).alerts(check_id, unaccepted=True) == ()
    above, _, below = plan(check_id, capsys).partition("## Alerts that were withdrawn")
    red_box = above.partition("could not be assessed")[0]
    assert re.search(r"\*\*Taken on by Dr A, GP, \d+ \w+ \d{4} \d\d:\d\d\.\*\*", red_box)
    assert ("chest pain" in red_box.casefold(), below.count("Withdrawn: the answer to")) == (False, 3)
    page = plan(check_id, capsys, "--to", "html")
    assert ("Taken on by Dr A, GP" in page, page.count("Withdrawn: the answer to")) == (True, 3)
    made = json.loads(plan(check_id, capsys, "--to", "json"))
    validator("review").validate(made)
    told = {it["key"]: it for it in made["people"][0]["alerts"]}
    assert told["AHC-128"]["accepted"]["by"] == "Dr A, GP"
    assert told["CVD-01"]["withdrawn"]["question"] == "sepsis.acute_signs"
    with pytest.raises(SystemExit) as left:
        main(["plan", check_id, "--as-of", "2020-01-01"])
    assert (left.value.code, "for the day of the check" in capsys.readouterr().err) == (2, True)


def test_answers_may_be_added_to_a_check_and_the_newest_counts(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("question,value\nbowel.per_week,3\n")
    run("answers", str(file))
    check_id = capsys.readouterr().out.strip()
    file.write_text("question,value\nbowel.per_week,5\n")
    assert run("answers", str(file), "--check", check_id) == 0
    store = CheckStore(data)
    assert len(store.checks()) == 1
    assert [kept.answer.value for kept in store.history(check_id)] == [3.0, 5.0]
    assert run("show", check_id, "--history") == 0
    assert re.search(r"bowel\.per_week: 3\n.*bowel\.per_week: 5\n", capsys.readouterr().out)


def test_wrong_answers_are_an_input_error_and_nothing_is_saved(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("bowel.per_week: many\nbowel.typ: 4\n")
    assert run("answers", str(file)) == 4
    errors = capsys.readouterr().err.splitlines()
    assert errors == [
        "Error: answers.yaml:1:17: bowel.per_week: Write a number.",
        "Error: answers.yaml:2:12: there is no question bowel.typ (did you mean bowel.type?)",
    ]
    assert CheckStore(data).checks() == ()


def test_a_medicine_list_goes_with_the_check_and_decides_what_is_asked(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, medicines = tmp_path / "answers.yaml", tmp_path / "list.csv"
    answers.write_text(ANSWERS + "meds.hospital_supplied: none\nmeds.list: none\n")
    medicines.write_text("medication,dosage\nClozapine 100mg tablets,1 nocte\n")
    assert run("answers", str(answers), "--medicines", str(medicines), "--complete", "medicines") == 0
    told = capsys.readouterr()
    assert "STOMP-47" in [alert.key for alert in CheckStore(data).alerts(told.out.strip())]
    assert run("show", told.out.strip()) == 0
    shown = capsys.readouterr().out
    assert "Who looks after your clozapine" in shown
    assert "When was each lithium check last done?" not in shown


def test_the_plan_of_a_check_holds_every_answer_each_state_and_a_note_without_an_answer(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(
        "sepsis.unwell_today: -\nmeas.weight: declined\nmeas.height: not_known\ndemo.organs: not_applicable\n"
        "swallow.tube: []\nbowel.type: 1\nmeas.temp: 98.2F\n"
    )
    assert run("answers", str(file)) == 0
    check_id = capsys.readouterr().out.strip()
    CheckStore(data).add_note(check_id, "bowel.per_week", "ask the night staff", "", datetime.now().astimezone())
    with pytest.raises(SystemExit) as left:
        main(["plan", check_id])
    assert not left.value.code
    plan = " ".join(capsys.readouterr().out.partition("## Answers given")[2].split())
    for answer in (
        "| none | Do you have a feeding tube? |",
        "| 1 hard lumps, apart from each other | What is your poo most like? |",
        "| 36.8 °C (typed: 98.2F) | What is your temperature? |",
        "*Not asked:* Are you poorly today?",
        "*Declined:* What do you weigh?",
        "*Not known:* How tall are you?",
        "*Does not apply:* Which of these parts of the body do you have?",
        "*Not asked (note: ask the night staff):* How many times a week do you poo?",
    ):
        assert answer in plan


def test_where_many_checks_are_open_only_the_newest_are_named(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = CheckStore(data)
    for day in range(1, 29):
        store.begin("", datetime(2026, 2, day, 9, tzinfo=timezone.utc), "1", "a")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert run("resume") == 2
    error = capsys.readouterr().err
    assert "There are 28 checks" in error
    assert re.findall(r"2026-\d\d-\d\d-1", error) == ["2026-02-28-1", "2026-02-27-1", "2026-02-26-1"]


@pytest.mark.parametrize("arguments", [("show", "2026-01-01-1"), ("finish", "2026-01-01-1")])
def test_a_check_that_is_not_there_is_a_usage_error(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert run(*arguments) == 2
    assert "healthcheck check list" in capsys.readouterr().err


class Terminal:
    """A real terminal of 80 columns with the program in it."""

    def __init__(self, data: Path, *arguments: str) -> None:
        environment = {**os.environ, "HEALTHCHECK_DATA_DIR": str(data), "TERM": "xterm", "PYTHONPATH": str(ROOT)}
        environment["PROMPT_TOOLKIT_NO_CPR"] = "1"  # there is nobody here to say where the cursor is
        environment.pop("NO_COLOR", None)
        self.program = pexpect.spawn(
            sys.executable,
            ["-m", "healthcheck_cli", "check", *arguments],
            env=environment,
            encoding="utf-8",
            dimensions=(24, 80),
            timeout=20,
        )
        self.seen = ""

    def until(self, text: str) -> str:
        self.program.expect_exact(text)
        shown = f"{self.program.before}{self.program.after}"
        self.seen += shown
        return shown

    def type(self, line: str, until: str = "\r\n> ") -> str:
        self.program.sendline(line)
        return self.until(until)

    def end(self) -> int | None:
        self.program.expect(pexpect.EOF)
        self.seen += self.program.before
        self.program.close()
        status: int | None = self.program.exitstatus
        return status


def test_a_check_at_a_real_terminal_killed_resumed_and_finished(data: Path) -> None:
    first = Terminal(data, "start", "--person", "Room 3")
    first.until("\r\n> ")
    assert "Are you poorly today?" in first.type("none")
    assert "Note kept." in first.type("n", "neither): ") + first.type("slept badly")
    assert "999" in first.type("yes", "nobody yet)? ")
    assert "Could this be an infection?" in first.type("Dr Patel, GP")
    first.program.kill(signal.SIGKILL)
    first.program.wait()

    second = Terminal(data, "resume")
    assert "Could this be an infection?" in second.until("\r\n> ")
    assert "What do you weigh?" in second.type("g meas")
    assert "2. 11 st 4 lb" in second.type("11.4", "Which number? ")
    assert "How were you weighed?" in second.type("2")
    assert "Saved." in second.type("q", "finish 2")
    assert second.end() == 0
    for terminal in (first, second):
        plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.seen)
        assert max(len(line) for line in plain.splitlines()) <= 80

    store = CheckStore(data)
    check = store.checks()[0]
    saved = store.answers(check.id)
    assert saved["sepsis.unwell_today"].note == "slept badly"
    assert saved["meas.weight"].typed == "11 st 4 lb"
    assert len(saved) == 3
    assert store.alerts(check.id, unaccepted=True) == ()


def test_with_core_only_core_questions_are_asked_and_resuming_asks_the_others(data: Path) -> None:
    first = Terminal(data, "start", "--route", "core", "--section", "meas")
    assert "What do you weigh?" in first.until("\r\n> ")
    assert "How tall are you?" in first.type("72.5 kg")
    first.type("q", "finish 2")
    assert first.end() == 0
    second = Terminal(data, "resume")
    assert "How tall are you?" in second.until("\r\n> "), "it goes on in that section, on that route"
    assert "Only the questions of --route core; resume with --route full asks the others." in second.seen
    second.type("q", "finish 2")
    assert second.end() == 0
    third = Terminal(data, "resume", "--route", "full", "--section", "meas")
    assert "How were you weighed?" in third.until("\r\n> ")
    third.type("q", "finish 2")
    assert third.end() == 0


def test_with_one_key_a_whole_answer_needs_no_enter(data: Path) -> None:
    terminal = Terminal(data, "start", "--one-key", "--section", "today")
    terminal.until("cough")
    terminal.program.send("0")
    terminal.until("Are you poorly today?")
    terminal.program.send("2")
    terminal.until(" 3 of ")
    terminal.until("\x1b[?2004h")  # the line is ready to be typed on
    terminal.program.send("q\r")
    assert terminal.end() == 0
    answers = CheckStore(data).answers(CheckStore(data).checks()[0].id)
    assert [answer.value for answer in answers.values()] == [("none",), False]


def test_one_of_the_team_does_a_part_and_is_told_what_the_others_have_to_ask(data: Path) -> None:
    terminal = Terminal(data, "start", "--route", "core", "--part", "hca")
    terminal.until("\r\n> ")
    terminal.type("q", "finish 2")
    assert terminal.end() == 0
    assert re.search(r"Still to be asked: \d+ for nurse, \d+ for hca, \d+ for gp\.", terminal.seen)


def test_control_c_says_that_the_answers_are_saved_and_exits_130(data: Path) -> None:
    terminal = Terminal(data, "start", "--plain")
    terminal.until("\r\n> ")
    terminal.type("none")
    time.sleep(0.1)
    terminal.program.sendintr()
    assert terminal.end() == 130
    assert "Saved. Go on with: healthcheck check resume" in terminal.seen
    assert "\x1b" not in terminal.seen
    assert len(CheckStore(data).answers(CheckStore(data).checks()[0].id)) == 1


def test_a_list_of_somebody_else_is_told_with_the_line_and_at_the_top_of_the_plan(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text(ANSWERS)
    lines: list[str] = []
    for born, sex, told in (("1979-04", "F", 0), ("2011-06-01", "M", 2)):
        (tmp_path / "rec.yaml").write_text(f"person: {{date_of_birth: {born}, sex: {sex}}}\nmedicines: [Senna]\n")
        assert run("answers", str(tmp_path / "a.yaml"), "--medicines", str(tmp_path / "rec.yaml")) == 0
        shown = capsys.readouterr()
        lines = [it for it in shown.err.splitlines() if "says another" in it]
        assert len(lines) == told
        text = " ".join(plan(shown.out.strip(), capsys).split())
        doubt = "The answers give another date of birth and another sex than the record supplied: make sure that both"
        assert (doubt in text.partition(" ## ")[0]) == bool(told)
    assert lines == [
        "Warning: a.yaml:3:11: demo.dob: The record that was given says another date of birth: is it this person's?",
        "Warning: a.yaml:4:22: demo.sex_registered: The record that was given says another sex: is it this person's?",
    ]
