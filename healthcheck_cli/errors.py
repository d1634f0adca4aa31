"""What can go wrong, one kind for each exit code of the program.

Every message says what is wrong, where, and what to do. No message holds a value from a person's record:
row numbers, column names and rule ids only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


class ExitCode(IntEnum):
    """The meaning of each exit code. Programs are written against these numbers."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    CONTENT = 3
    INPUT = 4
    UNRECOGNISED = 5
    BUG = 70
    INTERRUPTED = 130


class HealthcheckError(Exception):
    """A problem the user can act on. Printed without a traceback, one line for each of ``problems``."""

    exit_code: ExitCode = ExitCode.BUG

    def __init__(self, *problems: str) -> None:
        super().__init__(*problems)
        self.problems: Sequence[str] = problems


class UsageProblem(HealthcheckError):
    """The command was asked for something it cannot do as written."""

    exit_code = ExitCode.USAGE


class ContentProblem(HealthcheckError):
    """Checklists or drug rules are wrong; each line is ``file:line:col: code message (hint)``."""

    exit_code = ExitCode.CONTENT


class InputProblem(HealthcheckError):
    """A file with a person's or a cohort's data cannot be read, or too little of it can."""

    exit_code = ExitCode.INPUT


def breaks_off_at(place: str) -> str:
    """The words for a file that is not whole. ``place``: file and line of its last row."""
    return f"{place}: the file breaks off in the middle of this row"


def all_at_once(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """What two readings give. Raises :class:`InputProblem` with the problems of both: neither hides the other's."""
    problems: dict[str, None] = {}
    found: list[One | Other] = []
    for read in (one, other):
        try:
            found.append(read())
        except InputProblem as problem:  # noqa: PERF203 - the problems of both are told
            problems.update(dict.fromkeys(problem.problems))
    if problems:
        raise InputProblem(*problems)
    return found[0], found[1]  # type: ignore[return-value]
