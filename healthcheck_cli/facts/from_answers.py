"""Facts from the answers of the check: as they stand, or through a table of what each answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from healthcheck_cli.record import Answer, AnswerState, PartialDate

_STATES = {
    AnswerState.NOT_ASKED: State.UNKNOWN,
    AnswerState.DECLINED: State.DECLINED,
    AnswerState.NOT_KNOWN: State.NOT_KNOWN,
    AnswerState.NOT_APPLICABLE: State.DOES_NOT_APPLY,
}


def fact_from_answer(answer: Answer, declaration: FactDeclaration) -> FactValue:
    """The answer as a value of the fact's type. An answer of another type than the fact's is unknown, not forced."""
    if answer.state is not AnswerState.ANSWERED:
        return FactValue(_STATES[answer.state], shown=_shown(answer))
    answered_on = answer.at.date() if answer.at is not None else None
    dates = DateRange(answered_on, answered_on) if declaration.dated and answered_on else None
    value = answer.value
    if declaration.type is FactType.DATE:
        return FactValue(State.KNOWN, dates=dates_of(value), shown=_shown(answer)) if dates_of(value) else UNKNOWN_FACT
    content = _content(value, declaration)
    if content is None:
        return UNKNOWN_FACT
    return FactValue(State.KNOWN, value=content, dates=dates, shown=_shown(answer))


def dates_of(value: object) -> DateRange | None:
    """A date answer as a range of days; ``never`` is a date too. None for anything else."""
    if isinstance(value, PartialDate):
        return DateRange(value.earliest, value.latest)
    return NEVER if value == "never" else None


def newest_of(found: Sequence[FactValue]) -> FactValue:
    """The newest date that is known. "Never" and "not found since" count only where no date is known."""
    known = [fact for fact in found if fact.state is State.KNOWN and fact.dates is not None]
    happened = [(fact.dates.latest, fact) for fact in known if fact.dates is not None and fact.dates.earliest]
    if happened:
        return max(happened, key=lambda dated: dated[0] or date.min)[1]
    return known[0] if known else next(iter(found), UNKNOWN_FACT)


def _content(value: object, declaration: FactDeclaration) -> FactContent | None:
    kind = declaration.type
    if kind is FactType.YN:
        return value if isinstance(value, bool) else {"yes": True, "no": False}.get(str(value))
    if kind in (FactType.NUM, FactType.INT):
        number = finite_number(value)
        return None if number is None else Interval.exactly(number)
    if kind is FactType.MULTI:
        ticked = (value,) if isinstance(value, str) else value
        return frozenset(map(str, ticked)) - {declaration.nothing} if isinstance(ticked, tuple) else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, (str, int, float)) else None


def meaning_of_answers(
    answers: Mapping[str, Answer], meanings: Mapping[str, Mapping[str, bool | None]]
) -> FactValue | None:
    """What the answers say of a yes-or-no fact; None where none of its questions has an answer.

    Yes from any question is yes; no only if no question leaves it open.
    """
    said: list[tuple[bool | None, Answer]] = []
    for question, table in meanings.items():
        answer = answers.get(question)
        if answer is None or answer.state is AnswerState.NOT_ASKED:
            continue
        if answer.state is not AnswerState.ANSWERED:
            said.append((None, answer))
            continue
        said.append((_meaning(answer, table), answer))
    if not said:
        return None
    shown = "; ".join(_shown(answer) for _, answer in said)
    if any(value is True for value, _ in said):
        return FactValue(State.KNOWN, value=True, shown=shown)
    if all(value is False for value, _ in said):
        return FactValue(State.KNOWN, value=False, shown=shown)
    open_answers = [answer for value, answer in said if value is None]
    return FactValue(_STATES.get(open_answers[0].state, State.UNKNOWN), shown=shown)


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
    when = f" ({answer.at.date().isoformat()})" if answer.at is not None else ""
    return f"{answer.question}: {answer_in_words(answer)}{when}"


def answer_in_words(answer: Answer) -> str:
    """The answer as a person would read it: what was typed where it was typed, else the value."""
    if answer.typed:
        return answer.typed
    value = answer.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PartialDate):
        exact = value.earliest.isoformat()
        return exact if value.exact else f"{exact} to {value.latest.isoformat()}"
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(map(str, row.values())) if isinstance(row, Mapping) else str(row).replace("_", " ")
            for row in value
        )
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("_", " ")
