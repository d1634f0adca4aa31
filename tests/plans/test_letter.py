"""The letter to the prescriber: whom it names, what it says, and that it fits two sides."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from healthcheck_cli.plans.sheets.as_html import sheet_html
from healthcheck_cli.plans.sheets.as_markdown import sheet_markdown
from tests.accessibility.browser import CHROMIUM, pages_on_paper
from tests.plans.golden_people import NAMES
from tests.plans.sheet_people import MAKE, sources_for, sources_of

WHOLE = {"complete": ["medicines", "problems"]}


def page(kind: str, **record: Any) -> str:
    return sheet_markdown(MAKE[kind](sources_for(**record)))


def test_the_letter_names_nobody_and_says_what_stands_behind_each_finding() -> None:
    text = sheet_markdown(MAKE["letter"](sources_of("many")))
    for label in ("To (prescriber or team)", "From (name, role, practice)", "Signed"):
        assert f"{label}: ______" in text
    assert "| Risperidone 2mg tablets; 1 bd (row 6) | 14 Mar 2014" in text
    assert "Stands on: Antipsychotics: risperidone; olanzapine (rows 6, 7)" in text.replace("\n  ", " ")
    assert "Do not stop suddenly." in text
    assert re.search(r"\(STOMP-05, high, sources [\d, and]+\)", " ".join(text.split()))
    assert "Sources: 1 " in text


def test_every_finding_about_medicines_is_in_the_letter_in_full_or_by_its_title() -> None:
    for name in NAMES:
        sources = sources_of(name)
        text = sheet_markdown(MAKE["letter"](sources))
        rules = [it.rule for it in sources.person.findings if it.rule.startswith(("STOMP-", "MED-"))]
        assert [rule for rule in rules if rule not in text] == []


def test_what_is_known_and_accepted_is_named_with_its_last_day() -> None:
    text = " ".join(sheet_markdown(MAKE["letter"](sources_of("hostile"))).split())
    assert "Known and accepted for now, as the clinician's plan says in full: Antipsychotic with no reason" in text
    assert "(STOMP-05), until 1 Feb 2027" in text


def test_what_could_not_be_decided_comes_first_where_the_lists_are_thin() -> None:
    thin = page("letter", medicines=["Risperidone 1mg tablets"])
    assert thin.index("## What was not assessed") < thin.index("## Medicines for mind")
    assert "not known: the record supplied cannot say" in thin
    whole = page("letter", **WHOLE, medicines=["Risperidone 1mg tablets"], problems=[])
    assert whole.index("## What was not assessed") > whole.index("## Medicines for mind")


def test_nothing_found_is_said_of_the_rules_and_not_of_the_person() -> None:
    text = " ".join(page("letter", **WHOLE, medicines=[], problems=[]).split())
    assert "No rule fired on what was recorded." in text
    assert not re.search(r"\b(?:safe|fine|no concerns?)\b", text)


def test_under_eighteen_it_is_a_letter_for_stamp() -> None:
    assert sheet_markdown(MAKE["letter"](sources_of("young_person_14"))).startswith("# STAMP medicine review")


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium")
@pytest.mark.parametrize("name", ["no_findings", "many", "hostile"])
def test_the_letter_is_printed_on_two_sides_of_a4_at_most(name: str, tmp_path: Path) -> None:
    printed = pages_on_paper(sheet_html(MAKE["letter"](sources_of(name))), tmp_path)
    sides = len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
    assert 1 <= sides <= (1 if name == "no_findings" else 2)
