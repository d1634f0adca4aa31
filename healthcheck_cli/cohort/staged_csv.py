"""Plain CSV files read by DuckDB, where they are so plain that nothing in them needs a second look.

Rows become codes of distinct texts; each distinct text is then read by the functions of the readers. A file with
anything unusual (rows that do not fit, line breaks in cells, repeated headers, totals, another encoding) is not read
here: the readers of one person take it, which are slower and account for every row.
"""

from __future__ import annotations

import codecs
import hashlib
import mmap
import re
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
from healthcheck_cli.readers.csv_table import (
    MOST_IN_A_CELL,
    cells_of,
    delimiter_of,
    is_totals,
    value_of,
    without_empty_end,
)
from healthcheck_cli.readers.detect import detect
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.readers.sources import Opened

_LOOKED_AT = 1 << 16  # bytes at the beginning of a file
_AT_ONCE = 1 << 24  # bytes
_PATTERN_MARKS = frozenset("*?[")  # a name with one of these stands for several files
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
    if _PATTERN_MARKS & set(str(path)):
        raise NotPlain
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
            head = beginning.removeprefix(codecs.BOM_UTF8).decode("utf-8", "ignore")
            head = head[: head.rfind("\n") + 1] if len(beginning) == _LOOKED_AT else head
            delimiter = delimiter_of(head)
            lines = _lines_in(file, delimiter)
        detected = detect(Opened(path.name, head)).format
    except (OSError, ValueError, InputProblem):
        raise NotPlain from None
    if detected != "csv" and options.format != "csv":
        raise NotPlain
    first = head.split("\n", 1)[0].rstrip("\r")
    header = without_empty_end([cell.strip() for cell in cells_of(first, delimiter)])
    try:
        columns = map_columns(header, options.columns, path.name)
    except InputProblem:
        raise NotPlain from None
    if columns is None or _NO_PLACE_FOR & set(columns.places) or not {"patient_id", "nhs_number"} & set(columns.places):
        raise NotPlain
    return _Plan(path, delimiter, header, columns, lines - 1)


def _lines_in(file: Any, delimiter: str) -> int:
    """The lines of a file that is all UTF-8, whose lines all end in the same way, and where no cell has a blank outside
    of its quotes: one engine takes that for a part of the cell and another does not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    mark = re.escape(delimiter.encode())
    odd = [re.compile(pattern) for pattern in (mark + b' +"', b'\n +"', b'" +(?:[\r\n]|' + mark + b")")]
    newlines = returns = 0
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        for at in range(0, len(whole), _AT_ONCE):
            block = whole[at : at + _AT_ONCE]
            decoder.decode(block)
            newlines, returns = newlines + block.count(b"\n"), returns + block.count(b"\r")
            with_next = whole[at : at + _AT_ONCE + _LOOKED_AT] if b'"' in block else b""
            if b"\x00" in block or any(it.search(with_next) for it in odd):
                raise NotPlain
        decoder.decode(b"", final=True)
        if returns not in (0, newlines):
            raise NotPlain
        return newlines if whole[-1:] == b"\n" else newlines + 1


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
            "null_padding=false, ignore_errors=false, max_line_size=?, buffer_size=?)",
            [str(plan.path), plan.delimiter, MOST_IN_A_CELL, 2 * _AT_ONCE],
        )
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        raise NotPlain from None
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if rows is None or rows[0] != plan.rows or not plan.rows:
        raise NotPlain
    if connection.execute(f"SELECT 1 FROM {table} WHERE totals LIMIT 1").fetchone():
        raise NotPlain
    texts = {field: _text_column(connection, table, field, number) for field in plan.columns.places}
    connection.execute(f"DROP TABLE {table}")
    _refuse_odd_rows(plan, texts)
    return StagedTable(plan.path.name, plan.columns, plan.header, texts, plan.rows)


def _listed(plan: _Plan) -> str:
    """The columns that are used; of the others only whether one may say that the row adds up those above it."""
    unused = set(range(len(plan.header))) - set(plan.columns.places.values())
    totals = " OR ".join(f"c{place} ILIKE '%total%'" for place in sorted(unused)) or "FALSE"
    return ", ".join(
        [*(f'c{place} AS "{field}"' for field, place in plan.columns.places.items()), f"{totals} AS totals"]
    )


def _text_column(connection: duckdb.DuckDBPyConnection, table: str, field: str, number: int) -> Column[str]:
    """The texts of one field, as the readers have them: stripped, and empty where they say that nothing is there."""
    kind, column = f"texts_{number}_{field}", f'"{field}"'  # a field may have the name of a word of SQL
    connection.execute(f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL)")
    found = connection.execute(f"SELECT coalesce(enum_code({column}::{kind}) + 1, 0)::INTEGER AS code FROM {table}")
    codes: Codes = np.asarray(found.fetchnumpy()["code"], np.int32)
    distinct = connection.execute(f"SELECT unnest(enum_range(NULL::{kind}))::VARCHAR").fetchall()
    connection.execute(f"DROP TYPE {kind}")
    texts = [text for (text,) in distinct]
    found_all = bool(codes.min(initial=1))
    raw = Column(codes - 1, texts) if found_all else Column(codes, ["", *texts])
    read = [value_of(text.strip()) for text in raw.values]
    if read == raw.values:  # so it is with ids, of which there are many
        return raw
    return raw.mapped(dict(zip(raw.values, read, strict=True)).__getitem__)


def _refuse_odd_rows(plan: _Plan, texts: dict[str, Column[str]]) -> None:
    """A repeat of the header stands in every column: it is looked for in the one with the fewest texts. A row of
    totals says so. A row that says of nobody who it is may be blank."""
    fewest = min(texts, key=lambda field: len(texts[field].values))
    heading = plain(plan.header[plan.columns.places[fewest]])
    if any(plain(text) == heading for text in texts[fewest].values):
        raise NotPlain
    for it in texts.values():
        if "total" in "\n".join(it.values).casefold() and any(map(is_totals, ([text] for text in it.values))):
            raise NotPlain
    if "" in texts["patient_id" if "patient_id" in texts else "nhs_number"].values:
        raise NotPlain
