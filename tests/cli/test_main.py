"""The top of the program: quick to start, and every command has the options that all have."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest

from healthcheck_cli import __version__
from tests.cli.conftest import ROOT, Run
from tests.cli.every_command import every_command

HEAVY = {"pint", "duckdb", "lark", "rapidfuzz", "yaml", "rich", "jsonschema", "platformdirs", "dateutil"}


EVERY = list(every_command())


@pytest.mark.parametrize("arguments", [["--help"], ["review", "-h"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    line = [sys.executable, "-X", "importtime", "-m", "healthcheck_cli", *arguments]
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {match[1].split(".")[0] for match in re.finditer(r"\| +([\w.]+)$", ran.stderr, re.MULTILINE)}
    assert "click" in imported
    assert not imported & HEAVY


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])
def test_every_command_has_help_and_a_version(run: Run, path: tuple[str, ...], command: click.Command) -> None:
    short, long = run(*path, "-h"), run(*path, "--help")
    assert short == long
    assert (short.code, short.err) == (0, "")
    assert max(map(len, short.out.splitlines())) <= 80
    assert run(*path, "--version").out == f"healthcheck {__version__}\n"


@pytest.mark.parametrize(
    ("path", "command"),
    [(path, it) for path, it in EVERY if path[0] != "check" and not isinstance(it, click.Group)],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else "",
)
def test_every_command_of_a_script_can_be_plain_quiet_and_verbose(
    path: tuple[str, ...], command: click.Command
) -> None:
    names = {name for param in command.params for name in param.opts}
    assert {"--plain", "-q", "--quiet", "-v", "--verbose", "-o", "--output", "--force"} <= names
    assert len([name for param in command.params for name in param.opts]) == len(names)


def test_the_program_without_a_command_shows_its_help_and_exits_with_2(run: Run) -> None:
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: healthcheck")


def test_verbose_says_what_was_used_and_quiet_wins(run: Run) -> None:
    ran = run("content", "list", "-v")
    assert re.fullmatch(r"content \S+, sha256 [0-9a-f]{64}\ntook \d+\.\d s\n", ran.err)
    assert run("content", "list", "-v", "-q").err == ""
