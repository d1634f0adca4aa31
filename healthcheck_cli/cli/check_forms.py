"""``healthcheck check template`` and ``form``: the questions as a file to fill in, and as a form to print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli import __version__
from healthcheck_cli.cli.check_services import chosen_check, open_store, route_of, services_of, this_moment
from healthcheck_cli.cli.options import content_option, note, output_options
from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.interview.route import PARTS, ROUTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.content.models import Section
    from healthcheck_cli.forms.form import Form
    from healthcheck_cli.interview.filled_in.template import Template
    from healthcheck_cli.interview.route import Route
    from healthcheck_cli.interview.saved import Check
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.record import Answer

_MOST_AT_HOME = 50
"""Questions that go on 24 pages, the most that the easy-read rules allow (check-s60 in drug_rules/sources.yaml)."""

_part_option = click.option("--part", type=click.Choice(PARTS), help="Only the questions of one of the team.")


@click.command()
@click.option("--route", type=click.Choice(ROUTES), default="full", show_default=True, help="Which questions.")
@_part_option
@click.option("--to", "shape", type=click.Choice(("yaml", "csv")), default="yaml", show_default=True, help="The shape.")
@click.option("--check", "check_id", default="", metavar="CHECK", help="Fill in the answers of this saved check.")
@click.option("--person", "label", default="", help="The same, for the saved check with this label.")
@output_options
@content_option
def template(
    route: str,
    part: str | None,
    shape: str,
    check_id: str,
    label: str,
    output: Path | None,
    force: bool,
    content_folder: Path | None,
) -> None:
    """Write an empty answers file that says what may be answered.

    Every answer in it is switched off until you write it. Fill it in with any
    editor (--to csv: with a spreadsheet), then: healthcheck check answers FILE
    """
    from healthcheck_cli.interview.filled_in.template import as_csv, as_yaml
    from healthcheck_cli.interview.route import sections_for
    from healthcheck_cli.output import check_writable, emit

    if check_id and label:
        raise UsageProblem("Name the check with --check or with --person, not with both.")
    check_writable(output, force=force)
    services = services_of(content_folder)
    sections = sections_for(services.content.sections, route, part or "")
    about = f"Questions: {route}{f', those of the {part}' if part else ''}; version {services.content.version}."
    if check_id or label:
        with open_store() as store:
            made = _filled_in(services, store, _check_named(store, check_id, label), sections, about)
    else:
        made = _template(services, sections, about)
    if not made.sections:
        note("No question is of that route and part.")
    emit(as_csv(made) if shape == "csv" else as_yaml(made), output, force=force)


def _check_named(store: CheckStore, check_id: str, label: str) -> Check:
    """The check of that id, or the only one of that label."""
    if check_id:
        return store.check(check_id)
    found = [check for check in store.checks() if check.label == label]
    if not found:
        raise UsageProblem("There is no saved check of that label; `healthcheck check list` shows those there are.")
    return chosen_check(found, None, open_only=False)


def _template(services: Services, sections: Sequence[Section], about: str) -> Template:
    from healthcheck_cli.interview.filled_in.template import Template

    day = this_moment().date()
    about_lines = (about, "Read it back with: healthcheck check answers FILE")
    questions = services.content.questions
    return Template(
        "Annual health check: answers", about_lines, sections, questions, day, _asked_if(services, sections)
    )


def _filled_in(
    services: Services, store: CheckStore, check: Check, sections: Sequence[Section], about: str
) -> Template:
    """The template of a saved check: with its answers, without what is known not to apply."""
    from healthcheck_cli.interview.filled_in.template import Template, answered_elsewhere

    answers: Mapping[str, Answer] = store.answers(check.id)
    route = route_of(services, store, check)
    kept = _that_apply(sections, route, answers, answered=True)
    left_out = sum(len(it.questions) for it in sections) - sum(len(it.questions) for it in kept)
    about_lines = [about, f"Read it back with: healthcheck check answers FILE --check {check.id}"]
    if left_out:
        about_lines.append(f"Left out, as they do not apply on what is known: {left_out} questions.")
    title = f"Annual health check: answers of check {check.id}"
    asked_if = _asked_if(services, kept)
    made = Template(title, about_lines, kept, services.content.questions, check.day, asked_if, answers)
    elsewhere = answered_elsewhere(made)
    if elsewhere:
        note(f"{elsewhere} saved answers are to questions that are not in this template.")
    return made


def _asked_if(services: Services, sections: Sequence[Section]) -> Mapping[str, str]:
    from healthcheck_cli.forms.asked_if import asked_if

    return {q.id: asked_if(q, services.content) for section in sections for q in section.questions}


@click.command()
@click.option("--route", type=click.Choice(ROUTES), default="before", show_default=True, help="Which questions.")
@_part_option
@click.option(
    "--to",
    "shape",
    type=click.Choice(("markdown", "html")),
    help="The shape; html where the file that is written ends in .html, else markdown.",
)
@click.option(
    "--check", "check_id", default="", metavar="CHECK", help="Leave out what is known not to apply in this saved check."
)
@output_options
@content_option
def form(
    route: str,
    part: str | None,
    shape: str | None,
    check_id: str,
    output: Path | None,
    force: bool,
    content_folder: Path | None,
) -> None:
    """Write the questions as a form to print and fill in by hand.

    The form of the route before goes home: easy words, large print, notes for
    the helper. Those of core and full are for the people who do the check.
    """
    from healthcheck_cli.forms.as_html import as_html
    from healthcheck_cli.forms.as_markdown import as_markdown
    from healthcheck_cli.output import check_writable, emit

    check_writable(output, force=force)
    services = services_of(content_folder)
    made = _form(services, route, part or "", check_id)
    if not made.items:
        note("No question is of that route and part.")
    if made.for_home and len(made.items) > _MOST_AT_HOME:
        note(
            f"{len(made.items)} questions make a long form: easy-read rules ask for 24 pages at most."
            " --check CHECK leaves out what is known not to apply."
        )
    if shape is None:
        shape = "html" if output is not None and output.suffix.casefold() in (".html", ".htm") else "markdown"
    emit(as_html(made) if shape == "html" else as_markdown(made), output, force=force)


def _form(services: Services, route: str, part: str, check_id: str) -> Form:
    from healthcheck_cli.forms.before_words import TITLE
    from healthcheck_cli.forms.form import make_form
    from healthcheck_cli.interview.route import sections_for

    sections: Sequence[Section] = sections_for(services.content.sections, route, part)
    if check_id:
        with open_store() as store:
            check = store.check(check_id)
            answers = store.answers(check.id)
            sections = _that_apply(sections, route_of(services, store, check), answers, answered=False)
    for_home = route == "before"
    which = f"{route} questions{f', those of the {part}' if part else ''}"
    title = TITLE if for_home else f"Annual health check: {which}"
    made_with = f"Made by healthcheck {__version__} with the questions of version {services.content.version}."
    signs = services.content.emergency_signs.values()
    return make_form(title, sections, _asked_if(services, sections), made_with, signs, for_home=for_home)


def _that_apply(
    sections: Sequence[Section], route: Route, answers: Mapping[str, Answer], *, answered: bool
) -> Sequence[Section]:
    """The sections without the questions that are known not to apply; with ``answered``, those with an answer stay."""
    cut = [
        replace(
            it, questions=tuple(q for q in it.questions if (answered and q.id in answers) or route.applies(q, answers))
        )
        for it in sections
    ]
    return [section for section in cut if section.questions]
