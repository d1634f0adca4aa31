"""What is changed by hand is told, by check and number; what is exported and taken in again is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from healthcheck_cli.errors import InputProblem, UsageProblem
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.record import Answer, AnswerState
from healthcheck_cli.schemas import schema_named
from tests.interview.kept_checks import NOW, by_hand, full_store

CHANGES = {
    "UPDATE entries SET body = replace(body, '71.66759646', '81.66759646')": "entry 3 (answer) was changed",
    "DELETE FROM entries WHERE number = 4": "entry 4 is missing",
    "DELETE FROM entries WHERE number > 15": "entries 16 to 18 are missing",
    "DELETE FROM entries": "entries 1 to 18 are missing",
    "UPDATE entries SET kind = 'alert_seen' WHERE kind = 'alert_accepted'": "entry 14 (alert seen) was changed",
    "UPDATE entries SET hash = 'x' WHERE number = 18": "entry 18 (answer) was changed",
    "UPDATE checks SET started = '2025-11-22T09:30:00+00:00'": "entry 1 (supplied) was changed, or does not",
    "UPDATE checks SET entries = 17": "its last entry is not the one that was kept last",
    "UPDATE files SET content = 'another'": "the supplied file ",
    "DELETE FROM files": "entry 1 (supplied): the file is missing",
    "DELETE FROM checks": "entries that belong to no check: 18",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_by_hand_is_told_by_check_and_number(tmp_path: Path, change: str) -> None:
    store, check_id = full_store(tmp_path)
    assert store.verify() == ()
    with by_hand(tmp_path) as database:
        database.execute(change)
    (fault, *others) = store.verify()
    told = fault.removeprefix(f"check {check_id}: ")
    assert told.startswith(CHANGES[change])
    assert all("last entry" in it for it in others)


def everything(store: CheckStore, check_id: str) -> tuple[Any, ...]:
    parts = (store.check, store.history, store.answers, store.notes, store.supplied, store.alerts, store.amendments)
    return (*(part(check_id) for part in parts), store.marks(check_id, "parked"), store.export_check(check_id))


def test_a_check_that_is_exported_and_imported_is_the_same(tmp_path: Path) -> None:
    store, check_id = full_store(tmp_path / "one")
    text = store.export_check(check_id)
    Draft202012Validator(schema_named("check-export")).validate(json.loads(text))
    other = CheckStore(tmp_path / "two")
    arrival = other.import_check(text, "file")
    assert (arrival.check_id, arrival.added, arrival.known) == (check_id, 18, False)
    assert everything(other, check_id) == everything(store, check_id)
    assert other.verify() == ()
    with pytest.raises(UsageProblem, match="here already, with all"):
        other.import_check(text, "file")


def test_one_that_another_program_laid_out_anew_is_still_the_same(tmp_path: Path) -> None:
    store, check_id = full_store(tmp_path / "one")
    text = json.dumps(json.loads(store.export_check(check_id)), sort_keys=True).replace("71.0", "71")
    assert CheckStore(tmp_path / "two").import_check(text, "file").check_id == check_id


def test_another_check_of_the_same_id_gets_a_free_one(tmp_path: Path) -> None:
    store, check_id = full_store(tmp_path / "one")
    other, same_id = full_store(tmp_path / "two")
    assert same_id == check_id == "2026-11-22-1"
    assert other.import_check(store.export_check(check_id), "file").check_id == "2026-11-22-2"
    assert other.verify() == ()


def test_a_check_that_went_on_elsewhere_comes_back_but_not_where_both_went_on(tmp_path: Path) -> None:
    nurse, gp = CheckStore(tmp_path / "nurse"), CheckStore(tmp_path / "gp")
    check = nurse.begin("", NOW, "1", "a")
    nurse.add(check.id, [Answer("q.1", AnswerState.ANSWERED, True)])
    gp.import_check(nurse.export_check(check.id), "file")
    gp.add(check.id, [Answer("q.2", AnswerState.ANSWERED, True)])
    back = gp.export_check(check.id)
    with nurse.hold(check.id), pytest.raises(UsageProblem, match="open in another window"):
        nurse.import_check(back, "file")
    arrival = nurse.import_check(back, "file")
    assert (arrival.added, arrival.known) == (1, True)
    assert list(nurse.answers(check.id)) == ["q.1", "q.2"]
    for store in (nurse, gp):
        store.add(check.id, [Answer("q.3", AnswerState.DECLINED, at=NOW if store is gp else None)])
    with pytest.raises(UsageProblem, match="went on since"):
        nurse.import_check(gp.export_check(check.id), "file")
    assert nurse.verify() == ()


def _without(part: str) -> Callable[[dict[str, Any]], object]:
    return lambda check: check.pop(part)


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "not ours": (_without("format"), "not a check that was exported"),
    "newer": (lambda check: check.update(version=2), "newer version"),
    "older": (lambda check: check.update(version=0), "damaged"),
    "no entries": (_without("entries"), "damaged"),
    "last cut off": (lambda check: check["entries"].pop(), "its end is missing"),
    "one taken out": (lambda check: check["entries"].pop(4), "entry 5 was changed"),
    "value": (lambda check: check["entries"][2].update(value=1), "entry 3 was changed"),
    "label": (lambda check: check.update(label="Room 4"), "entry 1 was changed"),
    "id is a path": (lambda check: check.update(id="../2026-11-22-1"), "not that of a check"),
    "id of another day": (lambda check: check.update(id="2026-11-23-1"), "not that of a check"),
    "file": (lambda check: check["files"][0].update(content="AAAA"), "a supplied file was changed"),
    "no file": (lambda check: check["files"].clear(), "not every supplied file"),
    "entry is no object": (lambda check: check["entries"].insert(0, 7), "cannot be read"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_damaged_is_refused_and_adds_nothing(tmp_path: Path, damage: str) -> None:
    store, check_id = full_store(tmp_path / "one")
    check = json.loads(store.export_check(check_id))
    change, told = DAMAGE[damage]
    change(check)
    other = CheckStore(tmp_path / "two")
    with pytest.raises(InputProblem, match=told):
        other.import_check(json.dumps(check), "file")
    assert other.checks() == ()


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"a"', "[" * 100_000, "{}"])
def test_what_is_no_export_at_all_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputProblem, match=r"^file: this is "):
        CheckStore(tmp_path).import_check(text, "file")
