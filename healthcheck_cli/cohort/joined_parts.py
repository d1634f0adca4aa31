"""The tables of the parts of an extract, made one: what comes out does not tell how many parts there were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

_PLAIN = "SELECT * FROM read_parquet(?)"

# A row without a person stands for all of its own part who have no row of their own. For the whole, the commonest such
# row of a rule stands; in a part where that does not hold, everybody gets a row of their own.
_UNASSESSED = """
WITH kept AS (SELECT *, file_index AS part FROM part_gaps),
     everyone AS (SELECT person_id, file_index AS part FROM part_people),
     shared AS (SELECT * FROM kept WHERE person_id IS NULL),
     chosen AS (
       SELECT rule, level, missing, sum(people) AS people FROM shared GROUP BY rule, level, missing
       QUALIFY row_number() OVER (PARTITION BY rule ORDER BY sum(people) DESC, missing) = 1),
     own AS (SELECT part, rule, person_id FROM kept WHERE person_id IS NOT NULL AND rule IN (SELECT rule FROM chosen)),
     otherwise AS (
       SELECT parts.part, chosen.rule, chosen.level, shared.missing
       FROM (SELECT DISTINCT part FROM everyone) parts CROSS JOIN chosen
       LEFT JOIN shared ON shared.part = parts.part AND shared.rule = chosen.rule
       WHERE shared.missing IS DISTINCT FROM chosen.missing)
SELECT NULL::VARCHAR AS person_id, rule, level, missing, people::INTEGER AS people FROM chosen
UNION ALL
SELECT person_id, rule, level, missing, people FROM kept WHERE person_id IS NOT NULL
UNION ALL
SELECT everyone.person_id, otherwise.rule, otherwise.level, coalesce(otherwise.missing, []::VARCHAR[]),
       (otherwise.missing IS NOT NULL)::INTEGER
FROM otherwise JOIN everyone ON everyone.part = otherwise.part
ANTI JOIN own ON own.part = everyone.part AND own.rule = otherwise.rule AND own.person_id = everyone.person_id
"""


def part_name(table: str, number: int, parts: int) -> str:
    """What the file of a part is called; of a whole, what the table is called."""
    return f"{table}.parquet" if parts == 1 else f"{table}.part-{number:04}.parquet"


def join_parts(folder: Path, tables: Sequence[str], parts: int, connection: duckdb.DuckDBPyConnection) -> None:
    """Put the parts of each table together, in their order, and take them away. ``people`` must be among them."""
    if parts == 1:
        return
    pieces = {table: [str(folder / part_name(table, number, parts)) for number in range(parts)] for table in tables}
    for table in tables:
        to = str(folder / f"{table}.parquet")
        if table == "unassessed":
            _number_parts("part_gaps", pieces[table], "person_id, rule, level, missing, people", connection)
            _number_parts("part_people", pieces["people"], "person_id", connection)
            connection.execute(f"COPY ({_UNASSESSED}) TO ? (FORMAT parquet)", [to])
        else:
            connection.execute(f"COPY ({_PLAIN}) TO ? (FORMAT parquet)", [pieces[table], to])
    for piece in (piece for of_table in pieces.values() for piece in of_table):
        Path(piece).unlink()


def _number_parts(view: str, pieces: Sequence[str], columns: str, connection: duckdb.DuckDBPyConnection) -> None:
    """The rows of some files, each with the number of its file."""
    quoted = ("'" + piece.replace("'", "''") + "'" for piece in pieces)
    each = (
        f"SELECT {columns}, {number} AS file_index FROM read_parquet({piece})" for number, piece in enumerate(quoted)
    )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {' UNION ALL '.join(each)}")
