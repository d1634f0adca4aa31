"""When the person was reviewed and tested, for what is asked of a medicine line since its start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from healthcheck_cli.conditions.values import DateRange, FactValue, State
from healthcheck_cli.facts.from_observations import named_observations
from healthcheck_cli.facts.line_history import CareDates
from healthcheck_cli.facts.sources import FactSources

_START_CHECKS = (("meas.weight",), ("meas.bp_sys",), ("lab.hba1c", "lab.glucose_fasting"), ("lab.lipids",))
"""The tests that go with the start of an antipsychotic; any of those of one entry will do."""


def care_dates(sources: FactSources, ungated: Callable[[str], FactValue]) -> CareDates:
    """The dates, from the record and from answers. ``ungated`` gives a fact whoever it is asked of: the medicine lines
    that say whom it is asked of are only being made."""
    complete = sources.record.complete
    return CareDates(
        last_review=_dates(ungated("review.psychotropic")),
        team_review=_dates(ungated("review.team")),
        start_checks=tuple(
            frozenset(day for name in names for day in _days(name, sources, ungated(name))) for names in _START_CHECKS
        ),
        tests_complete="observations" in complete,
        tests_complete_from=complete.get("observations"),
    )


def _dates(fact: FactValue) -> DateRange | None:
    return fact.dates if fact.state is State.KNOWN else None


def _days(name: str, sources: FactSources, newest: FactValue) -> frozenset[date]:
    """Every day on record for a test, and that of its newest answer."""
    fact = sources.content.facts.get(name)
    if fact is None or fact.observation is None:
        return frozenset()
    found = named_observations(fact.observation, name, sources.record, sources.as_of)
    days = {it.date for it in found if it.date is not None}
    if newest.dates is not None and newest.dates.earliest is not None and newest.dates.earliest == newest.dates.latest:
        days.add(newest.dates.earliest)
    return frozenset(days)
