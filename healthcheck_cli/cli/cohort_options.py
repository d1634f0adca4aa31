"""``review --out``: its options, and the command as it is for a whole extract."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from healthcheck_cli.cli.damage import refuse_damage
from healthcheck_cli.cli.options import is_quiet, note
from healthcheck_cli.errors import UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.cohort.run import Outcome
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.readers.result import ReadOptions, ReadResult
    from healthcheck_cli.review import Reviewer

F = TypeVar("F", bound=Callable[..., Any])
_MEMORY = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]i?B)", re.IGNORECASE)
_BYTES = {"K": 1e3, "M": 1e6, "G": 1e9}
_BYTES_A_PERSON = 4_000  # what reviewing one person takes, of what is not on disk; measured, see docs/performance.md
_FEWEST_AT_ONCE = 20_000
_NAMES = ("out", "plans", "pseudonymise", "memory", "only", "themes", "min_age", "show_small_numbers")

_OF_A_REPORT = {"target": "--to", "output": "--output", "explain_ids": "--explain", "level": "--level"}


def cohort_options(command: F) -> F:
    """Everything that goes with ``--out``."""
    options = (
        click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write a whole set of files there."),
        click.option("--plans", is_flag=True, help="With --out: one plan a person, too."),
        click.option("--pseudonymise", type=click.Path(path_type=Path), metavar="KEYFILE", help="Hash the ids."),
        click.option("--memory", callback=_memory, metavar="LIMIT", help="Use no more memory, as in 500MB or 2GB."),
        click.option("--only", multiple=True, metavar="RULE", help="Worklist of people with this finding; repeatable."),
        click.option("--theme", "themes", multiple=True, metavar="THEME", help="Worklist of people with this theme."),
        click.option("--min-age", type=click.IntRange(0, 130), help="Worklist of people of this age or more."),
        click.option("--show-small-numbers", is_flag=True, help="Do not hide counts of 1 to 4 in the cohort report."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _memory(_: click.Context, __: click.Parameter, given: str | None) -> str:
    if given is None:
        return ""
    found = _MEMORY.fullmatch(given.strip())
    if found is None or float(found[1]) <= 0:
        raise click.BadParameter("write it as a number and a unit, for example 500MB or 2GB")
    return given.strip()


def refuse_without_out(given: Mapping[str, Any]) -> None:
    """Options of a whole extract mean nothing for a report. Raises :class:`UsageProblem`."""
    if given["out"] is not None:
        return
    for name in _NAMES[1:]:
        if given[name] not in (None, "", ()) and given[name] is not False:
            option = name.replace("_", "-").removesuffix("s" if name == "themes" else "")
            raise UsageProblem(f"--{option} goes with --out DIR")


def refuse_with_out(context: click.Context, out: Path | None) -> None:
    """Options of a report mean nothing for a folder. Raises :class:`UsageProblem`."""
    if out is None:
        return
    for name, option in _OF_A_REPORT.items():
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise UsageProblem(f"{option} does not go with --out: the folder holds everything")


def review_to_folder(
    inputs: Sequence[str],
    given: Mapping[str, Any],
    reading: ReadOptions,
    reviewer: Reviewer,
    as_of: date,
    *,
    force: bool,
) -> Outcome:
    """Review an extract into a folder; says on standard error what it is doing."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy begins threads for large matrices, and there are none
    from healthcheck_cli.cohort.collecting import left_as_it_is
    from healthcheck_cli.cohort.output_folder import OutputFolder
    from healthcheck_cli.cohort.report import write_report
    from healthcheck_cli.cohort.run import Asked, connection_for, interrupts_told, load, review_into
    from healthcheck_cli.cohort.worklist import WorklistFilter

    if given["plans"] and given["pseudonymise"]:
        raise UsageProblem("--plans and --pseudonymise do not go together: a plan shows what is written in the record")
    _check_names(given, reviewer.content)
    with OutputFolder(given["out"], force=force) as folder, interrupts_told(), left_as_it_is():
        asked = Asked(
            as_of=as_of,
            memory=given["memory"],
            people_at_once=_people_at_once(given["memory"]),
            wanted=WorklistFilter(given["only"], given["themes"], given["min_age"]),
            key=_key(given["pseudonymise"]) if given["pseudonymise"] else None,
            show_small_numbers=given["show_small_numbers"],
            options={
                "from": reading.format,
                "map": dict(reading.columns),
                "complete": sorted(reading.complete),
                **{
                    name: list(v) if isinstance(v := given[name], tuple) else v
                    for name in ("only", "themes", "min_age")
                },
                "pseudonymised": given["pseudonymise"] is not None,
                "small_numbers_shown": given["show_small_numbers"],
                "memory": given["memory"] or None,
                "plans": given["plans"],
            },
        )
        connection = connection_for(folder.path, given["memory"])
        loaded = load(
            inputs,
            reading,
            connection,
            lambda: read_each(inputs, reading),
        )
        connection.close()  # its threads end: a worker is a copy of this process and would have none of them
        for line in loaded.notes:
            note(line)
        refuse_damage(
            rejected=loaded.rejected,
            rows=loaded.medicine_rows,
            companions=loaded.companions,
            broken_off=loaded.broken_off,
            limit=given["max_rejected"],
            nothing="nothing is written",
        )
        with _bar() as step:
            outcome = review_into(folder.path, loaded, reviewer, asked, step)
        if given["plans"]:
            from healthcheck_cli.cohort.plans_folder import write_plans

            write_plans(folder.path / "plans", loaded.extract, reviewer, as_of)
        write_report(folder.path, reviewer.content, show_small_numbers=asked.show_small_numbers)
        for spill in folder.path.glob("spill-*"):
            spill.rmdir()
    return outcome


def read_each(inputs: Sequence[str], reading: ReadOptions) -> ReadResult:
    """Everybody in the inputs, by the readers of one person, which nobody waits for who does not need them."""
    from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
    from healthcheck_cli.readers.inputs import read_inputs
    from healthcheck_cli.readers.sources import standard_input

    return read_inputs(inputs, reading, split_product_and_dosage, standard_input())


def _key(path: Path) -> bytes:
    from healthcheck_cli.cohort.pseudonyms import key_of

    is_new = not path.exists()
    key = key_of(path)
    if is_new:
        note(f"{path}: there was no key here, and one was made; ids that were hashed with another key will not match")
    return key


def _check_names(given: Mapping[str, Any], content: Content) -> None:
    for rule in given["only"]:
        if rule not in content.rules:
            raise UsageProblem(f"--only: there is no rule {rule}")
    for theme in given["themes"]:
        if theme not in content.themes:
            raise UsageProblem(f"--theme: there is no theme {theme}; the themes are {', '.join(content.themes)}")


def _people_at_once(memory: str) -> int:
    from healthcheck_cli.cohort.run import Asked

    found = _MEMORY.fullmatch(memory)
    if found is None:
        return Asked.people_at_once
    limit = float(found[1]) * _BYTES[found[2][0].upper()]
    return max(_FEWEST_AT_ONCE, min(Asked.people_at_once, int(limit / 2 / _BYTES_A_PERSON)))


class _Bar:
    """A bar on standard error that knows how far the work has come and how long it will take."""

    def __init__(self) -> None:
        import sys

        self._shown = not is_quiet() and sys.stderr is not None and sys.stderr.isatty()
        self._bar: Any = nullcontext()
        self._done = 0

    def __enter__(self) -> Callable[[int, int], None]:
        return self._step

    def _step(self, done: int, of: int) -> None:
        if not self._shown:
            return
        if isinstance(self._bar, nullcontext):
            import sys

            self._bar = click.progressbar(length=of, label="Reviewing", file=sys.stderr, show_eta=True)
            self._bar.__enter__()
        self._bar.update(done - self._done)
        self._done = done

    def __exit__(self, *why: object) -> None:
        self._bar.__exit__(*why)


def _bar() -> _Bar:
    return _Bar()
