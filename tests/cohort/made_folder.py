"""Small made-up folders of ``review --out``, written with DuckDB in the shapes that the program writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from healthcheck_cli.content.overlay_models import Overlay
from healthcheck_cli.plans.provenance import overlay_to_json

TOOL = {"name": "healthcheck", "version": "1.2.3", "content_version": "2026.11.0", "content_sha256": "0" * 64}
_TABLES: Mapping[str, str] = {
    "people": "person_id VARCHAR, age INTEGER, sex VARCHAR, urgent INTEGER, high INTEGER, medium INTEGER, "
    "info INTEGER, "
    "acbcalc_low INTEGER, acbcalc_high INTEGER, constipating_max_level INTEGER, constipating_count INTEGER, "
    "antipsychotic_percent_low DOUBLE, antipsychotic_percent_high DOUBLE, psychotropic_count INTEGER, "
    "unassessed INTEGER, lines INTEGER, current_lines INTEGER, unrecognised INTEGER, highest VARCHAR, "
    "themes_raised VARCHAR[], problems VARCHAR[]",
    "findings": "person_id VARCHAR, rule VARCHAR, level VARCHAR, theme VARCHAR, themes VARCHAR[], rows INTEGER[], "
    "because VARCHAR, stands_for VARCHAR[]",
    "medicines": "person_id VARCHAR, match VARCHAR, ingredients VARCHAR[], classes VARCHAR[], "
    "possible_classes VARCHAR[], currency VARCHAR, dose_read BOOLEAN",
    "unassessed": "person_id VARCHAR, rule VARCHAR, level VARCHAR, missing VARCHAR[], people INTEGER",
}


@dataclass(frozen=True)
class Made:
    """One invented person. ``classes``: a medicine line for each list of classes; ``unassessed``: rule → missing;
    ``levels``: rule → the level of its finding, high where it is not given."""

    age: int | None = 40
    sex: str = "F"
    classes: Sequence[Sequence[str]] = ()
    possible: Sequence[str] = ()
    problems: Sequence[str] = ()
    rules: Sequence[str] = ()
    stands_for: Mapping[str, Sequence[str]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    unassessed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    acb: tuple[int, int] = (0, 0)
    unrecognised: int = 0


@dataclass(frozen=True)
class Many:
    """A row that stands for everybody who has no row of their own for the rule."""

    rule: str
    missing: Sequence[str]
    people: int


def write_folder(
    folder: Path,
    people: Mapping[str, Made],
    *,
    complete: Sequence[str] = ("medicines", "problems"),
    many: Sequence[Many] = (),
    as_of: str = "2026-11-01",
    sha256: str = "0" * 64,
    overlays: Sequence[Overlay] = (),
    run_says: Mapping[str, object] | None = None,
) -> Path:
    """Write the tables and ``run.json`` of these people, by id. ``run_says``: what else stands in it."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in _TABLES}
    for name, it in people.items():
        rows["people"].append(_person(name, it))
        rows["medicines"] += [
            (name, "exact", [], list(classes), list(it.possible), "current", True) for classes in it.classes
        ]
        rows["findings"] += [
            (
                name, rule, it.levels.get(rule, "high"), "medication", ["medication"], [], "[]",
                list(it.stands_for.get(rule, ())),
            )
            for rule in it.rules
        ]  # fmt: skip
        rows["unassessed"] += [(name, rule, "high", list(gap), 1) for rule, gap in it.unassessed.items()]
    rows["unassessed"] += [(None, it.rule, "high", list(it.missing), it.people) for it in many]
    with duckdb.connect() as connection:
        for table, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            if rows[table]:
                marks = ", ".join("?" * len(rows[table][0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
            connection.execute(f"COPY {table} TO '{folder / table}.parquet' (FORMAT parquet)")
    run = {
        "tool": {
            **TOOL,
            "content_sha256": sha256,
            "overlays": [overlay_to_json(it, date.fromisoformat(as_of)) for it in overlays],
        },
        "as_of": as_of,
        "inputs": [{"name": "list.csv", "sha256": "1" * 64, "format": "csv"}],
        "options": {},
        "ledger": {"rows_read": len(rows["medicines"]), "rows_used": len(rows["medicines"]), "rejected": []},
        "people": len(people),
        "complete": list(complete),
        "timings": {},
        **(run_says or {}),
    }
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return folder


def _person(name: str, it: Made) -> tuple[object, ...]:
    takes = sum("antipsychotic" in classes for classes in it.classes)
    percent = 50.0 if takes else None
    return (
        name, it.age, it.sex, 0, len(it.rules), 0, 0, *it.acb, 0, 0, percent, percent, takes, len(it.unassessed),
        len(it.classes), len(it.classes), it.unrecognised, "high" if it.rules else "",
        ["medication"] if it.rules else [], list(it.problems),
    )  # fmt: skip
