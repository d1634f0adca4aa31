"""Whom a question is for, in words: its condition as a person would say it."""

from __future__ import annotations

import re

from healthcheck_cli.conditions.tree import (
    And,
    Atom,
    Call,
    Comparison,
    Condition,
    Day,
    FactName,
    Literal,
    Membership,
    Not,
    Number,
    Or,
    Test,
    Word,
)
from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.fact_words import fact_in_words
from healthcheck_cli.plans.words import day_in_words, listed

_WHETHER = re.compile(r"^Whether (?=\w)")
_ASIDE = re.compile(r" \([^()]*\)$")  # where a fact comes from
_NEVER = "never: "
_COMPARED = {
    ">=": "{} or more",
    ">": "more than {}",
    "<=": "{} or less",
    "<": "less than {}",
    "==": "{}",
    "!=": "not {}",
}
_OF_DATES = {">=": "on or after {}", ">": "after {}", "<=": "on or before {}", "<": "before {}"}


def asked_if(question: Question, content: Content) -> str:
    """Whom a question is for, in words; empty where it is for everyone."""
    return _Words(content).of(question.who) if question.who is not None else ""


class _Words:
    def __init__(self, content: Content) -> None:
        self._content = content

    def of(self, condition: Condition, *, negated: bool = False) -> str:
        """``not`` goes down to the smallest parts, as in the evaluator: "neither a nor b" reads badly in brackets."""
        if isinstance(condition, Not):
            return self.of(condition.part, negated=not negated)
        if isinstance(condition, And | Or):
            all_of = isinstance(condition, And) != negated
            parts = [self._part(part, all_of=all_of, negated=negated) for part in condition.parts]
            return ("; and " if all_of else "; or ").join(dict.fromkeys(parts))
        if not isinstance(condition, Atom):
            raise TypeError("there is no other kind of condition")
        said = self._atom(condition)
        if not negated:
            return said
        return f"at some time: {said.removeprefix(_NEVER)}" if said.startswith(_NEVER) else f"not: {said}"

    def _part(self, part: Condition, *, all_of: bool, negated: bool) -> str:
        """A part, in brackets where it joins its own parts with the other word."""
        said = self.of(part, negated=negated)
        inner, inverted = part, negated
        while isinstance(inner, Not):
            inner, inverted = inner.part, not inverted
        mixed = isinstance(inner, And | Or) and (isinstance(inner, And) != inverted) != all_of
        return f"({said})" if mixed else said

    def _atom(self, atom: Atom) -> str:
        subject, test = atom.subject, atom.test
        if isinstance(subject, Call):
            if subject.function == "ticked" and isinstance(test, Comparison) and test.text in (">= 1", "> 0"):
                return f"something was ticked for {_name(fact_in_words(subject.name, self._content))}"
            said = fact_in_words(subject.text, self._content)
            said = f"takes {said}" if subject.function == "taking" else said
        else:
            said = _name(fact_in_words(subject.name, self._content))
        return f"{said}: {self._test(test, subject)}" if test is not None else said

    def _test(self, test: Test, subject: FactName | Call) -> str:
        if isinstance(test, Comparison):
            dated = isinstance(test.literal, Day)
            frame = _OF_DATES.get(test.operator, "{}") if dated else _COMPARED[test.operator]
            return frame.format(self._literal(test.literal, subject))
        literals = test.literals if isinstance(test, Membership) else test.words
        return listed([self._literal(it, subject) for it in literals], "or")

    def _literal(self, literal: Literal, subject: FactName | Call) -> str:
        if isinstance(literal, Number):
            return f"{literal.amount:g} {literal.unit}".strip()
        if isinstance(literal, Day):
            return day_in_words(literal.value)
        return self._label(literal, subject)

    def _label(self, word: Word, subject: FactName | Call) -> str:
        fact = self._content.facts.get(subject.name)
        question = self._content.questions.get(fact.question) if fact is not None else None
        labels = question.labels if question is not None else {}
        return labels.get(word.value, word.value.replace("_", " "))


def _name(title: str) -> str:
    return _ASIDE.sub("", _WHETHER.sub("", title))
