"""A blood pressure in one row made two observations, for many people at once: what ``each_pressure`` does for one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Column, combinations
from healthcheck_cli.cohort.extract import ObservationRows, column_of, taken
from healthcheck_cli.readers.blood_pressure import NAMES, each_pressure, is_blood_pressure
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.record import Observation

_WRITTEN_ANEW = ("name", "code", "value", "unit")


def with_pressures_apart(rows: ObservationRows, notes: Notes) -> ObservationRows:
    """The observations of one file, each blood pressure as its two figures. ``rows`` are sorted by person."""
    by_name = rows.name.where(lambda name: is_blood_pressure(name, ""))
    by_code = rows.code.where(lambda code: is_blood_pressure("", code))
    pressures = np.flatnonzero((by_name | by_code) & rows.value.where(lambda value: value is not None))
    if not len(pressures):
        return rows
    columns: dict[str, Column[Any]] = {field: getattr(rows, field) for field in _WRITTEN_ANEW}
    alike = combinations([(it.codes[pressures], len(it.values)) for it in columns.values()], len(pressures))
    noted: dict[str, list[int]] = {}
    halves: list[Observation] = []
    for number, place in enumerate(pressures[alike.first]):
        note = partial(_note, noted, number)
        halves += each_pressure(rows.observation(int(place)), note)
    for message, numbers in noted.items():
        notes.add_all(message, np.sort(rows.number[pressures[np.isin(alike.codes, numbers)]]).tolist())
    times = np.ones(len(rows), np.int64)
    times[pressures] = len(NAMES)
    from_row = np.repeat(np.arange(len(rows)), times)
    first_half = pressures + np.arange(len(pressures))
    anew: dict[str, Any] = {}
    for field, column in columns.items():
        pool = column_of([*column.values, *(getattr(it, field) for it in halves)])
        codes, of_halves = pool.codes[: len(column.values)][column.codes[from_row]], pool.codes[len(column.values) :]
        for half in range(len(NAMES)):
            codes[first_half + half] = of_halves[len(NAMES) * alike.codes.astype(np.int64) + half]
        anew[field] = Column(codes, pool.values)
    return replace(taken(rows, from_row), **anew)


def _note(noted: dict[str, list[int]], number: int, message: str) -> None:
    noted.setdefault(message, []).append(number)
