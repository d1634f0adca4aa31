"""One check of the store, as a session works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthcheck_cli.interview.saved import Alert
from healthcheck_cli.interview.store import CheckStore
from healthcheck_cli.record import Answer


@dataclass(frozen=True)
class StoredNotebook:
    """The store, bound to one check. Every call has saved when it returns."""

    store: CheckStore
    check_id: str

    def answers(self) -> Mapping[str, Answer]:
        """The newest answer to each question."""
        return self.store.answers(self.check_id)

    def notes(self) -> Mapping[str, str]:
        """The notes on each question."""
        return self.store.notes(self.check_id)

    def add(self, answers: Sequence[Answer]) -> None:
        """Keep answers, all or none."""
        self.store.add(self.check_id, answers)

    def add_note(self, question: str, note: str, noted_by: str, at: datetime) -> None:
        """Keep a note on a question."""
        self.store.add_note(self.check_id, question, note, noted_by, at)

    def raise_alert(self, alert: Alert, at: datetime) -> bool:
        """Keep an alert; False where it was raised before."""
        return self.store.raise_alert(self.check_id, alert, at)

    def acknowledge(self, key: str, at: datetime) -> None:
        """Keep that an alert was seen."""
        self.store.acknowledge(self.check_id, key, at)

    def waiting_alerts(self) -> Sequence[Alert]:
        """Alerts that nobody has said they saw."""
        return self.store.alerts(self.check_id, waiting=True)
