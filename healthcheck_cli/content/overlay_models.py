"""What a place laid over the shipped content: which overlay, and every change it makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from healthcheck_cli.content.support import Place


class ChangeKind(str, Enum):
    """The four things an overlay may do."""

    ADDED = "added"
    SWITCHED_OFF = "switched_off"
    REWORDED = "reworded"
    SET = "set"


@dataclass(frozen=True)
class LocalChange:
    """One change: what was done to which thing (``kind_of_thing`` and ``id``: rule, STOMP-05), and why.

    ``was`` and ``now`` are texts or values ("" for what is added or switched off); ``until`` is the last day on which a
    rule is switched off. ``because`` is "" only for what is added.
    """

    kind: ChangeKind
    kind_of_thing: str
    id: str
    place: Place
    because: str = ""
    was: str = ""
    now: str = ""
    until: date | None = None


def overlays_in_words(overlays: Iterable[Overlay]) -> str:
    """All that were laid over, in one line; empty where none was."""
    return "; ".join(it.in_words for it in overlays)


@dataclass(frozen=True)
class Overlay:
    """One overlay that was laid over the content. ``sha256`` is over what its own files say, wherever they are."""

    name: str
    title: str
    version: str
    sha256: str
    changes: tuple[LocalChange, ...]
    place: Place

    @property
    def in_words(self) -> str:
        """The one way in which every output names it: ``North Town practice (north-town 2026.11.0)``."""
        return f"{self.title} ({self.name} {self.version})"

    def of_kind(self, kind: ChangeKind) -> tuple[LocalChange, ...]:
        """Its changes of one kind, in the order they are written."""
        return tuple(change for change in self.changes if change.kind is kind)
