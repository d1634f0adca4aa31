"""``review --out --plans``: one plan a person, each in a file that bears the person's id."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

from healthcheck_cli.cohort.extract import Extract, bounds
from healthcheck_cli.cohort.output_folder import private
from healthcheck_cli.record import Record
from healthcheck_cli.review import Reviewer, review_records

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def write_plans(folder: Path, extract: Extract, reviewer: Reviewer, as_of: date) -> None:
    """Write ``ID.md`` for everybody. An id that cannot be the name of a file everywhere is replaced by a hash of it."""
    from healthcheck_cli.plans.markdown import review_markdown

    folder.mkdir(mode=0o700)
    for index, record in enumerate(records_of_extract(extract)):
        found = review_records([record], reviewer, as_of)
        name = record.person.id or f"person-{index + 1}"
        if not _PLAIN_NAME.fullmatch(name):
            name = f"id-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        private(folder / f"{name}.md").write_text(review_markdown(found, reviewer.content), encoding="utf-8")


def records_of_extract(extract: Extract) -> list[Record]:
    """The people of an extract as records, as the readers of one person make them."""
    people = len(extract)
    medicines, problems, observations = (
        bounds(rows, people) for rows in (extract.medicines, extract.problems, extract.observations)
    )
    return [
        Record(
            extract.people.person(index),
            tuple(map(extract.medicines.line, range(medicines[index], medicines[index + 1]))),
            tuple(map(extract.problems.problem, range(problems[index], problems[index + 1]))),
            tuple(map(extract.observations.observation, range(observations[index], observations[index + 1]))),
            complete=extract.complete,
        )
        for index in range(people)
    ]
