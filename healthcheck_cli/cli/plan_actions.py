"""``healthcheck plan actions``: the actions of finished checks, and what became of each."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.check_finish import given
from healthcheck_cli.cli.check_services import open_store, this_moment
from healthcheck_cli.cli.options import IsoDate, is_plain, note, output_options, plain_option
from healthcheck_cli.errors import UsageProblem

if TYPE_CHECKING:
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.kept_actions import ActionMark, LivingAction
    from healthcheck_cli.plans.actions_list import ListedAction

_MOST_NAMED = 5


@click.command("actions")
@click.argument("check_id", required=False, metavar="[CHECK]")
@click.option("--overdue", is_flag=True, help="Only those that are open and past their day.")
@click.option("--owner", default="", metavar="OWNER", help="Only those of this owner (gp, pharmacist, …).")
@click.option("--person", default="", metavar="LABEL", help="Only those of the checks with this label.")
@click.option("--all", "everything", is_flag=True, help="Those that were marked too; without it only open ones.")
@click.option("--done", multiple=True, metavar="ID", help="Mark as done; needs CHECK and --by. Repeatable.")
@click.option("--not-done", multiple=True, metavar="ID", help="Mark as not done; needs --because. Repeatable.")
@click.option("--no-longer-needed", multiple=True, metavar="ID", help="Mark so; needs --because. Repeatable.")
@click.option("--by", "name", default="", metavar="NAME", help="Who says so; asked at a terminal.")
@click.option("--because", default="", metavar="TEXT", help="Why it was not done, or is no longer needed.")
@click.option("--on", "on", type=IsoDate(), default=None, show_default="today", help="The day it was done or decided.")
@click.option(
    "--to",
    "target",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--as-of",
    type=IsoDate(),
    default=lambda: this_moment().date(),
    show_default="today",
    help="The day on which an open action is overdue or not, as year-month-day.",
)
@plain_option
@output_options
def actions(
    check_id: str | None,
    overdue: bool,
    owner: str,
    person: str,
    everything: bool,
    done: tuple[str, ...],
    not_done: tuple[str, ...],
    no_longer_needed: tuple[str, ...],
    name: str,
    because: str,
    on: date | None,
    target: str,
    as_of: date,
    plain: bool,
    output: Path | None,
    force: bool,
) -> None:
    """List the open actions of finished checks, of the person of CHECK or of
    everyone; mark what became of them.

    Finishing a check keeps the actions of its plan. An action has the same id
    in every year in which the same is asked of the same person; one that is
    asked for again after it was done is open again. What is marked is added,
    with who said so and when, and never replaces anything.
    """
    from healthcheck_cli.output import check_writable, emit

    check_writable(output, force=force)
    wanted = {"done": done, "not_done": not_done, "no_longer_needed": no_longer_needed}
    with open_store() as store:
        if any(wanted.values()):
            _mark(store, check_id, wanted, name, because, on)
            return
        found = _listed(store, check_id)
    _refuse_unknown(owner, person, found)
    shown = [
        it
        for it in found
        if (everything or it.action.is_open)
        and (not overdue or it.action.overdue(as_of))
        and owner.casefold() in ("", it.action.action.owner.casefold())
        and person.casefold() in ("", it.person.casefold())
    ]
    emit(_written(shown, target, as_of, with_person=check_id is None, plain=is_plain(plain)), output, force=force)
    if not found:
        note("No actions are kept: finishing a check (healthcheck check finish) keeps those of its plan.")


def _listed(store: CheckStore, check_id: str | None) -> list[ListedAction]:
    from healthcheck_cli.cli.saved_actions import actions_of_person, of_everyone, person_of
    from healthcheck_cli.plans.actions_list import ListedAction

    if check_id is None:
        return [ListedAction(person_of(check), action) for check, action in of_everyone(store)]
    check = store.check(check_id)
    return [ListedAction(person_of(check), it) for it in actions_of_person(store, store.checks(), check)]


def _refuse_unknown(owner: str, person: str, found: Sequence[ListedAction]) -> None:
    """A slip of the pen must not read as "nothing to do": raises UsageProblem for what is no owner or label."""
    from healthcheck_cli.content.kinds.rules import OWNERS

    owners = {it.casefold() for it in (*OWNERS, *(it.action.action.owner for it in found))}
    if owner and owner.casefold() not in owners:
        raise UsageProblem(f"--owner: there is no such owner; they are {', '.join(OWNERS)}.")
    if person and person.casefold() not in {it.person.casefold() for it in found}:
        raise UsageProblem("--person: no actions are kept for this label; `healthcheck check list` shows the labels.")


def _written(shown: Sequence[ListedAction], target: str, as_of: date, *, with_person: bool, plain: bool) -> str:
    from healthcheck_cli.plans.actions_list import actions_csv, actions_json, actions_table

    if target == "json":
        return actions_json(shown, as_of)
    if target == "csv":
        return actions_csv(shown, as_of)
    width = max(80, shutil.get_terminal_size().columns)
    return actions_table(shown, as_of, with_person=with_person, plain=plain, width=width)


def _mark(
    store: CheckStore,
    check_id: str | None,
    wanted: dict[str, tuple[str, ...]],
    name: str,
    because: str,
    on: date | None,
) -> None:
    """Keep what became of the actions, all or none. Raises UsageProblem where something is missing or unknown."""
    from healthcheck_cli.cli.saved_actions import actions_of_person
    from healthcheck_cli.kept_actions import ActionMark, ActionState

    if check_id is None:
        raise UsageProblem("Say whose action it is: healthcheck plan actions CHECK --done ID --by NAME")
    now = this_moment()
    if on is not None and on > now.date():
        raise UsageProblem("--on: this day is still to come")
    check = store.check(check_id)
    known = {it.action.id: it for it in actions_of_person(store, store.checks(), check)}
    _refuse_unclear([it for ids in wanted.values() for it in ids], known)
    name = given(name, "--by", "Said by (name)")
    if wanted["not_done"] or wanted["no_longer_needed"]:
        because = given(because, "--because", "Why", a_name=False)
    marks = [
        ActionMark(it, ActionState(state), name, on or now.date(), "" if state == "done" else because)
        for state, ids in wanted.items()
        for it in ids
    ]
    keep_marks(store, known, marks)
    for mark in marks:
        note(f"{mark.id}: {mark.state.value.replace('_', ' ')}, kept with check {known[mark.id].check}.")


def keep_marks(store: CheckStore, known: dict[str, LivingAction], marks: Sequence[ActionMark]) -> None:
    """Keep each mark with the check whose plan asked for the action last."""
    now = this_moment()
    for check_id in dict.fromkeys(known[mark.id].check for mark in marks):
        with store.hold(check_id):
            store.mark_actions(check_id, [mark for mark in marks if known[mark.id].check == check_id], now)


def _refuse_unclear(ids: Sequence[str], known: dict[str, LivingAction]) -> None:
    twice = [it for it in dict.fromkeys(ids) if ids.count(it) > 1]
    if twice:
        raise UsageProblem(f"{twice[0]} is marked twice here: say what became of it once.")
    unknown = [it for it in ids if it not in known]
    if unknown:
        there = ", ".join(list(known)[:_MOST_NAMED])
        hint = f"there are {there}" + (" and more" if len(known) > _MOST_NAMED else "") if known else "there are none"
        raise UsageProblem(f"This person has no action {unknown[0]}; {hint}.")
