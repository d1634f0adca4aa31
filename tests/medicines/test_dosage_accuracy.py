"""How often directions are read right, on labelled examples that are not part of this project (skipped where absent).

A wrong figure does harm that a blank does not: the share of texts with one is held apart from the share read.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from healthcheck_cli.medicines.dosage import read_dosage

_EXAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "dose_instructions_dev.csv"
_FIGURES = (
    "dose_low",
    "dose_high",
    "times_per_day_low",
    "times_per_day_high",
    "max_per_day",
    "daily_low",
    "daily_high",
)
_FLAGS = ("prn", "as_directed", "single_dose", "multi_step")

pytestmark = pytest.mark.skipif(not _EXAMPLES.exists(), reason="the labelled examples are not here")


def _differs(stated: str, read: float | None) -> bool:
    if stated == "" or read is None:
        return (stated == "") != (read is None)
    return not math.isclose(float(stated), read, rel_tol=1e-4)


def test_nearly_all_examples_are_read_right_and_almost_none_wrong() -> None:
    with _EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    exact = wrong = unread = 0
    for row in rows:
        dosage = read_dosage(row["text"])
        figures = [name for name in _FIGURES if _differs(row[name], getattr(dosage, name))]
        flags = [name for name in _FLAGS if (row[name] == "1") != bool(getattr(dosage, name))]
        exact += not figures and not flags and (row["dose_unit"] or None) == dosage.dose_unit
        wrong += any(getattr(dosage, name) is not None for name in figures)
        unread += not dosage.read and any(row[name] for name in _FIGURES)
    shares = {"exact": exact / len(rows), "wrong": wrong / len(rows), "unread": unread / len(rows)}
    assert shares["exact"] >= 0.95, shares
    assert shares["wrong"] <= 0.01, shares
    assert shares["unread"] <= 0.03, shares
