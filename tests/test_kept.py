"""What is kept between runs is what would be made, and a file that cannot be trusted is never believed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from healthcheck_cli.cli.clinical_content import content_and_names
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.support import Basis, Support
from healthcheck_cli.kept import Kept

MADE = Support(Basis.SOURCED, ("one", "two"))


def _file(folder: Path) -> Path:
    (path,) = folder.glob("*.kept")
    return path


def _not_made() -> Support:
    raise AssertionError("it was kept, and is made again")


def test_a_thing_is_made_once_for_the_same_texts(tmp_path: Path) -> None:
    assert Kept(tmp_path).get("it", ["a", "b"], lambda: MADE) == MADE
    assert Kept(tmp_path).get("it", ["a", "b"], _not_made) == MADE
    other = Support(Basis.PROPOSED)
    assert Kept(tmp_path).get("it", ["ab", ""], lambda: other) == other


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.get("it", ["a"], lambda: MADE)
    path = _file(tmp_path)
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[:-1] + b"?", whole.replace(b"sourced", b"SOURCED")):
        path.write_bytes(damaged)
        assert kept.get("it", ["a"], lambda: MADE) == MADE
        assert path.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows keeps access lists")
def test_a_file_that_others_may_write_to_is_not_read(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.get("it", ["a"], lambda: MADE)
    _file(tmp_path).chmod(0o666)
    other = Support(Basis.PROPOSED)
    assert kept.get("it", ["a"], lambda: other) == other
    assert _file(tmp_path).stat().st_mode & 0o077 == 0


class _RunsCode:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


def test_a_file_that_would_run_code_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(tmp_path)
    monkeypatch.setattr(pickle, "dumps", lambda *_, **__: pickle._dumps(_RunsCode()))  # type: ignore[attr-defined]
    kept.get("it", ["a"], lambda: MADE)
    monkeypatch.undo()
    monkeypatch.setattr(os, "system", _not_made)
    assert kept.get("it", ["a"], lambda: MADE) == MADE


def test_a_folder_that_cannot_be_used_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    assert Kept(blocked / "below").get("it", ["a"], lambda: MADE) == MADE


def test_the_kept_content_is_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHCHECK_CACHE_DIR", str(tmp_path))
    made, _ = content_and_names(None)
    found, names = content_and_names(None)
    assert made == found == load_content(find_content()).without_examples()
    assert "risperidone" in names.written()


def test_a_list_reviewed_from_kept_content_reads_no_yaml_and_parses_no_condition(tmp_path: Path) -> None:
    """That is where half a second comes from: what makes the content is not even imported."""
    listed = tmp_path / "list.csv"
    listed.write_text("medication,dosage\nRisperidone 1mg tablets,1 bd\n")
    program = (
        "import sys\nfrom healthcheck_cli.cli.main import main\n"
        f"try: main(['review', {str(listed)!r}, '-q', '-o', {str(tmp_path / 'plan.md')!r}, '--force'])\n"
        "except SystemExit as end: print(end.code, sorted({'yaml', 'lark', 'pint', 'duckdb', 'rich', 'rapidfuzz'}"
        " & set(sys.modules)))"
    )
    environment = {**os.environ, "HEALTHCHECK_CACHE_DIR": str(tmp_path / "cache")}
    for _ in range(2):
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert ran.stdout == "0 []\n", ran.stderr
