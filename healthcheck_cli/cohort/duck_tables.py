"""Tables of a database made from columns of codes, and the texts that go with the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np

from healthcheck_cli.cohort.extract import Places


class DuckTables:
    """Makes temporary tables in one database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
        """``ids``: what each person is called in the tables, in the table ``ids``."""
        self.connection = connection
        self.table("ids", {"person": np.arange(len(ids)), "person_id": texts_of(ids)})

    def table(self, name: str, columns: Mapping[str, Any]) -> None:
        """A table of these columns, which are arrays of one length."""
        self.connection.register("given_columns", dict(columns))
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given_columns")
        self.connection.unregister("given_columns")

    def lists(
        self, name: str, lists: Mapping[str, Sequence[Sequence[str]]], words: Mapping[str, Any] | None = None
    ) -> None:
        """A table of a code and lists of texts."""
        length = len(next(iter(lists.values())))
        joined = {key: texts_of("\x1f".join(it) for it in values) for key, values in lists.items()}
        self.table(f"{name}_texts", {"code": np.arange(length), **(words or {}), **joined})
        split = ", ".join(
            f"CASE WHEN {key} = '' THEN []::VARCHAR[] ELSE string_split({key}, chr(31)) END AS {key}" for key in lists
        )
        plain = "".join(f"{key}, " for key in words or {})
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT code, {plain}{split} FROM {name}_texts")


def joined(parts: Sequence[Any]) -> Places:
    """Arrays one after another."""
    return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int64)


def texts_of(values: Iterable[Any]) -> Any:
    """Texts as an array that a table can be made of."""
    found = list(values)
    return np.array(found, object) if found else np.zeros(0, "<U1")


def numbers_of(values: Iterable[Any]) -> Any:
    """Numbers as an array; None as NaN, which :func:`known` turns back."""
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)


def known(column: str) -> str:
    """A column of numbers, NULL where it holds none or has no end."""
    return f"CASE WHEN NOT isnan({column}) AND NOT isinf({column}) THEN {column} END AS {column}"
