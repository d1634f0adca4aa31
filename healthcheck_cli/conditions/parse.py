"""Text to tree, by the grammar in grammar.lark. Names are not looked up here: check.py does that."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from healthcheck_cli.conditions.problems import ConditionProblem, ConditionSyntaxError
from healthcheck_cli.conditions.tree import (
    And,
    Argument,
    Atom,
    Call,
    Comparison,
    ComparisonOperator,
    Condition,
    Day,
    FactName,
    Has,
    LineMissing,
    LineNot,
    LineTest,
    Membership,
    Node,
    Not,
    Number,
    Or,
    SettingName,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Lark, Token, Tree


def parse(text: str) -> Condition:
    """Read one condition.

    Raises ConditionSyntaxError at the first thing that cannot be read. What it names is not looked up: a condition
    must still be checked against a vocabulary before it can be evaluated.

    >>> parse("taking(clozapine) and bowel.days_since >= 3 days").parts[1].test.literal.amount
    3.0
    """
    from lark.exceptions import UnexpectedInput

    from healthcheck_cli.conditions.syntax_errors import explain_syntax_error

    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise ConditionSyntaxError(explain_syntax_error(error, text)) from None
    return cast(Condition, _Builder(text).build(tree))


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    grammar = resources.files("healthcheck_cli.conditions").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", propagate_positions=True, maybe_placeholders=False)


class _Builder:
    """Turns Lark's tree of one text into ours: one method for each rule of the grammar, under the rule's name."""

    def __init__(self, text: str) -> None:
        self.text = text

    def build(self, tree: Tree[Token]) -> Node:
        """The node of one of Lark's subtrees."""
        make = cast("Callable[[list[Any], str, int], Node]", getattr(self, tree.data))
        children = [child if isinstance(child, str) else self.build(child) for child in tree.children]
        start, end = tree.meta.start_pos, tree.meta.end_pos
        return make(children, self.text[start:end], start + 1)

    def or_parts(self, parts: list[Condition], text: str, column: int) -> Or:
        return Or(tuple(parts), text=text, column=column)

    def any_of(self, parts: list[Condition], text: str, column: int) -> Or:
        return Or(tuple(parts), "any_of", text=text, column=column)

    def and_parts(self, parts: list[Condition], text: str, column: int) -> And:
        return And(tuple(parts), text=text, column=column)

    def not_part(self, parts: list[Condition], text: str, column: int) -> Not:
        return Not(parts[0], text=text, column=column)

    def atom(self, parts: list[Any], text: str, column: int) -> Atom:
        return Atom(*parts, text=text, column=column)

    def fact(self, tokens: list[str], text: str, column: int) -> FactName:
        return FactName(str(tokens[0]), text=text, column=column)

    def call(self, parts: list[Any], text: str, column: int) -> Call:
        function, *arguments = parts
        return Call(str(function), tuple(cast("list[Argument]", arguments)), text=text, column=column)

    def line_not(self, parts: list[Any], text: str, column: int) -> LineNot:
        return LineNot(parts[0], text=text, column=column)

    def line_test(self, parts: list[Any], text: str, column: int) -> LineTest:
        return LineTest(str(parts[0]), *parts[1:], text=text, column=column)

    def line_missing(self, tokens: list[str], text: str, column: int) -> LineMissing:
        return LineMissing(str(tokens[1]), str(tokens[0]), text=text, column=column)

    def comparison(self, parts: list[Any], text: str, column: int) -> Comparison:
        return Comparison(cast(ComparisonOperator, str(parts[0])), parts[1], text=text, column=column)

    def membership(self, parts: list[Any], text: str, column: int) -> Membership:
        return Membership(tuple(parts), text=text, column=column)

    def has(self, parts: list[Word], text: str, column: int) -> Has:
        return Has(tuple(parts), text=text, column=column)

    def number(self, tokens: list[str], text: str, column: int) -> Number:
        return Number(float(tokens[0]), str(tokens[1]) if len(tokens) > 1 else "", text=text, column=column)

    def day(self, tokens: list[str], text: str, column: int) -> Day:
        try:
            return Day(date.fromisoformat(tokens[0]), text=text, column=column)
        except ValueError:
            problem = ConditionProblem(column, f"`{text}` is not a date", "a date is written 2024-01-31")
            raise ConditionSyntaxError(problem) from None

    def setting(self, tokens: list[str], text: str, column: int) -> SettingName:
        return SettingName(str(tokens[0]), text=text, column=column)

    def word(self, tokens: list[str], text: str, column: int) -> Word:
        return Word(str(tokens[0]), text=text, column=column)

    def quoted(self, tokens: list[str], text: str, column: int) -> Word:
        return Word(tokens[0].strip('"'), text=text, column=column)
