"""What stands in a folder that ``review --out`` filled, and what the review of each person says."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from tests.cli.conftest import Run
from tests.cohort.small_extract import AS_OF


def rows_of(query: str, *given: object) -> list[dict[str, Any]]:
    """The rows of a query, sorted."""
    found = duckdb.connect().execute(query, list(given))
    names = [column[0] for column in found.description or ()]
    return sorted((dict(zip(names, row, strict=True)) for row in found.fetchall()), key=repr)


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    return rows_of("SELECT * FROM read_parquet(?)", str(folder / f"{name}.parquet"))


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def worklist(folder: Path) -> list[str]:
    return [row["person_id"] for row in cells(folder / "worklist.csv")]


def texts_in(folder: Path) -> Iterator[str]:
    """Everything that stands in the files of a folder, and what they are called."""
    for path in folder.rglob("*"):
        yield path.name
        if path.suffix == ".parquet":
            yield repr(table(path.parent, path.stem))
        if path.is_file():
            yield path.read_bytes().decode("utf-8", "replace")


def one_by_one(run: Run, inputs: Sequence[Path], *options: object) -> dict[str, Any]:
    """What the review of each person says, as JSON."""
    ran = run("review", *inputs, "--to", "json", "--as-of", AS_OF, "--max-rejected", "20", *options)
    said: dict[str, Any] = json.loads(ran.out)
    return said


def _reasons(finding: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: reason[key] for key in ("fact", "value", "rows")} for reason in finding["because"]]


def assert_says(folder: Path, said: dict[str, Any]) -> None:
    """The folder says what the reviews of its people say."""
    people = {person["person_id"]: person for person in said["people"]}
    assert [
        *(
            (it["person_id"], it["rule"], it["level"], it["themes"], it["rows"], json.loads(it["because"]))
            for it in table(folder, "findings")
        )
    ] == sorted(
        (
            (name, it["rule"], it["level"], it["themes"], it["rows"], _reasons(it))
            for name, person in people.items()
            for it in person["findings"]
        ),
        key=lambda found: repr({"person_id": found[0], "rule": found[1]}),
    )
    assert {(it["person_id"], it["rule"], tuple(it["missing"])) for it in table(folder, "unassessed")} == {
        (name, it["rule"], tuple(it["missing"])) for name, person in people.items() for it in person["could_not_assess"]
    }
    assert {(it["person_id"], it["row"], it["match"], it["route"]) for it in table(folder, "medicines")} == {
        (name, it["row"], it["match"], it["route"]) for name, person in people.items() for it in person["medicines"]
    }
    assert json.loads((folder / "run.json").read_text("utf-8"))["ledger"] == said["ledger"]
