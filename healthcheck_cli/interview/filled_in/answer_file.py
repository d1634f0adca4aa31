"""Answers from a file instead of a keyboard: YAML, JSON or CSV, with the place each one stands at.

YAML and JSON: ``question: value``, or ``question: {value, by, note}``, at the top or below ``answers:``. CSV is read by
``answer_table``. ``-``, ``declined``, ``not_known`` and ``not_applicable`` stand for having no value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from healthcheck_cli.content.yaml_source import EVERYTHING, YamlMapping
from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.filled_in.answer_table import is_answer_table, read_answer_table
from healthcheck_cli.interview.filled_in.given import AnswerFile
from healthcheck_cli.interview.filled_in.given_nodes import given_below
from healthcheck_cli.readers.nodes import Node, NodeProblems
from healthcheck_cli.readers.record_file import RECORD_KEYS
from healthcheck_cli.readers.strict_text import read_strictly

_NO_SPACE = re.compile(r"^\s*[a-z]\w*\.[\w.]+:[^\s:]")  # a name, a colon and an answer with no space between
_NOT_YAML = "this is not YAML that can be read: look for a quote, colon or indent"
_NOTHING = (
    "there are no answers in this file; write question: answer, one a line"
    " (in a template: take the # away and write the answer after the colon)"
)


def read_answer_file(text: str, name: str) -> AnswerFile:
    """The answers a file gives. ``name`` is shown in messages; one that ends in .csv is read as CSV.

    Raises InputProblem where it cannot be read, and where there is no answer at all: an empty template answers nothing.
    What is wrong with the shape of single answers goes with them.
    """
    problems = NodeProblems(name)
    if is_answer_table(text, name):
        return AnswerFile(name, read_answer_table(text, problems), problems=problems)
    top = _top(text, problems)
    has_record = any(key in RECORD_KEYS and key != "answers" for key in top)
    if "answers" in top:
        for key, child in Node(top).children().items():
            if key not in RECORD_KEYS:
                problems.at(child.line, child.column, "this stands outside answers:, so it would not be read")
        found = given_below(Node(top).children()["answers"], problems)
    else:
        found = given_below(Node(top), problems, leave=RECORD_KEYS)
    if not found and not has_record:
        problems.raise_if_any()
        raise InputProblem(f"{name}: {_NOTHING}")
    return AnswerFile(name, found, has_record, problems)


def _top(text: str, problems: NodeProblems) -> Mapping[str, object]:
    """The whole file, every value as it is written: nothing is turned into a number or a date."""
    if text.lstrip().startswith("{"):
        _refuse_what_is_no_json(text, problems.file)
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        raise InputProblem(f"{problems.file}: {_NOTHING}")
    top = read_strictly(text, problems, (EVERYTHING,), _NOT_YAML)
    if isinstance(top, YamlMapping):
        return top
    _tell_missing_spaces(text, problems)
    problems.raise_if_any()
    raise InputProblem(f"{problems.file}: {_NOTHING}")


def _tell_missing_spaces(text: str, problems: NodeProblems) -> None:
    """Lines that YAML takes for one long word, as there is no space after the colon."""
    for line, written in enumerate(text.splitlines(), start=1):
        if _NO_SPACE.match(written):
            problems.at(line, written.index(":") + 2, "put a space after the colon")


def _refuse_what_is_no_json(text: str, name: str) -> None:
    try:
        json.loads(text, parse_int=str, parse_float=str)  # a number may be longer than Python reads
    except json.JSONDecodeError as error:
        raise InputProblem(f"{name}:{error.lineno}:{error.colno}: this is not JSON that can be read") from None
    except RecursionError:
        raise InputProblem(f"{name}: lists lie too deep inside each other") from None
