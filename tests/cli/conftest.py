"""Runs the program in this process as a script would see it, or as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from healthcheck_cli.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
MARK = "Zzmarkolol"  # a value of a person's record: no error may hold it
AS_OF = "2026-11-22"


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("review", path, stdin=b"...")`` in this process."""

    def run_here(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run_here


def command(*arguments: object) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "healthcheck_cli", *map(str, arguments)]


def process(*arguments: object, seed: str) -> Ran:
    """A run in a process of its own, with its own order of sets."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    ran = subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, env=environment)
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """``file("list.csv", b"...")`` writes a file and gives its path."""

    def write(name: str, holds: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(holds if isinstance(holds, bytes) else holds.encode())
        return path

    return write
