"""From the small record of an example to the facts its rule is tested on.

An example's record has the shape of a record file, made shorter: a list that is given is complete unless it is named
under ``incomplete``, and ``facts`` sets facts outright, for what would take a long record to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from healthcheck_cli.conditions.values import NEVER, DateRange, FactContent, FactValue, Interval, PersonFacts, State
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.content.models import Content, Rule
from healthcheck_cli.errors import ContentProblem
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer

_STATES = {state.value: state for state in State if state is not State.KNOWN}


class ExampleFacts:
    """Makes the facts of examples with one content."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._reviewer = Reviewer(content)

    def __call__(self, rule: Rule, record: Mapping[str, Any], content: Content, as_of: date) -> PersonFacts:
        """The facts of one example of ``rule``; raises ContentProblem where the example names what is not there."""
        del content
        made = record_from_mapping(record, file=rule.place.file, example=True)
        made = replace(made, from_check=rule.applies == "check")
        given = {name: self._given(rule, name, value) for name, value in dict(record.get("facts", {})).items()}
        return self._reviewer.person_facts(made, record.get("as_of", as_of), given)

    def _given(self, rule: Rule, name: str, value: object) -> FactValue:
        fact = self._content.facts.get(name)
        if fact is None:
            raise ContentProblem(f"{rule.place}: unknown-fact an example of {rule.id} sets {name}, which is no fact")
        return given_fact(fact.declaration, value)


def given_fact(declaration: FactDeclaration, value: object) -> FactValue:
    """A fact as an example writes it: a value, a state such as ``declined``, a date, ``never``, or value and date."""
    if isinstance(value, str) and value in _STATES and value not in declaration.values:
        return FactValue(_STATES[value])
    if isinstance(value, Mapping):
        dates = _dates(value.get("date"))
        if "value" not in value:
            return FactValue(State.UNKNOWN, dates=dates)
        return replace(given_fact(declaration, value["value"]), dates=dates)
    if declaration.type is FactType.DATE or isinstance(value, date) or (value == "never" and declaration.dated):
        state = State.KNOWN if declaration.type is FactType.DATE else State.UNKNOWN
        return FactValue(state, dates=_dates(value), shown=f"{declaration.name} {value}")
    return FactValue(State.KNOWN, _content(declaration, value), shown=f"{declaration.name}: {value}")


def _dates(value: object) -> DateRange | None:
    if isinstance(value, date):
        return DateRange(value, value)
    return NEVER if value == "never" else None


def _content(declaration: FactDeclaration, value: object) -> FactContent:
    if declaration.type is FactType.MULTI:
        ticked = value if isinstance(value, (list, tuple)) else [value]
        return frozenset(map(str, ticked)) - {declaration.nothing}
    if declaration.type in (FactType.NUM, FactType.INT) and isinstance(value, (int, float)):
        return Interval.exactly(float(value))
    if isinstance(value, bool):
        return value if declaration.type is FactType.YN else ("yes" if value else "no")
    if declaration.type is FactType.YN and value in ("yes", "no"):
        return value == "yes"
    return str(value)
