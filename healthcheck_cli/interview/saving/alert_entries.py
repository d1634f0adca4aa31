"""The alerts of a check as they stand, from what was kept of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from healthcheck_cli.interview.saved import Alert
from healthcheck_cli.interview.saving.entries import Entry, Kind


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
        else:
            found[key] = replace(found[key], accepted=at, accepted_by=body["accepted_by"])
    return found
