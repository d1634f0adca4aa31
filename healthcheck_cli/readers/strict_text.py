"""What a person wrote in YAML or JSON, read strictly; each problem is told at its place, and none hides another."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from healthcheck_cli.content.diagnostics import Diagnostic, Problems
from healthcheck_cli.content.yaml_source import read_document
from healthcheck_cli.readers.nodes import NodeProblems

NOT_YAML_OR_JSON = "not readable as YAML or JSON here: look for a quote, bracket or indent"
_NOT_YAML = "not-yaml"
_NOT_READABLE = {
    "empty-file": "there is nothing in this file",
    "second-document": "a record file holds one person: remove the line ---",
    "duplicate-key": "this key is here twice",
    "key-not-text": "a key must be a word (put a text that holds { or [ in quotes)",
    "alias": "aliases (*name) are not used here: write the value out",
    "anchor": "anchors (&name) are not used here: write the value out",
    "tag": "tags (!name) are not used here: put quotes round a text that begins with !",
    "too-deep": "lists or mappings lie too deep inside each other",
    "bad-date": "there is no such day (write year-month-day, as 2026-11-22)",
}
_BARE_DASH = re.compile(r"^([ \t]*[\w.]+:[ \t]+)-(?=[ \t]*$|[ \t]+#)", re.MULTILINE)  # YAML would take it for a list
_NAME = re.compile(r"[\"']?([a-z][a-z0-9_]*\.[a-z0-9_.]+)")
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})+)")


def read_strictly(
    text: str, problems: NodeProblems, as_written: Collection[str] = (), not_yaml: str = NOT_YAML_OR_JSON
) -> Any:
    """The value that ``text`` holds; None where it holds none that can be read. ``not_yaml``: what is said then.

    Numbers and dates below a key of ``as_written`` stay text, as :func:`read_document` has it.
    """
    text = _as_yaml(text)
    value, found = _read(text, problems.file, as_written)
    if any(it.code == _NOT_YAML for it in found) and _BARE_DASH.search(text):
        value, found = _read(_BARE_DASH.sub(r'\1"-"', text), problems.file, as_written)
    lines = text.splitlines()
    for it in found:
        message = not_yaml if it.code == _NOT_YAML else _NOT_READABLE.get(it.code, not_yaml)
        problems.at(it.place.line, it.place.column, _twice(it, lines) if it.code == "duplicate-key" else message)
    return value


def _read(text: str, file: str, as_written: Collection[str]) -> tuple[Any, tuple[Diagnostic, ...]]:
    found = Problems()
    value = read_document(file, text, found, as_written).value
    return value, found.in_order()


def _twice(found: Diagnostic, lines: list[str]) -> str:
    """A key that is there again. The name of a question is told; another key may be a text that slipped there."""
    line = lines[found.place.line - 1] if found.place.line <= len(lines) else ""
    name = _NAME.match(line, found.place.column - 1)
    words = f"{name[1]}: this is answered twice" if name else _NOT_READABLE["duplicate-key"]
    return f"{words} ({found.hint})"


def _as_yaml(text: str) -> str:
    """JSON is YAML but for two things: a tab may stand between its values, and it writes rare characters as pairs."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return _PAIR.sub(lambda match: match[1] + json.loads(f'"{match[2]}"'), text.replace("\t", " "))
