"""``review --out``: its options, as one thing that the command is handed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from healthcheck_cli.errors import UsageProblem

_MEMORY = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]i?B)", re.IGNORECASE)
_BYTES = {"K": 1e3, "M": 1e6, "G": 1e9}

_OF_A_REPORT = {"target": "--to", "output": "--output", "explain_ids": "--explain", "level": "--level"}


@dataclass(frozen=True)
class CohortOptions:
    """What was asked of a whole extract: the folder to fill (None: a report is wanted), and what goes with it.

    ``pseudonymise``: the file with the key; ``memory``: as it was typed; ``only``, ``themes`` and ``min_age``: who is
    on the worklist.
    """

    out: Path | None
    plans: bool
    pseudonymise: Path | None
    memory: str
    only: tuple[str, ...]
    themes: tuple[str, ...]
    min_age: int | None
    show_small_numbers: bool

    @property
    def bytes_of_memory(self) -> float | None:
        """The memory that may be used; None where any may."""
        found = _MEMORY.fullmatch(self.memory)
        return None if found is None else float(found[1]) * _BYTES[found[2][0].upper()]


_OPTIONS = (
    click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write a whole set of files there."),
    click.option("--plans", is_flag=True, help="With --out: one plan a person, too."),
    click.option("--pseudonymise", type=click.Path(path_type=Path), metavar="KEYFILE", help="Hash the ids."),
    click.option(
        "--memory",
        callback=lambda _, __, given: _memory(given),
        metavar="LIMIT",
        help="Use no more memory, as in 500MB or 2GB.",
    ),
    click.option("--only", multiple=True, metavar="RULE", help="Worklist of people with this finding; repeatable."),
    click.option("--theme", "themes", multiple=True, metavar="THEME", help="Worklist of people with this theme."),
    click.option("--min-age", type=click.IntRange(0, 130), help="Worklist of people of this age or more."),
    click.option("--show-small-numbers", is_flag=True, help="Do not hide counts of 1 to 4 in the cohort report."),
)


def cohort_options(command: Callable[..., int]) -> Callable[..., int]:
    """Everything that goes with ``--out``; the command gets it as ``cohort``, a :class:`CohortOptions`."""

    @functools.wraps(command)
    def with_one(*args: Any, **given: Any) -> int:
        held = {field.name: given.pop(field.name) for field in fields(CohortOptions)}
        return command(*args, cohort=CohortOptions(**held), **given)

    for option in reversed(_OPTIONS):
        with_one = option(with_one)
    return with_one


def _memory(given: str | None) -> str:
    if given is None:
        return ""
    found = _MEMORY.fullmatch(given.strip())
    if found is None or float(found[1]) <= 0:
        raise click.BadParameter("write it as a number and a unit, for example 500MB or 2GB")
    return given.strip()


def refuse_the_other_kind(context: click.Context, cohort: CohortOptions) -> None:
    """Options of a whole extract mean nothing for a report, and those of a report nothing for a folder. Raises
    :class:`UsageProblem` for the first that was given all the same."""
    typed = click.core.ParameterSource.COMMANDLINE
    if cohort.out is None:
        for name in (field.name for field in fields(cohort) if field.name != "out"):
            if context.get_parameter_source(name) is typed:
                option = name.replace("_", "-").removesuffix("s" if name == "themes" else "")
                raise UsageProblem(f"--{option} goes with --out DIR")
        return
    for name, option in _OF_A_REPORT.items():
        if context.get_parameter_source(name) is typed:
            raise UsageProblem(f"{option} does not go with --out: the folder holds everything")
