"""``healthcheck plan``: the action plan of a saved check, or of a record file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from healthcheck_cli.cli.clinicians_plan import CLINICIANS, plan_text
from healthcheck_cli.cli.explained import explain_option, explained, refuse_another_output, rules_to_explain
from healthcheck_cli.cli.options import as_of_option, content_option, note, output_options, scale_option
from healthcheck_cli.cli.plan_sheets import SHEETS, sheet_text
from healthcheck_cli.errors import UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.content.models import Content
    from healthcheck_cli.findings import Review
    from healthcheck_cli.kept_actions import LivingAction
    from healthcheck_cli.kept_alerts import Alert
    from healthcheck_cli.record import Answer, Record


@click.command()
@click.argument("check", metavar="CHECK")
@click.option(
    "--to",
    "target",
    type=click.Choice([*CLINICIANS, "easy-read", *SHEETS, "json", "fhir"]),
    default="markdown",
    show_default=True,
    help="What to write: easy-read for the person, carer for those who support them, letter for the prescriber, "
    "adjustments for the flag (these are HTML where the file ends in .html), fhir for a bundle of drafts in FHIR R4.",
)
@explain_option
@scale_option
@as_of_option
@content_option
@output_options
@click.pass_context
def plan(
    context: click.Context,
    check: str,
    target: str,
    explain_ids: tuple[str, ...],
    scale: str | None,
    as_of: date,
    content_folder: Path | None,
    output: Path | None,
    force: bool,
) -> None:
    """Write the action plan of CHECK: a saved check's id, or a record file.

    The plan of a saved check is for the day of the check; --as-of is for a
    record file. What became of its actions: healthcheck plan actions.
    """
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.cli.clinical_content import content_and_names
    from healthcheck_cli.output import check_writable, emit, refuse_input
    from healthcheck_cli.plans.words import of_another_in_words

    refuse_another_output(context, explain_ids)
    if not _is_file(check) and context.get_parameter_source("as_of") is ParameterSource.COMMANDLINE:
        raise UsageProblem("--as-of is for a record file: the plan of a saved check is for the day of the check.")
    refuse_input(output, [check])
    check_writable(output, force=force)
    content, names = content_and_names(content_folder, scale)
    rules = rules_to_explain(explain_ids, content)
    services = Services(content, names)
    found = _of_record_file(check, services, as_of) if _is_file(check) else _of_check(check, services)
    review, answers, record = found.review, found.answers, found.record
    if doubt := of_another_in_words(record.differs_in):
        note(f"Warning: {doubt}")
    if rules:
        emit(explained(rules, [record], services.reviewer, review.as_of), output, force=force)
        return
    as_page = output is not None and output.suffix.casefold() in (".html", ".htm")
    if target in SHEETS:
        emit(sheet_text(target, review, services.reviewer, record, answers, as_page=as_page), output, force=force)
        return
    actions, alerts = ((), None) if _is_file(check) else _actions_and_alerts(check)
    if target == "json":
        from healthcheck_cli.plans.as_json import json_text
        from healthcheck_cli.plans.changes import changes_in

        changes = changes_in(record, review, services.reviewer, actions)
        emit(json_text(review, content, changes, alerts), output, force=force)
        return
    if target in CLINICIANS:
        shape = "html" if as_page else target
        text = plan_text(
            shape, review, services.reviewer, record, answers, actions, alerts or (), hindrances=found.hindrances
        )
        emit(text, output, force=force)
        return
    emit(_rendered(review, content, answers, target, as_page=as_page), output, force=force)


@dataclass(frozen=True)
class _Found:
    """What the plan is of. ``hindrances``: what stands against counting a saved check as complete."""

    review: Review
    answers: Mapping[str, Answer]
    record: Record
    hindrances: tuple[str, ...] = ()


def _rendered(review: Review, content: Content, answers: Mapping[str, Answer], target: str, *, as_page: bool) -> str:
    person = review.people[0]
    if target == "fhir":
        from healthcheck_cli.plans.fhir.bundle import fhir_text

        return fhir_text(review, content, {person.person_id: answers})
    from healthcheck_cli.plans.easy_read import make_easy_read
    from healthcheck_cli.plans.easy_read_html import easy_read_html
    from healthcheck_cli.plans.easy_read_markdown import easy_read_markdown
    from healthcheck_cli.plans.shareable import left_off_in_words

    if left_off := left_off_in_words(person, content):
        note(left_off)
    made = make_easy_read(review, person, content, answers)
    return easy_read_html(made) if as_page else easy_read_markdown(made)


def _actions_and_alerts(check_id: str) -> tuple[tuple[LivingAction, ...], tuple[Alert, ...]]:
    """How the actions of the plans before this check stand, and the alerts of this one."""
    from healthcheck_cli.cli.check_services import open_store
    from healthcheck_cli.cli.saved_actions import actions_before

    with open_store() as store:
        return actions_before(store, store.check(check_id)), store.alerts(check_id)


def _is_file(check: str) -> bool:
    try:
        return Path(check).is_file()
    except OSError:  # no file can have such a name
        return False


def _of_record_file(path: str, services: Services, as_of: date) -> _Found:
    from io import BytesIO

    from healthcheck_cli.interview.filled_in.record_answers import RecordAnswers
    from healthcheck_cli.medicines.pasted_line import split_product_and_dosage
    from healthcheck_cli.readers.inputs import read_inputs
    from healthcheck_cli.readers.result import ReadOptions
    from healthcheck_cli.review import review_records

    content = services.content
    options = ReadOptions(
        format="record", answers=RecordAnswers(content, as_of), as_of=as_of, known_rules=frozenset(content.rules)
    )
    read = read_inputs([path], options, split_product_and_dosage, BytesIO())
    for line in read.notes:
        note(line)
    review = review_records(read.records, services.reviewer, as_of, read.rejected, read.inputs)
    return _Found(review, read.records[0].answers, read.records[0])


def _of_check(check_id: str, services: Services) -> _Found:
    """The plan of a saved check, for the day it was begun."""
    from healthcheck_cli.cli.check_overlays import tell_other_overlays
    from healthcheck_cli.cli.check_services import open_store
    from healthcheck_cli.record import Answer, AnswerState

    with open_store() as store:
        check = store.check(check_id)
        tell_other_overlays(store, check, services.content)
        answers, notes = store.answers(check.id), store.notes(check.id)
        adviser = services.adviser(store, check)
    only_noted = {name: Answer(name, AnswerState.NOT_ASKED, note=note) for name, note in notes.items()}
    said = {**only_noted, **answers}
    return _Found(adviser.review(answers), said, adviser.record(answers), adviser.hindrances(answers))
