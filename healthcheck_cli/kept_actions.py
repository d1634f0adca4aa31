"""The actions of finished checks, and what became of each: open, done, not done with the reason, no longer needed.

An action is kept when a check is finished, and what is said of it later is added and never replaces anything. How one
stands follows from all that was kept, in order. Nothing is ever taken for done because nobody said otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from hashlib import sha256

from healthcheck_cli.content.models import Level


class ActionState(str, Enum):
    """What became of an action. The words are those of the question on last year's plan (admin.last_plan_actions)."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    NO_LONGER_NEEDED = "no_longer_needed"


@dataclass(frozen=True)
class KeptAction:
    """An action as it stood in the plan of one finished check.

    ``id`` is the same in every year in which the same rule asks the same of the same person; ``rules`` are all that
    ask for it, ``title`` is that of the most pressing finding.
    """

    id: str
    rules: tuple[str, ...]
    level: Level
    title: str
    do: str
    owner: str
    due: date


@dataclass(frozen=True)
class ActionMark:
    """What somebody said of an action: its state on the day ``on``, who said so, and why where it was not done."""

    id: str
    state: ActionState
    by: str
    on: date
    because: str = ""


@dataclass(frozen=True)
class RaisedAction:
    """An action and the finished check that asked for it, with the day of that check and when it was finished."""

    action: KeptAction
    check: str
    day: date
    at: datetime


@dataclass(frozen=True)
class MarkedAction:
    """A mark, and the moment at which it was kept."""

    mark: ActionMark
    at: datetime


@dataclass(frozen=True)
class LivingAction:
    """One action of a person as it stands now.

    ``action`` is as the newest check that asked for it has it, ``check`` and ``day`` are that check and its day.
    ``since`` is the day of the first check from which on it was asked for without being done. ``mark`` is the newest
    that was said of it since it was last asked for; None where nothing was: it is open.
    """

    action: KeptAction
    check: str
    day: date
    since: date
    mark: ActionMark | None = None

    @property
    def state(self) -> ActionState:
        """How it stands."""
        return self.mark.state if self.mark is not None else ActionState.OPEN

    @property
    def is_open(self) -> bool:
        """Is it still to be done?"""
        return self.state is ActionState.OPEN

    def overdue(self, today: date) -> bool:
        """Is it open and past its day?"""
        return self.is_open and self.action.due < today


def action_id(rule: str, do: str, owner: str, person: str) -> str:
    """The id of an action: its rule and six figures over the rule, the action, the owner and the person.

    Upper and lower case and spaces make no difference; it does not tell who the person is.

    >>> action_id("CON-01", "Speak to the team", "gp", "Room 3")
    'CON-01-a2d834'
    """
    parts = [rule, " ".join(do.casefold().split()), owner, " ".join(person.casefold().split())]
    return f"{rule}-{sha256(json.dumps(parts).encode()).hexdigest()[:6]}"


def living_actions(events: Iterable[RaisedAction | MarkedAction]) -> tuple[LivingAction, ...]:
    """The actions of one person as they stand, from everything that was kept of them, in any order.

    Asked for again after it was done, an action is open anew; asked for again while it was open or was not done, it
    has been open since it was asked for first. Soonest first, then most pressing.
    """
    found: dict[str, LivingAction] = {}
    for event in sorted(events, key=lambda it: it.at):
        if isinstance(event, RaisedAction):
            found[event.action.id] = _raised(event, found.get(event.action.id))
        elif event.mark.id in found:  # a mark on what was never asked for says nothing
            found[event.mark.id] = replace(found[event.mark.id], mark=event.mark)
    return in_order(found.values())


def in_order(actions: Iterable[LivingAction]) -> tuple[LivingAction, ...]:
    """Soonest first, then most pressing."""
    return tuple(sorted(actions, key=lambda it: (it.action.due, it.action.level.rank, it.action.id)))


def _raised(event: RaisedAction, before: LivingAction | None) -> LivingAction:
    goes_on = before is not None and before.state in (ActionState.OPEN, ActionState.NOT_DONE)
    since = before.since if before is not None and goes_on else event.day
    return LivingAction(event.action, event.check, event.day, since)


def of_check(actions: Sequence[LivingAction], check: str) -> tuple[LivingAction, ...]:
    """Those that the plan of one check asked for and no later one did."""
    return tuple(it for it in actions if it.check == check)
