"""The texts nobody could name, with how often they occur: most frequent first."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.output import guarded_cell


class Unnamed:
    """Gathers the texts of current lines that were not recognised."""

    def __init__(self) -> None:
        self.lines: Counter[str] = Counter()
        self.people: Counter[str] = Counter()
        self.suggestions: dict[str, Sequence[str]] = {}

    def add(self, lines: Lines) -> None:
        """Add those of some lines."""
        found = np.flatnonzero(lines.not_recognised)
        seen: set[tuple[str, int]] = set()
        for index in found:
            named = lines.recognised.at(int(index))
            self.lines[named.text] += 1
            whose = (named.text, int(lines.person[index]))
            self.people[named.text] += whose not in seen
            seen.add(whose)
            self.suggestions[named.text] = named.suggestions or named.candidates


def write_unrecognised(path: Path, unnamed: Unnamed, *, with_texts: bool) -> None:
    """Text, lines, people and suggestions. ``with_texts``: without, the texts, which may name anybody, are left out."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "lines", "people", "suggestions"])
        for text, count in sorted(unnamed.lines.items(), key=lambda it: (-it[1], it[0])):
            shown = guarded_cell(text) if with_texts else ""
            writer.writerow([shown, count, unnamed.people[text], guarded_cell("; ".join(unnamed.suggestions[text]))])
