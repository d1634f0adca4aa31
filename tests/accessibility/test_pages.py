"""The plan in a real browser: the rules of WCAG 2.2 AA that a checker can tell, no sideways scrolling, A4 on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.accessibility.browser import AXE, CHROMIUM, checked, pages_on_paper
from tests.plans.golden_plans import FOLDER, plan_of

WIDTHS = (1280, 390, 320)  # a screen, a phone, and what 400% zoom makes of a screen
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium")
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="npm install --no-package-lock --prefix tests/accessibility")


@needs_chromium
@needs_axe
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["many", "hostile"])
def test_a_plan_breaks_no_rule_of_the_checker_and_fits_the_window(name: str, width: int, tmp_path: Path) -> None:
    found = checked(plan_of(name, "html"), tmp_path, width)
    assert found.violations == []
    assert found.overflow <= 0
    assert found.passes > 30


@needs_chromium
@needs_axe
@pytest.mark.parametrize(
    "kept", sorted((*FOLDER.glob("*.html"), *FOLDER.glob("sheets/*.html"))), ids=lambda it: it.name
)
def test_the_other_pages_that_are_kept_break_none_either(kept: Path, tmp_path: Path) -> None:
    found = checked(kept.read_text("utf-8"), tmp_path, WIDTHS[-1])
    assert found.violations == []
    assert found.overflow <= 0


@needs_chromium
@needs_axe
def test_the_checker_notices(tmp_path: Path) -> None:
    broken = (
        plan_of("no_findings", "html").replace('<html lang="en-GB">', "<html>").replace("color: #14407a", "color: #bbb")
    )
    rules = {it["rule"] for it in checked(broken, tmp_path, 1280).violations}
    assert {"html-has-lang", "color-contrast"} <= rules


@needs_chromium
def test_a_plan_prints_on_a4(tmp_path: Path) -> None:
    printed = pages_on_paper(plan_of("one_urgent", "html"), tmp_path)
    sizes = {
        tuple(round(float(it)) for it in found)
        for found in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    }
    assert sizes == {(595, 842)}
