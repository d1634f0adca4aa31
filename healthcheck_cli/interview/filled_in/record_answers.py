"""The answers of a record file, read as ``check answers`` reads a file of answers.

Beside questions such a file may name facts: other programs know a diagnosis and no question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from healthcheck_cli.conditions.vocabulary import FactType
from healthcheck_cli.content.models import Content, Fact, Question
from healthcheck_cli.interview.filled_in.given import shown_name
from healthcheck_cli.interview.filled_in.given_answers import Taking, unknown_question
from healthcheck_cli.interview.filled_in.given_nodes import given_below
from healthcheck_cli.interview.written import answer_in_words
from healthcheck_cli.readers.answers import ToldAt
from healthcheck_cli.readers.nodes import Node, NodeProblems
from healthcheck_cli.readers.values import number_in
from healthcheck_cli.record import Answer


@dataclass(frozen=True)
class RecordAnswers:
    """Reads answers for a review on ``as_of``. Questions that only ``older`` content has are read by that.

    What no question or fact takes is told by its name and not used: the content may be older than the record.
    """

    content: Content
    as_of: date
    older: Content | None = None

    def __call__(
        self, node: Node, day: date | None, problems: NodeProblems, *, told: list[ToldAt]
    ) -> Mapping[str, Answer]:
        """The answers below ``node``; ``day`` is that of the check they were given in, where it is another."""
        known = []
        for given in given_below(node, problems):
            if given.question in self._questions:
                known.append(given)
            else:
                told.append((given.line, given.column, f"{node.path}: {self._not_used(given.question)}"))
        taking = Taking(self._questions, self.content, day or self.as_of, None)
        read, warnings = taking.take(known, problems)
        told.extend(warnings)
        return {name: replace(answer, typed=_in_words(self._questions[name], answer)) for name, answer in read.items()}

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        facts = [fact for content in self._contents for fact in content.facts.values() if _is_given(fact)]
        asked = {name: question for content in self._contents for name, question in content.questions.items()}
        return {**{fact.name: _question(fact) for fact in facts}, **asked}

    @property
    def _contents(self) -> tuple[Content, ...]:
        return (self.content,) if self.older is None else (self.older, self.content)

    def _not_used(self, name: str) -> str:
        fact = next((content.facts[name] for content in self._contents if name in content.facts), None)
        if fact is None:
            return f"{unknown_question(name, self._questions)}: the answer is not used"
        instead = ", ".join([fact.question] if fact.question else fact.answers)
        hint = f" (answer {instead})" if instead else ""
        return f"{shown_name(name)} is worked out from other answers{hint}: the answer is not used"


def _is_given(fact: Fact) -> bool:
    """Can the record say outright what it is? Not what is worked out, nor what the answer to a question says."""
    return not (fact.computed or fact.definition is not None or fact.question or fact.answers)


def _question(fact: Fact) -> Question:
    """A fact as a question of the same kind, so that there is one way to read what is said of it."""
    declared = fact.declaration
    kind = FactType.NUM if declared.type is FactType.INT else declared.type
    return Question(
        id=fact.name,
        section="",
        ask=fact.title,
        help="",
        type=kind.value,
        core=False,
        place=fact.place,
        support=fact.support,
        values=declared.values,
        nothing=declared.nothing,
        unit=declared.unit,
        may_not_apply=True,
        never_allowed=True,
    )


def _in_words(question: Question, answer: Answer) -> str:
    """The words of the question, as a finding that stands on "3" of a list of answers says nothing; what was typed
    where a unit was converted. Empty where the value says it by itself."""
    if answer.value is not None and question.type in ("choice", "multi"):
        return answer_in_words(question, answer)
    is_plain = number_in(answer.typed) is not None or "/" in answer.typed
    return answer.typed if isinstance(answer.value, float) and not is_plain else ""
