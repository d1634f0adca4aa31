"""Facts of a person written as in a record file, with the content of the project."""

from __future__ import annotations

from datetime import date
from typing import Any

from healthcheck_cli.conditions.values import FactValue, LineFacts, PersonFacts
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer

AS_OF = date(2026, 11, 22)
REVIEWER = Reviewer(load_content(find_content()))


def facts(**record: Any) -> PersonFacts:
    return REVIEWER.person_facts(record_from_mapping(record), AS_OF)


def fact(name: str, **record: Any) -> FactValue:
    return facts(**record).fact(name)


def observed(name: str, value: object = None, unit: str = "", on: str = "") -> dict[str, object]:
    given = {"name": name, "value": value, "unit": unit, "date": on}
    return {key: it for key, it in given.items() if it not in (None, "")}


def line(**medicine: Any) -> LineFacts:
    return facts(medicines=[medicine]).lines[0]
