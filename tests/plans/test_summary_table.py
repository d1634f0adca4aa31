from __future__ import annotations

from dataclasses import replace

from healthcheck_cli.plans.table import summary_table
from tests.plans.small_review import BARE_PERSON, BARE_REVIEW, CONTENT, FINDINGS, HOSTILE, PERSON, REVIEW


def test_most_pressing_person_stands_first() -> None:
    text = summary_table(replace(REVIEW, people=(BARE_PERSON, PERSON)), CONTENT, plain=True)
    assert text.index("Person: A1") < text.index("Person: -")


def test_levels_are_words_without_colour_too() -> None:
    text = summary_table(REVIEW, CONTENT, plain=True)
    assert "\x1b" not in text
    assert "Level: URGENT" in text


def test_nobody_is_told_that_all_is_well() -> None:
    assert "No rule fired on what was recorded" in summary_table(BARE_REVIEW, CONTENT, plain=True)


def test_control_characters_and_markup_of_a_record_are_inert() -> None:
    finding = replace(FINDINGS[0], title=f"{HOSTILE} [bold]x[/bold]")
    text = summary_table(replace(REVIEW, people=(replace(PERSON, findings=(finding,)),)), CONTENT, width=200)
    assert "[bold]x[/bold]" in text
    assert "\x1b[31m|" not in text
    assert " [31m" in text
