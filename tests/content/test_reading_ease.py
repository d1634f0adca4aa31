"""How hard texts are to read: the measure agrees with a library's, and what is shipped is easy on the whole."""

from __future__ import annotations

from statistics import mean

import pytest
import textstat

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.reading_ease import grade_of, sentences_of


@pytest.mark.parametrize(
    "text",
    [
        "We will check your blood. You can say no.",
        "Keep macrogol out of starch-thickened drinks from today.",
        "Appointments, letters, adjustments and people that should work together.",
        "Did someone check your list after hospital?",
    ],
)
def test_the_grade_is_that_of_a_library(text: str) -> None:
    assert grade_of(text) == pytest.approx(textstat.automated_readability_index(text), abs=1.6)  # it counts marks too


def test_a_sentence_ends_at_a_colon_too() -> None:
    assert sentences_of("Call 999 for: blue lips; no breath. Then wait.") == [
        "Call 999 for:",
        "blue lips;",
        "no breath.",
        "Then wait.",
    ]


def test_no_text_has_no_grade() -> None:
    assert grade_of(" … ") == 0


def test_shipped_easy_read_can_be_read_in_the_first_school_years_on_the_whole() -> None:
    content = load_content(find_content())
    actions = [action.easy_read for rule in content.rules.values() for action in rule.actions if action.easy_read]
    questions = [question.easy_read for question in content.questions.values() if question.easy_read]
    assert len(actions) > 300
    assert mean(map(grade_of, actions)) < 3
    assert mean(map(grade_of, questions)) < 3
