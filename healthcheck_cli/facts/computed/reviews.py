"""Dates of reviews that more than one question or record entry can give: the newest counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.conditions.values import UNKNOWN_FACT, DateRange, FactValue, State
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.computed.shared import Compute, FactLookup
from healthcheck_cli.facts.from_answers import dates_of
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.sources import FactSources

_SUGAR_TESTS = ("lab.hba1c", "lab.glucose_fasting")
_BOWEL_QUESTIONS = ("bowel.days_since", "bowel.per_week", "bowel.type")


def newest_of(found: Sequence[FactValue]) -> FactValue:
    """The newest date that is known. "Never" and "not found since" count only where no date is known."""
    happened = [f for f in found if f.state is State.KNOWN and f.dates is not None and f.dates.earliest is not None]
    if happened:
        return max(happened, key=lambda f: f.dates.latest)  # type: ignore[union-attr,return-value,arg-type]
    known = [f for f in found if f.state is State.KNOWN and f.dates is not None]
    return known[0] if known else UNKNOWN_FACT


def _newest(fact_name: str, questions: Sequence[str], names: tuple[str, ...], codes: tuple[str, ...] = ()) -> Compute:
    feed = ObservationFeed(names=names, codes=codes)

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        declaration = sources.content.facts[fact_name].declaration
        found = [fact_from_observations(feed, declaration, sources.record, sources.as_of)]
        for question in questions:
            answered = sources.answered(question)
            dates = dates_of(answered.value) if answered is not None else None
            if dates is not None:
                when = "never" if dates.never else f"{dates.latest}"
                found.append(FactValue(State.KNOWN, dates=dates, shown=f"{question}: {when}"))
        return newest_of(found)

    return compute


def _bowel_review(sources: FactSources, _: FactLookup) -> FactValue:
    """The bowels were looked at on the day any of the three bowel questions was answered."""
    days = [a.at.date() for a in map(sources.answered, _BOWEL_QUESTIONS) if a is not None and a.at is not None]
    if any(sources.answered(question) is not None for question in _BOWEL_QUESTIONS) and not days:
        days = [sources.as_of]
    if days:
        return FactValue(State.KNOWN, dates=DateRange(max(days), max(days)), shown=f"asked on {max(days).isoformat()}")
    declaration = sources.content.facts["review.bowel"].declaration
    feed = ObservationFeed(names=("bowel review", "bowel habit", "stool chart"))
    return fact_from_observations(feed, declaration, sources.record, sources.as_of)


def _glycaemia(_: FactSources, fact: FactLookup) -> FactValue:
    """The newer of HbA1c and glucose: either shows that blood sugar was looked at."""
    tests = [test for test in map(fact, _SUGAR_TESTS) if test.dates is not None]
    return newest_of([FactValue(State.KNOWN, dates=test.dates, rows=test.rows, shown=test.shown) for test in tests])


COMPUTATIONS: Mapping[str, Compute] = {
    "review.psychotropic": _newest(
        "review.psychotropic",
        ("meds.stomp_review", "meds.smr"),
        (
            "psychotropic review",
            "STOMP review",
            "STAMP review",
            "antipsychotic review",
            "mental health medication review",
            "structured medication review",
        ),
        ("1106111000000108", "769063007", "413143000"),
    ),
    "review.medication": _newest(
        "review.medication",
        ("meds.smr", "meds.stomp_review"),
        ("medication review", "structured medication review"),
    ),
    "review.bowel": _bowel_review,
    "lab.glycaemia": _glycaemia,
}
