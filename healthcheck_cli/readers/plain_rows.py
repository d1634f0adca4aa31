"""The one shape into which every table of a source is turned: rows of the plain tables, one after another.

A format's module knows how its source writes things and nothing of records; it yields rows whose fields have the names
of :data:`healthcheck_cli.readers.columns.FIELDS` and whose values are still text, as the source has them.
:mod:`healthcheck_cli.readers.row_records` turns such rows into records; the cohort takes them as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["medicines", "people", "problems", "observations"]


class PlainRow(NamedTuple):
    """One row of a plain table.

    ``line`` is where a person would look for it: the line of the file it begins on, or the number of the row where a
    file has no lines. ``fields`` holds every field that the source has a place for, empty where this row says nothing:
    a row without a patient id is one thing, a table without a column for it another. Beside those a format may
    give what only its source knows: ``item`` (its key of the medicine that a row is an issue of), ``standing`` of a
    problem (``over`` where the source says so without a date), and of a person ``not_reported`` (why the source takes
    this person out). Any other field is the format's own and nobody else's.
    """

    kind: Kind
    line: int
    fields: Mapping[str, str]
    file: str = ""

    def text(self, name: str) -> str:
        """The text of a field; empty where the source has no such field."""
        return self.fields.get(name, "")


@dataclass(frozen=True)
class LeftOut:
    """A row that could not be used, with the table it stands in and why; never the row's own text. ``withdrawn``: the
    source itself takes it back."""

    kind: Kind
    line: int
    reason: str
    file: str = ""
    withdrawn: bool = False


Rows = Iterator[PlainRow | LeftOut]
"""The rows of a source in its order, read as they are asked for. What the user should know of the source as a whole
goes to the :class:`~healthcheck_cli.readers.notes.Notes` that every format's function is given."""
