"""``healthcheck check list``, ``show`` and ``verify``: what is saved, and is it as it was kept."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from healthcheck_cli.cli.check_services import open_store, route_of, services_of, this_moment
from healthcheck_cli.cli.options import WIDTH, content_option, note, output_options
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.shown_text import marked

if TYPE_CHECKING:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.interview.route import Route
    from healthcheck_cli.interview.saved import Check, KeptAnswer
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.kept_alerts import Alert


@dataclass(frozen=True)
class _Standing:
    """How far a check has come. ``asked`` is None where the files given with it cannot be read any more."""

    check: Check
    age_days: int
    answered: int
    asked: int | None
    unaccepted: int


@click.command("list")
@click.option(
    "--to",
    "target",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@content_option
@output_options
def list_checks(target: str, content_folder: Path | None, output: Path | None, force: bool) -> None:
    """The saved checks: state, age, answered of asked, alerts nobody accepted."""
    import json

    from healthcheck_cli.output import check_writable, emit

    check_writable(output, force=force)
    with open_store() as store:
        checks = store.checks()
        services = services_of(content_folder) if checks else None
        standings = [_standing(services, store, check) for check in checks] if services is not None else []
    if target == "json":
        listed = {"checks": [_as_json(standing) for standing in standings]}
        emit(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", output, force=force)
        return
    emit("".join(f"{marked(line)}\n" for it in standings for line in _in_words(it)), output, force=force)
    if not standings:
        note("There are no saved checks; `healthcheck check start` begins one.")


@click.command()
@click.argument("check_id", metavar="CHECK")
@click.option("--history", is_flag=True, help="Every answer ever given, corrected ones too.")
@content_option
def show(check_id: str, history: bool, content_folder: Path | None) -> None:
    """The answers of a saved check, its alerts, and who finished it."""
    from healthcheck_cli.interview.views import answers_view

    with open_store() as store:
        check = store.check(check_id)
        services = services_of(content_folder)
        answers = store.answers(check.id)
        route = route_of(services, store, check)
        _say(f"{check.id}  {check.label}")
        for line in _endings(store, check):
            _say(line)
        for alert in store.alerts(check.id):
            _say(_alert_line(alert))
        if history:
            for kept in store.history(check.id):
                _say(_history_line(kept, route))
            return
        for section in route.sections:
            asked = route.asked(answers, section)
            done = sum(question.id in answers for question in asked)
            _say(f"\n{section.title} ({done} of {len(asked)})")
            _say(answers_view(route, answers, store.notes(check.id), section).text)


@click.command()
def verify() -> None:
    """Is every saved check as it was kept?

    Reads the whole file and follows the chain of hashes over what was kept in
    each check: what was changed or removed by hand is told by check and number.
    """
    with open_store() as store:
        faults = store.verify()
        count = len(store.checks()) if not faults else 0
    if faults:
        raise InputProblem(*faults)
    note(f"Checks that are as they were kept: {count}.")


def _standing(services: Services, store: CheckStore, check: Check) -> _Standing:
    answers = store.answers(check.id)
    age = (this_moment().date() - check.day).days
    unaccepted = len(store.alerts(check.id, unaccepted=True))
    try:
        asked = {question.id for question in route_of(services, store, check).asked(answers)}
    except InputProblem:
        return _Standing(check, age, len(answers), None, unaccepted)
    return _Standing(check, age, len(asked & set(answers)), len(asked), unaccepted)


def _state(check: Check) -> str:
    if check.finished is None:
        return "open"
    if check.amending:
        return "amending"
    return "amended" if check.amendments else "finished"


def _in_words(standing: _Standing) -> tuple[str, ...]:
    """Two lines, each narrower than a terminal for labels and names as they are."""
    check = standing.check
    finished = f"finished {check.finished:%Y-%m-%d}" if check.finished else "open"
    by = f" by {check.finished_by}, {check.finished_role}" if check.finished_by else ""
    again = {"amending": ", opened again", "amended": f", amended {_times(check.amendments)}"}.get(_state(check), "")
    of = f" of {standing.asked}" if standing.asked is not None else ""
    days = "1 day" if standing.age_days == 1 else f"{standing.age_days} days"
    alerts = f"; ALERTS NOBODY ACCEPTED: {standing.unaccepted}" if standing.unaccepted else ""
    return (
        f"{check.id}  {check.label}".rstrip(),
        f"  {finished}{by}{again}; {days} old; {standing.answered}{of} answered{alerts}",
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _as_json(standing: _Standing) -> dict[str, Any]:
    check = standing.check
    finished = (
        {"at": check.finished.isoformat(), "by": check.finished_by, "role": check.finished_role}
        if check.finished is not None
        else None
    )
    return {
        "id": check.id,
        "label": check.label,
        "state": _state(check),
        "started": check.started.isoformat(),
        "age_days": standing.age_days,
        "answered": standing.answered,
        "asked": standing.asked,
        "unaccepted_alerts": standing.unaccepted,
        "finished": finished,
        "amendments": check.amendments,
    }


def _endings(store: CheckStore, check: Check) -> list[str]:
    """Who finished the check, and each amendment of it."""
    lines = []
    if check.finished is not None:
        lines.append(f"Finished {_by(check.finished_by, check.finished_role)}{check.finished:%Y-%m-%d %H:%M}")
    for it in store.amendments(check.id):
        closed = (
            f"; finished {_by(it.finished_by, it.finished_role)}{it.finished:%Y-%m-%d %H:%M}" if it.finished else ""
        )
        lines.append(f"Amendment {it.number} {_by(it.by)}{it.at:%Y-%m-%d %H:%M}: {it.reason}{closed or ' (open)'}")
    return lines


def _by(name: str, role: str = "") -> str:
    who = ", ".join(part for part in (name, role) if part)
    return f"by {who}, " if who else ""


def _alert_line(alert: Alert) -> str:
    accepted = f"Accepted by {alert.accepted_by}, {alert.accepted:%Y-%m-%d %H:%M}." if alert.accepted else ""
    if alert.withdrawn:
        put_right = f"Withdrawn: the answer to {alert.put_right} was put right at {alert.withdrawn:%Y-%m-%d %H:%M}."
        return " ".join(it for it in (f"Withdrawn alert {alert.key}: {alert.says}", accepted, put_right) if it)
    return f"ALERT {alert.key}: {alert.says} {alert.action} {accepted or 'Nobody accepted it.'}"


def _history_line(kept: KeptAnswer, route: Route) -> str:
    from healthcheck_cli.interview.written import answer_in_words

    answer = kept.answer
    question = route.questions.get(answer.question)
    words = answer_in_words(question, answer) if question is not None else answer.typed
    when = f"{answer.at:%Y-%m-%d %H:%M}" if answer.at else ""
    sources = [f"amendment {kept.amendment}"] if kept.amendment else []
    sources += [answer.answered_by] if answer.answered_by else []
    sources += [f"typed by {kept.recorded_by}"] if kept.recorded_by else []
    beside = f" [{'; '.join(sources)}]" if sources else ""
    return f"{when}  {answer.question}: {words}{beside}"


def _say(text: str) -> None:
    for line in marked(text.rstrip()).split("\n"):
        wrapped = textwrap.wrap(line, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
        click.echo("\n".join(wrapped))
