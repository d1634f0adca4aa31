"""One answer as a file gives it, before it is read against its question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from healthcheck_cli.readers.nodes import NodeProblems

Given = str | tuple[str, ...] | tuple[Mapping[str, str], ...]
"""What a file gives as a value: text as written, a list of texts, or rows by column."""

_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")


@dataclass(frozen=True)
class GivenAnswer:
    """One answer as the file gives it. ``state`` is a word for having no value, where the file says so outright; or
    ``answered``, where the value is the answer though it looks like such a word. ``day``: when it was given, where that
    is not the day of the check, ``day_at`` where that stands. ``column`` is 0 in a table."""

    line: int
    question: str
    value: Given = ""
    by: str = ""
    note: str = ""
    state: str = ""
    day: date | None = None
    day_at: tuple[int, int] = (0, 0)
    column: int = 0


@dataclass(frozen=True)
class AnswerFile:
    """All answers of a file. ``has_record``: the file also holds medicines, problems or other parts of a record.
    ``problems``: what is wrong with its shape; it is told with what is wrong with the answers, all at once."""

    name: str
    answers: tuple[GivenAnswer, ...]
    has_record: bool = False
    problems: NodeProblems = field(default_factory=lambda: NodeProblems(""))


def shown_name(name: str) -> str:
    """The name of a question as a message may repeat it: only if it has the shape of one, as a value may stand in its
    place. Empty otherwise.

    >>> shown_name("bowel.per_week"), shown_name("Mr Smith of 4 High Street")
    ('bowel.per_week', '')
    """
    return name if _NAME.fullmatch(name) else ""
