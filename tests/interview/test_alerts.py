"""What cannot wait: told before the next question, taken on by somebody, or withdrawn where an answer was put right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.interview.alerts import put_right
from healthcheck_cli.interview.prompts import Mode
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState, AnswerValue
from tests.interview import small_check as sc
from tests.interview.test_session import Sitting


def test_a_red_flag_comes_before_the_next_question_and_asks_who_takes_it_on(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    sitting.type("blue lips, chest pain")
    prompt = sitting.session.prompt
    assert prompt.mode is Mode.ACCEPT
    assert [alert.says for alert in prompt.alerts] == ["Any of these now? Chest pain; lips blue or grey."]
    assert "999" in prompt.alerts[0].action
    for no_name in ("x", "yes", "OK"):
        assert "name and role" in sitting.type(no_name)[0]
    sitting.type("Dr Patel, GP")
    assert sitting.at == "sepsis.unwell_today"
    assert sitting.store.alerts(sitting.id, unaccepted=True) == ()


@pytest.mark.parametrize("nobody", ["", "nobody", "No one"])
def test_an_alert_that_nobody_took_on_lets_the_check_go_on_and_comes_again_at_its_end(
    tmp_path: Path, nobody: str
) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    sitting.type("blue lips")
    assert "cannot be finished" in sitting.type(nobody)[0]
    assert sitting.at == "sepsis.unwell_today"
    sitting.type("no")
    assert sitting.at == "accept"
    sitting.type("")
    assert (sitting.at, sitting.session.prompt.waiting) == ("end", 1)


def test_an_alert_that_nobody_took_on_is_shown_again_on_the_next_day_and_a_taken_one_is_not(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    sitting.type("blue lips", "q")
    again = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    assert again.session.prompt.mode is Mode.ACCEPT
    again.type("Sr Jones, nurse")
    assert Sitting(tmp_path, sc.ACUTE, sc.UNWELL).at == "sepsis.unwell_today"


def test_a_red_flag_that_was_taken_back_is_told_again_when_it_is_given_again(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    sitting.type("chest pain", "Dr Patel, GP", "b", "none", "b")
    assert sitting.at == "sepsis.acute_signs"
    sitting.type("chest pain")
    assert sitting.at == "accept"


def test_a_red_flag_that_was_mistyped_is_put_right_from_the_alert_and_withdrawn_with_its_history(
    tmp_path: Path,
) -> None:
    poorly = Alert("AHC-002", "In pain.", "Now.")
    adviser = sc.SimpleAdviser(lambda found: [poorly] if "chest_pain" in str(found.get("sepsis.acute_signs")) else [])
    sitting = Sitting(tmp_path, sc.UNWELL, sc.ACUTE, sc.TIMES, adviser=adviser)
    sitting.type("no", "chest pain")
    assert len(sitting.session.prompt.alerts) == 2
    sitting.type("b")
    assert sitting.at == "sepsis.acute_signs"
    assert sum("withdrawn" in told for told in sitting.type("none")) == 2
    assert (sitting.at, sitting.store.alerts(sitting.id, unaccepted=True)) == ("bowel.per_week", ())
    flag, rule = sitting.store.alerts(sitting.id)
    assert (flag.waits, flag.put_right, flag.withdrawn is not None) == (False, "sepsis.acute_signs", True)
    assert rule.put_right == "sepsis.acute_signs"
    sitting.type("b", "chest pain")
    assert len(sitting.session.prompt.alerts) == 2, "raised anew"
    assert len(sitting.store.alerts(sitting.id, unaccepted=True)) == 2
    kinds = [entry["kind"] for entry in json.loads(sitting.store.export_check(sitting.id))["entries"]]
    assert [kinds.count(kind) for kind in ("alert_raised", "alert_withdrawn")] == [4, 2], "nothing is lost"


def test_an_alert_of_a_rule_is_raised_in_new_words_when_another_sign_was_meant(tmp_path: Path) -> None:
    def urgent(answers: Mapping[str, Answer]) -> list[Alert]:
        said = answers.get("sepsis.acute_signs")
        return [Alert("AHC-001", f"Signs: {said.value[0]}.", "Now.")] if said and isinstance(said.value, tuple) else []

    sitting = Sitting(tmp_path, sc.ACUTE, sc.TIMES, adviser=sc.SimpleAdviser(urgent))
    sitting.type("chest pain", "Dr Shah", "b", "blue lips")
    assert [it.says for it in sitting.session.prompt.alerts if it.key == "AHC-001"] == ["Signs: blue_lips."]
    standing = [it for it in sitting.store.alerts(sitting.id) if it.key == "AHC-001"]
    assert [(it.says, it.accepted_by) for it in standing] == [("Signs: blue_lips.", "")]


@pytest.mark.parametrize("key", ["-", "d", "u"])
def test_an_answer_that_is_missing_withdraws_no_alert(tmp_path: Path, key: str) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    sitting.type("chest pain", "b", key)
    assert (sitting.at, len(sitting.store.alerts(sitting.id, unaccepted=True))) == ("accept", 1)
    assert any("stays open" in told for told in sitting.type(""))


class WaitsForMore(sc.SimpleAdviser):
    """Its rule finds something urgent where the person is poorly; what else it looks at nobody knows."""

    def finds_urgent(self, rule: str, answers: Mapping[str, Answer]) -> Truth:
        found = super().finds_urgent(rule, answers)
        return found if found is Truth.TRUE else Truth.UNKNOWN


@pytest.mark.parametrize("key", ["-", "d", "u"])
def test_an_alert_of_a_rule_is_withdrawn_when_its_answer_is_put_right_by_way_of_none(tmp_path: Path, key: str) -> None:
    def urgent(answers: Mapping[str, Answer]) -> list[Alert]:
        said = answers.get("sepsis.unwell_today")
        return [POORLY] if said is not None and said.value is True else []

    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES, adviser=WaitsForMore(urgent))
    sitting.type("yes", "b", key)
    assert len(sitting.store.alerts(sitting.id, unaccepted=True)) == 1, "missing is not no"
    sitting.type("b", "no")
    assert sitting.store.alerts(sitting.id, unaccepted=True) == ()


def test_the_keys_work_at_an_alert_and_a_name_that_begins_like_one_is_a_name(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL)
    sitting.type("chest pain")
    assert "Look at the person." in sitting.type("?")[0]
    assert "Right now (today): 1 of 2" in sitting.type("l")[0]
    assert sitting.type("p") == ["plan on 1 answers"]
    assert "name and role" in sitting.type("u")[0]
    sitting.type("n")
    assert sitting.session.prompt.mode is Mode.NOTE
    sitting.type("since this morning")
    assert sitting.store.notes(sitting.id) == {"sepsis.acute_signs": "since this morning"}
    assert sitting.at == "accept"
    sitting.type("G Shah, GP")
    assert [alert.accepted_by for alert in sitting.store.alerts(sitting.id)] == ["G Shah, GP"]


def test_an_alert_of_a_rule_leads_back_to_its_question_after_a_night_too(tmp_path: Path) -> None:
    adviser = sc.SimpleAdviser(lambda found: [Alert("AHC-002", "Poorly.", "Now.")] if len(found) > 1 else [])
    Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.STOOL, adviser=adviser).type("no", "7", "q")
    again = Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.STOOL, adviser=adviser)
    again.type("b")
    assert again.at == "bowel.per_week"
    again.type("7")
    assert again.at == "accept", "it still stands and comes again"


def test_an_urgent_rule_alerts_once_when_it_becomes_true(tmp_path: Path) -> None:
    alert = Alert("AHC-002", "Poorly today.", "Full observations now.")
    adviser = sc.SimpleAdviser(lambda answers: [alert] if "sepsis.unwell_today" in answers else [])
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.STOOL, adviser=adviser)
    sitting.type("yes")
    assert sitting.session.prompt.alerts == (alert,)
    sitting.type("Dr Patel, GP", "7")
    assert sitting.at == "bowel.type"


POORLY = Alert("AHC-002", "Poorly.", "Now.")
THERE_WERE: dict[str, AnswerValue] = {"a.note": "1", "b.x": True, "c.y": True}


def withdrawn_by(**given: AnswerValue | AnswerState) -> list[str]:
    """By which answers the alert of a rule is taken back that finds something urgent while b.x or c.y is yes."""

    def answer(name: str, value: AnswerValue | AnswerState) -> Answer:
        return Answer(name, value) if isinstance(value, AnswerState) else Answer(name, AnswerState.ANSWERED, value)

    class EitherOfTwo(sc.SimpleAdviser):
        def finds_urgent(self, rule: str, answers: Mapping[str, Answer]) -> Truth:
            said = [answers[name].value for name in ("b.x", "c.y")]
            return Truth.TRUE if True in said else Truth.UNKNOWN if None in said else Truth.FALSE

    before = {name: answer(name, value) for name, value in THERE_WERE.items()}
    answers = [answer(name.replace("_", "."), value) for name, value in given.items()]
    return [it.put_right for it in put_right([POORLY], answers, before, {}, EitherOfTwo(), sc.ticking_clock()())]


def test_an_answer_that_is_missing_now_withdraws_no_alert_whatever_is_corrected_beside_it() -> None:
    missing = AnswerState.NOT_KNOWN
    assert withdrawn_by(a_note="2", b_x=missing, c_y=missing) == []
    assert withdrawn_by(a_note="2", b_x=missing, c_y=False) == []
    assert withdrawn_by(b_x=False, c_y=False) == ["c.y"]


def test_an_alert_is_withdrawn_by_the_correction_that_takes_it_back_and_not_by_the_first_of_the_file() -> None:
    assert withdrawn_by(c_y=False, b_x=False, a_note="2") == ["b.x"]
    assert withdrawn_by(a_note="2", b_x=False, c_y=False) == ["c.y"]
    assert withdrawn_by(a_note="2", b_x=False) == []
