"""Bowels, catheter, oxygen, bones, drug levels, liver and diabetes checks: what tables and pairs of answers add up to.

A threshold that is set locally is not guessed: whether a fracture score is over it stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from healthcheck_cli.conditions.values import UNKNOWN_FACT, DateRange, FactValue, Interval, State
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.content.medicine_models import FRACTURE_RISK_THRESHOLD
from healthcheck_cli.content.models import ObservationFeed
from healthcheck_cli.facts.computed.cells import (
    Row,
    Rows,
    any_row,
    counted,
    day,
    either,
    flag,
    of_rows,
    older_than,
    whether,
    whole_number,
    without_value,
    word,
)
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, OwnFeed, known, number
from healthcheck_cli.facts.computed.today import answer_on
from healthcheck_cli.facts.from_answers import dates_of
from healthcheck_cli.facts.from_observations import fact_from_observations
from healthcheck_cli.facts.scoring import rounded
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import AnswerState, PartialDate

_CATHETER_INFECTIONS = 2
_SCORE_YEARS, _SCAN_YEARS = 3, 5
_BONE_SCORE = ObservationFeed(("FRAX", "FRAX score", "QFracture", "QFracture score", "fracture risk score"))
_BONE_SCAN = ObservationFeed(("DXA", "DEXA", "DXA scan", "DEXA scan", "bone density scan"))
_WHEN = FactDeclaration("bone.assessed_on", FactType.DATE)  # only to read dates by; no rule asks for it
_ALT = FactDeclaration("lab.alt", FactType.NUM, unit="IU/L")
_ALT_RECORD = ObservationFeed(("ALT", "alanine aminotransferase", "serum ALT"), within_days=365.25)
_NINE = ("hba1c", "bp", "lipids", "kidney", "acr", "bmi", "smoking", "feet", "eyes")
_DATED_BY = {
    "hba1c": "lab.hba1c",
    "bp": "meas.bp_sys",
    "lipids": "lab.lipids",
    "kidney": "lab.egfr",
    "acr": "lab.acr",
    "bmi": "meas.weight",
}
"""Diabetes checks whose date a fact knows as well."""


def _not_working(row: Row) -> bool | None:
    works = flag(row, "working")
    return None if works is None else not works


def _catheter_problem(row: Row) -> bool | None:
    infections = whole_number(row, "infections")
    return either([None if infections is None else infections >= _CATHETER_INFECTIONS, flag(row, "blocked")])


def _no_scale(row: Row) -> bool | None:
    """Nothing was written of the saturation scale. "No" is written; words that are neither stay open."""
    return True if not word(row, "scale_2_agreed") else False if flag(row, "scale_2_agreed") is not None else None


def _above_range(rows: Rows, sources: FactSources, _: FactLookup) -> FactValue:
    """A level above its range, of the newest of each medicine; one of over 12 months ago says nothing of now."""
    newest = [row for row in rows if not _replaced(row, rows)]
    held = [
        False if older_than(day(row, "date"), sources.as_of, months=12) else flag(row, "above_range") for row in newest
    ]
    above = [row.get("medicine", "") for row, is_above in zip(newest, held, strict=True) if is_above]
    return whether(held, ", ".join(filter(None, above)))


def _replaced(row: Row, rows: Rows) -> bool:
    """Is there surely a later level of the same medicine?"""
    taken = day(row, "date")
    others = (day(it, "date") for it in rows if it is not row and word(it, "medicine") == word(row, "medicine"))
    return taken is not None and any(it is not None and it.earliest > taken.latest for it in others)


def _alt_times_upper(sources: FactSources, _: FactLookup) -> FactValue:
    """ALT by the laboratory's own limit, which is never assumed: without it the multiple is unknown."""
    limit, told = answer_on(sources, "lab.alt_upper"), answer_on(sources, "lab.alt")
    recorded = number(fact_from_observations(_ALT_RECORD, _ALT, sources.record, sources.as_of))
    alt = told[1] if told is not None else recorded.low if recorded is not None else None
    if alt is None or limit is None or limit[1] <= 0:
        return without_value(sources.record.answers.get("lab.alt")) if alt is None else UNKNOWN_FACT
    shown = f"ALT {alt:g}, upper limit {limit[1]:g} IU/L"
    return known(Interval.exactly(rounded(alt / limit[1], 2)), shown)


def _diabetes_overdue(rows: Rows, sources: FactSources, fact: FactLookup) -> FactValue:
    """How many of the nine checks were over 12 months ago. One that stands in no row with a date may be; without any
    row none has been done."""
    if not rows:
        return known(Interval.exactly(len(_NINE)), "none of the nine was done")
    overdue = [_check_overdue(item, rows, sources, fact) for item in _NINE]
    late = [item for item, is_late in zip(_NINE, overdue, strict=True) if is_late]
    return counted(overdue, ", ".join(late))


def _check_overdue(item: str, rows: Rows, sources: FactSources, fact: FactLookup) -> bool | None:
    dates = fact(_DATED_BY[item]).dates if item in _DATED_BY else None
    if dates is not None and dates.earliest is not None and dates.earliest >= _year_before(sources):
        return False
    told = [older_than(day(row, "date"), sources.as_of, months=12) for row in rows if word(row, "item") == item]
    return False if False in told else None if None in told or not told else True


def _year_before(sources: FactSources) -> date:
    return sources.as_of - relativedelta(months=12)


def _bone_assessed(sources: FactSources, fact: FactLookup) -> FactValue:
    """Yes by the answer, a fracture score of the last 3 years or a bone scan of the last 5; no only where the answer is
    no and neither is there. A scan nobody knows of leaves it open."""
    told = fact("epi.asm_bone")
    if told.state is State.KNOWN and told.value is True:
        return known(True, told.shown)
    recent = [
        _within(_answered_on(sources, "bone.score"), _BONE_SCORE, sources, _SCORE_YEARS),
        _within(_scanned(sources), _BONE_SCAN, sources, _SCAN_YEARS),
    ]
    if True in recent:
        return known(True, "a fracture score or a bone scan")
    if told.state is State.KNOWN and None not in recent:
        return known(False, told.shown)
    return FactValue(told.state) if told.state in (State.DECLINED, State.NOT_KNOWN) else UNKNOWN_FACT


def _score_over_local(sources: FactSources, _: FactLookup) -> FactValue:
    """The fracture risk score against the threshold of this place. No place has one until an overlay sets it."""
    answered = answer_on(sources, "bone.score")
    if answered is None:
        return without_value(sources.record.answers.get("bone.score"))
    threshold = sources.content.settings.get(FRACTURE_RISK_THRESHOLD)
    score = answered[1]
    if threshold is None or threshold.amount is None:
        not_set = f"no threshold of this place is set (setting {FRACTURE_RISK_THRESHOLD})"
        return FactValue(State.UNKNOWN, shown=f"{score:g} %, and {not_set}")
    return known(score > threshold.amount, f"{score:g} %; the threshold of this place is {threshold.shown}")


def _answered_on(sources: FactSources, question: str) -> DateRange | None:
    answer = answer_on(sources, question)
    return DateRange(answer[0], answer[0]) if answer is not None else _not_at_all(sources, question)


def _scanned(sources: FactSources) -> DateRange | None:
    answer = sources.answered("bone.dxa")
    return dates_of(answer.value) if answer is not None else _not_at_all(sources, "bone.dxa")


def _not_at_all(sources: FactSources, question: str) -> DateRange | None:
    """A question that was not asked or does not apply has no date to tell; one not known or declined leaves it open."""
    answer = sources.record.answers.get(question)
    left_open = answer is not None and answer.state in (AnswerState.NOT_KNOWN, AnswerState.DECLINED)
    return None if left_open else DateRange(None, None)


def _within(told: DateRange | None, feed: ObservationFeed, sources: FactSources, years: int) -> bool | None:
    """Was it done in so many years, by the answer or the record?"""
    recorded = fact_from_observations(feed, _WHEN, sources.record, sources.as_of).dates
    held = [
        older_than(PartialDate(it.earliest, it.latest), sources.as_of, years=years)
        for it in (told, recorded)
        if it is not None and it.earliest is not None and it.latest is not None
    ]
    if False in held:
        return True
    return None if None in held or told is None else False


FEEDS = (
    OwnFeed(_WHEN.name, _BONE_SCORE, _WHEN),
    OwnFeed(_WHEN.name, _BONE_SCAN, _WHEN),
    OwnFeed(_ALT.name, _ALT_RECORD, _ALT),
)

COMPUTATIONS: Mapping[str, Compute] = {
    "bowel.laxatives_not_working": any_row("bowel.laxatives", _not_working),
    "cont.catheter_problem": any_row("cont.catheter", _catheter_problem),
    "chest.oxygen_scale_missing": any_row("chest.home_oxygen", _no_scale),
    "lab.level_above_range": of_rows("lab.drug_levels", _above_range),
    "lab.alt_times_upper": _alt_times_upper,
    "diabetes.overdue_n": of_rows("diabetes.processes", _diabetes_overdue),
    "bone.assessed": _bone_assessed,
    "bone.score_over_local": _score_over_local,
}
