"""What the computation of a fact looked at for one person and did not find: what would let it be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from healthcheck_cli.conditions.values import FactValue, PersonFacts, State
from healthcheck_cli.facts.computed import COMPUTATIONS
from healthcheck_cli.facts.derive import RecordFacts
from healthcheck_cli.record import Answer, AnswerState


@dataclass(frozen=True)
class LookedAt:
    """Questions without an answer that has a value, and facts that are not known, in the order they were looked at."""

    questions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


class _Noted(Mapping[str, Answer]):
    """Answers that remember which were looked for."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = answers
        self.asked: dict[str, None] = {}

    def __getitem__(self, name: str) -> Answer:
        self.asked[name] = None
        return self._answers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)


def looked_at(name: str, facts: PersonFacts) -> LookedAt:
    """What the computed fact of that name lacks; nothing where it is not computed.

    The computation is run once more and watched, so this is what it looked at for this very person: one that needs
    several answers may stop at the first that is missing. Entries of the record's lists are not watched.
    """
    compute = COMPUTATIONS.get(name)
    if compute is None or not isinstance(facts.facts, RecordFacts):
        return LookedAt()
    sources = facts.facts.sources
    answers = sources.record.answers
    noted = _Noted(answers)
    seen: dict[str, FactValue] = {}

    def watched(fact: str) -> FactValue:
        seen[fact] = facts.fact(fact)
        return seen[fact]

    compute(replace(sources, record=replace(sources.record, answers=noted)), watched)
    answered = {it for it, answer in answers.items() if answer.state is AnswerState.ANSWERED}
    questions = tuple(it for it in noted.asked if it in sources.content.questions and it not in answered)
    open_facts = (State.UNKNOWN, State.NOT_KNOWN, State.DECLINED)
    return LookedAt(questions, tuple(fact for fact, value in seen.items() if value.state in open_facts))
