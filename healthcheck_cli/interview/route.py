"""The order of the questions: which apply, which are open, what comes next and what came before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Question, Section
from healthcheck_cli.record import Answer

Gate = Callable[[Question, Mapping[str, Answer]], Truth]
"""Is a question for this person, on the answers so far? True and unknown: it is asked."""


ROUTES = ("full", "core", "before")
"""Every question; those that make the check; those that the person or a carer can answer at home."""

_ON_ROUTE: Mapping[str, Callable[[Question], bool]] = {
    "full": lambda _: True,
    "core": lambda question: question.core,
    "before": lambda question: question.before,
}

PARTS = ("nurse", "hca", "gp")
"""Who does which questions, where a check is shared out."""


def sections_for(sections: Sequence[Section], route: str = "full", part: str = "") -> tuple[Section, ...]:
    """The sections with the questions of one route, and of one part where one is named.

    Sections that have none of them are left out. Raises KeyError for a route that is none of ``ROUTES``.
    """
    on_route = _ON_ROUTE[route]
    cut = (
        replace(it, questions=tuple(q for q in it.questions if on_route(q) and part in ("", q.role))) for it in sections
    )
    return tuple(section for section in cut if section.questions)


def open_by_part(sections: Sequence[Section], gate: Gate, answers: Mapping[str, Answer]) -> dict[str, int]:
    """How many questions each of the team still has to ask: what is handed over."""
    left = Counter(question.role for question in Route(sections, gate).left(answers))
    return {part: left[part] for part in PARTS if left[part]}


class Route:
    """The way through the sections. It holds no answers: they are given to every question put to it."""

    def __init__(self, sections: Sequence[Section], gate: Gate) -> None:
        """``sections`` in the order they are gone through."""
        self.sections = tuple(sections)
        self.order = tuple(question for section in sections for question in section.questions)
        self.questions: Mapping[str, Question] = {question.id: question for question in self.order}
        self._place = {question.id: place for place, question in enumerate(self.order)}
        self._section = {question.id: section for section in sections for question in section.questions}
        self._gate = gate
        self._gated: tuple[Mapping[str, Answer], dict[str, bool]] = ({}, {})

    def applies(self, question: Question, answers: Mapping[str, Answer]) -> bool:
        """Is the question asked? Everything is but what is known not to apply."""
        if question.who is None:
            return True
        if self._gated[0] is not answers:
            self._gated = (answers, {})
        known = self._gated[1]
        if question.id not in known:
            known[question.id] = self._gate(question, answers) is not Truth.FALSE
        return known[question.id]

    def section_of(self, question: Question) -> Section:
        """The section a question is in."""
        return self._section[question.id]

    def section_named(self, wanted: str) -> Section | None:
        """The section of that number, id or title, or the only one that begins so; None where there is none."""
        text = wanted.strip().casefold()
        if not text:
            return None
        if text.isdigit():
            place = int(text) - 1
            return self.sections[place] if 0 <= place < len(self.sections) else None
        exact = [s for s in self.sections if text in (s.id.casefold(), s.title.casefold())]
        found = exact or [s for s in self.sections if any(n.casefold().startswith(text) for n in (s.id, s.title))]
        return found[0] if len(found) == 1 else None

    def place_named(self, wanted: str) -> Question | Section | None:
        """The question of that id, or the section that is named as ``section_named`` takes it."""
        return self.questions.get(wanted.strip()) or self.section_named(wanted)

    @cached_property
    def places(self) -> frozenset[str]:
        """The ids of the sections and questions."""
        return frozenset({*self.questions, *(section.id for section in self.sections)})

    def first_open(self, answers: Mapping[str, Answer]) -> Question | None:
        """The first question that applies and has no answer."""
        return next((q for q in self.order if q.id not in answers and self.applies(q, answers)), None)

    def first_of(self, section: Section, answers: Mapping[str, Answer]) -> Question | None:
        """The first open question of a section; its first that applies where all are answered."""
        asked = [q for q in section.questions if self.applies(q, answers)]
        return next((q for q in asked if q.id not in answers), asked[0] if asked else None)

    def first_open_from(self, section: Section, answers: Mapping[str, Answer]) -> Question | None:
        """The first open question of a section or of those after it, from the top again after the last."""
        first = section.questions[0]
        if first.id not in answers and self.applies(first, answers):
            return first
        return self.next_open(first, answers)[0]

    def next_open(
        self, question: Question, answers: Mapping[str, Answer]
    ) -> tuple[Question | None, tuple[Question, ...]]:
        """The next open question, from the top again after the last; and those passed over that do not apply."""
        after = self.order[self._place[question.id] + 1 :]
        skipped: list[Question] = []
        for candidate in after:
            if candidate.id in answers:
                continue
            if self.applies(candidate, answers):
                return candidate, tuple(skipped)
            skipped.append(candidate)
        return self.first_open(answers), tuple(skipped)

    def left(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that apply and have no answer yet."""
        return tuple(q for q in self.order if q.id not in answers and self.applies(q, answers))

    def next_section(self, section: Section, answers: Mapping[str, Answer]) -> Question | None:
        """The first open question of a later section; None where every later section is done."""
        later = self.sections[self.sections.index(section) + 1 :]
        return next((q for it in later for q in it.questions if q.id not in answers and self.applies(q, answers)), None)

    def before(self, question: Question | None, answers: Mapping[str, Answer]) -> Question | None:
        """The question before this one that applies; the last of all where everything was asked."""
        end = self._place[question.id] if question is not None else len(self.order)
        return next((q for q in reversed(self.order[:end]) if self.applies(q, answers)), None)

    def asked(self, answers: Mapping[str, Answer], section: Section | None = None) -> tuple[Question, ...]:
        """The questions that apply, of one section or of all."""
        among = section.questions if section is not None else self.order
        return tuple(q for q in among if self.applies(q, answers))

    def not_asked(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """The questions that are known not to apply."""
        return tuple(q for q in self.order if not self.applies(q, answers))

    def place_of(self, question: Question, answers: Mapping[str, Answer]) -> tuple[int, int, int, int]:
        """Where a question stands: in its section, of how many; in the check, of how many."""
        here = [q.id for q in self.asked(answers, self.section_of(question))]
        everywhere = [q.id for q in self.asked(answers)]
        in_section = here.index(question.id) + 1 if question.id in here else 0
        in_check = everywhere.index(question.id) + 1 if question.id in everywhere else 0
        return in_section, len(here), in_check, len(everywhere)
