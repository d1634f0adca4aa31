"""Is the reason for an antidepressant an old one?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.from_problems import known_by
from healthcheck_cli.facts.plain import leaves_nothing_out
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import Problem

_MOOD_GROUPS = ("depression", "anxiety")
_STALE_AFTER = relativedelta(years=5)


def _mood_reason_stale(sources: FactSources, _: FactLookup) -> FactValue:
    """Depression or anxiety is in the problem list, but only as something resolved or more than 5 years old.

    Unknown where an entry has no date or only may be one, or where the list may lack a newer one."""
    groups = [sources.problem_groups[name] for name in _MOOD_GROUPS if name in sources.problem_groups]
    there = [problem for problem in sources.record.problems if known_by(problem, sources.as_of)]
    held = [(entry, [group.holds(entry.term, entry.code) for group in groups]) for entry in there]
    recent = [_is_recent(entry, sources.as_of) for entry, holds in held if True in holds]
    if True in recent:
        return known(False, "depression or anxiety in the last 5 years")
    if None in recent or any(None in holds and True not in holds for _, holds in held):
        return UNKNOWN_FACT
    if not leaves_nothing_out(sources.record, "problems", sources.as_of - _STALE_AFTER if recent else None):
        return UNKNOWN_FACT
    if not recent:
        return known(False, "no depression or anxiety in the problems supplied")
    return known(True, "depression or anxiety only as resolved or over 5 years old")


def _is_recent(entry: Problem, as_of: date) -> bool | None:
    if entry.end is not None and entry.end < as_of:
        return False
    return None if entry.date is None else entry.date >= as_of - _STALE_AFTER


COMPUTATIONS: Mapping[str, Compute] = {"dx.mood_reason_stale": _mood_reason_stale}
