"""What the interview says besides its questions: help, progress, the answers so far, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview.keys import KEYS_IN_WORDS
from healthcheck_cli.interview.pace import minutes_for
from healthcheck_cli.interview.route import Route
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.record import Answer, AnswerState


class MessageKind(Enum):
    """How a message is shown."""

    INFO = "info"
    ERROR = "error"
    ALERT = "alert"
    CHOICES = "choices"  # one a line; they may stand side by side


@dataclass(frozen=True)
class Message:
    """Something to show. Lines are not wrapped: the screen does that."""

    kind: MessageKind
    text: str


def help_view(question: Question, support: str) -> tuple[Message, ...]:
    """Why a question is asked, what it rests on, and the keys."""
    parts = [
        f"Why: {question.why}" if question.why else "",
        f"In easier words: {question.easy_read}" if question.easy_read else "",
        question.help,
        f"If the person does not speak: {question.signs}" if question.signs else "",
        f"Support: {support}.",
    ]
    return (Message(MessageKind.INFO, "\n".join(part for part in parts if part)), *keys_view())


def keys_view() -> tuple[Message, ...]:
    """The keys and what each does."""
    keys = "\n".join(f"  {key:<10}{words}" for key, words in KEYS_IN_WORDS)
    return Message(MessageKind.INFO, "Keys, at every prompt:"), Message(MessageKind.CHOICES, keys)


def worked_out_lines(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What is known now and was not, or was another; empty where nothing is.

    >>> worked_out_lines({"bmi": "BMI 31"}, {"bmi": "BMI 31", "news2": "NEWS2 2"})
    'NEWS2 2'
    """
    return "\n".join(words for name, words in now.items() if before.get(name) != words)


def sections_view(route: Route, answers: Mapping[str, Answer], parked: Collection[str] = ()) -> Message:
    """Every section with how far it has come, and about how long the rest will take."""
    lines = []
    for number, section in enumerate(route.sections, start=1):
        asked = route.asked(answers, section)
        done = sum(question.id in answers for question in asked)
        later = ", kept for later" if section.id in parked and done < len(asked) else ""
        lines.append(f"{number}. {section.title} ({section.id}): {done} of {len(asked)}{later}")
    asked_of_all = route.asked(answers)
    done_of_all = sum(question.id in answers for question in asked_of_all)
    about = f"about {minutes_for(route.left(answers))} min left"
    return Message(MessageKind.INFO, "\n".join([*lines, f"All: {done_of_all} of {len(asked_of_all)}, {about}"]))


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
    asked = question.ask if question.ask.endswith("?") else f"{question.ask}:"
    lines = f"{asked} {words}{by}".splitlines()
    return [*lines, f"  note: {note}"] if note else lines


def skipped_line(questions: Sequence[Question]) -> str:
    """Told once: how many questions were passed over."""
    count = "One question does" if len(questions) == 1 else f"{len(questions)} questions do"
    return f"{count} not apply on what is known so far (w: which, and why)."


def skipped_view(
    route: Route, answers: Mapping[str, Answer], why_not: Callable[[Question, Mapping[str, Answer]], str]
) -> Message:
    """The questions that do not apply, together where one thing decided it."""
    left_out: dict[str, list[str]] = {}
    for question in route.not_asked(answers):
        left_out.setdefault(why_not(question, answers), []).append(question.ask)
    lines = [
        line for reason, asked in left_out.items() for line in (f"Because {reason}:", *(f"  {it}" for it in asked))
    ]
    return Message(MessageKind.INFO, "\n".join(lines) or "Nothing was left out.")


def open_core_questions(route: Route, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """Core questions that apply and have no answer, nor a reason for having none."""

    def settled(question: Question) -> bool:
        answer = answers.get(question.id)
        return answer is not None and answer.state is not AnswerState.NOT_ASKED

    return tuple(question for question in route.asked(answers) if question.core and not settled(question))
