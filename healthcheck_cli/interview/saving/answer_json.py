"""The value of an answer as JSON text, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from healthcheck_cli.record import AnswerValue, PartialDate


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
