"""Every command of the program, with the words that call it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from healthcheck_cli.cli.main import healthcheck


def every_command(
    group: click.Group = healthcheck, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Groups first, then what is in them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
