"""The values of a record file with their places, and the strict reading of each kind of value.

A problem names the place and what is wanted, never the value that was found: that may be a person's.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from healthcheck_cli.content.yaml_source import YamlList, YamlMapping
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.dates import read_date, read_partial_date
from healthcheck_cli.readers.values import flag_in
from healthcheck_cli.record import PartialDate


@dataclass(frozen=True)
class Node:
    """One value, the path that leads to it, and its line and column (0 where the source has none)."""

    value: Any
    path: str = ""
    line: int = 0
    column: int = 0

    def children(self) -> dict[str, Node]:
        """The values of a mapping by key."""
        return {key: self._child(key, value) for key, value in self.value.items()}

    def _child(self, key: str, value: object) -> Node:
        path = f"{self.path}.{key}" if self.path else key
        if isinstance(self.value, YamlMapping):
            spot = self.value.spot(key)
            return Node(value, path, spot.line, spot.column)
        return Node(value, path, self.line, self.column)

    def items(self) -> list[Node]:
        """The values of a list, in order."""
        nodes = []
        for index, value in enumerate(self.value):
            path = f"{self.path}, item {index + 1}"
            if isinstance(self.value, YamlList):
                spot = self.value.spot(index)
                nodes.append(Node(value, path, spot.line, spot.column))
            else:
                nodes.append(Node(value, path, self.line, self.column))
        return nodes


@dataclass
class NodeProblems:
    """Collects what is wrong with one file, so that all of it is told at once."""

    file: str
    found: list[tuple[int, int, str]] = field(default_factory=list)
    _places: set[tuple[int, int]] = field(default_factory=set, init=False, repr=False)

    def __post_init__(self) -> None:
        self._places.update(it[:2] for it in self.found)

    def add(self, node: Node, message: str) -> None:
        """Note one problem at the place of ``node``."""
        self.at(node.line, node.column, f"{node.path}: {message}" if node.path else message)

    def at(self, line: int, column: int, message: str) -> None:
        """Note one problem at a line and column. Only the first at a place is told: the others follow from it."""
        if not column or (line, column) not in self._places:
            self.found.append((line, column, message))
            self._places.add((line, column))

    def raise_if_any(self) -> None:
        """Raise :class:`InputProblem` with a line for each problem, if there is one."""
        if not self.found:
            return
        told = sorted(self.found, key=lambda it: it[:2])
        raise InputProblem(*dict.fromkeys(f"{self.place(line, column)}: {message}" for line, column, message in told))

    def place(self, line: int, column: int) -> str:
        """The file with a line and a column, each as far as it is known."""
        return ":".join([self.file or "record", *(str(it) for it in (line, line and column) if it)])


def fields_of(node: Node, allowed: Collection[str], problems: NodeProblems) -> dict[str, Node]:
    """The values of a mapping by key. Keys outside ``allowed`` are problems; the key itself is not repeated, because
    a missing dash or comma turns a value into a key."""
    if not isinstance(node.value, Mapping):
        problems.add(node, f"must be a mapping with the keys {', '.join(allowed)}")
        return {}
    found = node.children()
    for key, child in found.items():
        if key in allowed:
            continue
        near = difflib.get_close_matches(str(key).casefold(), list(allowed), n=1, cutoff=0.7)
        hint = f"did you mean {near[0]}?" if near else f"the keys here are {', '.join(allowed)}"
        problems.add(Node(None, node.path, child.line, child.column), f"a key that is not known ({hint})")
    return {key: child for key, child in found.items() if key in allowed and child.value is not None}


def items_of(node: Node | None, problems: NodeProblems) -> list[Node]:
    """The values of a list; none where the list is not given."""
    if node is None or node.value is None:
        return []
    if isinstance(node.value, (str, Mapping)) or not isinstance(node.value, (list, tuple)):
        problems.add(node, "must be a list")
        return []
    return node.items()


def text_of(node: Node | None, problems: NodeProblems) -> str:
    """Text; a number or a date is taken as it is written. Empty where it is not given."""
    if node is None or node.value is None:
        return ""
    value = node.value
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:g}"
    problems.add(node, "must be text")
    return ""


def code_of(node: Node | None, problems: NodeProblems) -> str:
    """A code: digits and letters, kept as text. A decimal number is refused, since a digit may be lost already."""
    if node is not None and isinstance(node.value, float):
        problems.add(node, "must be a code in quotes, not a number")
        return ""
    return text_of(node, problems)


def flag_of(node: Node | None, problems: NodeProblems) -> bool | None:
    """true, false, yes or no; None where it is not given."""
    if node is None or node.value is None:
        return None
    flag = flag_in(node.value)
    if flag is None:
        problems.add(node, "must be true or false")
    return flag


def day_of(node: Node | None, problems: NodeProblems) -> date | None:
    """A date to the day; None where it is not given."""
    if node is None or node.value is None:
        return None
    day = node.value if isinstance(node.value, date) else read_date(str(node.value))
    if day is None:
        problems.add(node, "not a date (write year-month-day, as 2026-11-22)")
    return day


def partial_date_of(node: Node | None, problems: NodeProblems) -> PartialDate | None:
    """A date to the day, month or year; None where it is not given."""
    if node is None or node.value is None:
        return None
    partial = PartialDate.of(node.value) if isinstance(node.value, date) else read_partial_date(str(node.value))
    if partial is None:
        problems.add(node, "not a date (write year-month-day, year-month or year)")
    return partial
