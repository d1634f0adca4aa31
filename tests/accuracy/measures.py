"""How often names and directions are read right on the labelled examples in ../shared/data, which are not ours to ship.

The labels are of those who made the examples. A label names the substances that matter in a product ("co-codamol", the
first of a cream's): a name is read right where every labelled substance is among those read, whatever salt is written
and by whichever of its names.
"""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from healthcheck_cli.content.load import find_content, load_medicines
from healthcheck_cli.content.medicine_models import MedicineContent
from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.models import Dosage, Match, Recognised
from healthcheck_cli.medicines.recognise import Recogniser, class_label

DATA = Path(__file__).parents[2].parent / "shared" / "data"
NAMES = DATA / "product_names_dev.csv"
DIRECTIONS = DATA / "dose_instructions_dev.csv"
MAY_BE_PRINTED = frozenset({"OC", "BL", "CG", "CA"})  # the other sources have no licence to publish from

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

Row = dict[str, str]


@dataclass(frozen=True)
class Share:
    """``count`` of ``total``, with the rows that make up the rest or the count."""

    count: int
    total: int
    cases: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """Of the total, in per cent."""
        return 100 * self.count / self.total


@dataclass(frozen=True)
class NamesMeasured:
    """Product names. ``cases`` are those that were not read as labelled, as far as they may be printed."""

    ingredients: Share
    labels: Share
    false_classes: Share
    unrecognised: Share
    seconds_for_ten_thousand: float


@dataclass(frozen=True)
class DirectionsMeasured:
    """Directions. ``wrong``: read, and a figure or a mark differs from the label. ``unread``: not read at all."""

    right: Share
    wrong: Share
    unread: Share


@lru_cache(maxsize=1)
def held() -> tuple[MedicineContent, Recogniser]:
    """The shipped medicines, and what recognises them."""
    medicines = load_medicines(find_content())
    return medicines, Recogniser(medicines.medicines, medicines.products, code_tables=medicines.code_tables)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure_names() -> NamesMeasured:
    """Every row that is not marked as ambiguous, by its name alone."""
    medicines, recogniser = held()
    rows = [row for row in _rows(NAMES) if row["ambiguous"] == "0"]
    began = time.process_time()
    read = [(row, recogniser.recognise(row["name"])) for row in rows]
    spent = time.process_time() - began
    of_no_class = [pair for pair in read if pair[0]["class_label"] == "none"]

    def label_is_right(row: Row, found: Recognised) -> bool:
        return class_label(found, medicines.medicines) == row["class_label"]

    return NamesMeasured(
        ingredients=_share(read, _holds_all, wanted=True),
        labels=_share(read, label_is_right, wanted=True),
        false_classes=_share(of_no_class, lambda row, found: not label_is_right(row, found), wanted=False),
        unrecognised=_share(read, lambda _, found: found.match is Match.NONE, wanted=False),
        seconds_for_ten_thousand=spent / len(rows) * 10_000,
    )


def _share(read: Sequence[tuple[Row, Recognised]], test: Callable[[Row, Recognised], bool], *, wanted: bool) -> Share:
    """How many pass the test. The cases are those that a reader wants to see: what is not as it should be."""
    passed = [test(row, found) for row, found in read]
    shown = tuple(
        f"{row['name']}: {row['class_label']}, {row['ingredients']}; read as {_as_read(found)}"
        for (row, found), ok in zip(read, passed, strict=True)
        if ok is not wanted and row["source"] in MAY_BE_PRINTED
    )
    return Share(sum(passed), len(read), shown)


def _as_read(found: Recognised) -> str:
    names = " + ".join(one.name for one in found.ingredients) or " or ".join(found.candidates)
    return f"{names or 'nothing'} ({found.match.value})"


def _holds_all(row: Row, found: Recognised) -> bool:
    """Is every labelled substance among those read (or, of an ambiguous name, among those it may be)?"""
    read = {one.name for one in found.ingredients} or set(found.candidates)
    return all(_is_among(label.strip(), read) for label in row["ingredients"].split(";"))


def _is_among(label: str, read: set[str]) -> bool:
    """By its own name, with or without its salt ("azilsartan medoxomil"), or by one that the content holds for it."""
    if any(label == name or label.startswith(f"{name} ") or name.startswith(f"{label} ") for name in read):
        return True
    means = {one.name for one in held()[1].recognise(label).ingredients}
    return bool(means) and means <= read


def measure_directions() -> DirectionsMeasured:
    """Every development text, over all columns that the tool gives."""
    rows = _rows(DIRECTIONS)
    read = [(row, read_dosage(row["text"])) for row in rows]
    right = sum(dosage.read and not _differences(row, dosage) for row, dosage in read)
    unread = sum(not dosage.read for _, dosage in read)
    wrong = tuple(row["id"] for row, dosage in read if dosage.read and _differences(row, dosage))
    return DirectionsMeasured(
        right=Share(right, len(rows)),
        wrong=Share(len(wrong), len(rows), wrong),
        unread=Share(unread, len(rows), tuple(row["id"] for row, dosage in read if not dosage.read)),
    )


def _differences(row: Row, dosage: Dosage) -> list[str]:
    figures = [name for name in _FIGURES if _differs(row[name], getattr(dosage, name))]
    flags = [name for name in _FLAGS if (row[name] == "1") != bool(getattr(dosage, name))]
    unit = [] if (row["dose_unit"] or None) == dosage.dose_unit else ["dose_unit"]
    return [*figures, *flags, *unit]


def _differs(stated: str, read: float | None) -> bool:
    if stated == "" or read is None:
        return (stated == "") != (read is None)
    return not math.isclose(float(stated), read, rel_tol=1e-4)
