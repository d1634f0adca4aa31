"""The functions over medicine lines as SQL: one pass over ``lines``, grouped by person, for all calls together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthcheck_cli.conditions.attributes import BEGUN_ON, GAIN_SINCE_START, PERCENT_AT_TOP
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.line_functions import DOSE_PERCENT_DECIMALS, OF_ANY_LINE, REQUIRES
from healthcheck_cli.conditions.sql_values import (
    INFINITY,
    LONG_AGO,
    UNKNOWN,
    SqlRange,
    SqlTruth,
    SqlValue,
    SqlWord,
    all_of,
    holds,
    text_literal,
)
from healthcheck_cli.conditions.tables import attribute_column, attribute_declaration
from healthcheck_cli.conditions.tree import Call, LineCondition, LineMissing, LineNot
from healthcheck_cli.conditions.vocabulary import AttributeType, Vocabulary

_MAY_COUNT = "({truth} OR {truth} IS NULL)"
_COUNTED = frozenset({"count", "duplicates"})
_COMPLETE = "medicines_complete"
_MAY_HOLD_MORE = "(NOT medicines_complete OR unrecognised_n > 0)"


class LineCalls:
    """The distinct calls over medicine lines of a set of conditions, each known by its number."""

    def __init__(self, calls: Iterable[Call], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        about_lines = (call for call in calls if FUNCTIONS[call.function].about is About.CLASS)
        self._numbers: Mapping[Call, int] = {call: number for number, call in enumerate(dict.fromkeys(about_lines))}
        classes = dict.fromkeys(call.name for call in self._numbers)
        self._members: Mapping[str, str] = {name: f"member_{number}" for number, name in enumerate(classes)}

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def value(self, call: Call) -> SqlValue:
        """What the call is, from the columns that ``person_columns`` makes."""
        number = self._numbers[call]
        if FUNCTIONS[call.function].number:
            return SqlRange(f"low_{number}", f"high_{number}")
        return SqlTruth(f"truth_{number}")

    def common_tables(self) -> list[str]:
        """Membership of classes, then the truth of each line for each call, then the totals of each person."""
        memberships = [f"{_membership(name)} AS {column}" for name, column in self._members.items()]
        truths = [f"{self._line_truth(call)} AS counts_{number}" for call, number in self._numbers.items()]
        newest = [
            f"MAX(CASE WHEN counts_{number} THEN {attribute_column(BEGUN_ON, 'earliest')} END)"
            f" OVER (PARTITION BY person_id) AS newest_{number}"
            for call, number in self._numbers.items()
            if call.function == "gain_since_start"
        ]
        totals = [total for call, number in self._numbers.items() for total in _totals(call, number)]
        return [
            f"line_members AS (\nSELECT lines.*,\n{_listed(memberships)}\nFROM lines)",
            f"line_truths AS (\nSELECT line_members.*,\n{_listed(truths)}\nFROM line_members)",
            f"line_starts AS (\nSELECT {_listed(['line_truths.*', *newest])}\nFROM line_truths)",
            f"line_totals AS (\nSELECT person_id,\n{_listed(totals)}\nFROM line_starts\nGROUP BY person_id)",
        ]

    def person_columns(self) -> list[str]:
        """The value of each call for a person; someone without lines has no totals, which count as 0."""
        return [column for call, number in self._numbers.items() for column in _person_columns(call, number)]

    def _line_truth(self, call: Call) -> str:
        parts = [] if call.function in OF_ANY_LINE else ["taken_now"]
        parts.append(self._members[call.name])
        if call.function in REQUIRES:
            parts.append(attribute_column(REQUIRES[call.function], "yes"))
        return all_of([*parts, *(self._condition(line) for line in call.lines)])

    def _condition(self, line: LineCondition) -> str:
        if isinstance(line, LineNot):
            return f"NOT {self._condition(line.part)}"
        value, known = self._attribute(line.attribute)
        return f"({known} IS NULL)" if isinstance(line, LineMissing) else holds(value, line.test)

    def _attribute(self, name: str) -> tuple[SqlValue, str]:
        """The attribute, and one of its columns that is NULL where it is unknown."""
        kind = attribute_declaration(name, self._vocabulary).type
        if kind is AttributeType.YN:
            column = attribute_column(name, "yes")
            return SqlTruth(column), column
        if kind is AttributeType.WORD:
            column = attribute_column(name, "word")
            return SqlWord(column), column
        if kind is AttributeType.DATE:
            earliest, latest = attribute_column(name, "earliest"), attribute_column(name, "latest")
            low = f"CASE WHEN {latest} IS NOT NULL THEN COALESCE({earliest}, {LONG_AGO}) END"
            return SqlRange(low, latest), latest
        low, high = attribute_column(name, "low"), attribute_column(name, "high")
        return SqlRange(low, high), low


def _membership(medicine_class: str) -> str:
    name = text_literal(medicine_class)
    return (
        f"CASE WHEN array_contains(classes, {name}) THEN TRUE"
        f" WHEN array_contains(possible_classes, {name}) THEN {UNKNOWN} ELSE FALSE END"
    )


def _totals(call: Call, number: int) -> list[str]:
    """The aggregates that a call needs of a person's lines."""
    truth = f"counts_{number}"
    may_count = _MAY_COUNT.format(truth=truth)
    if call.function in _COUNTED:
        return [
            f"COUNT(DISTINCT CASE WHEN {truth} THEN substance END) AS sure_{number}",
            f"COUNT(DISTINCT CASE WHEN {may_count} THEN substance END) AS possible_{number}",
        ]
    if call.function == "dose_percent":
        low, high = attribute_column(PERCENT_AT_TOP, "low"), attribute_column(PERCENT_AT_TOP, "high")
        return [
            f"SUM(CASE WHEN {truth} THEN COALESCE({low}, 0) ELSE 0 END) AS sure_{number}",
            f"SUM(CASE WHEN {may_count} THEN COALESCE({high}, {INFINITY}) ELSE 0 END) AS possible_{number}",
        ]
    if call.function == "gain_since_start":
        return _gain_totals(number, truth)
    return [f"MAX(CASE WHEN {truth} THEN 2 WHEN {truth} IS NULL THEN 1 ELSE 0 END) AS best_{number}"]


def _gain_totals(number: int, truth: str) -> list[str]:
    """The gain with the newest member, and whether a line leaves in doubt which is the newest."""
    earliest, latest = attribute_column(BEGUN_ON, "earliest"), attribute_column(BEGUN_ON, "latest")
    gain_low, gain_high = attribute_column(GAIN_SINCE_START, "low"), attribute_column(GAIN_SINCE_START, "high")
    is_newest = f"{truth} AND {earliest} = newest_{number}"
    in_doubt = (
        f"CASE WHEN NOT {truth} THEN 0 WHEN {latest} IS NULL OR newest_{number} IS NULL THEN 1"
        f" WHEN {is_newest} THEN CASE WHEN {gain_low} IS NULL THEN 1 ELSE 0 END"
        f" WHEN {latest} >= newest_{number} THEN 1 ELSE 0 END"
    )
    return [
        f"MAX({in_doubt}) AS in_doubt_{number}",
        f"MIN(CASE WHEN {is_newest} THEN {gain_low} END) AS sure_{number}",
        f"MAX(CASE WHEN {is_newest} THEN {gain_high} END) AS possible_{number}",
    ]


def _person_columns(call: Call, number: int) -> list[str]:
    sure, possible = f"COALESCE(sure_{number}, 0)", f"COALESCE(possible_{number}, 0)"
    if call.function in _COUNTED:
        low, high = sure, f"CASE WHEN {_COMPLETE} THEN {possible} + unrecognised_n ELSE {INFINITY} END"
    elif call.function == "dose_percent":
        low = f"ROUND({sure}, {DOSE_PERCENT_DECIMALS})"
        high = f"CASE WHEN {_MAY_HOLD_MORE} THEN {INFINITY} ELSE ROUND({possible}, {DOSE_PERCENT_DECIMALS}) END"
    elif call.function == "gain_since_start":
        known = f"NOT {_MAY_HOLD_MORE} AND in_doubt_{number} = 0"
        low, high = f"CASE WHEN {known} THEN sure_{number} END", f"CASE WHEN {known} THEN possible_{number} END"
    else:
        best = f"COALESCE(best_{number}, 0)"
        truth = f"CASE WHEN {best} = 2 THEN TRUE WHEN {best} = 1 OR {_MAY_HOLD_MORE} THEN {UNKNOWN} ELSE FALSE END"
        return [f"{truth} AS truth_{number}"]
    return [f"{low} AS low_{number}", f"{high} AS high_{number}"]


def _listed(columns: Iterable[str]) -> str:
    return ",\n".join(columns)
