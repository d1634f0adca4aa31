"""A store with one of everything that can be kept in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path

from healthcheck_cli.interview.saved import SuppliedFile
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
VALUES: tuple[AnswerValue, ...] = (
    True,
    71.66759646,
    71.0,
    "never",
    ("none",),
    (),
    PartialDate(date(2024, 1, 1), date(2024, 12, 31)),
    ({"drug": "senna", "dose": "½ at night – “as told”"},),
)


def full_store(folder: Path) -> tuple[CheckStore, str]:
    """A store with one finished and amended check; its id."""
    store = CheckStore(folder)
    check = store.begin("Room 3", NOW, "2026.11.0", "abc")
    store.supply(check.id, [SuppliedFile("list.csv", b"medication\nSenna\n\xff", ("medicines",))])
    for place, value in enumerate(VALUES):
        store.add(check.id, [Answer(f"q.{place}", AnswerState.ANSWERED, value, "typed", "self", NOW)], "J. Okoro")
    store.add(check.id, [Answer("q.declined", AnswerState.DECLINED)])
    store.add_note(check.id, "q.0", "slept badly \udce9\x00", "supporter", NOW)
    store.raise_alert(check.id, Alert("AHC-001", "Blue lips.", "Call 999."), NOW)
    store.acknowledge(check.id, "AHC-001", NOW)
    store.accept_alert(check.id, "AHC-001", "Dr Khan, GP", NOW)
    store.set_mark(check.id, "parked", "bowel", "later", NOW)
    store.finish(check.id, NOW, "J. Okoro", "practice nurse")
    store.amend(check.id, "A. Khan", "the blood test came", NOW)
    store.add(check.id, [Answer("q.0", AnswerState.ANSWERED, False, "no", "record", NOW)])
    return store, check.id


@contextmanager
def by_hand(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as someone opens it who takes away what guards it."""
    database = sqlite3.connect(folder / "checks.sqlite3", isolation_level=None)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {name}")
    yield database
    database.close()
