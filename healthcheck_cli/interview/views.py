"""What the interview says besides its questions: help, progress, the answers so far, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview.keys import KEYS_IN_WORDS
from healthcheck_cli.interview.route import Route
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.record import Answer, AnswerState


class MessageKind(Enum):
    """How a message is shown."""

    INFO = "info"
    ERROR = "error"
    ALERT = "alert"


@dataclass(frozen=True)
class Message:
    """Something to show. Lines are not wrapped: the screen does that."""

    kind: MessageKind
    text: str


def help_view(question: Question) -> Message:
    """Why a question is asked, what it rests on, and the keys."""
    basis = question.support.basis.value.replace("_", " ")
    sources = f" ({', '.join(question.support.sources)})" if question.support.sources else ""
    keys = "\n".join(f"  {key:<11}{words}" for key, words in KEYS_IN_WORDS)
    return Message(MessageKind.INFO, f"{question.help}\nBasis: {basis}{sources}.\nKeys, at every prompt:\n{keys}")


def sections_view(route: Route, answers: Mapping[str, Answer]) -> Message:
    """Every section with how far it has come."""
    lines = []
    for number, section in enumerate(route.sections, start=1):
        asked = route.asked(answers, section)
        done = sum(question.id in answers for question in asked)
        lines.append(f"{number}. {section.title} ({section.id}): {done} of {len(asked)}")
    asked_of_all = route.asked(answers)
    done_of_all = sum(question.id in answers for question in asked_of_all)
    return Message(MessageKind.INFO, "\n".join([*lines, f"All: {done_of_all} of {len(asked_of_all)}"]))


def answers_view(
    route: Route, answers: Mapping[str, Answer], notes: Mapping[str, str], section: Section | None
) -> Message:
    """The answers of a section, or of all, each with its note and who gave it."""
    lines = [
        line
        for question in route.asked(answers, section)
        for line in answer_lines(question, answers.get(question.id), notes.get(question.id, ""))
    ]
    return Message(MessageKind.INFO, "\n".join(lines) or "Nothing yet.")


def answer_lines(question: Question, answer: Answer | None, note: str) -> list[str]:
    """One question and its answer, a table with a line for each row."""
    by = f" [{answer.answered_by}]" if answer is not None and answer.answered_by else ""
    words = answer_in_words(question, answer) if answer is not None else "–"
    if "\n" in words:
        words = "".join(f"\n  {row}" for row in words.splitlines())
    lines = f"{question.ask} {words}{by}".splitlines()
    return [*lines, f"  note: {note}"] if note else lines


def skipped_line(questions: Sequence[Question]) -> str:
    """Told once: how many questions were passed over."""
    count = "One question does" if len(questions) == 1 else f"{len(questions)} questions do"
    return f"{count} not apply on what is known so far (w: which, and why)."


def skipped_view(route: Route, answers: Mapping[str, Answer]) -> Message:
    """The questions that do not apply, each with the condition under which it would."""
    lines = [
        f"{question.ask}\n  asked only if: {question.who.text}"
        for question in route.not_asked(answers)
        if question.who is not None
    ]
    return Message(MessageKind.INFO, "\n".join(lines) or "Nothing was left out.")


def open_core_questions(route: Route, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """Core questions that apply and have no answer, nor a reason for having none."""

    def settled(question: Question) -> bool:
        answer = answers.get(question.id)
        return answer is not None and answer.state is not AnswerState.NOT_ASKED

    return tuple(question for question in route.asked(answers) if question.core and not settled(question))
