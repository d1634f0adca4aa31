"""A question to show things on: used by the examples in docstrings."""

from __future__ import annotations

from typing import Any

from healthcheck_cli.content.models import Question
from healthcheck_cli.content.support import Basis, Place, Support


def example_question(**changes: Any) -> Question:
    """A plain question with nothing special about it but ``changes``."""
    given: dict[str, Any] = {
        "id": "example.question",
        "section": "example",
        "ask": "How are you?",
        "help": "",
        "type": "text",
        "core": False,
        "place": Place("example.yaml"),
        "support": Support(Basis.PROPOSED),
    }
    return Question(**{**given, **changes})
