"""docs/content.md, "Local changes": the overlay it shows can be laid over the content and is told as the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from healthcheck_cli.cli.main import healthcheck
from healthcheck_cli.content.overlay_files import ADDED_TO
from tests.docs.pages import ROOT, blocks, marked, page

PAGE = "content.md"
MARK = "overlay: "
SAMPLES = [str(ROOT / "docs" / "samples" / f"{name}.csv") for name in ("medicines", "people", "problems")]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The overlay that the page shows, in a folder."""
    folder = tmp_path_factory.mktemp("overlay")
    for block in blocks(PAGE, "yaml"):
        if block.mark.startswith(MARK):
            place = folder / block.mark.removeprefix(MARK)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, "utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(healthcheck, arguments)


def test_it_passes_lint_and_its_examples(shown: Path) -> None:
    linted = run("content", "lint", "--as-of", "2026-11-22", "--overlay", str(shown))
    assert f": {shown.as_posix()}" not in linted.stdout
    tested = run("content", "test", "NT-01", "--overlay", str(shown))
    assert tested.stdout == "1 rules, 3 examples: 0 failed\n1 changes tried: 0 unnoticed\n"


def test_a_plan_tells_it_as_the_page_shows(shown: Path) -> None:
    plan = run("review", *SAMPLES, "--as-of", "2026-11-22", "--to", "markdown", "--overlay", str(shown)).stdout
    lines = marked(PAGE, "output: overlay").lines()
    told = plan[plan.index(lines[0]) :].splitlines()
    assert [told[0], *told[2 : len(lines)]] == [lines[0], *lines[2:]]  # but for the hash
    rest = "\n".join(told)
    assert "Switched off: rule STOMP-35, until 31 May 2027. Reason: The practice's own sedation search" in rest
    assert "Added: rule NT-01, Lithium under the shared care agreement" in rest
    assert "Reworded: rule STOMP-35. Reason: " in rest
    assert "## STOMP-35" not in plan


def test_the_page_names_all_that_an_overlay_may_add() -> None:
    text = " ".join(page(PAGE).partition("## Local changes")[2].partition("## Wording")[0].split())
    plural = {"lower burden": "lower burden", "class": "classes", "code to record": "codes to record"}
    missing = [kind for kind in ADDED_TO.values() if plural.get(kind, f"{kind}s") not in text]
    assert missing == []
