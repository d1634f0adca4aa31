"""Settings in words: what one is set to, and whether a place set it."""

from __future__ import annotations

from healthcheck_cli.content.models import Content
from healthcheck_cli.content.overlay_models import ChangeKind


def setting_in_words(name: str, content: Content) -> str:
    """A setting with its value and where that comes from: ``x is 6 weeks, as shipped``."""
    return f"{name} is {content.settings[name].shown}, {where_set(name, content)}"


def where_set(name: str, content: Content) -> str:
    """``as shipped``, or which overlay set it, and what is shipped. The last overlay that sets it counts."""
    changes = [
        (overlay.name, change)
        for overlay in content.overlays
        for change in overlay.of_kind(ChangeKind.SET)
        if change.id == name
    ]
    return f"set by {changes[-1][0]}; shipped: {changes[0][1].was}" if changes else "as shipped"
