"""The actions of a plan as they are kept when its check is finished, each under an id that lasts."""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.kept_actions import KeptAction, LivingAction, action_id
from healthcheck_cli.plans.finding_parts import PlannedAction, planned_actions


def actions_to_keep(review: PersonReview, person: str, known: Iterable[LivingAction] = ()) -> tuple[KeptAction, ...]:
    """Every action of the plan, soonest first. ``person`` is whose they are, by the label of their checks.

    One of those that are ``known`` already, asked of the same owner for one of the same rules, goes on under its id:
    the rules that share an action may be others than last year.
    """
    before = list(known)
    return tuple(_kept(planned, review, person, before) for planned in planned_actions(review))


def _kept(planned: PlannedAction, review: PersonReview, person: str, known: list[LivingAction]) -> KeptAction:
    asking = [it for it in review.findings if set(it.told_for) & set(planned.rules)]
    leading = min(asking, key=lambda it: (it.level.rank, it.rule))
    return KeptAction(
        id=_known_id(planned, known) or action_id(min(planned.rules), planned.do, planned.owner, person),
        rules=planned.rules,
        level=next(level for level in Level if level.rank == planned.rank),
        title=leading.title,
        do=planned.do,
        owner=planned.owner,
        due=planned.due,
    )


def _known_id(planned: PlannedAction, known: list[LivingAction]) -> str:
    same = (it.action for it in known if (it.action.do, it.action.owner) == (planned.do, planned.owner))
    return next((it.id for it in same if set(it.rules) & set(planned.rules)), "")


def no_longer_asked(actions: Iterable[LivingAction], review: PersonReview) -> tuple[LivingAction, ...]:
    """Those that are open and that nothing asks for now: every rule that did is false. One whose rule cannot be decided
    any more stays open."""
    asked = {(it.do, it.owner) for it in planned_actions(review)}
    return tuple(
        it
        for it in actions
        if it.is_open and (it.action.do, it.action.owner) not in asked and set(it.action.rules) <= set(review.clear)
    )
