"""The past year: hospital stays, long-term conditions and the family, clinics, the last plan, what was left undone.

Every one of them is read from a table of the check. A row whose cell says nothing is never taken for a no: it may be
one more, and only rows that are all clear make a no.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import date

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.computed.cells import (
    Row,
    Rows,
    any_row,
    between,
    both,
    counted,
    day,
    either,
    flag,
    of_rows,
    older_than,
    one_of,
    rows_counted,
    rows_of,
    says_nobody,
    says_unsure,
    whether,
    whole_number,
    without_value,
    word,
)
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known, number
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import day_in_words

_DOES_NOT_APPLY = FactValue(State.DOES_NOT_APPLY)
_PLANNED = "planned_procedure"
_SERIOUS = ("aspiration", "sepsis", "bowel_obstruction", "status_epilepticus")
_EARLY_HEART_AGE = 60
_GLAUCOMA_AGE = 40
_MANY_CLINICS = 3
_PRESSING = ("urgent", "high")
_LESS_PRESSING = ("medium", "info")
_HEART_WORDS = {
    "heart_attack": ("heart attack", "myocardial infarction"),
    "angina": ("angina",),
    "stroke": ("stroke", "tia"),
    "heart_failure": ("heart failure",),
    "af": ("af", "atrial fibrillation"),
    "pad": ("pad", "peripheral arterial disease"),
}
"""The values of the heart question as people write them in the table of long-term conditions."""


# ---- hospital stays and visits


def _unplanned_n(rows: Rows, sources: FactSources, _: FactLookup) -> FactValue:
    """Unplanned stays and visits of the last 12 months."""
    before = [older_than(day(row, "date"), sources.as_of, months=12) is True for row in rows]
    return counted(False if long_ago else _unplanned(row) for row, long_ago in zip(rows, before, strict=True))


def _unplanned(row: Row) -> bool | None:
    """A planned procedure was planned, whether or not the other column says so again."""
    planned = flag(row, "planned")
    if planned is None:
        return False if word(row, "cause") == _PLANNED else None
    return not planned


def _days_since_discharge(rows: Rows, sources: FactSources, _: FactLookup) -> FactValue:
    """Since the newest last day. A stay without one ended between its first day and the day of the review, if at all.
    Does not apply to those who were not in hospital."""
    if not rows:
        return _DOES_NOT_APPLY
    ends = [_left(row, sources.as_of) for row in rows]
    first_days = [first for first, _ in ends if first is not None]
    newest = max(last for _, last in ends)
    most = (sources.as_of - max(first_days)).days if first_days else math.inf
    least = (sources.as_of - newest).days
    if not first_days and least == 0:
        return UNKNOWN_FACT
    shown = f"left hospital on {day_in_words(newest)}" if least == most else ""
    return between(least, most, shown)


def _left(row: Row, as_of: date) -> tuple[date | None, date]:
    """The first and the last day on which a stay can have ended."""
    left, came = day(row, "discharged"), day(row, "date")
    if left is not None and left.earliest <= as_of:
        return left.earliest, min(left.latest, as_of)
    return came.earliest if came is not None and came.earliest <= as_of else None, as_of


def _same_cause(rows: Rows, _: FactSources, __: FactLookup) -> FactValue:
    """The most rows of one cause that has a name; planned procedures are none. Rows without a cause may share one, with
    each other or with those that have one; so may rows that say "other", with each other."""
    causes = Counter(word(row, "cause") for row in rows)
    unnamed, other = causes.pop("", 0), causes.pop("other", 0)
    causes.pop(_PLANNED, 0)
    cause, most = causes.most_common(1)[0] if causes else ("", 0)
    high = max(most, other) + unnamed
    low = max(most, min(other + unnamed, 1))  # one row by itself is one of its cause
    return between(low, high, f"{low}, {cause.replace('_', ' ')}" if low == high and low > 1 else "")


def _serious(row: Row) -> bool | None:
    cause = word(row, "cause")
    return None if not cause else cause in _SERIOUS


# ---- long-term conditions, and the family


def _unreviewed(rows: Rows, sources: FactSources, _: FactLookup) -> FactValue:
    """Conditions last reviewed over 12 months ago. One without a date may be one of them, and so may a heart condition
    that was ticked and stands in no row."""
    overdue = [older_than(day(row, "date"), sources.as_of, months=12) for row in rows]
    late = [row.get("condition", "") for row, is_late in zip(rows, overdue, strict=True) if is_late]
    ticked = sources.answered("cvd.known")
    heart = [it for it in ticked.value if isinstance(it, str)] if ticked and isinstance(ticked.value, tuple) else []
    not_listed = [it for it in heart if it in _HEART_WORDS and not _stands_in(rows, _HEART_WORDS[it])]
    return counted([*overdue, *(None for _ in not_listed)], "; ".join(filter(None, late)))


def _stands_in(rows: Rows, names: tuple[str, ...]) -> bool:
    texts = [f" {' '.join(row.get('condition', '').casefold().split())} " for row in rows]
    return any(f" {name} " in text for name in names for text in texts)


def _early_heart(row: Row) -> bool | None:
    condition, age = word(row, "condition"), whole_number(row, "age")
    if condition != "heart":
        return False if condition else None
    return None if age is None else age < _EARLY_HEART_AGE


def _glaucoma_family(sources: FactSources, fact: FactLookup) -> FactValue:
    """Glaucoma in the family of someone of 40 or over; below that age it is no reason for a yearly eye test."""
    age, rows = number(fact("person.age")), rows_of(sources, "history.family")
    if age is not None and age.high < _GLAUCOMA_AGE:
        return known(False, f"under {_GLAUCOMA_AGE}")
    if rows is None:
        return without_value(sources.record.answers.get("history.family"))
    found = either((word(row, "condition") == "glaucoma") if word(row, "condition") else None for row in rows)
    if found is False:
        return known(False, "no glaucoma in the family")
    old_enough = age is not None and age.low >= _GLAUCOMA_AGE
    return known(True, "glaucoma in the family") if found and old_enough else UNKNOWN_FACT


# ---- clinics and services


def _services(sources: FactSources, _: FactLookup) -> FactValue:
    """The clinics that were listed; "three or more" without a list of so many is at least three."""
    rows, many = rows_of(sources, "coord.specialists"), sources.answered("coord.many_clinics")
    said = many.value if many is not None and isinstance(many.value, bool) else None
    listed = len(rows) if rows is not None else None
    if said and (listed is None or listed < _MANY_CLINICS):
        return between(_MANY_CLINICS, math.inf)
    if listed is not None:
        return between(listed, listed)
    if said is False:
        return between(0, _MANY_CLINICS - 1)
    return without_value(sources.record.answers.get("coord.specialists"))


def _missed_and_open(row: Row) -> bool | None:
    """A missed visit with no new date; any words that are no "none" are a new date."""
    new_date = (row.get("new_date") or "").strip()
    if new_date and not says_nobody(new_date) and not says_unsure(new_date):
        return False
    missed = flag(row, "missed")
    return None if missed and says_unsure(new_date) else missed


def _ended_for_missing(row: Row) -> bool | None:
    ended = flag(row, "discharged_for_missing")
    # a team whose last visit was attended did not end its care because nobody came
    return False if ended is None and flag(row, "missed") is False else ended


def _no_adult_service(row: Row) -> bool | None:
    follows = (row.get("adult_service") or "").strip()
    return None if says_unsure(follows) else not follows or says_nobody(follows)


def _key_worker(sources: FactSources, _: FactLookup) -> FactValue:
    """Is somebody named? "None" is no; who it is is not looked into."""
    answer = sources.answered("reg.key_worker")
    if answer is None:
        return without_value(sources.record.answers.get("reg.key_worker"))
    text = "none" if answer.value is False else answer.value
    if not isinstance(text, str) or not text.strip() or says_unsure(text):
        return UNKNOWN_FACT
    return known(not says_nobody(text), "nobody" if says_nobody(text) else "named")


# ---- the last plan


def _open(row: Row) -> bool | None:
    return one_of(row, "outcome", ("part", "not_done"), ("done", "no_longer_needed"))


def _open_and_pressing(row: Row) -> bool | None:
    return both(_open(row), one_of(row, "level", _PRESSING, _LESS_PRESSING))


def _open_twice(row: Row) -> bool | None:
    """Carried over two years running: open now, and for two years or more."""
    years = whole_number(row, "years_open")
    return both(_open(row), None if years is None else years >= 2)


def _always(_: Row) -> bool:
    return True


COMPUTATIONS: Mapping[str, Compute] = {
    "history.unplanned_n": of_rows("history.admissions", _unplanned_n),
    "history.days_since_discharge": of_rows("history.admissions", _days_since_discharge),
    "history.same_cause_n": of_rows("history.admissions", _same_cause),
    "history.serious_admission": of_rows(
        "history.admissions",
        lambda rows, _, __: whether(
            [_serious(row) for row in rows],
            ", ".join(dict.fromkeys(word(row, "cause").replace("_", " ") for row in rows if _serious(row))),
        ),
    ),
    "history.unreviewed_n": of_rows("history.conditions", _unreviewed),
    "history.early_heart_family": any_row("history.family", _early_heart),
    "history.glaucoma_family": _glaucoma_family,
    "coord.services_n": _services,
    "coord.missed_open_n": rows_counted("coord.specialists", _missed_and_open),
    "coord.discharged_dna": any_row("coord.specialists", _ended_for_missing),
    "coord.outstanding_n": rows_counted("coord.outstanding", _always),
    "trans.no_adult_service_n": rows_counted("trans.child_services", _no_adult_service),
    "reg.key_worker_named": _key_worker,
    "admin.open_n": rows_counted("admin.last_plan_actions", _open),
    "admin.open_high_n": rows_counted("admin.last_plan_actions", _open_and_pressing),
    "admin.open_twice_n": rows_counted("admin.last_plan_actions", _open_twice),
    "exam.not_done_n": rows_counted("exam.not_done", _always),
}
