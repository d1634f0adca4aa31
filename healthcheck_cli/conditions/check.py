"""Does a condition ask only what can be asked? Every name, value and unit is looked up in the vocabulary."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from typing import cast

from healthcheck_cli.conditions.attributes import WITHIN
from healthcheck_cli.conditions.fit import Asked, FitChecker, Kind
from healthcheck_cli.conditions.functions import FUNCTIONS, About, FunctionDeclaration
from healthcheck_cli.conditions.parse import parse
from healthcheck_cli.conditions.problems import ConditionProblem, ConditionSyntaxError, ConditionTypeError, nearest
from healthcheck_cli.conditions.tree import (
    And,
    Argument,
    Atom,
    Call,
    Condition,
    FactName,
    LineCondition,
    LineMissing,
    LineNot,
    LineTest,
    Node,
    Not,
    Or,
)
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType, Vocabulary


def check(condition: Condition, vocabulary: Vocabulary) -> Condition:
    """The condition with its literals typed: a number compared with a choice becomes that word, a setting the number
    that it is set to.

    Raises ConditionTypeError with all that is wrong, from left to right. A unit is never assumed: a fact that has one
    must be compared with it, written out.
    """
    checker = _Checker(vocabulary)
    checked = checker.condition(condition)
    if checker.problems:
        raise ConditionTypeError(sorted(checker.problems, key=lambda problem: problem.column))
    return checked


def parse_and_check(text: str, vocabulary: Vocabulary) -> tuple[Condition | None, list[ConditionProblem]]:
    """The condition, or None and what is wrong with it: the first syntax problem, or else every other one."""
    try:
        return check(parse(text), vocabulary), []
    except ConditionSyntaxError as error:
        return None, [error.problem]
    except ConditionTypeError as error:
        return None, list(error.problems)


class _Checker:
    """Walks one condition and collects what is wrong with it in ``problems``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[ConditionProblem] = []
        self.fit = FitChecker(self.problem, vocabulary.settings)

    def problem(self, node: Node, message: str, hint: str = "") -> None:
        """Note one problem, at that part of the condition."""
        self.problems.append(ConditionProblem(node.column, message, hint))

    def condition(self, node: Condition) -> Condition:
        if isinstance(node, And | Or):
            return dataclasses.replace(node, parts=tuple(self.condition(part) for part in node.parts))
        if isinstance(node, Not):
            return dataclasses.replace(node, part=self.condition(node.part))
        return self.atom(cast(Atom, node))

    def atom(self, atom: Atom) -> Atom:
        if isinstance(atom.subject, FactName):
            declaration = self.fact(atom.subject)
            asked = _asked_of_fact(declaration) if declaration else None
            return dataclasses.replace(atom, test=self.fit.check(atom, asked, atom.test))
        call = self.call(atom.subject)
        function = FUNCTIONS.get(call.function)
        asked = _asked_of_function(function, call) if function else None
        return dataclasses.replace(atom, subject=call, test=self.fit.check(atom, asked, atom.test))

    def fact(self, name: FactName) -> FactDeclaration | None:
        declaration = self.vocabulary.facts.get(name.name)
        if declaration is None:
            self.problem(name, f"`{name.name}` is not a fact", nearest(name.name, self.vocabulary.facts))
        return declaration

    def call(self, call: Call) -> Call:
        function = FUNCTIONS.get(call.function)
        if function is None:
            message = f"`{call.function}` is not a function"
            self.problem(call, message, nearest(call.function, FUNCTIONS, f"the functions are {', '.join(FUNCTIONS)}"))
            return call
        first, *rest = call.arguments
        if function.about is About.FACT:
            self._fact_argument(function, first)
        elif function.about is About.CLASS:
            self._name_argument(function, first, self.vocabulary.classes)
        else:
            self._name_argument(function, first, self.vocabulary.scales)
        if function.takes_lines:
            return dataclasses.replace(call, arguments=(first, *(self._line_argument(call, line) for line in rest)))
        self._other_arguments(function, call, rest)
        return call

    def _fact_argument(self, function: FunctionDeclaration, argument: Argument) -> None:
        if not isinstance(argument, FactName):
            self.problem(argument, f"{function.name}(…) asks about a fact", f"`{argument.text}` is not the name of one")
            return
        declaration = self.fact(argument)
        if declaration is None:
            return
        if function.of_dates and not (declaration.type is FactType.DATE or declaration.dated):
            hint = "only a date, or a value that has a date, can be asked how long ago it was"
            self.problem(argument, f"`{argument.name}` has no date, so {function.name}(…) cannot be asked of it", hint)
        if function.fact_types and declaration.type not in function.fact_types:
            wanted = " or ".join(_KIND_OF_FACT[fact_type] for fact_type in function.fact_types)
            message = (
                f"{function.name}(…) asks about {wanted}, and `{argument.name}` is {_KIND_OF_FACT[declaration.type]}"
            )
            self.problem(argument, message)

    def _name_argument(self, function: FunctionDeclaration, argument: Argument, names: Collection[str]) -> None:
        wanted = function.about.value
        if not isinstance(argument, LineTest) or argument.test is not None:
            self.problem(
                argument, f"{function.name}(…) asks about {wanted}", f"`{argument.text}` is not the name of one"
            )
        elif argument.attribute not in names:
            self.problem(argument, f"`{argument.attribute}` is not {wanted}", nearest(argument.attribute, names))

    def _other_arguments(self, function: FunctionDeclaration, call: Call, rest: list[Argument]) -> None:
        """What follows the first argument where no line conditions are taken: one word list, or nothing."""
        wanted = 1 if function.takes_word_list else 0
        for extra in rest[wanted:]:
            self.problem(extra, f"{function.name}(…) takes nothing here", f"leave out `{extra.text}`")
        if not wanted:
            return
        lists = self.vocabulary.word_lists
        if not rest:
            self.problem(call, f"{function.name}(…) needs a word list", f"the word lists are {', '.join(lists)}")
        elif not isinstance(rest[0], LineTest) or rest[0].test is not None or rest[0].attribute not in lists:
            self.problem(rest[0], f"`{rest[0].text}` is not a word list", nearest(rest[0].text, lists))

    def _line_argument(self, call: Call, argument: Argument) -> Argument:
        if isinstance(argument, FactName):
            message = f"`{argument.name}` is a fact, and what follows the class asks about the medicine line"
            self.problem(argument, message, f"join it to {call.function}(…) with and")
            return argument
        return self._line(call, argument)

    def _line(self, call: Call, line: LineCondition) -> LineCondition:
        if isinstance(line, LineNot):
            return dataclasses.replace(line, part=self._line(call, line.part))
        if isinstance(line, LineMissing) and line.function != "missing":
            self.problem(line, f"`{line.function}(…)` cannot be asked of a medicine line", "only missing(…) can")
        declaration = self.vocabulary.attributes.get(line.attribute)
        if declaration is None:
            message = f"`{line.attribute}` is not something a medicine line says"
            self.problem(line, message, nearest(line.attribute, self.vocabulary.attributes))
        elif line.attribute == WITHIN and call.function != "reduced":
            self.problem(line, f"`{WITHIN}` can only be asked in reduced(…)", "ask begun or taken_for")
        if isinstance(line, LineMissing):
            return line
        asked = None
        if declaration is not None:
            asked = Asked(line.attribute, Kind(declaration.type.value), values=declaration.values)
        return dataclasses.replace(line, test=self.fit.check(line, asked, line.test))


_KIND_OF_FACT = {
    FactType.YN: "yes or no",
    FactType.NUM: "a number",
    FactType.INT: "a whole number",
    FactType.CHOICE: "a choice of one value",
    FactType.MULTI: "a set of ticked values",
    FactType.DATE: "a date",
    FactType.TEXT: "a text",
}


def _asked_of_fact(fact: FactDeclaration) -> Asked:
    kind = {FactType.INT: Kind.NUMBER, FactType.NUM: Kind.NUMBER, FactType.CHOICE: Kind.WORD}.get(fact.type)
    return Asked(fact.name, kind or Kind(fact.type.value), fact.unit, fact.values)


def _asked_of_function(function: FunctionDeclaration, call: Call) -> Asked:
    return Asked(call.text, Kind.NUMBER if function.number else Kind.YN, function.unit, counts=function.counts)
