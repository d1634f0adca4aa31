"""Scores and cross checks: do they name questions, answers and scores that there are?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.content.checks.check import Check, Needs
from healthcheck_cli.content.checks.names import unknown
from healthcheck_cli.content.diagnostics import Diagnostic, Severity, nearest
from healthcheck_cli.content.kinds.cross_checks import STATES
from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.content.score_models import CrossCheck, Score
from healthcheck_cli.content.support import Place

_Named = tuple[Place, str, str, tuple[str, ...]]
"""Where a question is named, by what, which question, and the answers it is said to have."""


def named_questions(content: Content) -> Iterator[_Named]:
    """Every question that a score or a cross check names, with the answers it names."""
    for score in content.scores.values():
        yield from _of_score(score)
    for check in content.cross_checks.values():
        yield from _of_check(check)


def _of_score(score: Score) -> Iterator[_Named]:
    where = f"the score {score.id}"
    spoken = tuple(word for band in score.bands for word in band.answers)
    for question in score.of:
        yield score.place, where, question, spoken
    for question in (*score.begun_by, *score.same, *((score.recorded_in,) if score.recorded_in else ())):
        yield score.place, where, question, ()
    for question, answers in (*score.not_where.items(), *score.estimated_where.items()):
        yield score.place, where, question, answers
    for part in score.parts:
        yield score.place, where, part.question, tuple(word for row in part.points for word in row.answers)
        if part.instead is not None:
            yield score.place, where, part.instead.question, (part.instead.answer,)
            yield score.place, where, part.instead.by, tuple(part.instead.points)
    if score.other_bands is not None:
        others = score.other_bands
        yield score.place, where, others.question, (*sorted(others.groups), *sorted(others.not_told))


def _of_check(check: CrossCheck) -> Iterator[_Named]:
    where = f"the cross check {check.id}"
    for question in check.of:
        yield check.place, where, question, tuple(it for it in (*check.was, *check.now) if it not in STATES)
    for test in check.together:
        if test.question:
            yield check.place, where, test.question, test.answers
    for question in check.same:
        yield check.place, where, question, ()


def _answers_of(question: Question) -> tuple[str, ...]:
    return ("yes", "no") if question.type == "yn" else question.values


def _answers(content: Content, _: date) -> Iterator[Diagnostic]:
    questions = content.questions
    for place, where, name, answers in named_questions(content):
        offered = _answers_of(questions[name]) if name in questions else ()
        for answer in answers if offered else ():
            if answer not in offered:
                message = f"{where}: '{answer}' is not an answer to {name}"
                yield Diagnostic(place, "unknown-answer", message, nearest(answer, offered))


def _not_yet_asked(content: Content, _: date) -> Iterator[Diagnostic]:
    asked = content.questions
    for place in dict.fromkeys(place.file for place, *_ in named_questions(content)):
        absent = sorted({name for at, _, name, _ in named_questions(content) if at.file == place and name not in asked})
        if absent:
            message = f"these questions are in no section yet: {', '.join(absent)}"
            yield Diagnostic(Place(place), "question-not-asked", message, severity=Severity.NOTE)


def _scores(content: Content, _: date) -> Iterator[Diagnostic]:
    named = [(it.place, it.id, it.only_below[0]) for it in content.scores.values() if it.only_below is not None]
    named += [(it.place, it.id, it.score) for it in content.cross_checks.values() if it.score]
    for place, where, score in named:
        yield from unknown("score", score, content.scores, place, where)


def _classes(content: Content, _: date) -> Iterator[Diagnostic]:
    classes = content.vocabulary.classes
    for check in content.cross_checks.values():
        for name in (it for test in check.together for it in (test.listed, test.not_listed) if it):
            yield from unknown("class", name, classes, check.place, f"the cross check {check.id}")


CHECKS = (
    Check("the answers that scores and cross checks name are offered by their questions", _answers),
    Check("questions that scores and cross checks name and no section asks yet are listed", _not_yet_asked),
    Check("every score that is named exists", _scores, Needs.NAMES),
    Check("every class of medicines that a cross check names exists", _classes, Needs.NAMES),
)
