"""An answer as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate


def value_to_json(value: AnswerValue | None) -> str | None:
    """The value as JSON text; None stays None.

    >>> value_to_json(("none",))
    '["none"]'
    """
    if value is None:
        return None
    if isinstance(value, PartialDate):
        return json.dumps({"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()})
    if isinstance(value, tuple):
        return json.dumps([dict(item) if isinstance(item, Mapping) else item for item in value], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def value_of_json(found: object) -> AnswerValue:
    """The value from JSON that was parsed already. Raises ValueError, KeyError or TypeError for what is none."""
    if isinstance(found, dict):
        return PartialDate(date.fromisoformat(found["earliest"]), date.fromisoformat(found["latest"]))
    if isinstance(found, list):
        return tuple(found)
    if isinstance(found, (bool, str)):
        return found
    if isinstance(found, (int, float)):
        return float(found)
    raise ValueError("not the value of an answer")


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as what JSON can hold."""
    value = value_to_json(answer.value)
    return {
        "question": answer.question,
        "state": answer.state.value,
        "value": json.loads(value) if value is not None else None,
        "typed": answer.typed,
        "answered_by": answer.answered_by,
        "at": answer.at.isoformat() if answer.at is not None else None,
        "note": answer.note,
    }


def answer_of_json(body: Mapping[str, Any]) -> Answer:
    """The answer from JSON that was parsed already. Raises ValueError, KeyError or TypeError for what is none."""
    value = value_of_json(body["value"]) if body["value"] is not None else None
    at = datetime.fromisoformat(body["at"]) if body["at"] else None
    state = AnswerState(body["state"])
    return Answer(body["question"], state, value, body["typed"], body["answered_by"], at, body["note"])
