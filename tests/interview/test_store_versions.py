"""A store of the first version is brought to this one, all of it or nothing; a copy of it stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.saved import SuppliedFile
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.kept_alerts import Alert

FIRST = """
CREATE TABLE checks (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, started TEXT NOT NULL,
    content_version TEXT NOT NULL, content_sha256 TEXT NOT NULL, finished TEXT);
CREATE TABLE answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT, check_id TEXT NOT NULL REFERENCES checks (id), question TEXT NOT NULL,
    state TEXT NOT NULL, value TEXT, typed TEXT NOT NULL, answered_by TEXT NOT NULL, at TEXT, note TEXT NOT NULL);
CREATE TABLE notes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, check_id TEXT NOT NULL REFERENCES checks (id), question TEXT NOT NULL,
    note TEXT NOT NULL, noted_by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE alerts (
    check_id TEXT NOT NULL REFERENCES checks (id), key TEXT NOT NULL, says TEXT NOT NULL, action TEXT NOT NULL,
    raised TEXT NOT NULL, acknowledged TEXT, PRIMARY KEY (check_id, key));
CREATE TABLE supplied (
    number INTEGER PRIMARY KEY AUTOINCREMENT, check_id TEXT NOT NULL REFERENCES checks (id),
    name TEXT NOT NULL, content BLOB NOT NULL, complete TEXT NOT NULL);
CREATE INDEX answers_of_check ON answers (check_id, number);
CREATE TRIGGER answers_stay BEFORE UPDATE ON answers BEGIN SELECT RAISE(ABORT, 'answers are only added'); END;
CREATE TRIGGER answers_are_kept BEFORE DELETE ON answers BEGIN SELECT RAISE(ABORT, 'answers are only added'); END;
PRAGMA application_id = 1279543363;
PRAGMA user_version = 1;
INSERT INTO checks VALUES
    ('2025-11-22-1', 'Room 3', '2025-11-22T09:00:00+00:00', '2025.11.0', 'abc', '2025-11-22T10:00:00+00:00'),
    ('2026-11-22-1', 'Room 3', '2026-11-22T09:00:00+00:00', '2026.11.0', 'abd', NULL);
INSERT INTO answers (check_id, question, state, value, typed, answered_by, at, note) VALUES
    ('2025-11-22-1', 'meas.weight', 'answered', '71.66759646', '11st 4lb', 'measured', '2025-11-22T09:10:00+00:00', ''),
    ('2026-11-22-1', 'bowel.laxatives', 'answered', '[{"drug": "senna"}]', 'senna', 'self', NULL, 'at night'),
    ('2025-11-22-1', 'meas.weight', 'answered', '72.0', '72', 'measured', '2025-11-22T11:00:00+00:00', '');
INSERT INTO notes VALUES (1, '2026-11-22-1', 'bowel.laxatives', 'ask the night staff', '', '2026-11-22T09:05:00+00:00');
INSERT INTO alerts VALUES
    ('2026-11-22-1', 'AHC-001', 'Blue lips.', 'Call 999.', '2026-11-22T09:02:00+00:00', '2026-11-22T09:03:00+00:00');
INSERT INTO supplied VALUES (1, '2026-11-22-1', 'list.csv', X'5365FF', 'medicines problems');
"""


def first_version(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "checks.sqlite3"
    database = sqlite3.connect(file)
    database.executescript(FIRST)
    database.close()
    return file


def content_of(file: Path) -> list[str]:
    database = sqlite3.connect(file)
    lines = list(database.iterdump())
    database.close()
    return lines


def test_all_that_was_kept_is_there_after_it_and_a_copy_of_the_file_beside_it(tmp_path: Path) -> None:
    file = first_version(tmp_path)
    before = content_of(file)
    store = CheckStore(tmp_path)
    assert store.verify() == ()
    last_year, this_year = store.checks()
    assert (last_year.label, last_year.content_version, last_year.finished_by) == ("Room 3", "2025.11.0", "")
    assert store.previous(this_year) == last_year
    history = store.history(last_year.id)
    assert [(it.answer.value, it.answer.typed, it.amendment) for it in history] == [
        (71.66759646, "11st 4lb", 0),
        (72.0, "72", 1),
    ]
    assert (last_year.amendments, last_year.is_open) == (1, False)
    found = store.answers(this_year.id)["bowel.laxatives"]
    assert (found.value, found.at, found.note) == (({"drug": "senna"},), None, "at night; ask the night staff")
    (alert,) = store.alerts(this_year.id, unaccepted=True)
    assert alert == Alert("AHC-001", "Blue lips.", "Call 999.")
    assert alert.seen is not None
    assert store.supplied(this_year.id) == (SuppliedFile("list.csv", b"Se\xff", ("medicines", "problems")),)
    assert store.migrated == tmp_path / "checks.sqlite3.version-1"
    assert content_of(store.migrated) == before
    assert store.migrated.stat().st_mode & 0o777 == 0o600
    store.close()
    assert CheckStore(tmp_path).migrated is None


def test_a_row_that_cannot_be_read_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = first_version(tmp_path)
    database = sqlite3.connect(file)
    database.execute("INSERT INTO answers VALUES (9, '2026-11-22-1', 'q', 'answered', '{half', '', '', NULL, '')")
    database.commit()
    database.close()
    before = content_of(file)
    with pytest.raises(InputProblem, match="damaged"):
        CheckStore(tmp_path)
    assert content_of(file) == before
