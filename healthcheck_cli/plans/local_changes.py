"""What a place laid over the content, as a plan tells it: never silently, each change with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from healthcheck_cli.content.overlay_models import ChangeKind, LocalChange, Overlay, overlays_in_words
from healthcheck_cli.plans.plan_page import FooterLine
from healthcheck_cli.plans.words import day_in_words


def local_change_lines(overlays: Iterable[Overlay], as_of: date) -> tuple[FooterLine, ...]:
    """A line for each overlay, and below it one for each of its changes."""
    return tuple(
        FooterLine(
            f"Local changes: {overlay.in_words}, SHA-256 {overlay.sha256}",
            tuple(local_change_in_words(change, as_of) for change in overlay.changes),
        )
        for overlay in overlays
    )


def own_changes(overlays: Iterable[Overlay], whose: str = "Your organisation's") -> Iterator[str]:
    """A plain sentence for the small print of a page that is handed on; ``whose`` they are to its reader."""
    told = overlays_in_words(overlays)
    if told:
        yield f"{whose} own changes to the rules were used: {told}."


def local_change_in_words(change: LocalChange, as_of: date) -> str:
    """One change in a line, with its reason."""
    thing = f"{change.kind_of_thing} {change.id}"
    if change.kind is ChangeKind.SWITCHED_OFF and change.until is not None:
        over = change.until < as_of
        what = f"{'No longer switched off' if over else 'Switched off'}: {thing}, until {day_in_words(change.until)}"
    elif change.kind is ChangeKind.SET:
        what = f"Set: {change.id} to {change.now}, shipped as {change.was}"
    elif change.kind is ChangeKind.REWORDED:
        what = f"Reworded: {thing}"
    else:
        what = f"Added: {thing}{f', {change.now}' if change.now else ''}"
    return f"{what}. Reason: {change.because}" if change.because else what
