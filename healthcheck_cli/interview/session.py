"""The check as a conversation: what is asked now, and what comes of each thing typed. It prints nothing.

The session knows questions, answers and keys. Whether a question applies, and whether something cannot wait, it asks
an adviser that is given to it. Everything that is answered is saved before the next question is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.alerts import red_flag_alerts, taken_on_by
from healthcheck_cli.interview.choices import read_yes_or_no
from healthcheck_cli.interview.entry import partner_of, read_entry
from healthcheck_cli.interview.keys import ANSWERED_BY, Key, key_of
from healthcheck_cli.interview.offers import Offer
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Entry, Refused, Unsure
from healthcheck_cli.interview.pace import minutes_for
from healthcheck_cli.interview.prompts import Mode, Notebook, Prompt
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
    worked_out_lines,
)
from healthcheck_cli.record import Answer, AnswerState, AnswerValue

_X_REFUSED = "x is no answer here: this is for everyone who is asked. - not asked, d declined, u not known."
_WHO = "Type the name and role of who has taken this on, or Enter if nobody has yet (q to save and leave)."
_NOBODY_YET = "Nobody has taken this on yet. It comes again at the end, and the check cannot be finished until then."
_DECLINED = "Declined. If you doubt that the person understands what it is for: g consent has the capacity questions."


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
        """Begin at the first question that applies and has no answer. Alerts that nobody took on come first."""
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
        self._parked = set(notebook.parked())
        self._worked_out = dict(adviser.worked_out(self._answers))
        self._told_declined = False

    @property
    def prompt(self) -> Prompt:
        """What is asked now."""
        if self._mode is Mode.LEFT:
            return Prompt(Mode.LEFT)
        if self._alerts:
            return Prompt(Mode.ACCEPT, alerts=tuple(self._alerts))
        question = self._question
        if question is None:
            return Prompt(Mode.END, waiting=len(self._notebook.waiting_alerts()))
        return Prompt(
            mode=self._mode,
            section=self.route.section_of(question),
            question=question,
            place=self.route.place_of(question, self._answers),
            minutes=minutes_for(self.route.left(self._answers)),
            rows=self._rows(question),
            answered=self._answers.get(question.id),
            offers=self._offers(question),
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
            return self._accepted(text)
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
            Key.LIST: lambda: (sections_view(self.route, self._answers, self._parked),),
            Key.ANSWERS: self._review,
            Key.WHY_NOT: lambda: (skipped_view(self.route, self._answers, self._adviser.why_not),),
            Key.PLAN: lambda: (Message(MessageKind.INFO, self._adviser.plan_so_far(self._answers)),),
            Key.QUIT: self.leave,
            Key.BY: lambda: self._set_answered_by(rest),
            Key.PARK: self._park,
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
        if key is Key.SAME:
            return self._take_offer(question, rest)
        states = {
            Key.NOT_ASKED: AnswerState.NOT_ASKED,
            Key.DECLINED: AnswerState.DECLINED,
            Key.NOT_KNOWN: AnswerState.NOT_KNOWN,
            Key.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
        }
        if key is Key.NOT_APPLICABLE and not question.may_not_apply:
            return (Message(MessageKind.ERROR, _X_REFUSED),)
        news = self._keep([self._new_answer(question, states[key], None, "")], question)
        if key is Key.DECLINED and not self._told_declined:
            self._told_declined = True
            return (Message(MessageKind.INFO, _DECLINED), *news)
        return news

    def _offers(self, question: Question) -> tuple[Offer, ...]:
        if question.id in self._answers and self._answers[question.id].state is AnswerState.ANSWERED:
            return ()
        return tuple(self._adviser.offers(question, self._answers))

    def _take_offer(self, question: Question, which: str) -> tuple[Message, ...]:
        """Keep what was offered as the answer, as the record's. It was an answer before, so only what cannot go with
        today's answers is refused."""
        offers = [offer for offer in self._offers(question) if offer.can_be_taken]
        number = int(which) if which.isdigit() else 1
        if (which and not which.isdigit()) or not 1 <= number <= len(offers):
            return (Message(MessageKind.ERROR, "There is no such offer: type the answer."),)
        offer = offers[number - 1]
        odd = self._adviser.odd(question, offer.value, self._answers) if offer.value is not None else ()
        if impossible := next((it.message for it in odd if it.impossible), ""):
            return (Message(MessageKind.ERROR, f"{impossible} Type the answer of today."),)
        answer = self._new_answer(question, AnswerState.ANSWERED, offer.value, f"= {offer.in_words()}")
        return self._keep([replace(answer, answered_by="record")], question)

    def _park(self) -> tuple[Message, ...]:
        """Put this section aside and go on with the next; it comes again when the others are done."""
        if self._question is None:
            return (Message(MessageKind.ERROR, "Everything has been asked."),)
        section = self.route.section_of(self._question)
        following = self.route.next_section(section, self._answers)
        if following is None:
            return (Message(MessageKind.ERROR, "There is no later section with an open question."),)
        self._notebook.park(section.id, self._now())
        self._parked.add(section.id)
        self._leave_behind()
        self._question = following
        return (Message(MessageKind.INFO, f"“{section.title}” is kept for later; g {section.id} goes back to it."),)

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
            return (Message(known, "Type g and a section."), sections_view(self.route, self._answers, self._parked))
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

    def _accepted(self, text: str) -> tuple[Message, ...]:
        """Who has taken the alerts on; nobody yet leaves them waiting, and the check open."""
        if text == "q":
            return self.leave()
        who = taken_on_by(text)
        if who is None:
            return (Message(MessageKind.ERROR, _WHO),)
        for alert in self._alerts if who else ():
            self._notebook.accept(alert.key, who, self._now())
        self._alerts = []
        held, self._held = self._held, ()
        return held if who else (Message(MessageKind.INFO, _NOBODY_YET), *held)

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
        if question.type == "table" and text.casefold() not in ("none", "0"):
            return self._row(question, text)
        entry: Entry = read_entry(question, text, self._as_of, self.route.questions)
        if isinstance(entry, Refused):
            return (Message(MessageKind.ERROR, entry.message),)
        if isinstance(entry, Ambiguous):
            self._mode, self._readings = Mode.WHICH, entry.readings
            return (Message(MessageKind.ERROR, entry.message),)
        doubts = [it for it in self._adviser.odd(question, entry.value, self._answers) if it.kind != "warn"]
        impossible = [it.message for it in doubts if it.impossible]
        if impossible:
            return (Message(MessageKind.ERROR, f"{impossible[0]} Use b to put the other one right."),)
        if isinstance(entry, Unsure) or doubts:
            reasons = [entry.reason] if isinstance(entry, Unsure) else []
            reasons += [it.message for it in doubts]
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
        return self._keep([self._new_answer(question, AnswerState.ANSWERED, left, written_rows(question, left))], None)

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
        remarks = tuple(self._remarks(answers))
        self._notebook.add(answers)
        self._answers = dict(self._notebook.answers())
        for answer in answers:
            for alert in red_flag_alerts(self.route.questions[answer.question], answer):
                self._raise(alert, again=True)
        for alert in self._adviser.urgent(self._answers):
            self._raise(alert)
        moved = self._move_on(move_on_from) if move_on_from is not None else ()
        news = (*remarks, *self._worked_out_now(), *moved)
        if self._alerts:
            self._held, news = news, ()
        return news

    def _remarks(self, answers: Sequence[Answer]) -> Iterator[Message]:
        """What is told beside an answer and does not hold it up: it does not go with another, or changed in a year."""
        for answer in answers:
            value = answer.state if answer.value is None else answer.value
            for odd in self._adviser.odd(self.route.questions[answer.question], value, self._answers):
                if odd.kind == "warn":
                    yield Message(MessageKind.INFO, odd.message)

    def _worked_out_now(self) -> tuple[Message, ...]:
        """What this answer made known (a BMI, a score): said once, and again where it changes."""
        before, self._worked_out = self._worked_out, dict(self._adviser.worked_out(self._answers))
        lines = worked_out_lines(before, self._worked_out)
        return (Message(MessageKind.INFO, lines),) if lines else ()

    def _raise(self, alert: Alert, again: bool = False) -> None:
        """An answer that is a red flag is told each time it is given; a rule once in a check."""
        if self._notebook.raise_alert(alert, self._now(), again) or again:
            self._alerts.append(alert)

    def _move_on(self, question: Question) -> tuple[Message, ...]:
        self._leave_behind()
        following, skipped = self.route.next_open(question, self._answers)
        self._question = following
        if following is None:
            self._alerts = [*self._alerts, *(a for a in self._notebook.waiting_alerts() if a not in self._alerts)]
        news = [q for q in skipped if q.id not in self._told_skipped]
        self._told_skipped.update(q.id for q in news)
        return (Message(MessageKind.INFO, skipped_line(news)),) if news else ()

    def _leave_behind(self) -> None:
        if self._question is not None:
            self._came_from.append(self._question)

    def _forget_doubts(self) -> None:
        self._mode, self._readings, self._unsure = Mode.ANSWER, (), None
