"""Can a condition ever be true? A small search for values of its facts and medicine lines that make it so.

The answer "never" is sure; "perhaps" is not: what is not looked at (how two facts hang together, beyond what content
writes down) is taken to be possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from healthcheck_cli.conditions.evaluate import fact_asked, needs_all
from healthcheck_cli.conditions.possible_facts import Wanted, some_value_fits
from healthcheck_cli.conditions.possible_lines import Within, lines_may_fit
from healthcheck_cli.conditions.tree import And, Atom, Condition, FactName, Not, Or
from healthcheck_cli.conditions.vocabulary import Vocabulary

_MOST_STEPS = 20_000


def only_itself(narrow: str, wide: tuple[str, ...]) -> bool:
    """Nothing is known of classes but that each lies within itself."""
    return narrow in wide


@dataclass(frozen=True)
class WhatCanBe:
    """What is known of the names in conditions.

    ``definitions``: facts that are conditions themselves. ``asked_of``: where this is false, the fact does not apply,
    and no atom on it is true. ``limits``: the lowest and highest number that a fact can be. ``within``: is every
    line of the first class surely in one of the others?
    """

    vocabulary: Vocabulary
    definitions: Mapping[str, Condition] = field(default_factory=dict)
    asked_of: Mapping[str, Condition] = field(default_factory=dict)
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    within: Within = only_itself


def may_be_true(condition: Condition, known: WhatCanBe) -> bool:
    """False only where no person can make a checked condition true.

    >>> from healthcheck_cli.conditions.check import check
    >>> from healthcheck_cli.conditions.parse import parse
    >>> from healthcheck_cli.conditions.vocabulary import FactDeclaration, FactType
    >>> words = Vocabulary({"chest.infections": FactDeclaration("chest.infections", FactType.INT)})
    >>> may_be_true(check(parse("chest.infections > 3 and chest.infections < 4"), words), WhatCanBe(words))
    False
    """
    return _Search(known).possible([_Part(condition, negated=False, surely=True)], {}, frozenset())


@dataclass(frozen=True)
class _Part:
    """A part of a condition that has to hold, or its opposite; ``surely``, or at the least not be wrong.

    ``in_negated``: it stands in a defined fact that has to be false, which it also is where a part does not apply.
    """

    condition: Condition
    negated: bool
    surely: bool
    in_negated: bool = False

    def below(self, condition: Condition, *, negated: bool) -> _Part:
        return replace(self, condition=condition, negated=negated)


_Chosen = Mapping[str, tuple[Wanted, ...]]
"""The atoms taken so far, by the fact they are about; those about medicines and scales under no name."""


class _Search:
    def __init__(self, known: WhatCanBe) -> None:
        self._known = known
        self._steps = 0

    def possible(self, parts: list[_Part], chosen: _Chosen, opened: frozenset[str]) -> bool:
        """Can all of ``parts`` hold beside what was chosen? ``opened``: facts whose gate is among the parts already."""
        while parts:
            self._steps += 1
            if self._steps > _MOST_STEPS:
                return True
            part, parts = parts[-1], parts[:-1]
            condition = part.condition
            if isinstance(condition, Not):
                parts.append(part.below(condition.part, negated=not part.negated))
            elif isinstance(condition, And | Or):
                below = [part.below(it, negated=part.negated) for it in condition.parts]
                if not needs_all(condition, negated=part.negated):
                    return any(self.possible([*parts, it], chosen, opened) for it in below)
                parts.extend(below)
            elif isinstance(condition, Atom):
                fact = fact_asked(condition.subject) or ""
                if fact in self._known.asked_of and fact not in opened and not part.in_negated:
                    opened |= {fact}
                    parts.append(_Part(self._known.asked_of[fact], negated=False, surely=False))
                if isinstance(condition.subject, FactName) and fact in self._known.definitions:
                    definition = self._known.definitions[fact]
                    parts.append(_Part(definition, part.negated, part.surely, part.in_negated or part.negated))
                    continue
                wanted = Wanted(condition, part.negated, part.surely, part.in_negated)
                chosen = {**chosen, fact: (*chosen.get(fact, ()), wanted)}
                if not self._fit(fact, chosen[fact]):
                    return False
        return True

    def _fit(self, fact: str, wanted: tuple[Wanted, ...]) -> bool:
        if not fact:
            return lines_may_fit(wanted, self._known.within)
        words = self._known.vocabulary
        if fact in self._known.limits:
            return some_value_fits(words.facts[fact], wanted, words, self._known.limits[fact])
        return some_value_fits(words.facts[fact], wanted, words)
