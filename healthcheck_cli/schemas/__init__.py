"""The JSON Schemas (draft 2020-12) of what the program writes for other programs."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

NAMES = (
    "review",
    "review-person",
    "ledger",
    "recognise",
    "dose",
    "content-list",
    "content-diff",
    "check-list",
    "check-export",
    "actions",
    "run",
    "compare",
)

_SHARED = "definitions.json#/$defs/"
_HERE = "#/$defs/"


def schema_named(name: str) -> dict[str, Any]:
    """One schema, whole: the shared parts that it refers to are put into it.

    >>> sorted(schema_named("ledger")["$defs"])
    ['ledger']
    """
    shared: dict[str, Any] = _load("definitions")["$defs"]
    schema = _load(name)
    needed: dict[str, Any] = {}
    waiting = _references(schema)
    while waiting:
        part = waiting.pop()
        if part not in needed:
            needed[part] = shared[part]
            waiting.extend(_references(shared[part]))
    whole = {**schema, "$defs": {part: needed[part] for part in sorted(needed)}}
    local: dict[str, Any] = json.loads(json.dumps(whole).replace(_SHARED, _HERE))
    return local


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files(__package__) / f"{name}.json").read_text("utf-8"))
    return loaded


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        here = [str(part["$ref"]).removeprefix(_SHARED)] if "$ref" in part else []
        return [*here, *(name for value in part.values() for name in _references(value))]
    if isinstance(part, list):
        return [name for value in part for name in _references(value)]
    return []
