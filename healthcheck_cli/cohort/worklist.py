"""The worklist: one row a person, most pressing first, with why they stand where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.content.overlay_models import overlays_in_words
from healthcheck_cli.output import guarded_cell

_LEVELS = tuple(level.value for level in sorted(Level, key=lambda level: level.rank))


@dataclass(frozen=True)
class WorklistFilter:
    """Whom a worklist holds: people with one of these rules, with one of these themes, of this age or more."""

    rules: Sequence[str] = ()
    themes: Sequence[str] = ()
    min_age: int | None = None


def write_worklist(
    folder: Path, to: Path, content: Content, wanted: WorklistFilter, connection: duckdb.DuckDBPyConnection
) -> int:
    """Write the worklist of the people in ``folder`` and say how many it holds.

    Order: the highest level; the number of urgent, then of high findings; then the total on the headline scale; the
    number of medium findings and of the rest; then the order of the input. Nothing in it is taken for a formula by a
    spreadsheet.
    """
    scale = content.settings["headline_scale"].value
    where, values = _where(folder, wanted)
    people = str(folder / "people.parquet")
    connection.execute(
        f"COPY (SELECT {', '.join(_columns(content, scale))} FROM read_parquet(?) people {where} "
        f"ORDER BY {_order(scale)}) TO ? (FORMAT csv, HEADER)",
        [people, *values, str(to)],
    )
    found = connection.execute(f"SELECT count(*) FROM read_parquet(?) people {where}", [people, *values]).fetchone()
    return int(found[0]) if found else 0


def _order(scale: str) -> str:
    rest = ", ".join(f"{level} DESC" for level in _LEVELS[2:])
    ranks = " ".join(f"WHEN '{level}' THEN {rank}" for rank, level in enumerate(_LEVELS))
    pressing = f"urgent DESC, high DESC, {scale}_low DESC, {rest}"
    return f"CASE highest {ranks} ELSE {len(_LEVELS)} END, {pressing}, file_row_number"


def _columns(content: Content, scale: str) -> list[str]:
    counted = " || ', ' || ".join(f"{level} || ' {level}'" for level in _LEVELS)
    burdens = [_range(f"{name}_low", f"{name}_high", name) for name in content.scales]
    return [
        _guarded("person_id"),
        "age",
        "nullif(sex, '') AS sex",
        "nullif(highest, '') AS highest_level",
        f"{counted} || '; {scale} ' || {_shown(f'{scale}_low', f'{scale}_high')} AS why_here",
        *_LEVELS,
        "nullif(array_to_string(themes_raised, '; '), '') AS themes_raised",
        *burdens,
        "constipating_max_level",
        "constipating_count AS constipating_level_2_3",
        "CASE WHEN antipsychotic_percent_low = 0 AND antipsychotic_percent_high IS NULL THEN 'not known' "
        "WHEN antipsychotic_percent_low IS NOT NULL THEN "
        f"{_shown('round(antipsychotic_percent_low, 1)', 'round(antipsychotic_percent_high, 1)')} END "
        "AS antipsychotic_percent_of_maximum",
        "psychotropic_count",
        "unassessed AS could_not_assess",
        "unrecognised",
        f"{_text(content.version)} AS content_version",
        f"nullif({_text(guarded_cell(overlays_in_words(content.overlays)))}, '') AS overlays",
    ]


def _text(said: str) -> str:
    quoted = said.replace("'", "''")
    return f"'{quoted}'"


def _shown(low: str, high: str) -> str:
    return (
        f"CASE WHEN {high} IS NULL THEN {low} || ' or more' WHEN {high} = {low} THEN {low}::VARCHAR "
        f"ELSE {low} || ' to ' || {high} END"
    )


def _range(low: str, high: str, name: str) -> str:
    return f"{_shown(low, high)} AS {name}"


def _guarded(column: str) -> str:
    """What :func:`healthcheck_cli.output.guarded_cell` makes of a cell."""
    shown = f"regexp_replace({column}, '[\\p{{Cc}}\\p{{Cf}}\\p{{Co}}\\p{{Zl}}\\p{{Zp}}]', '', 'g')"
    starts = f"{shown} != '-' AND regexp_matches({shown}, '^''*[=+@-]')"
    return f"CASE WHEN {starts} THEN '''' || {shown} ELSE {shown} END AS {column}"


def _where(folder: Path, wanted: WorklistFilter) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    if wanted.rules:
        parts.append(
            "person_id IN (SELECT person_id FROM read_parquet(?) WHERE list_contains(?::VARCHAR[], rule) "
            "OR list_has_any(stands_for, ?::VARCHAR[]))"
        )
        values += [str(folder / "findings.parquet"), list(wanted.rules), list(wanted.rules)]
    if wanted.themes:
        parts.append("list_has_any(themes_raised, ?::VARCHAR[])")
        values.append(list(wanted.themes))
    if wanted.min_age is not None:
        parts.append("age >= ?")
        values.append(wanted.min_age)
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values
