"""Rules, with their actions and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.diagnostics import nearest
from healthcheck_cli.content.medicine_models import Setting
from healthcheck_cli.content.models import ActionSpec, Example, Expectation, Level, LevelIf, Rule
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.spans import days_of_span
from healthcheck_cli.record import LIST_NAMES

_AT_ONCE = ("now", "today")
OWNERS = (
    "gp",
    "practice nurse",
    "healthcare assistant",
    "reception",
    "pharmacist",
    "learning disability nurse",
    "community learning disability team",
    "speech and language therapist",
    "physiotherapist",
    "occupational therapist",
    "dietitian",
    "dentist",
    "optometrist",
    "audiologist",
    "podiatrist",
    "continence service",
    "social care",
    "specialist",
    "carer or provider",
    "the person",
)
APPLIES = ("check", "extract", "both")
STATUSES = ("active", "draft", "retired")
PLACEHOLDERS = ("medicines", "as_of", "facts")

RECORD_KEYS = (
    *("person", "complete", "incomplete", "medicines", "problems", "observations"),
    *("facts", "answers", "last_check", "as_of"),
)
"""What an example may hold besides what it expects."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SETTING = re.compile(r"\{setting\((\w+)\)\}")
_LEVELS = [level.value for level in Level]


def read_rule(record: RecordReader, conditions: ConditionReader, settings: Mapping[str, Setting] | None = None) -> Rule:
    """One rule. Where it says ``{setting(name)}``, what that is set to is put in its place."""
    says = _with_settings(record, record.text("says"), settings or {})
    for name in _PLACEHOLDER.findall(says):
        if name not in PLACEHOLDERS:
            hint = f"one of: {', '.join(f'{{{it}}}' for it in PLACEHOLDERS)}"
            record.problem("says", "unknown-placeholder", f"there is no placeholder {{{name}}}", hint)
    rule = Rule(
        id=record.text("id"),
        title=record.text("title"),
        level=_level(record),
        themes=record.texts("themes"),
        when=conditions.required(record, "when"),
        says=says,
        actions=tuple(_action(part) for part in record.records("actions")),
        support=record.support(),
        examples=_examples(record),
        place=record.place(),
        level_if=tuple(_level_if(part, conditions) for part in record.records("level_if")),
        not_for=record.text("not_for", ""),
        supersedes=record.texts("supersedes"),
        applies=record.word("applies", APPLIES, "both"),
        population=record.text("population", ""),
        rider=record.flag("rider", False),
        status=record.word("status", STATUSES, "active"),
        asks_a_review_of=record.texts("asks_a_review_of"),
    )
    record.done()
    return rule


def _with_settings(record: RecordReader, text: str, settings: Mapping[str, Setting]) -> str:
    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in settings:
            return settings[name].shown
        record.problem("says", "unknown-setting", f"there is no setting '{name}'", nearest(name, settings))
        return name

    return _SETTING.sub(value, text)


def _level(record: RecordReader) -> Level:
    word = record.word("level", _LEVELS)
    return Level(word) if word in _LEVELS else Level.INFO


def _level_if(part: RecordReader, conditions: ConditionReader) -> LevelIf:
    found = LevelIf(_level(part), conditions.required(part, "when"))
    part.done()
    return found


def _action(part: RecordReader) -> ActionSpec:
    within = part.text("within")
    days = days_within(within)
    if within and days is None:
        hint = "now, today, 3 days, 2 weeks or 6 months"
        part.problem("within", "bad-time", f"'{within}' is not a time to act within", hint)
    action = ActionSpec(
        do=part.text("do"),
        owner=part.word("owner", OWNERS),
        within=within,
        days=days or 0,
        easy_read=part.text("easy_read", ""),
        when_urgent=part.word("when_urgent", _AT_ONCE, "") if part.has("when_urgent") else "",
    )
    part.done()
    return action


def days_within(within: str) -> int | None:
    """How many days an action may take; None where the text is not such a time.

    >>> days_within("today"), days_within("2 weeks"), days_within("3 months"), days_within("soon")
    (0, 14, 91, None)
    """
    if within in _AT_ONCE:
        return 0
    days = days_of_span(within)
    return None if days is None else round(days)


def _examples(record: RecordReader) -> tuple[Example, ...]:
    part = record.record("examples") if record.has("examples") else None
    if part is None:
        return ()
    found = [
        _example(example, expectation) for expectation in Expectation for example in part.records(expectation.value)
    ]
    part.done()
    return tuple(found)


def _example(part: RecordReader, expectation: Expectation) -> Example:
    level = _level(part) if part.has("level") else None
    missing = part.texts("missing")
    if level and expectation is not Expectation.FIRES:
        part.problem("level", "not-here", "only an example that fires has a level", "remove it")
    if missing and expectation is not Expectation.UNKNOWN:
        part.problem("missing", "not-here", "only an unknown example names what is missing", "remove it")
    record: dict[str, Any] = {key: part.raw(key) for key in RECORD_KEYS if part.has(key)}
    _check_record(part, record)
    example = Example(expectation, record, part.place(), level, missing)
    part.done()
    return example


def _check_record(part: RecordReader, record: dict[str, Any]) -> None:
    for key in ("complete", "incomplete"):
        if key in record:
            part.words(key, LIST_NAMES)
    for key in LIST_NAMES:
        if key in record:
            part.items(key, (str, dict), "text or mappings")
    for key in ("person", "facts", "answers", "last_check"):
        part.mapping(key)
    if "as_of" in record:
        part.day("as_of")
