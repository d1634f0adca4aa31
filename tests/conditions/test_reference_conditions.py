"""Every condition of the working definition can be read, and all of them fast enough to be read at each start.

What they name is checked against the real vocabulary elsewhere.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.tree import atoms

CONDITIONS = Path(__file__).parents[1] / "fixtures" / "conditions.csv"
SECONDS_FOR_ALL = 3.0
"""Ten times what it takes on a quiet machine: this is to notice a parser that has become slow, not a busy neighbour."""


def conditions() -> list[dict[str, str]]:
    with CONDITIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_as_many_as_the_working_definition_has() -> None:
    kinds = [row["kind"] for row in conditions()]

    assert kinds.count("when") >= 569
    assert kinds.count("defined") >= 33
    assert kinds.count("level_if") >= 50


def test_all_of_them_can_be_read_and_keep_their_text() -> None:
    for row in conditions():
        condition = parse(row["text"])

        assert condition.text in row["text"], row["id"]
        assert all(row["text"][atom.column - 1 :].startswith(atom.text) for atom in atoms(condition)), row["id"]


def test_all_are_read_in_a_fraction_of_a_second() -> None:
    texts = [row["text"] for row in conditions()]
    parse("toy.yes")  # the parser is made on first use

    began = time.perf_counter()
    for text in texts:
        parse(text)

    assert time.perf_counter() - began < SECONDS_FOR_ALL
