"""What the clinician's plan is made from: a review, and what else is known of the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from healthcheck_cli.conditions.values import PersonFacts
from healthcheck_cli.content.models import Content
from healthcheck_cli.findings import PersonReview, Review
from healthcheck_cli.kept_actions import LivingAction
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.plans.changes import Changes, changes_in
from healthcheck_cli.record import Answer, Record
from healthcheck_cli.review import Reviewer


@dataclass(frozen=True)
class PlanSources:
    """All that a plan is made from.

    ``answers``: those of a check, printed in full. ``facts``: of the same record on the same day; without them what
    only facts tell (since when, the reason, what monitoring is due) is told as not known. ``changes``: since the last
    check, None where there was none to compare with. ``alerts``: those of a saved check.
    ``hindrances``: what stands against counting a saved check as complete. ``differs_in``: as in a record.
    """

    review: Review
    person: PersonReview
    content: Content
    answers: Mapping[str, Answer] = field(default_factory=dict)
    facts: PersonFacts | None = None
    changes: Changes | None = None
    alerts: tuple[Alert, ...] = ()
    differs_in: tuple[str, ...] = ()
    hindrances: tuple[str, ...] = ()


def plan_sources(
    review: Review,
    person: PersonReview,
    record: Record,
    reviewer: Reviewer,
    answers: Mapping[str, Answer] | None = None,
    actions: Iterable[LivingAction] = (),
    alerts: Iterable[Alert] = (),
    hindrances: Iterable[str] = (),
) -> PlanSources:
    """What the plan of one person of a review is made from; ``record`` is what was reviewed.

    ``answers``: to be printed, those of the record where none are given. ``actions``: how those of earlier plans stand.
    ``alerts``: those of the check; ``hindrances``: what stands against counting it as complete.
    """
    changes = None
    if record.previous is not None:  # held against all findings: some may be left out of this review for their level
        whole = replace(review, people=(reviewer.review(record, review.as_of),))
        changes = changes_in(record, whole, reviewer, actions)
    return PlanSources(
        review=review,
        person=person,
        content=reviewer.content,
        answers=record.answers if answers is None else answers,
        facts=reviewer.person_facts(record, review.as_of),
        changes=changes,
        alerts=tuple(alerts),
        differs_in=record.differs_in,
        hindrances=tuple(hindrances),
    )
