"""The arithmetic of scores, once for facts and for the interview. The numbers themselves are content.

Readings are rounded first and compared after, halves away from zero, as they are written on a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from healthcheck_cli.content.score_models import OtherBands, Points, Score, ScoreBand, ScorePart
from healthcheck_cli.facts.plain import finite_number
from healthcheck_cli.record import Answer, AnswerState

_NOT_GIVEN = frozenset({"", "not_stated", "refused", "not_known"})


def rounded(number: float, decimals: int) -> float:
    """Rounded as people round: halves away from zero. The noise of the arithmetic, from the 12th figure on, is cut off
    first.

    >>> rounded(24.95, 1), rounded(20.5, 0), rounded(-2.25, 1)
    (25.0, 21.0, -2.3)
    """
    return float(Decimal(format(number, ".12g")).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def body_mass_index(kilograms: float, centimetres: float, decimals: int = 1) -> float | None:
    """kg by metres squared; None where either is not more than 0.

    >>> body_mass_index(71.67, 162.56)
    27.1
    """
    if kilograms <= 0 or centimetres <= 0:
        return None
    return rounded(kilograms / (centimetres / 100) ** 2, decimals)


def percent_change(before: float, now: float) -> float | None:
    """By how many per cent of ``before`` it changed, to two decimals; a loss is negative. None where there was nothing.

    >>> percent_change(80, 72)
    -10.0
    """
    return rounded((now - before) / before * 100, 2) if before > 0 else None


def number_given(answer: Answer | None) -> float | None:
    """The number that was answered, or None."""
    return finite_number(answer.value) if answer is not None and answer.state is AnswerState.ANSWERED else None


def words_given(answer: Answer | None) -> tuple[str, ...]:
    """The words that were answered: ``yes`` and ``no``, a choice, everything ticked; empty for anything else."""
    if answer is None or answer.state is not AnswerState.ANSWERED:
        return ()
    value = answer.value
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, tuple):
        return tuple(word for word in value if isinstance(word, str))
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    return (value,) if isinstance(value, str) else ()


@dataclass(frozen=True)
class PartsRead:
    """The points of each part that could be read, and the questions of those that could not.

    ``other_table``: the question whose answer chose another table of points (the oxygen scale of NEWS2), or empty.
    """

    points: Mapping[str, int]
    missing: tuple[str, ...]
    other_table: str = ""

    @property
    def total(self) -> int | None:
        """The sum; None with any part missing, however few points it could have."""
        return None if self.missing else sum(self.points.values())

    @property
    def highest(self) -> int | None:
        """The most points of one part, of those that could be read."""
        return max(self.points.values(), default=None)


def read_parts(score: Score, answers: Mapping[str, Answer], as_of: date) -> PartsRead:
    """The points of every part of a total, by the answers. ``as_of`` is the day of the check: where the score wants
    readings of one day, an answer of another day is missing.

    Never raises; an answer that no row of the table speaks of is missing, and is not guessed.
    """
    given = {
        name: answer
        for name, answer in answers.items()
        if not score.one_day or answer.at is None or answer.at.date() == as_of
    }
    points: dict[str, int] = {}
    missing: list[str] = []
    other = ""
    for part in score.parts:
        table, needs = _table(part, given, answers)
        if table is not part.points or needs:
            other = part.instead.question if part.instead is not None else ""
        found = None if needs else _points(table, part, given.get(part.question))
        if found is None:
            missing.append(needs if needs and part.question in given else part.question)
            continue
        points[part.question] = found
        if part.ends and found == 0:
            rest = [it.question for it in score.parts if it.question not in points]
            return PartsRead({**points, **dict.fromkeys(rest, 0)}, ())
    return PartsRead(points, tuple(dict.fromkeys(missing)), other)


def _table(
    part: ScorePart, given: Mapping[str, Answer], answers: Mapping[str, Answer]
) -> tuple[tuple[Points, ...], str]:
    """The table to read, and the question whose answer is still needed to tell which."""
    instead = part.instead
    if instead is None or instead.answer not in words_given(answers.get(instead.question)):
        return part.points, ""
    if instead.agreed_in is not None and _denied(*instead.agreed_in, answers):
        return part.points, ""
    chosen = [instead.points[word] for word in words_given(given.get(instead.by)) if word in instead.points]
    return (chosen[0], "") if chosen else (part.points, instead.by)


def _denied(question: str, column: str, answers: Mapping[str, Answer]) -> bool:
    """Was the table answered, and does none of its rows say yes in the column?"""
    answer = answers.get(question)
    if answer is None or not isinstance(answer.value, tuple) or not answer.value:
        return False
    return not any(isinstance(row, Mapping) and row.get(column, "") == "yes" for row in answer.value)


def _points(table: tuple[Points, ...], part: ScorePart, answer: Answer | None) -> int | None:
    words, number = words_given(answer), number_given(answer)
    for row in table:
        if row.answers:
            if any(word in row.answers for word in words):
                return row.points
        elif number is not None and (row.up_to is None or rounded(number, part.decimals) <= row.up_to):
            return row.points
    return None


def band_of(
    bands: Iterable[ScoreBand],
    number: float | None = None,
    lower: float | None = None,
    highest: int | None = None,
    words: tuple[str, ...] = (),
) -> ScoreBand | None:
    """The first band that holds, or None. ``lower``: the second of two numbers; ``highest``: the most points of one
    part. Without a number only what holds without one is looked at."""
    for band in bands:
        tests = [
            (not band.bound.open, number is not None and band.bound.holds(number)),
            (band.lower_at_least is not None, lower is not None and lower >= (band.lower_at_least or 0)),
            (band.any_part is not None, highest is not None and highest >= (band.any_part or 0)),
            (bool(band.answers), any(word in band.answers for word in words)),
        ]
        asked = [holds for given, holds in tests if given]
        if any(asked) or (not asked and number is not None):
            return band
    return None


def group_word(text: str) -> str:
    """An ethnic group as the content writes it.

    >>> group_word("White and Black Caribbean")
    'white_and_black_caribbean'
    """
    return "_".join(text.casefold().replace("/", " ").split())


def in_other_group(others: OtherBands, text: str) -> bool | None:
    """Do the other bands hold for a person of this group? None where the group was not told."""
    word = group_word(text)
    if word in _NOT_GIVEN or word in others.not_told:
        return None
    return word in others.groups
