"""When each record was reviewed and is due again: dates that are there, that can be, and that have not passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.value_places import ValueOf
from healthcheck_cli.content.walk import Supported, supported


def _missing(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        if rule.support.reviewed is None or rule.support.review_due is None:
            message = f"{rule.id} does not say when it was reviewed and when it is due again"
            yield Diagnostic(rule.place, "no-review-date", message, "add reviewed: and review_due:")


def _overdue(content: Content, as_of: date) -> Iterator[Diagnostic]:
    for thing in supported(content):
        due = thing.support.review_due
        if due is not None and due < as_of:
            message = f"the review of the {thing.kind} {thing.id} was due on {due.isoformat()}"
            hint = "review it and set a new date, or retire it"
            yield Diagnostic(thing.place, "review-overdue", message, hint, Severity.WARNING)


def _in_the_future(content: Content, as_of: date) -> Iterator[Diagnostic]:
    """A warning, as the day of this lint may be an earlier one; a release is refused."""
    for thing in _once(content):
        reviewed = thing.support.reviewed
        if reviewed is not None and reviewed > as_of:
            message = f"{thing.id} is said to have been reviewed on {reviewed.isoformat()}, which is yet to come"
            place = ValueOf.at(thing.place, "reviewed")
            yield Diagnostic(place, "reviewed-in-future", message, "the day it was reviewed", Severity.WARNING)


def _due_before_reviewed(content: Content, _: date) -> Iterator[Diagnostic]:
    for thing in _once(content):
        reviewed, due = thing.support.reviewed, thing.support.review_due
        if reviewed is not None and due is not None and due <= reviewed:
            message = f"{thing.id} is due for review on {due.isoformat()}, and was reviewed on {reviewed.isoformat()}"
            place = ValueOf.at(thing.place, "review_due")
            yield Diagnostic(place, "due-before-reviewed", message, "the day it is due again comes later")


def _once(content: Content) -> Iterator[Supported]:
    """Everything with a basis of its own, and of parts that share the dates of their record only the first."""
    seen: set[tuple[object, ...]] = set()
    for thing in supported(content):
        key = (thing.place, thing.support.reviewed, thing.support.review_due)
        if key not in seen:
            seen.add(key)
            yield thing


CHECKS = (
    Check("every rule says when it was reviewed and is due again", _missing, Needs.RECORD),
    Check("nothing is past its review date", _overdue, Needs.NOTHING),
    Check("nothing was reviewed on a day that is yet to come", _in_the_future, Needs.NOTHING),
    Check("nothing is due again before it was reviewed", _due_before_reviewed, Needs.NOTHING),
)
