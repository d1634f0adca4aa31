"""Sections of the check and their questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.diagnostics import nearest
from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Place

ROLES = ("nurse", "hca", "gp")
"""Who usually asks or does it. Anybody may; a check can be split between them."""

QUESTION_TYPES = ("yn", "num", "choice", "multi", "date", "text", "table")
_WITH_VALUES = ("choice", "multi")

# which keys only some types of question know
_ONLY_FOR = {
    "values": _WITH_VALUES,
    "labels": ("choice", "multi", "yn", "table"),
    "nothing": ("multi",),
    "unit": ("num",),
    "hard": ("num", "date"),
    "soft": ("num", "date"),
    "never_allowed": ("date",),
    "columns": ("table",),
    "red_flags": ("choice", "multi", "yn"),
}


def read_section(record: RecordReader, order: int, conditions: ConditionReader) -> Section:
    """One part of the check; ``order`` is where its file stands among the sections, from 0."""
    section_id = record.text("id")
    defaults = record.record("defaults") if record.has("defaults") else None
    questions = [
        read_question(part.with_defaults(defaults), section_id, conditions) for part in record.records("questions")
    ]
    section = Section(
        id=section_id,
        title=record.text("title"),
        intro=record.text("intro", ""),
        private=record.flag("private", False),
        of_others=record.flag("of_others", False),
        questions=tuple(questions),
        place=record.place(),
        order=order,
    )
    if not questions:
        record.problem("", "no-questions", f"the section {section_id} has no questions", "add questions: [ … ]")
    record.done()
    return section


def sections_in_order(
    found: Sequence[tuple[Place, Section]], order: RecordReader | None
) -> list[tuple[Place, Section]]:
    """The sections as the order file has them; as they were found where there is no such file.

    A section that the file does not name comes last; a name that is no section is a problem.
    """
    if order is None:
        return list(found)
    named = order.texts("order")
    known = {section.id for _, section in found}
    for name in named:
        if name not in known:
            order.problem("order", "unknown-section", f"there is no section '{name}'", nearest(name, known))
    order.done()
    place = {name: at for at, name in enumerate(named)}
    ordered = sorted(found, key=lambda pair: place.get(pair[1].id, len(place)))
    return [(where, replace(section, order=at)) for at, (where, section) in enumerate(ordered)]


def read_question(record: RecordReader, section_id: str, conditions: ConditionReader) -> Question:
    """One question."""
    question = Question(
        id=record.text("id"),
        section=section_id,
        ask=record.text("ask"),
        help=record.text("help"),
        type=record.word("type", QUESTION_TYPES),
        core=record.flag("core", False),
        place=record.place(),
        support=record.support(),
        values=record.texts("values"),
        labels=record.typed_mapping("labels", (str,), "text"),
        nothing=record.text("nothing", ""),
        unit=record.text("unit", ""),
        hard=record.pair("hard"),
        soft=record.pair("soft"),
        who=conditions.optional(record, "who"),
        may_not_apply=record.flag("may_not_apply", False),
        never_allowed=record.flag("never_allowed", False),
        themes=record.texts("themes"),
        columns=record.texts("columns"),
        red_flags=record.texts("red_flags"),
        why=record.text("why", ""),
        easy_read=record.text("easy_read", ""),
        signs=record.text("signs", ""),
        role=record.word("role", ROLES, "nurse"),
        before=record.flag("before", False),
    )
    _check(record, question)
    record.done()
    return question


def _check(record: RecordReader, question: Question) -> None:
    for key, types in _ONLY_FOR.items():
        if record.has(key) and question.type and question.type not in types:
            record.problem(key, "not-for-type", f"a {question.type} question has no '{key}'", "remove it")
    needed = {"values": _WITH_VALUES, "columns": ("table",)}
    for key, types in needed.items():
        if question.type in types and not record.has(key):
            record.problem("", "missing-key", f"a {question.type} question needs '{key}'", f"add {key}: [a, b]")
    answers = question.values or question.columns or ("yes", "no")
    named = (("labels", tuple(question.labels)), ("red_flags", question.red_flags), ("nothing", (question.nothing,)))
    for key, words in named:
        for word in words:
            if word and word not in answers:
                message = f"'{word}' is not an answer to {question.id}"
                record.problem(key, "unknown-value", message, f"one of: {', '.join(answers)}")
    if question.hard and question.soft and not _within(question.soft, question.hard):
        record.problem("soft", "bad-range", "the soft range lies within the hard range", "widen hard or narrow soft")


def _within(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
