"""``healthcheck check finish``: closes a check, and says what is still open."""

from __future__ import annotations

from pathlib import Path

import click

from healthcheck_cli.cli.check_services import open_store, route_of, services_of, this_moment, visible
from healthcheck_cli.cli.options import content_option, note

_WIDTH = 80


@click.command()
@click.argument("check_id", metavar="CHECK")
@content_option
def finish(check_id: str, content_folder: Path | None) -> None:
    """Close a check: what core questions are open, and the plan."""
    from healthcheck_cli.interview.screen import wrapped
    from healthcheck_cli.interview.views import open_core_questions

    with open_store() as store:
        check = store.check(check_id)
        services = services_of(content_folder)
        answers_now = store.answers(check.id)
        missing = open_core_questions(route_of(services, store, check), answers_now)
        with store.hold(check.id):
            store.finish(check.id, this_moment())
        adviser = services.adviser(check, services.supplied_record(store.supplied(check.id)))
        click.echo(wrapped(visible(adviser.plan_so_far(answers_now)), _WIDTH))
        if missing:
            click.echo(f"\nCore questions without an answer: {len(missing)}")
            for question in missing:
                click.echo(f"  {question.ask} ({question.id})")
        else:
            click.echo("\nEvery core question that applies has an answer.")
        note(f"The whole plan: healthcheck plan {check.id}")
