"""``review --out``: reads an extract, reviews everybody, and fills a folder with what came of it."""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from healthcheck_cli.cohort import report
from healthcheck_cli.cohort.columns import lengths_of
from healthcheck_cli.cohort.duck_tables import DuckTables
from healthcheck_cli.cohort.extract import Extract, MedicineRows, Places, extract_of
from healthcheck_cli.cohort.from_csv import extract_of_tables
from healthcheck_cli.cohort.hidden_names import HiddenNames
from healthcheck_cli.cohort.joined_parts import join_parts, part_name
from healthcheck_cli.cohort.kept import Kept
from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.cohort.medicine_table import MedicineTable
from healthcheck_cli.cohort.output_tables import OutputTables
from healthcheck_cli.cohort.pseudonyms import fingerprint_of, pseudonyms
from healthcheck_cli.cohort.reviewed import ReviewedExtract, rules_of_extracts
from healthcheck_cli.cohort.side_by_side import Tell, shared_out, side_by_side, workers_for
from healthcheck_cli.cohort.staged_csv import NotPlain, staged
from healthcheck_cli.cohort.told import told
from healthcheck_cli.cohort.unassessed_table import Undecided, undecided, write_unassessed
from healthcheck_cli.cohort.unrecognised import Unnamed, write_unrecognised
from healthcheck_cli.cohort.worklist import WorklistFilter, write_worklist
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import Companion, InputFile, Ledger, RejectedRow
from healthcheck_cli.output import guarded_cell
from healthcheck_cli.plans.provenance import ledger_to_json, provenance_of
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.review import Reviewer

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""

_PEOPLE_AT_ONCE = 48_000  # more at once take more memory, and are slower: less of them stays in the caches
_WORTH_DIVIDING = 20_000  # people; what two parts of fewer have in common is worked out twice, and takes longer
_WORTH_A_WORKER = 500  # people; below that the start of a second worker takes longer than it saves
_OF_PARTS = ("people", "findings")
_MOST_LISTED = 1000  # rejected rows in run.json; all are in rejected.csv


@dataclass(frozen=True)
class Asked:
    """What the user asked for. ``key``: ids become hashes with it, and free text and names of files are left out."""

    as_of: date
    memory: str = ""
    people_at_once: int = _PEOPLE_AT_ONCE
    wanted: WorklistFilter = field(default_factory=WorklistFilter)
    key: bytes | None = None
    show_small_numbers: bool = False
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Loaded:
    """An extract, with what was said and left out while it was read, as in :class:`ReadResult`."""

    extract: Extract
    rejected: tuple[RejectedRow, ...]
    notes: tuple[str, ...]
    inputs: tuple[InputFile, ...]
    broken_off: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()

    def with_names_hidden(self) -> Loaded:
        """The same, with names for its files that say nothing. What was said of reading it is no part of an output."""
        names = HiddenNames(self.inputs)
        return Loaded(
            names.extract(self.extract),
            names.rejected(self.rejected),
            (),
            names.inputs,
            companions=names.companions(self.companions),
        )

    @property
    def medicine_rows(self) -> int:
        """Every medicine row of the inputs. A line that is several rows counts for all of them."""
        return len(self.rejected) + int(_rows_of_lines(self.extract.medicines).sum())


@dataclass
class Outcome:
    """What came of it: where every row went, how many findings of each level there are, and how long it took.

    ``found``: the rules that are told of somebody, by themselves or by another that stands for them.
    """

    ledger: Ledger
    people: int
    findings: dict[str, int]
    found: list[str]
    timings: dict[str, float]


def connection_for(folder: Path, memory: str, sharers: int = 1) -> duckdb.DuckDBPyConnection:
    """A database in memory that puts what does not fit into ``folder``; ``sharers``: how many share the memory."""
    connection = duckdb.connect()
    connection.execute("SET temp_directory = ?", [str(folder / f"spill-{os.getpid()}")])
    if memory:
        connection.execute("SET memory_limit = ?", [memory])
    if sharers > 1:
        connection.execute("SET threads = 1")
    return connection


@contextmanager
def interrupts_told() -> Iterator[None]:
    """Whoever interrupts a query of DuckDB interrupts the command, and has not found a bug."""
    try:
        yield
    except (RuntimeError, duckdb.Error) as error:
        if "interrupted" in str(error).casefold():
            raise KeyboardInterrupt from None
        raise


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
    how = "taken for" if options.format == "auto" else "read as"
    taken = tuple(f"{it.name}: {how} CSV" for it in inputs)
    notes = (*taken, *found.notes)
    return Loaded(found.extract, found.rejected, notes, tuple(inputs), companions=found.companions)


def _of_records(result: ReadResult) -> Loaded:
    try:
        extract = extract_of(result.records)
    except ValueError:
        raise InputProblem(
            "these inputs are not one extract: they hold answers of a check, or lists that are complete for some "
            "people only; review them without --out"
        ) from None
    return Loaded(extract, result.rejected, result.notes, result.inputs, result.broken_off, result.companions)


def review_into(
    folder: Path,
    loaded: Loaded,
    reviewer: Reviewer,
    asked: Asked,
    progress: Progress,
) -> Outcome:
    """Review everybody and write every file but the plans and the report into ``folder``."""
    watch = _Watch()
    if asked.key is not None:
        loaded = loaded.with_names_hidden()
    everybody, everyone = loaded.extract, len(loaded.extract)
    ids = everybody.people.ids if asked.key is None else pseudonyms(everybody.people.ids, asked.key)
    with watch.timed("medicines"):  # before the work is divided, so that every text is read once
        kept = Kept(shared_out)
        whole = ReviewedExtract(everybody, reviewer.content, reviewer.medicines, reviewer.facts, asked.as_of, kept)
        rows, unnamed = _row_counts(whole.lines), Unnamed()
        unnamed.add(whole.lines)
    with watch.timed("review"):
        parts = _review_in_parts(folder, whole, asked, ids, progress)
    connection = connection_for(folder, asked.memory)
    with watch.timed("tables"):
        join_parts(folder, _OF_PARTS, len(parts), connection)
        write_unassessed(parts, everyone, DuckTables(connection, ids), folder / "unassessed.parquet")
    ledger = Ledger(*rows, loaded.rejected, loaded.companions)
    with watch.timed("lists"):
        write_worklist(folder, folder / "worklist.csv", reviewer.content, asked.wanted, connection)
        write_unrecognised(folder / "unrecognised.csv", unnamed, with_texts=asked.key is None)
        _write_rejected(folder / "rejected.csv", (*ledger.rejected, *ledger.rejected_companions))
    levels, found = _findings_by_level(folder, connection), _rules_found(folder, connection)
    outcome = Outcome(ledger, everyone, levels, found, watch.seconds)
    connection.close()
    _write_run(folder / "run.json", loaded, reviewer, asked, outcome)
    return outcome


def _review_in_parts(
    folder: Path,
    whole: ReviewedExtract,
    asked: Asked,
    ids: Sequence[str],
    progress: Progress,
) -> list[list[Undecided]]:
    """Review part after part, and write the medicine lines of all beside it; what each part leaves undecided."""
    everyone = len(whole.extract)
    size = _people_in_a_part(everyone, asked.people_at_once)
    starts = range(0, max(everyone, 1), size)
    steps = len(starts) * len(rules_of_extracts(whole.content, asked.as_of))
    done = 0

    def tell(further: int) -> None:
        nonlocal done
        done += further
        progress(done, steps)

    def review_part(number: int, tell: Tell) -> list[Undecided]:
        first, after = starts[number], min(starts[number] + size, everyone)
        part = whole if len(starts) == 1 else whole.part(first, after)
        return _review_part(folder, part, asked, ids[first:after], (number, len(starts)), tell)

    def write_medicines(_: Tell) -> None:
        _write_medicines(folder, whole, asked, ids)

    reviews = [partial(review_part, number) for number in range(len(starts))]
    work: list[Callable[[Tell], Any]] = [write_medicines, *reviews]
    workers = workers_for(len(work)) if everyone >= _WORTH_A_WORKER else 1
    _, *parts = side_by_side(work, tell, workers, meanwhile=report.get_ready)
    return parts


class _Watch:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - start, 3)


def _people_in_a_part(people: int, most: int) -> int:
    """As many as may be reviewed at once, and few enough that every processor has some, where it is worth while."""
    if people < _WORTH_DIVIDING:
        return min(most, max(people, 1))
    parts = max(workers_for(people), -(-people // most))
    return -(-people // parts)


def _write_medicines(folder: Path, whole: ReviewedExtract, asked: Asked, ids: Sequence[str]) -> None:
    connection = connection_for(folder, asked.memory, sharers=2)
    tables = DuckTables(connection, ids)
    MedicineTable(whole.lines, whole.make_entries(), tables, with_texts=asked.key is None).write(
        folder / "medicines.parquet"
    )
    connection.close()


def _review_part(
    folder: Path, reviewed: ReviewedExtract, asked: Asked, ids: Sequence[str], place: tuple[int, int], tell: Tell
) -> list[Undecided]:
    """Review a part and write its findings and people; what could not be decided. ``place``: the number of the part,
    and of how many."""
    reviewed.verdicts_with(lambda _: tell(1))
    connection = connection_for(folder, asked.memory, workers_for(place[1]))
    tables = OutputTables(reviewed, told(reviewed), connection, ids)
    tables.people(folder / part_name("people", *place))
    tables.findings(folder / part_name("findings", *place))
    connection.close()
    return undecided(reviewed.verdicts)


def _row_counts(lines: Lines) -> tuple[int, int, int, int]:
    """Where the medicine rows went. A line that is several rows of the source counts for all of them."""
    rows = _rows_of_lines(lines.rows)
    current, exact, duplicate = lines.current, lines.exact, lines.duplicate
    used, over, again, unnamed = (
        int(rows[flags].sum()) for flags in (current & exact, ~current & ~duplicate, duplicate, current & ~exact)
    )
    return used, over, again, unnamed


def _rows_of_lines(lines: MedicineRows) -> Places:
    return 1 + lengths_of(lines.other_issues)


def _findings_by_level(folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    counted = "SELECT level, count(*) FROM read_parquet(?) GROUP BY level"
    return dict(connection.execute(counted, [str(folder / "findings.parquet")]).fetchall())


def _rules_found(folder: Path, connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = "SELECT rule FROM findings UNION SELECT unnest(stands_for) FROM findings"
    told = f"WITH findings AS (SELECT rule, stands_for FROM read_parquet(?)) {found} ORDER BY rule"
    return [rule for (rule,) in connection.execute(told, [str(folder / "findings.parquet")]).fetchall()]


def _write_rejected(path: Path, rejected: Sequence[RejectedRow]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "line", "reason"])
        writer.writerows([guarded_cell(row.file), row.line, guarded_cell(row.reason)] for row in rejected)


def _write_run(path: Path, loaded: Loaded, reviewer: Reviewer, asked: Asked, outcome: Outcome) -> None:
    run = {
        **provenance_of(reviewer.content, asked.as_of, loaded.inputs),
        "options": asked.options,
        "ids": {
            "hashed": asked.key is not None,
            "key_fingerprint": fingerprint_of(asked.key) if asked.key is not None else None,
        },
        "rules": {
            "asked": [it.id for it in rules_of_extracts(reviewer.content, asked.as_of)],
            "titles": {name: reviewer.content.rules[name].title for name in outcome.found},
        },
        "complete": sorted(loaded.extract.complete),
        "people": outcome.people,
        "findings": outcome.findings,
        "ledger": ledger_to_json(outcome.ledger, _MOST_LISTED),
        "timings": outcome.timings,
    }
    path.write_text(json.dumps(run, indent=2, ensure_ascii=True, allow_nan=False) + "\n", encoding="utf-8")
