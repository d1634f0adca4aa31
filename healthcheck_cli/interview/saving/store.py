"""Saved checks, in one SQLite file in a folder that only its owner can read.

Everything is only ever added: a correction is a new entry, and the file itself refuses to change or delete one. Each is
on disk before the call returns, so that a program that is killed loses nothing. One program at a time works on a check.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.interview.saved import Amendment, Check, KeptAnswer, Mark, SuppliedFile
from healthcheck_cli.interview.saving.action_entries import events_of, mark_body, raised_body
from healthcheck_cli.interview.saving.alert_entries import ALERT_KINDS, alerts_of, withdrawn_body
from healthcheck_cli.interview.saving.answer_json import answer_of_json, answer_to_json
from healthcheck_cli.interview.saving.entries import (
    Entry,
    Heading,
    Kind,
    append,
    begin_check,
    entries_of,
    free_id,
    heading_of,
    keep_file,
)
from healthcheck_cli.interview.saving.exported import Arrival, arrive, export_text
from healthcheck_cli.interview.saving.integrity import faults
from healthcheck_cli.interview.saving.last_check_entries import (
    earlier_actions_of_body,
    last_check_body,
    last_check_of_body,
)
from healthcheck_cli.interview.saving.store_file import StoreFile
from healthcheck_cli.kept_actions import ActionMark, KeptAction, LivingAction, MarkedAction, RaisedAction
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState, LastCheck


class CheckStore:
    """The saved checks of one user. ``folder`` is made where it is missing, for its owner alone.

    Every method raises InputProblem where the file or the disk fails, and UsageProblem where there is no such check.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store, or begin one. Raises InputProblem where the file is damaged, not ours, or newer than this."""
        self._file = StoreFile(folder)

    @property
    def migrated(self) -> Path | None:
        """The copy of the file as it was, where it was of an older version until now."""
        return self._file.migrated

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def hold(self, check_id: str) -> AbstractContextManager[None]:
        """Work on a check alone. Raises UsageProblem where another program has it open; a killed one lets go of it."""
        return self._file.hold(check_id)

    # ---- checks

    def begin(self, label: str, started: datetime, content_version: str, content_sha256: str) -> Check:
        """A new check. Its id is the day and a number, and says nothing of the person; spaces in the label are one."""
        label = " ".join(label.split())
        with self._file.writing() as database:
            check_id = free_id(database, started.date().isoformat())
            key = secrets.token_hex(16)
            begin_check(database, Heading(check_id, key, label, started.isoformat(), content_version, content_sha256))
        return Check(check_id, label, started, content_version, content_sha256)

    def checks(self) -> tuple[Check, ...]:
        """Every check, the oldest first."""
        with self._file.reading() as database:
            rows = database.execute("SELECT id FROM checks ORDER BY started, id").fetchall()
            return tuple(_check(database, check_id) for (check_id,) in rows)

    def check(self, check_id: str) -> Check:
        """The check of that id. Raises UsageProblem where there is none."""
        with self._file.reading() as database:
            return _check(database, check_id)

    def previous(self, check: Check) -> Check | None:
        """The newest finished check of the same label that was begun before this one: last year's.

        None where there is none, and where the label is empty: nothing then says whose check it is. Upper and lower
        case are the same.
        """
        same = [
            other
            for other in self.checks()
            if other.label.casefold() == check.label.casefold() and other.started < check.started
        ]
        finished = [other for other in same if other.finished is not None]
        return max(finished, key=lambda other: other.started) if check.label and finished else None

    # ---- answers and notes

    def add(
        self, check_id: str, answers: Iterable[Answer], recorded_by: str = "", withdrawn: Iterable[Alert] = ()
    ) -> None:
        """Add answers, and the alerts that are ``withdrawn`` by them, all or none; they are on disk when this returns.
        ``recorded_by`` typed them.

        Raises UsageProblem where the check is finished and no amendment is open.
        """
        bodies = [{**answer_to_json(answer), "recorded_by": recorded_by} for answer in answers]
        with self._file.writing() as database:
            amendment = _amendment_for_writing(database, check_id)
            for body in bodies:
                append(database, check_id, Kind.ANSWER, {**body, "amendment": amendment})
            for alert in withdrawn:
                append(database, check_id, Kind.WITHDRAWN, withdrawn_body(alert))

    def add_note(self, check_id: str, question: str, note: str, noted_by: str, at: datetime) -> None:
        """Add a note to a question, answered or not. Raises UsageProblem as ``add`` does."""
        with self._file.writing() as database:
            body = {"question": question, "note": note, "noted_by": noted_by, "at": at.isoformat()}
            amendment = _amendment_for_writing(database, check_id)
            append(database, check_id, Kind.NOTE, {**body, "amendment": amendment})

    def history(self, check_id: str) -> tuple[KeptAnswer, ...]:
        """Every answer ever given, in order, corrected ones too."""
        with self._file.reading() as database:
            return tuple(_kept_answer(entry) for entry in entries_of(database, check_id, Kind.ANSWER))

    def notes(self, check_id: str) -> Mapping[str, str]:
        """The notes on each question, the newest last."""
        found: dict[str, str] = {}
        with self._file.reading() as database:
            for entry in entries_of(database, check_id, Kind.NOTE):
                question, note = entry.body["question"], entry.body["note"]
                found[question] = f"{found[question]}; {note}" if question in found else note
        return found

    def answers(self, check_id: str) -> dict[str, Answer]:
        """The newest answer to each question that has one, with its notes."""
        latest = {kept.answer.question: kept.answer for kept in self.history(check_id)}
        for question, note in self.notes(check_id).items():
            if question in latest:
                answer = latest[question]
                latest[question] = replace(answer, note="; ".join(part for part in (answer.note, note) if part))
        return latest

    def last_values(self, check_id: str) -> dict[str, Answer]:
        """The newest answer to each question that is, or was, answered with a value."""
        given = (kept.answer for kept in self.history(check_id))
        return {answer.question: answer for answer in given if answer.state is AnswerState.ANSWERED}

    # ---- alerts

    def raise_alert(self, check_id: str, alert: Alert, at: datetime, again: bool = False) -> bool:
        """Keep an alert. False where it was raised in this check before; with ``again``, only while it still waits.

        One that was accepted or withdrawn and is raised again must be accepted again.
        """
        with self._file.writing() as database:
            before = alerts_of(entries_of(database, check_id, *ALERT_KINDS)).get(alert.key)
            if before is not None and before.stands and not (again and before.accepted is not None):
                return False
            body = {"key": alert.key, "says": alert.says, "action": alert.action, "at": at.isoformat()}
            append(database, check_id, Kind.RAISED, body)
        return True

    def acknowledge(self, check_id: str, key: str, at: datetime) -> None:
        """Keep that an alert was seen, the first time it was; that is not accepting it."""
        with self._file.writing() as database:
            alert = _alert_of(database, check_id, key)
            if alert.seen is None:
                append(database, check_id, Kind.SEEN, {"key": key, "at": at.isoformat()})

    def accept_alert(self, check_id: str, key: str, accepted_by: str, at: datetime) -> None:
        """Keep who has taken an alert on; the first who did stays. Raises UsageProblem without a name."""
        name = _named(accepted_by, "An alert is accepted by someone: give a name.")
        with self._file.writing() as database:
            if _alert_of(database, check_id, key).waits:
                append(database, check_id, Kind.ACCEPTED, {"key": key, "accepted_by": name, "at": at.isoformat()})

    def alerts(self, check_id: str, unaccepted: bool = False) -> tuple[Alert, ...]:
        """The alerts of a check in order; with ``unaccepted`` only those that nobody has taken on."""
        with self._file.reading() as database:
            found = alerts_of(entries_of(database, check_id, *ALERT_KINDS)).values()
        return tuple(alert for alert in found if not unaccepted or alert.waits)

    # ---- what was supplied, and where the work stands

    def supply(self, check_id: str, files: Sequence[SuppliedFile]) -> None:
        """Keep files that were given with the check."""
        if not files:
            return
        with self._file.writing() as database:
            for file in files:
                digest = keep_file(database, file.content)
                body = {"name": file.name, "sha256": digest, "complete": list(file.complete)}
                append(database, check_id, Kind.SUPPLIED, body)

    def supplied(self, check_id: str) -> tuple[SuppliedFile, ...]:
        """The files that were given with the check."""
        with self._file.reading() as database:
            found = []
            for entry in entries_of(database, check_id, Kind.SUPPLIED):
                one = database.execute("SELECT content FROM files WHERE sha256 = ?", (entry.body["sha256"],)).fetchone()
                found.append(SuppliedFile(entry.body["name"], one[0], tuple(entry.body["complete"])))
            return tuple(found)

    def set_mark(self, check_id: str, kind: str, key: str, value: str, at: datetime) -> None:
        """Keep where the work stands: a section parked, a part done. An empty value takes the mark away."""
        with self._file.writing() as database:
            body = {"mark": kind, "key": key, "value": value, "at": at.isoformat()}
            append(database, check_id, Kind.MARK, body)

    def marks(self, check_id: str, kind: str) -> dict[str, Mark]:
        """The marks of one kind that stand, by their key, in the order in which they were set first."""
        found: dict[str, Mark] = {}
        with self._file.reading() as database:
            for body in (entry.body for entry in entries_of(database, check_id, Kind.MARK)):
                if body["mark"] == kind:
                    found[body["key"]] = Mark(kind, body["key"], body["value"], datetime.fromisoformat(body["at"]))
        return {key: mark for key, mark in found.items() if mark.value}

    # ---- finishing and after

    def finish(self, check_id: str, at: datetime, by: str, role: str, actions: Iterable[KeptAction] = ()) -> None:
        """Finish the check, or the amendment that is open, and with that keep the ``actions`` of its plan. Only an
        amendment takes answers after it.

        Raises UsageProblem without a name and a role, where an alert is not accepted, and where it is finished already.
        """
        with self._file.writing() as database:
            amendment = _amendment_for_writing(database, check_id)
            waiting = [
                alert.key for alert in alerts_of(entries_of(database, check_id, *ALERT_KINDS)).values() if alert.waits
            ]
            if waiting:
                raise UsageProblem(
                    f"Check {check_id} cannot be finished: nobody has accepted {', '.join(waiting)}."
                    f" When someone has: healthcheck check accept {check_id} --by NAME"
                )
            name = _named(by, "A check is finished by someone: give a name.")
            what = _named(role, "A check is finished by someone in a role (practice nurse, GP): give the role.")
            body = {"by": name, "role": what, "at": at.isoformat(), "amendment": amendment}
            append(database, check_id, Kind.FINISH, body)
            day = _check(database, check_id).day
            for action in actions:
                append(database, check_id, Kind.ACTION, raised_body(action, day, at))

    def amend(self, check_id: str, by: str, reason: str, at: datetime) -> int:
        """Open a finished check again; answers added from now on carry the number of the amendment, from 1.

        Raises UsageProblem without a name and a reason, and where the check is open as it is.
        """
        with self._file.writing() as database:
            check = _check(database, check_id)
            if check.is_open:
                already = "an amendment is open already" if check.amending else "it is not finished"
                raise UsageProblem(f"Check {check_id} needs no amendment: {already}.")
            name = _named(by, "An amendment is made by someone: give a name.")
            why = _named(reason, "An amendment has a reason: say why.")
            number = check.amendments + 1
            body = {"amendment": number, "by": name, "reason": why, "at": at.isoformat()}
            append(database, check_id, Kind.AMENDMENT, body)
        return number

    def amendments(self, check_id: str) -> tuple[Amendment, ...]:
        """The amendments of a check, in order."""
        found: dict[int, Amendment] = {}
        with self._file.reading() as database:
            for entry in entries_of(database, check_id, *_ENDINGS):
                at, number = datetime.fromisoformat(entry.body["at"]), entry.body["amendment"]
                if entry.kind is Kind.AMENDMENT:
                    found[number] = Amendment(number, entry.body["by"], entry.body["reason"], at)
                elif number:
                    by, role = entry.body["by"], entry.body["role"]
                    found[number] = replace(found[number], finished=at, finished_by=by, finished_role=role)
        return tuple(found.values())

    # ---- from year to year

    def keep_last_check(
        self, check_id: str, last: LastCheck, at: datetime, actions: Iterable[LivingAction] = ()
    ) -> None:
        """Keep what this check is compared with, and how the ``actions`` before it stand. No answer of this check is
        touched by it."""
        with self._file.writing() as database:
            append(database, check_id, Kind.LAST_CHECK, last_check_body(last, at, actions))

    def last_check(self, check_id: str) -> LastCheck | None:
        """What was kept last as the check before this one; None where nothing was."""
        with self._file.reading() as database:
            kept = entries_of(database, check_id, Kind.LAST_CHECK)
            return last_check_of_body(kept[-1].body) if kept else None

    def earlier_actions(self, check_id: str) -> tuple[LivingAction, ...]:
        """How the actions before this check stood when they were kept with it last."""
        with self._file.reading() as database:
            kept = entries_of(database, check_id, Kind.LAST_CHECK)
            return earlier_actions_of_body(kept[-1].body) if kept else ()

    def mark_actions(self, check_id: str, marks: Iterable[ActionMark], at: datetime) -> None:
        """Keep what became of actions, all or none of them. Raises UsageProblem without the name of who says so."""
        with self._file.writing() as database:
            for mark in marks:
                by = _named(mark.by, "What became of an action is said by someone: give a name.")
                append(database, check_id, Kind.ACTION_MARK, mark_body(replace(mark, by=by), at))

    def action_events(self, check_id: str) -> list[RaisedAction | MarkedAction]:
        """The actions that were kept in a check, and what was said there of these and of older ones, in order."""
        with self._file.reading() as database:
            return events_of(entries_of(database, check_id, Kind.ACTION, Kind.ACTION_MARK), check_id)

    # ---- the store as a whole

    def verify(self) -> tuple[str, ...]:
        """What is wrong in the file, a line each, by check and number; nothing where all is as it was kept."""
        with self._file.reading() as database:
            return tuple(faults(database))

    def export_check(self, check_id: str) -> str:
        """A check as JSON text, with everything that was kept in it."""
        with self._file.reading() as database:
            return export_text(database, check_id)

    def import_check(self, text: str, name: str) -> Arrival:
        """Add a check that was exported; where an earlier state of it is here, what came after.

        Raises InputProblem, naming the file by ``name``, where it is damaged or of a newer version; UsageProblem where
        all of it is here, or where both went on since.
        """
        return arrive(self._file, text, name)


_ENDINGS = (Kind.FINISH, Kind.AMENDMENT)


def _check(database: sqlite3.Connection, check_id: str) -> Check:
    heading = heading_of(database, check_id)
    rows = database.execute(
        "SELECT kind, body FROM entries WHERE check_id = ? AND kind IN ('finish', 'amendment') ORDER BY number",
        (check_id,),
    ).fetchall()
    check = Check(
        check_id,
        heading.label,
        datetime.fromisoformat(heading.started),
        heading.content_version,
        heading.content_sha256,
    )
    for kind, text in rows:
        body = json.loads(text)
        if kind == Kind.AMENDMENT.value:
            check = replace(check, amendments=body["amendment"], amending=True)
        elif check.finished is None:
            finished = datetime.fromisoformat(body["at"])
            check = replace(check, finished=finished, finished_by=body["by"], finished_role=body["role"])
        else:
            check = replace(check, amending=False)
    return check


def _amendment_for_writing(database: sqlite3.Connection, check_id: str) -> int:
    """The amendment that what is added now belongs to, 0 before the check is finished."""
    check = _check(database, check_id)
    if not check.is_open:
        by = f" by {check.finished_by}" if check.finished_by else ""
        raise UsageProblem(
            f"Check {check_id} was finished on {check.finished:%Y-%m-%d}{by} and stays as it is."
            f" To add to it, open an amendment: healthcheck check amend {check_id}"
        )
    return check.amendments


def _kept_answer(entry: Entry) -> KeptAnswer:
    body = entry.body
    return KeptAnswer(entry.number, answer_of_json(body), body["recorded_by"], body["amendment"])


def _alert_of(database: sqlite3.Connection, check_id: str, key: str) -> Alert:
    alert = alerts_of(entries_of(database, check_id, *ALERT_KINDS)).get(key)
    if alert is None:
        raise UsageProblem(f"Check {check_id} has no alert {key}; `healthcheck check show {check_id}` names them.")
    return alert


def _named(given: str, otherwise: str) -> str:
    if not given.strip():
        raise UsageProblem(otherwise)
    return given.strip()
