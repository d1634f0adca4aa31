"""The actions that were agreed in the check, as they were typed: they are the plan; what rules ask for is beside it.

Nothing is read into them: who and by when stay the words that were typed, and what was not said is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from healthcheck_cli.record import Answer, AnswerState

TOP_ACTIONS = "hap.top_actions"
AGREED = "hap.agreed"
_AGREES = frozenset(("yes", "part", "best_interests"))
_DOES_NOT = frozenset(("no", "declined_plan"))
_COLUMNS = ("what", "who", "by_when", "how_we_check", "why")


@dataclass(frozen=True)
class AgreedAction:
    """One row as it was typed; empty is what was not said."""

    what: str
    who: str
    by_when: str
    how_we_check: str
    why: str


@dataclass(frozen=True)
class AgreedPart:
    """The rows, and what the person said of the plan. ``heading``: agreed, or to be agreed where nobody said so."""

    heading: str
    said: str
    actions: tuple[AgreedAction, ...]


def agreed_actions(answers: Mapping[str, Answer]) -> tuple[AgreedAction, ...]:
    """The rows that say anything; none where the question has no answer."""
    answer = answers.get(TOP_ACTIONS)
    if answer is None or answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, tuple):
        return ()
    rows = (
        AgreedAction(*(" ".join(row.get(name, "").split()) for name in _COLUMNS))
        for row in answer.value
        if isinstance(row, Mapping)
    )
    return tuple(it for it in rows if it != AgreedAction("", "", "", "", ""))


def is_agreed(answers: Mapping[str, Answer]) -> bool:
    """Did somebody say that the plan is agreed, in part or in the person's best interests too?"""
    return _said(answers) in _AGREES


def is_refused(answers: Mapping[str, Answer]) -> bool:
    """Did the person say no to the plan? Not asked is not no."""
    return _said(answers) in _DOES_NOT


def _said(answers: Mapping[str, Answer]) -> object:
    answer = answers.get(AGREED)
    return answer.value if answer is not None and answer.state is AnswerState.ANSWERED else None
