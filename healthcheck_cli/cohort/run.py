"""``review --out``: reads an extract, reviews everybody, and fills a folder with what came of it."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from healthcheck_cli.cohort.extract import Extract, extract_of
from healthcheck_cli.cohort.from_csv import extract_of_tables
from healthcheck_cli.cohort.output_tables import OutputTables
from healthcheck_cli.cohort.pseudonyms import pseudonyms
from healthcheck_cli.cohort.reviewed import ReviewedExtract, rules_of_extracts
from healthcheck_cli.cohort.staged_csv import NotPlain, staged
from healthcheck_cli.cohort.told import told
from healthcheck_cli.cohort.unrecognised import Unnamed, write_unrecognised
from healthcheck_cli.cohort.worklist import WorklistFilter, write_worklist
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import InputFile, Ledger, RejectedRow
from healthcheck_cli.output import guarded_cell
from healthcheck_cli.plans.as_json import ledger_to_json, provenance_of
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.review import Reviewer

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""

_PEOPLE_AT_ONCE = 400_000
_TABLES = ("people", "findings", "medicines", "unassessed")


@dataclass(frozen=True)
class Asked:
    """What the user asked for. ``key``: ids become hashes with it, and free text is left out."""

    as_of: date
    memory: str = ""
    people_at_once: int = _PEOPLE_AT_ONCE
    wanted: WorklistFilter = field(default_factory=WorklistFilter)
    key: bytes | None = None
    show_small_numbers: bool = False
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Loaded:
    """An extract, with what was said and left out while it was read."""

    extract: Extract
    rejected: tuple[RejectedRow, ...]
    notes: tuple[str, ...]
    inputs: tuple[InputFile, ...]


@dataclass
class Outcome:
    """What came of it: where every row went, how many findings of each level there are, and how long it took."""

    ledger: Ledger
    people: int
    findings: dict[str, int]
    timings: dict[str, float]


def connection_for(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A database in memory that puts what does not fit into ``folder``."""
    connection = duckdb.connect()
    connection.execute("SET temp_directory = ?", [str(folder / "spill")])
    if memory:
        connection.execute("SET memory_limit = ?", [memory])
    return connection


def load(
    paths: Sequence[str],
    options: ReadOptions,
    connection: duckdb.DuckDBPyConnection,
    read: Callable[[], ReadResult],
) -> Loaded:
    """The extract in these files. ``read``: how the readers of one person read them, for what DuckDB does not."""
    try:
        tables, inputs = staged(paths, options, connection)
        found = extract_of_tables(tables, options)
    except NotPlain:
        return _of_records(read())
    taken = tuple(f"{it.name}: taken for CSV" for it in inputs)
    return Loaded(found.extract, found.rejected, (*taken, *found.notes), tuple(inputs))


def _of_records(result: ReadResult) -> Loaded:
    try:
        extract = extract_of(result.records)
    except ValueError:
        raise InputProblem(
            "these inputs are not one extract: they hold answers of a check, or lists that are complete for some "
            "people only; review them without --out"
        ) from None
    return Loaded(extract, result.rejected, result.notes, result.inputs)


def review_into(
    folder: Path,
    loaded: Loaded,
    reviewer: Reviewer,
    asked: Asked,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress,
) -> Outcome:
    """Review everybody and write every file but the plans into ``folder``."""
    watch = _Watch()
    everyone, names = len(loaded.extract), len(rules_of_extracts(reviewer.content, asked.as_of))
    starts = range(0, max(everyone, 1), asked.people_at_once)
    unnamed, counts = Unnamed(), _RowCounts()
    for number, first in enumerate(starts):
        part = loaded.extract if len(starts) == 1 else loaded.extract.part(first, first + asked.people_at_once)
        with watch.timed("review"):
            reviewed = ReviewedExtract(part, reviewer.content, reviewer.medicines, reviewer.facts, asked.as_of)
            reviewed.verdicts_with(lambda done, before=number * names: progress(before + done, len(starts) * names))  # type: ignore[misc]
            shown = told(reviewed)
        counts.add(reviewed)
        unnamed.add(reviewed)
        with watch.timed("tables"):
            ids = part.people.ids if asked.key is None else pseudonyms(part.people.ids, asked.key)
            tables = OutputTables(reviewed, shown, connection, ids, with_texts=asked.key is None)
            for name in _TABLES:
                getattr(tables, name)(folder / _part_name(name, number, len(starts)))
        del reviewed, tables
    with watch.timed("lists"):
        _join_parts(folder, len(starts), connection)
        write_worklist(folder, folder / "worklist.csv", reviewer.content, asked.wanted, connection)
        write_unrecognised(folder / "unrecognised.csv", unnamed, with_texts=asked.key is None)
        _write_rejected(folder / "rejected.csv", loaded.rejected)
    ledger = counts.ledger(loaded.rejected)
    outcome = Outcome(ledger, everyone, _findings_by_level(folder, connection), watch.seconds)
    _write_run(folder / "run.json", loaded, reviewer, asked, outcome)
    return outcome


class _Watch:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - start, 3)


class _RowCounts:
    """Where the medicine rows went. A line that is several rows of the source counts for all of them."""

    def __init__(self) -> None:
        self._counts = np.zeros(4, np.int64)

    def add(self, reviewed: ReviewedExtract) -> None:
        lines = reviewed.lines
        others = np.array([len(rows) for rows in lines.rows.other_issues.values], np.int64)
        rows = 1 + (others[lines.rows.other_issues.codes] if len(others) else np.zeros(len(lines), np.int64))
        current, exact, duplicate = lines.current, lines.exact, lines.duplicate
        for place, flags in enumerate((current & exact, ~current & ~duplicate, duplicate, current & ~exact)):
            self._counts[place] += int(rows[flags].sum())

    def ledger(self, rejected: tuple[RejectedRow, ...]) -> Ledger:
        used, not_current, duplicate, unrecognised = map(int, self._counts)
        return Ledger(used, not_current, duplicate, unrecognised, rejected)


def _part_name(name: str, number: int, parts: int) -> str:
    return f"{name}.parquet" if parts == 1 else f"{name}.part-{number:04}.parquet"


def _join_parts(folder: Path, parts: int, connection: duckdb.DuckDBPyConnection) -> None:
    if parts == 1:
        return
    for name in _TABLES:
        pieces = [str(folder / _part_name(name, number, parts)) for number in range(parts)]
        connection.execute(
            "COPY (SELECT * FROM read_parquet(?)) TO ? (FORMAT parquet)", [pieces, str(folder / f"{name}.parquet")]
        )
        for piece in pieces:
            Path(piece).unlink()


def _findings_by_level(folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counted = "SELECT level, count(*) FROM read_parquet(?) GROUP BY level"
    return dict(connection.execute(counted, [str(folder / "findings.parquet")]).fetchall())


def _write_rejected(path: Path, rejected: Sequence[RejectedRow]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "reason"])
        writer.writerows([guarded_cell(row.file), row.line, guarded_cell(row.reason)] for row in rejected)


def _write_run(path: Path, loaded: Loaded, reviewer: Reviewer, asked: Asked, outcome: Outcome) -> None:
    ledger = ledger_to_json(outcome.ledger)
    rejected = ledger.pop("rejected")
    run = {
        **provenance_of(reviewer.content, asked.as_of, loaded.inputs),
        "options": asked.options,
        "complete": sorted(loaded.extract.complete),
        "people": outcome.people,
        "findings": outcome.findings,
        "ledger": {**ledger, "rejected": rejected[:1000]},
        "timings": outcome.timings,
    }
    path.write_text(json.dumps(run, indent=2, ensure_ascii=True, allow_nan=False) + "\n", encoding="utf-8")
