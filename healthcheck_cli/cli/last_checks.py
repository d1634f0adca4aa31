"""The person's check before this one: among the saved checks, or kept with this one where it came from elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from healthcheck_cli.cli.saved_actions import actions_before
from healthcheck_cli.errors import InputProblem

if TYPE_CHECKING:
    from healthcheck_cli.cli.check_services import Services
    from healthcheck_cli.interview.saved import Check
    from healthcheck_cli.interview.saving.store import CheckStore
    from healthcheck_cli.record import LastCheck


def last_check_of(services: Services, store: CheckStore, check: Check) -> LastCheck | None:
    """The check before this one; None where none is known.

    What was kept with a finished check stands: its plan is the same whatever is imported or amended later. While a
    check is open the saved checks are looked through first.
    """
    kept = store.last_check(check.id)
    if kept is not None and not check.is_open:
        return kept
    return _among_saved(services, store, check) or kept


def keep_last_check(services: Services, store: CheckStore, check: Check, at: datetime) -> None:
    """Keep the check before this one with it, and how the actions up to it stand: a copy elsewhere has both."""
    found, actions = _among_saved(services, store, check), actions_before(store, check)
    if found is not None and (found, actions) != (store.last_check(check.id), store.earlier_actions(check.id)):
        store.keep_last_check(check.id, found, at, actions)


def _among_saved(services: Services, store: CheckStore, check: Check) -> LastCheck | None:
    """The last finished check of the same label, with its answers and medicines. Where the files that were given with
    it cannot be read any more, it has no medicine list."""
    from healthcheck_cli.record import LastCheck

    before = store.previous(check)
    if before is None:
        return None
    answers = store.answers(before.id)
    try:
        record = services.adviser(store, before, with_last_check=False).record(answers)
    except InputProblem:
        return LastCheck(before.day, answers)
    return LastCheck(before.day, answers, record.medicines, record.is_complete("medicines"))
