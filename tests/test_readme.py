"""The README tells the truth: the output it shows is what its command prints."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from tests.readme import block

ROOT = Path(__file__).resolve().parents[1]


def test_the_output_shown_is_the_output_printed() -> None:
    command = shlex.split(block("command", "install").rpartition("&&")[2])
    assert command[0].endswith("healthcheck")
    run = subprocess.run(
        [sys.executable, "-m", "healthcheck_cli", *command[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown = block("output", "install")
    assert len(shown.splitlines()) > 10
    assert run.stdout.startswith(shown)


def test_every_command_it_names_is_there() -> None:
    from healthcheck_cli.cli.main import healthcheck

    named = {
        line.split()[1] for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line[:12] == "healthcheck "
    }
    assert named <= set(healthcheck.commands) | set(healthcheck.list_commands(None))  # type: ignore[arg-type]
    assert len(named) >= 6
