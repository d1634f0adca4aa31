"""Answers as a plan and a screen show them."""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.example import example_question
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate
from tests.interview import small_check as sc

NO_ROWS: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("question", "value", "typed", "words"),
    [
        (sc.WEIGHT, 71.66759646, "11st 4lb", "71.7 kg (typed: 11st 4lb)"),
        (sc.TEMPERATURE, 36.77777778, "98.2F", "36.8 °C (typed: 98.2F)"),
        (sc.SYSTOLIC, 128.0, "128/76", "128 mmHg"),
        (sc.LAST_FIT, PartialDate(date(2024, 3, 1), date(2024, 3, 31)), "3/2024", "Mar 2024"),
        (sc.LAST_FIT, PartialDate(date(2019, 1, 1), date(2019, 12, 31)), "2019", "2019"),
        (sc.LAST_FIT, PartialDate.of(date(2024, 3, 14)), "14/3/2024", "14 Mar 2024"),
        (sc.LAST_TONIC_CLONIC, "never", "never", "never"),
        (sc.STOOL, "1", "1", "1  hard lumps"),
        (sc.ACUTE, ("not_usual_self", "blue_lips"), "3,4", "not usual self, lips blue or grey"),
        (sc.LAXATIVES, NO_ROWS, "none", "none"),
        (
            sc.LAXATIVES,
            ({"drug": "senna", "dose": "", "working": "no"}, {"drug": "macrogol", "dose": "1", "working": ""}),
            "senna;;no\nmacrogol; 1",
            "senna, working: no\nmacrogol, dose: 1",
        ),
    ],
)
def test_an_answer_in_words(question: Question, value: AnswerValue, typed: str, words: str) -> None:
    assert answer_in_words(question, Answer(question.id, AnswerState.ANSWERED, value, typed)) == words


def test_choices_that_hold_commas_are_told_apart() -> None:
    stool = example_question(type="multi", values=("a", "b"), labels={"a": "a hard, swollen belly", "b": "pain"})
    answer = Answer(stool.id, AnswerState.ANSWERED, ("a", "b"))
    assert answer_in_words(stool, answer) == "a hard, swollen belly; pain"
