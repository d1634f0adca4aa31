"""The part of the plan about the last check: findings that are new, still open or gone, and the last plan's actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from healthcheck_cli.findings import Finding
from healthcheck_cli.kept_actions import ActionState, LivingAction
from healthcheck_cli.plans.changes import Changes
from healthcheck_cli.plans.plan_page import ChangedFinding, ChangedGroup, ChangesPart, PastAction, ShownAction
from healthcheck_cli.plans.words import day_in_words, owner_in_words

_OUTCOMES = {
    ActionState.DONE: "done",
    ActionState.NOT_DONE: "not done",
    ActionState.NO_LONGER_NEEDED: "no longer needed",
}


def changes_part(changes: Changes | None, rules_shown: Iterable[str], as_of: date) -> ChangesPart | None:
    """What changed, in groups that nobody can take for each other; None where there was no last check.

    ``rules_shown``: the rules of the findings of this plan, which a reader can go to.
    """
    if changes is None:
        return None
    shown = frozenset(rules_shown)
    groups = (
        ("New since then", changes.new),
        ("Found now; could not be assessed then", changes.newly_assessed),
        ("Still open", changes.still_open),
        ("Cleared: the rule does not hold any more", changes.cleared),
        ("Found then; not assessed this time, so not cleared", changes.not_assessed),
    )
    return ChangesPart(
        since=day_in_words(changes.since),
        groups=tuple(ChangedGroup(title, _findings(found, shown)) for title, found in groups if found),
        actions=tuple(_action(it, as_of) for it in changes.actions),
    )


def _findings(found: Sequence[Finding], shown: frozenset[str]) -> tuple[ChangedFinding, ...]:
    return tuple(ChangedFinding(it.rule, it.title, it.level, it.rule in shown) for it in found)


def _action(it: LivingAction, as_of: date) -> PastAction:
    asked = it.action
    action = ShownAction(day_in_words(asked.due), owner_in_words(asked.owner), asked.do, rules=asked.rules)
    return PastAction(action, _outcome(it, as_of))


def _outcome(it: LivingAction, as_of: date) -> str:
    if it.mark is None:
        asked = f"open since {day_in_words(it.since)}"
        return f"{asked}, past its day" if it.overdue(as_of) else asked
    why = f": {it.mark.because.rstrip('.')}" if it.mark.because else ""
    return f"{_OUTCOMES.get(it.state, it.state.value)} on {day_in_words(it.mark.on)} by {it.mark.by}{why}"
