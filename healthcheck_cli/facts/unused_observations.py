"""Observations that decide nothing: of a name and code that no fact takes, or with a value that none can read.

They are shown, so that a person can read them: a slip of the pen ("wieght") would be lost without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.content.models import Content, ObservationFeed
from healthcheck_cli.facts.computed import OWN_FEEDS
from healthcheck_cli.facts.computed.daily_life import NO_ALLERGY
from healthcheck_cli.facts.from_observations import content_of, plain_name
from healthcheck_cli.record import Observation, Record, Row


@dataclass(frozen=True)
class UnusedObservations:
    """Rows, each once and in the order of the record. ``unmatched``: no fact takes the name or the code.
    ``unread``: a value is written, and no fact that takes the observation can read it."""

    unmatched: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True)
class ObservationTakers:
    """The facts that take an observation, by its name in plain form and by its code."""

    by_name: Mapping[str, tuple[FactDeclaration, ...]]
    by_code: Mapping[str, tuple[FactDeclaration, ...]]

    @classmethod
    def of(cls, content: Content) -> ObservationTakers:
        """All that is asked of a record: the feeds of the content, those of computations, the words of no allergy."""
        by_name: dict[str, tuple[FactDeclaration, ...]] = {plain_name(words): () for words in NO_ALLERGY}
        by_code: dict[str, tuple[FactDeclaration, ...]] = {}
        for declaration, feed in _feeds(content):
            for name in {plain_name(it) for it in (*feed.names, declaration.name)}:
                by_name[name] = (*by_name.get(name, ()), declaration)
            for code in feed.codes:
                by_code[code] = (*by_code.get(code, ()), declaration)
        return cls(by_name, by_code)

    def unused(self, record: Record) -> UnusedObservations:
        """The observations of a record that decide nothing. A coded entry without a value is none of them: it is no
        measurement, and its code says to the problem groups what it is."""
        problems = {it.row for it in record.problems}
        unmatched: dict[Row, None] = {}
        unread: dict[Row, None] = {}
        for it in record.observations:
            name = plain_name(it.name)
            if name not in self.by_name and it.code not in self.by_code:
                if it.value is not None or not (it.code or it.row in problems):
                    unmatched[it.row] = None
            elif it.value is not None and not self._is_read(it, name):
                unread[it.row] = None
        return UnusedObservations(_numbers(unmatched), _numbers(unread))

    def _is_read(self, observation: Observation, name: str) -> bool:
        """A fact that is a date asks for no value. Where none is asked for a value, none is missed."""
        takers = (*self.by_name.get(name, ()), *self.by_code.get(observation.code, ()))
        return not takers or any(it.type is FactType.DATE or content_of(observation, it) is not None for it in takers)


def _feeds(content: Content) -> Iterator[tuple[FactDeclaration, ObservationFeed]]:
    """Every feed, with the fact that is read from it; own feeds of facts that this content does not have are idle."""
    for fact in content.facts.values():
        if fact.observation is not None:
            yield fact.declaration, fact.observation
    for own in OWN_FEEDS:
        declaration = own.declaration or (content.facts[own.name].declaration if own.name in content.facts else None)
        if declaration is not None:
            yield declaration, own.feed


def _numbers(rows: Iterable[Row]) -> tuple[int, ...]:
    return tuple(row.number for row in rows)
