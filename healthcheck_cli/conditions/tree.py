"""The tree of a condition: what the parser builds, the checker types, and both evaluators read.

Every node keeps the text it was written as and the column it starts at (from 1). Neither counts when two nodes are
compared: ``a and b`` is the same condition wherever it stands. A node that was not read from a file (a mutant) gets
its text from the functions at the end of this module.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal as OneOfThese

from healthcheck_cli.conditions.functions import FUNCTIONS, About

DAYS_IN = {
    "day": 1.0,
    "days": 1.0,
    "week": 7.0,
    "weeks": 7.0,
    "month": 30.4375,
    "months": 30.4375,
    "year": 365.25,
    "years": 365.25,
}
"""How many days a time unit stands for, where a length of time is compared with one."""

ComparisonOperator = OneOfThese[">=", ">", "<=", "<", "==", "!="]


@dataclass(frozen=True)
class Node:
    """Any part of a condition, with its own text and the column that text starts at."""

    text: str = field(compare=False, kw_only=True)
    column: int = field(compare=False, kw_only=True, default=1)


@dataclass(frozen=True)
class Condition(Node):
    """Anything that is true, false or unknown of a person: And, Or, Not or Atom."""


@dataclass(frozen=True)
class And(Condition):
    """All of ``parts``."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Or(Condition):
    """Any of ``parts``. ``spelled`` remembers whether it was written with ``or`` or as ``any_of(…)``."""

    parts: tuple[Condition, ...]
    spelled: OneOfThese["or", "any_of"] = field(default="or", compare=False)


@dataclass(frozen=True)
class Not(Condition):
    """Not ``part``."""

    part: Condition


@dataclass(frozen=True)
class Number(Node):
    """A number with the unit it was written with ("" for none). ``setting`` names the setting that it was read from; it
    is a number like any other then, and only told as what it is."""

    amount: float
    unit: str = ""
    setting: str = field(default="", compare=False)

    @property
    def value(self) -> float:
        """The number to compare with: weeks, months and years in days, any other unit as it stands.

        >>> Number(12.0, "weeks", text="12 weeks").value
        84.0
        """
        return self.amount * DAYS_IN.get(self.unit, 1.0)


@dataclass(frozen=True)
class Day(Node):
    """A calendar date."""

    value: date


@dataclass(frozen=True)
class Word(Node):
    """A value of a choice, a multi or a word attribute."""

    value: str


@dataclass(frozen=True)
class SettingName(Node):
    """A setting, by its name, as it is written: the checker puts the number that it is set to in its place."""

    name: str


Literal = Number | Day | Word
WrittenLiteral = Literal | SettingName


@dataclass(frozen=True)
class Comparison(Node):
    """``>= 3 days``."""

    operator: ComparisonOperator
    literal: Literal


@dataclass(frozen=True)
class Membership(Node):
    """``in (a, b)``: the one value is among these."""

    literals: tuple[Literal, ...]


@dataclass(frozen=True)
class Has(Node):
    """``has (a, b)``: any of these is among the values ticked."""

    words: tuple[Word, ...]


Test = Comparison | Membership | Has


@dataclass(frozen=True)
class FactName(Node):
    """A fact, by its name."""

    name: str


@dataclass(frozen=True)
class LineTest(Node):
    """A test of one attribute of a medicine line; without a test the attribute must be yn.

    As the first argument of a call it is a plain name: of a class, a scale or a word list.
    """

    attribute: str
    test: Test | None = None


@dataclass(frozen=True)
class LineNot(Node):
    """Not that condition on the line."""

    part: LineCondition


@dataclass(frozen=True)
class LineMissing(Node):
    """Is the attribute of the line unknown? ``function`` is what was written: the checker wants ``missing``."""

    attribute: str
    function: str = "missing"


LineCondition = LineTest | LineNot | LineMissing
Argument = FactName | LineCondition


@dataclass(frozen=True)
class Call(Node):
    """A function and its arguments, in the order written."""

    function: str
    arguments: tuple[Argument, ...]

    @property
    def name(self) -> str:
        """The class, fact or scale the function is asked about. Only for a checked call."""
        first = self.arguments[0]
        if isinstance(first, FactName):
            return first.name
        if isinstance(first, LineTest):
            return first.attribute
        raise TypeError(f"{self.function}(…) was not checked")

    @property
    def word_list(self) -> str:
        """The word list of a checked ``mentions(fact, word_list)``."""
        second = self.arguments[1]
        if isinstance(second, LineTest):
            return second.attribute
        raise TypeError(f"{self.function}(…) was not checked")

    @property
    def lines(self) -> tuple[LineCondition, ...]:
        """The conditions on one and the same medicine line, after the class."""
        return tuple(argument for argument in self.arguments[1:] if not isinstance(argument, FactName))


Subject = FactName | Call


@dataclass(frozen=True)
class Atom(Condition):
    """The smallest condition: a fact or a call, with its test; without a test it must be yn."""

    subject: Subject
    test: Test | None = None


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom, from left to right; one that stands twice comes twice."""
    if isinstance(condition, Atom):
        yield condition
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    elif isinstance(condition, And | Or):
        for part in condition.parts:
            yield from atoms(part)


def calls(condition: Condition) -> Iterator[Call]:
    """Every function call, from left to right."""
    for atom in atoms(condition):
        if isinstance(atom.subject, Call):
            yield atom.subject


def facts_named(condition: Condition) -> frozenset[str]:
    """Every fact the condition names, as itself or inside a call."""
    names = {atom.subject.name for atom in atoms(condition) if isinstance(atom.subject, FactName)}
    for call in calls(condition):
        names.update(argument.name for argument in call.arguments if isinstance(argument, FactName))
    return frozenset(names)


def settings_named(condition: Condition) -> tuple[str, ...]:
    """Every setting that a checked condition has a number from, each once."""
    tests = [atom.test for atom in atoms(condition)]
    for call in calls(condition):
        tests += [test for line in call.arguments for test in _line_tests(line)]
    literals: list[Literal] = [test.literal for test in tests if isinstance(test, Comparison)]
    literals += [literal for test in tests if isinstance(test, Membership) for literal in test.literals]
    return tuple(dict.fromkeys(it.setting for it in literals if isinstance(it, Number) and it.setting))


def _line_tests(line: Argument) -> Iterator[Test]:
    if isinstance(line, LineNot):
        yield from _line_tests(line.part)
    elif isinstance(line, LineTest) and line.test is not None:
        yield line.test


def classes_named(condition: Condition) -> frozenset[str]:
    """Every medicine class or ingredient the (checked) condition names."""
    return frozenset(call.name for call in calls(condition) if FUNCTIONS[call.function].about is About.CLASS)


def replace(condition: Condition, old: Condition, new: Condition) -> Condition:
    """The condition with ``new`` in the place of ``old``, which is found by identity, not by equality."""
    if condition is old:
        return new
    if isinstance(condition, Not):
        part = replace(condition.part, old, new)
        return condition if part is condition.part else negated(part)
    if isinstance(condition, And | Or):
        parts = tuple(replace(part, old, new) for part in condition.parts)
        if all(after is before for after, before in zip(parts, condition.parts, strict=True)):
            return condition
        return all_of(parts) if isinstance(condition, And) else any_of(parts, condition.spelled)
    return condition


def all_of(parts: tuple[Condition, ...]) -> And:
    """An And of these parts, with its text written out."""
    texts = [f"({part.text})" if _is_joined(part) else part.text for part in parts]
    return And(parts, text=" and ".join(texts), column=parts[0].column)


def any_of(parts: tuple[Condition, ...], spelled: OneOfThese["or", "any_of"] = "or") -> Or:
    """An Or of these parts, with its text written out in one of the two spellings."""
    if spelled == "any_of":
        text = f"any_of({', '.join(part.text for part in parts)})"
    else:
        text = " or ".join(f"({part.text})" if _is_or(part) else part.text for part in parts)
    return Or(parts, spelled, text=text, column=parts[0].column)


def negated(part: Condition) -> Not:
    """Not that part, with its text written out."""
    return Not(part, text=f"not ({part.text})" if _is_joined(part) else f"not {part.text}", column=part.column)


def with_test(atom: Atom, test: Test) -> Atom:
    """The atom with another test, with its text written out."""
    return dataclasses.replace(atom, test=test, text=f"{atom.subject.text} {test.text}")


def with_arguments(atom: Atom, arguments: tuple[Argument, ...]) -> Atom:
    """The atom, which must be of a call, with other arguments; its text written out."""
    if not isinstance(atom.subject, Call):
        raise TypeError("only a call has arguments")
    text = f"{atom.subject.function}({', '.join(argument.text for argument in arguments)})"
    subject = dataclasses.replace(atom.subject, arguments=arguments, text=text)
    whole = f"{text} {atom.test.text}" if atom.test else text
    return dataclasses.replace(atom, subject=subject, text=whole)


def _is_or(part: Condition) -> bool:
    return isinstance(part, Or) and part.spelled == "or"


def _is_joined(part: Condition) -> bool:
    return isinstance(part, And) or _is_or(part)
