"""What a session shows and what it is kept in: the prompt before something is typed, and the notebook of one check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview.offers import Offer
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer


class Notebook(Protocol):
    """Where one check is kept. Every call has saved when it returns."""

    def answers(self) -> Mapping[str, Answer]:
        """The newest answer to each question."""
        ...

    def last_values(self) -> Mapping[str, Answer]:
        """The newest answer to each question that is, or was, answered with a value."""
        ...

    def notes(self) -> Mapping[str, str]:
        """The notes on each question."""
        ...

    def add(self, answers: Sequence[Answer], withdrawn: Sequence[Alert] = ()) -> None:
        """Keep answers, and the alerts that are ``withdrawn`` by them, all or none."""
        ...

    def add_note(self, question: str, note: str, noted_by: str, at: datetime) -> None:
        """Keep a note on a question."""
        ...

    def raise_alert(self, alert: Alert, at: datetime, again: bool = False) -> bool:
        """Keep an alert; False where it was raised before, or with ``again`` where it still waits."""
        ...

    def accept(self, key: str, accepted_by: str, at: datetime) -> None:
        """Keep who has taken an alert on."""
        ...

    def alerts(self) -> Sequence[Alert]:
        """Every alert as it stands: those taken on and those withdrawn too."""
        ...

    def waiting_alerts(self) -> Sequence[Alert]:
        """Alerts that nobody has taken on."""
        ...

    def park(self, section: str, at: datetime) -> None:
        """Keep that a section was put aside for later."""
        ...

    def parked(self) -> Sequence[str]:
        """The sections that were put aside."""
        ...


class Mode(Enum):
    """What the next thing typed will be taken for."""

    ANSWER = "answer"
    SURE = "sure"  # yes or no: is an unlikely answer right
    WHICH = "which"  # one of several readings
    NOTE = "note"
    ACCEPT = "accept"  # alerts wait for who takes them on
    END = "end"  # everything was asked
    LEFT = "left"


@dataclass(frozen=True)
class Prompt:
    """What is to be shown before something is typed. ``minutes`` are about what is left of this sitting."""

    mode: Mode
    section: Section | None = None
    question: Question | None = None
    place: tuple[int, int, int, int] = (0, 0, 0, 0)  # in the section, of the section; in the check, of the check
    minutes: int = 0
    rows: tuple[Mapping[str, str], ...] = ()
    answered: Answer | None = None
    offers: tuple[Offer, ...] = ()
    readings: tuple[str, ...] = ()
    pair: bool = False  # the two numbers of a blood pressure may be typed together
    alerts: tuple[Alert, ...] = ()
    waiting: int = 0  # alerts that nobody has taken on, though they were shown
