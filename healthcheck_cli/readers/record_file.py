"""A record file: one person's record in YAML or JSON, read strictly.

Every problem is told at once with its line and column. Nothing is guessed: an unknown key or a date that cannot be
read is an error here, since a person wrote the file and can mend it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from healthcheck_cli.content.yaml_source import YamlMapping
from healthcheck_cli.readers.accepted import accepted_of
from healthcheck_cli.readers.answers import AnswersOf, ToldAt, typed_answers
from healthcheck_cli.readers.blood_pressure import each_pressure
from healthcheck_cli.readers.dates import AFTER_REVIEW, NO_BIRTH_DATE, can_be_birth_date, is_after_review
from healthcheck_cli.readers.last_check import last_check_of
from healthcheck_cli.readers.listed_medicines import medicine_lines_of, row_of
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
from healthcheck_cli.readers.result import ReadOptions, ReadResult
from healthcheck_cli.readers.strict_text import read_strictly
from healthcheck_cli.readers.values import age_in, measured_value, number_in
from healthcheck_cli.record import (
    BORN,
    LIST_NAMES,
    SEX,
    SEXES,
    ListName,
    Observation,
    Person,
    Problem,
    Record,
    Row,
    differs,
)

_KEYS = ("person", "complete", "medicines", "problems", "observations", "answers", "last_check")
RECORD_KEYS = (*_KEYS, "accepted")
_EXAMPLE_KEYS = (*_KEYS, "incomplete", "facts", "as_of", "level", "missing")
_AS_WRITTEN = ("answers",)  # also those of the last check
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")


def read_record_file(text: str, file: str, options: ReadOptions) -> ReadResult:
    """The record in ``text``. ``file`` is named in errors; ``options`` say how its answers are read, and of which rules
    something may be accepted. Raises :class:`InputProblem` with a line for each thing that is wrong."""
    record, told = read_one_record(text, file, options)
    notes = Notes(file)
    for line, column, message in told:
        notes.add(message, line, column=column)
    return ReadResult(records=(record,), notes=notes.told(), format="record")


def read_one_record(text: str, file: str, options: ReadOptions) -> tuple[Record, Sequence[ToldAt]]:
    """The record in ``text``, and what is to be known of how it was read. Raises :class:`InputProblem`."""
    problems = NodeProblems(file)
    value = read_strictly(text, problems, _AS_WRITTEN if options.answers is not None else ())
    if value is None:
        problems.raise_if_any()
    told: list[ToldAt] = []
    read_answers = typed_answers if options.answers is None else partial(options.answers, told=told)
    return _record(value, problems, read_answers, told, known_rules=options.known_rules, as_of=options.as_of), told


def record_from_mapping(mapping: Mapping[str, Any], file: str = "", *, example: bool = False) -> Record:
    """The record that a mapping of the shape of a record file says.

    With ``example`` (the examples of a rule) a list that is given is complete unless ``incomplete`` names it, and the
    keys ``facts``, ``as_of``, ``level`` and ``missing`` are allowed and left to the caller. Rows are the lines of the
    file; places in the list where two medicines share a line or there are no lines. Raises :class:`InputProblem` with
    every problem.

    >>> record_from_mapping({"medicines": ["Laxido sachets"]}).medicines[0].text
    'Laxido sachets'
    """
    return _record(mapping, NodeProblems(file), typed_answers, [], example=example)


def _record(
    mapping: Mapping[str, Any],
    problems: NodeProblems,
    read_answers: AnswersOf,
    told: list[ToldAt],
    *,
    example: bool = False,
    known_rules: Collection[str] = (),
    as_of: date | None = None,
) -> Record:
    """The record, where nothing is wrong with it nor was before. What is to be known of it goes to ``told``."""
    file = problems.file
    root = Node(mapping, "", *_start(mapping))
    top = fields_of(root, _EXAMPLE_KEYS if example else RECORD_KEYS, problems)
    medicines = items_of(top.get("medicines"), problems)
    found_problems = items_of(top.get("problems"), problems)
    observations = items_of(top.get("observations"), problems)
    lines = {node.line for node in (*medicines, *found_problems, *observations)}
    by_line = len(lines) > 1 and 0 not in lines  # a file of one line, and a mapping without any, are told by places
    results = [
        _observations(node, row_of(node, i, file, by_line), problems, told) for i, node in enumerate(observations)
    ]
    record = Record(
        person=_person(top.get("person"), problems, as_of),
        medicines=medicine_lines_of(medicines, file, problems, example=example),
        problems=tuple(
            _problem(node, row_of(node, i, file, by_line), problems) for i, node in enumerate(found_problems)
        ),
        observations=tuple(it for of_one in results for it in of_one),
        answers=read_answers(top["answers"], None, problems) if "answers" in top else {},
        complete=_complete(top, problems, example=example),
        from_check="answers" in top,
        accepted=accepted_of(top.get("accepted"), problems, known_rules),
        previous=last_check_of(top.get("last_check"), file, problems, read_answers, example=example),
    )
    if "answers" in top and not example:
        _check_details_agree(record, top["answers"], problems)
    problems.raise_if_any()
    told += _later(found_problems, record.problems, f"problem {AFTER_REVIEW}", as_of)
    told += _later(observations, [of_one[0] for of_one in results], f"observation {AFTER_REVIEW}", as_of)
    return record


def _later(
    nodes: Iterable[Node], entries: Iterable[Problem | Observation], message: str, as_of: date | None
) -> Iterable[ToldAt]:
    """What is to be known of the entries that are dated after the day of the review, once of a line."""
    later = [node for node, it in zip(nodes, entries, strict=True) if is_after_review(it.date, as_of)]
    return [(node.line, node.column, message) for node in {it.line: it for it in reversed(later)}.values()][::-1]


def _check_details_agree(record: Record, answers: Node, problems: NodeProblems) -> None:
    """A file that says two things of one person is not guessed at: somebody can tell which of them is wrong."""
    for question, detail in ((BORN, "person.date_of_birth"), (SEX, "person.sex")):
        if question in record.answers and differs(question, record.answers[question].value, record.person):
            message = f"does not agree with {detail}; put right the one that is wrong"
            problems.add(answers.children()[question], message)


def _start(mapping: object) -> tuple[int, int]:
    if not isinstance(mapping, YamlMapping):
        return (0, 0)
    return mapping.spot().line, mapping.spot().column


def _person(node: Node | None, problems: NodeProblems, as_of: date | None) -> Person:
    if node is None:
        return Person()
    found = fields_of(node, ("id", "date_of_birth", "age", "sex", "ethnicity"), problems)
    age = age_in(found["age"].value) if "age" in found else None
    if "age" in found and age is None:
        problems.add(found["age"], "must be whole years, 0 to 130")
    sex = text_of(found.get("sex"), problems)
    if sex and sex.casefold() not in SEXES:
        problems.add(found["sex"], "must be F or M (leave it out where neither is recorded)")
    born = partial_date_of(found.get("date_of_birth"), problems)
    if born is not None and not can_be_birth_date(born, as_of):
        problems.add(found["date_of_birth"], f"cannot be right: {NO_BIRTH_DATE}")
    return Person(
        id=text_of(found.get("id"), problems),
        date_of_birth=born,
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


def _observations(node: Node, row: Row, problems: NodeProblems, told: list[ToldAt]) -> tuple[Observation, ...]:
    """The observation that an item tells; two where it is a blood pressure."""
    found = fields_of(node, ("name", "code", "value", "unit", "date"), problems)
    name, code = text_of(found.get("name"), problems), code_of(found.get("code"), problems)
    if not name and not code:
        problems.add(node, "an observation needs a name or a code")
    value, unit = measured_value(_observed(found.get("value"), problems), text_of(found.get("unit"), problems))
    observation = Observation(row, name, code, value, unit, day_of(found.get("date"), problems))
    where = found.get("value", node)
    return each_pressure(observation, lambda message: told.append((where.line, where.column, message)))


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
