"""Reads what was typed in answer to one question: an answer, a doubt to settle, or the reason it is none."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Mapping
from datetime import date

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import read_choice, read_several, read_yes_or_no
from healthcheck_cli.interview.dates import read_date
from healthcheck_cli.interview.measures import bare_number, plain_number, read_measure
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.interview.tables import read_rows
from healthcheck_cli.interview.unit_guesses import QUANTITIES, possible_readings
from healthcheck_cli.record import PartialDate

_LONGEST_TEXT = 4000
_PAIR = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:/|over|\\)\s*(\d+(?:\.\d+)?)\s*(?:mm\s*\[?hg\]?)?\s*", re.IGNORECASE)


def read_entry(question: Question, typed: str, as_of: date, questions: Mapping[str, Question]) -> Entry:
    """The answer that was typed, by the question's type, units and ranges. ``as_of`` is the day of the check;
    ``questions`` are all there are (one blood pressure entry answers two). Never raises, whatever was typed.

    A number that may be in another unit is not guessed at: its readings are handed back. A value outside the hard
    range is refused; outside the soft range it is ``Unsure``.
    """
    text = typed.strip()
    if not text:
        return Refused("Type an answer, or - to leave the question not asked.")
    if len(text) > _LONGEST_TEXT:
        return Refused(f"That is too long: {_LONGEST_TEXT} characters at most.")
    if question.type == "num":
        return _number(question, text, as_of, questions)
    if question.type == "date":
        return _date(question, text, as_of)
    if question.type == "table":
        return read_rows(question, text, as_of)
    if question.type == "yn":
        return read_yes_or_no(text)
    if question.type == "choice":
        return read_choice(question, text)
    if question.type == "multi":
        return read_several(question, text)
    return Accepted(text)


def partner_of(question: Question, questions: Mapping[str, Question]) -> Question | None:
    """The question for the lower number of a blood pressure, where this one is for the upper: the ids differ only in
    ``_sys`` and ``_dia``, or in ``_dia`` at the end."""
    stem = question.id.removesuffix("_sys")
    partner = questions.get(f"{stem}_dia")
    return partner if partner is not None and partner.id != question.id and partner.type == "num" else None


def _number(question: Question, text: str, as_of: date, questions: Mapping[str, Question]) -> Entry:
    pair = _PAIR.fullmatch(text)
    if pair is not None:
        return _pair(question, (float(pair[1]), float(pair[2])), questions)
    number = bare_number(text)
    readings = possible_readings(question.id, number) if number is not None else ()
    entry = (
        Ambiguous("Which unit is that in?", readings)
        if readings
        else read_measure(text, question.unit, QUANTITIES.get(question.id, ""))
    )
    if isinstance(entry, Ambiguous):
        return _only_possible(entry, question, as_of, questions)
    if isinstance(entry, Accepted) and isinstance(entry.value, float):
        return _within_ranges(question, entry.value)
    return entry


def _only_possible(entry: Ambiguous, question: Question, as_of: date, questions: Mapping[str, Question]) -> Entry:
    """Without the readings that the question would refuse. One that is left is still asked about."""
    read = {reading: _number(question, reading, as_of, questions) for reading in entry.readings}
    possible = tuple(reading for reading, found in read.items() if not isinstance(found, Refused))
    return Ambiguous(entry.message, possible) if possible else next(iter(read.values()))


def _within_ranges(question: Question, number: float) -> Entry:
    unit = f" {question.unit}" if question.unit else ""
    if question.hard and not question.hard[0] <= number <= question.hard[1]:
        return Refused(f"That cannot be right: it must be {_range(question.hard)}{unit}.")
    if question.soft and not question.soft[0] <= number <= question.soft[1]:
        return Unsure(number, f"{plain_number(round(number, 1))}{unit} is outside {_range(question.soft)}{unit}.")
    return Accepted(number)


def _pair(question: Question, numbers: tuple[float, float], questions: Mapping[str, Question]) -> Entry:
    partner = partner_of(question, questions)
    if partner is None:
        return Refused("Write one number.")
    upper, lower = _within_ranges(question, numbers[0]), _within_ranges(partner, numbers[1])
    for entry, which in ((upper, "Upper"), (lower, "Lower")):
        if isinstance(entry, Refused):
            return Refused(f"{which} number: {entry.message[:1].lower()}{entry.message[1:]}")
    if numbers[0] <= numbers[1]:
        return Refused("The upper number comes first and must be the higher one.")
    doubts = [entry.reason for entry in (upper, lower) if isinstance(entry, Unsure)]
    if not 20 <= numbers[0] - numbers[1] <= 100:
        doubts.append("The two numbers are usually between 20 and 100 mmHg apart.")
    also = {partner.id: numbers[1]}
    return Unsure(numbers[0], " ".join(doubts), also) if doubts else Accepted(numbers[0], also)


def _date(question: Question, text: str, as_of: date) -> Entry:
    to_come = question.hard is not None and question.hard[0] < 0
    entry = read_date(text, as_of, question.never_allowed, to_come)
    if isinstance(entry, Accepted) and isinstance(entry.value, PartialDate) and question.hard:
        years = (_years(entry.value.latest, as_of), _years(entry.value.earliest, as_of))
        if years[1] < question.hard[0] or years[0] > question.hard[1]:
            return Refused(f"That cannot be right: it must be {_years_from_now(question.hard)}.")
        if question.soft and (years[1] < question.soft[0] or years[0] > question.soft[1]):
            return Unsure(entry.value, f"That is not {_years_from_now(question.soft)}.")
    return entry


def _years(then: date, now: date) -> int:
    """Whole years from one day to another; someone born on 29 February has a birthday on 1 March in other years."""
    day = (then.month, then.day)
    if day == (2, 29) and not isleap(now.year):
        day = (3, 1)
    return now.year - then.year - ((now.month, now.day) < day)


def _years_from_now(limits: tuple[float, float]) -> str:
    if limits[0] < 0:
        return f"at most {plain_number(-limits[0])} years to come"
    return f"{_range(limits)} years ago"


def _range(limits: tuple[float, float]) -> str:
    return f"{plain_number(limits[0])} to {plain_number(limits[1])}"
