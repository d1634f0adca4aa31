"""The actions of saved checks: kept when a check is finished, gathered for a person, marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck_cli.findings import PersonReview
    from healthcheck_cli.interview.saved import Check
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.kept_actions import LivingAction

_NO_MORE = "The check that was opened again no longer asks for it."


def person_of(check: Check) -> str:
    """Whose actions those of a check are: of everyone's checks of that label; without a label, of this check alone."""
    return check.label or check.id


def checks_of_person(checks: Iterable[Check], check: Check) -> list[Check]:
    """The checks of the same person, by the label and this one, oldest first. Upper and lower case are the same."""
    person = person_of(check).casefold()
    return [it for it in checks if it.id == check.id or person_of(it).casefold() == person]


def actions_of_person(store: CheckStore, checks: Iterable[Check], check: Check) -> tuple[LivingAction, ...]:
    """How the actions of a person stand by the ``checks`` given, soonest first."""
    from healthcheck_cli.kept_actions import living_actions

    return living_actions(event for it in checks_of_person(checks, check) for event in store.action_events(it.id))


def actions_before(store: CheckStore, check: Check) -> tuple[LivingAction, ...]:
    """How the actions of the person's checks before this one stand, with all that was said of them since. Where none of
    those checks is here, as they stood when they were kept with this one."""
    from healthcheck_cli.kept_actions import MarkedAction, living_actions

    same = [it for it in checks_of_person(store.checks(), check) if it.started <= check.started]
    events = [(it, event) for it in same for event in store.action_events(it.id)]
    found = living_actions(event for it, event in events if it.id != check.id or isinstance(event, MarkedAction))
    return found or store.earlier_actions(check.id)


def finish_with_actions(store: CheckStore, check: Check, review: PersonReview, at: datetime, by: str, role: str) -> int:
    """Finish a check and keep the actions of its plan; how many are new in it. After an amendment, those that it asked
    for before and does not now, because their rules are false, are no longer needed.

    Raises UsageProblem as ``CheckStore.finish`` does.
    """
    from healthcheck_cli.kept_actions import ActionMark, ActionState, RaisedAction, of_check
    from healthcheck_cli.plans.actions_to_keep import actions_to_keep, no_longer_asked

    known = actions_of_person(store, store.checks(), check)
    kept = {it.action.id for it in store.action_events(check.id) if isinstance(it, RaisedAction)}
    new = [it for it in actions_to_keep(review, person_of(check), known) if it.id not in kept]
    store.finish(check.id, at, by, role, new)
    gone = no_longer_asked(of_check(known, check.id), review)
    marks = [ActionMark(it.action.id, ActionState.NO_LONGER_NEEDED, by, at.date(), _NO_MORE) for it in gone]
    store.mark_actions(check.id, marks, at)
    return len(new)


def of_everyone(store: CheckStore) -> list[tuple[Check, LivingAction]]:
    """Every action of every person, soonest first, each with a check of whom it is."""
    checks: Sequence[Check] = store.checks()
    people = {person_of(check).casefold(): check for check in checks}
    found = [(check, action) for check in people.values() for action in actions_of_person(store, checks, check)]
    return sorted(found, key=lambda it: (it[1].action.due, it[1].action.level.rank, it[1].action.id))
