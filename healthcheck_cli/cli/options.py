"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from healthcheck_cli import __version__
from healthcheck_cli.shown_text import marked

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    _DateType = click.ParamType[date]
else:  # the oldest click that is supported has no type parameter here
    _DateType = click.ParamType

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(1900, 2200)  # outside them, days before or after a rule's day cannot all be counted
_QUIET, _VERBOSE = "healthcheck.quiet", "healthcheck.verbose"
_OVERLAYS = "healthcheck.overlays"
OVERLAY_VARIABLE = "HEALTHCHECK_OVERLAY"
WIDTH = 80
"""Columns of a terminal: nothing that is said there is wider."""


class IsoDate(_DateType):
    """A day as year-month-day."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value)) if _ISO_DAY.fullmatch(str(value)) else None
        except ValueError:
            day = None
        if day is None or day.year not in _YEARS:
            self.fail("not a day: write it as year-month-day, for example 2026-11-22", param, ctx)
        return day


class Percent(click.FloatRange):
    """A percentage from 0 to 100. Not-a-number is refused: nothing is above it, so it would lift the limit unseen."""

    name = "PERCENT"

    def __init__(self) -> None:
        super().__init__(0, 100)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or a usage error."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail("not a number from 0 to 100", param, ctx)
        return number

    def _describe_range(self) -> str:
        return "0 to 100"


def as_of_option(command: F) -> F:
    """``--as-of``: the day the review is for. The clock is read here and nowhere below the command line."""
    return click.option(
        "--as-of",
        type=IsoDate(),
        default=lambda: date.today(),  # noqa: DTZ011 - a calendar day, as the user's wall has it
        show_default="today",
        help="The day of the review, as year-month-day.",
    )(command)


def content_option(command: F) -> F:
    """``--content``: a folder with checklists/ and drug_rules/ in place of those shipped; and ``--overlay``."""
    command = overlay_option(command)
    return click.option(
        "--content",
        "content_folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="A folder with checklists/ and drug_rules/, in place of the content shipped.",
    )(command)


def overlay_option(command: F) -> F:
    """``--overlay``: what a place lays over the content. Commands read it from :func:`overlay_folders`."""

    def remember(context: click.Context, _: click.Parameter, given: tuple[Path, ...]) -> None:
        context.meta[_OVERLAYS] = given

    return click.option(
        "--overlay",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        envvar=OVERLAY_VARIABLE,
        show_envvar=True,
        expose_value=False,
        callback=remember,
        metavar="DIR",
        help="A folder with overlay.yaml: local changes laid over the content. May be given again.",
    )(command)


def overlay_folders() -> tuple[Path, ...]:
    """The folders that ``--overlay`` named for the command that runs, in their order."""
    context = click.get_current_context(silent=True)
    return tuple(context.meta.get(_OVERLAYS, ())) if context is not None else ()


def scale_option(command: F) -> F:
    """``--scale``: the anticholinergic scale of headlines, in place of the setting."""
    return click.option(
        "--scale", metavar="SCALE", help="The anticholinergic scale of headlines (acbcalc, aec, …); all are shown."
    )(command)


def output_options(command: F) -> F:
    """``-o/--output`` and ``--force``."""
    command = click.option("--force", is_flag=True, help="Write over a file that is already there.")(command)
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        callback=_dash_is_standard_output,
        metavar="PATH",
        help="Write to this file (readable by its owner only) instead of standard output.",
    )(command)


def _dash_is_standard_output(_: click.Context, __: click.Parameter, given: Path | None) -> Path | None:
    return None if given == Path("-") else given


def encoding_option(command: F) -> F:
    """``--encoding``: how the text that is read is encoded."""
    return click.option(
        "--encoding", default="", metavar="NAME", help="How the text is encoded, where it cannot be told (cp1252)."
    )(command)


def plain_option(command: F) -> F:
    """``--plain``: no colour, no boxes. Also with NO_COLOR, or where the output is not a terminal."""
    return click.option("--plain", is_flag=True, help="No colour and no boxes; one thing a line.")(command)


def is_plain(asked: bool) -> bool:
    """Should the output be plain?"""
    return asked or bool(os.environ.get("NO_COLOR")) or sys.stdout is None or not sys.stdout.isatty()


def add_common_options(command: click.Command, *, speaks: bool = True) -> click.Command:
    """Give a command and all below it ``-h``, ``--version`` and, with ``speaks``, ``--plain``, ``-q`` and ``-v``.

    An option that a command has of its own stays as it is. ``speaks`` is for commands that write to standard error
    with :func:`note` and :func:`detail` only.
    """
    command.context_settings.setdefault("help_option_names", ["-h", "--help"])
    taken = {name for param in command.params for name in param.opts}
    alone = not isinstance(command, click.Group)
    wanted = [*(_spoken() if speaks and alone else ()), _version()]
    command.params.extend(option for option in wanted if not taken & set(option.opts))
    if isinstance(command, click.Group):
        for below in command.commands.values():
            add_common_options(below, speaks=speaks)
    return command


def _spoken() -> list[click.Option]:
    return [
        click.Option(
            ["--plain"], is_flag=True, expose_value=False, help="No colour and no boxes; this output has none."
        ),
        _remembered(["-q", "--quiet"], _QUIET, "Nothing on standard error but errors."),
        _remembered(["-v", "--verbose"], _VERBOSE, "More on standard error: what was used, and the time taken."),
    ]


def _remembered(names: list[str], key: str, says: str) -> click.Option:
    def remember(context: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            context.meta[key] = True

    return click.Option(names, is_flag=True, expose_value=False, callback=remember, help=says)


def _version() -> click.Option:
    def show(context: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            click.echo(f"healthcheck {__version__}")
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="Show the version and exit."
    )


def is_quiet() -> bool:
    """Was ``-q`` given to the command that runs?"""
    return _given(_QUIET)


def is_verbose() -> bool:
    """Was ``-v`` given to the command that runs?"""
    return _given(_VERBOSE)


def _given(key: str) -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(key))


def note(line: str) -> None:
    """Say something on standard error, unless ``-q`` was given."""
    if not is_quiet():
        say(line)


def detail(line: str) -> None:
    """Say something on standard error if ``-v`` was given and ``-q`` was not."""
    if is_verbose():
        note(line)


def say(line: str) -> None:
    """One line on standard error. Marks in a file's name or its headers cannot steer the terminal."""
    click.echo(marked(line).replace("\n", " "), err=True)
