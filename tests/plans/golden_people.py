"""The twelve invented people of ``tests/plans/people/``, whose plans are kept in every format under ``golden/``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from healthcheck_cli.findings import Review
from healthcheck_cli.interview.filled_in.record_answers import RecordAnswers
from healthcheck_cli.readers.record_file import read_record_file
from healthcheck_cli.readers.result import ReadOptions
from healthcheck_cli.record import Record
from healthcheck_cli.review import review_records
from tests.whole_people import shipped_reviewer

AS_OF = date(2026, 11, 22)
FOLDER = Path(__file__).parent / "people"
NAMES = tuple(path.stem for path in sorted(FOLDER.glob("*.yaml")))


@cache
def golden_records() -> Mapping[str, Record]:
    """The record of each, by the name of the file."""
    content = shipped_reviewer().content
    texts = {name: (FOLDER / f"{name}.yaml").read_text("utf-8") for name in NAMES}
    options = ReadOptions(answers=RecordAnswers(content, AS_OF), known_rules=frozenset(content.rules))
    return {name: read_record_file(text, f"{name}.yaml", options).records[0] for name, text in texts.items()}


@cache
def golden_review(name: str) -> Review:
    """The review of one of them, with the content of the checkout."""
    return review_records([golden_records()[name]], shipped_reviewer(), AS_OF)
