"""A store that is locked, full, not to be written to: one clear line, exit code 4, and what was kept stays."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.saving import store_file
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.record import Answer, AnswerState
from tests.cli.conftest import ROOT, Run, run  # noqa: F401 - a fixture
from tests.interview.kept_checks import NOW, full_store

BIG = Answer("q.big", AnswerState.ANSWERED, "x" * 100_000)


def test_a_disk_that_is_full_is_told_and_what_was_kept_before_stays(tmp_path: Path) -> None:
    store, check_id = full_store(tmp_path)
    before = store.export_check(check_id)
    with store._file.reading() as database:
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(InputProblem, match="the disk is full: this was not saved"):
        store.add(check_id, [BIG])
    assert store.export_check(check_id) == before
    assert CheckStore(tmp_path).verify() == ()


_NO_ROOM = """
    import resource, signal, sys
    from pathlib import Path
    from healthcheck_cli.errors import InputProblem
    from tests.interview.test_store_trouble import BIG
    from healthcheck_cli.interview.saving.store import CheckStore

    folder = Path(sys.argv[1])
    store = CheckStore(folder)
    (check,) = store.checks()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "checks.sqlite3").stat().st_size,) * 2)
    try:
        store.add(check.id, [BIG])
    except InputProblem as problem:
        print(*problem.problems)
    store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_disk_that_refuses_in_the_middle_of_writing_loses_nothing(tmp_path: Path) -> None:
    store, check_id = full_store(tmp_path)
    before = store.export_check(check_id)
    store.close()
    code = textwrap.dedent(_NO_ROOM)
    ran = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "this was not saved. What was kept before is all there" in ran.stdout, ran.stderr
    after = CheckStore(tmp_path)
    assert after.export_check(check_id) == before
    assert after.verify() == ()
    after.add_note(check_id, "q", "room again", "", NOW)


def test_a_file_that_another_program_is_writing_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_file, "_PATIENCE", 0)
    store, check_id = full_store(tmp_path)
    other = sqlite3.connect(tmp_path / "checks.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for attempt in (lambda: store.answers(check_id), lambda: store.add(check_id, [BIG]), lambda: CheckStore(tmp_path)):
        with pytest.raises(InputProblem, match="another program is writing"):
            attempt()
    other.close()
    store.add_note(check_id, "q", "later", "", NOW)


_AS_ANYONE = """
    import ctypes, sys
    if sys.platform == "linux":  # what lets the root user write to anything is put down
        ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())
    from healthcheck_cli.cli.main import main
    main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are given in another way there")
@pytest.mark.parametrize("what", ["file", "folder", "missing folder"])
def test_what_may_not_be_written_to_is_told_and_can_be_read(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "data"
    store, check_id = full_store(folder)
    store.finish(check_id, NOW, "A. Khan", "GP")
    store.close()
    (folder / f"{check_id}.lock").touch()
    (folder / "checks.sqlite3").chmod(0o400)
    folder.chmod(0o700 if what == "file" else 0o500)
    named = folder / "below" if what == "missing folder" else folder

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-c", textwrap.dedent(_AS_ANYONE), *arguments]
        environment = {**os.environ, "HEALTHCHECK_DATA_DIR": str(named)}
        return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    written = ran("check", "amend", check_id, "--by", "A", "--reason", "b")
    assert (written.returncode, written.stderr.count("\n")) == (4, 1), written.stderr
    read = ran("check", "export", check_id)
    if what == "missing folder":
        assert (read.returncode, "cannot be used to save checks in" in read.stderr) == (4, True)
    else:
        assert "written to. What was kept before is as it was." in written.stderr
        assert read.stdout == CheckStore(folder).export_check(check_id)


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EACCES])
def test_a_folder_that_cannot_be_made_is_an_input_error(
    run: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reason: int,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setenv("HEALTHCHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = run("check", "list")
    assert (ran.code, ran.err.count("\n")) == (4, 1)
    assert os.strerror(reason) in ran.err
