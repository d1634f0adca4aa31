"""Answers from a file instead of a keyboard: YAML, JSON or CSV, with the line each one stands on.

YAML and JSON: ``question: value``, or ``question: {value, by, note}``, at the top or below ``answers:``. CSV is read by
``answer_table``. ``-``, ``declined``, ``not_known`` and ``not_applicable`` stand for having no value.
"""

from __future__ import annotations

import json
import re
from typing import Any

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.interview.filled_in.answer_table import is_answer_table, read_answer_table
from healthcheck_cli.interview.filled_in.given import AnswerFile, Given, GivenAnswer, shown_name

_KEYS = ("value", "by", "note", "state")
_RECORD_KEYS = ("person", "complete", "medicines", "problems", "observations")
_BARE_DASH = re.compile(r"^([ \t]*[\w.]+:[ \t]+)-[ \t]*$", re.MULTILINE)  # YAML would take it for a list
_DEEPEST = 5
_NO_SPACE = re.compile(r"^\s*[a-z]\w*\.[\w.]+:[^\s:]")  # a name, a colon and an answer with no space between
_NOTHING = (
    "there are no answers in this file; write question: answer, one a line"
    " (in a template: take the # away and write the answer after the colon)"
)


def read_answer_file(text: str, name: str) -> AnswerFile:
    """The answers a file gives. ``name`` is shown in messages; one that ends in .csv is read as CSV.

    Raises InputProblem with the line of everything that is not of the right shape, and where there is no answer at all:
    an empty template answers nothing.
    """
    if is_answer_table(text, name):
        return AnswerFile(name, read_answer_table(text, name))
    top = _from_json(text, name) if text.lstrip().startswith("{") else _from_yaml(text, name)
    answers = top
    has_record = any(key in top for key in _RECORD_KEYS)
    if "answers" in top:
        _, below = top["answers"]
        if not isinstance(below, dict):
            raise InputProblem(f"{name}: answers: must hold questions, each with its answer")
        answers = below
    outside = [line for key, (line, _) in top.items() if answers is not top and key not in (*_RECORD_KEYS, "answers")]
    problems = [f"{name}:{line}: this stands outside answers:, so it would not be read" for line in outside]
    found = [
        answer
        for question, (line, given) in answers.items()
        if answers is not top or question not in _RECORD_KEYS
        if (answer := _given(question, line, given, name, problems)) is not None
    ]
    if problems:
        raise InputProblem(*problems)
    if not found and not has_record:
        raise InputProblem(f"{name}: {_NOTHING}")
    return AnswerFile(name, tuple(found), has_record)


def _given(question: str, line: int, given: Any, name: str, problems: list[str]) -> GivenAnswer | None:
    where = f"{name}:{line}: {shown_name(question) or 'this'}"
    if not isinstance(given, dict):
        value = _value(given)
        if value is not None:
            return GivenAnswer(line, question, value)
        problems.append(f"{where}: the answer must be text, a list of words, or rows (- where it was not asked)")
        return None
    parts = {key: part for key, (_, part) in given.items()}
    unknown = [key for key in parts if key not in _KEYS]
    value = _value(parts.get("value", ""))
    texts = {key: parts.get(key, "") for key in ("by", "note", "state")}
    if unknown or value is None or not all(isinstance(part, str) for part in texts.values()):
        problems.append(f"{where}: give {', '.join(_KEYS)}, and nothing else")
        return None
    return GivenAnswer(line, question, value, **texts)


def _value(given: Any) -> Given | None:
    if isinstance(given, str):
        return given
    if not isinstance(given, list):
        return None
    if all(isinstance(item, str) for item in given):
        return tuple(given) or "none"
    rows = [{key: part for key, (_, part) in item.items()} for item in given if isinstance(item, dict)]
    if len(rows) == len(given) and all(isinstance(part, str) for row in rows for part in row.values()):
        return tuple(rows)
    return None


def _from_yaml(text: str, name: str) -> dict[str, tuple[int, Any]]:
    """Every value as it is written, each with its line: nothing is turned into a number, a date or a truth value."""
    import yaml

    try:
        root = yaml.compose(_BARE_DASH.sub(r'\1"-"', text), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{mark.line + 1}:{mark.column + 1}" if mark is not None else "1:1"
        raise InputProblem(
            *_without_a_space(text, name),
            f"{name}:{place}: this is not YAML that can be read: look for a quote, colon or indent",
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise InputProblem(f"{name}: this is not YAML that can be read") from None
    problems: list[str] = []
    top = _plain(root, name, problems, 0) if root is not None else {}
    if not isinstance(top, dict):
        problems += _without_a_space(text, name)
    if problems:
        raise InputProblem(*problems)
    return _top(top, name)


def _plain(node: Any, name: str, problems: list[str], depth: int) -> Any:
    """A YAML node as text, a list, or a mapping of keys to their line and value."""
    import yaml

    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        problems.append(f"{name}:{line}: lists lie too deep inside each other")
        return ""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, name, problems, depth + 1) for item in node.value]
    if not isinstance(node, yaml.MappingNode):
        if not node.tag.startswith("tag:yaml.org,2002:"):
            problems.append(f"{name}:{line}: put quotes round a text that begins with !")
        return node.value
    found: dict[str, tuple[int, Any]] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append(f"{name}:{line}: a key must be a word")
        elif key.value in found:
            problems.append(f"{name}:{line}: this is answered twice (first on line {found[key.value][0]})")
        else:
            found[key.value] = (line, _plain(value, name, problems, depth + 1))
    return found


def _without_a_space(text: str, name: str) -> list[str]:
    """Lines that YAML takes for one long word, as there is no space after the colon."""
    lines = enumerate(text.splitlines(), start=1)
    return [f"{name}:{line}: put a space after the colon" for line, written in lines if _NO_SPACE.match(written)]


def _from_json(text: str, name: str) -> dict[str, tuple[int, Any]]:
    lines = text.splitlines()
    problems: list[str] = []

    def line_of(key: str) -> int:
        mark = json.dumps(key, ensure_ascii=False)
        return next((number for number, line in enumerate(lines, start=1) if mark in line), 1)

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, tuple[int, Any]]:
        found: dict[str, tuple[int, Any]] = {}
        for key, value in pairs:
            if key in found:
                problems.append(f"{name}:{line_of(key)}: this is answered twice")
            found[key] = (line_of(key), _json_text(value))
        return found

    try:
        top = json.loads(text, object_pairs_hook=mapping, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise InputProblem(f"{name}:{error.lineno}:{error.colno}: this is not JSON that can be read") from None
    except RecursionError:
        raise InputProblem(f"{name}: lists lie too deep inside each other") from None
    if problems:
        raise InputProblem(*problems)
    return _top(top, name)


def _json_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [_json_text(item) for item in value]
    return "" if value is None else value


def _top(top: Any, name: str) -> dict[str, tuple[int, Any]]:
    if not isinstance(top, dict):
        raise InputProblem(f"{name}: {_NOTHING}")
    return top
