"""What cannot wait: an answer that is a red flag by itself, and who takes it on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import words_of
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState

NothingUrgent = Callable[[str, Mapping[str, Answer]], bool]
"""Is it known, on these answers, that a rule finds nothing urgent?"""

ACTION = "Act on this before you go on: call 999 for an emergency, or get a clinician to see the person now."
_SHORTEST_NAME = 2
_NOBODY = frozenset({"", "nobody", "nobody yet", "no one", "none", "no"})
_NO_NAME = frozenset({"yes", "ok", "okay", "done", "me", "seen"})  # typed in haste


def red_flag_alerts(question: Question, answer: Answer) -> tuple[Alert, ...]:
    """One alert for the red flags among the answer's values; none where it has none."""
    if answer.state is not AnswerState.ANSWERED:
        return ()
    value = answer.value
    if isinstance(value, bool):
        given: tuple[str, ...] = ("yes" if value else "no",)
    elif isinstance(value, str):
        given = (value,)
    elif isinstance(value, tuple):
        given = tuple(word for word in value if isinstance(word, str))
    else:
        given = ()
    flags = [word for word in given if word in question.red_flags]
    if not flags:
        return ()
    words = "; ".join(words_of(question, flag) for flag in flags)
    return (Alert(f"{question.id}:{','.join(flags)}", f"{question.ask} {words[:1].upper()}{words[1:]}.", ACTION),)


def put_right(
    alerts: Iterable[Alert],
    answers: Sequence[Answer],
    before: Mapping[str, Answer],
    questions: Mapping[str, Question],
    nothing_urgent: NothingUrgent,
    at: datetime,
) -> tuple[Alert, ...]:
    """The alerts that new answers take back, each with by which answer; ``before`` are those there were.

    A red flag is taken back by another answer to its question, a rule where it was open and is now known to find
    nothing urgent. An answer that is missing takes nothing back: it is not no.
    """
    after = {**before, **{it.question: it for it in answers}}
    corrected = [it for it in answers if it.question in before] or list(answers)
    found = []
    for alert in alerts:
        if alert.withdrawn is not None or not answers:
            continue
        name = question_of(alert)
        if name:
            by = next((it for it in answers if it.question == name and _is_other(alert, questions[name], it)), None)
        else:
            freed = not nothing_urgent(alert.key, before) and nothing_urgent(alert.key, after)
            by = corrected[0] if freed else None
        if by is not None:
            found.append(replace(alert, withdrawn=at, put_right=by.question))
    return tuple(found)


def question_of(alert: Alert) -> str:
    """The question whose answer is the alert; empty where a rule raised it.

    >>> question_of(Alert("bowel.red_flags:severe_pain", "", "")), question_of(Alert("CON-02", "", ""))
    ('bowel.red_flags', '')
    """
    name, colon, _ = alert.key.partition(":")
    return name if colon else ""


def _is_other(alert: Alert, question: Question, answer: Answer) -> bool:
    """Is it an answer, and one that does not raise this alert?"""
    raised = (it.key for it in red_flag_alerts(question, answer))
    return answer.state is AnswerState.ANSWERED and alert.key not in raised


def taken_on_by(typed: str) -> str | None:
    """Who was named for an alert; empty where nobody is said to have it, None where that names nobody who can be asked.

    >>> taken_on_by("Dr Patel, GP"), taken_on_by("nobody"), taken_on_by("ok")
    ('Dr Patel, GP', '', None)
    """
    if typed.casefold() in _NOBODY:
        return ""
    return typed if len(typed) >= _SHORTEST_NAME and typed.casefold() not in _NO_NAME else None
