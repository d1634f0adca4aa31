"""What to tell the writer of a condition when Lark cannot read it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.problems import ConditionProblem, nearest

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

_WRITE_INSTEAD = {
    "=": "write == for equals",
    "&": "write and",
    "|": "write or",
    "!": "write not",
    "≥": "write >=",
    "≤": "write <=",
    "≠": "write !=",
    "“": 'write straight quotes: "',
    "‘": 'write straight quotes: "',
    "'": 'write double quotes: "',
    '"': "the text has no closing quote on its line",
}
_START_OF_A_CONDITION = "a fact such as bowel.days_since, a function such as taking(…), or not"
_NAMES = {
    "FACT": _START_OF_A_CONDITION,
    "OPERATOR": "a comparison such as >= 3",
    "_IN": "in (…)",
    "_HAS": "has …",
    "_AND": "and",
    "_OR": "or",
    "NUMBER": "a number, a date or a word",
    "WORD": "a word",
    "UNIT": "a unit",
    "LPAR": "an opening bracket",
    "RPAR": "a closing bracket",
    "COMMA": "a comma",
    "$END": "the end",
}
_KEYWORDS = ("and", "or", "not", "in", "has", "any_of")


def explain_syntax_error(error: UnexpectedInput, text: str) -> ConditionProblem:
    """The first thing that cannot be read, in words; Lark's own wording never reaches anyone."""
    from lark.exceptions import UnexpectedToken

    if not text.strip():
        return ConditionProblem(1, "the condition is empty", f"write {_START_OF_A_CONDITION}")
    if isinstance(error, UnexpectedToken):
        at_end, expected = error.token.type == "$END", error.accepts or error.expected
    else:
        at_end, expected = False, set(getattr(error, "allowed", ()) or ())
    position = len(text.rstrip()) if at_end else error.pos_in_stream or 0
    if expected == {"LPAR"}:
        return _brackets_wanted(text, position)
    if at_end:
        return ConditionProblem(position + 1, "the condition ends too soon", _expected(expected))
    return _not_readable(text, position, expected)


def _brackets_wanted(text: str, position: int) -> ConditionProblem:
    """Only an opening bracket can follow: the word before is the matter."""
    before = re.search(r"(\S+)\s*$", text[:position])
    word, column = (before[1], before.start() + 1) if before else ("", position + 1)
    if word == "in":
        return ConditionProblem(column, "`in` needs brackets", "such as in (a, b)")
    if word in FUNCTIONS:
        example = {
            About.CLASS: f"{word}(antipsychotic)",
            About.FACT: f"{word}(review.medication)",
            About.SCALE: f"{word}(acbcalc)",
        }
        return ConditionProblem(column, f"`{word}` needs brackets", f"such as {example[FUNCTIONS[word].about]}")
    if word.lower() in _KEYWORDS:
        return ConditionProblem(column, f"`{word}` cannot be read", f"write {word.lower()} in small letters")
    hint = nearest(word, FUNCTIONS, "a fact has a dot in its name; a medicine or class goes inside taking(…)")
    return ConditionProblem(column, f"`{word}` is neither a fact nor a function", hint)


def _not_readable(text: str, position: int, expected: Collection[str]) -> ConditionProblem:
    """Something stands where it cannot."""
    word = re.match(r"[\w.+]+|.", text[position:])
    found = word[0] if word else text[position : position + 1]
    if found.lower() in _KEYWORDS and found not in _KEYWORDS:
        hint = f"write {found.lower()} in small letters"
    else:
        hint = _WRITE_INSTEAD.get(found, "") or _expected(expected)
    return ConditionProblem(position + 1, f"`{found}` cannot stand here", hint)


def _expected(terminals: Collection[str]) -> str:
    names = [name for terminal, name in _NAMES.items() if terminal in terminals]
    if "FACT" in terminals:
        names = [_NAMES["FACT"] if "LPAR" in terminals else "a name"]
    elif "NUMBER" in terminals:
        names = [_NAMES["NUMBER"]]
    return "expected " + (", ".join(names[:-1]) + " or " + names[-1] if len(names) > 1 else "".join(names))
