"""What DuckDB says of people, by way of the compiled query and tables filled from the same facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import duckdb

from healthcheck_cli.conditions.sql import compile_conditions
from healthcheck_cli.conditions.tables import line_columns, line_rows, names_used, people_columns, people_row
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.conditions.vocabulary import Vocabulary
from tests.conditions import small_vocabulary
from tests.conditions.small_vocabulary import VOCABULARY, checked


def truths_in_duckdb(
    conditions: Mapping[str, Condition],
    everybody: Sequence[PersonFacts],
    definitions: Mapping[str, Condition] | None = None,
    vocabulary: Vocabulary = VOCABULARY,
) -> dict[tuple[str, int], Truth]:
    """The truth of each condition of each person, by the condition's id and the person's place in the list."""
    names = names_used(conditions.values(), definitions or {})
    people = [people_row(str(number), who, names, vocabulary) for number, who in enumerate(everybody)]
    lines = [row for number, who in enumerate(everybody) for row in line_rows(str(number), who, names, vocabulary)]
    connection = _connection()
    _fill(connection, "people", people_columns(names, vocabulary), people)
    _fill(connection, "lines", line_columns(names, vocabulary), lines)
    found = connection.execute(compile_conditions(conditions, vocabulary, definitions)).fetchall()
    return {
        (name, int(row[0])): Truth(answer) for row in found for name, answer in zip(conditions, row[1:], strict=True)
    }


def truth(text: str, who: PersonFacts) -> Truth:
    """The truth of a condition of one person, by both evaluators, which must agree."""
    answer = small_vocabulary.truth(text, who)
    assert truths_in_duckdb({"asked": checked(text)}, [who])["asked", 0] is answer, "DuckDB disagrees"
    return answer


@lru_cache(maxsize=1)
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, object]],
) -> None:
    declared = ", ".join(f"{name} {sql_type}" for name, sql_type in columns.items())
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({declared})")
    if rows:
        marks = ", ".join(f"({', '.join('?' for _ in columns)})" for _ in rows)
        connection.execute(f"INSERT INTO {table} VALUES {marks}", [row[name] for row in rows for name in columns])
