"""The plans that are kept as files. ``python -m tests.plans.golden_plans`` writes them anew, to be read in the diff."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from healthcheck_cli import __version__
from healthcheck_cli.plans.make_plan_page import make_plan_page
from healthcheck_cli.plans.markdown import page_markdown, plan_markdown
from healthcheck_cli.plans.plan_html import plan_html
from healthcheck_cli.plans.plan_page import PlanPage
from healthcheck_cli.plans.plan_sources import plan_sources
from healthcheck_cli.plans.table import summary_table
from tests.plans.golden_people import NAMES, golden_records, golden_review
from tests.plans.small_review import ANSWERS, BARE_PERSON, BARE_REVIEW, CONTENT, PERSON, REVIEW
from tests.plans.small_rules import CLEAR, FIRED, UNKNOWN, explained
from tests.whole_people import shipped_reviewer

FOLDER = Path(__file__).parent / "golden"
FORMATS = {"md": page_markdown, "html": plan_html}


def plans() -> dict[str, str]:
    """File name → what the renderers make of the hand-built reviews, without the version of the program."""
    made = {
        "everything.md": plan_markdown(REVIEW, PERSON, CONTENT, ANSWERS),
        "nothing_fired.md": plan_markdown(BARE_REVIEW, BARE_PERSON, CONTENT),
        "summary.txt": summary_table(REVIEW, CONTENT, plain=True),
    }
    return {name: text.replace(f"healthcheck {__version__}", "healthcheck VERSION") for name, text in made.items()}


@cache
def golden_page(name: str) -> PlanPage:
    """The plan of one of the twelve people, as every format shows it."""
    review, record = golden_review(name), golden_records()[name]
    return make_plan_page(plan_sources(review, review.people[0], record, shipped_reviewer()))


def plan_of(name: str, ending: str) -> str:
    """The plan of one of the twelve people, without what changes with every release of program or content."""
    content, text = shipped_reviewer().content, FORMATS[ending](golden_page(name))
    for shown, instead in ((__version__, "VERSION"), (content.version, "CONTENT"), (content.sha256, "HASH")):
        text = text.replace(shown, instead)
    return text


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
    (FOLDER / "plans").mkdir(exist_ok=True)
    for person in NAMES:
        for ending in FORMATS:
            (FOLDER / "plans" / f"{person}.{ending}").write_text(plan_of(person, ending), "utf-8")
