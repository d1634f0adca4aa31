"""The part of the plan about the last check: findings that are new, still open or gone, and the last plan's actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import Finding
from healthcheck_cli.kept_actions import ActionState, LivingAction
from healthcheck_cli.plans.changes import Changes
from healthcheck_cli.plans.plan_page import ChangedFinding, ChangedGroup, ChangesPart, PastAction, ShownAction
from healthcheck_cli.plans.words import day_in_words, owner_in_words
from healthcheck_cli.record import Answer

_LAST_PLAN = "admin.last_plan_actions"
_URGENT_SHOWN = 5
_ENDED = "; its rule does not hold any more"
_OUTCOMES = {
    ActionState.DONE: "done",
    ActionState.NOT_DONE: "not done",
    ActionState.NO_LONGER_NEEDED: "no longer needed",
}


def changes_part(
    changes: Changes | None, answers: Mapping[str, Answer], rules_shown: Iterable[str], as_of: date
) -> ChangesPart | None:
    """What changed, in groups that nobody can take for each other; None where nothing is known of a last check.

    ``rules_shown``: the rules of the findings of this plan, which a reader can go to. Where no actions were kept, those
    of the last plan are the ones that the answers tell of.
    """
    told = tuple(_told(answers.get(_LAST_PLAN)))
    if changes is None:
        return ChangesPart("", (), told) if told else None
    shown = frozenset(rules_shown)
    urgent = _urgent_left_open(changes, as_of)
    groups = (
        ("Cleared: the rule does not hold any more", changes.cleared, False),
        ("New since then", changes.new, False),
        ("Still open", changes.still_open, False),
        ("Found then; not assessed this time, so not cleared", changes.not_assessed, False),
        ("Found now; could not be assessed then, so perhaps not new", changes.newly_assessed, True),
    )
    return ChangesPart(
        since=day_in_words(changes.since),
        groups=tuple(ChangedGroup(title, _findings(found, shown), by) for title, found, by in groups if found),
        actions=tuple(_action(it, as_of) for it in changes.actions) or told,
        urgent=urgent[:_URGENT_SHOWN],
        more_urgent=max(0, len(urgent) - _URGENT_SHOWN),
    )


def _urgent_left_open(changes: Changes, as_of: date) -> tuple[PastAction, ...]:
    """What was urgent, is past its day, and was never said to be done. What a rule may still ask for comes first: that
    a rule is false now does not say that anybody did it, so the others are not left out."""
    false_now = frozenset(rule for finding in changes.cleared for rule in finding.told_for)
    left = [it for it in changes.actions if it.action.level is Level.URGENT and it.overdue(as_of)]
    ended = [it for it in left if false_now.issuperset(it.action.rules)]
    held = [_action(it, as_of) for it in left if it not in ended]
    past = [_action(it, as_of) for it in ended]
    return (*held, *(replace(it, outcome=f"{it.outcome}{_ENDED}") for it in past))


def _told(answer: Answer | None) -> Iterator[PastAction]:
    """The rows of the answer on the last plan: what, who, and what became of it, as they were typed."""
    if answer is None or not isinstance(answer.value, tuple):
        return
    for row in answer.value:
        if isinstance(row, Mapping):
            outcome = (row.get("outcome") or "not answered").replace("_", " ")
            why = f": {row['why']}" if row.get("why") else ""
            action = ShownAction("", owner_in_words(row.get("owner", "")), row.get("action", ""))
            yield PastAction(action, f"{outcome}{why}")


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
