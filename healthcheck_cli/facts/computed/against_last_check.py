"""This check's answers against those of the last one.

Without the last check's answer only so much is known as today's rules out by itself (no seizures now, walking without
help); how large a change is, is not guessed. Where there was no check before this one, there is nothing to compare
with: the fact does not apply.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, State
from healthcheck_cli.facts.computed.cells import (
    between,
    both,
    counted,
    rows_of,
    unsaid,
    whether,
    without_value,
    word,
)
from healthcheck_cli.facts.computed.daily_life import ACTIVITIES, HELP, help_with
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.scoring import number_given, percent_change, words_given
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.record import Answer, AnswerState, day_in_words

_BEST_MOVING = "walks"
_NOT_MEASURED = ("not_done", "reported")
_MEASURES = {"weight": "meas.weight", "waist": "meas.waist", "blood_pressure": "meas.bp_sys"}
_DOES_NOT_APPLY = FactValue(State.DOES_NOT_APPLY)
_OVERDUE = {
    "vision.test_overdue": ("vision.last_test", "eye test"),
    "dental.visit_overdue": ("dental.last_visit", "dentist"),
    "hearing.test_overdue": ("hearing.last_test", "hearing test"),
}
"""Whether it is overdue, the date it goes by, and what it is called."""
_SCREENING = {
    "screen.bowel": "bowel screening",
    "screen.breast": "breast screening",
    "screen.cervix": "cervical screening",
    "screen.eye": "diabetic eye screening",
}
_OUTSTANDING = ("due", "never")


def compared(compute: Compute) -> Compute:
    """Does not apply where there was no check before this one."""

    def guarded(sources: FactSources, fact: FactLookup) -> FactValue:
        if sources.last_check is None:
            last = fact("review.health_check").dates
            if last is not None and last.never:
                return _DOES_NOT_APPLY
        return compute(sources, fact)

    return guarded


def at_last_check(sources: FactSources, name: str) -> FactValue:
    """A fact as it was at the last check; unknown without one."""
    return sources.last_check.fact(name) if sources.last_check is not None else UNKNOWN_FACT


def _more_than(name: str) -> Compute:
    """Today's number less the last check's. Without that one: less anything that the question allows."""

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        now, before = number_given(sources.answered(name)), _number_then(sources, name)
        if now is None:
            return without_value(sources.record.answers.get(name))
        if before is not None:
            return between(now - before, now - before, _then_and_now(sources, before, now))
        question = sources.content.questions.get(name)
        if question is None or question.hard is None:
            return UNKNOWN_FACT
        return between(now - question.hard[1], now - question.hard[0])

    return compute


def _percent_of(name: str, *, from_nothing: tuple[float, float]) -> Compute:
    """By how many per cent it changed since the last check; a fall is negative. ``from_nothing``: what an increase
    from 0 counts as, at the least and at the most. What did not apply then did not get less: nor does the fact."""

    def compute(sources: FactSources, _: FactLookup) -> FactValue:
        now, before = number_given(sources.answered(name)), _number_then(sources, name)
        if now is None:
            return without_value(sources.record.answers.get(name))
        then = _answer_then(sources, name)
        if then is not None and then.state is AnswerState.NOT_APPLICABLE:
            return _DOES_NOT_APPLY
        if before is None:
            return between(-100, 0) if now == 0 else UNKNOWN_FACT
        shown = _then_and_now(sources, before, now)
        change = 0.0 if now == before else percent_change(before, now)
        low, high = from_nothing if change is None else (change, change)
        return between(low, high, shown)

    return compute


def _answer_then(sources: FactSources, question: str) -> Answer | None:
    last = sources.record.previous if sources.last_check is not None else None
    return last.answers.get(question) if last is not None else None


def _number_then(sources: FactSources, question: str) -> float | None:
    return number_given(_answer_then(sources, question))


def _then_and_now(sources: FactSources, before: float, now: float) -> str:
    day = day_in_words(sources.last_check.day) if sources.last_check is not None else ""
    return f"{before:g} on {day}, {now:g} now"


def _moves_worse(sources: FactSources, fact: FactLookup) -> FactValue:
    """Further down the list of ways to move than then. Who walks without help does not move worse than before."""
    now, then = fact("mobility.level"), at_last_check(sources, "mobility.level")
    if now.state is not State.KNOWN:
        return unsaid(now)
    if now.value == _BEST_MOVING:
        return known(False, now.shown)
    order = sources.content.facts["mobility.level"].declaration.values
    if then.state is not State.KNOWN or then.value not in order or now.value not in order:
        return UNKNOWN_FACT
    worse = order.index(str(now.value)) > order.index(str(then.value))
    return known(worse, f"{_plain(then.value)} then, {_plain(now.value)} now")


def _plain(value: object) -> str:
    return str(value).replace("_", " ")


def _more_help_n(sources: FactSources, _: FactLookup) -> FactValue:
    """In how many activities more help is needed than then. Who needs none in one needs no more than then."""
    rows = rows_of(sources, "home.adl")
    if rows is None:
        return without_value(sources.record.answers.get("home.adl"))
    before = rows_of(sources.last_check.sources, "home.adl") if sources.last_check is not None else None
    more: dict[str, bool | None] = {}
    for activity in ACTIVITIES:
        now = help_with(activity, rows)
        then = help_with(activity, before) if before is not None else None
        if now == HELP[0] or then == HELP[-1]:
            more[activity] = False
        else:
            more[activity] = None if now is None or then is None else HELP.index(now) > HELP.index(then)
    return counted(more.values(), ", ".join(it for it, is_more in more.items() if is_more))


def _refused_twice(sources: FactSources, _: FactLookup) -> FactValue:
    """The same of weight, waist and blood pressure left out at this check and the last."""
    if rows_of(sources, "exam.not_done") is None and not any(it in sources.record.answers for it in _MEASURES.values()):
        return without_value(sources.record.answers.get("exam.not_done"))
    then = sources.last_check.sources if sources.last_check is not None else None
    twice = {
        what: both(_left_out(sources, what), _left_out(then, what) if then is not None else None) for what in _MEASURES
    }
    named = ", ".join(_plain(what) for what, is_so in twice.items() if is_so)
    return whether(twice.values(), named or "all measured at one check or the other")


def _left_out(sources: FactSources, what: str) -> bool | None:
    """Was it not measured at that check? A value is one; so is a table of what was left out that does not name it."""
    answer, how = sources.record.answers.get(_MEASURES[what]), sources.record.answers.get("meas.weight_how")
    if answer is not None and answer.state is AnswerState.DECLINED:
        return True
    if what == "weight" and any(word in _NOT_MEASURED for word in words_given(how)):
        return True
    rows = rows_of(sources, "exam.not_done")
    if rows is not None and any(word(row, "what") == what for row in rows):
        return True
    if answer is not None and answer.state is AnswerState.ANSWERED:
        return False
    if rows is None or any(word(row, "what") in ("", "other") for row in rows):
        return None
    return False


def _missed_twice_n(sources: FactSources, fact: FactLookup) -> FactValue:
    """What was overdue at the last check, has not happened since, and is overdue now."""
    twice = {
        name: both(_holds(fact(overdue)), both(_holds(at_last_check(sources, overdue)), _not_since(sources, fact(day))))
        for overdue, (day, name) in _OVERDUE.items()
    }
    for question, name in _SCREENING.items():
        twice[name] = both(_outstanding(fact(question)), _outstanding(at_last_check(sources, question)))
    return counted(twice.values(), ", ".join(name for name, is_so in twice.items() if is_so))


def _holds(fact: FactValue) -> bool | None:
    if fact.state is State.DOES_NOT_APPLY:
        return False
    return fact.value if isinstance(fact.value, bool) and fact.state is State.KNOWN else None


def _outstanding(fact: FactValue) -> bool | None:
    if fact.state is State.DOES_NOT_APPLY:
        return False
    return fact.value in _OUTSTANDING if fact.state is State.KNOWN else None


def _not_since(sources: FactSources, last_time: FactValue) -> bool | None:
    """Has it surely not happened since the last check?"""
    dates = last_time.dates
    if sources.last_check is None or dates is None or last_time.state is not State.KNOWN:
        return None
    if dates.never or (dates.latest is not None and dates.latest <= sources.last_check.day):
        return True
    return False if dates.earliest is not None and dates.earliest > sources.last_check.day else None


def _new_leak(sources: FactSources, fact: FactLookup) -> FactValue:
    """Said to be new; or, where that was not said, leaking now and dry at the last check."""
    told = sources.record.answers.get("cont.new_leak")
    if told is not None and told.state is AnswerState.ANSWERED and isinstance(told.value, bool):
        return known(told.value, "said to be new" if told.value else "said not to be new")
    then = at_last_check(sources, "cont.urine")
    if fact("cont.urine").value in ("some_leaks", "day_and_night") and then.value == "dry":
        return known(True, "dry at the last check")
    return without_value(sources.record.answers.get("cont.new_leak"))


COMPUTATIONS: Mapping[str, Compute] = {
    "change.bowel_per_week": compared(_more_than("bowel.per_week")),
    "change.chest_infections": compared(_more_than("chest.infections")),
    "epi.per_month_change_pct": compared(_percent_of("epi.per_month", from_nothing=(100, 100))),
    "home.support_hours_change_pct": compared(_percent_of("home.support_hours", from_nothing=(0, math.inf))),
    "mobility.level_worse": compared(_moves_worse),
    "home.adl_more_help_n": compared(_more_help_n),
    "change.measure_refused_twice": compared(_refused_twice),
    "change.dates_missed_twice_n": compared(_missed_twice_n),
    "cont.new_leak": _new_leak,
}
