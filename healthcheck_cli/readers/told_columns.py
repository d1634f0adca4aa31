"""What is said of the columns of a table: which field each is taken for, and which are not used."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import Kind

_LONGEST_NAME = 40  # characters of a column's name that a note repeats
_NAMES_TOLD = 30


def note_columns(header: Sequence[str], kind: Kind, places: Mapping[str, int], notes: Notes) -> None:
    """Say which column each field is taken from."""
    used = ", ".join(f"{name} from '{_short(header[place])}'" for name, place in places.items())
    notes.add(f"read as {kind}: {used}")


def note_unused(header: Sequence[str], used: Collection[int], notes: Notes) -> None:
    """Say which columns nothing is taken from."""
    unused = [name for place, name in enumerate(header) if place not in used and name]
    if unused:
        more = f" and {len(unused) - _NAMES_TOLD} more" if len(unused) > _NAMES_TOLD else ""
        notes.add(f"columns not used: {', '.join(map(_short, unused[:_NAMES_TOLD]))}{more}")


def _short(header: str) -> str:
    return header if len(header) <= _LONGEST_NAME else f"{header[:_LONGEST_NAME]}…"
