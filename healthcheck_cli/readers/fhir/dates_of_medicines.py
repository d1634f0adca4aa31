"""The dates of a medicine: when it was begun, issued, and when it ended.

The day of an issue is the one from which the order is valid; the day it was written may be that of a transfer of the
record. The day until which a request is valid is no end of a medicine that goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import FoundDay, day_in, extensions
from healthcheck_cli.readers.fhir.grouping import Group, is_order

Found = tuple[date | None, bool]
"""A day, and whether anything was given at all."""


def start_of(group: Group) -> Found:
    """When it was begun: as the statement says, or else its plan. Orders alone tell of issues, not of a start."""
    told = [
        day_in(it.resource, *path)
        for it in group.statements
        for path in (("effectivePeriod", "start"), ("effectiveDateTime",))
    ]
    told += [
        day_in(it.resource, *path)
        for it in group.plans
        for path in (("dispenseRequest", "validityPeriod", "start"), ("authoredOn",))
    ]
    return _first(told)


def end_of(group: Group, active: bool | None) -> Found:
    """When it ended or is to end. What a plan says counts only where the source marks the medicine as over."""
    lead = group.lead
    told = [day_in(lead.resource, "effectivePeriod", "end")]
    if active is False:
        for it in (lead, *group.plans):
            for reason in extensions(it.resource, "MedicationStatusReason"):
                told += [day_in(inner, "valueDateTime") for inner in extensions(reason, "statusChangeDate")]
        told += [
            day_in(it.resource, "dispenseRequest", "validityPeriod", "end") for it in group.plans if not is_order(it)
        ]
    return _first(told)


def last_issue_told(lead: Entry) -> Found:
    """The last issue that a statement gives (GP Connect and UK Core have an extension for it)."""
    return _first(day_in(it, "valueDateTime") for it in extensions(lead.resource, "MedicationStatementLastIssueDate"))


def issue_day(order: Entry) -> Found:
    """The day of one issue."""
    days = (day_in(order.resource, *path) for path in (("dispenseRequest", "validityPeriod", "start"), ("authoredOn",)))
    return _first(days)


def _first(told: Iterable[FoundDay]) -> Found:
    found = list(told)
    day = next((it.day for it in found if it.day is not None), None)
    return day, any(it.partial for it in found)
