"""Conditions as SQL over whole registers: what the reference evaluator says of one person, of everybody at once.

The query reads the tables of tables.py and keeps to what DuckDB and Spark SQL both understand. SQL's own three-valued
logic is Kleene's; the rest (does not apply, ranges, dates, incomplete lists) is written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthcheck_cli.conditions.evaluate import fact_asked, needs_all, plain
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.sql_lines import LineCalls
from healthcheck_cli.conditions.sql_values import (
    INFINITY,
    LONG_AGO,
    SqlRange,
    SqlSince,
    SqlTicked,
    SqlTruth,
    SqlValue,
    SqlWord,
    all_of,
    any_of,
    holds,
    text_literal,
)
from healthcheck_cli.conditions.tables import fact_column
from healthcheck_cli.conditions.tree import And, Atom, Call, Condition, FactName, Not, Or, calls, facts_named
from healthcheck_cli.conditions.values import State
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary


def compile_conditions(
    conditions: Mapping[str, Condition],
    vocabulary: Vocabulary,
    definitions: Mapping[str, Condition] | None = None,
    quote: str = '"',
) -> str:
    """One query that gives ``person_id`` and, for each id, a column of that name: TRUE, FALSE, or NULL for unknown.

    All conditions must have been checked. A fact in ``definitions`` is worked out in the query from its own condition.
    ``quote`` stands round column names: Spark wants a backtick. Raises ValueError where definitions go round in a
    circle, or where a text cannot be written the same in both engines.
    """
    definitions = definitions or {}
    every = (*conditions.values(), *definitions.values())
    lines = LineCalls((call for condition in every for call in calls(condition)), vocabulary)
    compiler = _Compiler(vocabulary, definitions, lines)
    tables = lines.common_tables() if lines else []
    joined = "people LEFT JOIN line_totals ON people.person_id = line_totals.person_id" if lines else "people"
    tables.append(_step("people_0", ["people.*", *lines.person_columns()], joined))
    levels = list(_definition_levels(definitions))
    for number, names in enumerate(levels):
        columns = [f"{compiler.truth(definitions[name])} AS {_defined_column(name)}" for name in names]
        tables.append(_step(f"people_{number + 1}", [f"people_{number}.*", *columns], f"people_{number}"))
    answers = [f"{compiler.truth(condition)} AS {_quoted(name, quote)}" for name, condition in conditions.items()]
    common, answered = ",\n".join(tables), ",\n".join(["person_id", *answers])
    return f"WITH {common}\nSELECT {answered}\nFROM people_{len(levels)}"


class _Compiler:
    """Turns conditions into expressions over the columns of one row a person."""

    def __init__(self, vocabulary: Vocabulary, definitions: Mapping[str, Condition], lines: LineCalls) -> None:
        self._vocabulary = vocabulary
        self._definitions = definitions
        self._lines = lines

    def truth(self, condition: Condition, *, negated: bool = False) -> str:
        """The condition as an expression, with ``not`` pushed down to the atoms as the evaluator does."""
        if isinstance(condition, Not):
            return self.truth(condition.part, negated=not negated)
        if isinstance(condition, And | Or):
            parts = (self.truth(part, negated=negated) for part in condition.parts)
            return all_of(parts) if needs_all(condition, negated=negated) else any_of(parts)
        if isinstance(condition, Atom):
            return self._atom(condition, negated=negated)
        raise TypeError(f"not a condition: {type(condition).__name__}")

    def _atom(self, atom: Atom, *, negated: bool) -> str:
        fact = fact_asked(atom.subject)
        if fact is not None and fact in self._definitions:
            return _negated(holds(self._defined(atom, fact), atom.test), negated=negated)
        if fact is not None:
            return self._fact_atom(atom, fact, negated=negated)
        if isinstance(atom.subject, FactName):
            raise TypeError("a fact is always asked of a fact")
        about_scale = FUNCTIONS[atom.subject.function].about is About.SCALE
        value = _burden(atom.subject) if about_scale else self._lines.value(atom.subject)
        return _negated(holds(value, atom.test), negated=negated)

    def _defined(self, atom: Atom, fact: str) -> SqlTruth:
        """A defined fact is a yn whose state is known or unknown, nothing else."""
        column = _defined_column(fact)
        if isinstance(atom.subject, FactName):
            return SqlTruth(column)
        return SqlTruth(f"({column} IS NULL)" if atom.subject.function == "missing" else "FALSE")

    def _fact_atom(self, atom: Atom, fact: str, *, negated: bool) -> str:
        state = fact_column(fact, "state")
        spared = f"WHEN {state} = '{State.DOES_NOT_APPLY.value}' THEN FALSE"
        if isinstance(atom.subject, Call) and atom.subject.function in _ASK_THE_STATE:
            asked = _ASK_THE_STATE[atom.subject.function].format(state=state)
            return f"CASE {spared} ELSE {_negated(asked, negated=negated)} END"
        answer = _negated(holds(self._fact_value(atom, self._vocabulary.facts[fact]), atom.test), negated=negated)
        if isinstance(atom.subject, Call) and atom.subject.function in _ASK_THE_DATE:
            return f"CASE {spared} ELSE {answer} END"
        return f"CASE {spared} WHEN {state} = '{State.KNOWN.value}' THEN {answer} END"

    def _fact_value(self, atom: Atom, fact: FactDeclaration) -> SqlValue:
        if isinstance(atom.subject, FactName):
            return _value(fact)
        return self._function_value(atom.subject, fact)

    def _function_value(self, call: Call, fact: FactDeclaration) -> SqlValue:
        if call.function == "ticked":
            return SqlRange(*[fact_column(fact.name, "ticked_n")] * 2)
        text = fact_column(fact.name, "text")
        if call.function == "written":
            return SqlTruth(f"({text} <> '')")
        if call.function == "mentions":
            in_lower_case = f"LOWER(REPLACE({text}, '’', ''''))"
            words = self._vocabulary.word_lists[call.word_list]
            found = (f"INSTR({in_lower_case}, {text_literal(plain(word))}) > 0" for word in words)
            return SqlTruth(any_of(found) if words else f"CASE WHEN {text} IS NOT NULL THEN FALSE END")
        dated, earliest, latest = (fact_column(fact.name, suffix) for suffix in ("dated", "earliest", "latest"))
        if call.function == "never":
            is_never = f"{dated} AND {latest} IS NULL"
            return SqlTruth(f"CASE WHEN {is_never} THEN TRUE WHEN {earliest} IS NOT NULL THEN FALSE END")
        return SqlSince(earliest, latest, dated, "as_of", 7 if call.function == "weeks_since" else None)


_ASK_THE_DATE = ("months_since", "weeks_since", "never")
"""A date may be known where the value is too old to use."""

_ASK_THE_STATE = {
    "missing": f"({{state}} IS NULL OR {{state}} <> '{State.KNOWN.value}')",
    "not_known": f"COALESCE({{state}} = '{State.NOT_KNOWN.value}', FALSE)",
    "declined": f"COALESCE({{state}} = '{State.DECLINED.value}', FALSE)",
}


def _value(fact: FactDeclaration) -> SqlValue:
    """The fact itself, from its columns."""
    if fact.type is FactType.YN:
        return SqlTruth(fact_column(fact.name, "yes"))
    if fact.type is FactType.CHOICE:
        return SqlWord(fact_column(fact.name, "word"))
    if fact.type is FactType.MULTI:
        return SqlTicked(fact_column(fact.name, "ticked"), fact_column(fact.name, "ticked_n"), fact.nothing)
    if fact.type is FactType.DATE:
        dated = fact_column(fact.name, "dated")
        ends = (fact_column(fact.name, suffix) for suffix in ("earliest", "latest"))
        return SqlRange(*(f"CASE WHEN {dated} THEN COALESCE({end}, {LONG_AGO}) END" for end in ends))
    return SqlRange(fact_column(fact.name, "low"), fact_column(fact.name, "high"))


def _burden(call: Call) -> SqlRange:
    low, high = f"burden__{call.name}__low", f"burden__{call.name}__high"
    open_ended = f"CASE WHEN medicines_complete OR {high} IS NULL THEN {high} ELSE {INFINITY} END"
    return SqlRange(low, open_ended)


def _definition_levels(definitions: Mapping[str, Condition]) -> Iterator[list[str]]:
    """The defined facts in the order in which they can be worked out, those of one level side by side."""
    waiting = {name: facts_named(condition) & definitions.keys() for name, condition in definitions.items()}
    while waiting:
        ready = [name for name, needs in waiting.items() if not needs & waiting.keys()]
        if not ready:
            raise ValueError(f"these definitions go round in a circle: {', '.join(sorted(waiting))}")
        yield ready
        for name in ready:
            del waiting[name]


def _defined_column(fact: str) -> str:
    return fact_column(fact, "defined")


def _step(name: str, columns: list[str], source: str) -> str:
    listed = ",\n".join(columns)
    return f"{name} AS (\nSELECT {listed}\nFROM {source})"


def _negated(expression: str, *, negated: bool) -> str:
    return f"NOT ({expression})" if negated else expression


def _quoted(name: str, quote: str) -> str:
    if quote in name:
        raise ValueError("the id of a condition may not hold a quote")
    return f"{quote}{name}{quote}"
