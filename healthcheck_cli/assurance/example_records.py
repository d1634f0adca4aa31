"""Examples of rules are records: each must be one that a record file could hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.models import Content, Example
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.value_places import ValueOf
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.record_file import record_from_mapping

_PLACED = re.compile(r":([0-9]+):([0-9]+): (.*)", re.DOTALL)


def _readable(content: Content, _: date) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        for example in rule.examples:
            yield from _faults(example, content.examples_as_of)


def _faults(example: Example, as_of: date) -> Iterator[Diagnostic]:
    file = example.place.file
    try:
        record = record_from_mapping(example.record, file, example=True)
    except InputProblem as refused:
        yield from (_placed(problem, example) for problem in refused.problems)
        return
    born, day = record.person.date_of_birth, example.record.get("as_of", as_of)
    if born is not None and isinstance(day, date) and born.earliest > day:
        place = ValueOf.at(example.place, "date_of_birth")
        yield Diagnostic(place, "bad-example", "person.date_of_birth: is after the day of the example", f"{day}")


def _placed(problem: str, example: Example) -> Diagnostic:
    """A problem of a record file ("file:line:column: what") as one of the content."""
    file = example.place.file
    found = _PLACED.fullmatch(problem.removeprefix(file))
    if found is None:
        return Diagnostic(example.place, "bad-example", problem.removeprefix(f"{file}: "))
    return Diagnostic(Place(file, int(found.group(1)), int(found.group(2))), "bad-example", found.group(3))


CHECKS = (Check("every example could be read as a record", _readable, Needs.RECORD),)
