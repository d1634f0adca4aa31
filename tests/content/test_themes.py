"""What the shipped themes say: why each matters, and what those who support the person can do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from healthcheck_cli.content.lint import lint
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Content, Theme
from healthcheck_cli.content.reading_ease import grade_of
from healthcheck_cli.content.show import shown
from healthcheck_cli.content.support import Support
from tests.content.small_content import changed, write_content

WITHDRAWN = {"leder-s23", "leder-s24", "leder-s25"}  # what was read of the edition that was withdrawn in December 2025
OF_IT = ("38.8%", "September 2025")


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


def supports(theme: Theme) -> list[Support]:
    texts = [text.support for text in (theme.why, theme.carer_advice) if text is not None]
    return [theme.support, *texts, *(resource.support for resource in theme.resources)]


def test_every_theme_says_why_with_the_date_of_what_it_cites(content: Content) -> None:
    for theme in content.themes.values():
        assert theme.why is not None, theme.id
        assert re.search(r"\((?:[^)]*\b)?20[0-9]{2}\b[^)]*\)", theme.why.text), theme.id
        assert theme.why.support.sources, theme.id


def test_nothing_rests_on_the_withdrawn_edition(content: Content) -> None:
    for theme in content.themes.values():
        assert WITHDRAWN.isdisjoint(source for support in supports(theme) for source in support.sources), theme.id
        assert theme.why is not None
        assert not any(words in theme.why.text for words in OF_IT), theme.id


def test_advice_for_carers_is_short_plain_and_stops_no_medicine(content: Content) -> None:
    for theme in content.themes.values():
        assert theme.carer_advice is not None, theme.id
        text = theme.carer_advice.text
        assert 2 <= len(re.findall(r"[.?!](?:\s|$)", text)) <= 4, theme.id
        assert grade_of(text) < 8, theme.id
        assert not re.search(r"\bstop|\bdose|\d ?(?:mg|ml)\b", text, re.IGNORECASE), theme.id


def test_a_theme_is_shown_with_what_each_text_rests_on(content: Content) -> None:
    lines = shown("theme", content.themes["epilepsy"], content, date(2026, 11, 22)).splitlines()
    assert "  rests on: sourced: leder-s16, leder-s108" in lines
    assert "      https://sudep.org/checklist-development" in lines
    assert any(line.startswith("  source: leder-s65: ") for line in lines)


def test_the_parts_of_a_theme_are_checked_as_any_record_is(tmp_path: Path) -> None:
    hard = "Individualised multidisciplinary reassessment of anticholinergic responsibilities throughout."
    why = "why: {text: Risk (2020)., basis: sourced, sources: [no-such]}"
    parts = f"{why}, carer_advice: {{text: {hard}, basis: proposed}}"
    files = changed("checklists/themes.yaml", "medicines, basis: proposed}", f"medicines, {parts}, basis: proposed}}")
    found = lint(load_content(write_content(tmp_path, files)), date(2026, 11, 22))
    assert sorted(it.code for it in found) == ["hard-to-read", "unknown-source"]
