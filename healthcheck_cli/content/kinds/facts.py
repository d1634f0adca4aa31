"""Facts: how conditions may use them, and where a record gives them."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.models import Fact, ObservationFeed
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.yaml_source import YamlMapping

_FROM_ANSWERS = ("question", "answers")
_FROM_RECORD = ("problem", "observation")
_ALONE = ("computed", "defined")
_TYPES = tuple(it.value for it in FactType)
_WITH_VALUES = (FactType.CHOICE, FactType.MULTI)


def read_declaration(record: RecordReader) -> FactDeclaration:
    """The part of a fact that conditions are checked against; read before any condition is."""
    name = record.text("name")
    type_word = record.word("type", _TYPES)
    fact_type = FactType(type_word) if type_word in _TYPES else FactType.TEXT
    declaration = FactDeclaration(
        name=name,
        type=fact_type,
        unit=record.text("unit", ""),
        values=record.texts("values"),
        nothing=record.text("nothing", ""),
        dated=record.flag("dated", False),
    )
    _check_values(record, declaration)
    return declaration


def has_type(record: RecordReader) -> bool:
    """Does the fact give a type there is?"""
    return record.raw("type") in _TYPES


def _check_values(record: RecordReader, declaration: FactDeclaration) -> None:
    if declaration.type in _WITH_VALUES and not declaration.values:
        message = f"a {declaration.type.value} needs its values"
        record.problem("", "missing-key", message, "add values: [a, b]")
    if declaration.values and declaration.type not in _WITH_VALUES:
        record.problem("values", "not-for-type", f"a {declaration.type.value} has no values", "remove them")
    if declaration.nothing and declaration.nothing not in declaration.values:
        message = f"'{declaration.nothing}' is not among the values"
        record.problem("nothing", "unknown-value", message, "add it to values: as well")


def read_fact(record: RecordReader, declaration: FactDeclaration, conditions: ConditionReader) -> Fact:
    """One fact, with its feed and its gate."""
    _check_feeds(record, declaration.name)
    group, group_within = _problem(record)
    fact = Fact(
        declaration=declaration,
        title=record.text("title"),
        place=record.place(),
        question=record.text("question", ""),
        also_asked=record.texts("also_asked"),
        told_in=record.typed_mapping("told_in", (str,), "the word of a row"),
        answers=_answers(record),
        private=record.flag("private", False),
        of_others=record.flag("of_others", False),
        answer_within_days=record.days("answer_within"),
        every_question=record.flag("every_question", False),
        problem=group,
        problem_within_days=group_within,
        observation=_observation(record),
        computed=record.flag("computed", False),
        definition=conditions.optional(record, "defined"),
        asked_of=conditions.optional(record, "asked_of"),
        support=record.support(),
    )
    if fact.told_in and not (declaration.dated or declaration.type is FactType.DATE):
        record.problem("told_in", "not-for-type", "a fact without a date is not told in rows with dates", "remove it")
    if fact.answer_within_days is not None and (fact.computed or fact.definition is not None):
        record.problem("answer_within", "not-for-type", "what is worked out has no answer", "remove it")
    record.done()
    return fact


def _check_feeds(record: RecordReader, name: str) -> None:
    """A fact is worked out, or it comes from answers, from the record, or from one of each (the newer decides)."""
    alone, answers, recorded = (
        [key for key in keys if record.has(key)] for keys in (_ALONE, _FROM_ANSWERS, _FROM_RECORD)
    )
    found = [*alone, *answers, *recorded]
    if not found:
        hint = f"add one of {', '.join((*_FROM_ANSWERS, *_FROM_RECORD, *_ALONE))}"
        record.problem("", "no-feed", f"nothing says where {name} comes from", hint)
    elif len(answers) > 1 or len(recorded) > 1 or (alone and len(found) > 1):
        message = f"{' and '.join(found)} cannot go together"
        record.problem(found[1], "two-feeds", message, "keep one, or one of answers and one of the record")


def _answers(record: RecordReader) -> dict[str, Mapping[str, bool | None]]:
    found = record.mapping("answers")
    return {question: _meanings(record, question, meanings) for question, meanings in found.items()}


def _meanings(record: RecordReader, question: str, meanings: object) -> dict[str, bool | None]:
    if not isinstance(meanings, YamlMapping):
        record.problem("answers", "wrong-type", f"{question} wants a mapping of answer to true, false or unknown")
        return {}
    read: dict[str, bool | None] = {}
    for answer, meaning in meanings.items():
        if isinstance(meaning, bool):
            read[answer] = meaning
        elif meaning == "unknown":
            read[answer] = None
        else:
            place = meanings.spot(answer)
            message = f"what '{answer}' means for this fact is true, false or unknown"
            record.problem_at(place, "bad-meaning", message, "write true, false or unknown")
    return read


def _problem(record: RecordReader) -> tuple[str, float | None]:
    part = record.record("problem") if record.has("problem") else None
    if part is None:
        return "", None
    found = part.text("group"), part.days("within")
    part.done()
    return found


def _observation(record: RecordReader) -> ObservationFeed | None:
    part = record.record("observation") if record.has("observation") else None
    if part is None:
        return None
    feed = ObservationFeed(part.texts("names"), part.codes("codes"), part.days("within"))
    if not feed.names and not feed.codes:
        part.problem("", "missing-key", "an observation is found by its names or its codes", "add names: [ … ]")
    part.done()
    return feed
