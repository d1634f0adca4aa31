"""What was typed held against the other answers: the impossible is refused, the odd is asked back before it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview import session_words as words
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.outcomes import Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.record import Answer


def beside_others(
    entry: Entry,
    question: Question,
    adviser: Adviser,
    answers: Mapping[str, Answer],
    questions: Mapping[str, Question],
) -> Entry:
    """The same entry, refused or doubted where it does not go with ``answers``; a mere remark does not hold it up."""
    if isinstance(entry, Refused | Ambiguous):
        return entry
    doubts = [it for it in adviser.odd(question, entry.value, answers) if it.kind != "warn"]
    impossible = next((it for it in doubts if it.impossible), None)
    if impossible is not None:
        others = (it for it in impossible.questions if it != question.id and it in questions)
        return Refused(words.put_the_other_right(impossible.message, next(others, "")))
    reasons = [entry.reason] if isinstance(entry, Unsure) else []
    reasons += [it.message for it in doubts]
    return Unsure(entry.value, " ".join(reasons), entry.also) if reasons else entry
