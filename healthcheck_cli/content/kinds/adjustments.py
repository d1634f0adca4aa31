"""Reasonable adjustments: codes of the national flag, each with the answers that call for it."""

from __future__ import annotations

import re

from stdnum import verhoeff

from healthcheck_cli.content.adjustment_models import CATEGORIES, Adjustment
from healthcheck_cli.content.record_reader import RecordReader

_CODE = re.compile(r"[1-9][0-9]{5,17}")


def read_adjustment(record: RecordReader) -> Adjustment:
    """One adjustment. A code whose check digit is wrong is refused: two of the national draft are misprinted."""
    codes = record.code_mapping("codes")
    answers = record.record("answers") if record.has("answers") else None
    found = Adjustment(
        id=record.text("id"),
        category=record.word("category", tuple(CATEGORIES)),
        code=codes.get("snomed", ""),
        term=record.text("term"),
        place=record.place(),
        support=record.support(),
        answers={name: answers.texts(name) for name in answers.keys()} if answers is not None else {},  # noqa: SIM118
        themes=record.texts("themes"),
    )
    for system in codes:
        if system != "snomed":
            record.problem("codes", "unknown-word", f"there is no coding system '{system}' here", "snomed")
    if not (_CODE.fullmatch(found.code) and verhoeff.is_valid(found.code)):
        message = f"'{found.code}' is no SNOMED CT code: its check digit does not fit"
        record.problem("codes", "bad-code", message, "look it up again; never mend a code")
    record.done()
    return found
