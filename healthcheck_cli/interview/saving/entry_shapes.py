"""What the body of each kind of entry holds: what comes from outside must have this shape to be let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from healthcheck_cli.interview.saving.action_entries import mark_of_body, raised_of_body
from healthcheck_cli.interview.saving.answer_json import value_of_json
from healthcheck_cli.interview.saving.entries import Body, Kind
from healthcheck_cli.interview.saving.last_check_entries import earlier_actions_of_body, last_check_of_body
from healthcheck_cli.record import AnswerState

_TEXT: tuple[type, ...] = (str,)
_NUMBER: tuple[type, ...] = (int,)
_SHAPES: Mapping[Kind, Mapping[str, tuple[type, ...]]] = {
    Kind.ANSWER: {
        **dict.fromkeys(("question", "state", "typed", "answered_by", "recorded_by", "note"), _TEXT),
        "value": (str, bool, int, float, list, dict, type(None)),
        "at": (str, type(None)),
        "amendment": _NUMBER,
    },
    Kind.NOTE: {**dict.fromkeys(("question", "note", "noted_by", "at"), _TEXT), "amendment": _NUMBER},
    Kind.RAISED: dict.fromkeys(("key", "says", "action", "at"), _TEXT),
    Kind.SEEN: dict.fromkeys(("key", "at"), _TEXT),
    Kind.ACCEPTED: dict.fromkeys(("key", "accepted_by", "at"), _TEXT),
    Kind.WITHDRAWN: dict.fromkeys(("key", "question", "at"), _TEXT),
    Kind.MARK: dict.fromkeys(("mark", "key", "value", "at"), _TEXT),
    Kind.SUPPLIED: {"name": _TEXT, "sha256": _TEXT, "complete": (list,)},
    Kind.FINISH: {**dict.fromkeys(("by", "role", "at"), _TEXT), "amendment": _NUMBER},
    Kind.AMENDMENT: {**dict.fromkeys(("by", "reason", "at"), _TEXT), "amendment": _NUMBER},
    Kind.LAST_CHECK: {
        **dict.fromkeys(("day", "at"), _TEXT),
        **dict.fromkeys(("answers", "medicines", "actions"), (list,)),
        "complete": (bool,),
    },
    Kind.ACTION: {
        **dict.fromkeys(("id", "level", "title", "do", "owner", "due", "day", "at"), _TEXT),
        "rules": (list,),
    },
    Kind.ACTION_MARK: dict.fromkeys(("id", "state", "by", "on", "because", "at"), _TEXT),
}
_READ_BACK: Mapping[Kind, Callable[[Body], object]] = {
    Kind.LAST_CHECK: last_check_of_body,
    Kind.ACTION: raised_of_body,
    Kind.ACTION_MARK: mark_of_body,
}
"""What makes of a body what it stands for, and fails where it cannot."""


def fits(kind: Kind, body: Body) -> bool:
    """Has the body of an entry the parts of its kind and no others, each of which can be read?"""
    shape = _SHAPES[kind]
    if set(body) != set(shape) or any(type(body[name]) not in types for name, types in shape.items()):
        return False
    try:
        if body.get("at") is not None:
            datetime.fromisoformat(body["at"])
        if kind is Kind.ANSWER:
            AnswerState(body["state"])
            if body["value"] is not None:
                value_of_json(body["value"])
            return _plain(body["value"])
        if kind in _READ_BACK:
            _READ_BACK[kind](body)
        if kind is Kind.LAST_CHECK:
            earlier_actions_of_body(body)
            return all(_plain(answer["value"]) for answer in body["answers"])
    except (ValueError, KeyError, TypeError):
        return False
    return kind is not Kind.SUPPLIED or all(isinstance(name, str) for name in body["complete"])


def _plain(value: Any) -> bool:
    """A list holds words, or rows of words; nothing is deeper."""
    if not isinstance(value, list):
        return True
    rows = [item for item in value if isinstance(item, dict)]
    words = [item for item in value if isinstance(item, str)]
    return len(value) in (len(rows), len(words)) and all(isinstance(cell, str) for row in rows for cell in row.values())
