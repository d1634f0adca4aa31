"""Indicators of a cohort, and the series of national figures that they are held against."""

from __future__ import annotations

from healthcheck_cli.content.condition_reader import ConditionReader
from healthcheck_cli.content.indicator_models import (
    Indicator,
    IndicatorGroup,
    NationalFigure,
    NationalSeries,
    SeriesBreak,
)
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.support import Support
from healthcheck_cli.record import LIST_NAMES

_GROUPS = tuple(group.value for group in IndicatorGroup)
_WAYS = ("counts", "fired", "not_fired", "assessed", "unanswered")


def read_indicator(record: RecordReader, conditions: ConditionReader) -> Indicator:
    """One indicator, which says in exactly one way who is counted."""
    support = record.support()
    group = record.word("group", _GROUPS)
    found = Indicator(
        id=record.text("id"),
        title=record.text("title"),
        group=IndicatorGroup(group) if group in _GROUPS else IndicatorGroup.LEDER,
        place=record.place(),
        support=support,
        who=conditions.optional(record, "who"),
        counts=conditions.optional(record, "counts"),
        fired=record.texts("fired"),
        not_fired=record.texts("not_fired"),
        assessed=record.text("assessed", ""),
        found_in=record.word("found_in", LIST_NAMES, ""),
        leave_out=conditions.optional(record, "leave_out"),
        figures=tuple(_figure(part, support) for part in record.records("figures")),
        unanswered=record.text("unanswered", ""),
        note=record.text("note", ""),
    )
    _refuse_other_than_one_way(record)
    record.done()
    return found


def _refuse_other_than_one_way(record: RecordReader) -> None:
    ways = [key for key in _WAYS if record.has(key)]
    if len(ways) != 1:
        message = f"an indicator says in one way who is counted, and this in {len(ways)}"
        record.problem(ways[-1] if ways else "", "one-way", message, f"keep one of: {', '.join(_WAYS)}")
    if record.has("assessed") != record.has("found_in"):
        record.problem("", "missing-key", "'assessed' and 'found_in' go together", "say in which list it looks")


def _figure(part: RecordReader, whole: Support) -> NationalFigure:
    found = NationalFigure(
        percent=part.number("percent"),
        period=part.text("period"),
        series=part.text("series"),
        support=part.support(whole),
        note=part.text("note", ""),
    )
    if not 0 <= found.percent <= 100:
        part.problem("percent", "bad-range", "a percentage is from 0 to 100", "write 14.5 for 14.5%")
    part.done()
    return found


def read_national_series(record: RecordReader) -> NationalSeries:
    """One series of national figures."""
    found = NationalSeries(
        id=record.text("id"),
        title=record.text("title"),
        of=record.text("of"),
        place=record.place(),
        support=record.support(),
        breaks=tuple(_break(part) for part in record.records("breaks")),
    )
    record.done()
    return found


def _break(part: RecordReader) -> SeriesBreak:
    found = SeriesBreak(part.text("year"), part.text("says"))
    part.done()
    return found
