"""Plain CSV files read by DuckDB, where they are so plain that nothing in them needs a second look.

Rows become codes of distinct texts; each distinct text is then read by the functions of the readers. A file with
anything unusual (rows that do not fit, line breaks in cells, repeated headers, totals, another encoding) is not read
here: the readers of one person take it, which are slower and account for every row.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from healthcheck_cli.cohort.columns import Codes, Column
from healthcheck_cli.cohort.read_through import NotPlain, ReadThrough, read_through
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import InputFile
from healthcheck_cli.readers.columns import ColumnMap, map_columns, plain
from healthcheck_cli.readers.csv_table import (
    LONGEST_MISSING,
    MOST_IN_A_CELL,
    cells_of,
    delimiter_of,
    is_totals,
    value_of,
    without_empty_end,
)
from healthcheck_cli.readers.detect import detect
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.readers.sources import Opened, shown_names

__all__ = ["NotPlain", "StagedTable", "codes_of_hashes", "staged"]

_LOOKED_AT = 1 << 16  # bytes at the beginning of a file
_AT_ONCE = 1 << 24  # bytes that DuckDB reads at once
_NO_CODE = (1 << 16) - 1
_MOST_IN_ENUM = _NO_CODE  # texts of a column that DuckDB gives the codes of; of more it gives hashes
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


def staged(
    paths: Sequence[str], options: ReadOptions, connection: duckdb.DuckDBPyConnection
) -> tuple[list[StagedTable], list[InputFile]]:
    """The tables of these files. Raises :class:`NotPlain` where one of them has anything unusual."""
    if options.encoding or options.format not in ("auto", "csv"):
        raise NotPlain
    names = shown_names(paths)
    if len(set(names.values())) < len(names):
        raise NotPlain  # the same file twice: the reader tells them apart
    plans = [_plan(Path(path), name, options) for path, name in names.items()]
    wanted = {plain(column) for column in options.columns.values()}
    if wanted - {plain(cell) for plan in plans for cell in plan.header}:
        raise NotPlain  # the reader says which column is not there
    pool = ThreadPoolExecutor(1)
    try:
        through = [pool.submit(read_through, plan.path, plan.delimiter) for plan in plans]
        tables = [_load(plan, it, connection) for plan, it in zip(plans, through, strict=True)]
        inputs = [
            InputFile(plan.name, it.result().sha256, "csv", str(number))
            for number, (plan, it) in enumerate(zip(plans, through, strict=True), start=1)
        ]
    finally:
        pool.shutdown(cancel_futures=True)
    return tables, inputs


@dataclass(frozen=True)
class _Plan:
    path: Path
    name: str
    delimiter: str
    header: Sequence[str]
    columns: ColumnMap

    @property
    def used(self) -> list[int]:
        """The places of the columns that are used."""
        return sorted(set(self.columns.places.values()))


def _plan(path: Path, name: str, options: ReadOptions) -> _Plan:
    """How a file is laid out, from its beginning."""
    if _PATTERN_MARKS & set(str(path)):
        raise NotPlain
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
        head = beginning.removeprefix(codecs.BOM_UTF8).decode("utf-8", "ignore")
        head = head[: head.rfind("\n") + 1] if len(beginning) == _LOOKED_AT else head
        delimiter = delimiter_of(head)
        detected = detect(Opened(name, head)).format
    except (OSError, ValueError, InputProblem):
        raise NotPlain from None
    if detected != "csv" and options.format != "csv":
        raise NotPlain
    first = head.split("\n", 1)[0].rstrip("\r")
    header = without_empty_end([cell.strip() for cell in cells_of(first, delimiter)])
    try:
        columns = map_columns(header, options.columns, name)
    except InputProblem:
        raise NotPlain from None
    if columns is None or _NO_PLACE_FOR & set(columns.places) or not {"patient_id", "nhs_number"} & set(columns.places):
        raise NotPlain
    return _Plan(path, name, delimiter, header, columns)


def _load(plan: _Plan, through: Future[ReadThrough], connection: duckdb.DuckDBPyConnection) -> StagedTable:
    """DuckDB reads the file twice, which takes less time than to keep its rows: once for the distinct texts of each
    field, and once for the codes of each row."""
    try:
        _find_texts(plan, connection)
        counts = dict(connection.execute("SELECT totals, times FROM staged_texts WHERE totals IS NOT NULL").fetchall())
        rows = counts.get(False, 0)
        if counts.get(True) or not rows or rows != through.result().lines - 1:
            raise NotPlain
        columns = _text_columns(plan, connection)
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        raise NotPlain from None
    finally:
        connection.execute("DROP TABLE IF EXISTS staged_texts")
    if any(len(column.codes) != rows for column in columns.values()):
        raise NotPlain  # somebody is writing to it
    texts = {field: columns[place] for field, place in plan.columns.places.items()}
    _refuse_odd_rows(plan, texts)
    return StagedTable(plan.name, plan.columns, plan.header, texts, rows)


def _find_texts(plan: _Plan, connection: duckdb.DuckDBPyConnection) -> None:
    """The distinct texts of each column that is used; and how many rows have something in another that may say that
    they add up those above."""
    used, unused = plan.used, sorted(set(range(len(plan.header))) - set(plan.used))
    cells = [f"coalesce(c{place}, '') AS c{place}" for place in used]
    totals = " OR ".join(f"coalesce(c{place} ILIKE '%total%', FALSE)" for place in unused) or "FALSE"
    rows, given = _rows_of(plan, [*cells, f"{totals} AS totals"], {})
    whens = " ".join(f"WHEN GROUPING(c{place}) = 0 THEN {place}" for place in used)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE staged_texts AS SELECT CASE {whens} END AS place, "
        f"coalesce({', '.join(f'c{place}' for place in used)}) AS text, totals, count(*) AS times FROM ({rows}) "
        f"GROUP BY GROUPING SETS ({', '.join(f'(c{place})' for place in used)}, (totals))",
        given,
    )


def _rows_of(plan: _Plan, cells: Sequence[str], types: Mapping[int, str]) -> tuple[str, list[Any]]:
    """The query for some cells of the rows of a file, and what it is given. ``types``: of the columns that are not read
    as texts."""
    columns = ", ".join(f"'c{place}': '{types.get(place, 'VARCHAR')}'" for place in range(len(plan.header)))
    return (
        f"SELECT {', '.join(cells)} FROM read_csv(?, columns={{{columns}}}, "
        "header=false, skip=1, delim=?, quote='\"', escape='\"', auto_detect=false, strict_mode=true, "
        "null_padding=false, ignore_errors=false, max_line_size=?, buffer_size=?)",
        [str(plan.path), plan.delimiter, MOST_IN_A_CELL, _AT_ONCE],
    )


def _text_columns(plan: _Plan, connection: duckdb.DuckDBPyConnection) -> dict[int, Column[str]]:
    """The text of each row in each column that is used: its code, or its hash where there are many texts."""
    counts = dict(connection.execute("SELECT place, count(*) FROM staged_texts GROUP BY place").fetchall())
    types = {place: f"staged_{place}" for place in plan.used if counts[place] <= _MOST_IN_ENUM}
    cells = [
        f"coalesce(enum_code(c{place}), enum_code(TRY_CAST('' AS {types[place]})), {_NO_CODE})::USMALLINT AS c{place}"
        if place in types
        else f"hash(coalesce(c{place}, '')) AS c{place}"
        for place in plan.used
    ]
    rows, given = _rows_of(plan, cells, types)
    try:
        for place, name in types.items():
            texts = f"SELECT text FROM staged_texts WHERE place = {place}"
            connection.execute(f"CREATE TYPE {name} AS ENUM ({texts})")
        found = connection.execute(rows, given).fetchnumpy()
        return {
            place: _as_read(_column(np.asarray(found.pop(f"c{place}")), place, types.get(place), connection))
            for place in plan.used
        }
    finally:
        for name in types.values():
            connection.execute(f"DROP TYPE IF EXISTS {name}")


def _column(found: Any, place: int, kind: str | None, connection: duckdb.DuckDBPyConnection) -> Column[str]:
    """A column from the codes of a type, or from hashes where there is no type."""
    if kind is None:
        listed = connection.execute(
            f"SELECT text, hash(text) AS hash FROM staged_texts WHERE place = {place}"
        ).fetchnumpy()
        return Column(codes_of_hashes(found, np.asarray(listed["hash"])), listed["text"].tolist())
    listed = connection.execute(f"SELECT unnest(enum_range(NULL::{kind}))::VARCHAR AS text").fetchnumpy()
    if int(found.max()) >= len(listed["text"]):
        raise NotPlain  # an empty cell where there was none before: somebody is writing to the file
    return Column(found, listed["text"].tolist())


def codes_of_hashes(rows: Any, texts: Any) -> Codes:
    """The place of the text of each row among all texts, from the hashes of both. Raises :class:`NotPlain` where two
    texts have the same hash, or a row has that of none: then somebody is writing to the file."""
    order = np.argsort(texts)
    ordered = texts[order]
    begins = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))  # the rows of one person mostly stand together
    places = np.minimum(np.searchsorted(ordered, rows[begins]), len(ordered) - 1)
    if bool((ordered[1:] == ordered[:-1]).any() or (ordered[places] != rows[begins]).any()):
        raise NotPlain
    return np.repeat(order.astype(np.int32)[places], np.diff(begins, append=len(rows)))


def _as_read(raw: Column[str]) -> Column[str]:
    """The texts as the readers have them: stripped, and empty where they say that nothing is there."""
    joined = "".join(raw.values)
    shortest = min(map(len, raw.values), default=0)
    if shortest > LONGEST_MISSING and '="' not in joined and joined.split(None, 1) == [joined]:
        return raw  # so it is with ids, of which there are many: nothing to strip, and no word for missing
    read = [value_of(text.strip()) for text in raw.values]
    return raw if read == raw.values else raw.mapped(dict(zip(raw.values, read, strict=True)).__getitem__)


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
