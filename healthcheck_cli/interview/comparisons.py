"""The ways in which answers are compared: the closed list that ``checklists/cross_checks.yaml`` chooses from.

Each says nothing where an answer it needs is missing, or where dates are not known well enough to be sure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.content.score_models import CrossCheck
from healthcheck_cli.facts.scoring import number_given, percent_change, rounded, words_given
from healthcheck_cli.interview.derived import band_in_words, worked_out_number
from healthcheck_cli.interview.measures import plain_number
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.record import BORN, Answer, AnswerState, PartialDate, date_in_words

_YEAR = 365.25


def date_given(answer: Answer | None) -> PartialDate | None:
    """The date that was answered, or None."""
    if answer is None or answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, PartialDate):
        return None
    return answer.value


def rows_given(answer: Answer | None) -> tuple[Mapping[str, str], ...] | None:
    """The rows of a table that was answered (empty: there are none), or None."""
    if answer is None or answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, tuple):
        return None
    return tuple(row for row in answer.value if isinstance(row, Mapping))


def state_of(answer: Answer | None) -> str:
    """What is known of an answer; ``absent`` where nobody asked or it was passed over."""
    if answer is None or answer.state is AnswerState.NOT_ASKED:
        return "absent"
    return str(answer.state.value)


def passes(check: CrossCheck, number: float | None) -> bool:
    """Is the number one of those that are odd?"""
    return number is not None and any(bound.holds(number) for bound in check.odd_if)


# ---- answers of one check


def answers_compared(check: CrossCheck, answers: Mapping[str, Answer], question: str, content: Content) -> bool:
    """Is it odd, by the comparison that the check names? ``question``: the one just answered, or empty."""
    if check.compare == "before_birth":
        return _before_birth(answers, question)
    if check.compare == "later":
        return later(answers, *check.of)
    if check.compare == "from_score":
        told, number = number_given(answers.get(check.of[0])), worked_out_number(check.score, answers, content)
        return told is not None and number is not None and passes(check, rounded(told - number, 2))
    first, second = (number_given(answers.get(name)) for name in check.of)
    if first is None or second is None:
        return False
    if check.compare == "ratio":
        return second > 0 and passes(check, first / second)
    return passes(check, first - second)


def later(answers: Mapping[str, Answer], first: str, second: str) -> bool:
    """Is the first date later than the second, whatever days they stand for?"""
    one, other = date_given(answers.get(first)), date_given(answers.get(second))
    return one is not None and other is not None and one.earliest > other.latest


def _before_birth(answers: Mapping[str, Answer], question: str) -> bool:
    """Is an answered date before the day of birth? The one just answered; all where that is the day of birth itself."""
    born = date_given(answers.get(BORN))
    if born is None:
        return False
    named = [question] if question and question != BORN else [name for name in answers if name != BORN]
    return any(day < born.earliest for name in named for day in _last_days(answers.get(name)))


def _last_days(answer: Answer | None) -> list[date]:
    """The last day that each date of an answer may be: its own, or those of the column ``date`` of a table."""
    given = date_given(answer)
    if given is not None:
        return [given.latest]
    cells = [row.get("date", "") for row in rows_given(answer) or ()]
    return [day for cell in cells if (day := _last_day(cell)) is not None]


def _last_day(written: str) -> date | None:
    """The last day of a date as tables keep it: ``2024``, ``2024-03`` or ``2024-03-01``."""
    try:
        if len(written) == len("2024"):
            return date(int(written), 12, 31)
        if len(written) == len("2024-03"):
            return date.fromisoformat(f"{written}-28") + timedelta(days=3)  # at the least: the last day or after it
        return date.fromisoformat(written)
    except ValueError:
        return None


# ---- this year against last year

Words = Mapping[str, str]
"""What stands in the message: last year's answer, this year's, the change, and last year's day."""


def years_compared(
    check: CrossCheck, now: Mapping[str, Answer], last: Mapping[str, Answer], as_of: date, content: Content
) -> Words | None:
    """The words for the message where something changed in the way that the check looks for; else None."""
    question = check.of[0]
    then = last.get(question)
    days = (as_of - then.at.date()).days if then is not None and then.at is not None else None
    if check.days_apart and (days is None or days < check.days_apart):
        return None
    if any(words_given(now.get(name)) != words_given(last.get(name)) for name in check.same):
        return None
    if check.compare == "band":
        return _band(check, now, last, as_of, content)
    change = _CHANGES[check.compare](check, now.get(question), then, content.questions.get(question))
    if change is None or then is None:
        return None
    return {
        "last": _in_words(then, content),
        "now": _in_words(now.get(question), content),
        "change": change,
        "on": _day(then, "last year"),
    }


_Change = Callable[[CrossCheck, "Answer | None", "Answer | None", "Question | None"], "str | None"]


def _numbers(check: CrossCheck, now: Answer | None, last: Answer | None, question: Question | None) -> str | None:
    here, there = number_given(now), number_given(last)
    if here is None or there is None:
        return None
    moved = rounded(here - there, 2)
    percent = percent_change(there, here)
    if not passes(check, percent if check.compare == "change_percent" else moved):
        return None
    unit = f" {question.unit}" if question is not None and question.unit else ""
    share = f" ({plain_number(abs(percent))}%)" if percent is not None and check.compare == "change_percent" else ""
    return f"{'up' if moved > 0 else 'down'} {plain_number(abs(rounded(moved, 1)))}{unit}{share}"


def _crossed(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    here, there = number_given(now), number_given(last)
    if here is None or there is None:
        return None
    passed = [it for it in check.up_through if there < it <= here]
    passed += [it for it in check.down_through if here < it <= there]
    return ", ".join(map(plain_number, passed)) or None


def _years_between(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    here, there = date_given(now), date_given(last)
    if here is None or there is None:
        return None
    years = (here.earliest - there.latest).days / _YEAR
    return f"{plain_number(rounded(years, 1))} years" if passes(check, years) else None


def _same_date(_: CrossCheck, now: Answer | None, last: Answer | None, __: Question | None) -> str | None:
    """No newer date than last year's: it has not happened since."""
    if now is None or last is None or state_of(now) != "answered" or state_of(last) != "answered":
        return None
    return "no newer date" if now.value == last.value else None


def _became(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    """Another answer than last year's; from one of ``was`` to one of ``now``, where these are given."""
    here, there = set(words_given(now)), set(words_given(last))
    if not here or not there or here == there:
        return None
    from_there = not check.was or bool(there & set(check.was))
    to_here = not check.now or bool(here & set(check.now))
    return "changed" if from_there and to_here else None


def _again(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    """Both years one of ``now``: a word that was answered, or a state."""
    both = all({*words_given(it), state_of(it)} & set(check.now) for it in (now, last))
    return "again" if both else None


def _more_rows(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    here, there = rows_given(now), rows_given(last)
    if here is None or there is None:
        return None
    more = len(here) - len(there)
    return f"{more} more" if passes(check, more) else None


def _newly_ticked(check: CrossCheck, now: Answer | None, last: Answer | None, question: Question | None) -> str | None:
    if question is None or state_of(now) != "answered" or state_of(last) != "answered":
        return None
    nothing, then = question.nothing, words_given(last)
    new = [word for word in words_given(now) if word != nothing and word not in then]
    labels = question.labels
    return ", ".join(labels.get(it, it.replace("_", " ")) for it in new) if passes(check, len(new)) else None


def _steps(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    here, there = _place(check.order, words_given(now)), _place(check.order, words_given(last))
    if here is None or there is None or not passes(check, here - there):
        return None
    return f"{here - there} steps" if here - there != 1 else "one step"


def _place(order: Sequence[str], words: Sequence[str]) -> int | None:
    return order.index(words[0]) if words and words[0] in order else None


def _rows_worse(check: CrossCheck, now: Answer | None, last: Answer | None, _: Question | None) -> str | None:
    """Rows with the same first column whose last one has moved up the order."""
    here, there = rows_given(now), rows_given(last)
    if here is None or there is None or len(check.columns) != 2:
        return None
    name, level = check.columns
    before = {row.get(name, ""): _place(check.order, [row.get(level, "")]) for row in there}
    worse = []
    for row in here:
        was, now_at = before.get(row.get(name, "")), _place(check.order, [row.get(level, "")])
        if was is not None and now_at is not None and now_at > was:
            worse.append(row.get(name, ""))
    return ", ".join(worse).replace("_", " ") if passes(check, len(worse)) else None


_CHANGES: Mapping[str, _Change] = {
    "change": _numbers,
    "change_percent": _numbers,
    "crossed": _crossed,
    "years_between": _years_between,
    "same_date": _same_date,
    "became": _became,
    "again": _again,
    "more_rows": _more_rows,
    "newly_ticked": _newly_ticked,
    "steps": _steps,
    "rows_worse": _rows_worse,
}


def _band(
    check: CrossCheck, now: Mapping[str, Answer], last: Mapping[str, Answer], as_of: date, content: Content
) -> Words | None:
    """Another band of the score than last year's; details that do not change (birth, ethnic group) are this year's."""
    details = {name: answer for name, answer in now.items() if name.startswith("demo.")}
    then = next((last[name] for name in check.of if name in last), None)
    day = then.at.date() if then is not None and then.at is not None else as_of
    before, after = band_in_words(check.score, {**details, **last}, day, content), ""
    if before:
        after = band_in_words(check.score, now, as_of, content)
    if not before or not after or before == after:
        return None
    return {"last": before, "now": after, "change": "", "on": _day(then, "last year")}


def _in_words(answer: Answer | None, content: Content) -> str:
    """An answer as it stands in a message: a table by the number of its rows, everything else as it is shown."""
    rows = rows_given(answer)
    if rows is not None and answer is not None and content.questions[answer.question].type == "table":
        return str(len(rows))
    question = content.questions.get(answer.question) if answer is not None else None
    return answer_in_words(question, answer) if question is not None and answer is not None else ""


def _day(answer: Answer | None, otherwise: str) -> str:
    if answer is None or answer.at is None:
        return otherwise
    return date_in_words(PartialDate.of(answer.at.date()))
