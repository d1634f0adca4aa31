"""Dates worked out from several facts."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.values import DateRange, FactValue, State
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.computed.shared import Compute, FactLookup
from healthcheck_cli.facts.from_answers import newest_of
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.sources import FactSources

_BOWEL_QUESTIONS = ("bowel.days_since", "bowel.per_week", "bowel.type")
_BOWEL_RECORD = ObservationFeed(names=("bowel review", "bowel habit", "stool chart"))
_SUGAR_TESTS = ("lab.hba1c", "lab.glucose_fasting")


def _bowel_review(sources: FactSources, _: FactLookup) -> FactValue:
    """The bowels were looked at on the day any of the three bowel questions was answered."""
    answers = [answer for answer in map(sources.answered, _BOWEL_QUESTIONS) if answer is not None]
    if answers:
        day = max(answer.at.date() if answer.at is not None else sources.as_of for answer in answers)
        return FactValue(State.KNOWN, dates=DateRange(day, day), shown=f"asked on {day.isoformat()}")
    declaration = sources.content.facts["review.bowel"].declaration
    return fact_from_observations(_BOWEL_RECORD, declaration, sources.record, sources.as_of)


def _glycaemia(_: FactSources, fact: FactLookup) -> FactValue:
    """The newer of HbA1c and fasting glucose: either shows that blood sugar was looked at."""
    tests = [test for test in map(fact, _SUGAR_TESTS) if test.dates is not None]
    return newest_of([FactValue(State.KNOWN, dates=test.dates, rows=test.rows, shown=test.shown) for test in tests])


COMPUTATIONS: Mapping[str, Compute] = {"review.bowel": _bowel_review, "lab.glycaemia": _glycaemia}
