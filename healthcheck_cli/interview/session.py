"""The check as a conversation: what is asked now, and what comes of each thing typed. It prints nothing.

The session knows questions, answers and keys. Whether a question applies, and whether something cannot wait, it asks
an adviser that is given to it. Everything that is answered is saved before the next question is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.interview import session_words as words
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.alerts import taken_on_by
from healthcheck_cli.interview.choices import read_yes_or_no
from healthcheck_cli.interview.doubts import beside_others
from healthcheck_cli.interview.entry import partner_of, read_entry
from healthcheck_cli.interview.keys import ANSWERED_BY, STATES, Key, key_of
from healthcheck_cli.interview.offers import Offer, chosen_offer
from healthcheck_cli.interview.outcomes import Accepted, Ambiguous, Refused, Unsure
from healthcheck_cli.interview.pace import minutes_for
from healthcheck_cli.interview.prompts import Mode, Notebook, Prompt
from healthcheck_cli.interview.remarks import Remarks
from healthcheck_cli.interview.route import Route
from healthcheck_cli.interview.sitting_alerts import SittingAlerts
from healthcheck_cli.interview.table_answers import rows_after, rows_of
from healthcheck_cli.interview.views import (
    Message,
    MessageKind,
    answers_view,
    help_view,
    keys_view,
    sections_view,
    skipped_view,
)
from healthcheck_cli.record import Answer, AnswerState, AnswerValue


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
        self._alerts = SittingAlerts(notebook, adviser, self.route.questions, now)
        self._mode = Mode.ANSWER
        self._noted: Question | None = None  # whom a note is about, while one is typed
        self._question: Question | None = self.route.first_open(self._answers)
        self._readings: tuple[str, ...] = ()
        self._unsure: tuple[str, AnswerValue, Mapping[str, AnswerValue]] | None = None
        self._held: tuple[Message, ...] = ()  # told after an alert, which comes first
        self._parked = set(notebook.parked())
        self._remarks = Remarks(adviser, self.route.questions, self._answers)

    @property
    def prompt(self) -> Prompt:
        """What is asked now."""
        if self._mode is Mode.LEFT:
            return Prompt(Mode.LEFT)
        noting = self._mode is Mode.NOTE
        if self._alerts.put and not noting:
            return Prompt(Mode.ACCEPT, alerts=tuple(self._alerts.put))
        if (question := self._noted if noting else self._question) is None:
            return Prompt(Mode.END, waiting=len(self._notebook.waiting_alerts()))
        return Prompt(
            mode=self._mode,
            section=self.route.section_of(question),
            question=question,
            place=self.route.place_of(question, self._answers),
            minutes=minutes_for(self.route.left(self._answers)),
            rows=rows_of(question, self._answers.get(question.id)),
            answered=self._answers.get(question.id),
            offers=self._offers(question),
            readings=self._readings,
            pair=partner_of(question, self.route.questions) is not None,
            alerts=tuple(self._alerts.put),
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

    def go_on_from(self, section: str) -> None:
        """Go on where an earlier sitting began: at the first open question from that section on."""
        named = self.route.section_named(section)
        if named is not None:
            self._question = self.route.first_open_from(named, self._answers)

    def take(self, typed: str) -> tuple[Message, ...]:
        """What comes of one thing typed."""
        text = typed.strip()
        if self._mode is Mode.NOTE:
            return self._note(text)
        if self._alerts.put:
            return self._at_alert(text)
        if self._mode is Mode.SURE and isinstance(sure := read_yes_or_no(text), Accepted):
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
            Key.QUIT: self.leave,
            Key.BY: lambda: self._set_answered_by(rest),
            Key.PARK: self._park,
            **self._views(),
        }
        if key in anywhere:
            return anywhere[key]()
        if self._question is None:
            return keys_view() if key is Key.HELP else (Message(MessageKind.ERROR, words.ALL_ASKED),)
        question = self._question
        if key is Key.HELP:
            return help_view(question, self._adviser.support(question))
        if key is Key.NOTE:
            self._mode, self._noted = Mode.NOTE, question
            return ()
        if key is Key.SAME:
            return self._take_offer(question, rest)
        if key is Key.NOT_APPLICABLE and not question.may_not_apply:
            return (Message(MessageKind.ERROR, words.X_REFUSED),)
        news = self._keep([self._new_answer(question, STATES[key], None, "")], question)
        return (*self._remarks.on_declining(), *news) if key is Key.DECLINED else news

    def _views(self) -> dict[Key, Callable[[], tuple[Message, ...]]]:
        """The keys that only show something."""
        return {
            Key.LIST: lambda: (sections_view(self.route, self._answers, self._parked),),
            Key.ANSWERS: self._review,
            Key.WHY_NOT: lambda: (skipped_view(self.route, self._answers, self._adviser.why_not),),
            Key.PLAN: lambda: (Message(MessageKind.INFO, self._adviser.plan_so_far(self._answers)),),
        }

    def _offers(self, question: Question) -> tuple[Offer, ...]:
        if question.id in self._answers and self._answers[question.id].state is AnswerState.ANSWERED:
            return ()
        return tuple(self._adviser.offers(question, self._answers))

    def _take_offer(self, question: Question, which: str) -> tuple[Message, ...]:
        """Keep what was offered as the answer, as the record's. It was an answer before, so only what cannot go with
        today's answers is refused."""
        offer = chosen_offer(self._offers(question), which)
        if offer is None:
            return (Message(MessageKind.ERROR, "There is no such offer: type the answer."),)
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
        self._question = following
        return (Message(MessageKind.INFO, f"“{section.title}” is kept for later; g {section.id} goes back to it."),)

    def _back(self) -> tuple[Message, ...]:
        """To the question before this one in the order of the check, whatever way one came."""
        if (before := self.route.before(self._question, self._answers)) is None:
            return (Message(MessageKind.ERROR, "This is the first question."),)
        self._question = before
        return ()

    def _go(self, wanted: str) -> tuple[Message, ...]:
        place = self.route.place_named(wanted)
        if place is None:
            listed = sections_view(self.route, self._answers, self._parked)
            return (listed, Message(MessageKind.ERROR if wanted else MessageKind.INFO, words.NO_PLACE))
        question = place if isinstance(place, Question) else self.route.first_of(place, self._answers)
        if question is None or not self.route.applies(question, self._answers):
            return (Message(MessageKind.INFO, "Nothing there applies on what is known so far (w: why)."),)
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

    # ---- alerts and notes

    def _at_alert(self, text: str) -> tuple[Message, ...]:
        """A key, or who has taken the alerts on. What follows ``g`` may be a name: "G Shah, GP"."""
        key, rest = key_of(text)
        if key is Key.GO and (not rest or self.route.place_named(rest)):
            return self._go(rest) or self._step_aside()
        if key is Key.BY and rest in ANSWERED_BY:
            return self._set_answered_by(rest)
        if key is None or (rest and key is not Key.SAME):
            return self._accepted(text)
        if key is Key.QUIT:
            return self.leave()
        if key in (views := self._views()):
            return views[key]()
        raised_by = self.route.questions.get(self._alerts.raised_by(self._answers))
        if key is Key.HELP:
            why = help_view(raised_by, self._adviser.support(raised_by))[:1] if raised_by is not None else ()
            return (*why, Message(MessageKind.INFO, words.ALERT_KEYS))
        if key not in (Key.BACK, Key.NOTE):
            return (Message(MessageKind.ERROR, words.NO_KEY_HERE),)
        if raised_by is None:
            return (Message(MessageKind.ERROR, words.NOT_TO_BE_FOUND),)
        if key is Key.NOTE:
            self._mode, self._noted = Mode.NOTE, raised_by
            return ()
        self._question = raised_by
        return self._step_aside()

    def _step_aside(self) -> tuple[Message, ...]:
        self._alerts.step_aside()
        return self._told_after()

    def _accepted(self, text: str) -> tuple[Message, ...]:
        """Who has taken the alerts on; nobody yet leaves them waiting, and the check open."""
        who = taken_on_by(text, self.route.places)
        if who is None:
            return (Message(MessageKind.ERROR, words.WHO),)
        self._alerts.leave(who)
        held = self._told_after()
        return held if who else (Message(MessageKind.INFO, words.NOBODY_YET), *held)

    def _told_after(self) -> tuple[Message, ...]:
        held, self._held = self._held, ()
        return held

    def _note(self, text: str) -> tuple[Message, ...]:
        key, rest = key_of(text)
        if key is Key.HELP:
            return (Message(MessageKind.INFO, words.NOTE_HELP),)
        if key is Key.QUIT:
            return self.leave()
        question, self._mode = self._noted, Mode.ANSWER
        if question is None or not text or key is Key.BACK:
            return ()
        if question.type == "yn" and not self._alerts.put:
            if text.casefold() in ("no", "n"):
                return self._answer("no")
            if text.casefold() in ("yes", "y"):
                return (Message(MessageKind.ERROR, "That was the place for a note. Type the answer now."),)
        if key is not None and (not rest or (key is Key.GO and self.route.place_named(rest))):
            self._mode = Mode.NOTE
            return (Message(MessageKind.ERROR, f"That is a key, and no note. {words.NOTE_HELP}"),)
        self._notebook.add_note(question.id, text, self._answered_by, self._now())
        self._answers = dict(self._notebook.answers())
        return (Message(MessageKind.INFO, "Note kept."),)

    # ---- answers

    def _answer(self, text: str) -> tuple[Message, ...]:
        question = self._question
        if question is None:
            return (Message(MessageKind.ERROR, words.ALL_ASKED),)
        if question.type == "table" and text.casefold() not in ("none", "0"):
            return self._row(question, text)
        questions = self.route.questions
        typed = read_entry(question, text, self._as_of, questions)
        entry = beside_others(typed, question, self._adviser, self._answers, questions)
        if isinstance(entry, Refused):
            return (Message(MessageKind.ERROR, entry.message),)
        if isinstance(entry, Ambiguous):
            self._mode, self._readings = Mode.WHICH, entry.readings
            return (Message(MessageKind.ERROR, entry.message),)
        if isinstance(entry, Unsure):
            self._mode, self._unsure = Mode.SURE, (text, entry.value, entry.also)
            return (Message(MessageKind.ERROR, entry.reason),)
        return self._keep_value(question, text, entry.value, entry.also)

    def _row(self, question: Question, text: str) -> tuple[Message, ...]:
        answer = self._answers.get(question.id)
        if not text and rows_of(question, answer):
            return self._move_on(question)
        changed = rows_after(question, answer, text, self._as_of)
        if isinstance(changed, Refused):
            return (Message(MessageKind.ERROR, changed.message),)
        rows, typed = changed
        return self._keep([self._new_answer(question, AnswerState.ANSWERED, rows, typed)], None)

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
        """Save, with the alerts that this takes back; look for what cannot wait; go to the next (None: stay)."""
        remarks = self._remarks.beside(answers, self._answers)
        withdrawn = self._alerts.taken_back(answers)
        self._notebook.add(answers, withdrawn)
        self._answers = dict(self._notebook.answers())
        self._alerts.look(answers, self._answers)
        told = [Message(MessageKind.INFO, words.WITHDRAWN.format(it.says)) for it in withdrawn]
        if self._alerts.open_without_an_answer(answers):
            told.append(Message(MessageKind.INFO, words.STAYS_OPEN))
        moved = self._move_on(move_on_from) if move_on_from is not None else ()
        news = (*told, *remarks, *self._remarks.worked_out_now(self._answers), *moved)
        if self._alerts.put:
            self._held, news = news, ()
        return news

    def _move_on(self, question: Question) -> tuple[Message, ...]:
        following, skipped = self.route.next_open(question, self._answers)
        self._question = following
        if following is None:
            self._alerts.put_all_waiting()
        return self._remarks.on_passing_over(skipped)

    def _forget_doubts(self) -> None:
        self._mode, self._readings, self._unsure = Mode.ANSWER, (), None
