"""``healthcheck check``: the interactive annual health check, saved after every answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.check_actions import ask_about_actions
from healthcheck_cli.cli.check_exchange import export_check, import_check
from healthcheck_cli.cli.check_finish import accept, amend, finish
from healthcheck_cli.cli.check_forms import form, template
from healthcheck_cli.cli.check_overlays import keep_overlays, tell_other_overlays
from healthcheck_cli.cli.check_saved import list_checks, show, verify
from healthcheck_cli.cli.check_services import open_store, services_of, this_moment
from healthcheck_cli.cli.last_checks import keep_last_check
from healthcheck_cli.cli.options import WIDTH, content_option, encoding_option, is_plain, note, plain_option
from healthcheck_cli.errors import ExitCode, UsageProblem
from healthcheck_cli.interview.keys import ANSWERED_BY
from healthcheck_cli.interview.route import PARTS, ROUTES
from healthcheck_cli.shown_text import marked

if TYPE_CHECKING:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.interview.route import Route
    from healthcheck_cli.interview.saved import Check, Mark
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.interview.session import Session
    from healthcheck_cli.interview.views import Message
    from healthcheck_cli.record import Answer

_BEGUN_WITH = "begun_with"  # the mark of route and section
_NO_TERMINAL = (
    "This asks questions and there is no terminal to ask them at."
    " Give the answers in a file instead: healthcheck check answers FILE"
)
_by_option = click.option(
    "--by", type=click.Choice(ANSWERED_BY), help="Who the answers come from; may be changed later."
)
_route_option = click.option(
    "--route",
    type=click.Choice(ROUTES),
    help="core: what makes the check; before: what can be answered at home; full: everything. Where none is named: that"
    " of the sitting before, else full.",
)
_part_option = click.option(
    "--part", type=click.Choice(PARTS), help="Only the questions of one of the team; the others hand over to them."
)
_one_key_option = click.option(
    "--one-key", is_flag=True, help="A figure, - or u answers at once, without Enter, where it is a whole answer."
)
_section_option = click.option(
    "--section",
    default="",
    help="The section to begin with: its number, id or title. Resume goes on from there, unless another is named.",
)


@click.group("check", context_settings={"help_option_names": ["-h", "--help"]})
def check_group() -> None:
    """Go through the annual health check.

    Every answer is on disk before the next question is shown. At every prompt
    ? gives help and the keys, q saves and leaves.
    """


for _command in (list_checks, show, accept, finish, amend, export_check, import_check, verify, template, form):
    check_group.add_command(_command)


@check_group.command()
@click.option("--person", "label", default="", help="A label of your own for this check. Avoid names.")
@click.option(
    "--from",
    "given",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A record file, a medicine list, or the form filled in at home: offered beside the questions. Repeatable.",
)
@click.option(
    "--medicines", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The same, for a medicine list."
)
@click.option("--complete", default="", help="Lists in those files that leave nothing out, e.g. medicines,problems.")
@_section_option
@_route_option
@_part_option
@_one_key_option
@_by_option
@content_option
@plain_option
def start(
    label: str,
    given: tuple[Path, ...],
    medicines: Path | None,
    complete: str,
    section: str,
    route: str | None,
    part: str | None,
    one_key: bool,
    by: str | None,
    content_folder: Path | None,
    plain: bool,
) -> int:
    """Begin a check."""
    from healthcheck_cli.cli.check_services import load_file

    _need_terminal()
    services = services_of(content_folder)
    paths = [*given, *([medicines] if medicines is not None else [])]
    files = [load_file(path, _lists(complete)) for path in paths]
    services.supplied_record(files)  # told now, not after the first question
    with open_store() as store:
        check = store.begin(label, this_moment(), services.content.version, services.content.sha256)
        store.supply(check.id, files)
        keep_last_check(services, store, check, this_moment())
        sitting = _Sitting(route or "", part or "", by or "", section, one_key, is_plain(plain), is_first=True)
        return _sit(store, check, services, sitting)


@check_group.command()
@click.argument("check_id", required=False, metavar="[CHECK]")
@_section_option
@_route_option
@_part_option
@_one_key_option
@_by_option
@content_option
@plain_option
def resume(
    check_id: str | None,
    section: str,
    route: str | None,
    part: str | None,
    one_key: bool,
    by: str | None,
    content_folder: Path | None,
    plain: bool,
) -> int:
    """Go on with a saved check at the first question without an answer."""
    from healthcheck_cli.cli.check_services import chosen_check

    _need_terminal()
    with open_store() as store:
        check = chosen_check(store.checks(), check_id, open_only=True)
        if not check.is_open:
            raise UsageProblem(f"Check {check.id} is finished. To add to it: healthcheck check amend {check.id}")
        services = services_of(content_folder)
        if check.content_sha256 != services.content.sha256:
            note("The questions and rules have changed since then; the new ones are used.")
        tell_other_overlays(store, check, services.content)
        return _sit(
            store, check, services, _Sitting(route or "", part or "", by or "", section, one_key, is_plain(plain))
        )


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
    from healthcheck_cli.errors import all_at_once
    from healthcheck_cli.interview.filled_in.answer_file import read_answer_file
    from healthcheck_cli.interview.filled_in.given_answers import answers_from_file, not_yet_saved, of_somebody_else
    from healthcheck_cli.interview.saved import SuppliedFile

    services = services_of(content_folder)
    raw, name = _read(file)
    given = read_answer_file(_decoded(raw, name, encoding), name)
    now = this_moment()
    files = [load_file(medicines, _lists(complete))] if medicines is not None else []
    files += [SuppliedFile(name, raw)] if given.has_record else []
    with open_store() as store:
        day = store.check(check_id).day if check_id else now.date()
        read, _ = all_at_once(
            lambda: answers_from_file(given, services.content.questions, day, now, by or "", services.content),
            lambda: services.supplied_record(files),
        )
        check = (
            store.check(check_id)
            if check_id
            else store.begin(label, now, services.content.version, services.content.sha256)
        )
        with store.hold(check.id):
            store.supply(check.id, files)
            _add(store, check, services, not_yet_saved(read.answers, store.answers(check.id)))
            if check_id:
                tell_other_overlays(store, check, services.content)
            keep_overlays(store, check, services.content, now)
            keep_last_check(services, store, check, now)
            _tell_alerts(store, check, services)
            supplied, saved = services.supplied_record(store.supplied(check.id)), store.answers(check.id)
    others = of_somebody_else(given, saved, supplied.person) if supplied is not None else ()
    for warning in (*read.warnings, *others):
        note(f"Warning: {warning}")
    click.echo(check.id)


@dataclass(frozen=True)
class _Sitting:
    """What was chosen for one sitting at the terminal. Route and section are empty where none was named."""

    route: str
    part: str
    by: str
    section: str
    one_key: bool
    plain: bool
    is_first: bool = False

    @property
    def only(self) -> str:
        """Which questions are left out, and how the others are asked; empty where none is."""
        route = [(f"--route {self.route}", "with --route full")] if self.route != "full" else []
        left_out = [*route, *([(f"--part {self.part}", "without --part")] if self.part else [])]
        chosen, others = " ".join(it for it, _ in left_out), " and ".join(it for _, it in left_out)
        return f"Only the questions of {chosen}; resume {others} asks the others." if left_out else ""

    @property
    def again(self) -> str:
        """What has to be typed to go on in the same way: the part is not kept, for another may take over."""
        return f" --part {self.part}" if self.part else ""


def _sit(store: CheckStore, check: Check, services: Services, sitting: _Sitting) -> int:
    """Ask at the terminal until the user leaves."""
    from healthcheck_cli.interview.conversation import converse
    from healthcheck_cli.interview.route import open_by_part, sections_for
    from healthcheck_cli.interview.saving.notebook import StoredNotebook
    from healthcheck_cli.interview.screen import PlainScreen, TerminalScreen
    from healthcheck_cli.interview.session import Session

    adviser = services.adviser(store, check)
    begun = store.marks(check.id, _BEGUN_WITH)
    sitting = replace(sitting, route=sitting.route or (begun["route"].value if "route" in begun else "full"))
    sections = sections_for(services.content.sections, sitting.route, sitting.part)
    if sitting.only:
        click.echo(sitting.only)
    suggests = not sitting.plain and os.environ.get("TERM", "dumb") != "dumb" and sys.stdout.isatty()
    screen = PlainScreen() if sitting.plain else TerminalScreen(suggests=suggests, one_key=sitting.one_key)
    with store.hold(check.id):
        keep_overlays(store, check, services.content, this_moment())
        click.echo(f"Check {check.id}. ? for help and the keys, q to save and leave.")
        try:
            gone = sitting.is_first and ask_about_actions(store, check, screen)
            session = Session(StoredNotebook(store, check.id), sections, adviser, this_moment, check.day, sitting.by)
            for message in session.leave() if gone else _at_its_section(session, sitting, begun):
                screen.show(message)
            _keep_how_begun(store, check, session.route, sitting, begun)
            converse(session, screen, services.medicine_names() if suggests else ())
        except KeyboardInterrupt:
            note(f"Saved. Go on with: healthcheck check resume {check.id}{sitting.again}")
            sys.exit(ExitCode.INTERRUPTED)
    if sitting.part:
        of_all = sections_for(services.content.sections, sitting.route)
        left = open_by_part(of_all, adviser.applies, session.answers).items()
        told = ", ".join(f"{number} for {part}" for part, number in left)
        click.echo(f"Still to be asked: {told}." if told else "Nothing is left to be asked.")
    click.echo(f"Go on with: healthcheck check resume {check.id}\nClose it with: healthcheck check finish {check.id}")
    return ExitCode.DONE


def _at_its_section(session: Session, sitting: _Sitting, begun: Mapping[str, Mark]) -> tuple[Message, ...]:
    """Go to the section that was named now, or on from the one that was named before."""
    if sitting.section:
        return session.begin_at(sitting.section)
    if "section" in begun:
        session.go_on_from(begun["section"].value)
    return ()


def _keep_how_begun(
    store: CheckStore, check: Check, route: Route, sitting: _Sitting, begun: Mapping[str, Mark]
) -> None:
    """Keep route and section with the check: one that was killed is resumed with nothing but its id."""
    section = route.section_named(sitting.section)
    for key, value, otherwise in (("route", sitting.route, "full"), ("section", section.id if section else "", "")):
        if value and value != (begun[key].value if key in begun else otherwise):
            store.set_mark(check.id, _BEGUN_WITH, key, value, this_moment())


def _add(store: CheckStore, check: Check, services: Services, answers: Sequence[Answer]) -> None:
    """Keep answers, with the alerts that they take back, and say which those are."""
    from healthcheck_cli.interview.alerts import put_right

    adviser = services.adviser(store, check)
    before, questions = store.last_values(check.id), services.content.questions
    alerts = store.alerts(check.id)
    withdrawn = put_right(alerts, answers, before, questions, adviser, this_moment()) if alerts else ()
    store.add(check.id, answers, withdrawn=withdrawn)
    for alert in withdrawn:
        note(f"Withdrawn, for the answer to {alert.put_right} was put right: {marked(alert.says)}")


def _tell_alerts(store: CheckStore, check: Check, services: Services) -> None:
    """Raise what cannot wait, and say it on standard error, first of all."""
    from healthcheck_cli.interview.alerts import red_flag_alerts
    from healthcheck_cli.interview.screen import wrapped

    adviser = services.adviser(store, check)
    found = store.answers(check.id)
    alerts = [a for q in services.content.questions.values() if q.id in found for a in red_flag_alerts(q, found[q.id])]
    for alert in [*alerts, *adviser.urgent(found)]:
        if store.raise_alert(check.id, alert, this_moment()):
            click.echo(wrapped(marked(f"ALERT: {alert.says} {alert.action}"), WIDTH), err=True)


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
    from healthcheck_cli.readers.sources import standard_input

    if str(file) == "-":
        return standard_input().read(), "standard input"
    return file.read_bytes(), file.name


def _decoded(raw: bytes, name: str, encoding: str) -> str:
    from healthcheck_cli.readers.encoding import decode

    return decode(raw, name, encoding)
