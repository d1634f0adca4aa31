"""The clinician's plan from the command line: the same plan by either command, as markdown or as a page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import AS_OF, ROOT, Run

PERSON = ROOT / "tests" / "plans" / "people" / "clozapine.yaml"
TWO = "patient_id,medication\nA,Risperidone 1mg tablets\nB,Clozapine 100mg tablets\n"


@pytest.mark.parametrize("target", ["markdown", "html"])
def test_plan_and_review_make_the_same_of_a_record_file(run: Run, target: str) -> None:
    told = [run(name, PERSON, "--to", target, "--as-of", AS_OF) for name in ("plan", "review")]
    assert told[0].code == told[1].code == 0
    assert told[0].out == told[1].out
    assert "1 Jan 2018" in told[0].out  # since when: only the facts tell it


def test_a_name_that_ends_in_html_makes_it_a_page(run: Run, tmp_path: Path) -> None:
    assert run("plan", PERSON, "--as-of", AS_OF, "-o", tmp_path / "plan.html").code == 0
    assert (tmp_path / "plan.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_findings_left_out_for_their_level_are_not_taken_for_gone(run: Run) -> None:
    many = PERSON.with_name("many.yaml")
    whole, high = (run("review", many, "--as-of", AS_OF, "--level", level).out for level in ("info", "high"))
    gone = [text.partition("- **Cleared")[2].partition("- **New")[0] for text in (whole, high)]
    open_ = [text.partition("- **Found then")[2].partition("- **Found now")[0] for text in (whole, high)]
    assert gone[0] == gone[1]
    assert open_[0] == open_[1]
    assert "AHC-002" in gone[0]


def test_a_page_of_several_people_keeps_them_apart(run: Run, tmp_path: Path) -> None:
    two = tmp_path / "two.csv"
    two.write_text(TWO, "utf-8")
    page = run("review", two, "--to", "html", "--as-of", AS_OF).out
    marks = re.findall(r'\bid="([^"]+)"', page)
    assert len(marks) == len(set(marks))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(marks)
    assert {it for found in re.findall(r'aria-labelledby="([^"]+)"', page) for it in found.split()} <= set(marks)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert all(below <= above + 1 for above, below in pairwise([0, *levels]))
    assert page.count("<h1") == 1 + 2
    both = run("review", two, "--as-of", AS_OF).out
    assert both.count("\n## Medicines for mind and behaviour (STOMP)\n") == 2
    assert "]: #" not in both
