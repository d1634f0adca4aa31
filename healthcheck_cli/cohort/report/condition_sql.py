"""Conditions of indicators as SQL over one row a person, with the three values of SQL for yes, no and unknown.

What can be asked here is what ``content/checks/indicators.py`` lets pass.
"""

from __future__ import annotations

from collections.abc import Iterable

from healthcheck_cli.conditions.tree import (
    And,
    Atom,
    Call,
    Comparison,
    Condition,
    Membership,
    Not,
    Number,
    Or,
    Test,
    Word,
    calls,
    facts_named,
)

_COLUMNS = {"person.age": "age", "person.sex": "nullif(sex, '')"}
_RANGES = {"count": ("psychotropic_low", "psychotropic_high"), "dose_percent": ("dose_low", "dose_high")}


def classes_asked(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Every class of which the conditions ask whether it is taken, each once."""
    found = (call.name for condition in conditions for call in calls(condition) if call.function == "taking")
    return tuple(dict.fromkeys(found))


def problems_asked(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Every problem for which the conditions ask, each once."""
    found = (name for condition in conditions for name in sorted(facts_named(condition)) if name not in _COLUMNS)
    return tuple(dict.fromkeys(found))


def taking_column(name: str) -> str:
    """The column that says whether a class is taken.

    >>> taking_column("antipsychotic")
    '"taking antipsychotic"'
    """
    return quoted(f"taking {name}")


def quoted(name: str) -> str:
    """A name as SQL writes one."""
    return '"' + name.replace('"', '""') + '"'


def text_of(value: str) -> str:
    """A text as SQL writes one."""
    return "'" + value.replace("'", "''") + "'"


def condition_sql(condition: Condition) -> str:
    """The condition as SQL over the table of people, in which problems have columns of their own names."""
    if isinstance(condition, Not):
        return f"NOT ({condition_sql(condition.part)})"
    if isinstance(condition, And | Or):
        parts = (f"({condition_sql(part)})" for part in condition.parts)
        return (" AND " if isinstance(condition, And) else " OR ").join(parts)
    if not isinstance(condition, Atom):
        raise TypeError("a condition that was not checked")
    return _atom(condition)


def _atom(atom: Atom) -> str:
    subject, test = atom.subject, atom.test
    if isinstance(subject, Call):
        if subject.function == "taking":
            return taking_column(subject.name)
        if not isinstance(test, Comparison) or not isinstance(test.literal, Number):
            raise TypeError("a number that was not compared")
        low, high = _RANGES.get(subject.function) or (f"{subject.name}_low", f"{subject.name}_high")
        return range_sql(quoted(low), quoted(high), test.operator, test.literal.value)
    if subject.name in _COLUMNS and test is not None:
        return f"{_COLUMNS[subject.name]} {_test(test)}"
    return quoted(subject.name)


def _test(test: Test) -> str:
    if isinstance(test, Comparison):
        return f"{'=' if test.operator == '==' else test.operator} {_literal(test.literal)}"
    if isinstance(test, Membership):
        return f"IN ({', '.join(map(_literal, test.literals))})"
    raise TypeError("a test that was not checked")


def _literal(literal: object) -> str:
    if isinstance(literal, Number):
        return repr(literal.value)
    if isinstance(literal, Word):
        return text_of(literal.value)
    raise TypeError("a value that was not checked")


def range_sql(low: str, high: str, operator: str, limit: float) -> str:
    """A number that is known to lie between two, compared. No low end: unknown; no high end: it has none.

    >>> range_sql("a", "b", ">=", 3.0)
    'CASE WHEN a >= 3.0 THEN TRUE WHEN b < 3.0 THEN FALSE END'
    """
    opposite = {">=": "<", ">": "<=", "<": ">=", "<=": ">"}
    if operator in (">=", ">"):
        return (
            f"CASE WHEN {low} {operator} {limit!r} THEN TRUE WHEN {high} {opposite[operator]} {limit!r} THEN FALSE END"
        )
    if operator in ("<", "<="):
        return (
            f"CASE WHEN {high} {operator} {limit!r} THEN TRUE WHEN {low} {opposite[operator]} {limit!r} THEN FALSE END"
        )
    same = f"CASE WHEN {low} > {limit!r} OR {high} < {limit!r} THEN FALSE WHEN {low} = {high} THEN TRUE END"
    return same if operator == "==" else f"NOT ({same})"
