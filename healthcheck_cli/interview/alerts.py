"""What cannot wait: an answer that is a red flag by itself, and who takes it on."""

from __future__ import annotations

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.choices import words_of
from healthcheck_cli.interview.saved import Alert
from healthcheck_cli.record import Answer, AnswerState

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


def taken_on_by(typed: str) -> str | None:
    """Who was named for an alert; empty where nobody is said to have it, None where that names nobody who can be asked.

    >>> taken_on_by("Dr Patel, GP"), taken_on_by("nobody"), taken_on_by("ok")
    ('Dr Patel, GP', '', None)
    """
    if typed.casefold() in _NOBODY:
        return ""
    return typed if len(typed) >= _SHORTEST_NAME and typed.casefold() not in _NO_NAME else None
