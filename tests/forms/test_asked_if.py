"""Whom a question is for, in words that a nurse would use."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.content.load import load_content
from healthcheck_cli.forms.asked_if import asked_if
from healthcheck_cli.interview.example import example_question
from tests.content.small_content import write_content


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("dx.psychosis", "Psychosis"),
        ("not dx.psychosis", "not: Psychosis"),
        ("bowel.days_since >= 3 days", "Days since the bowels last opened: 3 days or more"),
        ("taking(antipsychotic)", "takes Antipsychotics"),
        ("taking(risperidone) and dx.psychosis", "takes risperidone; and Psychosis"),
        (
            "not (taking(antipsychotic) and dx.psychosis) or bowel.days_since < 1 days",
            "not: takes Antipsychotics; or not: Psychosis; or Days since the bowels last opened: less than 1 days",
        ),
        (
            "taking(antipsychotic) and (dx.psychosis or bowel.days_since > 3 days)",
            "takes Antipsychotics; and (Psychosis; or Days since the bowels last opened: more than 3 days)",
        ),
        ("not not dx.psychosis", "Psychosis"),
    ],
)
def test_a_condition_in_words(who: str, words: str, tmp_path: Path) -> None:
    content = load_content(write_content(tmp_path))
    assert asked_if(example_question(who=parse(who)), content) == words


def test_a_question_for_everyone_needs_no_words(tmp_path: Path) -> None:
    assert asked_if(example_question(), load_content(write_content(tmp_path))) == ""
