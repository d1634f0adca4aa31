"""The feedback register: what was told of the care, from the answers of the check. Safety never becomes a row of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from healthcheck_cli.plans.sheets.sources import SheetSources

SAFEGUARDING = "safeguarding"
_TABLE = "feedback.items"


@dataclass(frozen=True)
class FeedbackItem:
    """One thing that was told. Empty where nobody said; every text is a text of the record."""

    kind: str
    who: str
    said: str
    theme: str = ""
    wants: str = ""
    share: str = ""
    taken_by: str = ""
    passed_to: str = ""
    due: str = ""
    reply: str = ""


def feedback_items(sources: SheetSources) -> tuple[FeedbackItem, ...]:
    """What belongs in the register: the rows that were told, less safeguarding; then what other answers say."""
    rows = (row for row in sources.rows(_TABLE) if row.get("kind") != SAFEGUARDING)
    told = [
        FeedbackItem(
            kind=row.get("kind") or "kind not said",
            who=row.get("who", ""),
            said=row.get("said", ""),
            theme=row.get("theme", ""),
            wants=row.get("wants", ""),
            share=row.get("share", ""),
            taken_by=row.get("taken_by", ""),
            passed_to=row.get("passed_to", ""),
            due=row.get("due", ""),
            reply=row.get("reply", ""),
        )
        for row in rows
    ]
    return (*told, *_from_other_answers(sources))


def safety_rows(sources: SheetSources) -> int:
    """How many concerns about safety were told with the feedback."""
    return sum(row.get("kind") == SAFEGUARDING for row in sources.rows(_TABLE))


def was_asked(sources: SheetSources) -> bool:
    """Did anybody ask what people think of the care, and get an answer?"""
    return any(sources.value(question) is not None for question in (_TABLE, "feedback.happy"))


def _from_other_answers(sources: SheetSources) -> Iterator[FeedbackItem]:
    if sources.word("feedback.happy") == "not_happy":
        yield FeedbackItem("concern", "person", _with_note(sources, "feedback.happy"), theme="this check")
    if sources.word("ra.last_year_met") in ("sometimes", "no"):
        said = f"adjustments made last year: {_with_note(sources, 'ra.last_year_met')}"
        yield FeedbackItem("concern", "person", said, theme="adjustments")
    carer = sources.words("feedback.carer")
    if carer:
        yield FeedbackItem("feedback", "carer", carer)


def _with_note(sources: SheetSources, question: str) -> str:
    note = sources.answers[question].note.strip()
    return f"{sources.words(question)} ({note})" if note else sources.words(question)
