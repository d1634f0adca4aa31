"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class IsoDate(click.ParamType[date]):
    """A day as year-month-day."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("not a day: write it as year-month-day, for example 2026-11-22", param, ctx)


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
    """``--content``: a folder that holds checklists/ and drug_rules/ in place of the ones shipped."""
    return click.option(
        "--content",
        "content_folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="A folder with checklists/ and drug_rules/, in place of the content shipped.",
    )(command)


def output_options(command: F) -> F:
    """``-o/--output`` and ``--force``."""
    command = click.option("--force", is_flag=True, help="Write over a file that is already there.")(command)
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file (readable by its owner only) instead of standard output.",
    )(command)


def plain_option(command: F) -> F:
    """``--plain``: no colour, no boxes. Also with NO_COLOR, or where the output is not a terminal."""
    return click.option("--plain", is_flag=True, help="No colour and no boxes; one thing a line.")(command)


def is_plain(asked: bool) -> bool:
    """Should the output be plain?"""
    return asked or bool(os.environ.get("NO_COLOR")) or not sys.stdout.isatty()


def quiet_option(command: F) -> F:
    """``-q``: nothing on standard error but errors."""
    return click.option("-q", "--quiet", is_flag=True, help="Nothing on standard error but errors.")(command)
