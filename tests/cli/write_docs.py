"""Writes docs/cli.md from the help of every command: ``python -m tests.cli.write_docs``."""

from __future__ import annotations

import click

from healthcheck_cli.cli.main import healthcheck
from tests.cli.conftest import ROOT
from tests.cli.every_command import every_command

DOCS = ROOT / "docs" / "cli.md"
_TOP = """\
# Commands

What `-h` says of each command, written by `python -m tests.cli.write_docs`: change the help, not this file. What the
exit codes mean is in the [README](../README.md#use-it); `healthcheck schema NAME` prints the shape of each output.
"""


def documented() -> str:
    """The text of docs/cli.md."""
    parts = [_TOP, _section(("healthcheck",), healthcheck)]
    parts += [_section(("healthcheck", *path), command) for path, command in every_command()]
    return "\n".join(parts)


def _section(path: tuple[str, ...], command: click.Command) -> str:
    settings = {**healthcheck.context_settings, **command.context_settings}
    context = click.Context(command, info_name=" ".join(path), terminal_width=80, **settings)
    return f"{'#' * min(len(path) + 1, 3)} {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    DOCS.write_text(documented(), "utf-8")
