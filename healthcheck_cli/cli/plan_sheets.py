"""The pages of ``healthcheck plan`` that are handed on: the carer's page, the letter, the adjustments draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from healthcheck_cli.cli.options import note

if TYPE_CHECKING:
    from healthcheck_cli.findings import Review
    from healthcheck_cli.record import Answer, Record
    from healthcheck_cli.review import Reviewer

SHEETS = ("carer", "letter", "adjustments")


def sheet_text(
    target: str, review: Review, reviewer: Reviewer, record: Record, answers: Mapping[str, Answer], *, as_page: bool
) -> str:
    """One of them, about the one person of a review; as HTML where it goes into a page.

    What to look at before it is shared goes to standard error: the page may go to those it is about.
    """
    from healthcheck_cli.plans.shareable import left_off_in_words
    from healthcheck_cli.plans.sheets.adjustments import adjustments_sheet
    from healthcheck_cli.plans.sheets.as_html import sheet_html
    from healthcheck_cli.plans.sheets.as_markdown import sheet_markdown
    from healthcheck_cli.plans.sheets.carer_page import carer_page_sheet
    from healthcheck_cli.plans.sheets.letter import letter_sheet
    from healthcheck_cli.plans.sheets.sources import SheetSources

    facts = reviewer.person_facts(record, review.as_of)
    sources = SheetSources(review, review.people[0], reviewer.content, facts, answers)
    note(sources.before_sharing())
    if target == "carer":
        note("Findings on safety, sex, alcohol, drugs and feedback are not on it: they are in the clinician's plan.")
        if left_off := left_off_in_words(sources.person, sources.content):
            note(left_off)
    make = {"carer": carer_page_sheet, "letter": letter_sheet, "adjustments": adjustments_sheet}[target]
    return sheet_html(make(sources)) if as_page else sheet_markdown(make(sources))
