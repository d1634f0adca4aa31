"""What is wanted before a check is closed: the comparisons that look at the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from healthcheck_cli.content.models import Question
from healthcheck_cli.content.score_models import CrossCheck
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.facts.scoring import words_given
from healthcheck_cli.interview.comparisons import date_given, passes, rows_given, state_of
from healthcheck_cli.record import Answer, PartialDate

_APRIL = 4


def closing_finds(
    check: CrossCheck, answers: Mapping[str, Answer], asked: Mapping[str, Question], as_of: date
) -> tuple[str, ...]:
    """The questions to go back to, by the comparison that the check names; none where nothing is wanted.

    ``asked``: the questions that apply. The day of the check stands where the question for it has no answer.
    """
    if check.compare == "core_open":
        return tuple(name for name, it in asked.items() if it.core and state_of(answers.get(name)) == "absent")
    return check.of if _holds(check, answers, as_of) else ()


def _holds(check: CrossCheck, answers: Mapping[str, Answer], as_of: date) -> bool:
    last = answers.get(check.of[-1])
    if check.compare == "not_among":
        return not set(words_given(last)) & set(check.now)
    if check.compare == "rows":
        rows = rows_given(last)
        return passes(check, float(len(rows)) if rows is not None else 0.0)
    then = date_given(last)
    if then is None:
        return False
    if check.compare == "age":
        age = age_on(then, as_of)
        return then.earliest > as_of or (age is not None and passes(check, age.high))
    if check.compare == "months_ahead":
        return passes(check, _months(as_of, then.earliest))
    first = date_given(answers.get(check.of[0])) or PartialDate.of(as_of)
    if check.compare == "later":
        return first.earliest > then.latest
    if check.compare == "days_between":
        return passes(check, float((then.earliest - first.latest).days))
    years = {_financial_year(day) for day in (first.earliest, first.latest, then.earliest, then.latest)}
    return len(years) > 1 and first.exact and then.exact


def _months(first: date, second: date) -> float:
    """Calendar months from one day to another, a begun one as a fraction."""
    between = relativedelta(second, first)
    return between.years * 12 + between.months + between.days / 31


def _financial_year(day: date) -> int:
    """The year in which the financial year began: it runs from 1 April to 31 March."""
    return day.year if day.month >= _APRIL else day.year - 1
