"""Reasonable adjustments: codes of the national flag, each with the answers that call for it."""

from __future__ import annotations

from healthcheck_cli.content.adjustment_models import CATEGORIES, Adjustment
from healthcheck_cli.content.kinds.recording import read_snomed_code
from healthcheck_cli.content.record_reader import RecordReader


def read_adjustment(record: RecordReader) -> Adjustment:
    """One adjustment. A code whose check digit is wrong is refused: two of the national draft are misprinted."""
    answers = record.record("answers") if record.has("answers") else None
    found = Adjustment(
        id=record.text("id"),
        category=record.word("category", tuple(CATEGORIES)),
        code=read_snomed_code(record),
        term=record.text("term"),
        place=record.place(),
        support=record.support(),
        answers={name: answers.texts(name) for name in answers.keys()} if answers is not None else {},  # noqa: SIM118
        themes=record.texts("themes"),
    )
    if not found.code:
        record.problem("", "missing-key", "'codes' is missing", "add codes: {snomed: …}")
    record.done()
    return found
