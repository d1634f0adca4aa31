"""``--overlay``: every command takes it, says so, and its outputs tell which local changes they were made with."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from healthcheck_cli.cli.clinical_content import CACHE_VARIABLE
from healthcheck_cli.cli.options import OVERLAY_VARIABLE
from tests.cli.conftest import AS_OF, Ran, Run
from tests.content.small_content import write_content
from tests.content.test_overlays import BASE

LIST = b"Risperidone 1mg tablets\n"
HEAD = "name: north-town\ntitle: North Town\nversion: 2026.11.0\n"
OFF = HEAD + "switch_off:\n  - {rule: STOMP-05, because: Seen in the clinic., until: 2026-12-31}\n"
SET = HEAD + "settings:\n  - {setting: headline_scale, value: aec, because: The trust counts so.}\n"
SAID = "With the local changes of North Town (north-town 2026.11.0)"
REVIEW = ("review", "-", "--complete", "medicines,problems", "--to", "json")


@pytest.fixture
def small(run: Run, tmp_path: Path) -> Run:
    """``run`` with a small content: quick, and the same however the shipped content changes."""
    write_content(tmp_path / "content", BASE)

    def run_small(*arguments: object, stdin: bytes = b"") -> Ran:
        return run(*arguments, "--content", tmp_path / "content", stdin=stdin)

    return run_small


def overlay(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "overlay.yaml").write_text(text, "utf-8")
    return folder


def test_json_and_plan_tell_the_overlay_and_what_it_changed(run: Run, tmp_path: Path) -> None:
    local = overlay(tmp_path / "local", OFF)
    ran = run(*REVIEW, "--as-of", AS_OF, "--overlay", local, stdin=LIST)
    tool = json.loads(ran.out)["tool"]
    assert SAID in ran.err
    assert {key: tool["overlays"][0][key] for key in ("name", "title", "version")} == {
        "name": "north-town",
        "title": "North Town",
        "version": "2026.11.0",
    }
    assert tool["overlays"][0]["changes"][0] == {
        "change": "switched_off",
        "kind": "rule",
        "id": "STOMP-05",
        "because": "Seen in the clinic.",
        "was": "",
        "now": "",
        "until": "2026-12-31",
        "in_force": True,
    }
    plan = run("review", "-", "--as-of", AS_OF, "--to", "markdown", "--overlay", local, stdin=LIST).out
    assert "- Local changes: North Town (north-town 2026.11.0), SHA-256" in plan
    assert "- Switched off: rule STOMP-05, until 31 Dec 2026. Reason: Seen in the clinic." in plan


def test_a_rule_that_is_off_finds_nothing_until_its_day_is_over(small: Run, tmp_path: Path) -> None:
    local = overlay(tmp_path / "local", OFF)

    def found(*arguments: object) -> set[str]:
        person = json.loads(small(*REVIEW, *arguments, stdin=LIST).out)["people"][0]
        return {it["rule"] for kind in ("findings", "could_not_assess") for it in person[kind]}

    assert "STOMP-05" in found("--as-of", "2026-12-31")
    assert "STOMP-05" not in found("--as-of", "2026-12-31", "--overlay", local)
    assert "STOMP-05" in found("--as-of", "2027-01-01", "--overlay", local)


def test_the_environment_names_overlays_too_and_the_option_wins(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = overlay(tmp_path / "one", OFF), overlay(tmp_path / "other", SET.replace("north-town", "other"))

    def names(*arguments: object) -> list[str]:
        ran = small(*REVIEW, "--as-of", AS_OF, *arguments, stdin=LIST)
        return [it["name"] for it in json.loads(ran.out)["tool"]["overlays"]]

    assert names("--overlay", one, "--overlay", other) == ["north-town", "other"]
    monkeypatch.setenv(OVERLAY_VARIABLE, f"{one}{os.pathsep}{other}")
    assert names() == ["north-town", "other"]
    assert names("--overlay", other) == ["other"]


def test_what_is_kept_is_kept_for_these_overlays_only(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "kept"))
    local = overlay(tmp_path / "local", OFF)

    def tool(*arguments: object) -> dict[str, object]:
        made: dict[str, object] = json.loads(small(*REVIEW, "--as-of", AS_OF, *arguments, stdin=LIST).out)["tool"]
        return made

    plain, first = tool(), tool("--overlay", local)
    assert tool("--overlay", local) == first  # from what was kept
    assert tool() == plain
    overlay(local, OFF.replace("2026-12-31", "2026-12-30"))
    changed = tool("--overlay", local)
    assert len({str(it["content_sha256"]) for it in (plain, first, changed)}) == 3


def test_a_mistake_in_an_overlay_is_a_content_error_with_its_place(small: Run, tmp_path: Path) -> None:
    local = overlay(tmp_path / "local", OFF.replace("STOMP-05", "STOMP-5"))
    for arguments in (REVIEW, ("drugs", "recognise", "Risperidone"), ("content", "list")):
        ran = small(*arguments, "--overlay", local, stdin=LIST)
        assert (ran.code, ran.out) == (3, "")
        assert f"Error: {local.as_posix()}/overlay.yaml:5:12: unknown-rule there is no rule 'STOMP-5'" in ran.err
    ran = small("content", "lint", "--overlay", local)
    assert ran.code == 3
    assert f"error: {local.as_posix()}/overlay.yaml:5:12: unknown-rule" in ran.out


def test_a_medicine_that_an_overlay_adds_is_recognised(small: Run, tmp_path: Path) -> None:
    local = overlay(tmp_path / "local", HEAD)
    added = local / "drug_rules" / "medicines"
    added.mkdir(parents=True)
    (added / "specials.yaml").write_text("- {name: examplazole, label: none, basis: proposed}\n", "utf-8")
    asked = ("drugs", "recognise", "Examplazole 5mg tablets", "--to", "ndjson")
    assert json.loads(small(*asked).out)["match"] == "none"
    assert json.loads(small(*asked, "--overlay", local).out)["match"] == "exact"


def test_why_a_rule_is_not_run_and_until_when_is_told(small: Run, tmp_path: Path) -> None:
    local = overlay(tmp_path / "local", OFF)
    explained = small("review", "-", "--as-of", AS_OF, "--explain", "STOMP-05", "--overlay", local, stdin=LIST)
    assert "a local overlay switched the rule off until 31 Dec 2026" in " ".join(explained.out.split())
    shown = small("content", "show", "STOMP-05", "--overlay", local)
    assert "switched off until: 2026-12-31 by overlay north-town: Seen in the clinic." in shown.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("content", "list"), "Local changes: North Town (north-town 2026.11.0)"),
        (("content", "unsigned"), "Local changes: North Town (north-town 2026.11.0)"),
        (("drugs", "recognise", "Risperidone"), SAID),
        (("drugs", "show", "Risperidone"), SAID),
        (("review", "-", "--to", "table", "--plain"), "; local changes: North Town (north-town 2026.11.0)"),
        *(
            (("plan", "one.yaml", "--to", page), "Your organisation's own changes to the rules were used: North Town")
            for page in ("carer", "adjustments", "easy-read")
        ),
        (("plan", "one.yaml", "--to", "letter"), "The sender's own changes to the rules were used: North Town"),
    ],
    ids=lambda it: " ".join(it[::3]) if isinstance(it, tuple) else "",
)
def test_every_text_tells_local_changes(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").write_text("medicines: [Risperidone 1mg tablets]\n", "utf-8")
    local = overlay(tmp_path / "local", OFF)
    assert told in " ".join(small(*arguments, "--quiet", "--overlay", local, stdin=LIST).out.split())
    assert "North Town" not in small(*arguments, "--quiet", stdin=LIST).out


def test_every_object_and_row_tells_local_changes(small: Run, tmp_path: Path) -> None:
    local = overlay(tmp_path / "local", OFF)
    for arguments in (("recognise", "Risperidone", "--to", "ndjson"), ("show", "Risperidone", "--to", "json")):
        found = json.loads(small("drugs", *arguments, "--overlay", local).out)
        assert [it["name"] for it in (found if "overlays" in found else found[0])["overlays"]] == ["north-town"]
        assert "overlays" not in small("drugs", *arguments).out
    for kind in ("list", "unsigned"):
        found = json.loads(small("content", kind, "--to", "json", "--overlay", local).out)
        assert [it["version"] for it in found["overlays"]] == ["2026.11.0"]
    listed = small("review", "-", "--to", "csv", "--as-of", AS_OF, "--overlay", local, stdin=LIST)
    assert listed.out.splitlines()[0].endswith(",content_version,overlays")
    assert listed.out.endswith(",2026.11.0,North Town (north-town 2026.11.0)\n")
    assert re.search(r"Made with healthcheck .*, SHA-256 [0-9a-f]{8}; local changes: North Town", listed.err)


def test_a_folder_that_is_not_an_overlay_is_refused(small: Run, tmp_path: Path) -> None:
    ran = small(*REVIEW, "--overlay", tmp_path, stdin=LIST)
    assert (ran.code, ran.out) == (3, "")
    assert "overlay.yaml:1:1: missing-file this file is needed and is not there" in ran.err


def test_a_check_remembers_its_overlays_and_says_where_others_are_used(
    small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "data"))
    local = overlay(tmp_path / "local", OFF)
    answers = tmp_path / "answers.yaml"
    answers.write_text("bowel.days_since: 1\n", "utf-8")
    begun = small("check", "answers", answers, "--overlay", local)
    check = begun.out.strip()
    assert "Local changes:" not in begun.err
    assert "Local changes:" not in small("plan", check, "--overlay", local).err
    other = small("plan", check)
    assert other.code == 0
    assert (
        "Local changes: this check was gone on with using north-town 2026.11.0, which is not used now (--overlay).\n"
        in other.err
    )
    changed = overlay(tmp_path / "changed", SET)
    assert "now it is a changed one of the same version.\n" in small("plan", check, "--overlay", changed).err
    newer = overlay(tmp_path / "newer", OFF.replace("2026.11.0", "2026.12.0"))
    assert "2026.11.0; now it is version 2026.12.0.\n" in small("plan", check, "--overlay", newer).err
    south = overlay(tmp_path / "south", SET.replace("north-town", "south-town"))
    gone_on = small("check", "answers", answers, "--check", check, "--overlay", south)
    assert "which is not used now" in gone_on.err
    assert "south-town 2026.11.0 is used now, and was not when this check was gone on with.\n" in gone_on.err
    assert "Local changes:" not in small("plan", check, "--overlay", south).err  # from then on that one is remembered
