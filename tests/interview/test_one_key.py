"""The keys that answer at once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from healthcheck_cli.interview.example import example_question
from healthcheck_cli.interview.one_key import answering_keys
from healthcheck_cli.interview.prompts import Mode, Prompt

YES_OR_NO = example_question(type="yn")


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        (YES_OR_NO, "12-u"),
        (example_question(type="choice", values=("agrees", "refuses", "cannot")), "123-u"),
        (example_question(type="choice", values=("4", "7_regular")), "47-u"),
        (example_question(type="choice", values=("7_regular", "7_easy")), ""),
        (example_question(type="choice", values=("0_to_2", "10_or_more")), ""),
        (example_question(type="choice", values=tuple("abcdefghij")), ""),
        (example_question(type="multi", values=("none", "pain"), nothing="none"), "0"),
        (example_question(type="multi", values=("pain", "fever")), ""),
        (example_question(type="table", columns=("drug", "dose")), "0"),
        (example_question(type="table", columns=("date", "type")), ""),
        (example_question(type="num", unit="kg"), "-u"),
        (example_question(type="date"), "-u"),
        (example_question(type="text"), ""),
    ],
)
def test_a_key_answers_at_once_only_where_nothing_could_follow(question: object, keys: Sequence[str]) -> None:
    assert "".join(answering_keys(Prompt(Mode.ANSWER, question=question))) == keys  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.ANSWER])
def test_nothing_is_confirmed_noted_or_taken_on_by_a_single_key(mode: Mode) -> None:
    assert answering_keys(Prompt(mode, question=YES_OR_NO)) == ()
