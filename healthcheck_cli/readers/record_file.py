"""A record file: one person's record in YAML or JSON, read strictly.

Every problem is told at once with its line and column. Nothing is guessed: an unknown key or a date that cannot be
read is an error here, since a person wrote the file and can mend it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from healthcheck_cli.content.diagnostics import Problems, nearest
from healthcheck_cli.content.yaml_source import YamlMapping, read_document
from healthcheck_cli.readers.accepted import accepted_of
from healthcheck_cli.readers.answers import answers_of
from healthcheck_cli.readers.last_check import last_check_of
from healthcheck_cli.readers.listed_medicines import each_has_a_line, medicine_lines_of, row_of
from healthcheck_cli.readers.nodes import (
    Node,
    NodeProblems,
    code_of,
    day_of,
    fields_of,
    items_of,
    partial_date_of,
    text_of,
)
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.readers.values import SEXES, age_in, measured_value, number_in
from healthcheck_cli.record import (
    LIST_NAMES,
    ListName,
    Observation,
    Person,
    Problem,
    Record,
    Row,
)

_KEYS = ("person", "complete", "medicines", "problems", "observations", "answers", "last_check")
_FILE_KEYS = (*_KEYS, "accepted")
_EXAMPLE_KEYS = (*_KEYS, "incomplete", "facts", "as_of", "level", "missing")
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")

_NOT_READABLE = {
    "empty-file": "there is nothing in this file",
    "second-document": "a record file holds one person: remove the line ---",
    "duplicate-key": "this key is here twice",
    "key-not-text": "a key must be a word (put a text that holds { or [ in quotes)",
    "alias": "aliases (*name) are not used here: write the value out",
    "anchor": "anchors (&name) are not used here: write the value out",
    "tag": "tags (!name) are not used here",
    "too-deep": "lists or mappings lie too deep inside each other",
    "bad-date": "there is no such day (write year-month-day, as 2026-11-22)",
}


def read_record_file(
    text: str, file: str, known_questions: Collection[str] = (), known_rules: Collection[str] = ()
) -> ReadResult:
    """The record in ``text``. ``file`` is named in errors; an answer to none of ``known_questions``, where they are
    given, is noted: the content may be older than the record. What is accepted of none of ``known_rules``, where they
    are given, is wrong. Raises :class:`InputProblem` with a line for each thing that is wrong."""
    found = Problems()
    problems = NodeProblems(file)
    value = read_document(file, _as_yaml(text), found).value
    for it in found.in_order():
        message = _NOT_READABLE.get(it.code, "not readable as YAML or JSON here: look for a quote, bracket or indent")
        problems.at(it.place.line, it.place.column, message)
    problems.raise_if_any()
    record = record_from_mapping(value, file, known_rules=known_rules)
    notes = Notes(file)
    for question in [it for it in record.answers if known_questions and it not in known_questions]:
        hint = nearest(question, known_questions) or "the content has no such question"
        line = value["answers"].spot(question).line
        notes.add(f"the answer to a question that is not known is not used ({hint})", line)
    return ReadResult(records=(record,), notes=notes.told(), format="record")


def _as_yaml(text: str) -> str:
    """JSON is YAML but for two things: a tab may stand between its values, and it writes rare characters as pairs."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    pair = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})+)")
    return pair.sub(lambda match: match[1] + json.loads(f'"{match[2]}"'), text.replace("\t", " "))


def record_from_mapping(
    mapping: Mapping[str, Any], file: str = "", *, example: bool = False, known_rules: Collection[str] = ()
) -> Record:
    """The record that a mapping of the shape of a record file says.

    With ``example`` (the examples of a rule) a list that is given is complete unless ``incomplete`` names it, and the
    keys ``facts``, ``as_of``, ``level`` and ``missing`` are allowed and left to the caller. Rows are the lines of the
    file; places in the list where two medicines share a line or there are no lines. Raises :class:`InputProblem` with
    every problem.

    >>> record_from_mapping({"medicines": ["Laxido sachets"]}).medicines[0].text
    'Laxido sachets'
    """
    problems = NodeProblems(file)
    root = Node(mapping, "", *_start(mapping))
    top = fields_of(root, _EXAMPLE_KEYS if example else _FILE_KEYS, problems)
    medicines = items_of(top.get("medicines"), problems)
    found_problems = items_of(top.get("problems"), problems)
    observations = items_of(top.get("observations"), problems)
    by_line = each_has_a_line(medicines)
    record = Record(
        person=_person(top.get("person"), problems),
        medicines=medicine_lines_of(medicines, file, problems, example=example),
        problems=tuple(
            _problem(node, row_of(node, i, file, by_line), problems) for i, node in enumerate(found_problems)
        ),
        observations=tuple(
            _observation(node, row_of(node, i, file, by_line), problems) for i, node in enumerate(observations)
        ),
        answers=answers_of(top.get("answers"), problems),
        complete=_complete(top, problems, example=example),
        from_check="answers" in top,
        accepted=accepted_of(top.get("accepted"), problems, known_rules),
        previous=last_check_of(top.get("last_check"), file, problems, example=example),
    )
    problems.raise_if_any()
    return record


def _start(mapping: object) -> tuple[int, int]:
    if not isinstance(mapping, YamlMapping):
        return (0, 0)
    return mapping.spot().line, mapping.spot().column


def _person(node: Node | None, problems: NodeProblems) -> Person:
    if node is None:
        return Person()
    found = fields_of(node, ("id", "date_of_birth", "age", "sex", "ethnicity"), problems)
    age = age_in(found["age"].value) if "age" in found else None
    if "age" in found and age is None:
        problems.add(found["age"], "must be whole years, 0 to 130")
    sex = text_of(found.get("sex"), problems)
    if sex and sex.casefold() not in SEXES:
        problems.add(found["sex"], "must be F or M (leave it out where neither is recorded)")
    return Person(
        id=text_of(found.get("id"), problems),
        date_of_birth=partial_date_of(found.get("date_of_birth"), problems),
        age=age,
        sex=SEXES.get(sex.casefold(), ""),
        ethnicity=text_of(found.get("ethnicity"), problems),
    )


def _problem(node: Node, row: Row, problems: NodeProblems) -> Problem:
    if isinstance(node.value, Mapping):
        found = fields_of(node, ("code", "term", "date", "end"), problems)
        term, code = text_of(found.get("term"), problems), code_of(found.get("code"), problems)
        day, end = day_of(found.get("date"), problems), day_of(found.get("end"), problems)
    else:
        term, code, day, end = code_of(node, problems), "", None, None
        if _SNOMED.fullmatch(term):
            term, code = "", term
    if not term and not code:
        problems.add(node, "a problem needs a term or a code")
    return Problem(row, term, code, day, end)


def _observation(node: Node, row: Row, problems: NodeProblems) -> Observation:
    found = fields_of(node, ("name", "code", "value", "unit", "date"), problems)
    name, code = text_of(found.get("name"), problems), code_of(found.get("code"), problems)
    if not name and not code:
        problems.add(node, "an observation needs a name or a code")
    value, unit = measured_value(_observed(found.get("value"), problems), text_of(found.get("unit"), problems))
    return Observation(row, name, code, value, unit, day_of(found.get("date"), problems))


def _observed(node: Node | None, problems: NodeProblems) -> str:
    if node is not None and isinstance(node.value, bool):
        return "yes" if node.value else "no"
    if node is not None and number_in(node.value) is not None:
        return repr(node.value) if not isinstance(node.value, str) else node.value
    return text_of(node, problems)


def _complete(top: Mapping[str, Node], problems: NodeProblems, *, example: bool) -> dict[ListName, date | None]:
    complete: dict[ListName, date | None] = {}
    if example:
        left_out = _list_names(top.get("incomplete"), problems)
        complete = {name: None for name in LIST_NAMES if name in top and name not in left_out}
    node = top.get("complete")
    if node is not None and isinstance(node.value, Mapping):
        for name, child in node.children().items():
            if name not in LIST_NAMES:
                problems.add(Node(None, node.path, child.line, child.column), f"must be of {', '.join(LIST_NAMES)}")
            elif child.value is None:
                problems.add(child, "must be the day from which the list is complete, or true")
            else:
                complete[name] = None if child.value is True else day_of(child, problems)
        return complete
    return {**complete, **dict.fromkeys(_list_names(node, problems))}


def _list_names(node: Node | None, problems: NodeProblems) -> list[ListName]:
    names: list[ListName] = []
    for item in items_of(node, problems):
        if item.value in LIST_NAMES:
            names.append(item.value)
        else:
            problems.add(item, f"must be one of {', '.join(LIST_NAMES)}")
    return names
