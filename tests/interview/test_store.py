"""What is saved stays, whatever happens to the program."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.interview.saved import Amendment, Check, Mark, SuppliedFile, to_record
from healthcheck_cli.interview.saving.notebook import StoredNotebook
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState, MedicineLine, PartialDate, Person, Record, Row

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.utc)
ROOT = Path(__file__).parents[2]


def answer(question: str, value: object, **changes: object) -> Answer:
    return Answer(question, AnswerState.ANSWERED, value, "typed", "self", NOW, **changes)  # type: ignore[arg-type]


VALUES = (
    True,
    71.66759646,
    "never",
    ("none",),
    (),
    PartialDate(date(2024, 1, 1), date(2024, 12, 31)),
    ({"drug": "senna", "dose": "½ at night – “as told”"},),
)


def test_every_kind_of_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("Room 3", NOW, "2026.11.0", "abc")
    given = [answer(f"q.{place}", value) for place, value in enumerate(VALUES)]
    given.append(Answer("q.declined", AnswerState.DECLINED, at=NOW))
    store.add(check.id, given)
    store.close()
    assert list(CheckStore(tmp_path).answers(check.id).values()) == given


def test_a_copy_that_was_put_back_for_all_to_read_is_closed_to_others(tmp_path: Path) -> None:
    CheckStore(tmp_path).close()
    file = tmp_path / "checks.sqlite3"
    file.chmod(0o644)
    CheckStore(tmp_path).close()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_correction_is_added_with_who_typed_it(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("", NOW, "1", "a")
    store.add(check.id, [answer("q", 1.0)])
    store.add(check.id, [answer("q", 2.0)], recorded_by="J. Okoro")
    kept = store.history(check.id)
    assert [(it.number, it.answer.value, it.recorded_by, it.amendment) for it in kept] == [
        (1, 1.0, "", 0),
        (2, 2.0, "J. Okoro", 0),
    ]
    assert store.answers(check.id)["q"].value == 2.0


def test_the_file_itself_refuses_to_change_or_drop_what_was_kept(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("", NOW, "1", "a")
    store.supply(check.id, [SuppliedFile("list.csv", b"Senna")])
    store.add_note(check.id, "q", "a note", "self", NOW)
    store.finish(check.id, NOW, "J. Okoro", "nurse")
    store.amend(check.id, "J. Okoro", "a letter came", NOW)
    database = sqlite3.connect(tmp_path / "checks.sqlite3", isolation_level=None)
    for kind in ("supplied", "note", "finish", "amendment"):
        for statement in ("UPDATE entries SET body = '{}'", "DELETE FROM entries"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                database.execute(f"{statement} WHERE kind = ?", (kind,))
    for statement in ("UPDATE files SET content = ''", "DELETE FROM files", "DELETE FROM checks"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            database.execute(statement)
    with pytest.raises(sqlite3.IntegrityError, match="heading of a check stays"):
        database.execute("UPDATE checks SET label = 'another'")
    with pytest.raises(sqlite3.IntegrityError, match="follow one another"):
        database.execute("INSERT INTO entries VALUES (?, 9, 'note', '{}', '')", (check.id,))
    database.close()
    assert store.verify() == ()


def test_only_the_owner_can_read_what_is_saved(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    store = CheckStore(folder)
    with store.hold(store.begin("", NOW, "1", "a").id):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_answers_kept_together_are_kept_all_or_none(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("", NOW, "1", "a")
    with pytest.raises((ValueError, InputProblem)):
        store.add(check.id, [answer("q.1", 1.0), answer("q.2", float("nan"))])
    assert store.answers(check.id) == {}


def test_check_ids_count_up_within_a_day_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    assert [store.begin("", NOW, "1", "a").id for _ in range(2)] == ["2026-11-22-1", "2026-11-22-2"]
    with pytest.raises(UsageProblem, match="no saved check"):
        store.check("2026-11-22-3")


def test_a_finished_check_takes_nothing_but_an_amendment_with_its_number(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("", NOW, "1", "a")
    later = NOW.replace(hour=12)
    for by, role in ((" ", "nurse"), ("J. Okoro", "")):
        with pytest.raises(UsageProblem, match="someone"):
            store.finish(check.id, NOW, by, role)
    store.finish(check.id, NOW, "J. Okoro", "practice nurse")
    attempts: tuple[Callable[[], None], ...] = (
        lambda: store.add(check.id, [answer("q", 1.0)]),
        lambda: store.add_note(check.id, "q", "late", "self", later),
        lambda: store.finish(check.id, later, "Another", "GP"),
    )
    for late in attempts:
        with pytest.raises(UsageProblem, match=r"finished on 2026-11-22 by J\. Okoro and stays as it is"):
            late()
    with pytest.raises(UsageProblem, match="has a reason"):
        store.amend(check.id, "A. Khan", "", later)
    assert store.amend(check.id, "A. Khan", "the blood test came", later) == 1
    with pytest.raises(UsageProblem, match="open already"):
        store.amend(check.id, "A. Khan", "again", later)
    store.add(check.id, [answer("q", 2.0)])
    assert [(it.answer.value, it.amendment) for it in store.history(check.id)] == [(2.0, 1)]
    assert store.check(check.id).is_open
    store.finish(check.id, later, "A. Khan", "GP")
    found = store.check(check.id)
    assert (found.finished, found.finished_by, found.finished_role) == (NOW, "J. Okoro", "practice nurse")
    assert (found.amendments, found.is_open) == (1, False)
    amendment = Amendment(1, "A. Khan", "the blood test came", later, later, "A. Khan", "GP")
    assert store.amendments(check.id) == (amendment,)
    with pytest.raises(UsageProblem, match="stays as it is"):
        store.add(check.id, [answer("q", 3.0)])


def test_an_alert_is_raised_once_and_waits_until_someone_accepts_it(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("", NOW, "1", "a")
    alert = Alert("AHC-001", "Blue lips.", "Call 999.")
    assert store.raise_alert(check.id, alert, NOW)
    assert not store.raise_alert(check.id, alert, NOW, again=True)
    store.acknowledge(check.id, alert.key, NOW)
    assert store.alerts(check.id, unaccepted=True) == (alert,)
    with pytest.raises(UsageProblem, match="nobody has accepted AHC-001"):
        store.finish(check.id, NOW, "J. Okoro", "nurse")
    with pytest.raises(UsageProblem, match="give a name"):
        store.accept_alert(check.id, alert.key, " ", NOW)
    with pytest.raises(UsageProblem, match="no alert AHC-002"):
        store.accept_alert(check.id, "AHC-002", "Dr Khan", NOW)
    store.accept_alert(check.id, alert.key, "Dr Khan", NOW)
    store.accept_alert(check.id, alert.key, "Another", NOW.replace(hour=12))
    (found,) = store.alerts(check.id)
    assert (found.raised, found.seen, found.accepted, found.accepted_by) == (NOW, NOW, NOW, "Dr Khan")
    assert store.alerts(check.id, unaccepted=True) == ()
    assert not store.raise_alert(check.id, alert, NOW)
    assert store.raise_alert(check.id, alert, NOW, again=True), "what is given again must be accepted again"
    assert store.alerts(check.id, unaccepted=True) == (alert,)


def test_last_years_check_is_the_newest_finished_one_of_the_same_label_begun_before(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    begun = {
        (label, year): store.begin(label, NOW.replace(year=year), "1", "a")
        for label, year in (("Room 3", 2023), (" room  3", 2024), ("Room 3", 2025), ("Room 4", 2025), ("", 2025))
    }
    for key in (("Room 3", 2023), (" room  3", 2024), ("Room 4", 2025), ("", 2025)):
        store.finish(begun[key].id, NOW, "J. Okoro", "nurse")
    found = store.previous(store.begin("Room 3", NOW, "1", "a"))
    assert found is not None
    assert found.id == begun[" room  3", 2024].id
    assert store.previous(begun["Room 3", 2023]) is None
    assert store.previous(store.begin("", NOW, "1", "a")) is None


def test_a_mark_stands_until_it_is_taken_away(tmp_path: Path) -> None:
    notebook = StoredNotebook(CheckStore(tmp_path), CheckStore(tmp_path).begin("", NOW, "1", "a").id)
    notebook.park("bowel", NOW)
    notebook.park("epi", NOW)
    notebook.set_mark("part", "nurse", "done", NOW)
    notebook.set_mark("parked", "bowel", "", NOW)
    assert notebook.parked() == ("epi",)
    assert notebook.marks("part") == {"nurse": Mark("part", "nurse", "done", NOW)}


def test_a_supplied_file_is_kept_as_it_was(tmp_path: Path) -> None:
    store = CheckStore(tmp_path)
    check = store.begin("", NOW, "1", "a")
    file = SuppliedFile("list.csv", b"medication\nSenna\n", ("medicines",))
    store.supply(check.id, [file])
    assert store.supplied(check.id) == (file,)


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be taken for one" * 20, b"SQLite format 3\0"]
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "checks.sqlite3"
    file.write_bytes(content)
    with pytest.raises(InputProblem, match="not a store of health checks"):
        CheckStore(tmp_path)
    assert file.read_bytes() == content


def test_another_programs_file_and_a_newer_one_are_told(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "checks.sqlite3")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.commit()
    other.close()
    with pytest.raises(InputProblem, match="not a store of health checks"):
        CheckStore(tmp_path)
    CheckStore(tmp_path / "ours").close()
    ours = sqlite3.connect(tmp_path / "ours" / "checks.sqlite3")
    ours.execute("PRAGMA user_version = 99")
    ours.close()
    with pytest.raises(InputProblem, match="newer version"):
        CheckStore(tmp_path / "ours")


_KILLED = """
    import os, signal, sys
    from datetime import datetime, timezone
    from pathlib import Path
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.record import Answer, AnswerState

    store = CheckStore(Path(sys.argv[1]))
    check = store.begin("", datetime(2026, 11, 22, tzinfo=timezone.utc), "1", "a")
    with store.hold(check.id):
        for number in range(int(sys.argv[2])):
            store.add(check.id, [Answer(f"q.{number}", AnswerState.ANSWERED, float(number))])
            print(number, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("answers", [1, 7])
def test_kill_9_right_after_an_answer_loses_nothing_and_holds_nothing_up(tmp_path: Path, answers: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_KILLED), str(tmp_path), str(answers)],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == -9
    store = CheckStore(tmp_path)
    check = store.checks()[0]
    assert len(store.answers(check.id)) == len(done.stdout.split()) == answers
    with store.hold(check.id):
        store.add(check.id, [answer("q.after", 1.0)])


def test_two_programs_cannot_work_on_one_check_but_may_on_two(tmp_path: Path) -> None:
    first, second = CheckStore(tmp_path), CheckStore(tmp_path)
    one, two = first.begin("", NOW, "1", "a"), first.begin("", NOW, "1", "a")
    with first.hold(one.id):
        with pytest.raises(UsageProblem, match="open in another window"), second.hold(one.id):
            pass
        with second.hold(two.id):
            second.add(two.id, [answer("q", 1.0)])
    with second.hold(one.id):
        pass


def test_a_check_becomes_a_record_in_which_answers_win_over_what_was_supplied() -> None:
    supplied = Record(
        person=Person(id="A1", sex="F"),
        medicines=(MedicineLine("Senna", Row(2)),),
        answers={"q": answer("q", 1.0)},
        complete={"medicines": None},
    )
    born = PartialDate.of(date(1979, 4, 1))
    given = {a.question: a for a in (answer("q", 2.0), answer("demo.sex_registered", "male"), answer("demo.dob", born))}
    record = to_record(Check("2026-11-22-1", "Room 3", NOW, "1", "a"), given, supplied)
    assert record.from_check
    assert record.answers["q"].value == 2.0
    assert record.person == Person(id="A1", date_of_birth=born, sex="M")
    assert record.medicines == supplied.medicines
    assert record.is_complete("medicines")
