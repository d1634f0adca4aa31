"""Small wrong versions of a condition. A rule's examples are good enough when they tell each of these from the rule."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import timedelta

from healthcheck_cli.conditions.functions import FUNCTIONS
from healthcheck_cli.conditions.tree import (
    And,
    Atom,
    Call,
    Comparison,
    ComparisonOperator,
    Condition,
    Day,
    LineCondition,
    LineNot,
    LineTest,
    Literal,
    Membership,
    Not,
    Number,
    Or,
    Test,
    all_of,
    any_of,
    negated,
    replace,
    with_arguments,
    with_test,
)

_NEIGHBOUR: Mapping[ComparisonOperator, ComparisonOperator] = {
    ">=": ">",
    ">": ">=",
    "<=": "<",
    "<": "<=",
    "==": "!=",
    "!=": "==",
}

_WHOLE_DAYS = ("taken_for", "begun", "within")
"""Attributes of a line that count the days between two dates."""


def mutations(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """Every version of a checked condition with one thing changed, each with words that say what.

    Changed are: a comparison, to its neighbour; a number or a date, one step up and one down (0.1 for a number written
    with decimals); ``and`` to ``or`` and back; an atom, to its opposite; a ``not`` or a condition on a medicine line,
    left out.

    >>> from healthcheck_cli.conditions.parse import parse
    >>> [mutant.text for _, mutant in mutations(parse("chest.infections >= 3"))]
    ['chest.infections > 3', 'chest.infections >= 4', 'chest.infections >= 2', 'not chest.infections >= 3']
    """
    for before, after in _changes(condition, under_not=False):
        yield f"`{before.text}` became `{after.text}`", replace(condition, before, after)


def _changes(condition: Condition, *, under_not: bool) -> Iterator[tuple[Condition, Condition]]:
    """Every part that can be changed, with what it changes to."""
    if isinstance(condition, Atom):
        for changed in _changed_atoms(condition):
            yield condition, changed
        if not under_not:  # the opposite of a negated atom is its `not` left out
            yield condition, negated(condition)
    elif isinstance(condition, Not):
        yield condition, condition.part
        yield from _changes(condition.part, under_not=True)
    elif isinstance(condition, And | Or):
        yield condition, any_of(condition.parts) if isinstance(condition, And) else all_of(condition.parts)
        for part in condition.parts:
            yield from _changes(part, under_not=False)


def _changed_atoms(atom: Atom) -> Iterator[Atom]:
    if atom.test is not None:
        for test in _changed_tests(atom.test):
            yield with_test(atom, test)
    if isinstance(atom.subject, Call) and FUNCTIONS[atom.subject.function].takes_lines:
        first, lines = atom.subject.arguments[0], atom.subject.lines
        for index, line in enumerate(lines):
            before, after = lines[:index], lines[index + 1 :]
            for changed in _changed_lines(line):
                yield with_arguments(atom, (first, *before, changed, *after))
            yield with_arguments(atom, (first, *before, *after))


def _changed_lines(line: LineCondition) -> Iterator[LineCondition]:
    if isinstance(line, LineNot):
        for part in _changed_lines(line.part):
            yield dataclasses.replace(line, part=part, text=f"not {part.text}")
    elif isinstance(line, LineTest) and line.test is not None:
        for test in _changed_tests(line.test):
            if not (line.attribute in _WHOLE_DAYS and _same_for_whole_days(line.test, test)):
                yield dataclasses.replace(line, test=test, text=f"{line.attribute} {test.text}")


def _same_for_whole_days(before: Test, after: Test) -> bool:
    """Can no whole number of days tell the two apart? 12 months are 365.25 days: ``>`` and ``>=`` say the same."""
    if not (isinstance(before, Comparison) and isinstance(after, Comparison) and isinstance(before.literal, Number)):
        return False
    return before.literal == after.literal and before.literal.value % 1 != 0 and before.operator not in ("==", "!=")


def _changed_tests(test: Test) -> Iterator[Test]:
    if isinstance(test, Comparison):
        operator = _NEIGHBOUR[test.operator]
        yield dataclasses.replace(test, operator=operator, text=f"{operator} {test.literal.text}")
        for literal in _steps(test.literal):
            yield dataclasses.replace(test, literal=literal, text=f"{test.operator} {literal.text}")
    elif isinstance(test, Membership):
        for index, before in enumerate(test.literals):
            for literal in _steps(before):
                literals = (*test.literals[:index], literal, *test.literals[index + 1 :])
                text = f"in ({', '.join(each.text for each in literals)})"
                yield dataclasses.replace(test, literals=literals, text=text)


def _steps(literal: Literal) -> Iterator[Literal]:
    """The literal one step up and one step down; a word has none."""
    if isinstance(literal, Number):
        decimals = 1 if "." in literal.text else 0
        for step in (0.1, -0.1) if decimals else (1, -1):
            amount = round(literal.amount + step, 6)
            text = f"{amount:.{max(decimals, _decimals(amount))}f} {literal.unit}".rstrip()
            yield dataclasses.replace(literal, amount=amount, setting="", text=text)
    elif isinstance(literal, Day):
        for days in (1, -1):
            value = literal.value + timedelta(days=days)
            yield dataclasses.replace(literal, value=value, text=value.isoformat())


def _decimals(amount: float) -> int:
    return len(f"{amount:.6f}".rstrip("0").partition(".")[2])
