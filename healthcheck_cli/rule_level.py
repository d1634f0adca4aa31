"""At which level a rule holds of somebody: its own, or that of the first of its steps that holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from healthcheck_cli.conditions.explain import AtomResult, Explanation
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.models import Level, Rule


@dataclass(frozen=True)
class RuleLevel:
    """``because``: what decided for another level than the rule's own; ``higher_if``: the facts that, were they known,
    might make it a higher one."""

    level: Level
    because: tuple[AtomResult, ...]
    higher_if: tuple[str, ...]


def level_of(rule: Rule, explained: Callable[[Condition], Explanation]) -> RuleLevel:
    """The level of a rule that fired. ``explained``: what a condition comes to of the person, with its reasons."""
    level = rule.level
    because: tuple[AtomResult, ...] = ()
    undecided: list[tuple[Level, Explanation]] = []
    for step in rule.level_if:
        explanation = explained(step.when)
        if explanation.truth is Truth.TRUE:
            level, because = step.level, explanation.because
            break
        if explanation.truth is Truth.UNKNOWN:
            undecided.append((step.level, explanation))
    missing = (name for may_be, why in undecided if may_be.rank < level.rank for name in why.missing)
    return RuleLevel(level, because, tuple(dict.fromkeys(missing)))
