"""Cross checks: what two answers, or this year's and last year's, say of each other; what is wanted before closing."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.kinds.scores import read_bound
from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.score_models import AnswerTest, Bound, CrossCheck

KINDS: Mapping[str, tuple[str, ...]] = {
    "answering": ("hard", "soft", "warn"),
    "last_year": ("soft", "warn"),
    "closing": ("stop", "block", "warn", "list"),
}
"""When a check is made → what can come of it."""

COMPARE: Mapping[str, tuple[str, ...]] = {
    "answering": ("difference", "ratio", "later", "from_score", "before_birth"),
    "last_year": (
        *("change", "change_percent", "crossed", "band", "years_between", "same_date", "became", "again"),
        *("more_rows", "newly_ticked", "steps", "rows_worse"),
    ),
    "closing": ("age", "core_open", "later", "other_year", "days_between", "months_ahead", "not_among", "rows"),
}
"""The closed list of what can be compared. ``docs/content.md`` says what each means."""

STATES = ("answered", "absent", "declined", "not_known", "not_applicable")
"""What is known of an answer. ``absent``: nobody asked, or it was passed over."""

PLACEHOLDERS = ("last", "now", "change", "on")
"""Last year's answer, this year's, the change in words, and last year's day: only where last year is compared."""


def read_cross_check(record: RecordReader) -> CrossCheck:
    """One cross check."""
    moment = record.word("moment", tuple(KINDS))
    check = CrossCheck(
        id=record.text("id"),
        kind=record.word("kind", KINDS.get(moment, ())),
        moment=moment,
        says=record.text("says"),
        place=record.place(),
        support=record.support(),
        compare=record.word("compare", COMPARE.get(moment, ()), ""),
        of=record.texts("of"),
        score=record.text("score", ""),
        odd_if=tuple(_bound(part) for part in record.records("odd_if")),
        together=tuple(_test(part) for part in record.records("together")),
        was=record.texts("was"),
        now=record.texts("now"),
        order=record.texts("order"),
        columns=record.texts("columns"),
        up_through=_numbers(record, "up_through"),
        down_through=_numbers(record, "down_through"),
        same=record.texts("same"),
        from_age=record.integer("from_age") if record.has("from_age") else None,
        below_age=record.integer("below_age") if record.has("below_age") else None,
        days_apart=record.integer("days_apart", 0),
    )
    _check(record, check)
    record.done()
    return check


def _numbers(record: RecordReader, key: str) -> tuple[float, ...]:
    return tuple(number for number, _ in record.items(key, (int, float), "numbers"))


def _bound(part: RecordReader) -> Bound:
    found = read_bound(part)
    part.done()
    return found


def _test(part: RecordReader) -> AnswerTest:
    rows = part.record("rows") if part.has("rows") else None
    found = AnswerTest(
        question=part.text("question", ""),
        answers=part.texts("is"),
        bound=read_bound(part),
        rows=_bound(rows) if rows is not None else None,
        mentions=part.texts("mentions"),
        states=part.words("state", STATES),
        listed=part.text("listed", ""),
        not_listed=part.text("not_listed", ""),
    )
    if not (found.question or found.listed or found.not_listed):
        part.problem("", "missing-key", "nothing says what is tested", "add question: a.b, or listed: with a class")
    part.done()
    return found


def _check(record: RecordReader, check: CrossCheck) -> None:
    if not (check.compare or check.together):
        record.problem("", "missing-key", "nothing says what is looked at", "add compare: or together:")
    if check.moment != "last_year":
        return
    try:
        check.says.format(**dict.fromkeys(PLACEHOLDERS, ""))
    except (KeyError, ValueError, IndexError):
        hint = f"only {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)} are filled in"
        record.problem("says", "unknown-placeholder", "there is a word in { } that nothing fills in", hint)
