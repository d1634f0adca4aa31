"""Scores and cross checks: what is refused in their files, and what the checks over the whole content find."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.content.lint import lint
from healthcheck_cli.content.load import load_content
from healthcheck_cli.errors import ContentProblem
from tests.content.small_content import write_content

SCORES, CROSS_CHECKS = "checklists/scores.yaml", "checklists/cross_checks.yaml"
SCORE = """\
- id: days
  title: Days
  how: word
  of: [bowel.days_since]
  basis: proposed
"""
POINTS = """\
- id: total
  title: Total
  how: points
  parts: [{question: bowel.days_since, title: days, points: [{up_to: 2, points: 0}, {points: 1}]}]
  basis: proposed
"""
CHECK = """\
- id: long
  moment: answering
  kind: soft
  together: [{question: bowel.days_since, above: 10}]
  says: That is long.
  basis: proposed
"""
AGAIN = """\
- id: longer
  moment: last_year
  kind: warn
  compare: change
  of: [bowel.days_since]
  odd_if: [{at_least: 1}]
  says: "{change} since {on}"
  basis: proposed
"""


def test_they_are_loaded_with_their_types(tmp_path: Path) -> None:
    content = load_content(write_content(tmp_path, {SCORES: SCORE + POINTS, CROSS_CHECKS: CHECK + AGAIN}))
    assert content.scores["total"].questions == ("bowel.days_since",)
    assert [row.points for row in content.scores["total"].parts[0].points] == [0, 1]
    assert content.cross_checks["long"].questions == ("bowel.days_since",)
    assert [str(it) for it in lint(content, date(2026, 11, 22)) if it.place.file in (SCORES, CROSS_CHECKS)] == []


@pytest.mark.parametrize(
    ("path", "text", "old", "new", "problem"),
    [
        (SCORES, SCORE, "how: word", "how: magic", "unknown-word 'how' cannot be 'magic'"),
        (SCORES, SCORE, "[bowel.days_since]", "[a.b, c.d]", "bad-of a score by word is worked out of 1 questions"),
        (SCORES, SCORE, "how: word", "how: points", "bad-of a score by points is worked out of 0 questions"),
        (SCORES, SCORE, "how: word\n  of: [bowel.days_since]", "how: recorded", "a recorded score needs the question"),
        (SCORES, POINTS, "{points: 1}", "{up_to: 1, points: 1}", "bad-range the rows of points go from the lowest"),
        (SCORES, POINTS, "points: [{up_to: 2, points: 0}, {points: 1}]", "points: []", "a part needs its points"),
        (SCORES, POINTS, "how: points", "how: recorded\n  recorded_in: a.b", "not-for-type parts and how: points"),
        (CROSS_CHECKS, CHECK, "kind: soft", "kind: block", "unknown-word 'kind' cannot be 'block'"),
        (CROSS_CHECKS, AGAIN, "compare: change", "compare: later", "unknown-word 'compare' cannot be 'later'"),
        (CROSS_CHECKS, AGAIN, "{change}", "{drug}", "unknown-placeholder"),
        (CROSS_CHECKS, CHECK, "question: bowel.days_since, ", "", "missing-key nothing says what is tested"),
        (
            CROSS_CHECKS,
            CHECK,
            "  together: [{question: bowel.days_since, above: 10}]\n",
            "",
            "nothing says what is looked",
        ),
    ],
)
def test_a_mistake_is_told_in_words(tmp_path: Path, path: str, text: str, old: str, new: str, problem: str) -> None:
    assert text.count(old) == 1
    with pytest.raises(ContentProblem) as refused:
        load_content(write_content(tmp_path, {path: text.replace(old, new)}))
    assert any(path in it and problem in it for it in refused.value.problems), refused.value.problems


ANSWER = "checklists/sections/02_answer.yaml"
SECTION = """\
id: demo
title: Demo
questions: [{id: demo.word, ask: Which?, help: Any., type: choice, values: [one, two], basis: proposed}]
"""


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (SCORES, SCORE.replace("[bowel.days_since]", "[demo.gone]"), "question-not-asked"),
        (SCORES, SCORE.replace("bowel.days_since]", "demo.word]\n  bands: [{is: [three], says: x}]"), "unknown-answer"),
        (SCORES, SCORE + "  only_below: {score: none, number: 3}\n", "unknown-score"),
        (CROSS_CHECKS, CHECK.replace("bowel.days_since, above: 10", "demo.word, is: [on]"), "unknown-answer"),
        (CROSS_CHECKS, CHECK.replace("[{question", "[{listed: antipsychotics}, {question"), "unknown-class"),
        (CROSS_CHECKS, CHECK + "  score: none\n", "unknown-score"),
        (CROSS_CHECKS, CHECK.replace("That is long.", "The result is normal."), "wording"),
        (CROSS_CHECKS, CHECK + "  sources: [nowhere]\n", "unknown-source"),
    ],
)
def test_each_check_finds_its_fault(tmp_path: Path, path: str, text: str, found: str) -> None:
    content = load_content(write_content(tmp_path, {ANSWER: SECTION, path: text}))
    assert found in [it.code for it in lint(content, date(2026, 11, 22)) if it.place.file == path]
