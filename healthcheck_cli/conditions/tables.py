"""The two tables that compiled conditions read: one row a person, one row an ingredient of a medicine line.

``people``: person_id, as_of, medicines_complete, unrecognised_n; ``burden__<scale>__low`` and ``__high`` (of the lines
supplied, NULL where not worked out); and for each fact, its dots written as two underscores:
``__state`` (NULL counts as unknown), then by type ``__yes`` · ``__word`` · ``__text`` · ``__ticked`` (array) and
``__ticked_n`` · ``__low`` and ``__high``; dates, and values with a date, have ``__dated`` (is the date known at all),
``__earliest`` and ``__latest`` (NULL is never).
``lines``: person_id, source_row, substance, classes, possible_classes (arrays), taken_now; and for each attribute
``has__<attribute>`` with ``__yes`` · ``__word`` · ``__low`` and ``__high`` (days, for a time) · ``__earliest`` and
``__latest``; all NULL where the attribute is unknown. No upper end is infinity. NaN must never get in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from healthcheck_cli.conditions.attributes import (
    KEPT_AS,
    LINE_ATTRIBUTES,
    READ_BY_FUNCTIONS,
)
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.line_functions import REQUIRES, attribute_of
from healthcheck_cli.conditions.tree import Call, Condition, LineCondition, LineNot, calls, facts_named
from healthcheck_cli.conditions.values import DateRange, Interval, LineFacts, PersonFacts, State
from healthcheck_cli.conditions.vocabulary import (
    AttributeDeclaration,
    AttributeType,
    FactDeclaration,
    FactType,
    Vocabulary,
)

_PEOPLE = {"person_id": "VARCHAR", "as_of": "DATE", "medicines_complete": "BOOLEAN", "unrecognised_n": "INTEGER"}
_LINES = {
    "person_id": "VARCHAR",
    "source_row": "INTEGER",
    "substance": "VARCHAR",
    "classes": "VARCHAR[]",
    "possible_classes": "VARCHAR[]",
    "taken_now": "BOOLEAN",
}
_FACT_COLUMNS: Mapping[FactType, Mapping[str, str]] = {
    FactType.YN: {"yes": "BOOLEAN"},
    FactType.NUM: {"low": "DOUBLE", "high": "DOUBLE"},
    FactType.INT: {"low": "DOUBLE", "high": "DOUBLE"},
    FactType.CHOICE: {"word": "VARCHAR"},
    FactType.MULTI: {"ticked": "VARCHAR[]", "ticked_n": "INTEGER"},
    FactType.DATE: {},
    FactType.TEXT: {"text": "VARCHAR"},
}
_DATE_COLUMNS = {"dated": "BOOLEAN", "earliest": "DATE", "latest": "DATE"}
_ATTRIBUTE_COLUMNS: Mapping[AttributeType, Mapping[str, str]] = {
    AttributeType.YN: {"yes": "BOOLEAN"},
    AttributeType.WORD: {"word": "VARCHAR"},
    AttributeType.NUMBER: {"low": "DOUBLE", "high": "DOUBLE"},
    AttributeType.TIME: {"low": "DOUBLE", "high": "DOUBLE"},
    AttributeType.DATE: {"earliest": "DATE", "latest": "DATE"},
}


@dataclass(frozen=True)
class NamesUsed:
    """What a set of conditions reads of a person, and so which columns its tables need."""

    facts: tuple[str, ...]
    scales: tuple[str, ...]
    attributes: tuple[str, ...]


def names_used(conditions: Iterable[Condition], definitions: Mapping[str, Condition]) -> NamesUsed:
    """The names in the conditions and in the definitions; a defined fact is worked out, so it is no column."""
    every = (*conditions, *definitions.values())
    all_calls = [call for condition in every for call in calls(condition)]
    facts = {name for condition in every for name in facts_named(condition)} - set(definitions)
    scales = {call.name for call in all_calls if FUNCTIONS[call.function].about is About.SCALE}
    attributes = {name for call in all_calls for name in _attributes_read(call)}
    return NamesUsed(tuple(sorted(facts)), tuple(sorted(scales)), tuple(sorted(attributes)))


def fact_column(fact: str, suffix: str) -> str:
    """The name of one column of a fact.

    >>> fact_column("bowel.days_since", "low")
    'bowel__days_since__low'
    """
    return f"{fact.replace('.', '__')}__{suffix}"


def attribute_column(attribute: str, suffix: str) -> str:
    """The name of one column of a line attribute, under the name that ``LineFacts`` keeps it by."""
    return f"has__{KEPT_AS.get(attribute, attribute)}__{suffix}"


def people_columns(names: NamesUsed, vocabulary: Vocabulary) -> dict[str, str]:
    """The columns of ``people`` with their SQL types, in order."""
    columns = dict(_PEOPLE)
    for scale in names.scales:
        columns |= {f"burden__{scale}__low": "DOUBLE", f"burden__{scale}__high": "DOUBLE"}
    for name in names.facts:
        declaration = vocabulary.facts[name]
        suffixes = {"state": "VARCHAR", **_FACT_COLUMNS[declaration.type]}
        if _has_a_date(declaration):
            suffixes |= _DATE_COLUMNS
        columns |= {fact_column(name, suffix): sql_type for suffix, sql_type in suffixes.items()}
    return columns


def line_columns(names: NamesUsed, vocabulary: Vocabulary) -> dict[str, str]:
    """The columns of ``lines`` with their SQL types, in order."""
    columns = dict(_LINES)
    for name in names.attributes:
        suffixes = _ATTRIBUTE_COLUMNS[attribute_declaration(name, vocabulary).type]
        columns |= {attribute_column(name, suffix): sql_type for suffix, sql_type in suffixes.items()}
    return columns


def people_row(person_id: str, person: PersonFacts, names: NamesUsed, vocabulary: Vocabulary) -> dict[str, object]:
    """One person as a row of ``people``, for the named facts and scales only."""
    row: dict[str, object] = {
        "person_id": person_id,
        "as_of": person.as_of,
        "medicines_complete": person.medicines_complete,
        "unrecognised_n": len(person.unrecognised_rows),
    }
    for scale in names.scales:
        burden = person.burdens.get(scale)
        row |= {f"burden__{scale}__{suffix}": value for suffix, value in _range(burden).items()}
    for name in names.facts:
        cells = _fact_cells(person, vocabulary.facts[name])
        row |= {fact_column(name, suffix): value for suffix, value in cells.items()}
    return row


def line_rows(person_id: str, person: PersonFacts, names: NamesUsed, vocabulary: Vocabulary) -> list[dict[str, object]]:
    """One person's medicine lines as rows of ``lines``, with the named attributes only."""
    return [_line_row(person_id, line, names, vocabulary) for line in person.lines]


def attribute_declaration(name: str, vocabulary: Vocabulary) -> AttributeDeclaration:
    """The declaration of an attribute, also of those that only functions read."""
    return vocabulary.attributes.get(name) or READ_BY_FUNCTIONS.get(name) or LINE_ATTRIBUTES[name]


def _attributes_read(call: Call) -> set[str]:
    if FUNCTIONS[call.function].about is not About.CLASS:
        return set()
    required = {REQUIRES[call.function]} if call.function in REQUIRES else set()
    return {_named(line) for line in call.lines} | required | set(FUNCTIONS[call.function].reads)


def _named(line: LineCondition) -> str:
    return _named(line.part) if isinstance(line, LineNot) else line.attribute


def _has_a_date(declaration: FactDeclaration) -> bool:
    return declaration.type is FactType.DATE or declaration.dated


def _fact_cells(person: PersonFacts, declaration: FactDeclaration) -> dict[str, object]:
    fact = person.fact(declaration.name)
    cells: dict[str, object] = {"state": fact.state.value}
    value = fact.value if fact.state is State.KNOWN else None
    if declaration.type in (FactType.NUM, FactType.INT):
        cells |= _range(value)
    elif declaration.type is FactType.MULTI:
        ticked = value if isinstance(value, frozenset) else None
        cells |= {
            "ticked": None if ticked is None else sorted(ticked),
            "ticked_n": None if ticked is None else len(ticked),
        }
    elif declaration.type is not FactType.DATE:
        (suffix,) = _FACT_COLUMNS[declaration.type]
        cells[suffix] = value
    if _has_a_date(declaration):
        dates = fact.dates
        cells |= {"dated": dates is not None, "earliest": None, "latest": None}
        if dates is not None:
            cells |= {"earliest": dates.earliest, "latest": dates.latest}
    return cells


def _line_row(person_id: str, line: LineFacts, names: NamesUsed, vocabulary: Vocabulary) -> dict[str, object]:
    row: dict[str, object] = {
        "person_id": person_id,
        "source_row": line.row,
        "substance": line.substance,
        "classes": sorted(line.classes),
        "possible_classes": sorted(line.possible_classes),
        "taken_now": line.current,
    }
    for name in names.attributes:
        value = attribute_of(line, name)
        kind = attribute_declaration(name, vocabulary).type
        if kind is AttributeType.DATE:
            dates = value if isinstance(value, DateRange) else None
            cells: dict[str, object] = {"earliest": dates and dates.earliest, "latest": dates and dates.latest}
        elif kind in (AttributeType.NUMBER, AttributeType.TIME):
            cells = _range(value)
        else:
            (suffix,) = _ATTRIBUTE_COLUMNS[kind]
            cells = {suffix: value}
        row |= {attribute_column(name, suffix): cell for suffix, cell in cells.items()}
    return row


def _range(value: object) -> dict[str, object]:
    known = value if isinstance(value, Interval) else None
    return {"low": None if known is None else known.low, "high": None if known is None else known.high}
