from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.output import check_writable, emit, write_output


def test_file_is_for_its_owner_only_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    write_output("é\n", path)
    assert path.read_text("utf-8") == "é\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_never_over_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("mine")
    with pytest.raises(UsageProblem, match="--force"):
        write_output("new", path)
    with pytest.raises(UsageProblem, match="--force"):
        check_writable(path, force=False)
    assert path.read_text() == "mine"
    check_writable(path, force=True)
    write_output("new", path, force=True)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_that_leads_nowhere_is_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageProblem):
        write_output("new", path)
    assert not (tmp_path / "elsewhere").exists()


def test_disk_without_hard_links_still_refuses_and_still_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "plan.md"
    write_output("one", path)
    with pytest.raises(UsageProblem, match="already"):
        write_output("two", path)
    assert path.read_text() == "one"


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.md"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageProblem, match="No space left"):
        write_output("new", path, force=True)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["plan.md"]


def test_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="folder"):
        write_output("x", tmp_path / "no" / "plan.md")
    with pytest.raises(UsageProblem, match="folder"):
        check_writable(tmp_path / "no" / "plan.md", force=True)


def test_emit_without_a_path_prints(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    emit("é\n", None, force=False)
    assert capfdbinary.readouterr().out == "é\n".encode()
