"""The registers of invented people: ``pytest -m accuracy -s``. Skipped where the generator is absent."""

from __future__ import annotations

import pytest

from tests.noise.measures import registers
from tests.noise.register import GENERATOR
from tests.noise.write_docs import DOCS, documented
from tests.whole_people import shipped_reviewer

pytestmark = [
    pytest.mark.accuracy,
    pytest.mark.skipif(not GENERATOR.is_file(), reason="the generator of extracts is not here"),
]


def test_the_page_says_what_is_measured() -> None:
    assert DOCS.read_text("utf-8") == documented()


def test_nobody_is_clear_on_a_theme_with_an_undecided_rule() -> None:
    assert {name: measured.clear_and_open for name, measured in registers().items()} == dict.fromkeys(registers(), 0)


def test_every_theme_has_a_rule_that_fires_and_one_that_stays_open() -> None:
    rules = shipped_reviewer().content.rules.values()
    fired = {rule for measured in registers().values() for rule in measured.rules}
    left_open = {rule for measured in registers().values() for rule in measured.open}
    for theme in shipped_reviewer().content.themes:
        its_own = {rule.id for rule in rules if theme in rule.themes}
        assert its_own & fired, theme
        assert its_own & left_open, theme
