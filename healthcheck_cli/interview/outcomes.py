"""What can come of one thing typed in answer to a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from healthcheck_cli.record import AnswerValue


@dataclass(frozen=True)
class Accepted:
    """An answer. ``also`` holds answers it gives to other questions: the lower blood pressure number."""

    value: AnswerValue
    also: Mapping[str, AnswerValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Unsure:
    """An answer that is possible but unlikely: kept only if the person at the keyboard says that it is right."""

    value: AnswerValue
    reason: str
    also: Mapping[str, AnswerValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Ambiguous:
    """It can be read in more than one way, or only by guessing. Each reading can be typed as it stands."""

    message: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """It is not an answer to this question. The message says what would be."""

    message: str


Entry = Accepted | Unsure | Ambiguous | Refused
