"""Facts from the answers of the check: as they stand, or through a table of what each answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from healthcheck_cli.conditions.values import (
    NEVER,
    UNKNOWN_FACT,
    DateRange,
    FactContent,
    FactValue,
    Interval,
    State,
)
from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
from healthcheck_cli.facts.plain import finite_number
from healthcheck_cli.record import Answer, AnswerState, PartialDate, date_in_words, day_in_words

_NOTHING = frozenset({"no", "none", "nothing", "nil", "n/a"})
"""What people write where they have nothing to say: no text."""
_STATES = {
    AnswerState.NOT_ASKED: State.UNKNOWN,
    AnswerState.DECLINED: State.DECLINED,
    AnswerState.NOT_KNOWN: State.NOT_KNOWN,
    AnswerState.NOT_APPLICABLE: State.DOES_NOT_APPLY,
}


def fact_from_answer(
    answer: Answer, declaration: FactDeclaration, as_of: date, oldest: date | None = None
) -> FactValue:
    """The answer as a value of the fact's type. An answer of another type than the fact's, or a word that is not one of
    the fact's, is unknown, not forced. A value given before ``oldest`` is too old to use; its date is kept. One without
    a day is of the day of the review, ``as_of``."""
    if answer.state is not AnswerState.ANSWERED:
        return FactValue(_STATES[answer.state], shown=_shown(answer))
    answered_on = answer.at.date() if answer.at is not None else as_of
    dates = DateRange(answered_on, answered_on) if declaration.dated else None
    if declaration.type is not FactType.DATE and too_old(answer, oldest):
        return FactValue(State.UNKNOWN, dates=dates, shown=f"{_shown(answer)} (too old to use)")
    value = answer.value
    if declaration.type is FactType.DATE:
        return FactValue(State.KNOWN, dates=dates_of(value), shown=_shown(answer)) if dates_of(value) else UNKNOWN_FACT
    content = _content(value, declaration)
    if declaration.type is FactType.TEXT and isinstance(content, str) and content.strip(" .").casefold() in _NOTHING:
        content = ""
    if content is None:
        return UNKNOWN_FACT
    return FactValue(State.KNOWN, value=content, dates=dates, shown=_shown(answer))


def too_old(answer: Answer, oldest: date | None) -> bool:
    """Was it given before ``oldest``? An answer without a day is of the day of the review."""
    return oldest is not None and answer.at is not None and answer.at.date() < oldest


def dates_of(value: object) -> DateRange | None:
    """A date answer as a range of days; ``never`` is a date too. None for anything else."""
    if isinstance(value, PartialDate):
        return DateRange(value.earliest, value.latest)
    return NEVER if value == "never" else None


def newest_of(found: Sequence[FactValue]) -> FactValue:
    """When it last happened, by several sources: not before the newest of the days each of them knows.

    "Never" and "not found since" count only where no date is known, and "never" only where no source leaves it open.
    """
    known = [fact for fact in found if fact.state is State.KNOWN and fact.dates is not None]
    first_days = [(fact.dates.earliest, fact) for fact in known if fact.dates is not None and fact.dates.earliest]
    if first_days:
        last = max((fact for _, fact in first_days), key=_last_day)
        return replace(last, dates=DateRange(max(day for day, _ in first_days), _last_day(last)))
    left_open = [fact for fact in found if fact not in known and fact.state is not State.DOES_NOT_APPLY]
    if left_open or not known:
        return next(iter(left_open or found), UNKNOWN_FACT)
    return max(known, key=_last_day)


def _last_day(fact: FactValue) -> date:
    """The last day it can have been; never is before all days."""
    return (fact.dates.latest if fact.dates is not None else None) or date.min


def _content(value: object, declaration: FactDeclaration) -> FactContent | None:
    kind = declaration.type
    if kind is FactType.YN:
        return value if isinstance(value, bool) else {"yes": True, "no": False}.get(str(value))
    if kind in (FactType.NUM, FactType.INT):
        number = finite_number(value)
        return None if number is None else Interval.exactly(number)
    if kind is FactType.MULTI:
        return _ticked((value,) if isinstance(value, str) else value, declaration)
    word = _word(value)
    return word if word is not None and (not declaration.values or word in declaration.values) else None


def _ticked(words: object, declaration: FactDeclaration) -> frozenset[str] | None:
    """The values ticked, without the one that says "none of these". A word nobody declared may mean any of them."""
    if not isinstance(words, tuple) or not all(isinstance(word, str) for word in words):
        return None
    ticked = frozenset(words) - {declaration.nothing}
    return ticked if not declaration.values or ticked <= set(declaration.values) else None


def _word(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, (str, int, float)) else None


def meaning_of_answers(
    answers: Mapping[str, Answer],
    meanings: Mapping[str, Mapping[str, bool | None]],
    oldest: date | None = None,
    *,
    every_question: bool = False,
) -> FactValue | None:
    """What the answers say of a yes-or-no fact; None where none of its questions has an answer since ``oldest``.

    Yes from any question is yes; no only if no question leaves it open. A question that does not apply leaves nothing
    open; if none of them applies, nor does the fact. With ``every_question`` one that has no answer leaves it open too.
    """
    said: list[tuple[bool | None, Answer]] = []
    for question, table in meanings.items():
        answer = answers.get(question)
        if answer is None or answer.state is AnswerState.NOT_ASKED or too_old(answer, oldest):
            continue
        said.append((_meaning(answer, table) if answer.state is AnswerState.ANSWERED else None, answer))
    if not said:
        return None
    shown = "; ".join(_shown(answer) for _, answer in said)
    applying = [(value, answer) for value, answer in said if answer.state is not AnswerState.NOT_APPLICABLE]
    if not applying:
        return FactValue(State.DOES_NOT_APPLY, shown=shown)
    values = [value for value, _ in applying]
    lacks_one = every_question and len(said) < len(meanings)
    if True in values or not (None in values or lacks_one):
        return FactValue(State.KNOWN, value=True in values, shown=shown)
    return FactValue(_open_state([answer for value, answer in applying if value is None]), shown=shown)


def _open_state(answers: Sequence[Answer]) -> State:
    """An answer that leaves it open ("possible") says more than none; else the first reason why there is none."""
    states = [_STATES.get(answer.state, State.UNKNOWN) for answer in answers] or [State.UNKNOWN]
    return State.UNKNOWN if State.UNKNOWN in states else states[0]


def _meaning(answer: Answer, table: Mapping[str, bool | None]) -> bool | None:
    if isinstance(answer.value, tuple):
        words = [str(word) for word in answer.value]
        found = [table.get(word, table.get("otherwise")) for word in words]
        if True in found:
            return True
        return None if None in found else False
    word = {True: "yes", False: "no"}.get(answer.value) if isinstance(answer.value, bool) else str(answer.value)
    return table.get(str(word), table.get("otherwise"))


def _shown(answer: Answer) -> str:
    if answer.state is not AnswerState.ANSWERED:
        return f"{answer.question}: {answer.state.value.replace('_', ' ')}"
    when = f" ({day_in_words(answer.at.date())})" if answer.at is not None else ""
    return f"{answer.question}: {answer_in_words(answer)}{when}"


def answer_in_words(answer: Answer) -> str:
    """The answer as a person would read it: what was typed where it was typed, else the value. A date is
    written as all dates are."""
    value = answer.value
    if isinstance(value, PartialDate):
        return date_in_words(value)
    if answer.typed:
        return answer.typed
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, row.values())) if isinstance(row, Mapping) else str(row).replace("_", " ")
            for row in value
        )
    if isinstance(value, float):
        return f"{value:g}"
    word = str(value)
    if word.startswith("yes_"):  # as yes_active: the yes and what goes with it
        word = f"yes, {word.removeprefix('yes_')}"
    return word.replace("_", " ")
