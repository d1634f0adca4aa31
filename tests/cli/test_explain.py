"""``--explain``: the rule in plain lines, the same exit codes as the review, and a usage error for what is no rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import AS_OF, MARK, Run
from tests.docs.pages import marked

File = Callable[[str, bytes | str], Path]
LIST = "medication,dosage\nRisperidone 1mg tablets,1 bd\n"
RECORD = """\
person: {{id: "A1", date_of_birth: 1979-04-02, sex: F}}
complete: [medicines, problems]
medicines: [{{text: "Risperidone 1mg tablets", dosage: "1 bd", start: 2019-03-14}}, "{mark}"]
problems: [{{term: "{problem}"}}]
"""


def record(problem: str, mark: str = "Senna 7.5mg tablets") -> str:
    return RECORD.format(problem=problem, mark=mark)


@pytest.mark.parametrize(
    ("holds", "says"),
    [
        (record("asthma"), "\nFIRED."),
        (record("schizophrenia"), "\nDID NOT FIRE on what was recorded."),
        (record("asthma").replace("medicines, problems", "medicines"), "\nCOULD NOT TELL"),
    ],
)
def test_the_verdict_is_that_of_the_review(run: Run, file: File, holds: str, says: str) -> None:
    path = file("record.yaml", holds)
    ran = run("review", path, "--explain", "STOMP-05", "--as-of", AS_OF, "--fail-on", "high", "-q")
    plan = run("review", path, "--as-of", AS_OF, "--fail-on", "high", "-q")

    assert (ran.code, ran.err) == (plan.code, "")
    assert ran.out.startswith("STOMP-05 Antipsychotic with no reason found in the record\n")
    assert says in ran.out
    assert ("#### STOMP-05" in plan.out) == ("FIRED." in says)
    assert ran.out == run("review", path, "--explain", "stomp-05", "--as-of", AS_OF, "-q", "--plain").out


def test_several_rules_and_people_are_kept_apart(run: Run, file: File) -> None:
    two = file("two.csv", "patient_id,medication\nA,Risperidone 1mg tablets\nB,Senna 7.5mg tablets\n")
    ran = run("review", two, "--explain", "STOMP-05", "--explain", "STOMP-92", "--explain", "stomp-05", "-q")

    assert ran.code == 0
    assert [part.splitlines()[0][:8] for part in ran.out.split(f"\n{'-' * 80}\n\n")] == ["STOMP-05", "STOMP-92"] * 2


def test_a_rule_of_the_check_is_not_run_on_a_list(run: Run, file: File) -> None:
    ran = run("review", file("list.csv", LIST), "--explain", "AHC-044", "-q")

    assert ran.code == 0
    assert "NOT RUN ON THIS RECORD: the rule is for a health check" in ran.out


def test_nothing_of_a_record_steers_the_terminal(run: Run, file: File) -> None:
    hostile = file("record.yaml", record("asthma", mark="Quetiapine 25mg tablets \\e[2J\\a"))
    out = run("review", hostile, "--explain", "STOMP-05", "-q").out

    assert "quetiapine" in out
    assert all(character.isprintable() or character == "\n" for character in out)
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("command", ["review", "plan"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--explain", "STOMP-005"], "there is no rule STOMP-005 (did you mean STOMP-05"),
        (["--explain", "zzzzzzzz"], "(healthcheck content list shows all rules)"),
        (["--explain", "STOMP-05", "--to", "json"], "--explain writes plain lines: leave out --to"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(
    run: Run, file: File, command: str, options: list[str], says: str
) -> None:
    ran = run(command, file("record.yaml", MARK), *options)

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err
    assert MARK not in ran.err


def test_every_rule_that_is_not_there_is_named_without_steering_the_terminal(run: Run, file: File) -> None:
    ran = run("review", file("list.csv", LIST), "--explain", "STOMP-\x1b[2J", "--explain", "XX-77")

    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 2)
    assert "\x1b" not in ran.err


def test_a_plan_explains_the_rules_of_the_check(run: Run, file: File) -> None:
    path = file("record.yaml", record("asthma") + "answers: {bowel.days_since: 4}\n")
    ran = run("plan", path, "--explain", "AHC-044", "--as-of", AS_OF)

    assert (ran.code, ran.err) == (0, "record.yaml: read as a record file\n")
    assert ran.out.startswith("AHC-044 ")
    assert "NOT RUN" not in ran.out


def test_a_saved_check_is_explained_with_its_own_answers(
    run: Run, file: File, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "data"))
    saved = run("check", "answers", file("answers.yaml", "bowel.days_since: 4\n"), "-q").out.split()[0]
    ran = run("plan", saved, "--explain", "CON-01", "-q")

    assert ran.code == 0
    assert "[yes] Days since the bowels last opened: at least 3 days" in ran.out
    assert "\nCOULD NOT TELL" in ran.out


def test_the_example_of_the_page_is_what_is_written(run: Run, file: File) -> None:
    path = file("record.yaml", marked("conditions.md", "explained record").text)
    ran = run("review", path, "--explain", "CON-01", "--as-of", AS_OF, "-q")

    assert ran.out == marked("conditions.md", "explained").text
