"""The tables of the parts of an extract, made one: what comes out does not tell how many parts there were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

_PLAIN = "SELECT * FROM read_parquet(?)"


def part_name(table: str, number: int, parts: int) -> str:
    """What the file of a part is called; of a whole, what the table is called."""
    return f"{table}.parquet" if parts == 1 else f"{table}.part-{number:04}.parquet"


def join_parts(folder: Path, tables: Sequence[str], parts: int, connection: duckdb.DuckDBPyConnection) -> None:
    """Put the parts of each table together, in their order, and take them away."""
    if parts == 1:
        return
    pieces = {table: [str(folder / part_name(table, number, parts)) for number in range(parts)] for table in tables}
    for table in tables:
        connection.execute(f"COPY ({_PLAIN}) TO ? (FORMAT parquet)", [pieces[table], str(folder / f"{table}.parquet")])
    for piece in (piece for of_table in pieces.values() for piece in of_table):
        Path(piece).unlink()
