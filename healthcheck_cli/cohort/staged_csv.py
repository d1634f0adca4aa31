"""Plain CSV files read by DuckDB, where they are so plain that nothing in them needs a second look.

Rows become codes of distinct texts; each distinct text is then read by the functions of the readers. A file with
anything unusual (rows that do not fit, line breaks in cells, repeated headers, totals, another encoding) is not read
here: the readers of one person take it, which are slower and account for every row.
"""

from __future__ import annotations

import codecs
import hashlib
import mmap
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import InputFile
from healthcheck_cli.readers.columns import ColumnMap, map_columns, plain
from healthcheck_cli.readers.csv_table import cells_of, delimiter_of, is_totals, value_of, without_empty_end
from healthcheck_cli.readers.detect import detect
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.readers.sources import Opened

_LOOKED_AT = 1 << 16  # bytes at the beginning of a file
_NO_PLACE_FOR = frozenset({"date_of_death", "issue_date", "not_reported"})
"""Fields whose meaning is worked out row by row."""


@dataclass(frozen=True)
class StagedTable:
    """One file: its kind, and for each field the text of each row. ``line`` is where its first row stands."""

    name: str
    columns: ColumnMap
    header: Sequence[str]
    texts: dict[str, Column[str]]
    rows: int

    def text(self, field: str) -> Column[str]:
        """The text of a field; empty where the file has no such column."""
        return self.texts.get(field) or Column.constant("", self.rows)


class NotPlain(Exception):
    """The file wants the readers that look at every row."""


def staged(
    paths: Sequence[str], options: ReadOptions, connection: duckdb.DuckDBPyConnection
) -> tuple[list[StagedTable], list[InputFile]]:
    """The tables of these files. Raises :class:`NotPlain` where one of them has anything unusual."""
    if options.encoding or options.format not in ("auto", "csv"):
        raise NotPlain
    plans = [_plan(Path(path), options) for path in dict.fromkeys(paths)]
    wanted = {plain(column) for column in options.columns.values()}
    if wanted - {plain(cell) for plan in plans for cell in plan.header}:
        raise NotPlain  # the reader says which column is not there
    with ThreadPoolExecutor(1) as pool:
        hashes: list[Future[str]] = [pool.submit(_sha256, plan.path) for plan in plans]
        tables = [_load(plan, number, connection) for number, plan in enumerate(plans)]
        inputs = [InputFile(plan.path.name, it.result(), "csv") for plan, it in zip(plans, hashes, strict=True)]
    return tables, inputs


@dataclass(frozen=True)
class _Plan:
    path: Path
    delimiter: str
    header: Sequence[str]
    columns: ColumnMap
    rows: int


def _plan(path: Path, options: ReadOptions) -> _Plan:
    """How a file is laid out, from its beginning and from the counts of its line ends."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
            lines = _lines_in(file)
        head = beginning.removeprefix(codecs.BOM_UTF8).decode("utf-8", "ignore")
        head = head[: head.rfind("\n") + 1] if len(beginning) == _LOOKED_AT else head
        detected = detect(Opened(path.name, head)).format
    except (OSError, ValueError, InputProblem):
        raise NotPlain from None
    if detected != "csv" and options.format != "csv":
        raise NotPlain
    first = head.split("\n", 1)[0].rstrip("\r")
    delimiter = delimiter_of(head)
    header = without_empty_end([cell.strip() for cell in cells_of(first, delimiter)])
    try:
        columns = map_columns(header, options.columns, path.name)
    except InputProblem:
        raise NotPlain from None
    if columns is None or _NO_PLACE_FOR & set(columns.places) or not {"patient_id", "nhs_number"} & set(columns.places):
        raise NotPlain
    return _Plan(path, delimiter, header, columns, lines - 1)


def _lines_in(file: Any) -> int:
    """The lines of a file whose lines all end in the same way."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        newlines = _count(whole, b"\n")
        if _count(whole, b"\r") not in (0, newlines) or _count(whole, b"\x00"):
            raise NotPlain
        if whole[-1:] == b"\n":
            return newlines
    return newlines + 1


def _count(whole: mmap.mmap, mark: bytes) -> int:
    size, step = len(whole), 1 << 24
    return sum(whole[at : at + step].count(mark) for at in range(0, size, step))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else _digest(file)


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    while block := file.read(1 << 20):
        found.update(block)
    return found.hexdigest()


def _load(plan: _Plan, number: int, connection: duckdb.DuckDBPyConnection) -> StagedTable:
    table = f"staged_{number}"
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(plan.header)))
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {_listed(plan)} FROM read_csv(?, columns={{{names}}}, "
            "header=false, skip=1, delim=?, quote='\"', escape='\"', auto_detect=false, strict_mode=true, "
            "null_padding=false, ignore_errors=false)",
            [str(plan.path), plan.delimiter],
        )
    except duckdb.Error:
        raise NotPlain from None
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if rows is None or rows[0] != plan.rows or not plan.rows:
        raise NotPlain
    texts = {field: _text_column(connection, table, field, number) for field in plan.columns.places}
    connection.execute(f"DROP TABLE {table}")
    _refuse_odd_rows(plan, texts)
    return StagedTable(plan.path.name, plan.columns, plan.header, texts, plan.rows)


def _listed(plan: _Plan) -> str:
    return ", ".join(f"c{place} AS {field}" for field, place in plan.columns.places.items())


def _text_column(connection: duckdb.DuckDBPyConnection, table: str, field: str, number: int) -> Column[str]:
    """The texts of one field, as the readers have them: stripped, and empty where they say that nothing is there."""
    kind = f"texts_{number}_{field}"
    connection.execute(f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT {field} FROM {table} WHERE {field} IS NOT NULL)")
    found = connection.execute(f"SELECT coalesce(enum_code({field}::{kind}) + 1, 0)::INTEGER AS code FROM {table}")
    codes: Codes = np.asarray(found.fetchnumpy()["code"], np.int32)
    distinct = connection.execute(f"SELECT unnest(enum_range(NULL::{kind}))::VARCHAR").fetchall()
    connection.execute(f"DROP TYPE {kind}")
    texts = [text for (text,) in distinct]
    found_all = bool(codes.min(initial=1))
    raw = Column(codes - 1, texts) if found_all else Column(codes, ["", *texts])
    return raw.mapped(lambda text: value_of(text.strip()))


def _refuse_odd_rows(plan: _Plan, texts: dict[str, Column[str]]) -> None:
    """A repeat of the header stands in every column: it is looked for in the one with the fewest texts. A row of
    totals says so. A row that says of nobody who it is may be blank."""
    fewest = min(texts, key=lambda field: len(texts[field].values))
    heading = plain(plan.header[plan.columns.places[fewest]])
    if any(plain(text) == heading for text in texts[fewest].values):
        raise NotPlain
    if any("total" in text.casefold() and is_totals([text]) for it in texts.values() for text in it.values):
        raise NotPlain
    if "" in texts["patient_id" if "patient_id" in texts else "nhs_number"].values:
        raise NotPlain
