"""The cohort report and a comparison over time in a real browser: no rule of the checker broken, nothing sideways."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.cohort.compare.as_html import comparison_html
from healthcheck_cli.cohort.compare.comparison import comparison_of
from healthcheck_cli.cohort.report import write_report
from tests.accessibility.browser import AXE, CHROMIUM, checked
from tests.cohort.made_folder import Made, write_folder
from tests.cohort.small_indicators import small_indicators

pytestmark = pytest.mark.skipif(not CHROMIUM or not AXE.is_file(), reason="no Chromium, or no axe beside these tests")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_a_cohort_break_no_rule_of_the_checker(width: int, tmp_path: Path) -> None:
    content = small_indicators(tmp_path / "content")
    folders = []
    for month in range(1, 4):
        taking = {f"T{at}": Made(classes=[["antipsychotic"]], rules=["STOMP-05"]) for at in range(10 * month)}
        others = {f"O{at}": Made(age=20 + at, sex="M") for at in range(40)}
        folders.append(write_folder(tmp_path / f"{month}", {**taking, **others}, as_of=f"2026-0{month}-01"))
    write_report(folders[0], content, show_small_numbers=False)
    report = (folders[0] / "cohort.html").read_text("utf-8")
    over_time = comparison_html(comparison_of(folders, content, exact=True), content)
    assert over_time.count("<svg role=") > 2
    for page in (report, over_time):
        found = checked(page, tmp_path, width)
        assert found.violations == []
        assert found.overflow <= 0
        assert found.passes > 25
