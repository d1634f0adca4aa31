"""``healthcheck check finish``, ``amend`` and ``accept``: who closed a check, opened it again, took an alert on."""

from __future__ import annotations

import sys
from collections.abc import Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.check_overlays import tell_other_overlays
from healthcheck_cli.cli.check_services import open_store, route_of, services_of, this_moment
from healthcheck_cli.cli.last_checks import keep_last_check
from healthcheck_cli.cli.options import WIDTH, content_option, note
from healthcheck_cli.cli.saved_actions import finish_with_actions
from healthcheck_cli.errors import UsageProblem
from healthcheck_cli.shown_text import marked

if TYPE_CHECKING:
    from healthcheck_cli.content.models import Question
    from healthcheck_cli.interview.cross_checks import BeforeClosing
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.kept_alerts import Alert


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--by", "name", default="", metavar="NAME", help="Who finishes it; asked at a terminal.")
@click.option("--role", default="", help="Their role, such as practice nurse; asked at a terminal.")
@content_option
def finish(check_id: str, name: str, role: str, content_folder: Path | None) -> None:
    """Close a check, with the name and role of who closes it.

    First come the core questions without an answer, and the alerts that nobody
    has accepted: while there is one, the check stays open. A finished check
    takes no more answers; `amend` opens it again. An open amendment is closed
    in the same way.
    """
    from healthcheck_cli.interview.views import open_core_questions

    with open_store() as store:
        check = store.check(check_id)
        services = services_of(content_folder)
        tell_other_overlays(store, check, services.content)
        with store.hold(check.id):
            answers = store.answers(check.id)
            if check.is_open:
                route = route_of(services, store, check)
                _tell_open_questions(open_core_questions(route, answers))
                wanted = services.adviser(store, check).wanted_before_closing(answers, route.questions.values())
                _tell_wanted(wanted)
                _tell_alerts(store.alerts(check.id, unaccepted=True))
                _ask_who_accepts(store, check.id, route.places)
                if not store.alerts(check.id, unaccepted=True):
                    name = given(name, "--by", "Finished by (name)", places=route.places)
                    role = given(role, "--role", "Role", places=route.places)
                keep_last_check(services, store, check, this_moment())
            adviser = services.adviser(store, check)
            person = adviser.review(answers).people[0]
            kept = finish_with_actions(store, check, person, this_moment(), name, role)
        click.echo()
        _say(adviser.plan_so_far(answers))
        note(f"Finished by {name}, {role}. The whole plan: healthcheck plan {check.id}")
        note(f"Actions kept: {kept}. What became of them: healthcheck plan actions {check.id}")


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--by", "name", default="", metavar="NAME", help="Who opens it; asked at a terminal.")
@click.option("--reason", default="", metavar="TEXT", help="Why; asked at a terminal.")
def amend(check_id: str, name: str, reason: str) -> None:
    """Open a finished check again.

    What was there stays. Answers that are added from now on are kept as an
    amendment, with its number; `finish` closes it.
    """
    with open_store() as store:
        check = store.check(check_id)
        with store.hold(check.id):
            if not check.is_open:
                name = given(name, "--by", "Opened again by (name)")
                reason = given(reason, "--reason", "Why", a_name=False)
            number = store.amend(check.id, name, reason, this_moment())
    note(f"Amendment {number} of check {check.id} is open. Add answers with one of these, then finish it:")
    for command in (f"resume {check.id}", f"answers FILE --check {check.id}", f"finish {check.id}"):
        note(f"  healthcheck check {command}")


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.argument("keys", nargs=-1, metavar="[ALERT]...")
@click.option("--by", "name", default="", metavar="NAME", help="Who has taken it on; asked at a terminal.")
def accept(check_id: str, keys: tuple[str, ...], name: str) -> None:
    """Keep who has taken an alert on.

    ALERT is its name, as `show` gives it; without one, every alert that nobody
    has accepted.
    """
    with open_store() as store:
        check = store.check(check_id)
        with store.hold(check.id):
            waiting = {alert.key: alert for alert in store.alerts(check.id, unaccepted=True)}
            known = {alert.key for alert in store.alerts(check.id)}
            wrong = [key for key in keys if key not in known]
            if wrong:
                raise UsageProblem(
                    f"Check {check.id} has no alert {', '.join(wrong)};"
                    f" `healthcheck check show {check.id}` names those there are."
                )
            chosen = [alert for key, alert in waiting.items() if not keys or key in keys]
            if not chosen:
                note("No alert waits to be accepted.")
                return
            _tell_alerts(chosen)
            name = given(name, "--by", "Accepted by (name, role)")
            for alert in chosen:
                store.accept_alert(check.id, alert.key, name, this_moment())
    note(f"Accepted by {name}: {', '.join(alert.key for alert in chosen)}.")


def _tell_open_questions(missing: Sequence[Question]) -> None:
    if not missing:
        _say("Every core question that applies has an answer.")
        return
    _say(f"Core questions without an answer: {len(missing)}")
    for question in missing:
        _say(f"  {question.ask} ({question.id})")


def _tell_wanted(wanted: Sequence[BeforeClosing]) -> None:
    """What stands against counting the check as complete, and what to look at. It can be finished all the same: what
    was done is kept, whether or not it counts."""
    from healthcheck_cli.interview.cross_checks import hindrances
    from healthcheck_cli.plans.plan_words import NOT_COMPLETE

    for title, messages in (
        (NOT_COMPLETE, hindrances(wanted)),
        ("Worth a look:", [it.message for it in wanted if it.kind == "warn"]),
    ):
        if messages:
            _say(f"\n{title}")
        for message in messages:
            _say(f"  {message}")


def _tell_alerts(alerts: Sequence[Alert]) -> None:
    if alerts:
        _say(f"\nAlerts that nobody has accepted: {len(alerts)}")
    for alert in alerts:
        _say(f"  {alert.key}: {alert.says} {alert.action}")


def _ask_who_accepts(store: CheckStore, check_id: str, places: Container[str]) -> None:
    """At a terminal, put each alert that waits; without a name it goes on waiting."""
    if not _at_a_terminal():
        return
    from healthcheck_cli.interview.alerts import taken_on_by

    for alert in store.alerts(check_id, unaccepted=True):
        _say(f"\n{alert.says}")
        asked = "Who has taken this on (name, role; Enter: nobody yet)"
        while (name := taken_on_by(_typed(asked), places)) is None:
            note("Type the name and role of who has taken this on, or Enter if nobody has yet.")
        if name:
            store.accept_alert(check_id, alert.key, name, this_moment())


def given(text: str, option: str, asked: str, *, a_name: bool = True, places: Container[str] = ()) -> str:
    """What was given, or what is typed: then it is asked for until it can be a name or a role, or (not ``a_name``) says
    something. Raises UsageProblem where nothing was given and there is no terminal. An option is taken as it stands.
    """
    from healthcheck_cli.interview.alerts import name_in

    if text.strip():
        return " ".join(text.split())
    if not _at_a_terminal():
        raise UsageProblem(f"{option} is missing: give it, or run this at a terminal.")
    while True:
        typed = _typed(asked)
        if name_in(typed, places) if a_name else len(typed) > 1:
            return " ".join(typed.split())
        note("Write it out, so that others know whom to ask and why; or type q to leave.")


def _typed(asked: str) -> str:
    """What is typed at a prompt; ``?`` explains, and ``q`` leaves with nothing closed."""
    while (text := click.prompt(asked, default="", show_default=False, err=True).strip()) == "?":
        note("It is kept with the check, with the time, so that others know whom to ask.")
        note("q leaves, and nothing is closed.")
    if text.casefold() == "q":
        note("Left. Nothing was closed; who has taken on an alert so far is kept.")
        raise click.exceptions.Exit(0)
    return text


def _at_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _say(text: str) -> None:
    from healthcheck_cli.interview.screen import wrapped

    click.echo(wrapped(marked(text), WIDTH))
