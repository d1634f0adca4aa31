"""The plans that are kept as files. ``python -m tests.plans.golden_plans`` writes them anew, to be read in the diff."""

from __future__ import annotations

from pathlib import Path

from healthcheck_cli import __version__
from healthcheck_cli.plans.markdown import plan_markdown
from healthcheck_cli.plans.table import summary_table
from tests.plans.small_review import ANSWERS, BARE_PERSON, BARE_REVIEW, CONTENT, PERSON, REVIEW
from tests.plans.small_rules import CLEAR, FIRED, UNKNOWN, explained

FOLDER = Path(__file__).parent / "golden"


def plans() -> dict[str, str]:
    """File name → what the renderers make of the hand-built reviews, without the version of the program."""
    made = {
        "everything.md": plan_markdown(REVIEW, PERSON, CONTENT, ANSWERS),
        "nothing_fired.md": plan_markdown(BARE_REVIEW, BARE_PERSON, CONTENT),
        "summary.txt": summary_table(REVIEW, CONTENT, plain=True),
    }
    return {name: text.replace(f"healthcheck {__version__}", "healthcheck VERSION") for name, text in made.items()}


def explanations() -> dict[str, str]:
    """File name → why a rule fired, did not fire, or could not be told."""
    return {
        "explained_fired.txt": explained(FIRED),
        "explained_not_fired.txt": explained(CLEAR),
        "explained_open.txt": explained(UNKNOWN),
    }


if __name__ == "__main__":
    for name, text in {**plans(), **explanations()}.items():
        (FOLDER / name).write_text(text, "utf-8")
