"""When something was last done, as a row of a table of the check tells it: "lipids, May 2026"."""

from __future__ import annotations

from dataclasses import replace

from healthcheck_cli.conditions.values import DateRange, FactValue, State
from healthcheck_cli.conditions.vocabulary import FactType
from healthcheck_cli.content.models import Fact
from healthcheck_cli.facts.computed.cells import day, rows_of, word
from healthcheck_cli.facts.from_answers import newest_of
from healthcheck_cli.facts.sources import FactSources

_DATE = "date"


def with_told_dates(known: FactValue, fact: Fact, sources: FactSources) -> FactValue:
    """The fact with the day that a table tells, where that is newer than what is known otherwise.

    The row has a date and no result that could be read, and an older result does not stand in for it: a value from
    before that day is then unknown.
    """
    told = [value for question, item in fact.told_in.items() for value in _told(question, item, sources)]
    if not told:
        return known
    last = newest_of(told)
    if fact.declaration.type is FactType.DATE:
        return newest_of((known, last)) if known.dates is not None else last
    if known.dates is None or _is_later(last.dates, known.dates):
        return replace(known, state=State.UNKNOWN, value=None, dates=last.dates, shown=last.shown)
    return known


def _told(question: str, item: str, sources: FactSources) -> list[FactValue]:
    """Each day that the rows about the item give, up to the day of the review. A row without one tells nothing here."""
    asked = sources.content.questions.get(question)
    rows = rows_of(sources, question) if asked is not None and asked.columns else None
    found = []
    for row in rows or ():
        given = day(row, _DATE) if asked is not None and word(row, asked.columns[0]) == item else None
        if given is not None and given.earliest <= sources.as_of:
            dates = DateRange(given.earliest, min(given.latest, sources.as_of))
            found.append(FactValue(State.KNOWN, dates=dates, shown=f"{question}: {item}, {row.get(_DATE, '').strip()}"))
    return found


def _is_later(told: DateRange | None, known: DateRange) -> bool:
    if told is None or told.latest is None:
        return False
    return known.latest is None or told.latest > known.latest
