"""Would the examples of a rule notice if its condition were slightly wrong?

Every small change of a condition (a threshold one step off, ``and`` for ``or``, an atom turned round) must change what
at least one example does. One that changes nothing survives: the rule needs another example. Where the neighbours of
classes are given, each class of a condition is swapped for them as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from healthcheck_cli.assurance.class_swaps import ClassNeighbours, class_swaps
from healthcheck_cli.assurance.examples import ExampleRun, level_of
from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.mutate import mutations
from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.conditions.values import PersonFacts, Truth
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Place


@dataclass(frozen=True)
class Survivor:
    """A change that no example of the rule noticed. ``part`` is ``when`` or the level whose condition was changed."""

    rule: str
    place: Place
    part: str
    change: str

    def __str__(self) -> str:
        return f"{self.place}: {self.rule} {self.part}: {self.change}"


@dataclass(frozen=True)
class MutationReport:
    """How many changes were tried, and those that no example noticed."""

    tried: int
    survivors: tuple[Survivor, ...]


def try_mutants(
    content: Content, runs: Iterable[ExampleRun], neighbours: ClassNeighbours | None = None
) -> MutationReport:
    """Try every change of every condition, for the rules whose examples were run.

    ``runs`` come from :func:`run_examples`; an example that could not be read notices nothing. With ``neighbours``,
    classes are swapped too.
    """
    by_rule: dict[str, list[ExampleRun]] = {}
    for run in runs:
        by_rule.setdefault(run.rule.id, []).append(run)
    tried = [attempt for of_rule in by_rule.values() for attempt in _attempts(of_rule, content, neighbours)]
    return MutationReport(len(tried), tuple(survivor for survivor in tried if survivor is not None))


def _changes(condition: Condition, neighbours: ClassNeighbours | None) -> Iterator[tuple[str, Condition]]:
    yield from mutations(condition)
    if neighbours is not None:
        yield from class_swaps(condition, neighbours)


def _attempts(
    runs: Sequence[ExampleRun], content: Content, neighbours: ClassNeighbours | None
) -> Iterator[Survivor | None]:
    """One for each change of the rule these runs are of: None where an example noticed it."""
    rule = runs[0].rule
    known = [(run.facts, run) for run in runs if run.facts is not None]
    for change, mutant in _changes(rule.when, neighbours):
        noticed = any(_truth(mutant, facts, content) is not run.truth for facts, run in known)
        yield None if noticed else Survivor(rule.id, rule.place, "when", change)
    fired = [(facts, run) for facts, run in known if run.truth is Truth.TRUE]
    for at, step in enumerate(rule.level_if):
        for change, mutant in _changes(step.when, neighbours):
            steps = (*rule.level_if[:at], replace(step, when=mutant), *rule.level_if[at + 1 :])
            noticed = any(level_of(rule.level, steps, facts, content) is not run.level for facts, run in fired)
            yield None if noticed else Survivor(rule.id, rule.place, f"level {step.level.value}", change)


def _truth(condition: Condition, facts: PersonFacts, content: Content) -> Truth:
    return evaluate(condition, facts, content.vocabulary)
