"""The alerts of a check as they stand, from what was kept of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from healthcheck_cli.interview.saving.entries import Entry, Kind
from healthcheck_cli.kept_alerts import Alert

ALERT_KINDS = (Kind.RAISED, Kind.SEEN, Kind.ACCEPTED, Kind.WITHDRAWN)


def alerts_of(entries: Iterable[Entry]) -> dict[str, Alert]:
    """The alerts as they stand, by key."""
    found: dict[str, Alert] = {}
    for entry in entries:
        body, at = entry.body, datetime.fromisoformat(entry.body["at"])
        key = body["key"]
        if entry.kind is Kind.RAISED:
            found[key] = Alert(key, body["says"], body["action"], raised=at)
        elif entry.kind is Kind.SEEN:
            found[key] = replace(found[key], seen=at)
        elif entry.kind is Kind.WITHDRAWN:
            found[key] = replace(found[key], withdrawn=at, put_right=body["question"])
        else:
            found[key] = replace(found[key], accepted=at, accepted_by=body["accepted_by"])
    return found


def withdrawn_body(alert: Alert) -> dict[str, str]:
    """What is kept of an alert that an answer has taken back: when, and which answer."""
    at = alert.withdrawn.isoformat() if alert.withdrawn is not None else ""
    return {"key": alert.key, "question": alert.put_right, "at": at}
