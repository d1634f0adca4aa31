"""``healthcheck check list`` and ``show``: what is saved."""

from __future__ import annotations

from pathlib import Path

import click

from healthcheck_cli.cli.check_services import open_store, route_of, services_of, visible
from healthcheck_cli.cli.options import content_option, note


@click.command("list")
def list_checks() -> None:
    """The saved checks."""
    with open_store() as store:
        checks = store.checks()
        for check in checks:
            answered = len(store.answers(check.id))
            state = f"finished {check.finished:%Y-%m-%d}" if check.finished else "open"
            click.echo(f"{check.id}  {state}  {answered} answered  {visible(check.label)}".rstrip())
    if not checks:
        note("There are no saved checks; `healthcheck check start` begins one.")


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--history", is_flag=True, help="Every answer ever given, corrected ones too.")
@content_option
def show(check_id: str, history: bool, content_folder: Path | None) -> None:
    """The answers of a saved check."""
    from healthcheck_cli.interview.views import answers_view
    from healthcheck_cli.interview.written import answer_in_words

    with open_store() as store:
        check = store.check(check_id)
        services = services_of(content_folder)
        answers = store.answers(check.id)
        route = route_of(services, store, check)
        click.echo(f"{check.id}  {visible(check.label)}".rstrip())
        for alert in store.alerts(check.id):
            click.echo(visible(f"ALERT: {alert.says} {alert.action}"))
        if history:
            for answer in store.history(check.id):
                question = route.questions.get(answer.question)
                words = answer_in_words(question, answer) if question is not None else answer.typed
                when = f"{answer.at:%Y-%m-%d %H:%M}" if answer.at else ""
                click.echo(visible(f"{when}  {answer.question}: {words}"))
            return
        for section in route.sections:
            asked = route.asked(answers, section)
            done = sum(question.id in answers for question in asked)
            click.echo(f"\n{section.title} ({done} of {len(asked)})")
            click.echo(visible(answers_view(route, answers, store.notes(check.id), section).text))
