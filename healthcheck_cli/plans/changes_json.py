"""What changed since the last check, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from healthcheck_cli.findings import Finding
from healthcheck_cli.kept_actions import LivingAction
from healthcheck_cli.plans.changes import Changes

Json = dict[str, Any]


def changes_to_json(changes: Changes, as_of: date) -> Json:
    """The rules of each group of findings, and how the actions of the plans before stand on ``as_of``.

    ``not_assessed`` are found at the last check and cannot be decided now: they are not cleared.
    """
    return {
        "since": changes.since.isoformat(),
        "new": _rules(changes.new),
        "newly_assessed": _rules(changes.newly_assessed),
        "still_open": _rules(changes.still_open),
        "cleared": _rules(changes.cleared),
        "not_assessed": _rules(changes.not_assessed),
        "actions": [living_to_json(it, as_of) for it in changes.actions],
    }


def _rules(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def living_to_json(living: LivingAction, as_of: date) -> Json:
    """One action, and how it stands. ``marked`` is null while it is open."""
    action, mark = living.action, living.mark
    said = {"by": mark.by, "on": mark.on.isoformat(), "because": mark.because or None} if mark is not None else None
    return {
        "id": action.id,
        "check": living.check,
        "rules": list(action.rules),
        "level": action.level.value,
        "finding": action.title,
        "do": action.do,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "since": living.since.isoformat(),
        "state": living.state.value,
        "overdue": living.overdue(as_of),
        "marked": None if living.is_open else said,
    }
