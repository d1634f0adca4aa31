"""The easy words of every shipped rule, measured: they go on the person's own plan as they are."""

from __future__ import annotations

from functools import cache

from healthcheck_cli.content.load import load_content
from healthcheck_cli.content.roots import find_content
from healthcheck_cli.plans.words import sentences
from tests.forms.reading_ease import grade, words_in


@cache
def said() -> tuple[str, ...]:
    """Every sentence, once."""
    rules = load_content(find_content()).rules.values()
    return tuple(dict.fromkeys(it for rule in rules for action in rule.actions for it in sentences(action.easy_read)))


def test_no_sentence_has_more_than_fifteen_words() -> None:
    assert [it for it in said() if words_in(it) > 15] == []


def test_the_easy_words_as_a_whole_are_short_and_can_be_read_early() -> None:
    lengths = [words_in(it) for it in said()]
    assert sum(lengths) / len(lengths) <= 8
    assert grade(said()) <= 2


def test_no_sentence_stays_unfinished_or_speaks_in_short_forms() -> None:
    assert [it for it in said() if it[-1] not in ".?!" or ";" in it or "(" in it] == []
