"""Scores: what is worked out from answers, from which of them, and what a value means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthcheck_cli.content.record_reader import RecordReader
from healthcheck_cli.content.score_models import (
    Bound,
    OtherBands,
    OtherTable,
    Points,
    Score,
    ScoreBand,
    ScorePart,
)
from healthcheck_cli.content.support import Support

HOW = {
    "age": 1,  # whole years from a date of birth
    "bmi": 2,  # weight in kg by the square of height in m
    "ratio": 2,  # the first divided by the second
    "pressure": 2,  # the upper and the lower number of a blood pressure
    "word": 1,  # the answer itself
    "change": 1,  # the number of this year less that of last year
    "change_percent": 1,  # the same, in % of last year's, by which its bands go
    "points": 0,  # the sum of the points of its parts
    "recorded": 0,  # a total that somebody worked out elsewhere
}
"""How a value is worked out, and from how many questions. A new way needs code; a new score in one of them none."""


def read_score(record: RecordReader) -> Score:
    """One score, with its parts and bands."""
    support = record.support()
    score = Score(
        id=record.text("id"),
        title=record.text("title"),
        how=record.word("how", tuple(HOW)),
        place=record.place(),
        support=support,
        of=record.texts("of"),
        recorded_in=record.text("recorded_in", ""),
        unit=record.text("unit", ""),
        decimals=record.integer("decimals", 0),
        from_age=_optional_integer(record, "from_age"),
        younger=record.text("younger", ""),
        begun_by=record.texts("begun_by"),
        not_where=_answers_by_question(record, "not_where"),
        only_below=_only_below(record),
        days_apart=record.integer("days_apart", 0),
        same=record.texts("same"),
        estimated_where=_answers_by_question(record, "estimated_where"),
        one_day=record.flag("one_day", False),
        parts=tuple(_part(part) for part in record.records("parts")),
        bands=tuple(_bands(record, support)),
        other_bands=_other_bands(record, support),
        note=record.text("note", ""),
    )
    _check(record, score)
    record.done()
    return score


def read_bound(part: RecordReader) -> Bound:
    """The tests of a number that stand in a mapping, among its other keys."""
    return Bound(
        at_least=part.number("at_least") if part.has("at_least") else None,
        above=part.number("above") if part.has("above") else None,
        up_to=part.number("up_to") if part.has("up_to") else None,
        below=part.number("below") if part.has("below") else None,
    )


def _bands(record: RecordReader, whole: Support) -> Iterator[ScoreBand]:
    for part in record.records("bands"):
        yield ScoreBand(
            says=part.text("says"),
            support=part.support(whole),
            bound=read_bound(part),
            lower_at_least=part.number("lower_at_least") if part.has("lower_at_least") else None,
            any_part=_optional_integer(part, "any_part"),
            answers=part.texts("is"),
        )
        part.done()


def _other_bands(record: RecordReader, whole: Support) -> OtherBands | None:
    part = record.record("other_bands") if record.has("other_bands") else None
    if part is None:
        return None
    found = OtherBands(
        question=part.text("question"),
        title=part.text("title"),
        groups=frozenset(part.texts("groups")),
        not_told=frozenset(part.texts("not_told")),
        bands=tuple(_bands(part, whole)),
    )
    part.done()
    return found


def _part(part: RecordReader) -> ScorePart:
    found = ScorePart(
        question=part.text("question"),
        title=part.text("title"),
        points=_points(part, "points"),
        decimals=part.integer("decimals", 0),
        ends=part.flag("ends", False),
        instead=_other_table(part),
    )
    part.done()
    return found


def _other_table(record: RecordReader) -> OtherTable | None:
    part = record.record("instead") if record.has("instead") else None
    if part is None:
        return None
    agreed = part.texts("agreed_in")
    if agreed and len(agreed) != 2:
        part.problem("agreed_in", "bad-range", "'agreed_in' wants a table question and its column", "as [a.b, column]")
    tables = part.record("points")
    found = OtherTable(
        question=part.text("question"),
        answer=part.text("is"),
        by=part.text("by"),
        points={answer: _points(tables, answer) for answer in tables.keys()} if tables is not None else {},  # noqa: SIM118
        agreed_in=(agreed[0], agreed[1]) if len(agreed) == 2 else None,
    )
    part.done()
    return found


def _points(record: RecordReader, key: str) -> tuple[Points, ...]:
    rows = []
    for part in record.records(key):
        up_to = part.number("up_to") if part.has("up_to") else None
        rows.append(Points(part.integer("points"), up_to, part.texts("is")))
        part.done()
    ends = [row.up_to for row in rows if row.up_to is not None]
    if not rows:
        record.problem(
            key, "missing-key", "a part needs its points", "add points: [{up_to: 8, points: 3}, {points: 0}]"
        )
    if ends != sorted(set(ends)) or any(row.up_to is None and not row.answers for row in rows[:-1]):
        record.problem(key, "bad-range", "the rows of points go from the lowest number up", "lowest up_to first")
    return tuple(rows)


def _answers_by_question(record: RecordReader, key: str) -> Mapping[str, tuple[str, ...]]:
    part = record.record(key) if record.has(key) else None
    return {question: part.texts(question) for question in part.keys()} if part is not None else {}  # noqa: SIM118


def _only_below(record: RecordReader) -> tuple[str, float] | None:
    part = record.record("only_below") if record.has("only_below") else None
    if part is None:
        return None
    found = (part.text("score"), part.number("number"))
    part.done()
    return found


def _optional_integer(record: RecordReader, key: str) -> int | None:
    return record.integer(key) if record.has(key) else None


def _check(record: RecordReader, score: Score) -> None:
    wanted = HOW.get(score.how)
    if wanted is not None and len(score.of) != wanted:
        message = f"a score by {score.how} is worked out of {wanted} questions, and here are {len(score.of)}"
        record.problem("of", "bad-of", message, "put the questions in of: [a.b, c.d]")
    if (score.how == "points") != bool(score.parts):
        record.problem("parts", "not-for-type", "parts and how: points go together", "give both or neither")
    if score.how == "recorded" and not score.recorded_in:
        record.problem("", "missing-key", "a recorded score needs the question it is in", "add recorded_in: a.b")
