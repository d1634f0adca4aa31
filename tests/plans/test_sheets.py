"""The pages to hand on: what is on them, what must not be, and that nothing in a record can break them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.cli.main import main
from healthcheck_cli.content.wording import wording_problems
from healthcheck_cli.plans.sheets.adjustments_words import SAFETY_NOT_KNOWN, SECTIONS
from healthcheck_cli.plans.sheets.as_html import sheet_html
from healthcheck_cli.plans.sheets.as_markdown import sheet_markdown
from healthcheck_cli.plans.sheets.sheet import (
    Blank,
    Block,
    Link,
    Links,
    Part,
    Points,
    Sheet,
    Subheading,
    Table,
    Words,
)
from tests.accessibility.browser import AXE, CHROMIUM, checked
from tests.plans.golden_people import NAMES
from tests.plans.sheet_people import FOLDER, MAKE, pages, sources_for, sources_of
from tests.plans.small_review import HOSTILE
from tests.plans.test_easy_read import Page

WHOLE = {"complete": ["medicines", "problems"]}


def page(kind: str, **record: Any) -> str:
    return sheet_markdown(MAKE[kind](sources_for(**record)))


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_the_one_that_was_read_and_kept(name: str) -> None:
    assert pages()[name] == (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("kind", sorted(MAKE))
def test_no_page_of_anybody_breaks_the_wording_rules(kind: str) -> None:
    made = {name: wording_problems(sheet_markdown(MAKE[kind](sources_of(name)))) for name in NAMES}
    assert {name: found for name, found in made.items() if found} == {}


# What a record holds


@pytest.mark.parametrize("kind", sorted(MAKE))
@pytest.mark.parametrize("name", ["hostile", "many"])
def test_the_html_is_whole_and_every_box_has_its_label(name: str, kind: str) -> None:
    html = Page(sheet_html(MAKE[kind](sources_of(name))))
    assert html.open == []
    ids = Counter(html.all("id"))
    assert max(ids.values()) == 1
    assert set(html.all("for")) == {its["id"] for tag, its in html.found if tag == "input"}
    assert set(html.all("aria-labelledby")) <= set(ids)
    assert {tag for tag, _ in html.found} & {"script", "img", "link", "svg", "iframe", "object"} == set()
    assert all(it.startswith("https://") for it in html.all("href"))
    assert html.all("src") == []


def _tables(text: str) -> list[list[str]]:
    """The tables of a markdown page, each as its lines."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def _sheet_of(text: str) -> Sheet:
    """A page with the same text in every place that takes one."""
    link = Link(text, text, text)
    blocks: tuple[Block, ...] = (
        Words(text),
        Words(text, strong=True),
        Points((text, text)),
        Points((text,), ticks=True),
        Table(text, (text, "b", text), ((text, text, text), ("", text, ""))),
        Blank(text, lines=2),
        Links((link, Link("a", "b", "https://example.org/a_b"))),
        Subheading(text),
    )
    parts = (Part(text, blocks), Part(text, blocks, boxed=True, new_page=True))
    return Sheet(text, blocks, parts, for_staff=(text,), small=True)


_TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40) | st.sampled_from(
    [HOSTILE, "|", "a\n\n# b\n- c", "javascript:x"]
)


@settings(max_examples=30)
@given(_TEXTS)
def test_no_text_breaks_a_page(text: str) -> None:
    markdown, html = sheet_markdown(_sheet_of(text)), sheet_html(_sheet_of(text))
    for table in _tables(markdown):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1
    assert set(re.findall(r"(?<!\\)<[^>]*>", markdown)) == {"<https://example.org/a_b>"}
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f\x9b]", markdown) is None
    assert sum(line.startswith("#") for line in markdown.splitlines()) == 1 + 2 + 2  # the title, parts, subheadings
    found = Page(html)
    assert found.open == []
    assert found.all("href") == ["https://example.org/a_b"] * 3
    assert Counter(tag for tag, _ in found.found) == Counter(tag for tag, _ in Page(sheet_html(_sheet_of("x"))).found)


def test_every_text_of_a_hostile_record_is_escaped_on_every_page() -> None:
    told = {
        "comm.yes_no": HOSTILE,
        "pain.how_shown": HOSTILE,
        "carer.main_name": HOSTILE,
        "allergy.list": [{"what": HOSTILE, "reaction": HOSTILE}],
        "demo.emergency_contact": [{"name": HOSTILE, "number": HOSTILE}],
        "feedback.items": [{"said": HOSTILE, "kind": HOSTILE, "wants": HOSTILE, "passed_to": HOSTILE}],
    }
    medicine = {"text": HOSTILE, "dosage": HOSTILE, "indication": HOSTILE}
    sources = sources_for(person={"id": HOSTILE}, medicines=[medicine], problems=[HOSTILE], answers=told)
    for make in MAKE.values():
        markdown, html = sheet_markdown(make(sources)), Page(sheet_html(make(sources)))
        assert re.findall(r"(?<!\\)<(?!https://)", markdown) == []
        assert all(len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1 for table in _tables(markdown))
        assert {tag for tag, _ in html.found} & {"script", "img", "svg", "iframe", "b"} == set()


@pytest.mark.skipif(not CHROMIUM or not AXE.is_file(), reason="no Chromium, or axe-core is not installed")
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(("name", "kind"), [("many", "carer"), ("hostile", "letter"), ("hostile", "adjustments")])
def test_a_page_breaks_no_rule_of_the_accessibility_checker(name: str, kind: str, width: int, tmp_path: Path) -> None:
    found = checked(sheet_html(MAKE[kind](sources_of(name))), tmp_path, width)
    assert found.violations == []
    assert found.overflow <= 0


# Adjustments and feedback


def test_a_safeguarding_concern_is_same_day_at_the_top_and_no_row_of_the_register() -> None:
    told = [
        {"said": "the night staff lock me in", "kind": "safeguarding", "who": "person"},
        {"said": "I waited for two hours", "kind": "complaint", "who": "family", "wants": "a first appointment"},
    ]
    text = page("adjustments", answers={"feedback.items": told, "safe.anyone_hurts": "yes"})
    assert text.index("## Same day: safeguarding") < text.index("## The flag")
    assert "> - A safeguarding concern \\[AHC-280\\]" in text
    assert "> - 1 concern told with the feedback" in text
    assert "lock me in" not in text
    assert "complaint, family" in text
    assert "passed to nobody yet" in text


def test_without_a_concern_there_is_no_box_and_without_an_answer_nothing_is_said_to_be_safe() -> None:
    text = page("adjustments", answers={"ra.needs": ["low_noise"]})
    assert "## Same day" not in text
    assert SAFETY_NOT_KNOWN.split(":")[0] in " ".join(text.split())
    asked = page("adjustments", answers={"safe.anyone_hurts": "no", "feedback.items": []})
    assert SAFETY_NOT_KNOWN.split(":")[0] not in " ".join(asked.split())
    assert "Asked, and nothing was told." in asked


def test_every_answer_about_adjustments_has_an_entry_of_the_flag_or_goes_on_it_in_words() -> None:
    content = sources_of("many").content
    asked = [question for _, questions in SECTIONS for question in questions]
    for question in (content.questions[it] for it in asked):
        for value in question.values:
            told: object = [value] if question.type == "multi" else value
            text = page("adjustments", answers={question.id: told})
            entries = [it for it in content.adjustments.values() if value in it.answers.get(question.id, ())]
            if value not in (question.nothing, "no", "none"):
                assert all(f"(SNOMED CT {it.code})" in text for it in entries)
                assert entries or "in words, under: Requires reasonable adjustment" in text


def test_a_refusal_keeps_the_flag_here() -> None:
    assert "does not agree that others see this" in page("adjustments", answers={"ra.flag_consent": "refuses"})
    assert "001 patient consent" in page("adjustments", answers={"ra.flag_consent": "consents"})
    assert "No agreement is recorded" in page("adjustments", answers={})


# The command


@pytest.mark.parametrize("kind", sorted(MAKE))
def test_the_command_writes_markdown_and_where_the_file_says_so_html(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, html = tmp_path / "record.yaml", tmp_path / "page.html"
    record.write_text("person: {id: A1, date_of_birth: 1979-04-02}\nmedicines: [Clozapine 100mg tablets]\n")
    for more in (["-o", str(html)], []):
        with pytest.raises(SystemExit) as left:
            main(["plan", str(record), "--to", kind, "--as-of", "2026-11-22", *more])
        assert left.value.code == 0
    assert Page(html.read_text("utf-8")).open == []
    assert capsys.readouterr().out.startswith("# ")
