"""Dates worked out from several facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, DateRange, FactValue, State
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, OwnFeed
from healthcheck_cli.facts.from_answers import newest_of
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import day_in_words

_BOWEL_QUESTIONS = ("bowel.days_since", "bowel.per_week", "bowel.type")
_BOWEL_RECORD = ObservationFeed(names=("bowel review", "bowel habit", "stool chart"))
_FORM_NAMES = (
    *("{} annual risk form", "{} risk form", "{} pregnancy prevention programme"),
    "{} annual risk acknowledgement form",
)
_PROGRAMME_RECORDS = {
    medicine: ObservationFeed(names=tuple(name.format(medicine) for name in _FORM_NAMES))
    for medicine in ("valproate", "topiramate")
}
_SUGAR_TESTS = ("lab.hba1c", "lab.glucose_fasting")


def _bowel_review(sources: FactSources, _: FactLookup) -> FactValue:
    """The bowels were looked at on the day any of the three bowel questions was answered, or a later one on record."""
    declaration = sources.content.facts["review.bowel"].declaration
    recorded = fact_from_observations(_BOWEL_RECORD, declaration, sources.record, sources.as_of)
    answers = [answer for answer in map(sources.answered, _BOWEL_QUESTIONS) if answer is not None]
    if not answers:
        return recorded
    day = max(answer.at.date() if answer.at is not None else sources.as_of for answer in answers)
    asked = FactValue(State.KNOWN, dates=DateRange(day, day), shown=f"asked on {day_in_words(day)}")
    return newest_of((asked, recorded))


def _glycaemia(_: FactSources, fact: FactLookup) -> FactValue:
    """The newer of HbA1c and fasting glucose: either shows that blood sugar was looked at."""
    tests = map(fact, _SUGAR_TESTS)
    return newest_of([replace(it, state=State.KNOWN, value=None) if it.dates is not None else it for it in tests])


_NOT_NEEDED = "not_needed"


def _programme_form(question: str, medicine: str) -> Compute:
    """The year's form of a pregnancy prevention programme. "In date" is some day of the 12 months up to the answer;
    "not in date" is longer ago than that, or never. A date in the record says more than either."""
    feed = _PROGRAMME_RECORDS[medicine]

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        declaration = sources.content.facts[f"ppp.{medicine}_form"].declaration
        recorded = fact_from_observations(feed, declaration, sources.record, sources.as_of)
        answered = sources.answered(question)
        if (recorded.dates is not None and recorded.dates.earliest) or answered is None:
            return recorded
        day = min(answered.at.date(), sources.as_of) if answered.at is not None else sources.as_of
        year_ago = day - relativedelta(years=1)
        said = {
            "yes_programme_in_date": DateRange(year_ago + timedelta(days=1), day),
            "yes_not_in_date": DateRange(None, year_ago),
        }.get(str(answered.value))
        if str(answered.value) == _NOT_NEEDED:
            return FactValue(State.DOES_NOT_APPLY, shown=f"{question}: does not need one")
        if said is None:  # a word of earlier content: "no" may have meant that there is none
            return UNKNOWN_FACT
        return FactValue(State.KNOWN, dates=said, shown=f"{question}: {str(answered.value).replace('_', ' ')}")

    return compute


FEEDS = (
    OwnFeed("review.bowel", _BOWEL_RECORD),
    *(OwnFeed(f"ppp.{medicine}_form", feed) for medicine, feed in _PROGRAMME_RECORDS.items()),
)

COMPUTATIONS: Mapping[str, Compute] = {
    "review.bowel": _bowel_review,
    "lab.glycaemia": _glycaemia,
    "ppp.valproate_form": _programme_form("epi.valproate", "valproate"),
    "ppp.topiramate_form": _programme_form("epi.topiramate", "topiramate"),
}
