"""``healthcheck plan``: the action plan of a saved check, or of a record file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.options import as_of_option, content_option, note, output_options, scale_option

if TYPE_CHECKING:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.findings import Review
    from healthcheck_cli.record import Answer


@click.command()
@click.argument("check", metavar="CHECK")
@click.option(
    "--to",
    "target",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@scale_option
@as_of_option
@content_option
@output_options
def plan(
    check: str,
    target: str,
    scale: str | None,
    as_of: date,
    content_folder: Path | None,
    output: Path | None,
    force: bool,
) -> None:
    """Write the action plan of CHECK: a saved check's id, or a record file.

    The plan of a saved check is for the day of the check; --as-of is for a
    record file.
    """
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.cli.clinical_content import content_and_names
    from healthcheck_cli.output import check_writable, emit
    from healthcheck_cli.plans.as_json import json_text
    from healthcheck_cli.plans.markdown import plan_markdown

    check_writable(output, force=force)
    content, names = content_and_names(content_folder, scale)
    services = Services(content, names)
    review, answers = _of_record_file(check, services, as_of) if _is_file(check) else _of_check(check, services)
    person = review.people[0]
    text = json_text(review, content) if target == "json" else plan_markdown(review, person, content, answers)
    emit(text, output, force=force)


def _is_file(check: str) -> bool:
    try:
        return Path(check).is_file()
    except OSError:  # no file can have such a name
        return False


def _of_record_file(path: str, services: Services, as_of: date) -> tuple[Review, Mapping[str, Answer]]:
    from io import BytesIO

    from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
    from healthcheck_cli.readers.inputs import read_inputs
    from healthcheck_cli.readers.result import ReadOptions
    from healthcheck_cli.review import review_records

    content = services.content
    options = ReadOptions(format="record", known_questions=frozenset(content.questions) | frozenset(content.facts))
    read = read_inputs([path], options, split_product_and_dosage, BytesIO())
    for line in read.notes:
        note(line)
    review = review_records(read.records, services.reviewer, as_of, read.rejected, read.inputs)
    return review, read.records[0].answers


def _of_check(check_id: str, services: Services) -> tuple[Review, Mapping[str, Answer]]:
    """The plan of a saved check, for the day it was begun."""
    from healthcheck_cli.cli.check_services import open_store
    from healthcheck_cli.record import Answer, AnswerState

    with open_store() as store:
        check = store.check(check_id)
        answers, notes = store.answers(check.id), store.notes(check.id)
        adviser = services.adviser(check, services.supplied_record(store.supplied(check.id)))
    only_noted = {name: Answer(name, AnswerState.NOT_ASKED, note=note) for name, note in notes.items()}
    return adviser.review(answers), {**only_noted, **answers}
