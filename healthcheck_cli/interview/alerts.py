"""What cannot wait: an answer that is a red flag by itself, and who takes it on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.choices import words_of
from healthcheck_cli.interview.keys import Key
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState

_TAKES_BACK = ((Truth.TRUE, Truth.FALSE), (Truth.TRUE, Truth.UNKNOWN), (Truth.UNKNOWN, Truth.FALSE))
ACTION = "Act on this before you go on: call 999 for an emergency, or get a clinician to see the person now."
_SHORTEST_NAME = 2
_NOBODY = frozenset({"", "nobody", "nobody yet", "no one", "none", "no"})
_NO_NAME = frozenset({"yes", "no", "ok", "okay", "done", "me", "seen"})  # typed in haste
_KEYS_IN_WORDS = frozenset({"by", "drop"})  # keys that are words, with what follows them


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
    adviser: Adviser,
    at: datetime,
) -> tuple[Alert, ...]:
    """The alerts that new answers take back, each with by which answer; ``before``: what each question was last
    answered with, where it was answered at all.

    A red flag is taken back by another answer to its question; that of a rule by an answer that is corrected, where
    the rule is known to find nothing urgent now, or no longer finds what it did, or finds something else: that is then
    raised in its own words. What becomes unknown because an answer is missing now stays, whatever else is corrected
    with it: missing is not no.
    """
    corrected = [it for it in answers if it.question in before and it.state is AnswerState.ANSWERED]
    found = []
    for alert in (it for it in alerts if it.stands and corrected):
        if name := alert.question:
            by = next((it for it in corrected if it.question == name and _is_other(alert, questions[name], it)), None)
        else:
            by = _takes_back(alert.key, corrected, before, adviser)
        if by is not None:
            found.append(replace(alert, withdrawn=at, put_right=by.question))
    return tuple(found)


def _takes_back(
    rule: str, corrected: Sequence[Answer], before: Mapping[str, Answer], adviser: Adviser
) -> Answer | None:
    """The correction with which the rule no longer finds what it did, where it does not after all of them.

    An answer that went missing keeps its old value here, and those that are new are left out: only what is corrected
    takes an alert back.
    """
    was = _Found.of(rule, before, adviser)
    if not was.gone_with(_Found.of(rule, {**before, **{it.question: it for it in corrected}}, adviser)):
        return None
    so_far = dict(before)
    for answer in corrected[:-1]:
        so_far[answer.question] = answer
        if was.gone_with(_Found.of(rule, so_far, adviser)):
            return answer
    return corrected[-1]


@dataclass(frozen=True)
class _Found:
    """What a rule makes of some answers: whether that is urgent, and how it is told."""

    urgent: Truth
    says: str

    @classmethod
    def of(cls, rule: str, answers: Mapping[str, Answer], adviser: Adviser) -> _Found:
        told = {it.key: it.says for it in adviser.urgent(answers)}
        return cls(adviser.finds_urgent(rule, answers), told.get(rule, ""))

    def gone_with(self, now: _Found) -> bool:
        return (self.urgent, now.urgent) in _TAKES_BACK or bool(self.says and now.says and self.says != now.says)


def _is_other(alert: Alert, question: Question, answer: Answer) -> bool:
    """Does the answer not raise this alert?"""
    return alert.key not in {it.key for it in red_flag_alerts(question, answer)}


def taken_on_by(typed: str, places: Container[str] = ()) -> str | None:
    """Who was named for an alert; empty where nobody is said to have it, None where that names nobody who can be asked.

    >>> taken_on_by("Dr Patel, GP"), taken_on_by("nobody"), taken_on_by("ok")
    ('Dr Patel, GP', '', None)
    """
    return "" if typed.casefold() in _NOBODY else name_in(typed, places)


def name_in(typed: str, places: Container[str] = ()) -> str | None:
    """The name, or the role, that was typed; None for a key, a slip or a word typed in haste, which name nobody.
    ``places``: the ids of sections and questions, to which somebody may have wanted to go.

    >>> name_in("G Shah"), name_in("q"), name_in("k 2"), name_in("??"), name_in("by nurse")
    ('G Shah', None, None, None, None)
    >>> name_in("g bowel", {"bowel"}), name_in("gbowel", {"bowel"})
    (None, None)
    """
    name = typed.strip()
    letters = sum(letter.isalpha() for letter in name)
    first = name.partition(" ")[0].casefold()
    is_one = letters >= _SHORTEST_NAME and name[0].isalpha() and first not in _KEYS_IN_WORDS
    goes = name[:1].casefold() == Key.GO.value and name[1:].strip().casefold() in places
    return name if is_one and not goes and name.casefold() not in _NO_NAME else None
