"""``healthcheck content``: what each command prints, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from healthcheck_cli.cli.content import content_group
from healthcheck_cli.errors import UsageProblem
from tests.content.small_content import changed, write_content

RULE = "drug_rules/rules/stomp/reason.yaml"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(content_group, [*arguments, "--content", str(folder)], standalone_mode=False)


def test_lint_of_sound_content_says_so_and_passes(tmp_path: Path) -> None:
    write_content(tmp_path)
    result = run(tmp_path, "lint", "--as-of", "2026-11-22")
    assert (result.output, result.return_value) == ("0 errors, 0 warnings, 0 notes\n", 0)


def test_lint_shows_faults_and_exits_with_3(tmp_path: Path) -> None:
    write_content(tmp_path)
    result = run(tmp_path, "lint", "--as-of", "2028-01-01", "--release")
    assert result.output == (
        "error: drug_rules/rules/stomp/reason.yaml:1:3: review-overdue the review of the rule STOMP-05 was due on "
        "2027-11-22 (review it and set a new date, or retire it)\n1 errors, 0 warnings, 0 notes\n"
    )
    assert result.return_value == 3


def test_lint_passes_what_is_only_a_warning(tmp_path: Path) -> None:
    write_content(tmp_path)
    result = run(tmp_path, "lint", "--as-of", "2028-01-01")
    assert result.output.startswith("warning: drug_rules/rules/stomp/reason.yaml:1:3: review-overdue ")
    assert result.return_value == 0


def test_lint_finds_what_the_loaded_content_alone_cannot_tell(tmp_path: Path) -> None:
    write_content(tmp_path, changed(RULE, "and not dx.psychosis", "and not taking(risperidone)"))
    result = run(tmp_path, "lint", "--as-of", "2026-11-22")
    assert "never-true STOMP-05 can never fire" in result.output
    assert result.return_value == 3


def test_lint_gives_faults_of_loading_in_the_same_form(tmp_path: Path) -> None:
    write_content(tmp_path, changed(RULE, "level: high\n", "level: hihg\n"))
    result = run(tmp_path, "lint", "--to", "json")
    assert json.loads(result.output) == {
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "diagnostics": [
            {
                "place": "drug_rules/rules/stomp/reason.yaml:3:10",
                "code": "unknown-word",
                "message": "'level' cannot be 'hihg'",
                "hint": "did you mean high?",
                "severity": "error",
            }
        ],
    }
    assert result.return_value == 3


def test_show_prints_a_rule_as_a_clinician_reads_it(tmp_path: Path) -> None:
    write_content(tmp_path)
    assert run(tmp_path, "show", "STOMP-05", "--as-of", "2028-01-01").output == (
        "STOMP-05 Antipsychotic with no recorded reason\n"
        "  level: high\n"
        "  urgent if: bowel.days_since >= 5 days\n"
        "  themes: Medicines\n"
        "  fires when: taking(antipsychotic) and not dx.psychosis\n"
        "  says: {medicines}: no reason found in the record up to {as_of}.\n"
        "  action: Ask whether the reason is current - pharmacist, 2 weeks\n"
        "  used in: the check and extracts\n"
        "  status: active\n"
        "  basis: sourced\n"
        "  source: small-1: A guideline, NICE, 2015\n"
        "  signed off by: nobody yet: needs a clinician's sign-off\n"
        "  reviewed: 2026-11-22\n"
        "  review due: 2027-11-22 (overdue)\n"
        "  example fires: medicines: Risperidone 1mg tablets; problems: none; (at level\n"
        "      high)\n"
        "  example clear: medicines: Risperidone 1mg tablets; problems: schizophrenia\n"
        "  example unknown: medicines: Risperidone 1mg tablets; (missing: dx.psychosis)\n"
        "  file: drug_rules/rules/stomp/reason.yaml:1:3\n"
    )


def test_show_of_a_shared_name_shows_the_question_and_the_fact(tmp_path: Path) -> None:
    write_content(tmp_path)
    found = json.loads(run(tmp_path, "show", "bowel.days_since", "--to", "json").output)
    assert [thing["kind"] for thing in found] == ["question", "fact"]
    assert found[1]["asked_of"] == "taking(antipsychotic)"


def test_show_of_an_unknown_name_offers_the_nearest(tmp_path: Path) -> None:
    write_content(tmp_path)
    result = run(tmp_path, "show", "STOMP-5")
    assert isinstance(result.exception, UsageProblem)
    assert result.exception.problems == ("there is nothing called STOMP-5 in the content (did you mean STOMP-05?)",)


def test_list_names_everything_and_stays_within_80_columns(tmp_path: Path) -> None:
    write_content(tmp_path)
    output = run(tmp_path, "list").output
    for name in ("2026.11.0", "bowel.days_since", "STOMP-05", "risperidone", "co-codamol", "acbcalc", "small-1"):
        assert name in output
    assert max(map(len, output.splitlines())) <= 80


def test_list_as_json_has_the_shape_that_is_promised(tmp_path: Path) -> None:
    write_content(tmp_path)
    found = json.loads(run(tmp_path, "list", "--to", "json").output)
    assert found["version"] == "2026.11.0"
    assert len(found["sha256"]) == 64
    assert {key: found["sections"][0][key] for key in ("id", "title")} == {"id": "bowel", "title": "Bowels"}
    assert {"id", "core", "basis"} <= set(found["sections"][0]["questions"][0])
    assert {"id", "level", "themes", "applies", "basis", "sources", "status"} <= set(found["rules"][0])
    assert found["medicines"][0]["name"] == "risperidone"
    assert set(found["medicines"][0]["classes"]) >= {"antipsychotic"}
    assert {"themes", "scales", "sources", "classes", "products", "facts"} <= set(found)


def test_unsigned_counts_by_kind_and_basis(tmp_path: Path) -> None:
    write_content(
        tmp_path, changed(RULE, "  sources: [small-1]\n", "  sources: [small-1]\n  signed_off_by: A. Nurse\n")
    )
    text = run(tmp_path, "unsigned").output
    assert "14 of 15 pieces of content need a clinician's sign-off\n" in text
    assert "medicine                              3                  0                  0\n" in text
    found = json.loads(run(tmp_path, "unsigned", "--to", "json").output)
    assert found["counts"]["fact"] == {"sourced": 0, "general_knowledge": 0, "proposed": 2}
    assert "STOMP-05" not in {item["id"] for item in found["items"]}


def test_output_goes_to_a_file_that_is_not_written_over(tmp_path: Path) -> None:
    content, out = tmp_path / "content", tmp_path / "list.txt"
    write_content(content)
    assert run(content, "list", "-o", str(out)).output == ""
    assert out.read_text(encoding="utf-8").startswith("Content 2026.11.0\n")
    assert isinstance(run(content, "list", "-o", str(out)).exception, UsageProblem)
