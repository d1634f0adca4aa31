"""Where every row of the inputs went: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be used, and why. Never the row's own text.

    ``withdrawn``: the source itself takes the row back (deleted, or of a person who died). That is no damage, and no
    limit on rejected rows counts it.
    """

    file: str
    line: int
    reason: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Companion:
    """What a file gives beside medicines (people, problems, observations): how many rows, and those of them that could
    not be used, or not whole. They stand apart from the medicine rows, whose counts add up by themselves.

    ``withdrawn``: how many rows the source itself takes back, by reason. An extract may hold millions, and no one of
    them is anything to look at.
    """

    file: str
    rows: int
    rejected: tuple[RejectedRow, ...] = ()
    withdrawn: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """Where every medicine row went. ``rows_read`` is the sum of the other counts."""

    rows_used: int = 0
    rows_not_current: int = 0
    rows_duplicate: int = 0
    rows_unrecognised: int = 0
    rejected: tuple[RejectedRow, ...] = ()
    companions: tuple[Companion, ...] = ()

    @property
    def rows_rejected(self) -> int:
        """Medicine rows that could not be used at all."""
        return len(self.rejected)

    @cached_property
    def rejected_companions(self) -> tuple[RejectedRow, ...]:
        """Rows of people, problems and observations that could not be used."""
        return tuple(row for it in self.companions for row in it.rejected)

    @cached_property
    def damaged(self) -> tuple[RejectedRow, ...]:
        """Rows of every kind that could not be used, medicines first, without those the source itself takes back."""
        return tuple(row for rows in (self.rejected, self.rejected_companions) for row in rows if not row.withdrawn)

    @cached_property
    def rows_withdrawn(self) -> int:
        """How many rows of every kind the source itself takes back."""
        listed = len(self.rejected) + len(self.rejected_companions) - len(self.damaged)
        return listed + sum(sum(it.withdrawn.values()) for it in self.companions)

    @property
    def rows_read(self) -> int:
        """Every medicine row of every input."""
        return (
            self.rows_used + self.rows_not_current + self.rows_duplicate + self.rows_unrecognised + self.rows_rejected
        )


@dataclass(frozen=True)
class InputFile:
    """One input, so that an output says what it was made from. ``place``: which of the inputs of the command it is, in
    an archive also which of its files (``2/3``)."""

    name: str
    sha256: str
    format: str
    place: str = ""
