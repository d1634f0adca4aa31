"""The entries of a check: everything that was kept, in order, each tied to the one before it by a SHA-256.

An entry is a kind and a body. The hash of each goes over the hash before it, its kind and its body, so that one that is
changed, removed or put between others by hand no longer fits. The first goes over the heading of the check. It is no
signature: who can write the file and knows this can make the hashes anew.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from healthcheck_cli.errors import UsageProblem

Body = Mapping[str, Any]
_HALF_A_LETTER = re.compile("[\ud800-\udfff]")  # bytes that were no text when they were typed
_EXACT_BELOW = 2.0**53
NO_SUCH_CHECK = "There is no saved check of that id; `healthcheck check list` shows those there are."


class Kind(str, Enum):
    """What an entry is."""

    ANSWER = "answer"
    NOTE = "note"
    RAISED = "alert_raised"
    SEEN = "alert_seen"
    ACCEPTED = "alert_accepted"
    WITHDRAWN = "alert_withdrawn"  # the answer that it stood on was put right
    MARK = "mark"
    SUPPLIED = "supplied"
    FINISH = "finish"
    AMENDMENT = "amendment"
    LAST_CHECK = "last_check"  # the person's check before this one
    ACTION = "action"  # of the plan of the finished check
    ACTION_MARK = "action_mark"  # what became of one


@dataclass(frozen=True)
class Entry:
    """One entry of a check. ``number`` counts from 1 in each check."""

    number: int
    kind: Kind
    body: Body
    hash: str


@dataclass(frozen=True)
class Heading:
    """What a check begins with. ``key`` is drawn at random: ids of two computers may be the same, keys are not."""

    id: str
    key: str
    label: str
    started: str
    content_version: str
    content_sha256: str

    @property
    def hash(self) -> str:
        """The hash that the first entry goes over. The id is left out: an import may have to give another."""
        parts = [self.key, self.label, self.started, self.content_version, self.content_sha256]
        return sha256(canonical(parts).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON text that is the same for the same value, however it was written before. Raises ValueError for a NaN.

    >>> canonical({"b": 71.0, "a": "é"})
    '{"a":"é","b":71}'
    """
    text = json.dumps(_whole(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return _HALF_A_LETTER.sub("\ufffd", text)


def linked(previous: str, kind: str, body: str) -> str:
    """The hash of an entry; ``body`` is canonical text, ``previous`` the hash before it."""
    return sha256(f"{previous}\n{kind}\n{body}".encode()).hexdigest()


def begin_check(database: sqlite3.Connection, heading: Heading) -> None:
    """Add a check without entries, inside a transaction that is under way."""
    database.execute(
        "INSERT INTO checks (id, key, label, started, content_version, content_sha256, entries, head)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        (
            *(heading.id, heading.key, heading.label, heading.started),
            *(heading.content_version, heading.content_sha256, heading.hash),
        ),
    )


def append(database: sqlite3.Connection, check_id: str, kind: Kind, body: Body) -> Entry:
    """Add an entry, inside a transaction that is under way. Raises UsageProblem where there is no such check."""
    row = database.execute("SELECT entries, head FROM checks WHERE id = ?", (check_id,)).fetchone()
    if row is None:
        raise UsageProblem(NO_SUCH_CHECK)
    count, head = row
    text = canonical(body)
    entry = Entry(count + 1, kind, body, linked(head, kind.value, text))
    database.execute(
        "INSERT INTO entries (check_id, number, kind, body, hash) VALUES (?, ?, ?, ?, ?)",
        (check_id, entry.number, kind.value, text, entry.hash),
    )
    return entry


def entries_of(database: sqlite3.Connection, check_id: str, *kinds: Kind) -> list[Entry]:
    """The entries of a check in order, of those kinds or of all. Raises ValueError where one cannot be read."""
    wanted = kinds or tuple(Kind)
    rows = database.execute(
        "SELECT number, kind, body, hash FROM entries"
        f" WHERE check_id = ? AND kind IN ({', '.join('?' * len(wanted))}) ORDER BY number",  # marks only
        (check_id, *(kind.value for kind in wanted)),
    ).fetchall()
    return [Entry(number, Kind(kind), json.loads(body), found) for number, kind, body, found in rows]


def heading_of(database: sqlite3.Connection, check_id: str) -> Heading:
    """The heading of a check. Raises UsageProblem where there is no such check."""
    row = database.execute(
        "SELECT id, key, label, started, content_version, content_sha256 FROM checks WHERE id = ?", (check_id,)
    ).fetchone()
    if row is None:
        raise UsageProblem(NO_SUCH_CHECK)
    return Heading(*row)


def keep_file(database: sqlite3.Connection, content: bytes) -> str:
    """Keep the content of a file, once however often it is given; its SHA-256."""
    digest = sha256(content).hexdigest()
    database.execute("INSERT OR IGNORE INTO files VALUES (?, ?)", (digest, content))
    return digest


def free_id(database: sqlite3.Connection, day: str) -> str:
    """The next id of that day: the day and a number. It says nothing of the person."""
    taken = database.execute("SELECT id FROM checks WHERE id LIKE ?", (f"{day}-%",)).fetchall()
    return f"{day}-{max((int(found.rpartition('-')[2]) for (found,) in taken), default=0) + 1}"


def _whole(value: Any) -> Any:
    """Numbers without a fraction as whole ones: other programs write 71.0 as 71, which is no change."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_BELOW:
        return int(value)
    if isinstance(value, Mapping):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_whole(item) for item in value]
    return value
