"""What other lines, tests and reviews say of a medicine line: another product than before, a dose that fell, two lines
of one substance, the checks that go with its start.

A list shows only part of what went before. What it does not show is None, which conditions take as unknown: "no" is
said only where the list, or what is complete, leaves no other answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.values import AttributeContent, DateRange, Interval
from healthcheck_cli.medicines.currency import supply_days
from healthcheck_cli.medicines.models import IngredientRead, MedicineRead

_PRODUCT_WITHIN = 6  # months
_AT_THE_START = timedelta(days=28)  # a test so near the start, before or after it, belongs to it (proposed)
_THEN_AGAIN = timedelta(days=70)  # the check of 12 weeks may be two weeks early (proposed)
_TAKES_OVER = timedelta(days=56)  # a line begun so long before another ends takes over from it (proposed)


@dataclass(frozen=True)
class CareDates:
    """When the person was reviewed and tested.

    ``last_review`` and ``team_review``: the newest review of psychotropic medicine, and the newest by a team; None
    where that is not known. ``start_checks``: the days of each test that goes with a start, a test to an entry.
    ``tests_complete``: no day is left out; ``tests_complete_from``: from this day on, None for all time.
    """

    last_review: DateRange | None = None
    team_review: DateRange | None = None
    start_checks: tuple[frozenset[date], ...] = ()
    tests_complete: bool = False
    tests_complete_from: date | None = None


@lru_cache(maxsize=256)  # asked of every line of an extract, on one day
def months_before(day: date, months: int) -> date:
    """The day so many calendar months before."""
    return day - relativedelta(months=months)


def history_attributes(
    read: MedicineRead, ingredient: IngredientRead, reads: Sequence[MedicineRead], as_of: date
) -> dict[str, AttributeContent]:
    """What the lines of the same substance among ``reads`` say of this one."""
    same = [(other, theirs) for other in reads for theirs in other.ingredients if theirs.name == ingredient.name]
    reduced, ago = _reduced(read, ingredient, same, as_of)
    return {
        "duplicate": _duplicate(read, [other for other, _ in same]),
        "product_changed": product_changed(read, [other for other, _ in same], as_of),
        "reduced": reduced,
        "reduced_ago": ago,
    }


def since_start(begun: DateRange, care: CareDates) -> dict[str, AttributeContent]:
    """The reviews and checks since a line was begun."""
    return {
        "reviewed_since_start": _since(begun, care.last_review),
        "team_review_since_start": _since(begun, care.team_review),
        "start_checks_done": _start_checks_done(begun, care),
    }


def _since(begun: DateRange, last: DateRange | None) -> bool | None:
    """Was there a review on or after the day it was begun?"""
    if last is None or last.never:
        return None if last is None else False
    if begun.latest is not None and last.earliest is not None and last.earliest >= begun.latest:
        return True
    before = begun.earliest is not None and last.latest is not None and last.latest < begun.earliest
    return False if before else None


def _start_checks_done(begun: DateRange, care: CareDates) -> bool | None:
    """Was each test done about the start and again about 12 weeks later?"""
    start = begun.earliest
    if start is None or start != begun.latest:
        return None
    if care.start_checks and all(_about_start_and_again(start, days) for days in care.start_checks):
        return True
    since = care.tests_complete_from
    whole = care.tests_complete and (since is None or start - since >= _AT_THE_START)
    return False if whole else None


def _about_start_and_again(start: date, days: frozenset[date]) -> bool:
    first = any(abs(day - start) <= _AT_THE_START for day in days)
    return first and any(day - start >= _THEN_AGAIN for day in days)


def _duplicate(read: MedicineRead, same: Sequence[MedicineRead]) -> bool | None:
    """Is the substance on another current line of another brand or form, in supply at the same time?"""
    if not read.current:
        return False
    found = [_two_of_one(read, other) for other in same if other is not read and other.current]
    return True if True in found else None if None in found else False


def _two_of_one(one: MedicineRead, other: MedicineRead) -> bool | None:
    """Two lines of a substance: a duplicate, or a depot and its tablets, regular and when required, two strengths?"""
    if {one.route, other.route} >= {"depot"} and one.route != other.route:
        return False
    if one.prn is not None and other.prn is not None and one.prn is not other.prn:
        return False
    differs = _another_product(one, other)
    if differs is False or _strengths_of_one_direction(one, other):
        return False
    overlap = _overlap(one, other)
    if overlap is False:
        return False
    return True if differs and overlap and one.prn is False and other.prn is False else None


def _another_product(one: MedicineRead, other: MedicineRead) -> bool | None:
    """Do brand or form differ? None where a name has no form, or only a maker that is not told apart here."""
    mine, theirs = one.recognised, other.recognised
    if mine.form and theirs.form and mine.form != theirs.form:
        return True
    brand = _another_brand(one, other)
    return brand if brand is not False or (mine.form and theirs.form) else None


def _another_brand(one: MedicineRead, other: MedicineRead) -> bool | None:
    """Do the brands differ? A brand and a generic do; two makers of a generic cannot be told apart here."""
    mine, theirs = one.recognised, other.recognised
    if mine.brand or theirs.brand:
        return mine.brand.casefold() != theirs.brand.casefold()
    return None if mine.product_named or theirs.product_named else False


def _strengths_of_one_direction(one: MedicineRead, other: MedicineRead) -> bool:
    """A dose made of two strengths: the same directions, the same form."""
    same_form = one.recognised.form == other.recognised.form
    directions = " ".join(one.line.dosage.casefold().split())
    return same_form and bool(directions) and directions == " ".join(other.line.dosage.casefold().split())


def _overlap(one: MedicineRead, other: MedicineRead) -> bool | None:
    """Do the last supplies of both lines cover a day in common?"""
    supplies = [(it.line.last_issue, supply_days(it.line, it.dosage)) for it in (one, other)]
    known = sorted((day, length) for day, length in supplies if day is not None and length is not None)
    if len(known) < 2:
        return None
    (first, length), (second, _) = known
    return (second - first).days <= length


def product_changed(read: MedicineRead, same: Sequence[MedicineRead], as_of: date) -> bool | None:
    """Was the substance on the list as another brand in the last 6 months? "No" is said of a line as old as that."""
    oldest = months_before(as_of, _PRODUCT_WITHIN)
    recent = [other for other in same if other is not read and _last_day(other, as_of) >= oldest]
    found = [_another_brand(read, other) for other in recent]
    if True in found:
        return True
    begun = min((day for day in (read.line.start, *read.line.issues) if day is not None), default=None)
    return False if None not in found and begun is not None and begun <= oldest else None


def _last_day(read: MedicineRead, as_of: date) -> date:
    """The last day that a line is known to have been taken."""
    if read.current:
        return as_of
    return read.line.end or read.line.last_issue or date.min


def _reduced(
    read: MedicineRead, ingredient: IngredientRead, same: Sequence[tuple[MedicineRead, IngredientRead]], as_of: date
) -> tuple[bool | None, Interval | None]:
    """Did the daily dose of the substance fall when this line ended, or the substance end with it, and how long ago?

    Only a line with an end shows it: a dose that was altered within a line leaves no trace in a list. What was begun
    about the time of the end, or later, is what the line became; what was there long before goes on beside both.
    """
    end = read.line.end
    if end is None or end >= as_of:
        return None, None
    ago = Interval.exactly((as_of - end).days)
    later = [it for it in same if it[0] is not read and _last_day(it[0], as_of) > end]
    if any(it[0].line.start is None for it in later):
        return None, ago
    became = [it for it in later if it[0].line.start is not None and end - it[0].line.start <= _TAKES_OVER]
    if not became:
        return True, ago
    then, now = _together([(read, ingredient)]), _together(became)
    if then is None or now is None:
        return None, ago
    if now.high < then.low:
        return True, ago
    return (False if now.low >= then.high else None), ago


def _together(lines: Sequence[tuple[MedicineRead, IngredientRead]]) -> Interval | None:
    """The daily doses added up, in mg; None where one is not known."""
    doses = [ingredient.dose.daily for _, ingredient in lines if ingredient.dose.unit == "mg"]
    known = [dose for dose in doses if dose is not None]
    if len(known) < len(lines):
        return None
    return Interval(sum(it.low for it in known), sum(it.high for it in known))
