"""One part of a condition in words: the fact, and what is wanted of it, the same way round as the condition has it."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.evaluate import fact_asked
from healthcheck_cli.conditions.functions import FUNCTIONS
from healthcheck_cli.conditions.parts import Leaf
from healthcheck_cli.conditions.tree import Atom, Call, Comparison, Day, Has, Literal, Membership, Number, Word
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.content.setting_words import where_set
from healthcheck_cli.fact_words import fact_in_words
from healthcheck_cli.plans.words import day_in_words, listed

_YES_OR_NO: Mapping[str, tuple[str, str]] = {
    "taking": ("taken", "not taken"),
    "lapsed": ("no longer collected", "not overdue"),
    "reduced": ("the dose fell", "the dose did not fall"),
    "never": ("never", "at some time"),
    "missing": ("not recorded", "recorded"),
    "not_known": ('answered with "not known"', 'not answered with "not known"'),
    "declined": ("declined", "not declined"),
    "written": ("something written", "nothing written"),
}
_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_OF_NUMBERS = {
    ">=": "at least {}",
    ">": "over {}",
    "<=": "at most {}",
    "<": "under {}",
    "==": "exactly {}",
    "!=": "other than {}",
}
_OF_DAYS = {
    ">=": "on or after {}",
    ">": "after {}",
    "<=": "on or before {}",
    "<": "before {}",
    "==": "on {}",
    "!=": "not on {}",
}
_OF_WORDS = {"==": "{}", "!=": "other than {}"}


def part_in_words(leaf: Leaf, content: Content, *, holds: bool = True) -> str:
    """What the part asks for; with ``holds=False`` its opposite."""
    return atom_in_words(leaf.atom, content, holds=leaf.atom_where(Truth(holds)) is Truth.TRUE)


def atom_in_words(atom: Atom, content: Content, *, holds: bool = True) -> str:
    """The atom as it would be if it held, or (``holds=False``) if it did not.

    ``taking(clozapine)`` is told as "clozapine: taken"; turned round, as "clozapine: not taken".
    """
    subject = atom.subject
    if isinstance(subject, Call) and not FUNCTIONS[subject.function].number:
        arguments = ", ".join(argument.text for argument in subject.arguments)
        if subject.function == "mentions":
            found = f"words of the list {subject.word_list.replace('_', ' ')}"
            return f"{fact_in_words(subject.name, content)}: {found if holds else f'no {found}'}"
        return f"{fact_in_words(f'taking({arguments})', content)}: {_YES_OR_NO[subject.function][not holds]}"
    label = fact_in_words(subject.text, content)
    if atom.test is None:
        return f"{label}: {'yes' if holds else 'no'}"
    return f"{label}: {_test_in_words(atom, question_of(atom, content), content, holds=holds)}"


def question_of(atom: Atom, content: Content) -> Question | None:
    """The question whose answer is the fact that the atom asks about; None where it is no answer."""
    return next(iter(content.questions_of(fact_asked(atom.subject) or "")), None)


def _test_in_words(atom: Atom, question: Question | None, content: Content, *, holds: bool) -> str:
    test = atom.test
    if isinstance(test, Comparison):
        operator = test.operator if holds else _OPPOSITE[test.operator]
        literal = test.literal
        words = _OF_DAYS if isinstance(literal, Day) else _OF_WORDS if isinstance(literal, Word) else _OF_NUMBERS
        return words[operator].format(_literal_in_words(literal, question, content))
    if isinstance(test, Has | Membership):
        among: tuple[Literal, ...] = test.words if isinstance(test, Has) else test.literals
        named = listed((_literal_in_words(it, question, content) for it in among), "or")
        if len(among) == 1:
            return named if holds else f"not {named}"
        return f"{'any' if isinstance(test, Has) else 'one'} of {named}" if holds else f"none of {named}"
    raise TypeError(f"not a test: {type(test).__name__}")


def _literal_in_words(literal: Literal, question: Question | None, content: Content) -> str:
    if isinstance(literal, Number) and literal.setting:
        return (
            f"{literal.amount:g} {literal.unit}".strip()
            + f" (the setting {literal.setting}, {where_set(literal.setting, content)})"
        )
    if isinstance(literal, Day):
        return day_in_words(literal.value)
    if isinstance(literal, Word):
        label = question.labels.get(literal.value) if question is not None else None
        return label or literal.value.replace("_", " ")
    return literal.text
