"""What every piece of content carries: where it stands, how far it is supported, and by which sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Basis(str, Enum):
    """How far a piece of content is supported."""

    SOURCED = "sourced"  # read in the source that is named
    GENERAL_KNOWLEDGE = "general_knowledge"  # known, not read in a source: to be verified before use
    PROPOSED = "proposed"  # this project's own choice: needs a clinician's sign-off


@dataclass(frozen=True)
class Place:
    """Where a piece of content stands: file below the content folder, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Support:
    """What a piece of content rests on, and who checked it when."""

    basis: Basis
    sources: tuple[str, ...] = ()
    reviewed: date | None = None
    review_due: date | None = None
    signed_off_by: str = ""


@dataclass(frozen=True)
class Source:
    """One publication that content cites."""

    id: str
    title: str
    publisher: str
    year: str = ""
    address: str = ""
    edition: str = ""
    note: str = ""
