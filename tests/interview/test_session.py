"""The conversation: order, keys, doubts, alerts, and going on where one left off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.conversation import converse
from healthcheck_cli.interview.offers import Offer
from healthcheck_cli.interview.prompts import Mode
from healthcheck_cli.interview.saving.notebook import StoredNotebook
from healthcheck_cli.interview.saving.store import CheckStore
from healthcheck_cli.interview.screen import ScriptedScreen
from healthcheck_cli.interview.session import Session
from healthcheck_cli.record import AnswerState
from healthcheck_cli.shown_text import marked
from tests.interview import small_check as sc


class Sitting:
    """A session over a real store, with what was typed and shown at hand."""

    def __init__(self, folder: Path, *questions: Question, adviser: sc.SimpleAdviser | None = None) -> None:
        self.store = CheckStore(folder)
        checks = self.store.checks()
        clock = sc.ticking_clock()
        check = checks[0] if checks else self.store.begin("Room 3", clock(), "1", "abc")
        self.id = check.id
        self.session = Session(
            StoredNotebook(self.store, check.id),
            sc.sections_of(*(questions or sc.QUESTIONS)),
            adviser or sc.SimpleAdviser(),
            clock,
            sc.DAY,
        )

    def type(self, *lines: str) -> list[str]:
        return [message.text for line in lines for message in self.session.take(line)]

    @property
    def at(self) -> str:
        question = self.session.prompt.question
        return question.id if question is not None else self.session.prompt.mode.value


def test_questions_come_in_order_and_an_answer_moves_on(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path)
    assert sitting.at == "sepsis.acute_signs"
    sitting.type("none", "no")
    assert sitting.at == "demo.dob"
    assert sitting.session.prompt.place == (3, 3, 3, 18)


def test_a_question_that_does_not_apply_is_passed_over_and_told_once_with_its_reason_on_request(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.HAS_EPILEPSY, sc.LAST_FIT, sc.LAST_TONIC_CLONIC, sc.WORDS)
    assert "2 questions do not apply" in sitting.type("1")[0]
    assert sitting.at == "eol.reason"
    assert "Because epilepsy: no:\n  How are you?" in sitting.type("w")[0]
    assert sitting.type("b", "1") == []


def test_a_question_whose_gate_is_unknown_is_asked(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.HAS_EPILEPSY, sc.LAST_FIT)
    sitting.type("possible")
    assert sitting.at == "epi.last_any"


def test_the_four_states_without_a_value_are_kept_apart(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.STOOL, sc.FOOD)
    sitting.type("-", "d", "u", "x")
    assert [answer.state for answer in sitting.session.answers.values()] == [
        AnswerState.NOT_ASKED,
        AnswerState.DECLINED,
        AnswerState.NOT_KNOWN,
        AnswerState.NOT_APPLICABLE,
    ]
    assert sitting.session.prompt.mode is Mode.END


def test_not_applicable_is_refused_where_the_question_does_not_allow_it(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL)
    assert "x is no answer here" in sitting.type("x")[0]
    assert sitting.session.answers == {}


def test_an_unlikely_answer_is_kept_only_after_yes(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.TIMES, sc.STOOL)
    assert "outside 2 to 28" in sitting.type("1")[0]
    assert sitting.session.prompt.mode is Mode.SURE
    sitting.type("no")
    assert sitting.session.answers == {}
    sitting.type("1", "yes")
    assert sitting.session.answers["bowel.per_week"].value == 1
    assert sitting.at == "bowel.type"


def test_a_doubtful_unit_is_asked_and_the_choice_is_read_as_it_was_written_out(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.WEIGHT, sc.HEIGHT)
    sitting.type("11.4")
    assert sitting.session.prompt.readings == ("11.4 kg", "11 st 4 lb", "11 st 5.6 lb")
    sitting.type("2")
    answer = sitting.session.answers["meas.weight"]
    assert (round(float(answer.value), 2), answer.typed) == (71.67, "11 st 4 lb")  # type: ignore[arg-type]


def test_one_blood_pressure_entry_fills_two_questions_and_the_second_is_not_asked(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.SYSTOLIC, sc.DIASTOLIC, sc.PULSE)
    sitting.type("128/76")
    assert sitting.at == "meas.pulse_rate"
    assert sitting.session.answers["meas.bp_dia"].value == 76


def test_answers_that_contradict_each_other_are_refused_and_odd_ones_are_asked_about(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.SYSTOLIC, sc.DIASTOLIC, sc.HAS_EPILEPSY, sc.LAST_FIT, sc.LAST_TONIC_CLONIC)
    sitting.type("110")
    assert "must be higher" in sitting.type("115")[0]
    sitting.type("110", "d", "2", "March 2024")
    assert "cannot be later" in sitting.type("2025")[0]
    assert sitting.type("2024") == []


def test_a_key_typed_at_a_yes_or_no_question_is_never_taken_for_the_answer(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES)
    sitting.type("n")
    assert sitting.session.prompt.mode is Mode.NOTE
    assert sitting.session.answers == {}
    sitting.type("no")
    assert sitting.session.answers["sepsis.unwell_today"].value is False


def test_a_note_is_kept_before_and_after_the_answer(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.TIMES, sc.STOOL)
    sitting.type("n", "from the chart", "7", "b", "n", "seen today")
    assert sitting.store.answers(sitting.id)["bowel.per_week"].note == "from the chart; seen today"


def test_back_goes_to_the_question_asked_before_and_a_correction_is_a_new_row(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.STOOL)
    sitting.type("yes", "b", "no")
    assert sitting.at == "bowel.per_week"
    assert [answer.answer.value for answer in sitting.store.history(sitting.id)] == [True, False]
    assert "first question" in " ".join(sitting.type("b", "b"))


def test_back_follows_the_order_of_the_check_whatever_way_one_came(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.WEIGHT, sc.HEIGHT, sc.TIMES)
    sitting.type("no", "g bowel", "g meas", "92 kg", "q")
    again = Sitting(tmp_path, sc.UNWELL, sc.WEIGHT, sc.HEIGHT, sc.TIMES)
    again.type("g meas")
    assert again.at == "meas.height"
    again.type("b")
    assert (again.at, again.session.prompt.answered is not None) == ("meas.weight", True)
    again.type("b")
    assert again.at == "sepsis.unwell_today"
    again.type("g meas.weight", "29 kg", "yes", "170 cm", "g meas")
    assert again.at == "meas.weight", "all of it is answered"


def test_going_to_a_section_leaves_nothing_out_in_the_end(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.WORDS)
    sitting.type("g epi", "some words")
    assert sitting.at == "sepsis.unwell_today"
    listed, what_to_type = sitting.type("g nowhere")
    assert "Right now (today): 0 of 1" in listed
    assert what_to_type.startswith("Type g and a section"), "last, for the list is longer than a screen"
    sitting.type("g 2")
    assert sitting.at == "bowel.per_week"


def test_rows_of_a_table_are_each_saved_and_an_empty_line_goes_on(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.LAXATIVES, sc.STOOL)
    sitting.type("senna; 2 at night; no")
    assert len(sitting.store.answers(sitting.id)["bowel.laxatives"].value) == 1  # type: ignore[arg-type]
    assert "Type a row" not in " ".join(sitting.type("macrogol", ""))
    assert sitting.at == "bowel.type"
    assert sitting.store.answers(sitting.id)["bowel.laxatives"].typed == "senna; 2 at night; no\nmacrogol"


def test_an_empty_table_must_be_said(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.LAXATIVES)
    assert "none if there are none" in sitting.type("")[0]
    sitting.type("none")
    assert sitting.session.answers["bowel.laxatives"].value == ()


def test_one_row_can_be_taken_out_of_a_table_but_not_the_last(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.LAXATIVES)
    sitting.type("senna; 2; no", "docusat", "macrogol; 1")
    assert "no such row" in sitting.type("drop 4")[0]
    sitting.type("drop 2")
    saved = sitting.store.answers(sitting.id)["bowel.laxatives"]
    assert [row["drug"] for row in saved.value] == ["senna", "macrogol"]  # type: ignore[union-attr, index]
    assert saved.typed == "senna; 2; no\nmacrogol; 1"
    assert "only row" in sitting.type("drop 1", "drop 1")[0]


def test_a_section_kept_for_later_comes_again_when_the_others_are_done(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL, sc.WEIGHT, sc.TIMES)
    sitting.type("none")
    assert "kept for later" in sitting.type("k")[0]
    assert sitting.at == "meas.weight"
    assert "today): 1 of 2, kept for later" in sitting.type("l")[0]
    assert Sitting(tmp_path, sc.ACUTE, sc.UNWELL, sc.WEIGHT, sc.TIMES).session.route.sections
    sitting.type("70", "7")
    assert sitting.at == "sepsis.unwell_today"
    assert "no later section" in Sitting(tmp_path / "other", sc.TIMES).type("k")[0]


def test_an_offer_that_cannot_go_with_what_was_answered_today_is_refused(tmp_path: Path) -> None:
    adviser = sc.SimpleAdviser()
    adviser.known = {"meas.bp_dia": (Offer(110.0, "110 mmHg", "last year", sc.DAY),)}
    sitting = Sitting(tmp_path, sc.SYSTOLIC, sc.DIASTOLIC, adviser=adviser)
    sitting.type("100")
    assert "answer of today" in sitting.type("=")[0]
    assert "meas.bp_dia" not in sitting.store.answers(sitting.id)


def test_what_is_known_is_offered_and_taken_only_when_it_is_said_to_hold(tmp_path: Path) -> None:
    adviser = sc.SimpleAdviser()
    hint = Offer(None, "Epilepsy since 1999", "the record")
    adviser.known["meas.weight"] = (
        Offer(72.5, "72.5 kg", "the record", sc.DAY),
        hint,
        Offer(80.0, "80 kg", "last year"),
    )
    sitting = Sitting(tmp_path, sc.WEIGHT, sc.TIMES, adviser=adviser)
    assert sitting.session.prompt.offers[0].in_words() == "72.5 kg (the record, 22 Nov 2026)"
    assert sitting.session.answers == {}
    assert "no such offer" in sitting.type("= 3")[0]
    sitting.type("= 2")
    saved = sitting.session.answers["meas.weight"]
    assert (saved.value, saved.answered_by, saved.typed) == (80.0, "record", "= 80 kg (last year)")
    assert "no such offer" in sitting.type("=")[0]


def test_what_an_answer_makes_known_is_said_once_and_again_where_it_changes(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.WEIGHT, sc.HEIGHT, sc.TIMES)
    assert sitting.type("72.5 kg") == []
    assert sitting.type("170 cm") == ["BMI 25.1"]
    assert sitting.type("7") == []
    assert sitting.type("b", "b", "171 cm") == ["BMI 24.8"]


def test_the_first_answer_that_is_declined_points_to_capacity(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES, sc.STOOL)
    assert "g consent" in sitting.type("d")[0]
    assert sitting.type("d") == []


@pytest.mark.parametrize("question", [sc.TIMES, sc.UNWELL])
def test_a_key_is_no_note(tmp_path: Path, question: Question) -> None:
    sitting = Sitting(tmp_path, question, sc.STOOL)
    assert "kept beside the question" in sitting.type("n", "?")[0]
    assert "That is a key" in sitting.type("x")[0]
    sitting.type("b")
    assert (sitting.session.prompt.mode, sitting.at) == (Mode.ANSWER, question.id)
    sitting.type("n", "q")
    assert sitting.session.left
    assert sitting.store.notes(sitting.id) == {}


def test_a_session_goes_on_at_the_first_question_without_an_answer(tmp_path: Path) -> None:
    Sitting(tmp_path).type("none", "-", "n", "born abroad")
    again = Sitting(tmp_path)
    assert again.at == "demo.dob"
    assert again.session.answers["sepsis.unwell_today"].state is AnswerState.NOT_ASKED


def test_who_answers_can_be_said_and_is_kept_with_each_answer(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, sc.UNWELL, sc.TIMES)
    assert "self, supporter" in sitting.type("by neighbour")[0]
    sitting.type("by supporter", "no")
    assert sitting.session.answers["sepsis.unwell_today"].answered_by == "supporter"


def test_the_whole_conversation_on_a_screen(tmp_path: Path) -> None:
    screen = ScriptedScreen(["?", "none", "l", "a", "p", "y", "1.4.1979", "g bow", "1", "y", "4", "x", "none"])
    sitting = Sitting(tmp_path, sc.ACUTE, sc.UNWELL, sc.BORN, sc.TIMES, sc.STOOL, sc.FOOD, sc.LAXATIVES)
    converse(sitting.session, screen)
    text = "\n".join(screen.shown)
    for expected in (
        "RIGHT NOW",
        "Right now 1 of 3 · 1 of 7 · about 2 min left · core",
        "4. lips blue or grey",
        "Look at the person.\nSupport: proposed (A leaflet).",
        "g SECTION",
        "Right now (today): 1 of 3",
        "Any of these now? none",
        "plan on 1 answers",
        "Are you sure?",
        "4  smooth, soft sausage",
        "a row: drug; dose; working (yes / no)",
        "Everything that applies has been asked",
        "Saved.",
    ):
        assert expected in text
    assert len(sitting.store.answers(sitting.id)) == 7


@pytest.mark.parametrize("key", ["?", "l", "p", "w", "a"])
def test_after_something_was_looked_up_the_question_comes_again_with_its_choices(tmp_path: Path, key: str) -> None:
    screen = ScriptedScreen([key, "perhaps", "none"])
    converse(Sitting(tmp_path, sc.ACUTE, sc.UNWELL).session, screen)
    assert "\n".join(screen.shown).count("4. lips blue or grey") == 2, "not after a mere error"
    assert screen.shown.count("\nAny of these now?") == 1


def test_where_a_question_may_not_apply_the_prompt_says_so(tmp_path: Path) -> None:
    screen = ScriptedScreen(["x", "1"])
    converse(Sitting(tmp_path, sc.FOOD, sc.STOOL).session, screen)
    assert sum("x if it does not apply" in shown for shown in screen.shown) == 1


def test_the_example_of_a_measurement_fits_what_is_measured(tmp_path: Path) -> None:
    screen = ScriptedScreen([])
    converse(Sitting(tmp_path, replace(sc.HEIGHT, id="meas.muac")).session, screen)
    assert "(such as 28 cm or 11 in)" in "".join(screen.shown)


def test_text_cannot_steer_the_terminal() -> None:
    assert marked("a\x1b[2Jb\u202ec\nd") == "a\ufffd[2Jb\ufffdc\nd"
