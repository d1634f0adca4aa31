"""Conditions inside content files: parsed, checked against the vocabulary, and their problems given a place."""

from __future__ import annotations

from healthcheck_cli.conditions.check import parse_and_check
from healthcheck_cli.conditions.problems import ConditionProblem
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.vocabulary import Vocabulary
from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.yaml_source import Document, Spot


class ConditionReader:
    """Reads the conditions of one content; the same text is parsed once.

    ``doubtful`` are facts whose own type is a mistake: what a condition says of them is not held against it.
    """

    def __init__(self, vocabulary: Vocabulary, problems: Problems, doubtful: frozenset[str] = frozenset()) -> None:
        self._vocabulary = vocabulary
        self._problems = problems
        self._doubtful = doubtful
        self._parsed: dict[str, tuple[Condition | None, list[ConditionProblem]]] = {}

    def optional(self, record: RecordReader, key: str) -> Condition | None:
        """The condition under ``key``; None where there is none or it is wrong."""
        return self._read(record, key) if record.has(key) else None

    def required(self, record: RecordReader, key: str) -> Condition:
        """The condition under ``key``. Where it is missing or wrong, that is noted and an empty one stands in."""
        return self._read(record, key) or Condition(text="")

    def _read(self, record: RecordReader, key: str) -> Condition | None:
        text = record.text(key)
        if not text:
            return None
        if text not in self._parsed:
            self._parsed[text] = parse_and_check(text, self._vocabulary)
        condition, problems = self._parsed[text]
        if problems and any(name in text for name in self._doubtful):
            return None
        for problem in problems:
            place = place_in_text(record.document, record.spot(key), text, problem.column)
            self._problems.add(place, "condition", problem.message, problem.hint)
        return condition


def place_in_text(document: Document, spot: Spot, text: str, column: int) -> Place:
    """The place in the file of a column (from 1) of a text that begins at ``spot``.

    A text over several lines is folded by YAML: each line break and its indentation became one space. Where the lines
    do not add up to the text in that way (a quoted text with escapes), it is the place the text begins.
    """
    lines = document.text.splitlines()
    left = column - 1
    row, offset = spot.line - 1, spot.column - 1
    if lines[row][offset : offset + 1] in ("'", '"'):
        offset += 1
    elif spot.quoted:  # > or |: the text begins on the next line
        row, offset = row + 1, 0
    rest = text
    while row < len(lines):
        line = lines[row][offset:]
        written = line.strip()
        shared = _shared(rest, written)
        if not shared:
            break
        if left < shared:
            return Place(document.file, row + 1, offset + line.index(written) + left + 1)
        left -= shared + 1
        rest = rest[shared + 1 :]
        row, offset = row + 1, 0
    return document.place(spot)


def _shared(text: str, written: str) -> int:
    """How many characters of ``text`` stand on this line."""
    if text.startswith(written):
        return len(written)
    return len(text) if written.startswith(text) else 0
