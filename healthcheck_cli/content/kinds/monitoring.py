"""The monitoring table: a test, the medicines it goes with, when it is due and what a clinician should hear of."""

from __future__ import annotations

from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.monitoring_models import FirstTest, Interval, MonitoringTest, Threshold
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.spans import Span, span_of
from healthcheck_cli.content.support import Support

_NO_SPAN = Span(1, "day")
"""Stands in for one that could not be read: the content is refused then."""


def read_monitoring_test(record: RecordReader, conditions: ConditionReader) -> MonitoringTest:
    """One row of the table."""
    support = record.support()
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
        closer=tuple(_interval(part, support, conditions, "for_first") for part in record.records("closer")),
        usual=_interval(usual, support, conditions) if usual is not None else None,
        more_often=tuple(_interval(part, support, conditions, "when") for part in record.records("more_often")),
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


def _interval(part: RecordReader, whole: Support, conditions: ConditionReader, needs: str = "") -> Interval:
    """One interval; ``needs``: the key that says how long or for whom it holds."""
    every = _span(part, "every")
    if needs and not part.has(needs):
        part.problem("", "missing-key", f"'{needs}' is missing", "say how long or for whom this interval holds")
    found = Interval(
        every=every,
        overdue_after=_span(part, "overdue_after") if part.has("overdue_after") else every,
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


def _span(part: RecordReader, key: str) -> Span:
    text = part.text(key)
    span = span_of(text)
    if text and span is None:
        part.problem(key, "bad-time", f"'{text}' is not a stretch of time", "as 14 days, 2 weeks, 12 months, 5 years")
    return span or _NO_SPAN
