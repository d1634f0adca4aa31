"""An empty answers file that explains itself, with every answer switched off; or filled in from a saved check.

``answer_file`` reads it back. In YAML an answer line begins with ``#`` right before the name of the question; every
other comment has a space there. In CSV an answer is a cell that is empty.
"""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview.filled_in.answer_table import FOR_PEOPLE, READ
from healthcheck_cli.interview.filled_in.given import Given, GivenAnswer
from healthcheck_cli.interview.filled_in.given_back import given_back
from healthcheck_cli.interview.keys import ANSWERED_BY
from healthcheck_cli.interview.what_may_be_answered import ROLES, kind_of_answer, on_one_line, values_in_words
from healthcheck_cli.output import no_formula
from healthcheck_cli.record import Answer, AnswerState

WIDTH = 80
_RULE = "# " + "=" * (WIDTH - 2)

HOW_TO = (
    "An answer line begins with # and is switched off. Take the # away and write the answer after the colon,"
    " with a space between: `bowel.per_week: 3`",
    "A line that still begins with # is no answer: nothing is taken for no.",
    "A table has a line for its rows below it: take that # away too, and copy the line for each row.",
    "Instead of an answer write - (not asked), declined or not_known; not_applicable where it is said.",
    f"Who said it, and a note: `bowel.per_week: {{value: 3, by: supporter, note: from the chart}}`."
    f" by is one of {', '.join(ANSWERED_BY)}.",
    "Put double quotes round words that hold a : or a # or a bracket.",
    "[core] marks what makes the check.",
)


@dataclass(frozen=True)
class Template:
    """What goes into a template.

    ``title`` and ``about`` stand at the top. ``sections`` hold the questions to write, ``questions`` all there are.
    ``asked_if`` says in words whom a question is for ("" or absent: everyone). ``answers`` are filled in; ``as_of`` is
    the day they are read back for.
    """

    title: str
    about: Sequence[str]
    sections: Sequence[Section]
    questions: Mapping[str, Question]
    as_of: date
    asked_if: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)


def as_yaml(template: Template) -> str:
    """The template as YAML with comments."""
    lines = [f"# {template.title}"]
    lines += [*_comment(template.about), "#", *_comment([f"- {it}" for it in HOW_TO], "  ")]
    for number, section in enumerate(template.sections, start=1):
        lines += ["", "", _RULE, f"# {number}. {section.title} ({section.id})"]
        lines += [*(_comment([section.intro]) if section.intro else ()), _RULE]
        for place, question in enumerate(section.questions, start=1):
            lines += ["", *_question(template, question, f"{number}.{place}"), *_answer_lines(template, question)]
    return "\n".join(lines) + "\n"


def as_csv(template: Template) -> str:
    """The template as CSV: a row for each question. A mark in front tells spreadsheets that it is UTF-8."""
    rows: list[Sequence[str]] = []
    states = False
    for section in template.sections:
        for question in section.questions:
            given = _given(template, question, in_a_cell=True)
            lost = _is_lost(template, question, given)
            read = (question.id, "", "", "", "")
            if given is not None:
                read = (question.id, str(given.value), given.by, given.note, given.state)
                states = states or bool(given.state)
            asked_if = template.asked_if.get(question.id, "")
            answers = on_one_line(question) + (_LOST if lost else "")
            core = "yes" if question.core else ""
            people = (section.title, question.ask, answers, asked_if, core, ROLES.get(question.role, question.role))
            rows.append((*read, *people))
    header = (*READ, *FOR_PEOPLE)
    order = ["section", "words", "answers", *(it for it in READ if it != "state" or states), *FOR_PEOPLE[3:]]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(order)
    writer.writerows([no_formula(row[header.index(column)]) for column in order] for row in rows)
    return "\ufeff" + text.getvalue()


_LOST = " (The saved answer is not one that this question takes now: look at it with `healthcheck check show`.)"


def _question(template: Template, question: Question, number: str) -> list[str]:
    """What is asked, of whom, and what may be answered."""
    core = " [core]" if question.core else ""
    lines = _comment([f"{number} {question.ask}{core}"], "    ")
    told = []
    if template.asked_if.get(question.id):
        told.append(f"Asked if: {template.asked_if[question.id]}")
    if question.role != "nurse":
        told.append(f"Usually done by: {ROLES.get(question.role, question.role)}")
    told.append(f"Answer: {kind_of_answer(question)}")
    for it in told:
        lines += _comment([it], "    ", "  ")
    values = values_in_words(question)
    wide = max((len(value) for value, _ in values if len(value) <= 24), default=0)
    for value, words in values:
        plain = value if words == value.replace("_", " ") else f"{value.ljust(wide)}  {words}"
        lines += _comment([plain], " " * (wide + 2), "    ")
    return lines


def _answer_lines(template: Template, question: Question) -> list[str]:
    given = _given(template, question, in_a_cell=False)
    if given is not None:
        return _written(given)
    lines = _comment([_LOST.strip()], first="  ") if _is_lost(template, question, given) else []
    if question.type != "table":
        return [*lines, f"#{question.id}:"]
    cells = ", ".join(f'{column}: ""' for column in question.columns)
    return [*lines, f"#{question.id}:", f"#  - {{{cells}}}"]


def _given(template: Template, question: Question, *, in_a_cell: bool) -> GivenAnswer | None:
    answer = template.answers.get(question.id)
    if answer is None:
        return None
    return given_back(question, answer, template.as_of, template.questions, in_a_cell=in_a_cell)


def _is_lost(template: Template, question: Question, given: GivenAnswer | None) -> bool:
    return given is None and question.id in template.answers


def _written(given: GivenAnswer) -> list[str]:
    """An answer as YAML: in as few words as say it all."""
    if not (given.by or given.note or given.state):
        if isinstance(given.value, str):
            return [f"{given.question}: {_scalar(given.value)}"]
        return [f"{given.question}:", *(f"  - {_flow(item)}" for item in given.value)]
    parts = {"value": given.value, "state": given.state, "by": given.by, "note": given.note}
    told = [f"{key}: {_flow(part)}" for key, part in parts.items() if part]
    return [f"{given.question}: {{{', '.join(told)}}}"]


def _flow(value: Given | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_scalar(cell)}" for key, cell in value.items()) + "}"
    return "[" + ", ".join(_flow(item) for item in value) + "]"


def _scalar(text: str) -> str:
    """A text that YAML reads back as it is: bare where it is one plain word, else in double quotes."""
    if text.replace("_", "").isalnum() and text.isascii():
        return text
    import yaml

    quoted: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return quoted.rstrip("\n")


def _comment(paragraphs: Sequence[str], rest: str = "", first: str = "") -> list[str]:
    """Paragraphs as comment lines; ``rest`` stands before every line of one but its first."""
    return [line for paragraph in paragraphs for line in _wrapped(paragraph, rest, first)]


def _wrapped(paragraph: str, rest: str, first: str) -> Iterator[str]:
    yield from textwrap.wrap(
        paragraph,
        WIDTH,
        initial_indent=f"# {first}",
        subsequent_indent=f"# {first}{rest}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def answered_elsewhere(template: Template) -> int:
    """How many saved answers are to questions that this template does not hold."""
    here = {question.id for section in template.sections for question in section.questions}
    return sum(name not in here and it.state is not AnswerState.NOT_ASKED for name, it in template.answers.items())
