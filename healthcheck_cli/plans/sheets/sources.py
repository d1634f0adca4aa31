"""What the pages to hand on are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from healthcheck_cli import __version__
from healthcheck_cli.conditions.values import PersonFacts
from healthcheck_cli.content.models import Content
from healthcheck_cli.findings import PersonReview, Review
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.plans.local_changes import own_changes
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, day_in_words


@dataclass(frozen=True)
class SheetSources:
    """One person's review with the facts it was made on, and the answers of the check where there are any."""

    review: Review
    person: PersonReview
    content: Content
    facts: PersonFacts
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def value(self, question: str) -> AnswerValue | None:
        """The value of an answer; None where there is none, for whatever reason."""
        answer = self.answers.get(question)
        return answer.value if answer is not None and answer.state is AnswerState.ANSWERED else None

    def word(self, question: str) -> str:
        """The one word of an answer to a choice or a yes-or-no question; empty where there is none.

        A record file may write yes and no as what YAML makes of them.
        """
        value = self.value(question)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return value if isinstance(value, str) else ""

    def words(self, question: str) -> str:
        """The answer as a person reads it, on one line; empty where there is no value."""
        asked, value = self.content.questions.get(question), self.value(question)
        if value is None or asked is None:
            return ""
        answer = self.answers[question]
        if asked.type == "multi" and isinstance(value, str):  # a record file may write one without a list
            answer = replace(answer, value=(value,))
        return answer_in_words(asked, answer).replace("\n", "; ")

    def rows(self, question: str) -> tuple[Mapping[str, str], ...]:
        """The rows of a table; none where it was not answered with rows."""
        value = self.value(question)
        return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()

    def who(self) -> str:
        """Whom it is about, as far as the record says."""
        person = self.person
        parts = [f"person {person.person_id}" if person.person_id else "one person (no identifier in the record)"]
        parts += [f"aged {person.age}"] if person.age is not None else []
        return ", ".join([*parts, *([person.sex] if person.sex else [])])

    def made_with(self, whose: str = "Your organisation's") -> Iterator[str]:
        """The program, the content and local changes, for the small print. ``whose`` the changes are to the reader."""
        content = self.content
        yield (
            f"As of {day_in_words(self.review.as_of)}. healthcheck {__version__}, content {content.version}, "
            f"SHA-256 {content.sha256}."
        )
        yield from own_changes(content.overlays, whose)

    def before_sharing(self) -> str:
        """What to look at before a page leaves the practice: for the screen, as the page may go to the very people."""
        agreed = " The person did not agree to the plan (hap.agreed)." if self._plan_is_not_agreed() else ""
        return f"Before this is shared: {self._sharing()}{agreed}"

    def _plan_is_not_agreed(self) -> bool:
        return self.word("hap.agreed") in ("no", "declined_plan")

    def _sharing(self) -> str:
        rows = self.rows("consent.sharing")
        if any(row.get("share") == "no" for row in rows):
            return "the person does not want somebody to see their plan (consent.sharing)."
        if rows:
            return "see whom the person said may see their plan (consent.sharing)."
        if self.value("consent.sharing") is not None:
            return "the person wants the plan for themselves only (consent.sharing)."
        return "it is not recorded whether the person agrees. Ask."
