"""What every reader gives back, and what it may be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from healthcheck_cli.ledger import Companion, InputFile, RejectedRow
from healthcheck_cli.record import ListName, Record

if TYPE_CHECKING:
    from healthcheck_cli.readers.answers import AnswersReader


@dataclass(frozen=True)
class ReadResult:
    """The people of one input, or of several joined.

    ``rejected`` are medicine rows that could not be used; ``companions``: the rows beside medicines, by file; ``notes``
    are for standard error and name files, lines and columns, never a value. ``format`` is what the input was taken for;
    ``headers`` are its columns as compared. ``not_reported`` are people whom the source itself takes out, each with the
    reason. ``broken_off``: file and line of rows in the middle of which a file ends, so that what came after them is
    missing. ``nhs_numbers``: person id → every NHS number that is told of them, to join inputs by.
    ``by_nhs_number``: there is no patient id, and that number is the id.
    """

    records: tuple[Record, ...]
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[str, ...] = ()
    format: str = ""
    inputs: tuple[InputFile, ...] = ()
    headers: frozenset[str] = frozenset()
    not_reported: Mapping[str, str] = field(default_factory=dict)
    broken_off: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()
    nhs_numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_nhs_number: bool = False

    @property
    def medicine_rows(self) -> int:
        """Every medicine row of the inputs. A line that is several rows counts for all of them."""
        lines = (line for record in self.records for line in record.medicines)
        return len(self.rejected) + sum(1 + len(line.other_issues) for line in lines)


@dataclass(frozen=True)
class ReadOptions:
    """``format``: auto or a format's name. ``columns``: field → the column of the source that holds it.
    ``encoding``: "" to tell it from the bytes. ``complete``: lists that the user declares to leave nothing out.
    ``answers`` reads the answers of record files; without it they are taken as they are typed, which is for tests.
    ``known_rules``: where given, what is accepted of another rule is an error. ``as_of``: the day of the review, after
    which nobody was born."""

    format: str = "auto"
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    complete: Mapping[ListName, date | None] = field(default_factory=dict)
    answers: AnswersReader | None = None
    known_rules: frozenset[str] = frozenset()
    as_of: date | None = None
