"""The overlays that a check was gone through with, kept with it, so that another set of them is not used unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from healthcheck_cli.cli.options import note

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.interview.saved import Check
    from healthcheck_cli.interview.saving.store import CheckStore

_MARK = "overlay"


def keep_overlays(store: CheckStore, check: Check, content: Content, at: datetime) -> None:
    """Keep with the check which overlays are used from now on, where these are others than before."""
    now, before = _used(content), _kept(store, check)
    for name in (*now, *(name for name in before if name not in now)):
        if now.get(name) != before.get(name):
            store.set_mark(check.id, _MARK, name, now.get(name, ""), at)


def tell_other_overlays(store: CheckStore, check: Check, content: Content) -> None:
    """Say on standard error where the overlays in use are not those that the check was last gone on with."""
    for line in _differences(_kept(store, check), _used(content)):
        note(f"Local changes: {line}")


def _used(content: Content) -> dict[str, str]:
    """What is kept of each overlay, by its name: its hash, and its version in words."""
    return {it.name: f"{it.sha256} {it.version}" for it in content.overlays}


def _kept(store: CheckStore, check: Check) -> dict[str, str]:
    return {name: mark.value for name, mark in store.marks(check.id, _MARK).items()}


def _differences(before: dict[str, str], now: dict[str, str]) -> Iterator[str]:
    for name, kept in before.items():
        version = kept.partition(" ")[2]
        if name not in now:
            yield f"this check was gone on with using {name} {version}, which is not used now (--overlay)."
        elif now[name] != kept:
            used = now[name].partition(" ")[2]
            again = f"version {used}" if used != version else "a changed one of the same version"
            yield f"this check was gone on with using {name} {version}; now it is {again}."
    for name in now:
        if name not in before:
            yield f"{name} {now[name].partition(' ')[2]} is used now, and was not when this check was gone on with."
