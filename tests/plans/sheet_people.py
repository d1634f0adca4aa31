"""The pages to hand on, and the page for the person, of the invented people.

``python -m tests.plans.sheet_people`` writes the kept ones anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from healthcheck_cli import __version__
from healthcheck_cli.findings import Review
from healthcheck_cli.plans.easy_read import make_easy_read
from healthcheck_cli.plans.easy_read_markdown import easy_read_markdown
from healthcheck_cli.plans.sheets.adjustments import adjustments_sheet
from healthcheck_cli.plans.sheets.as_html import sheet_html
from healthcheck_cli.plans.sheets.as_markdown import sheet_markdown
from healthcheck_cli.plans.sheets.carer_page import carer_page_sheet
from healthcheck_cli.plans.sheets.letter import letter_sheet
from healthcheck_cli.plans.sheets.sheet import Sheet
from healthcheck_cli.plans.sheets.sources import SheetSources
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import Record
from healthcheck_cli.review import review_records
from tests.plans.golden_people import AS_OF, NAMES, golden_records, golden_review
from tests.whole_people import shipped_reviewer

FOLDER = Path(__file__).parent / "golden" / "sheets"
MAKE: Mapping[str, Callable[[SheetSources], Sheet]] = {
    "carer": carer_page_sheet,
    "letter": letter_sheet,
    "adjustments": adjustments_sheet,
}


def sources_of(name: str) -> SheetSources:
    """What the pages of one of the twelve are made from."""
    return _sources(golden_records()[name], golden_review(name))


def sources_for(**record: Any) -> SheetSources:
    """The same for a record written as in a record file; it counts as a check where it has answers."""
    found = record_from_mapping(record)
    return _sources(found, review_records([found], shipped_reviewer(), AS_OF))


def _sources(record: Record, review: Review) -> SheetSources:
    reviewer = shipped_reviewer()
    facts = reviewer.person_facts(record, AS_OF)
    return SheetSources(review, review.people[0], reviewer.content, facts, record.answers)


def pages() -> dict[str, str]:
    """File name → page, without what changes with every change of the program or the content."""
    made = {}
    for name in NAMES:
        sources = sources_of(name)
        answers = golden_records()[name].answers
        easy = make_easy_read(sources.review, sources.person, sources.content, answers)
        made[f"{name}.easy-read.md"] = _settled(easy_read_markdown(easy), sources)
        for kind, make in MAKE.items():
            made[f"{name}.{kind}.md"] = _settled(sheet_markdown(make(sources)), sources)
    letter = letter_sheet(sources_of("clozapine"))
    made["clozapine.letter.html"] = _settled(sheet_html(letter), sources_of("clozapine"))
    return made


def _settled(text: str, sources: SheetSources) -> str:
    text = text.replace(f"healthcheck {__version__}", "healthcheck VERSION")
    return text.replace(sources.content.sha256, "HASH").replace(f"content {sources.content.version}", "content VERSION")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
