"""What a terminal of 24 lines and 80 columns is given."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import full_words, options
from healthcheck_cli.interview.screen import side_by_side

WORDS = st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=9)
LINES = st.lists(WORDS.map(lambda words: f"  1. {' '.join(words)}"), max_size=30)


def choices(question: Question) -> str:
    return "\n".join(f"  {o.number}. {full_words(question, o.value)}" for o in options(question))


@given(LINES)
def test_two_columns_lose_no_word_and_stay_within_the_width(lines: list[str]) -> None:
    laid_out = side_by_side("\n".join(lines), 80)
    assert sorted(re.findall(r"\S+", laid_out)) == sorted(word for line in lines for word in line.split())
    if len(lines) > 9:
        assert max(map(len, laid_out.splitlines())) <= 80


def test_a_narrow_screen_keeps_one_column() -> None:
    text = "\n".join(f"  {number}. word" for number in range(1, 20))
    assert side_by_side(text, 60) == text


def test_every_list_of_choices_that_is_shipped_fits_a_screen_with_its_question() -> None:
    """24 lines, less the place, the question of up to two lines, the hint, an earlier answer and the prompt."""
    too_long = [
        question.id
        for question in load_content(find_content()).questions.values()
        if question.type in ("choice", "multi") and len(side_by_side(choices(question), 80).splitlines()) > 18
    ]
    assert too_long == []
