"""From medicine lines as read to what conditions may ask of a line (``taking(class, taken_for > 12 weeks)``).

An attribute that nothing in the source gives is None, which conditions take as unknown. "No" is only said where
the definition of the attribute says that silence means no (``switching``, ``hospital``, ``listed``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from healthcheck_cli.conditions.values import AttributeContent, DateRange, Interval, LineFacts
from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.facts.line_history import CareDates, history_attributes, months_before, since_start
from healthcheck_cli.medicines.currency import last_issue_by, supply_days
from healthcheck_cli.medicines.models import Currency, IngredientRead, Match, MedicineRead
from healthcheck_cli.record import PartialDate

_SWITCH_DAYS = 56  # one ends within 8 weeks of the other's start: a switch, not two at once (proposed)
_SWITCH_DAYS_BENZODIAZEPINE = 28
SWITCH_CLASSES = frozenset({"antipsychotic", "antidepressant", "benzodiazepine_any", "benzodiazepine_z"})
_LAPSE_FACTOR = 1.5  # a gap of over 1.5 times the supply (proposed)
_GOES_ON_DAYS = 28  # a line begun so soon after another of its substance goes on from it (proposed)
_TIMES = ("taken_for", "begun", "begun_on", "age_at_start", "reviewed_since_start")
_LAPSE_SEEN_FOR_DAYS = 365  # old lines that nobody ended are not sudden stops of today (proposed)


def line_facts(
    reads: Sequence[MedicineRead],
    medicines: Mapping[str, Medicine],
    born: PartialDate | None,
    as_of: date,
    weight_kg: Interval | None,
    care: CareDates,
) -> tuple[LineFacts, ...]:
    """One LineFacts for each ingredient of each recognised line, ended lines included (as not current).

    ``weight_kg`` is the person's newest weight, None if unknown.
    """
    named = [read for read in reads if read.recognised.match is Match.EXACT and read.currency is not Currency.DUPLICATE]
    result = []
    for read in named:
        for ingredient in read.ingredients:
            attributes: dict[str, AttributeContent] = {
                **product_attributes(read, ingredient.name, medicines),
                **direction_attributes(read),
                **dose_attributes(ingredient, weight_kg),
                **time_attributes(read, same_substance(ingredient, named, medicines), born, as_of, care),
                **history_attributes(read, ingredient, named, as_of),
                **issue_attributes(read, as_of),
                "switching": switching(read, ingredient, named),
                "lapsed": lapsed(read, ingredient.name, named, as_of),
            }
            result.append(
                LineFacts(
                    row=read.row,
                    substance=substance_of(ingredient.name, medicines),
                    classes=frozenset(ingredient.classes),
                    possible_classes=frozenset(ingredient.possible_classes),
                    current=read.current,
                    attributes=attributes,
                    shown=ingredient.name,
                )
            )
    return tuple(result)


def substance_of(name: str, medicines: Mapping[str, Medicine]) -> str:
    """What an ingredient is counted under: valproic acid and sodium valproate are one."""
    medicine = medicines.get(name)
    return (medicine.counted_as if medicine is not None else "") or name


def same_substance(
    ingredient: IngredientRead, reads: Sequence[MedicineRead], medicines: Mapping[str, Medicine]
) -> tuple[MedicineRead, ...]:
    """The lines of the same substance."""
    substance = substance_of(ingredient.name, medicines)
    return tuple(
        read for read in reads if any(substance_of(it.name, medicines) == substance for it in read.ingredients)
    )


def product_attributes(
    read: MedicineRead, ingredient: str, medicines: Mapping[str, Medicine]
) -> dict[str, AttributeContent]:
    """What the product says. ``ingredient``: the name of the one that is asked about."""
    medicine = medicines.get(ingredient)
    return {
        "route": read.route or None,
        "oral": read.route == "oral" if read.route else None,
        "depot": read.route == "depot" if read.route else None,
        "release": read.recognised.release or None,
        "product_named": read.recognised.product_named,
        "level": Interval.exactly(medicine.constipating_level if medicine is not None else 0),
        "listed": not read.line.from_answer,
        "hospital": read.dosage.hospital,
    }


def direction_attributes(read: MedicineRead) -> dict[str, AttributeContent]:
    """What the directions say, and how long the last issue lasts."""
    directions = bool(read.line.dosage.strip())
    reason = read.dosage.reason_stated or bool(read.line.indication.strip())
    states_a_most = read.dosage.max_per_day is not None or read.dosage.max_mg_per_day is not None
    supply = supply_days(read.line, read.dosage)
    return {
        "prn": read.prn,
        "regular": None if read.prn is None else not read.prn,
        "max_stated": states_a_most if directions else None,
        "reason_stated": reason if directions or reason else None,
        "supply": None if supply is None else Interval.exactly(supply),
    }


def dose_attributes(ingredient: IngredientRead, weight_kg: Interval | None) -> dict[str, AttributeContent]:
    """How much of it is taken a day."""
    dose = ingredient.dose
    daily_mg = dose.daily if dose.unit == "mg" else None
    per_kg = None
    if daily_mg is not None and weight_kg is not None and weight_kg.low > 0:
        per_kg = Interval(daily_mg.low / weight_kg.high, daily_mg.high / weight_kg.low)
    return {
        "daily_mg": daily_mg,
        "mg_per_kg": per_kg,
        "percent_of_max": dose.percent_of_max,
        "percent_at_top": dose.percent_at_top,
    }


def time_attributes(
    read: MedicineRead, same: Sequence[MedicineRead], born: PartialDate | None, as_of: date, care: CareDates
) -> dict[str, AttributeContent]:
    """When it was begun, and what was done since; ``same`` are the lines of the substance."""
    return times_since(begun_on(read, same, as_of), born, as_of, care)


def times_since(
    begun: DateRange | None, born: PartialDate | None, as_of: date, care: CareDates
) -> dict[str, AttributeContent]:
    """How long ago that was, how old the person was, and what was done since."""
    if begun is None or begun.latest is None:
        return dict.fromkeys(_TIMES)
    first = begun.earliest
    days = Interval((as_of - begun.latest).days, (as_of - first).days if first is not None else math.inf)
    return {
        "taken_for": days,
        "begun": days,
        "begun_on": begun,
        "age_at_start": age_on(born, first) if first is not None else None,
        **since_start(begun, care),
    }


def begun_on(read: MedicineRead, same: Sequence[MedicineRead], as_of: date) -> DateRange | None:
    """When the medicine was begun: a new strength or brand of what was taken just before is no new medicine.

    ``same`` are the lines of the substance. A line goes on from one by the same route, both regular or both when
    required, that was taken up to 4 weeks before it; where that is not known of one, it may. Where a start is not
    known, nothing is put before it.
    """
    begun = _run_began(read, as_of)
    if begun is None or begun.earliest is None:
        return begun
    first, latest, sure = begun.earliest, begun.latest, True
    runs = [(run, it) for it in same if it is not read and (run := _run_began(it, as_of)) is not None and run.latest]
    for run, other in sorted(runs, key=lambda it: it[0].latest or as_of, reverse=True):
        until, one_use = _taken_until(other, as_of), _of_one_use(read, other)
        begins_earlier = run.latest is not None and run.latest < first
        if not begins_earlier or one_use is False or until is None or (first - until).days > _GOES_ON_DAYS:
            continue
        sure = sure and one_use is True
        latest = run.latest if sure else latest
        if run.earliest is None:
            return DateRange(None, latest)
        first = run.earliest
    return DateRange(first, latest)


def _of_one_use(one: MedicineRead, other: MedicineRead) -> bool | None:
    """Are both by one route, and both regular or both when required? None where one of them does not say."""
    pairs = ((one.route or None, other.route or None), (one.prn, other.prn))
    if any(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs):
        return False
    return None if any(mine is None or theirs is None for mine, theirs in pairs) else True


def _taken_until(read: MedicineRead, as_of: date) -> date | None:
    """The last day it is known to have been taken."""
    return as_of if read.current else read.line.end or last_issue_by(read.line, as_of)


def _run_began(read: MedicineRead, as_of: date) -> DateRange | None:
    """When the unbroken run of issues up to now began: after the last gap of over 1.5 times the supply.

    Without such a gap it began at the start given; where issues are older than that, or there is no start, on the day
    of the first issue listed or before it, as sources list the last months only.
    """
    start = read.line.start if read.line.start is not None and read.line.start <= as_of else None
    issues = sorted({day for day in read.line.issues if day <= as_of})
    supply = _longest_supply(read) if len(issues) > 1 and read.prn is False else None
    if supply is not None:
        for earlier, later in reversed(list(pairwise(issues))):
            if (later - earlier).days > _LAPSE_FACTOR * supply:
                return DateRange(max(later, start or later), max(later, start or later))
    if issues and (start is None or issues[0] < start):
        return DateRange(None, issues[0])
    return DateRange(start, start) if start is not None else None


def _longest_supply(read: MedicineRead) -> float | None:
    """How many days the last issue may last: at the lowest daily use. None where that is not known, or nothing."""
    shortest, low, high = supply_days(read.line, read.dosage), read.dosage.daily_low, read.dosage.daily_high
    return shortest * high / low if shortest is not None and low and high else None


def age_on(born: PartialDate | None, day: date) -> Interval | None:
    """Whole years on ``day``; a range where only the month or year of birth is known; None without a date of birth.

    >>> age_on(PartialDate(date(1980, 1, 1), date(1980, 12, 31)), date(2026, 6, 1))
    Interval(low=45, high=46)
    """
    if born is None or born.earliest > day:
        return None
    return Interval(_whole_years(min(born.latest, day), day), _whole_years(born.earliest, day))


def _whole_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def issue_attributes(read: MedicineRead, as_of: date) -> dict[str, AttributeContent]:
    """How often it was issued of late; unknown where the source lists no issues."""
    if not read.line.issues:
        return {"issues_6m": None, "issues_12m": None}
    return {f"issues_{months}m": _issues_since(read, months_before(as_of, months), as_of) for months in (6, 12)}


def _issues_since(read: MedicineRead, first: date, as_of: date) -> Interval:
    """Issues after ``first`` up to the day of the review."""
    return Interval.exactly(sum(first < day <= as_of for day in read.line.issues))


def switching(read: MedicineRead, ingredient: IngredientRead, reads: Sequence[MedicineRead]) -> bool:
    """Do dates show another of the same group ending about when this one began? Without dates: no, the safer side."""
    start = read.line.start
    if start is None:
        return False
    for other in reads:
        end = other.line.end
        if end is None or other is read:
            continue
        for theirs in other.ingredients:
            shared = set(ingredient.classes) & set(theirs.classes) & SWITCH_CLASSES
            limit = _SWITCH_DAYS_BENZODIAZEPINE if "benzodiazepine_any" in shared else _SWITCH_DAYS
            if theirs.name != ingredient.name and shared and abs((end - start).days) <= limit:
                return True
    return False


def lapsed(read: MedicineRead, ingredient: str, reads: Sequence[MedicineRead], as_of: date) -> bool | None:
    """Is the last issue older than 1.5 times its supply, with no end recorded? A hospital's line never lapses, nor does
    one that goes on under another line; and one that ran out over a year ago is history.

    Taken at less than its highest daily use a supply lasts longer: between the two it cannot be told."""
    ended = read.line.end is not None or read.line.active is False
    if read.dosage.hospital or ended or _goes_on(read, ingredient, reads):
        return False
    supply = supply_days(read.line, read.dosage)
    if read.line.last_issue is None or supply is None:
        return None
    days = (as_of - read.line.last_issue).days
    if days <= _LAPSE_FACTOR * supply or days > _LAPSE_FACTOR * supply + _LAPSE_SEEN_FOR_DAYS:
        return False
    longest = None if read.prn is not False else _longest_supply(read)
    return True if longest is not None and days > _LAPSE_FACTOR * longest else None


def _goes_on(read: MedicineRead, ingredient: str, reads: Sequence[MedicineRead]) -> bool:
    """Was the substance issued on another line since, or begun there? A new strength is no lapse of the old one."""
    last = read.line.last_issue
    others = (it.line for it in reads if it is not read and any(i.name == ingredient for i in it.ingredients))
    later = (day for it in others for day in (it.last_issue, it.start) if day is not None)
    return last is not None and any(day > last for day in later)
