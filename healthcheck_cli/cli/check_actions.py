"""At the beginning of a check: what became of the actions of the checks before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from healthcheck_cli.cli.check_services import this_moment
from healthcheck_cli.cli.saved_actions import actions_before

if TYPE_CHECKING:
    from healthcheck_cli.interview.saved import Check
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.interview.screen import Screen
    from healthcheck_cli.kept_actions import ActionMark, LivingAction


def ask_about_actions(store: CheckStore, check: Check, screen: Screen) -> bool:
    """Offer the actions that are open, and keep what is said of them. True where the user saved and left.

    Where something was said of every one, that is kept as the answer to the question on the last plan as well.
    """
    from healthcheck_cli.interview.last_actions import answer_on_last_plan, go_through

    before = actions_before(store, check)
    waiting = sorted((it for it in before if it.is_open), key=lambda it: (it.action.level.rank, it.action.due))
    if not waiting:
        return False

    def keep(living: LivingAction, mark: ActionMark) -> None:
        store.mark_actions(living.check, [mark], this_moment())

    gone = go_through(waiting, screen, keep, this_moment().date())
    answer = answer_on_last_plan(before, gone.said, this_moment())
    if answer is not None:
        store.add(check.id, [answer])
        click.echo("Kept as the answer to the question on your last plan, too.")
    return gone.left
