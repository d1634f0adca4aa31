"""Answers below a key of a YAML or JSON file, as they are written: of a file of answers, and of a record file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from healthcheck_cli.interview.filled_in.given import Given, GivenAnswer, shown_name
from healthcheck_cli.readers.nodes import Node, NodeProblems, day_of

_KEYS = ("value", "by", "note", "state", "date")
_NO_MAPPING = "must hold questions, each with its answer"
_NO_ANSWER = "the answer must be text, a list of words, or rows (- where it was not asked)"
_BARE: Mapping[object, str] = {True: "yes", False: "no", None: ""}


def given_below(node: Node, problems: NodeProblems, leave: Collection[str] = ()) -> tuple[GivenAnswer, ...]:
    """Every answer below ``node`` but under the keys to ``leave``. What is of another shape goes to ``problems``."""
    if not isinstance(node.value, Mapping):
        problems.at(node.line, node.column, f"{node.path}: {_NO_MAPPING}")
        return ()
    found = (_given(key, child, problems) for key, child in node.children().items() if key not in leave)
    return tuple(answer for answer in found if answer is not None)


def _given(question: str, node: Node, problems: NodeProblems) -> GivenAnswer | None:
    name = shown_name(question) or "this"
    if not isinstance(node.value, Mapping):
        value = _value(node.value)
        if value is not None:
            return GivenAnswer(node.line, question, value, column=node.column)
        problems.at(node.line, node.column, f"{name}: {_NO_ANSWER}")
        return None
    parts = node.children()
    value = _value(parts["value"].value) if "value" in parts else ""
    texts = {key: _text(parts[key].value) for key in ("by", "note", "state") if key in parts}
    if any(key not in _KEYS for key in parts) or value is None or None in texts.values():
        problems.at(node.line, node.column, f"{name}: give {', '.join(_KEYS)}, and nothing else")
        return None
    said = {key: text for key, text in texts.items() if text}
    when = parts.get("date")
    day = day_of(Node(when.value, name, when.line, when.column), problems) if when is not None else None
    day_at = (when.line, when.column) if when is not None else (0, 0)
    return GivenAnswer(node.line, question, value, **said, day=day, day_at=day_at, column=node.column)


def _value(written: Any) -> Given | None:
    text = _text(written)
    if text is not None:
        return text
    if not isinstance(written, list):
        return None
    words = [_text(item) for item in written]
    if None not in words:
        return tuple(word for word in words if word is not None) or "none"
    rows = [{key: _text(cell) for key, cell in row.items()} for row in written if isinstance(row, Mapping)]
    if len(rows) < len(written) or any(cell is None for row in rows for cell in row.values()):
        return None
    return tuple({key: cell or "" for key, cell in row.items()} for row in rows)


def _text(written: Any) -> str | None:
    """What is written in one place; None for a list or a mapping. JSON has words of its own for yes and no."""
    if written is None or isinstance(written, bool):
        return _BARE[written]
    return written if isinstance(written, str) else None
