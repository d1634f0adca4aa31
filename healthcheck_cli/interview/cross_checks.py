"""What answers say of each other, of last year's, and what is wanted before a check is closed.

A contradiction is refused, what is merely odd is asked about or told. What is looked for is content
(``checklists/cross_checks.yaml``); what rules find is left to the rules. Nothing is odd where an answer is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.content.score_models import AnswerTest, CrossCheck
from healthcheck_cli.content.support import Basis
from healthcheck_cli.facts.lines import age_on
from healthcheck_cli.facts.scoring import number_given, words_given
from healthcheck_cli.interview.closing import closing_finds
from healthcheck_cli.interview.comparisons import answers_compared, date_given, rows_given, state_of, years_compared
from healthcheck_cli.record import BORN, TOLD_APART_BY, Answer, AnswerState, AnswerValue, Person, differs

Listed = Callable[[str], bool | None]
"""Is a medicine of this class on the list that came with the check? None where that cannot be told."""

_KIND_ORDER = ("hard", "soft", "warn")
_CLOSING_ORDER = ("stop", "block", "warn", "list")


@dataclass(frozen=True)
class Odd:
    """Answers that do not go together. ``impossible``: the new one is refused; else it is asked again, or, where
    ``kind`` is ``warn``, only told beside it."""

    message: str
    impossible: bool = False
    id: str = ""
    kind: str = "soft"
    basis: Basis = Basis.PROPOSED
    sources: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class BeforeClosing:
    """Something that is wanted before a check is closed. ``kind``: stop (it cannot be a check at all), block, warn or
    list; ``questions`` are those to go back to."""

    id: str
    kind: str
    message: str
    questions: tuple[str, ...]
    basis: Basis
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Setting:
    """What the checks of one moment are made on."""

    answers: Mapping[str, Answer]
    content: Content
    as_of: date | None
    listed: Listed


def _no_list(_: str) -> bool | None:
    return None


def odd_together(
    question: str,
    value: AnswerValue | AnswerState,
    answers: Mapping[str, Answer],
    content: Content,
    as_of: date | None = None,
    listed: Listed | None = None,
) -> Odd | None:
    """Does a new answer go with those there are? The firmest thing that does not (hard, soft, warn), or None.

    ``value`` is the answer, or its state where it has none ("not known" can be odd too). Checks that ask
    for an age need ``as_of``, those that ask for the medicine list need ``listed``; without them they say nothing.
    """
    setting = _Setting(_with(question, value, answers), content, as_of, listed or _no_list)
    return next(iter(_odd(setting, question)), None)


def against_last_year(
    question: str,
    value: AnswerValue | AnswerState,
    answers: Mapping[str, Answer],
    last_year: Mapping[str, Answer],
    as_of: date,
    content: Content,
) -> Odd | None:
    """Has a new answer changed since the last check in a way that is worth a word? The firmest, or None.

    ``last_year``: the answers of the last check, each with its day. ``value`` may be a state: declined twice is a
    change that did not come.
    """
    now = _with(question, value, answers)
    found: list[Odd] = []
    for check in _of_moment(content, "last_year"):
        if question in check.questions and _old_enough(check, now, as_of):
            words = years_compared(check, now, last_year, as_of, content)
            if words is not None:
                found.append(_told(check, check.says.format(**words)))
    return next(iter(_firmest(found)), None)


def of_another(question: str, value: AnswerValue | AnswerState | None, supplied: Person) -> Odd | None:
    """Does an answer say that the record given with the check may be that of somebody else? It is never refused: which
    of the two is wrong, only somebody who is there can tell."""
    if not differs(question, value, supplied):
        return None
    message = f"The record that was given says another {TOLD_APART_BY[question]}: is it this person's?"
    return Odd(message, id="another_person", questions=(question,))


def before_closing(
    answers: Mapping[str, Answer], applies: Iterable[Question], as_of: date, content: Content
) -> tuple[BeforeClosing, ...]:
    """What is wanted before a check is closed: what stops it, what blocks it, what to be warned of, what is left.

    ``applies``: the questions that apply to the person on this route; nothing is wanted of any other. That every
    finding has an action with an owner and a date holds of every plan that is made here, and is not looked for.
    """
    asked = {question.id: question for question in applies}
    found = [
        BeforeClosing(check.id, check.kind, check.says, questions, check.support.basis, check.support.sources)
        for check in _of_moment(content, "closing")
        if (questions := _wanted(check, answers, asked, as_of, content))
    ]
    return tuple(sorted(found, key=lambda it: _CLOSING_ORDER.index(it.kind)))


def hindrances(wanted: Iterable[BeforeClosing]) -> tuple[str, ...]:
    """What stands against counting the check as complete: until then no code may say that it is."""
    return tuple(it.message for it in wanted if it.kind in ("stop", "block"))


def _wanted(
    check: CrossCheck, answers: Mapping[str, Answer], asked: Mapping[str, Question], as_of: date, content: Content
) -> tuple[str, ...]:
    """The questions to go back to; none where nothing is wanted."""
    if not all(question in asked for question in check.questions):
        return ()
    if check.compare:
        return closing_finds(check, answers, asked, as_of)
    setting = _Setting(answers, content, as_of, _no_list)
    return check.questions if all(_passes(test, setting) for test in check.together) else ()


def _odd(setting: _Setting, question: str) -> tuple[Odd, ...]:
    """Of the checks that look at ``question``, those that find something."""
    found = [
        _told(check, check.says)
        for check in _of_moment(setting.content, "answering")
        if _looks_at(check, question, setting.content) and _holds(check, setting, question)
    ]
    return tuple(_firmest(found))


def _looks_at(check: CrossCheck, question: str, content: Content) -> bool:
    """Could the answer to the question make the check find something? One that names no question looks at all."""
    score = content.scores.get(check.score)
    named = (*check.questions, *(score.questions if score is not None else ()))
    return not named or question in named


def _holds(check: CrossCheck, setting: _Setting, question: str) -> bool:
    if check.compare and not answers_compared(check, setting.answers, question, setting.content):
        return False
    if check.below_age is not None and not _younger(check.below_age, setting):
        return False
    return all(_passes(test, setting) for test in check.together)


def _passes(test: AnswerTest, setting: _Setting) -> bool:
    if test.listed and setting.listed(test.listed) is not True:
        return False
    if test.not_listed and setting.listed(test.not_listed) is not False:
        return False
    if not test.question:
        return True
    answer = setting.answers.get(test.question)
    if test.states and state_of(answer) not in test.states:
        return False
    number, rows = number_given(answer), rows_given(answer)
    if not test.bound.open and (number is None or not test.bound.holds(number)):
        return False
    if test.rows is not None and (rows is None or not test.rows.holds(len(rows))):
        return False
    if test.mentions and not set(_first_cells(test.question, rows or (), setting.content)) & set(test.mentions):
        return False
    return not test.answers or any(word in test.answers for word in words_given(answer))


def _first_cells(question: str, rows: Iterable[Mapping[str, str]], content: Content) -> list[str]:
    """What each row of a table is about."""
    asked = content.questions.get(question)
    return [row.get(asked.columns[0], "").strip().casefold() for row in rows] if asked is not None else []


def _younger(age: int, setting: _Setting) -> bool:
    """Is the person certainly younger?"""
    born = date_given(setting.answers.get(BORN))
    years = age_on(born, setting.as_of) if setting.as_of is not None else None
    return years is not None and years.high < age


def _old_enough(check: CrossCheck, answers: Mapping[str, Answer], as_of: date) -> bool:
    """Is the person certainly of the age that the check is for?"""
    if check.from_age is None:
        return True
    years = age_on(date_given(answers.get(BORN)), as_of)
    return years is not None and years.low >= check.from_age


def _with(question: str, value: AnswerValue | AnswerState, answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
    if isinstance(value, AnswerState):
        return {**answers, question: Answer(question, value)}
    return {**answers, question: Answer(question, AnswerState.ANSWERED, value)}


def _told(check: CrossCheck, message: str) -> Odd:
    support = check.support
    return Odd(message, check.kind == "hard", check.id, check.kind, support.basis, support.sources, check.questions)


def _firmest(found: Iterable[Odd]) -> list[Odd]:
    return sorted(found, key=lambda odd: _KIND_ORDER.index(odd.kind))


def _of_moment(content: Content, moment: str) -> Iterator[CrossCheck]:
    return (check for check in content.cross_checks.values() if check.moment == moment)
