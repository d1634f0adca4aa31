"""``healthcheck check``: the interactive annual health check, saved after every answer."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.check_services import open_store
from healthcheck_cli.cli.options import content_option, encoding_option, is_plain, note, plain_option
from healthcheck_cli.errors import ExitCode, UsageProblem
from healthcheck_cli.interview.keys import ANSWERED_BY

if TYPE_CHECKING:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.interview.route import Route
    from healthcheck_cli.interview.saved import Check
    from healthcheck_cli.interview.session import Session
    from healthcheck_cli.interview.store import CheckStore

_WIDTH = 80
_NO_TERMINAL = (
    "This asks questions and there is no terminal to ask them at."
    " Give the answers in a file instead: healthcheck check answers FILE"
)
_by_option = click.option(
    "--by", type=click.Choice(ANSWERED_BY), help="Who the answers come from; may be changed later."
)
_core_option = click.option(
    "--core", "core_only", is_flag=True, help="Ask the core questions only; resume without it asks the others."
)
_section_option = click.option("--section", default="", help="The section to begin with: its number, id or title.")


@click.group("check", context_settings={"help_option_names": ["-h", "--help"]})
def check_group() -> None:
    """Go through the annual health check.

    Every answer is on disk before the next question is shown. At every prompt
    ? gives help and the keys, q saves and leaves.
    """


@check_group.command()
@click.option("--person", "label", default="", help="A label of your own for this check. Avoid names.")
@click.option(
    "--medicines", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A medicine list or record file."
)
@click.option("--complete", default="", help="Lists in that file that leave nothing out, e.g. medicines,problems.")
@_section_option
@_core_option
@_by_option
@content_option
@plain_option
def start(
    label: str,
    medicines: Path | None,
    complete: str,
    section: str,
    core_only: bool,
    by: str | None,
    content_folder: Path | None,
    plain: bool,
) -> int:
    """Begin a check."""
    from healthcheck_cli.cli.check_services import load_file

    _need_terminal()
    services = _services(content_folder)
    files = [load_file(medicines, _lists(complete))] if medicines is not None else []
    services.supplied_record(files)  # told now, not after the first question
    with open_store() as store:
        check = store.begin(label, _now(), services.content.version, services.content.sha256)
        store.supply(check.id, files)
        session = _session(store, check, services, by or "", core_only=core_only)
        return _sit(store, check, session, section, plain=is_plain(plain))


@check_group.command()
@click.argument("check_id", required=False, metavar="[CHECK]")
@_section_option
@_core_option
@_by_option
@content_option
@plain_option
def resume(
    check_id: str | None, section: str, core_only: bool, by: str | None, content_folder: Path | None, plain: bool
) -> int:
    """Go on with a saved check at the first question without an answer."""
    from healthcheck_cli.cli.check_services import chosen_check

    _need_terminal()
    with open_store() as store:
        check = chosen_check(store.checks(), check_id, open_only=True)
        services = _services(content_folder)
        if check.content_sha256 != services.content.sha256:
            note("The questions and rules have changed since then; the new ones are used.")
        if check.finished is not None:
            note("This check was finished; what you enter now is kept as a correction.")
        session = _session(store, check, services, by or "", core_only=core_only)
        return _sit(store, check, session, section, plain=is_plain(plain))


@check_group.command("list")
def list_checks() -> None:
    """The saved checks."""
    with open_store() as store:
        checks = store.checks()
        for check in checks:
            answered = len(store.answers(check.id))
            state = f"finished {check.finished:%Y-%m-%d}" if check.finished else "open"
            click.echo(f"{check.id}  {state}  {answered} answered  {_visible(check.label)}".rstrip())
    if not checks:
        note("There are no saved checks; `healthcheck check start` begins one.")


@check_group.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--history", is_flag=True, help="Every answer ever given, corrected ones too.")
@content_option
def show(check_id: str, history: bool, content_folder: Path | None) -> None:
    """The answers of a saved check."""
    from healthcheck_cli.interview.views import answers_view
    from healthcheck_cli.interview.written import answer_in_words

    with open_store() as store:
        check = store.check(check_id)
        services = _services(content_folder)
        answers = store.answers(check.id)
        route = _route(services, store, check)
        click.echo(f"{check.id}  {_visible(check.label)}".rstrip())
        for alert in store.alerts(check.id):
            click.echo(_visible(f"ALERT: {alert.says} {alert.action}"))
        if history:
            for answer in store.history(check.id):
                question = route.questions.get(answer.question)
                words = answer_in_words(question, answer) if question is not None else answer.typed
                when = f"{answer.at:%Y-%m-%d %H:%M}" if answer.at else ""
                click.echo(_visible(f"{when}  {answer.question}: {words}"))
            return
        for section in route.sections:
            asked = route.asked(answers, section)
            done = sum(question.id in answers for question in asked)
            click.echo(f"\n{section.title} ({done} of {len(asked)})")
            click.echo(_visible(answers_view(route, answers, store.notes(check.id), section).text))


@check_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--person", "label", default="", help="A label of your own for this check. Avoid names.")
@click.option(
    "--medicines", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A medicine list or record file."
)
@click.option("--complete", default="", help="Lists in that file that leave nothing out, e.g. medicines,problems.")
@click.option("--check", "check_id", default="", help="Add the answers to this saved check instead of beginning one.")
@_by_option
@content_option
@encoding_option
def answers(
    file: Path,
    label: str,
    medicines: Path | None,
    complete: str,
    check_id: str,
    by: str | None,
    content_folder: Path | None,
    encoding: str,
) -> None:
    """Take the answers from a YAML, JSON or CSV FILE and save them as a check.

    YAML and JSON: question: value, or question: {value, by, note}. CSV: the
    columns question, value, by, note. The words -, declined, not_known and
    not_applicable stand for having no value. The id of the check is printed.
    """
    from healthcheck_cli.cli.check_services import load_file
    from healthcheck_cli.interview.answer_file import read_answer_file
    from healthcheck_cli.interview.given_answers import answers_from_file
    from healthcheck_cli.interview.saved import SuppliedFile

    services = _services(content_folder)
    raw, name = _read(file)
    given = read_answer_file(_decoded(raw, name, encoding), name)
    now = _now()
    files = [load_file(medicines, _lists(complete))] if medicines is not None else []
    files += [SuppliedFile(name, raw)] if given.has_record else []
    with open_store() as store:
        day = store.check(check_id).day if check_id else now.date()
        read = answers_from_file(given, services.content.questions, day, now, by or "")
        services.supplied_record(files)
        check = (
            store.check(check_id)
            if check_id
            else store.begin(label, now, services.content.version, services.content.sha256)
        )
        with store.hold(check.id):
            store.supply(check.id, files)
            store.add(check.id, read.answers)
            _tell_alerts(store, check, services)
    for warning in read.warnings:
        note(f"Warning: {warning}")
    click.echo(check.id)


@check_group.command()
@click.argument("check_id", metavar="CHECK")
@content_option
def finish(check_id: str, content_folder: Path | None) -> None:
    """Close a check: what core questions are open, and the plan."""
    from healthcheck_cli.interview.screen import wrapped
    from healthcheck_cli.interview.views import open_core_questions

    with open_store() as store:
        check = store.check(check_id)
        services = _services(content_folder)
        answers_now = store.answers(check.id)
        missing = open_core_questions(_route(services, store, check), answers_now)
        with store.hold(check.id):
            store.finish(check.id, _now())
        adviser = services.adviser(check, services.supplied_record(store.supplied(check.id)))
        click.echo(wrapped(_visible(adviser.plan_so_far(answers_now)), _WIDTH))
        if missing:
            click.echo(f"\nCore questions without an answer: {len(missing)}")
            for question in missing:
                click.echo(f"  {question.ask} ({question.id})")
        else:
            click.echo("\nEvery core question that applies has an answer.")
        note(f"The whole plan: healthcheck plan {check.id}")


def _sit(store: CheckStore, check: Check, session: Session, section: str, *, plain: bool) -> int:
    """One sitting at the terminal."""
    from healthcheck_cli.interview.conversation import converse
    from healthcheck_cli.interview.screen import PlainScreen, TerminalScreen

    screen = PlainScreen() if plain else TerminalScreen()
    with store.hold(check.id):
        click.echo(f"Check {check.id}. ? for help and the keys, q to save and leave.")
        for message in session.begin_at(section) if section else ():
            screen.show(message)
        try:
            converse(session, screen)
        except KeyboardInterrupt:
            note(f"Saved. Go on with: healthcheck check resume {check.id}")
            sys.exit(ExitCode.INTERRUPTED)
    click.echo(f"Go on with: healthcheck check resume {check.id}\nClose it with: healthcheck check finish {check.id}")
    return ExitCode.DONE


def _session(store: CheckStore, check: Check, services: Services, by: str, *, core_only: bool) -> Session:
    from healthcheck_cli.interview.notebook import StoredNotebook
    from healthcheck_cli.interview.route import core_of
    from healthcheck_cli.interview.session import Session

    adviser = services.adviser(check, services.supplied_record(store.supplied(check.id)))
    sections = services.content.sections
    if core_only:
        sections = core_of(sections)
        click.echo("Core questions only; resume without --core asks the others.")
    return Session(StoredNotebook(store, check.id), sections, adviser, _now, check.day, by)


def _route(services: Services, store: CheckStore, check: Check) -> Route:
    from healthcheck_cli.interview.route import Route

    adviser = services.adviser(check, services.supplied_record(store.supplied(check.id)))
    return Route(services.content.sections, adviser.applies)


def _tell_alerts(store: CheckStore, check: Check, services: Services) -> None:
    """Raise what cannot wait, and say it on standard error, first of all."""
    from healthcheck_cli.interview.alerts import red_flag_alerts

    adviser = services.adviser(check, services.supplied_record(store.supplied(check.id)))
    found = store.answers(check.id)
    alerts = [a for q in services.content.questions.values() if q.id in found for a in red_flag_alerts(q, found[q.id])]
    for alert in [*alerts, *adviser.urgent(found)]:
        if store.raise_alert(check.id, alert, _now()):
            click.echo(f"ALERT: {_visible(alert.says)} {_visible(alert.action)}", err=True)


def _services(content_folder: Path | None) -> Services:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.cli.clinical_content import content_and_names

    return Services(*content_and_names(content_folder))


def _need_terminal() -> None:
    if not sys.stdin.isatty():
        raise UsageProblem(_NO_TERMINAL)


def _lists(named: str) -> tuple[str, ...]:
    from healthcheck_cli.record import LIST_NAMES

    names = tuple(name.strip() for name in named.split(",") if name.strip())
    if any(name not in LIST_NAMES for name in names):
        raise UsageProblem(f"--complete: the lists are {', '.join(LIST_NAMES)}")
    return names


def _read(file: Path) -> tuple[bytes, str]:
    from healthcheck_cli.readers.inputs import standard_input

    if str(file) == "-":
        return standard_input().read(), "standard input"
    return file.read_bytes(), file.name


def _decoded(raw: bytes, name: str, encoding: str) -> str:
    from healthcheck_cli.readers.encoding import decode

    return decode(raw, name, encoding)


def _now() -> datetime:
    return datetime.now().astimezone()


def _visible(text: str) -> str:
    from healthcheck_cli.interview.screen import visible_text

    return visible_text(text)
