"""``review --out``: an extract reviewed into a folder, with what is said on the way on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from healthcheck_cli.cli.damage import refuse_damage, tell_rejected
from healthcheck_cli.cli.options import is_quiet, note
from healthcheck_cli.errors import UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.cli.cohort_options import CohortOptions
    from healthcheck_cli.cohort.run import Asked, Loaded, Outcome
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.readers.result import ReadOptions, ReadResult
    from healthcheck_cli.review import Reviewer

_BYTES_A_PERSON = 4_000  # what reviewing one person takes, of what is not on disk; measured, see docs/performance.md
_FEWEST_AT_ONCE = 20_000


def review_to_folder(
    inputs: Sequence[str],
    cohort: CohortOptions,
    reading: ReadOptions,
    reviewer: Reviewer,
    as_of: date,
    *,
    max_rejected: float,
    force: bool,
) -> Outcome:
    """Review an extract into ``cohort.out``; says on standard error what it is doing."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy begins threads for large matrices, and there are none
    from healthcheck_cli.cohort.collecting import left_as_it_is
    from healthcheck_cli.cohort.output_folder import OutputFolder
    from healthcheck_cli.cohort.report import write_report
    from healthcheck_cli.cohort.run import interrupts_told, review_into

    assert cohort.out is not None, "asked only of a folder"
    if cohort.plans and cohort.pseudonymise:
        raise UsageProblem("--plans and --pseudonymise do not go together: a plan shows what is written in the record")
    _check_names(cohort, reviewer.content)
    with OutputFolder(cohort.out, force=force) as folder, interrupts_told(), left_as_it_is():
        asked = _asked(cohort, reading, as_of)
        loaded = _loaded(inputs, reading, folder.path, cohort.memory)
        tell_rejected(loaded.rejected, loaded.companions)
        refuse_damage(
            rejected=loaded.rejected,
            rows=loaded.medicine_rows,
            companions=loaded.companions,
            broken_off=loaded.broken_off,
            limit=max_rejected,
            nothing="nothing is written",
        )
        with _Bar() as step:
            outcome = review_into(folder.path, loaded, reviewer, asked, step)
        if cohort.plans:
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


def _asked(cohort: CohortOptions, reading: ReadOptions, as_of: date) -> Asked:
    """What was asked, with the options as ``run.json`` tells them."""
    from healthcheck_cli.cohort.run import Asked
    from healthcheck_cli.cohort.worklist import WorklistFilter

    return Asked(
        as_of=as_of,
        memory=cohort.memory,
        people_at_once=people_at_once(cohort),
        wanted=WorklistFilter(cohort.only, cohort.themes, cohort.min_age),
        key=_key(cohort.pseudonymise) if cohort.pseudonymise else None,
        show_small_numbers=cohort.show_small_numbers,
        options={
            "from": reading.format,
            "map": dict(reading.columns),
            "complete": sorted(reading.complete),
            "only": list(cohort.only),
            "themes": list(cohort.themes),
            "min_age": cohort.min_age,
            "pseudonymised": cohort.pseudonymise is not None,
            "small_numbers_shown": cohort.show_small_numbers,
            "memory": cohort.memory or None,
            "plans": cohort.plans,
        },
    )


def _loaded(inputs: Sequence[str], reading: ReadOptions, folder: Path, memory: str) -> Loaded:
    """The extract in the inputs, with what was said of reading it told."""
    from healthcheck_cli.cohort.run import connection_for, load

    connection = connection_for(folder, memory)
    loaded = load(inputs, reading, connection, lambda: read_each(inputs, reading))
    connection.close()  # its threads end: a worker is a copy of this process and would have none of them
    for line in loaded.notes:
        note(line)
    return loaded


def _key(path: Path) -> bytes:
    from healthcheck_cli.cohort.pseudonyms import key_of

    is_new = not path.exists()
    key = key_of(path)
    if is_new:
        note(f"{path}: there was no key here, and one was made; ids that were hashed with another key will not match")
    return key


def _check_names(cohort: CohortOptions, content: Content) -> None:
    for rule in cohort.only:
        if rule not in content.rules:
            raise UsageProblem(f"--only: there is no rule {rule}")
    for theme in cohort.themes:
        if theme not in content.themes:
            raise UsageProblem(f"--theme: there is no theme {theme}; the themes are {', '.join(content.themes)}")


def people_at_once(cohort: CohortOptions) -> int:
    """How many people are reviewed at once: fewer where little memory may be used."""
    from healthcheck_cli.cohort.run import Asked

    limit = cohort.bytes_of_memory
    if limit is None:
        return Asked.people_at_once
    return max(_FEWEST_AT_ONCE, min(Asked.people_at_once, int(limit / 2 / _BYTES_A_PERSON)))


class _Bar:
    """A bar on standard error that knows how far the work has come and how long it will take."""

    def __init__(self) -> None:
        self._shown = not is_quiet() and sys.stderr is not None and sys.stderr.isatty()
        self._bar: Any = nullcontext()
        self._done = 0

    def __enter__(self) -> Callable[[int, int], None]:
        return self._step

    def _step(self, done: int, of: int) -> None:
        if not self._shown:
            return
        if isinstance(self._bar, nullcontext):
            self._bar = click.progressbar(length=of, label="Reviewing", file=sys.stderr, show_eta=True)
            self._bar.__enter__()
        self._bar.update(done - self._done)
        self._done = done

    def __exit__(self, *why: object) -> None:
        self._bar.__exit__(*why)
