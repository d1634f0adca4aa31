"""Reviews a register, and counts what the rules say of it."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import PersonReview, ThemeStatus
from healthcheck_cli.record import Record
from tests.noise.register import AS_OF, lists, with_answers, with_results
from tests.noise.well_answers import well_answers
from tests.whole_people import shipped_reviewer


@dataclass(frozen=True)
class Spread:
    """Findings a person: the middle one, the 90th of a hundred, and the share of people with any."""

    median: float
    ninetieth: int
    share: float


@dataclass(frozen=True)
class Measured:
    """One register. ``levels`` count findings, one told for several rules once; ``rules`` and ``open`` count the
    people of whom a rule fired or could not be decided; ``themes`` count people by state; ``clear_and_open`` are people
    with a theme that is called clear though a rule of it is undecided."""

    people: int
    levels: Mapping[str, Spread]
    rules: Counter[str]
    urgent: Counter[str]
    open: Counter[str]
    themes: Mapping[str, Counter[str]]
    clear_and_open: int


def measure(records: Sequence[Record]) -> Measured:
    """What is said of everyone. An error of a rule is not caught: it ends the measurement."""
    rules: Counter[str] = Counter()
    urgent: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    themes: dict[str, Counter[str]] = {}
    counts: dict[str, list[int]] = {name: [] for name in ("all", *(level.value for level in Level))}
    wrong = 0
    for record in records:
        found = shipped_reviewer().review(record, AS_OF)
        rules.update(rule for finding in found.findings for rule in finding.rules)
        urgent.update(finding.rule for finding in found.findings if finding.level is Level.URGENT)
        undecided.update(it.rule for it in found.could_not_assess)
        by_level = Counter(finding.level.value for finding in found.findings)
        for name, numbers in counts.items():
            numbers.append(by_level.total() if name == "all" else by_level[name])
        for theme in found.themes:
            themes.setdefault(theme.id, Counter())[theme.state.value] += 1
        wrong += _clear_and_open(found)
    levels = {name: _spread(numbers) for name, numbers in counts.items()}
    return Measured(len(records), levels, rules, urgent, undecided, themes, wrong)


def _clear_and_open(found: PersonReview) -> bool:
    clear = {theme.id for theme in found.themes if theme.state is ThemeStatus.CLEAR}
    return any(clear & set(it.themes) for it in found.could_not_assess)


def _spread(numbers: Sequence[int]) -> Spread:
    ordered = sorted(numbers)
    ninetieth = ordered[-(-len(ordered) * 9 // 10) - 1]
    return Spread(statistics.median(ordered), ninetieth, sum(1 for it in ordered if it) / len(ordered))


@cache
def registers() -> Mapping[str, Measured]:
    """The three registers, by name; some minutes."""
    content = shipped_reviewer().content
    people = lists()
    results = with_results(people)
    checks = with_answers(results, content, well_answers(content))
    return {"lists": measure(people), "results": measure(results), "checks": measure(checks)}
