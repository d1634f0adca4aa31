"""Facts from measurements, results, reviews and events: the newest of its kind, if it is not too old.

A value older than the fact allows is unknown for the rules, and is shown with its date all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from healthcheck_cli.conditions.values import (
    NEVER,
    UNKNOWN_FACT,
    DateRange,
    FactContent,
    FactValue,
    Interval,
    State,
)
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.plain import finite_number
from healthcheck_cli.medicines.units import UnitMismatch, convert
from healthcheck_cli.record import ListName, Observation, Record


def named_observations(feed: ObservationFeed, fact_name: str, record: Record) -> list[Observation]:
    """The observations of the feed, newest first, undated ones last."""
    names = {_plain(name) for name in (*feed.names, fact_name)}
    found = [o for o in record.observations if (o.code and o.code in feed.codes) or _plain(o.name) in names]
    return sorted(found, key=lambda o: (o.date is not None, o.date or date.min), reverse=True)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def fact_from_observations(
    feed: ObservationFeed, declaration: FactDeclaration, record: Record, as_of: date
) -> FactValue:
    """The newest observation on or before ``as_of``. An undated value decides nothing where an age is asked for."""
    found = [o for o in named_observations(feed, declaration.name, record) if o.date is None or o.date <= as_of]
    dated = [o for o in found if o.date is not None]
    if declaration.type is FactType.DATE:
        return _newest_date(dated, found, declaration, record)
    dates = DateRange(dated[0].date, dated[0].date) if dated else _absent_since(declaration, record)
    for observation in dated or ([] if feed.within_days is not None else found):
        content = _content(observation, declaration)
        if content is None:
            continue
        old = feed.within_days is not None and observation.date is not None
        if old and observation.date < as_of - timedelta(days=feed.within_days or 0):  # type: ignore[operator]
            return _date_only(dates, _shown(observation, "too old to use"))
        own = DateRange(observation.date, observation.date) if observation.date is not None else dates
        return FactValue(State.KNOWN, content, own, shown=_shown(observation))
    return _date_only(dates, "none found") if dates is not None else UNKNOWN_FACT


def _date_only(dates: DateRange | None, shown: str) -> FactValue:
    """No value that can be used; how long ago it was is known all the same."""
    return FactValue(State.UNKNOWN, dates=dates, shown=shown)


def _newest_date(
    dated: Sequence[Observation], found: Sequence[Observation], declaration: FactDeclaration, record: Record
) -> FactValue:
    if dated:
        newest = dated[0]
        return FactValue(State.KNOWN, dates=DateRange(newest.date, newest.date), shown=_shown(newest))
    if found:  # it happened, nobody says when
        return UNKNOWN_FACT
    absent = _absent_since(declaration, record)
    return FactValue(State.KNOWN, dates=absent, shown="none found") if absent is not None else UNKNOWN_FACT


def _absent_since(declaration: FactDeclaration, record: Record) -> DateRange | None:
    """Nothing found: if the list is complete for all time it never happened; if complete from a day, not since then."""
    name: ListName = "events" if declaration.type is FactType.DATE else "observations"
    if not record.is_complete(name):
        return None
    since = record.complete[name]
    return NEVER if since is None else DateRange(None, since)


def _content(observation: Observation, declaration: FactDeclaration) -> FactContent | None:
    value = observation.value
    if declaration.type in (FactType.NUM, FactType.INT):
        number = finite_number(value)
        return None if number is None else _in_unit(number, observation.unit, declaration)
    if declaration.type is FactType.YN:
        return {"yes": True, "true": True, "no": False, "false": False}.get(str(value).casefold())
    word = str(value) if value is not None else None
    return word if word is not None and (not declaration.values or word in declaration.values) else None


def _in_unit(value: float, unit: str, declaration: FactDeclaration) -> Interval | None:
    """A value in a unit that cannot become the fact's is no value: it is not guessed."""
    if not unit or not declaration.unit or unit.casefold() == declaration.unit.casefold():
        return Interval.exactly(value)
    try:
        return Interval.exactly(convert(value, unit, declaration.unit, declaration.name.rpartition(".")[2]))
    except UnitMismatch:
        return None


def _shown(observation: Observation, note: str = "") -> str:
    value = "" if observation.value is None else f" {observation.value:g}" if _is_number(observation) else ""
    words = f" {observation.value}" if observation.value is not None and not value else value
    unit = f" {observation.unit}" if observation.unit and observation.value is not None else ""
    day = f" on {observation.date.isoformat()}" if observation.date is not None else ", no date"
    return f"{observation.name or observation.code}{words}{unit}{day}" + (f" ({note})" if note else "")


def _is_number(observation: Observation) -> bool:
    return finite_number(observation.value) is not None
