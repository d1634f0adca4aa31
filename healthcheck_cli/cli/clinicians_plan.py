"""The clinician's plan for ``plan`` and ``review``, as markdown or as one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck_cli.findings import PersonReview, Review
    from healthcheck_cli.kept_actions import LivingAction
    from healthcheck_cli.kept_alerts import Alert
    from healthcheck_cli.plans.plan_sources import PlanSources
    from healthcheck_cli.record import Answer, Record
    from healthcheck_cli.review import Reviewer

CLINICIANS = ("markdown", "html")


def plan_text(
    target: str,
    review: Review,
    reviewer: Reviewer,
    record: Record,
    answers: Mapping[str, Answer],
    actions: Iterable[LivingAction] = (),
    alerts: Iterable[Alert] = (),
    hindrances: Iterable[str] = (),
) -> str:
    """One person's plan; ``actions``: how those of the plans before this one stand; ``alerts``: those of the check;
    ``hindrances``: what stands against counting it as complete."""
    from healthcheck_cli.plans.make_plan_page import make_plan_page
    from healthcheck_cli.plans.plan_sources import plan_sources

    (person,) = review.people
    sources = plan_sources(review, person, record, reviewer, answers, actions, alerts, hindrances)
    page = make_plan_page(sources)
    if target == "html":
        from healthcheck_cli.plans.plan_html import plan_html

        return plan_html(page)
    from healthcheck_cli.plans.markdown import page_markdown

    return page_markdown(page)


def review_text(target: str, review: Review, reviewer: Reviewer, records: Iterable[Record]) -> str:
    """The plans of everyone in a review, one after the other."""
    sources_of = _sources(review, reviewer, records)
    if target == "html":
        from healthcheck_cli.plans.make_plan_page import make_plan_page
        from healthcheck_cli.plans.plan_html import plans_html
        from healthcheck_cli.plans.words import day_in_words

        return plans_html([make_plan_page(sources_of(it)) for it in review.people], day_in_words(review.as_of))
    from healthcheck_cli.plans.markdown import review_markdown

    return review_markdown(review, reviewer.content, sources_of)


def _sources(review: Review, reviewer: Reviewer, records: Iterable[Record]) -> Callable[[PersonReview], PlanSources]:
    """What else is known of a person of a review. Two people with one id cannot be told apart, so nothing is."""
    from healthcheck_cli.plans.plan_sources import PlanSources, plan_sources

    by_id: dict[str, list[Record]] = {}
    for record in records:
        by_id.setdefault(record.person.id, []).append(record)

    def of(person: PersonReview) -> PlanSources:
        found = by_id.get(person.person_id, [])
        if len(found) != 1:
            return PlanSources(review, person, reviewer.content)
        return plan_sources(review, person, found[0], reviewer)

    return of
