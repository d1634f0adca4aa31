"""What an output was made with and where every row went, as JSON: the same for one person and for an extract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from healthcheck_cli import __version__
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.overlay_models import ChangeKind, LocalChange, Overlay, overlays_in_words
from healthcheck_cli.content.support import Place
from healthcheck_cli.ledger import InputFile, Ledger, RejectedRow

Json = dict[str, Any]


def provenance_of(content: Content, as_of: date, inputs: Iterable[InputFile]) -> Json:
    """What an output was made with: the tool, the content, the day and the inputs."""
    return {
        "tool": {
            "name": "healthcheck",
            "version": __version__,
            "content_version": content.version,
            "content_sha256": content.sha256,
            "overlays": [overlay_to_json(overlay, as_of) for overlay in content.overlays],
            "settings": {name: setting.shown for name, setting in content.settings.items()},
        },
        "as_of": as_of.isoformat(),
        "inputs": [{"name": it.name, "sha256": it.sha256, "format": it.format} for it in inputs],
    }


def made_with_in_words(content: Content) -> str:
    """The same in a line, for an output that has no room for more: the content by its version and a short hash."""
    local = overlays_in_words(content.overlays)
    told = f"; local changes: {local}" if local else ""
    return f"healthcheck {__version__}, content {content.version}, SHA-256 {content.sha256[:8]}{told}"


def ledger_to_json(ledger: Ledger, most: int | None = None) -> Json:
    """Where every medicine row went; ``rows_read`` is the sum of the other counts. Others stand apart. ``most``: how
    many rows of a kind are listed, where not all are."""
    return {
        "rows_read": ledger.rows_read,
        "rows_used": ledger.rows_used,
        "rows_not_current": ledger.rows_not_current,
        "rows_duplicate": ledger.rows_duplicate,
        "rows_rejected": ledger.rows_rejected,
        "rows_unrecognised": ledger.rows_unrecognised,
        "rejected": _rows_to_json(ledger.rejected[:most]),
        "companions": [
            {"file": it.file, "rows_read": it.rows, "rows_rejected": len(it.rejected), "withdrawn": dict(it.withdrawn)}
            for it in ledger.companions
        ],
        "rows_rejected_companions": len(ledger.rejected_companions),
        "rejected_companions": _rows_to_json(ledger.rejected_companions[:most]),
    }


def _rows_to_json(rows: Iterable[RejectedRow]) -> list[Json]:
    return [{"file": it.file, "line": it.line, "reason": it.reason} for it in rows]


def overlay_to_json(overlay: Overlay, as_of: date) -> dict[str, Any]:
    """One overlay with its changes. ``in_force`` is false only where a rule was switched off until a day before."""
    return {
        "name": overlay.name,
        "title": overlay.title,
        "version": overlay.version,
        "sha256": overlay.sha256,
        "changes": [_change_to_json(change, as_of) for change in overlay.changes],
    }


def overlay_from_json(said: Mapping[str, Any], place: Place) -> Overlay:
    """What :func:`overlay_to_json` wrote. ``place``: the file that says so.

    Raises KeyError, TypeError or ValueError where it is not that.
    """
    return Overlay(
        name=str(said["name"]),
        title=str(said["title"]),
        version=str(said["version"]),
        sha256=str(said["sha256"]),
        changes=tuple(_change_from_json(it, place) for it in said["changes"]),
        place=place,
    )


def _change_from_json(said: Mapping[str, Any], place: Place) -> LocalChange:
    return LocalChange(
        kind=ChangeKind(said["change"]),
        kind_of_thing=str(said["kind"]),
        id=str(said["id"]),
        place=place,
        because=str(said["because"]),
        was=str(said["was"]),
        now=str(said["now"]),
        until=date.fromisoformat(said["until"]) if said["until"] is not None else None,
    )


def _change_to_json(change: LocalChange, as_of: date) -> dict[str, Any]:
    return {
        "change": change.kind.value,
        "kind": change.kind_of_thing,
        "id": change.id,
        "because": change.because,
        "was": change.was,
        "now": change.now,
        "until": change.until.isoformat() if change.until is not None else None,
        "in_force": change.until is None or change.until >= as_of,
    }
