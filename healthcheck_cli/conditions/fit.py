"""Does a test fit what it tests: the right operator, a literal of the right kind, the unit written, a real value?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.conditions.problems import nearest
from healthcheck_cli.conditions.tree import (
    DAYS_IN,
    Comparison,
    Day,
    Has,
    Literal,
    Membership,
    Node,
    Number,
    SettingName,
    Test,
    Word,
    WrittenLiteral,
)
from healthcheck_cli.conditions.vocabulary import SettingDeclaration

_EQUALITY = ("==", "!=")


class Kind(str, Enum):
    """What stands before a test: what a fact, a function or an attribute of a line gives."""

    YN = "yn"
    NUMBER = "number"
    TIME = "time"
    WORD = "word"
    MULTI = "multi"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Asked:
    """The thing a test is made on: its name for messages, its kind, its unit and its values; ``counts`` is what a plain
    number counts (months)."""

    name: str
    kind: Kind
    unit: str = ""
    values: tuple[str, ...] = ()
    counts: str = ""


class FitChecker:
    """Checks tests one by one and hands each problem to ``problem(node, message, hint)``."""

    def __init__(
        self, problem: Callable[[Node, str, str], None], settings: Mapping[str, SettingDeclaration] | None = None
    ) -> None:
        self._problem = problem
        self._settings = settings or {}

    def check(self, whole: Node, asked: Asked | None, test: Test | None) -> Test | None:
        """The test with its literals typed. ``asked`` is None where the name is unknown, which is a problem already."""
        if asked is None:
            return test
        if test is None:
            if asked.kind is not Kind.YN:
                message, hint = _WITHOUT_A_TEST[asked.kind]
                self._problem(whole, message.format(name=asked.name), hint.format(example=_example(asked)))
            return test
        if asked.kind in _NEVER_TESTED:
            message, hint = _NEVER_TESTED[asked.kind]
            self._problem(test, message.format(name=asked.name), hint.format(name=asked.name))
            return test
        if isinstance(test, Has):
            return self._has(asked, test)
        if asked.kind is Kind.MULTI:
            hint = f"such as {asked.name} has {_example_value(asked)}"
            self._problem(test, f"`{asked.name}` may have several values ticked, so it is asked with has", hint)
            return test
        if isinstance(test, Membership):
            return self._membership(asked, test)
        return self._comparison(asked, test)

    def _has(self, asked: Asked, test: Has) -> Has:
        if asked.kind is not Kind.MULTI:
            hint = "write == or in (…)" if asked.kind is Kind.WORD else f"such as {_example(asked)}"
            self._problem(test, f"`{asked.name}` has one value, so `has` cannot be asked of it", hint)
            return test
        for word in test.words:
            self._value(asked, word, word.value)
        return test

    def _membership(self, asked: Asked, test: Membership) -> Membership:
        return dataclasses.replace(test, literals=tuple(self._literal(asked, literal) for literal in test.literals))

    def _comparison(self, asked: Asked, test: Comparison) -> Comparison:
        if asked.kind is Kind.WORD and test.operator not in _EQUALITY:
            self._problem(test, f"`{asked.name}` is a choice and has no order", "write ==, != or in (…)")
            return test
        literal = self._literal(asked, test.literal)
        return dataclasses.replace(test, literal=literal)

    def _literal(self, asked: Asked, literal: WrittenLiteral) -> Literal:
        if isinstance(literal, SettingName):
            return self._setting(asked, literal)
        if asked.kind is Kind.WORD:
            return self._word(asked, literal)
        if asked.kind is Kind.DATE:
            if not isinstance(literal, Day):
                message = f"`{asked.name}` is compared with a date, not with `{literal.text}`"
                self._problem(literal, message, "a date is written 2024-01-31")
        elif isinstance(literal, Number):
            self._unit(asked, literal)
        else:
            self._problem(
                literal, f"`{asked.name}` is a number, and `{literal.text}` is not", _number_hint(asked, literal)
            )
        return literal

    def _setting(self, asked: Asked, named: SettingName) -> Number:
        """The number that the setting is set to. Its unit is its own, so it must fit without being written."""
        setting = self._settings.get(named.name)
        if setting is None:
            hint = nearest(named.name, self._settings, f"the settings are {', '.join(self._settings)}")
            self._problem(named, f"`{named.name}` is not a setting", hint)
        elif asked.kind not in (Kind.NUMBER, Kind.TIME):
            self._problem(named, f"`{asked.name}` is not compared with a number, and a setting is one", "write a value")
        elif setting.amount is None:
            self._problem(named, f"the setting `{named.name}` is no number, or is not set", "give it a value")
        else:
            self._check_setting_unit(asked, named, setting)
            unit = "" if asked.counts else setting.unit
            return Number(setting.amount, unit, named.name, text=named.text, column=named.column)
        return Number(0.0, text=named.text, column=named.column)

    def _check_setting_unit(self, asked: Asked, named: SettingName, setting: SettingDeclaration) -> None:
        if asked.kind is Kind.TIME:
            fits, wanted = setting.unit in DAYS_IN, "days, weeks, months or years"
        else:
            wanted = asked.counts or asked.unit
            fits = setting.unit == wanted
        if not fits:
            message = f"`{asked.name}` is in {wanted or 'no unit'}, and the setting `{named.name}` is in "
            self._problem(named, message + (setting.unit or "no unit"), "use a setting in the same unit")

    def _word(self, asked: Asked, literal: Literal) -> Literal:
        if isinstance(literal, Number) and literal.unit:
            self._problem(literal, f"`{asked.name}` is a choice: it has values, not units", _values_hint(asked))
            return literal
        value = literal.value if isinstance(literal, Word) else literal.text
        self._value(asked, literal, value)
        return Word(value, text=literal.text, column=literal.column)

    def _value(self, asked: Asked, literal: Node, value: str) -> None:
        if value not in asked.values:
            hint = nearest(value, asked.values, _values_hint(asked))
            self._problem(literal, f"`{asked.name}` has no value `{value}`", hint)

    def _unit(self, asked: Asked, number: Number) -> None:
        if asked.kind is Kind.TIME:
            if number.unit not in DAYS_IN:
                message = f"`{asked.name}` is a length of time and needs one of days, weeks, months or years"
                self._problem(number, message, f"such as {_example(asked)}")
        elif number.unit and not asked.unit:
            message = f"`{asked.name}` is a plain number, so `{number.unit}` does not fit"
            self._problem(number, message, f"write {number.amount:g} alone")
        elif not number.unit and asked.unit:
            message = f"`{asked.name}` is in {asked.unit}, and the unit must be written"
            self._problem(number, message, f"write {number.amount:g} {asked.unit}")
        elif number.unit != asked.unit:
            self._problem(
                number,
                f"`{asked.name}` is in {asked.unit}, so `{number.unit}` does not fit",
                f"give the number in {asked.unit}",
            )


_WITHOUT_A_TEST = {
    Kind.NUMBER: ("`{name}` is a number and must be compared", "such as {example}"),
    Kind.TIME: ("`{name}` is a length of time and must be compared", "such as {example}"),
    Kind.WORD: ("`{name}` is a choice and must be compared", "such as {example}"),
    Kind.MULTI: ("`{name}` may have several values ticked and must be asked for one", "such as {example}"),
    Kind.DATE: ("`{name}` is a date, which is neither true nor false", "such as {example}"),
    Kind.TEXT: ("`{name}` is a text, which is neither true nor false", "such as {example}"),
}
_NEVER_TESTED = {
    Kind.YN: ("`{name}` is already yes or no", "write it alone, or with not before it"),
    Kind.TEXT: ("`{name}` is a text and cannot be compared", "ask written({name}), or mentions({name}, word_list)"),
}


def _example(asked: Asked) -> str:
    if asked.kind is Kind.NUMBER:
        return f"{asked.name} >= 3 {asked.unit}".rstrip()
    if asked.kind is Kind.TIME:
        return f"{asked.name} > 4 weeks"
    if asked.kind is Kind.DATE:
        return f"{asked.name} >= 2024-01-31"
    if asked.kind is Kind.TEXT:
        return f"written({asked.name})"
    return f"{asked.name} {'has' if asked.kind is Kind.MULTI else '=='} {_example_value(asked)}"


def _example_value(asked: Asked) -> str:
    return asked.values[0] if asked.values else "value"


def _values_hint(asked: Asked) -> str:
    return f"its values are {_listed(asked.values)}" if asked.values else "it has no values yet"


def _listed(values: Iterable[str], most: int = 12) -> str:
    names = list(values)
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _number_hint(asked: Asked, literal: Node) -> str:
    digits = literal.text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+")
    if digits.isdecimal():
        return f"put a space between the number and the unit: {digits} {literal.text[len(digits) :]}"
    return f"such as {_example(asked)}"
