"""What may be answered to a question, in words: for those who fill in a file or a form and cannot be asked back."""

from __future__ import annotations

from collections.abc import Sequence

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import words_of
from healthcheck_cli.interview.measures import plain_number
from healthcheck_cli.interview.tables import column_name, column_values
from healthcheck_cli.interview.unit_guesses import QUANTITIES
from healthcheck_cli.medicines.units import known_units

ROLES = {"nurse": "nurse", "hca": "healthcare assistant", "gp": "GP"}
"""Who usually does a question, in words."""


def kind_of_answer(question: Question) -> str:
    """What kind of answer is wanted, on one line.

    >>> from healthcheck_cli.interview.example import example_question
    >>> kind_of_answer(example_question(type="num", unit="kg", hard=(10, 500), soft=(30, 200)))
    'a number in kg, from 10 to 500 (usually 30 to 200)'
    >>> kind_of_answer(example_question(type="date", never_allowed=True))
    'a date: 14/03/2024, March 2024 or 2024; or never'
    """
    kind = _kind(question)
    if not question.may_not_apply:
        return kind
    return f"{kind[:-1]}; or not_applicable:" if kind.endswith(":") else f"{kind}; or not_applicable"


def values_in_words(question: Question) -> tuple[tuple[str, str], ...]:
    """Each value that may be written, with its words; those of yes and no only where they have words of their own."""
    values: Sequence[str] = question.values
    if question.type == "yn":
        values = [value for value in ("yes", "no") if value in question.labels]
    return tuple((value, _told(question, value)) for value in values)


def on_one_line(question: Question) -> str:
    """All of it on one line, for a cell of a table."""
    told = [f"{value} = {words}" if words != value else value for value, words in values_in_words(question)]
    kind = kind_of_answer(question)
    return f"{kind} {' | '.join(told)}" if told else kind


def _kind(question: Question) -> str:
    if question.type == "num":
        return _number(question)
    if question.type == "date":
        kind = "a date: 14/03/2024, March 2024 or 2024" + ("; or never" if question.never_allowed else "")
        return f"{kind} ({_years(question.hard)})" if question.hard else kind
    if question.type == "table":
        return f"rows of {'; '.join(_columns(question))}; or none"
    kinds = {"yn": "yes or no", "choice": "one of these:", "multi": "one or more of these, with commas between:"}
    return kinds.get(question.type, "your own words")


def _told(question: Question, value: str) -> str:
    words = words_of(question, value)
    if value == question.nothing:
        words += " (alone)"
    return f"{words} (act at once)" if value in question.red_flags else words


def _number(question: Question) -> str:
    units = known_units(QUANTITIES[question.id]) if question.id in QUANTITIES else ()
    others = [unit for unit in units if unit != question.unit]
    kind = f"a number in {question.unit}" if question.unit else "a number"
    kind += f", from {_range(question.hard)}" if question.hard else ""
    kind += f" (usually {_range(question.soft)})" if question.soft else ""
    return f"{kind}; in {', '.join(others)} with the unit written" if others else kind


def _years(limits: tuple[float, float]) -> str:
    """The years that a date lies back; below 0 it lies ahead."""
    if limits[0] >= 0:
        return f"{_range(limits)} years ago"
    return f"from {plain_number(limits[1])} years ago to {plain_number(-limits[0])} years ahead"


def _columns(question: Question) -> list[str]:
    """The names that a row is written with, each with the only words it takes."""
    found = []
    for column in question.columns:
        values = column_values(question, column)
        told = " / ".join(values) or (column_name(question, column) if column in question.labels else "")
        found.append(f"{column} ({told})" if told and told != column.replace("_", " ") else column)
    return found


def _range(limits: tuple[float, float]) -> str:
    return f"{plain_number(limits[0])} to {plain_number(limits[1])}"
