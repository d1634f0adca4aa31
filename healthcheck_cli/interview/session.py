"""The check as a conversation: what is asked now, and what comes of each thing typed. It prints nothing.

The session knows questions, answers and keys. Whether a question applies, and whether something cannot wait, it asks
an adviser that is given to it. Everything that is answered is saved before the next question is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.alerts import red_flag_alerts
from healthcheck_cli.interview.choices import read_yes_or_no
from healthcheck_cli.interview.cross_checks import odd_together
from healthcheck_cli.interview.entry import partner_of, read_entry
from healthcheck_cli.interview.keys import ANSWERED_BY, Key, key_of
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.interview.route import Route
from healthcheck_cli.interview.saved import Alert
from healthcheck_cli.interview.tables import read_row, written_rows
from healthcheck_cli.interview.views import (
    Message,
    MessageKind,
    answers_view,
    help_view,
    sections_view,
    skipped_line,
    skipped_view,
)
from healthcheck_cli.record import Answer, AnswerState, AnswerValue


class Notebook(Protocol):
    """Where one check is kept. Every call has saved when it returns."""

    def answers(self) -> Mapping[str, Answer]:
        """The newest answer to each question."""
        ...

    def notes(self) -> Mapping[str, str]:
        """The notes on each question."""
        ...

    def add(self, answers: Sequence[Answer]) -> None:
        """Keep answers, all or none."""
        ...

    def add_note(self, question: str, note: str, noted_by: str, at: datetime) -> None:
        """Keep a note on a question."""
        ...

    def raise_alert(self, alert: Alert, at: datetime) -> bool:
        """Keep an alert; False where it was raised before."""
        ...

    def acknowledge(self, key: str, at: datetime) -> None:
        """Keep that an alert was seen."""
        ...

    def waiting_alerts(self) -> Sequence[Alert]:
        """Alerts that nobody has said they saw."""
        ...


_X_REFUSED = "x is no answer here: this is for everyone who is asked. - not asked, d declined, u not known."


class Mode(Enum):
    """What the next thing typed will be taken for."""

    ANSWER = "answer"
    SURE = "sure"  # yes or no: is an unlikely answer right
    WHICH = "which"  # one of several readings
    NOTE = "note"
    SEEN = "seen"  # alerts wait for Enter
    END = "end"  # everything was asked
    LEFT = "left"


@dataclass(frozen=True)
class Prompt:
    """What is to be shown before something is typed."""

    mode: Mode
    section: Section | None = None
    question: Question | None = None
    place: tuple[int, int, int, int] = (0, 0, 0, 0)  # in the section, of the section; in the check, of the check
    rows: tuple[Mapping[str, str], ...] = ()
    answered: Answer | None = None
    readings: tuple[str, ...] = ()
    pair: bool = False  # the two numbers of a blood pressure may be typed together
    alerts: tuple[Alert, ...] = ()


class Session:
    """One sitting. ``take`` is given what was typed and says what to show; ``prompt`` is what is asked next."""

    def __init__(
        self,
        notebook: Notebook,
        sections: Sequence[Section],
        adviser: Adviser,
        now: Callable[[], datetime],
        as_of: date,
        answered_by: str = "",
    ) -> None:
        """Begin at the first question that applies and has no answer. Alerts that nobody saw come first."""
        self._notebook = notebook
        self._adviser = adviser
        self._now = now
        self._as_of = as_of
        self._answered_by = answered_by
        self._answers = dict(notebook.answers())
        self.route = Route(sections, adviser.applies)
        self._alerts = list(notebook.waiting_alerts())
        self._mode = Mode.ANSWER
        self._question: Question | None = self.route.first_open(self._answers)
        self._came_from: list[Question] = []
        self._told_skipped: set[str] = set()
        self._readings: tuple[str, ...] = ()
        self._unsure: tuple[str, AnswerValue, Mapping[str, AnswerValue]] | None = None
        self._held: tuple[Message, ...] = ()  # told after an alert, which comes first

    @property
    def prompt(self) -> Prompt:
        """What is asked now."""
        if self._mode is Mode.LEFT:
            return Prompt(Mode.LEFT)
        if self._alerts:
            return Prompt(Mode.SEEN, alerts=tuple(self._alerts))
        question = self._question
        if question is None:
            return Prompt(Mode.END)
        return Prompt(
            mode=self._mode,
            section=self.route.section_of(question),
            question=question,
            place=self.route.place_of(question, self._answers),
            rows=self._rows(question),
            answered=self._answers.get(question.id),
            readings=self._readings,
            pair=partner_of(question, self.route.questions) is not None,
        )

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The newest answer to each question."""
        return dict(self._answers)

    @property
    def left(self) -> bool:
        """Has the user left?"""
        return self._mode is Mode.LEFT

    def begin_at(self, section: str) -> tuple[Message, ...]:
        """Go to the first open question of a section."""
        return self._go(section)

    def take(self, typed: str) -> tuple[Message, ...]:
        """What comes of one thing typed."""
        text = typed.strip()
        if self._alerts:
            return self._seen(text)
        if self._mode is Mode.NOTE:
            return self._note(text)
        if self._mode is Mode.SURE:
            sure = read_yes_or_no(text)
            if isinstance(sure, Accepted):
                return self._sure(right=bool(sure.value))
        if self._mode is Mode.WHICH and text.isdigit() and 1 <= int(text) <= len(self._readings):
            text = self._readings[int(text) - 1]
        self._forget_doubts()
        key, rest = key_of(text)
        if key is not None:
            return self._key(key, rest)
        return self._answer(text)

    def leave(self) -> tuple[Message, ...]:
        """End the sitting; what was answered is saved already."""
        self._mode = Mode.LEFT
        return (Message(MessageKind.INFO, "Saved."),)

    # ---- keys

    def _key(self, key: Key, rest: str) -> tuple[Message, ...]:
        anywhere: dict[Key, Callable[[], tuple[Message, ...]]] = {
            Key.BACK: self._back,
            Key.GO: lambda: self._go(rest),
            Key.LIST: lambda: (sections_view(self.route, self._answers),),
            Key.ANSWERS: self._review,
            Key.WHY_NOT: lambda: (skipped_view(self.route, self._answers, self._adviser.why_not),),
            Key.PLAN: lambda: (Message(MessageKind.INFO, self._adviser.plan_so_far(self._answers)),),
            Key.QUIT: self.leave,
            Key.BY: lambda: self._set_answered_by(rest),
        }
        if key in anywhere:
            return anywhere[key]()
        if self._question is None:
            return (Message(MessageKind.ERROR, "Everything has been asked: q to leave, b or g to go back."),)
        question = self._question
        if key is Key.HELP:
            return help_view(question, self._adviser.support(question))
        if key is Key.NOTE:
            self._mode = Mode.NOTE
            return ()
        states = {
            Key.NOT_ASKED: AnswerState.NOT_ASKED,
            Key.DECLINED: AnswerState.DECLINED,
            Key.NOT_KNOWN: AnswerState.NOT_KNOWN,
            Key.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
        }
        if key is Key.NOT_APPLICABLE and not question.may_not_apply:
            return (Message(MessageKind.ERROR, _X_REFUSED),)
        return self._keep([self._new_answer(question, states[key], None, "")], question)

    def _back(self) -> tuple[Message, ...]:
        while self._came_from:
            question = self._came_from.pop()
            if self.route.applies(question, self._answers):
                self._question = question
                return ()
        before = self.route.before(self._question, self._answers)
        if before is None:
            return (Message(MessageKind.ERROR, "This is the first question."),)
        self._question = before
        return ()

    def _go(self, wanted: str) -> tuple[Message, ...]:
        section = self.route.section_named(wanted)
        if section is None:
            known = MessageKind.ERROR if wanted else MessageKind.INFO
            return (Message(known, "Type g and a section."), sections_view(self.route, self._answers))
        question = self.route.first_of(section, self._answers)
        if question is None:
            return (Message(MessageKind.INFO, f"No question of “{section.title}” applies."),)
        self._leave_behind()
        self._question = question
        return ()

    def _review(self) -> tuple[Message, ...]:
        section = self.route.section_of(self._question) if self._question is not None else None
        return (answers_view(self.route, self._answers, self._notebook.notes(), section),)

    def _set_answered_by(self, who: str) -> tuple[Message, ...]:
        if who not in ANSWERED_BY:
            return (Message(MessageKind.ERROR, f"Type by and one of: {', '.join(ANSWERED_BY)}."),)
        self._answered_by = who
        return (Message(MessageKind.INFO, f"Answers from here on: {who}."),)

    def _seen(self, text: str) -> tuple[Message, ...]:
        if text == "q":
            return self.leave()
        if text:
            return (Message(MessageKind.ERROR, "Press Enter when you have seen this (q to save and leave)."),)
        for alert in self._alerts:
            self._notebook.acknowledge(alert.key, self._now())
        self._alerts = []
        held, self._held = self._held, ()
        return held

    def _note(self, text: str) -> tuple[Message, ...]:
        self._mode = Mode.ANSWER
        question = self._question
        if question is None or not text:
            return ()
        if question.type == "yn" and text.casefold() in ("no", "n"):
            return self._answer("no")
        if question.type == "yn" and text.casefold() in ("yes", "y"):
            return (Message(MessageKind.ERROR, "That was the place for a note. Type the answer now."),)
        self._notebook.add_note(question.id, text, self._answered_by, self._now())
        if question.id in self._answers:
            old = self._answers[question.id]
            noted = replace(old, note="; ".join(part for part in (old.note, text) if part))
            self._answers = {**self._answers, question.id: noted}
        return (Message(MessageKind.INFO, "Note kept."),)

    # ---- answers

    def _answer(self, text: str) -> tuple[Message, ...]:
        question = self._question
        if question is None:
            return (Message(MessageKind.ERROR, "Everything has been asked: q to leave, b or g to go back."),)
        if question.type == "table" and text.casefold() != "none":
            return self._row(question, text)
        entry: Entry = read_entry(question, text, self._as_of, self.route.questions)
        if isinstance(entry, Refused):
            return (Message(MessageKind.ERROR, entry.message),)
        if isinstance(entry, Ambiguous):
            self._mode, self._readings = Mode.WHICH, entry.readings
            return (Message(MessageKind.ERROR, entry.message),)
        odd = odd_together(question.id, entry.value, self._answers)
        if odd is not None and odd.impossible:
            return (Message(MessageKind.ERROR, f"{odd.message} Use b to put the other one right."),)
        if isinstance(entry, Unsure) or odd is not None:
            reasons = [entry.reason] if isinstance(entry, Unsure) else []
            reasons += [odd.message] if odd is not None else []
            self._mode, self._unsure = Mode.SURE, (text, entry.value, entry.also)
            return (Message(MessageKind.ERROR, " ".join(reasons)),)
        return self._keep_value(question, text, entry.value, entry.also)

    def _row(self, question: Question, text: str) -> tuple[Message, ...]:
        rows = self._rows(question)
        if not text:
            if rows:
                return self._move_on(question)
            return (Message(MessageKind.ERROR, "Type a row, or none if there are none."),)
        dropped = re.fullmatch(r"drop\s+(\d+)", text, re.IGNORECASE)
        if dropped is not None:
            return self._drop(question, rows, int(dropped[1]))
        row = read_row(question, text, self._as_of)
        if isinstance(row, Refused):
            return (Message(MessageKind.ERROR, row.message),)
        value = (*rows, row)
        typed = self._answers[question.id].typed if rows else ""
        answer = self._new_answer(question, AnswerState.ANSWERED, value, f"{typed}\n{text}".strip())
        return self._keep([answer], None)

    def _drop(self, question: Question, rows: tuple[Mapping[str, str], ...], number: int) -> tuple[Message, ...]:
        """Take one row out of a table. The last one stays: an empty table must be said."""
        left = rows[: number - 1] + rows[number:] if 1 <= number <= len(rows) else rows
        if left == rows:
            return (Message(MessageKind.ERROR, "There is no such row."),)
        if not left:
            return (Message(MessageKind.ERROR, "That is the only row: type none if there are none."),)
        return self._keep([self._new_answer(question, AnswerState.ANSWERED, left, written_rows(left))], None)

    def _rows(self, question: Question) -> tuple[Mapping[str, str], ...]:
        answer = self._answers.get(question.id)
        if question.type != "table" or answer is None or not isinstance(answer.value, tuple):
            return ()
        return tuple(row for row in answer.value if isinstance(row, Mapping))

    def _sure(self, right: bool) -> tuple[Message, ...]:
        unsure, question = self._unsure, self._question
        self._forget_doubts()
        if unsure is None or question is None or not right:
            return ()
        return self._keep_value(question, *unsure)

    def _keep_value(
        self, question: Question, typed: str, value: AnswerValue, also: Mapping[str, AnswerValue]
    ) -> tuple[Message, ...]:
        answers = [self._new_answer(question, AnswerState.ANSWERED, value, typed)]
        for other, other_value in also.items():
            other_question = self.route.questions[other]
            answers.append(self._new_answer(other_question, AnswerState.ANSWERED, other_value, typed))
        return self._keep(answers, question)

    def _new_answer(self, question: Question, state: AnswerState, value: AnswerValue | None, typed: str) -> Answer:
        return Answer(question.id, state, value, typed, self._answered_by, self._now())

    def _keep(self, answers: Sequence[Answer], move_on_from: Question | None) -> tuple[Message, ...]:
        """Save, then look for what cannot wait, then choose the next question (None: stay)."""
        self._notebook.add(answers)
        self._answers = dict(self._notebook.answers())
        for answer in answers:
            for alert in red_flag_alerts(self.route.questions[answer.question], answer):
                self._raise(alert, again=True)
        for alert in self._adviser.urgent(self._answers):
            self._raise(alert)
        news = self._move_on(move_on_from) if move_on_from is not None else ()
        if self._alerts:
            self._held, news = news, ()
        return news

    def _raise(self, alert: Alert, again: bool = False) -> None:
        """An answer that is a red flag is told each time it is given; a rule once in a check."""
        if self._notebook.raise_alert(alert, self._now()) or again:
            self._alerts.append(alert)

    def _move_on(self, question: Question) -> tuple[Message, ...]:
        self._leave_behind()
        following, skipped = self.route.next_open(question, self._answers)
        self._question = following
        news = [q for q in skipped if q.id not in self._told_skipped]
        self._told_skipped.update(q.id for q in news)
        return (Message(MessageKind.INFO, skipped_line(news)),) if news else ()

    def _leave_behind(self) -> None:
        if self._question is not None:
            self._came_from.append(self._question)

    def _forget_doubts(self) -> None:
        self._mode, self._readings, self._unsure = Mode.ANSWER, (), None
