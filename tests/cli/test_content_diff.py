"""``healthcheck content diff``: which rules differ, and whose findings come and go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from healthcheck_cli.schemas import schema_named
from tests.cli.conftest import AS_OF, Run
from tests.content.small_content import FILES, changed, write_content

RULE = "drug_rules/rules/stomp/reason.yaml"
TAKES = """\
person: {{id: {id}}}
complete: [medicines, problems]
medicines: [Risperidone 1mg tablets]
problems: [{problems}]
"""
WIDER = changed(RULE, "taking(antipsychotic) and not dx.psychosis", "taking(antipsychotic)")


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "a.yaml").write_text(TAKES.format(id="A1", problems=""))
    told = "{term: schizophrenia, date: 2025-01-01}"
    (folder / "b.yaml").write_text(TAKES.format(id="B2", problems=told))
    (folder / "c.yaml").write_text(TAKES.format(id="''", problems=told))  # named by its file
    (folder / "notes.md").write_text("no record")
    return folder


def folders(tmp_path: Path, changes: dict[str, str]) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    write_content(old)
    write_content(new, changes)
    return old, new


def compared(run: Run, *arguments: object) -> Any:
    ran = run("content", "diff", *arguments, "--to", "json", "--as-of", AS_OF, "-q")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    Draft202012Validator(schema_named("content-diff")).validate(found)
    return found


def test_findings_that_come_are_told_by_rule_and_person(run: Run, tmp_path: Path, cohort: Path) -> None:
    found = compared(run, *folders(tmp_path, WIDER), "--cohort", cohort)
    assert found["rules"] == {"added": [], "removed": [], "changed": [{"id": "STOMP-05", "parts": ["when"]}]}
    assert found["people"] == 3
    assert found["findings"] == [
        {"rule": "STOMP-05", "gained": ["B2", "c"], "lost": [], "stood_for": [], "level_changed": []}
    ]
    assert found["by_level"][1] == {"level": "high", "before": 1, "after": 3}
    assert [it["name"] for it in found["inputs"]] == ["a.yaml", "b.yaml", "c.yaml"]
    assert found["old"]["content_sha256"] != found["new"]["content_sha256"]


def test_findings_that_go_and_rules_that_are_taken_out(run: Run, tmp_path: Path, cohort: Path) -> None:
    second = FILES[RULE].replace("STOMP-05", "STOMP-06")
    found = compared(run, *folders(tmp_path, {RULE: second}), "--cohort", cohort / "a.yaml", cohort / "b.yaml")
    assert found["rules"] == {"added": ["STOMP-06"], "removed": ["STOMP-05"], "changed": []}
    assert [(it["rule"], it["gained"], it["lost"]) for it in found["findings"]] == [
        ("STOMP-06", ["A1"], []),
        ("STOMP-05", [], ["A1"]),
    ]


def test_a_finding_that_another_stands_for_is_told_from_one_that_is_gone(
    run: Run, tmp_path: Path, cohort: Path
) -> None:
    second = (
        FILES[RULE]
        .replace("STOMP-05", "STOMP-06")
        .replace("  level: high\n", "  level: high\n  supersedes: [STOMP-05]\n")
    )
    found = compared(run, *folders(tmp_path, {"drug_rules/rules/stomp/second.yaml": second}), "--cohort", cohort)
    assert [(it["rule"], it["lost"], it["stood_for"]) for it in found["findings"]] == [
        ("STOMP-05", ["A1"], ["A1"]),
        ("STOMP-06", [], []),
    ]


def test_a_finding_that_is_told_with_another_of_the_same_cause_is_not_lost(
    run: Run, tmp_path: Path, cohort: Path
) -> None:
    twin = {"drug_rules/rules/stomp/second.yaml": FILES[RULE].replace("STOMP-05", "STOMP-06")}
    found = compared(run, *folders(tmp_path, twin), "--cohort", cohort)
    assert [(it["rule"], it["gained"], it["lost"]) for it in found["findings"]] == [("STOMP-06", ["A1"], [])]
    assert found["by_level"][1] == {"level": "high", "before": 1, "after": 1}  # told as one


def test_a_finding_at_another_level(run: Run, tmp_path: Path, cohort: Path) -> None:
    found = compared(run, *folders(tmp_path, changed(RULE, "  level: high\n", "  level: medium\n")), "--cohort", cohort)
    assert found["findings"][0]["level_changed"] == [{"person_id": "A1", "before": "high", "after": "medium"}]


def test_other_content_that_differs_is_counted_and_its_place_does_not_count(run: Run, tmp_path: Path) -> None:
    medicines = "drug_rules/medicines/antipsychotics.yaml"
    changes = changed(medicines, "brands: [Risperdal]", "brands: [Risperdal, Other]")
    changes[RULE] = f"# moved down a line\n{FILES[RULE]}"
    found = compared(run, *folders(tmp_path, changes))
    assert found["rules"] == {"added": [], "removed": [], "changed": []}
    assert found["other"] == {
        "medicines": {"added": [], "removed": [], "changed": [{"id": "risperidone", "parts": ["brands"]}]}
    }
    assert "people" not in found


def test_the_text_says_the_same_in_words(run: Run, tmp_path: Path, cohort: Path) -> None:
    old, new = folders(tmp_path, WIDER)
    ran = run("content", "diff", old, new, "--cohort", cohort, "--as-of", AS_OF)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("old: content 2026.11.0, sha256 ")
    assert lines[3:] == [
        "Rules: 0 added, 0 removed, 1 changed",
        "  changed  STOMP-05 (when)",
        "",
        "Findings of 3 people",
        "  urgent        0 before      0 after",
        "  high          1 before      3 after",
        "  medium        0 before      0 after",
        "  info          0 before      0 after",
        "  STOMP-05   2 gained, 0 lost",
    ]
    assert run("content", "diff", old, old).out.splitlines()[3:] == ["Rules: no difference"]


def test_exit_codes(run: Run, tmp_path: Path, cohort: Path) -> None:
    old, new = folders(tmp_path, WIDER)
    said = run("content", "diff", old, new, "--cohort", cohort, "--fail-on", "high", "--as-of", AS_OF, "-q")
    assert (said.code, said.err) == (1, "")
    assert run("content", "diff", old, new, "--cohort", cohort, "--fail-on", "urgent", "-q").code == 0
    assert run("content", "diff", old, tmp_path / "nowhere").code == 2
    assert "after --cohort" in run("content", "diff", old, new, cohort).err
    missing = run("content", "diff", old, new, "--cohort", cohort / "d.yaml")
    assert (missing.code, missing.out) == (4, "")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("content", "diff", old, new, "--cohort", empty).code == 4
    write_content(new, changed(RULE, "level: high\n", "level: hihg\n"))
    broken = run("content", "diff", old, new)
    assert (broken.code, broken.out) == (3, "")
    assert broken.err.startswith("Error: NEW: drug_rules/rules/stomp/reason.yaml:3:10: unknown-word")


def test_damage_is_refused_as_in_a_review(run: Run, tmp_path: Path) -> None:
    old, new = folders(tmp_path, {})
    lists, results = tmp_path / "list.csv", tmp_path / "results.csv"
    lists.write_text("patient_id,medication\nA1,Senna 7.5mg tablets\n", "utf-8")
    results.write_text("patient_id,term,value,unit\nA1,Body weight,80,kg\nA1,,80,kg\n", "utf-8")
    said = run("content", "diff", old, new, "--cohort", lists, results)
    assert (said.code, said.out) == (4, "")
    told = "1 of 2 rows of results.csv cannot be used, more than 5%: nothing is compared (mend the file)"
    assert told in said.err


OVERLAY = """\
name: north-town
title: North Town
version: 2026.11.0
switch_off: [{rule: STOMP-05, because: Seen in the clinic., until: 2030-12-31}]
"""


def test_an_overlay_is_laid_over_both_or_over_one(run: Run, tmp_path: Path, cohort: Path) -> None:
    old, new = folders(tmp_path, WIDER)
    local = tmp_path / "local"
    local.mkdir()
    (local / "overlay.yaml").write_text(OVERLAY, "utf-8")
    both = compared(run, old, new, "--overlay", local, "--cohort", cohort)
    assert both["findings"] == []  # the rule that the release widens is off here
    assert [it["name"] for it in both["old"]["overlays"]] == ["north-town"]
    only = compared(run, old, old, "--overlay", local, "--overlay-on", "new", "--cohort", cohort)
    assert only["old"]["overlays"] == []
    assert only["rules"]["changed"] == [{"id": "STOMP-05", "parts": ["off_until"]}]
    assert [(it["rule"], it["lost"]) for it in only["findings"]] == [("STOMP-05", ["A1"])]
    told = run("content", "diff", old, old, "--overlay", local, "--overlay-on", "new", "--as-of", AS_OF)
    assert ", with north-town 2026.11.0\n" in told.out
