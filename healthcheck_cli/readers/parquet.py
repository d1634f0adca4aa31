"""Parquet files, read as a table of texts. A place is the number of the row, the header being row 0."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.columns import known_columns
from healthcheck_cli.readers.csv_table import RawRow
from healthcheck_cli.readers.sources import Opened, Source

_ROWS_AT_ONCE = 5_000
_NESTED = re.compile(r"^(?:STRUCT|MAP|UNION|VARIANT)\b|\[\d*\]$")
_NO_REACH: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
}


@dataclass(frozen=True)
class OpenedParquet(Opened):
    """A Parquet file; its text is empty. ``kept``: a private copy, where it came from no file of its own."""

    path: Path = Path()
    kept: IO[bytes] | None = field(default=None, compare=False)

    @property
    def is_table(self) -> bool:
        """It is, whatever its columns are."""
        return True

    @property
    def dates_may_be_unsettled(self) -> bool:
        """Texts in it may hold any date."""
        return True

    def rows(self, delimiter: str = "") -> Iterator[RawRow]:  # noqa: ARG002 - it has none
        """The names of the columns, then every row, each cell as text; what is null is empty.

        Raises :class:`InputProblem` where the file is damaged.
        """
        import duckdb  # only a Parquet file needs it

        try:
            with duckdb.connect(":memory:", config=_NO_REACH) as connection:
                columns = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(self.path)]).fetchall()
                cells = ", ".join(self._cell(name, kind) for name, kind, *_ in columns)
                found = connection.execute(f"SELECT {cells} FROM read_parquet(?)", [str(self.path)])
                yield RawRow(0, [name for name, *_ in columns])
                number = 0
                while rows := found.fetchmany(_ROWS_AT_ONCE):
                    for number, row in enumerate(rows, start=number + 1):  # noqa: B020 - it goes on where it was
                        yield RawRow(number, ["" if cell is None else cell.strip() for cell in row])
        except duckdb.Error:  # its message may quote what the file holds
            raise InputProblem(f"{self.name}: a Parquet file that is damaged, cut off or locked") from None

    def _cell(self, name: str, kind: str) -> str:
        """How the text of a column is asked for. A value of several parts has none: how it would be printed is no name
        of a medicine. Raises :class:`InputProblem` where such a column would be read."""
        if not _NESTED.search(kind):
            quoted = name.replace('"', '""')
            return f'"{quoted}"::VARCHAR'
        if known_columns([name]):
            raise InputProblem(
                f"{self.name}: the column {name} holds values of several parts (a struct, map or list), and text is "
                "wanted: write each part as a column of its own"
            )
        return "NULL"


def open_parquet(source: Source) -> OpenedParquet:
    """The table in a Parquet file. Bytes that are in no file are kept in a private one as long as they are needed."""
    if source.path is not None:
        return OpenedParquet(source.name, "", path=source.path)
    kept = tempfile.NamedTemporaryFile(suffix=".parquet")  # noqa: SIM115 - it goes when nobody reads it any more
    kept.write(source.raw)
    kept.flush()
    return OpenedParquet(source.name, "", path=Path(kept.name), kept=kept)
