"""The monitoring table: a test, the medicines it goes with, when it is due and what a clinician should hear of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.diagnostics import nearest
from healthcheck_cli.content.medicine_models import Setting
from healthcheck_cli.content.monitoring_models import FirstTest, Interval, MonitoringTest, Threshold
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.spans import Span, span_of
from healthcheck_cli.content.support import Support

_SETTING = re.compile(r"setting\((\w+)\)")
_NO_SPAN = Span(1, "day")
"""Stands in for one that could not be read: the content is refused then."""


def read_monitoring_test(
    record: RecordReader, conditions: ConditionReader, settings: Mapping[str, Setting]
) -> MonitoringTest:
    """One row of the table. An interval may be ``setting(name)``: what that is set to."""
    support = record.support()
    interval = partial(_interval, whole=support, conditions=conditions, settings=settings)
    usual = record.record("usual")
    found = MonitoringTest(
        id=record.text("id"),
        title=record.text("title"),
        of=record.texts("of"),
        test=record.text("test"),
        place=record.place(),
        support=support,
        who=conditions.optional(record, "who"),
        base=_span(record, "base") if record.has("base") else None,
        first=tuple(_first(part, support) for part in record.records("first")),
        closer=tuple(interval(part, needs="for_first") for part in record.records("closer")),
        usual=interval(usual) if usual is not None else None,
        more_often=tuple(interval(part, needs="when") for part in record.records("more_often")),
        thresholds=tuple(_threshold(part, support) for part in record.records("thresholds")),
        told_by=record.texts("told_by"),
        note=record.text("note", ""),
    )
    _refuse_what_is_empty(record, found)
    record.done()
    return found


def _refuse_what_is_empty(record: RecordReader, found: MonitoringTest) -> None:
    if not found.of:
        record.problem("", "empty-group", "this names no medicine", "add of: with classes or single medicines")
    if not (found.intervals or found.first or found.base):
        record.problem("", "never-due", "this test is never due", "add base, first, closer or usual")


def _first(part: RecordReader, whole: Support) -> FirstTest:
    after = _span(part, "after")
    found = FirstTest(after, _span(part, "counts_from") if part.has("counts_from") else after, part.support(whole))
    part.done()
    return found


def _interval(
    part: RecordReader,
    whole: Support,
    conditions: ConditionReader,
    settings: Mapping[str, Setting],
    needs: str = "",
) -> Interval:
    """One interval; ``needs``: the key that says how long or for whom it holds."""
    every = _span(part, "every", settings)
    if needs and not part.has(needs):
        part.problem("", "missing-key", f"'{needs}' is missing", "say how long or for whom this interval holds")
    found = Interval(
        every=every,
        overdue_after=_span(part, "overdue_after", settings) if part.has("overdue_after") else every,
        support=part.support(whole),
        for_first=_span(part, "for_first") if part.has("for_first") else None,
        when=conditions.optional(part, "when"),
    )
    if found.overdue_after.days < every.days:
        part.problem("overdue_after", "bad-range", "this is overdue before it is due", f"{every.text} or more")
    part.done()
    return found


def _threshold(part: RecordReader, whole: Support) -> Threshold:
    found = Threshold(part.text("says"), part.support(whole))
    part.done()
    return found


def _span(part: RecordReader, key: str, settings: Mapping[str, Setting] | None = None) -> Span:
    text = part.text(key)
    named = _SETTING.fullmatch(text)
    if named is not None and settings is not None:
        return _set_span(part, key, named.group(1), settings)
    span = span_of(text)
    if text and span is None:
        part.problem(key, "bad-time", f"'{text}' is not a stretch of time", "as 14 days, 2 weeks, 12 months, 5 years")
    return span or _NO_SPAN


def _set_span(part: RecordReader, key: str, name: str, settings: Mapping[str, Setting]) -> Span:
    if name not in settings:
        part.problem(key, "unknown-setting", f"there is no setting '{name}'", nearest(name, settings))
        return _NO_SPAN
    span = span_of(settings[name].shown)
    if span is None:
        message = f"the setting {name} is {settings[name].shown}, which is not a stretch of time"
        part.problem(key, "bad-time", message, "use one in whole days, weeks, months or years")
        return _NO_SPAN
    return replace(span, setting=name)
