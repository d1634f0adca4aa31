"""Tables of a database made from columns of codes, and the texts that go with the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np

_FEW = 10_000  # texts that every row group of a file may list, whether or not it has them
_SEPARATOR = "\x1f"


class DuckTables:
    """What queries in one database find under names: columns of many rows, and what the codes in them stand for.

    Codes are looked up in lists, not joined: a row stays in its place, where a join may move it.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
        """``ids``: what each person is called in the tables."""
        self.connection = connection
        self.ids = texts_of(ids)
        connection.execute("CREATE OR REPLACE TEMP MACRO said(listed, code) AS listed[code::INTEGER + 1]")
        # Many rows beside a table of one row: only as the query says it do they keep their order.
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")

    def given(self, name: str, columns: Mapping[str, Any]) -> None:
        """Arrays of one length as a table, which is read where it stands."""
        self.connection.register(name, dict(columns))

    def coded(
        self,
        name: str,
        *,
        texts: Mapping[str, Iterable[str | None]] | None = None,
        lists: Mapping[str, Sequence[Sequence[str]]] | None = None,
        others: Mapping[str, Any] | None = None,
    ) -> None:
        """A table of one row: of each column the list of what the codes stand for, to be looked up with ``said``. They
        are texts, lists of texts, and arrays of others.

        Texts are an ENUM where they are few: Parquet's own dictionary is then written as it is, where it would be made
        by looking at the text of every row.
        """
        found = {key: list(values) for key, values in (texts or {}).items()}
        columns: dict[str, Any] = {key: texts_of(values) for key, values in found.items()}
        chosen = {key: f"{key}::{self._kind(name, key, values)}" for key, values in found.items()}
        for key, listed in (lists or {}).items():
            columns[key] = texts_of(_SEPARATOR.join(it) for it in listed)
            kind = self._kind(name, key, (text for it in listed for text in it))
            split = f"string_split({key}, chr({ord(_SEPARATOR)}))"
            chosen[key] = f"CASE WHEN {key} = '' THEN [] ELSE {split} END::{kind}[]"
        columns |= others or {}
        chosen |= {key: key for key in others or {}}
        length = len(next(iter(columns.values())))
        self.given("given_columns", {"code": np.arange(length), **columns})
        wanted = ", ".join(f"list({what} ORDER BY code) AS {key}" for key, what in chosen.items())
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {wanted} FROM given_columns")
        self.connection.unregister("given_columns")

    def _kind(self, table: str, column: str, texts: Iterable[str | None]) -> str:
        """The type of a column that holds these texts."""
        distinct = sorted({text for text in texts if text is not None})
        if len(distinct) > _FEW:
            return "VARCHAR"
        kind = f"{table}_{column}"
        self.given("given_texts", {"text": texts_of(distinct)})
        self.connection.execute(f"CREATE OR REPLACE TYPE {kind} AS ENUM (SELECT text FROM given_texts)")
        self.connection.unregister("given_texts")
        return kind


def texts_of(values: Iterable[Any]) -> Any:
    """Texts as an array that a table can be made of."""
    found = list(values)
    return np.array(found, object) if found else np.zeros(0, "<U1")


def numbers_of(values: Iterable[float | None]) -> Any:
    """Numbers as an array; None and what has no end as NULL."""
    return known(np.array([np.nan if value is None else float(value) for value in values], np.float64))


def flags_of(values: Iterable[bool | None]) -> Any:
    """Flags as an array; None as NULL."""
    found = list(values)
    return np.ma.array([bool(it) for it in found], bool, mask=[it is None for it in found])


def known(numbers: Any) -> Any:
    """Numbers with NULL where there is none or it has no end."""
    return np.ma.masked_invalid(numbers)


def whole(numbers: Any) -> Any:
    """Numbers that are whole, as such; NULL as for :func:`known`."""
    finite = np.isfinite(numbers)
    return np.ma.array(np.where(finite, numbers, 0).astype(np.int32), mask=~finite)
