"""What is wrong with a condition, and where: written for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ConditionProblem:
    """One thing that is wrong: ``column`` counts from 1 in its text; ``hint`` says what to write instead."""

    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"column {self.column}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class ConditionSyntaxError(ValueError):
    """The text is not a condition. ``problem`` says where it stops being one."""

    def __init__(self, problem: ConditionProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class ConditionTypeError(ValueError):
    """The condition reads well but asks something that cannot be asked; ``problems`` holds all that is wrong."""

    def __init__(self, problems: Iterable[ConditionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def nearest(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """A hint with the name that is most like ``name``; ``otherwise`` where none is like it.

    >>> nearest("bowel.day_since", ["bowel.days_since", "bowel.type"])
    'did you mean bowel.days_since?'
    """
    from rapidfuzz import fuzz, process  # only for a message: start-up must not pay for it

    best = process.extractOne(name, sorted(names), scorer=fuzz.ratio, score_cutoff=65)
    return f"did you mean {best[0]}?" if best else otherwise
