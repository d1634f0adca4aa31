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
from healthcheck_cli.record import ListName, Observation, Record, day_in_words

# The last part of a fact's name, where the unit converter calls the quantity something else.
_QUANTITY = {"glucose_fasting": "glucose", "vit_d": "vitamin_d"}


def named_observations(feed: ObservationFeed, fact_name: str, record: Record, as_of: date) -> list[Observation]:
    """The observations of the feed on or before ``as_of``, newest first, undated ones last."""
    names = {plain_name(name) for name in (*feed.names, fact_name)}
    there = [o for o in record.observations if o.date is None or o.date <= as_of]
    found = [o for o in there if (o.code and o.code in feed.codes) or plain_name(o.name) in names]
    return sorted(found, key=lambda o: (o.date is not None, o.date or date.min), reverse=True)


def plain_name(name: str) -> str:
    """A name of an observation as it is compared."""
    return " ".join(name.casefold().replace("_", " ").split())


def fact_from_observations(
    feed: ObservationFeed, declaration: FactDeclaration, record: Record, as_of: date
) -> FactValue:
    """The newest observation on or before ``as_of``. An undated value decides nothing where an age is asked for.

    A newest value that cannot be read leaves the fact unknown: an older one does not stand in for it.
    """
    found = named_observations(feed, declaration.name, record, as_of)
    dated = [o for o in found if o.date is not None]
    if declaration.type is FactType.DATE:
        return _newest_date(dated, found, declaration, record)
    if not found:
        absent = _absent_since(declaration, record)
        return UNKNOWN_FACT if absent is None else _date_only(absent, "none found")
    dates = DateRange(dated[0].date, dated[0].date) if dated else None
    with_value = [o for o in dated or ([] if feed.within_days is not None else found) if o.value is not None]
    if not with_value:
        return _date_only(dates, "no value found")
    newest = [o for o in with_value if o.date == with_value[0].date]
    readable = [(o, content) for o in newest if (content := content_of(o, declaration)) is not None]
    if not readable:
        return _date_only(dates, "the newest value cannot be read")
    observation, content = readable[0]
    if feed.within_days is not None and (observation.date or date.min) < as_of - timedelta(days=feed.within_days):
        return _date_only(dates, _shown(observation, "too old to use"))
    return FactValue(State.KNOWN, content, dates, shown=_shown(observation))


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
    """Nothing found: if the list is complete for all time it never happened; if complete from a day, not since then.

    The date of a laboratory test is looked for among the observations, that of a review or an event among the events.
    """
    is_event = declaration.type is FactType.DATE and not declaration.name.startswith("lab.")
    name: ListName = "events" if is_event else "observations"
    if not record.is_complete(name):
        return None
    since = record.complete[name]
    return NEVER if since is None else DateRange(None, since)


def number_in_unit(observation: Observation, declaration: FactDeclaration) -> float | None:
    """The number observed, in the fact's unit. One in a unit that cannot become the fact's is no value: it is not
    guessed. A number without a unit is in the fact's."""
    value, unit = finite_number(observation.value), observation.unit
    if value is None or not unit or not declaration.unit or unit.casefold() == declaration.unit.casefold():
        return value
    what = declaration.name.rpartition(".")[2]
    try:
        return finite_number(convert(value, unit, declaration.unit, _QUANTITY.get(what, what)))
    except UnitMismatch:
        return None


def content_of(observation: Observation, declaration: FactDeclaration) -> FactContent | None:
    """What the value of an observation says of a fact; None where it cannot be read."""
    if declaration.type in (FactType.NUM, FactType.INT):
        number = number_in_unit(observation, declaration)
        return None if number is None else Interval.exactly(number)
    if declaration.type is FactType.YN:
        return {"yes": True, "true": True, "no": False, "false": False}.get(str(observation.value).casefold())
    word = str(observation.value)
    return word if not declaration.values or word in declaration.values else None


def _shown(observation: Observation, note: str = "") -> str:
    value = "" if observation.value is None else f" {observation.value:g}" if _is_number(observation) else ""
    words = f" {observation.value}" if observation.value is not None and not value else value
    unit = f" {observation.unit}" if observation.unit and observation.value is not None else ""
    day = f" on {day_in_words(observation.date)}" if observation.date is not None else ", no date"
    return f"{observation.name or observation.code}{words}{unit}{day}" + (f" ({note})" if note else "")


def _is_number(observation: Observation) -> bool:
    return finite_number(observation.value) is not None
