"""One check of the store, as a session works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from healthcheck_cli.interview.saved import Mark
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer

PARKED = "parked"


@dataclass(frozen=True)
class StoredNotebook:
    """The store, bound to one check. Every call has saved when it returns. ``recorded_by`` is who types."""

    store: CheckStore
    check_id: str
    recorded_by: str = ""

    def answers(self) -> Mapping[str, Answer]:
        """The newest answer to each question."""
        return self.store.answers(self.check_id)

    def last_values(self) -> Mapping[str, Answer]:
        """The newest answer to each question that is, or was, answered with a value."""
        return self.store.last_values(self.check_id)

    def notes(self) -> Mapping[str, str]:
        """The notes on each question."""
        return self.store.notes(self.check_id)

    def add(self, answers: Sequence[Answer], withdrawn: Sequence[Alert] = ()) -> None:
        """Keep answers, and the alerts that are ``withdrawn`` by them, all or none."""
        self.store.add(self.check_id, answers, self.recorded_by, withdrawn)

    def add_note(self, question: str, note: str, noted_by: str, at: datetime) -> None:
        """Keep a note on a question."""
        self.store.add_note(self.check_id, question, note, noted_by, at)

    def raise_alert(self, alert: Alert, at: datetime, again: bool = False) -> bool:
        """Keep an alert; False where it was raised before, or with ``again`` where it still waits."""
        return self.store.raise_alert(self.check_id, alert, at, again)

    def acknowledge(self, key: str, at: datetime) -> None:
        """Keep that an alert was seen; that is not accepting it."""
        self.store.acknowledge(self.check_id, key, at)

    def accept(self, key: str, accepted_by: str, at: datetime) -> None:
        """Keep who has taken an alert on. Raises UsageProblem without a name."""
        self.store.accept_alert(self.check_id, key, accepted_by, at)

    def alerts(self) -> Sequence[Alert]:
        """Every alert as it stands."""
        return self.store.alerts(self.check_id)

    def waiting_alerts(self) -> Sequence[Alert]:
        """Alerts that nobody has accepted."""
        return self.store.alerts(self.check_id, unaccepted=True)

    def park(self, section: str, at: datetime) -> None:
        """Keep that a section was put aside for later."""
        self.set_mark(PARKED, section, "later", at)

    def parked(self) -> Sequence[str]:
        """The sections that were put aside, in the order in which they were."""
        return tuple(self.marks(PARKED))

    def marks(self, kind: str) -> Mapping[str, Mark]:
        """Where the work stands: the marks of one kind, by key."""
        return self.store.marks(self.check_id, kind)

    def set_mark(self, kind: str, key: str, value: str, at: datetime) -> None:
        """Keep where the work stands; an empty value takes the mark away."""
        self.store.set_mark(self.check_id, kind, key, value, at)
