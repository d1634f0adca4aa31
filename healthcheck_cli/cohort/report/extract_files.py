"""The files that a review of an extract wrote, opened for questions. Nothing is read into Python but counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from healthcheck_cli.content.overlay_models import Overlay
from healthcheck_cli.content.support import Place
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.plans.provenance import overlay_from_json

TABLES = ("people", "findings", "medicines", "unassessed")
RUN = "run.json"


@dataclass(frozen=True)
class Run:
    """What ``run.json`` says: with which content, of which day, with which lists complete, and where the rows went.

    ``asked``: the rules that were asked; ``titles``: of those that found something. ``hashed_with``: the fingerprint of
    the key that ids were hashed with, "" where they were not. A folder of an earlier version says none of this.
    """

    as_of: date
    people: int
    complete: frozenset[str]
    content_version: str
    content_sha256: str
    tool_version: str
    overlays: tuple[Overlay, ...] = ()
    asked: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    hashed_with: str | None = None
    inputs: tuple[str, ...] = ()
    ledger: Mapping[str, int] = field(default_factory=dict)


class ExtractFiles:
    """One folder of ``review --out``, with its tables under their names. Close it, or use it in a ``with``."""

    def __init__(self, folder: Path) -> None:
        """Raises InputProblem where the folder is not what ``review --out`` writes."""
        self.folder = folder
        self.run = read_run(folder)
        # Nothing is fetched, and no part of a record is written beside the files.
        self._connection = duckdb.connect(config={"autoinstall_known_extensions": False, "temp_directory": ""})
        try:
            self.beside(folder, "")
        except InputProblem:
            self.close()
            raise

    def __enter__(self) -> ExtractFiles:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def beside(self, folder: Path, prefix: str) -> None:
        """Give the tables of a folder names that begin with ``prefix``. Raises InputProblem as above."""
        for name in TABLES:
            path = _table(folder, name)
            if not path.is_file():
                raise InputProblem(f"{folder}: {name}.parquet is not there: name a folder that review --out wrote")
            quoted = str(path).replace("'", "''")
            try:
                self._connection.execute(f"CREATE VIEW {prefix}{name} AS SELECT * FROM read_parquet('{quoted}')")
            except duckdb.Error:
                raise InputProblem(f"{folder}: {name}.parquet cannot be read: write the folder anew") from None

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def execute(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run a statement that gives nothing."""
        self.rows(statement, values)

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a question. Raises InputProblem where the tables are not as they should be."""
        try:
            found: list[tuple[Any, ...]] = self._connection.execute(statement, values).fetchall()
        except duckdb.Error:  # its message may quote values
            raise InputProblem(f"{self.folder}: its tables are not those of this version: write it anew") from None
        return found

    def one(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        """The only row of a question."""
        return self.rows(statement, values)[0]


def _table(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _hashed_with(ids: Mapping[str, Any]) -> str:
    return str(ids["key_fingerprint"]) if ids["hashed"] else ""


def read_run(folder: Path) -> Run:
    """``run.json`` of a folder. Raises InputProblem where it is not there or is not one."""
    try:
        said = json.loads((folder / RUN).read_text("utf-8"))
        tool = said["tool"]
        rules = said.get("rules", {"asked": (), "titles": {}})
        return Run(
            as_of=date.fromisoformat(said["as_of"]),
            people=int(said["people"]),
            complete=frozenset(said["complete"]),
            content_version=str(tool["content_version"]),
            content_sha256=str(tool["content_sha256"]),
            tool_version=str(tool["version"]),
            overlays=tuple(overlay_from_json(it, Place(RUN)) for it in tool.get("overlays", [])),
            asked=tuple(map(str, rules["asked"])),
            titles={str(name): str(title) for name, title in rules["titles"].items()},
            hashed_with=_hashed_with(said["ids"]) if "ids" in said else None,
            inputs=tuple(str(it["name"]) for it in said.get("inputs", [])),
            ledger={name: count for name, count in said.get("ledger", {}).items() if isinstance(count, int)},
        )
    except FileNotFoundError:
        raise InputProblem(f"{folder}: {RUN} is not there: name a folder that review --out wrote") from None
    except OSError as error:
        raise InputProblem(f"{folder}: {RUN} cannot be read ({error.strerror or 'no reason given'})") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputProblem(f"{folder}: {RUN} is not what review --out writes: write the folder anew") from None
