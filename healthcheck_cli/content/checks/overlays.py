"""Overlays on a day: what they switched off and no longer is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.diagnostics import Diagnostic, Severity
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.content.overlay_models import ChangeKind, LocalChange


def _switched_off(content: Content) -> Iterator[LocalChange]:
    for overlay in content.overlays:
        yield from overlay.of_kind(ChangeKind.SWITCHED_OFF)


def _past_its_day(content: Content, as_of: date) -> Iterator[Diagnostic]:
    for change in _switched_off(content):
        if change.until is not None and change.until < as_of:
            message = f"{change.id} was switched off until {change.until.isoformat()}, and runs again"
            yield Diagnostic(
                change.place, "off-no-longer", message, "take it out, or decide again", severity=Severity.WARNING
            )


def _urgent_is_off(content: Content, as_of: date) -> Iterator[Diagnostic]:
    for change in _switched_off(content):
        rule = content.rules[change.id]
        levels = (rule.level, *(step.level for step in rule.level_if))
        if Level.URGENT in levels and rule.is_off_on(as_of):
            message = f"{change.id} can be urgent, and is switched off until {rule.off_until}"
            hint = "be sure that something else finds it"
            yield Diagnostic(change.place, "urgent-is-off", message, hint, severity=Severity.WARNING)


CHECKS = (
    Check("a rule that was switched off for a time runs again once that is over", _past_its_day),
    Check("a rule that can be urgent is switched off with care", _urgent_is_off),
)
