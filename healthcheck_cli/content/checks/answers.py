"""Facts that come from questions: do the two speak of the same values?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from healthcheck_cli.conditions.vocabulary import FactType
from healthcheck_cli.content.checks.check import Check
from healthcheck_cli.content.diagnostics import Diagnostic, nearest
from healthcheck_cli.content.models import Content, Fact, Question

_FITS = {
    FactType.YN: ("yn",),
    FactType.NUM: ("num",),
    FactType.INT: ("num",),
    FactType.CHOICE: ("choice",),
    FactType.MULTI: ("multi",),
    FactType.DATE: ("date",),
    FactType.TEXT: ("text",),
}
_ANY_OTHER = "otherwise"


def _as_they_stand(content: Content, _: date) -> Iterator[Diagnostic]:
    questions = content.questions
    for fact in content.facts.values():
        question = questions.get(fact.question)
        if question is not None:
            for message in _differences(fact, question):
                yield Diagnostic(fact.place, "fact-and-question", f"{fact.name}: {message}", f"see {question.place}")


def _differences(fact: Fact, question: Question) -> Iterator[str]:
    declared = fact.declaration
    if question.type not in _FITS[declared.type]:
        yield f"the fact is a {declared.type.value} and its question a {question.type}"
        return
    if set(declared.values) != set(question.values):
        only = sorted(set(declared.values) ^ set(question.values))
        yield f"the fact and its question differ in the values {', '.join(only)}"
    if declared.nothing != question.nothing:
        yield f"'nothing' is {declared.nothing or 'not given'} for the fact and {question.nothing or 'not given'} there"
    if declared.unit != question.unit:
        yield f"the unit is {declared.unit or 'none'} for the fact and {question.unit or 'none'} for its question"


def _meanings(content: Content, _: date) -> Iterator[Diagnostic]:
    questions = content.questions
    for fact in content.facts.values():
        for name, meanings in fact.answers.items():
            question = questions.get(name)
            if question is None or question.type == "table":
                continue
            answers = question.values or (("yes", "no") if question.type == "yn" else ())
            for word in meanings:
                if word != _ANY_OTHER and word not in answers:
                    message = f"{fact.name}: '{word}' is not an answer to {name}"
                    hint = nearest(word, answers) or f"one of: {', '.join(answers)}"
                    yield Diagnostic(fact.place, "unknown-answer", message, hint)


CHECKS = (
    Check("a fact and the question it comes from have the same type, values and unit", _as_they_stand),
    Check("every answer that a fact gives a meaning to is one the question offers", _meanings),
)
