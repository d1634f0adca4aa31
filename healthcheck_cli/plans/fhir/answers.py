"""The answers of a check as a QuestionnaireResponse: every question, and where there is no answer the reason."""

from __future__ import annotations

from collections.abc import Mapping

from healthcheck_cli.content.models import Content, Question
from healthcheck_cli.plans.fhir.elements import ABSENT, Ids, Json, clean, coding, ours
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, PartialDate, date_in_words

_REASONS = {
    AnswerState.NOT_ASKED: "not-asked",
    AnswerState.DECLINED: "asked-declined",
    AnswerState.NOT_KNOWN: "asked-unknown",
    AnswerState.NOT_APPLICABLE: "not-applicable",
}
"""Codes of http://terminology.hl7.org/CodeSystem/data-absent-reason (FHIR R4)."""


def questionnaire_response(answers: Mapping[str, Answer], content: Content, patient: Json, ids: Ids, day: str) -> Json:
    """All questions by section, in the order of the check, and answers that the content no longer asks for.

    It is in progress: whether the check is finished is not part of a plan.
    """
    sections = [
        {
            "linkId": section.id,
            "text": clean(section.title),
            "item": [it for question in section.questions for it in _items(question, answers.get(question.id))],
        }
        for section in content.sections
        if section.questions
    ]
    known = {question.id for section in content.sections for question in section.questions}
    others = [_bare(answer) for name, answer in answers.items() if name not in known]
    if others:
        sections.append(
            {"linkId": "others", "text": "Answers to questions that are not asked any more", "item": others}
        )
    return ids.resource(
        "QuestionnaireResponse",
        questionnaire=f"{ours('annual-health-check')}|{content.version}",
        status="in-progress",
        subject=patient,
        authored=day,
        item=sections,
    )


def _items(question: Question, answer: Answer | None) -> list[Json]:
    """The items of one question: one, or one for each row of a table."""
    start: Json = {"linkId": question.id, "text": clean(question.ask)}
    if answer is None or answer.state is not AnswerState.ANSWERED or answer.value is None:
        state = answer.state if answer is not None and answer.state is not AnswerState.ANSWERED else None
        absent = {"url": ABSENT, "valueCode": _REASONS[state or AnswerState.NOT_ASKED]}
        beside = _beside(question.id, answer)
        return [{**start, "extension": [absent], **({"item": beside} if beside else {})}]
    beside = _beside(question.id, answer)
    rows = _rows(question, answer.value)
    if rows:
        return [{**start, "item": [*row, *(beside if not at else [])]} for at, row in enumerate(rows)]
    said = _answers(question, answer.value)
    return [{**start, "answer": [{**said[0], "item": beside}, *said[1:]] if beside else said}]


def _rows(question: Question, value: AnswerValue) -> list[list[Json]]:
    """The rows of a table that hold anything, each as items of its columns."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
    made = [
        [
            {"linkId": f"{question.id}/{column}", "text": column.replace("_", " "), "answer": [_text(cell)]}
            for column, cell in row.items()
            if clean(cell)
        ]
        for row in rows
    ]
    return [row for row in made if row]


def _answers(question: Question, value: AnswerValue) -> list[Json]:
    """The values of an answer; one for each word of several. "None of these" is an answer, with its word."""
    if isinstance(value, bool):
        return [{"valueBoolean": value}]
    if isinstance(value, (int, float)):
        return [
            {"valueQuantity": {"value": value, "unit": question.unit}} if question.unit else {"valueDecimal": value}
        ]
    if isinstance(value, PartialDate):
        return [_date(value)]
    words = [it for it in (value if isinstance(value, tuple) else (value,)) if isinstance(it, str)]
    return [_word(question, it) for it in words or [question.nothing or "none"]]


def _word(question: Question, word: str) -> Json:
    """A word that the question offers, with its label; anything else as text."""
    offered = word in question.values or word in question.labels or word == question.nothing != ""
    if not offered or question.type not in ("choice", "multi"):
        return _text(word)
    label = question.labels.get(word, word.replace("_", " "))
    return {"valueCoding": coding(ours(f"answer:{question.id}"), clean(word), label)}


def _text(words: str) -> Json:
    return {"valueString": clean(words) or "(blank)"}


def _date(value: PartialDate) -> Json:
    """A date as far as it is known: FHIR writes a month or a year as such."""
    first, last = value.earliest, value.latest
    if value.exact:
        return {"valueDate": first.isoformat()}
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return {"valueDate": f"{first:%Y-%m}"}
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    return {"valueDate": f"{first:%Y}"} if whole_year else {"valueString": date_in_words(value)}


def _beside(question: str, answer: Answer | None) -> list[Json]:
    """Who said it, and what was noted."""
    told = {"said-by": answer.answered_by, "note": answer.note} if answer is not None else {}
    return [
        {"linkId": f"{question}/{name}", "text": name.replace("-", " "), "answer": [_text(words)]}
        for name, words in told.items()
        if clean(words)
    ]


def _bare(answer: Answer) -> Json:
    """An answer to a question that the content does not hold."""
    start: Json = {"linkId": clean(answer.question)}
    if answer.state is not AnswerState.ANSWERED or answer.value is None:
        reason = _REASONS.get(answer.state, "unknown")
        return {**start, "extension": [{"url": ABSENT, "valueCode": reason}]}
    value = answer.value
    if isinstance(value, bool):
        return {**start, "answer": [{"valueBoolean": value}]}
    if isinstance(value, PartialDate):
        return {**start, "answer": [_date(value)]}
    return {**start, "answer": [_text(_in_words(value))]}


def _in_words(value: AnswerValue) -> str:
    if isinstance(value, tuple):
        return "; ".join(", ".join(it.values()) if isinstance(it, Mapping) else it for it in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
