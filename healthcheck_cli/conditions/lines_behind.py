"""What a function over medicine lines, or a scale, stands on: the rows that count, and what keeps it unknown."""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli.conditions.attributes import DECIDES_CLASS
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.line_functions import attribute_of, line_parts, standings
from healthcheck_cli.conditions.tree import Call
from healthcheck_cli.conditions.values import PersonFacts, Truth


def lines_behind(call: Call, person: PersonFacts) -> tuple[tuple[int, ...], str]:
    """The lines that count; for a number also those that may, because they widen it."""
    function = FUNCTIONS[call.function]
    if function.about is not About.CLASS:
        return (), ""
    lines = [standing.line for standing in standings(call, person) if standing.sure or function.number]
    rows = dict.fromkeys(line.row for line in lines)
    shown = dict.fromkeys(line.shown for line in lines if line.shown)
    return tuple(rows), "; ".join(shown)


def missing_of_call(call: Call, person: PersonFacts) -> Iterator[str]:
    """Everything that keeps a function over lines, or a scale, from being known."""
    named: list[str] = [] if person.medicines_complete else ["complete"]
    if person.unrecognised_rows:
        named.append("unrecognised")
    if FUNCTIONS[call.function].about is About.CLASS:
        named.extend(_missing_of_lines(call, person))
        fallback = next(iter(FUNCTIONS[call.function].reads), DECIDES_CLASS)
    else:
        fallback = call.name
    for name in named or [fallback]:
        yield f"medicines.{name}"


def _missing_of_lines(call: Call, person: PersonFacts) -> Iterator[str]:
    for standing in standings(call, person):
        for name, truth in line_parts(call, standing.line):
            if truth is Truth.UNKNOWN:
                yield DECIDES_CLASS if name == "class" else name
        for name in FUNCTIONS[call.function].reads:
            if attribute_of(standing.line, name) is None:
                yield name
