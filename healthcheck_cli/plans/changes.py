"""What changed since the last check: findings that went, came or stayed, and what became of the last plan's actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.facts.sources import record_at_last_check
from healthcheck_cli.findings import Finding, Review
from healthcheck_cli.kept_actions import LivingAction, in_order
from healthcheck_cli.record import Record
from healthcheck_cli.review import Reviewer, review_records


@dataclass(frozen=True)
class Changes:
    """The last check and this one, compared. Every list of findings is most pressing first, then by rule.

    ``since`` is the day of the last check.

    - ``new``: this year's findings of rules that were false at the last check.
    - ``newly_assessed``: this year's findings of rules that could not be assessed at the last check: they may be as old
      as that, and are not called new.
    - ``still_open``: found at both; this year's finding, or last year's where another finding now stands for it or
      somebody has accepted it.
    - ``cleared``: last year's findings of rules that are false now, and of no others.
    - ``not_assessed``: last year's findings of rules that cannot be decided now or were not asked: "not assessed this
      year". Nobody may take them for cleared.

    ``actions`` are the last plan's actions and older ones that were never done, as they stand, soonest first. Of each,
    ``it.state`` is open, done, not_done or no_longer_needed; ``it.mark`` says by whom, on which day and why;
    ``it.since`` since when it is asked for; ``it.overdue(day)`` whether its day is past; ``it.action`` holds what,
    by whom and by when.
    """

    since: date
    new: tuple[Finding, ...] = ()
    newly_assessed: tuple[Finding, ...] = ()
    still_open: tuple[Finding, ...] = ()
    cleared: tuple[Finding, ...] = ()
    not_assessed: tuple[Finding, ...] = ()
    actions: tuple[LivingAction, ...] = ()


def changes_since(previous_review: Review, review: Review, actions: Iterable[LivingAction] = ()) -> Changes:
    """The changes from one review of one person to the next, both made with the same content.

    ``previous_review`` is of the last check's answers and medicines, for its day. ``actions``: how the actions of the
    plans before this one stand; none where no plan was kept. Raises ValueError where a review is not of one person.
    """
    (then,), (now,) = previous_review.people, review.people
    found_now = _rules_found(now.findings, (it.finding for it in now.accepted))
    found_then = _rules_found(then.findings, (it.finding for it in then.accepted))
    shown_now = {finding.rule for finding in now.findings}
    went = [it for it in then.findings if it.rule not in found_now]
    came = [it for it in now.findings if it.rule not in found_then]
    stayed = [it for it in now.findings if it.rule in found_then]
    stayed += [it for it in then.findings if it.rule in found_now and it.rule not in shown_now]
    return Changes(
        since=previous_review.as_of,
        new=_ordered(it for it in came if it.rule in then.clear),
        newly_assessed=_ordered(it for it in came if it.rule not in then.clear),
        still_open=_ordered(stayed),
        cleared=_ordered(it for it in went if it.rule in now.clear),
        not_assessed=_ordered(it for it in went if it.rule not in now.clear),
        actions=in_order(actions),
    )


def _rules_found(shown: Sequence[Finding], accepted: Iterable[Finding]) -> frozenset[str]:
    """Every rule that fired, whether it is shown, told with another or accepted."""
    return frozenset(rule for finding in (*shown, *accepted) for rule in finding.told_for)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda it: (it.level.rank, it.rule)))


def changes_in(
    record: Record, review: Review, reviewer: Reviewer, actions: Iterable[LivingAction] = ()
) -> Changes | None:
    """The changes since the last check that the record tells of: that check is reviewed with today's content and held
    against ``review``, which is of the same record. None where no check was before, or none is known."""
    then, last = record_at_last_check(record), record.previous
    if then is None or last is None or last.day >= review.as_of:
        return None
    return changes_since(review_records([then], reviewer, last.day), review, actions)
