"""``healthcheck check template`` and ``form`` as a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.cli.main import main
from healthcheck_cli.interview.saving.store import CheckStore

ANSWERS = """\
demo.dob: 1979-04-02
meas.weight: {value: 11st 4lb, by: measured, note: on the chair scale}
bowel.per_week: {value: 3, by: supporter}
bowel.laxatives: [{drug: senna, dose: 2 tablets}]
epi.has: no
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(folder))
    return folder


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main(["check", *map(str, arguments)])
    return int(left.value.code or 0)


@pytest.mark.parametrize("shape", ["yaml", "csv"])
def test_an_empty_template_is_an_input_error_and_saves_nothing(
    data: Path, tmp_path: Path, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"empty.{shape}"
    assert run("template", "--route", "core", "--to", shape, "-o", path) == 0
    assert run("answers", path) == 4
    assert "answer" in capsys.readouterr().err
    assert not (data / "checks.sqlite3").exists() or CheckStore(data).checks() == ()


@pytest.mark.parametrize("shape", ["yaml", "csv"])
def test_a_template_of_a_saved_check_gives_its_answers_back_and_adds_only_what_is_new(
    data: Path, tmp_path: Path, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, path = tmp_path / "answers.yaml", tmp_path / f"filled.{shape}"
    file.write_text(ANSWERS)
    run("answers", file, "--person", "Room 3")
    check_id = capsys.readouterr().out.strip()
    before = CheckStore(data).history(check_id)

    assert run("template", "--person", "Room 3", "--to", shape, "-o", path) == 0
    assert "are to questions that are not in this template" not in capsys.readouterr().err
    assert run("answers", path, "--check", check_id) == 0
    assert CheckStore(data).history(check_id) == before

    text = path.read_text("utf-8")
    path.write_text(
        text.replace("#bowel.days_since:", "bowel.days_since: 2").replace("bowel.days_since,,", "bowel.days_since,2,")
    )
    assert run("answers", path, "--check", check_id) == 0
    assert [kept.answer.question for kept in CheckStore(data).history(check_id)[len(before) :]] == ["bowel.days_since"]


def test_what_is_known_not_to_apply_is_left_out_of_a_saved_checks_template_and_form(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(ANSWERS)
    run("answers", file)
    check_id = capsys.readouterr().out.strip()
    assert run("template", "--check", check_id) == 0
    made = capsys.readouterr().out
    assert "epi.last_any" not in made
    assert f"healthcheck check answers FILE --check {check_id}" in made
    run("form", "--route", "full", "--check", check_id)
    assert "epi.last_any" not in capsys.readouterr().out
    run("form", "--route", "full")
    assert "epi.last_any" in capsys.readouterr().out


def test_a_check_is_named_in_one_way_only(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("template", "--check", "2026-11-22-1", "--person", "Room 3") == 2
    assert run("template", "--person", "Nobody") == 2
    assert "There is no saved check of that label" in capsys.readouterr().err


def test_the_form_is_html_where_the_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.html"
    assert run("form", "-o", path) == 0
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "24 pages" not in capsys.readouterr().err
    assert run("form", "--route", "core", "--part", "hca") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# Annual health check: core questions, those of the hca\n")
    assert run("form", "--to", "html") == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
