"""The alerts of one sitting: which are put to the user now, which were stepped back from, what an answer takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.adviser import Adviser
from healthcheck_cli.interview.alerts import put_right, red_flag_alerts
from healthcheck_cli.interview.prompts import Notebook
from healthcheck_cli.kept_alerts import Alert
from healthcheck_cli.record import Answer, AnswerState


class SittingAlerts:
    """``put`` are those that stand before the next question; nothing else is asked while there is one."""

    def __init__(
        self,
        notebook: Notebook,
        adviser: Adviser,
        questions: Mapping[str, Question],
        now: Callable[[], datetime],
    ) -> None:
        """Begin with those that nobody took on."""
        self.put: list[Alert] = list(notebook.waiting_alerts())
        self._notebook = notebook
        self._adviser = adviser
        self._questions = questions
        self._now = now
        self._aside: list[Alert] = []
        self._raised_by: dict[str, str] = {}

    def taken_back(self, answers: Sequence[Answer]) -> tuple[Alert, ...]:
        """The alerts that these answers take back: they are kept together with them."""
        known = [it for it in self._notebook.alerts() if it.stands]
        if not known:
            return ()
        before = self._notebook.last_values()
        return put_right(known, answers, before, self._questions, self._adviser, self._now())

    def look(self, answers: Sequence[Answer], of_all: Mapping[str, Answer]) -> None:
        """Raise what cannot wait on the newest ``answers``; what was stepped back from and still stands comes again.

        An answer that is a red flag is told each time it is given; a rule once, and again where it was taken back.
        """
        for answer in answers:
            for alert in red_flag_alerts(self._questions[answer.question], answer):
                self._raise(alert, answer.question, again=True)
        for alert in self._adviser.urgent(of_all):
            self._raise(alert, answers[0].question)
        if self._aside:
            self._put(it for it in self._notebook.waiting_alerts() if it in self._aside)
            self._aside = []

    def put_all_waiting(self) -> None:
        """At the end of the questions: whatever nobody took on comes again."""
        self._put(self._notebook.waiting_alerts())

    def leave(self, who: str) -> None:
        """Go on: taken on by ``who``, or by nobody yet."""
        for alert in self.put if who else ():
            self._notebook.accept(alert.key, who, self._now())
        self.put = []

    def step_aside(self) -> None:
        """Go to a question before saying who takes them on. They wait, and come again after the next answer."""
        self._aside, self.put = self.put, []

    def raised_by(self, answers: Mapping[str, Answer]) -> str:
        """The question whose answer raised the first of those that are put; empty where that cannot be told.

        Of a rule in an earlier sitting only the moment is known: the answer that was given last before it.
        """
        alert = self.put[0]
        found = alert.question or self._raised_by.get(alert.key, "")
        if found or alert.raised is None:
            return found
        given = [(it.at, it.question) for it in answers.values() if it.at is not None and it.at <= alert.raised]
        return max(given)[1] if given else ""

    def open_without_an_answer(self, answers: Sequence[Answer]) -> bool:
        """Does a red flag wait on a question that has no value any more?"""
        without = {it.question for it in answers if it.state is not AnswerState.ANSWERED}
        return bool(without) and any(it.question in without for it in self._notebook.waiting_alerts())

    def _raise(self, alert: Alert, question: str, again: bool = False) -> None:
        if self._notebook.raise_alert(alert, self._now(), again) or again:
            self._raised_by[alert.key] = question
            self._put([alert])

    def _put(self, alerts: Iterable[Alert]) -> None:
        self.put += [it for it in alerts if it not in self.put]
