"""What a change of the content does: which rules differ, and which findings come and go for the people of a cohort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

from healthcheck_cli.content.models import Content, Level, Rule
from healthcheck_cli.content.support import Place
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.record import Record
from healthcheck_cli.review import Reviewer

_NOWHERE = Place("")


@dataclass(frozen=True)
class Changed:
    """What of one kind was added, removed and changed, by id; ``parts`` are the keys that changed of each."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.parts)


@dataclass(frozen=True)
class LevelMoved:
    """One person's finding that stays and has another level."""

    person: str
    before: Level
    after: Level


@dataclass(frozen=True)
class RuleEffect:
    """What becomes of the findings of one rule. People are named by the ids of their records.

    ``stood_for``: people for whom the finding is not shown any more because another now stands for it; they are among
    ``lost``. ``levels`` are those at which the finding was gained or lost.
    """

    rule: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    stood_for: tuple[str, ...] = ()
    moved: tuple[LevelMoved, ...] = ()
    levels: frozenset[Level] = frozenset()


@dataclass(frozen=True)
class Difference:
    """Everything that differs. ``other``: by kind of content, what differs besides the rules; kinds that do not differ
    are left out. ``before`` and ``after``: findings as they are told, by level, over all ``people``."""

    rules: Changed
    other: Mapping[str, Changed]
    people: int
    effects: tuple[RuleEffect, ...]
    before: Mapping[Level, int]
    after: Mapping[Level, int]


def difference(
    old: Content, new: Content, cohort: Iterable[tuple[str, Record]], as_of: date, reviewers: Mapping[str, Reviewer]
) -> Difference:
    """Compare two contents, and what each finds for the cohort on one day.

    ``cohort`` gives each person's name in the answer and their record; ``reviewers`` holds one for the ``old`` and one
    for the ``new`` content.
    """
    pairs = [
        (name, _Told.of(reviewers["old"].review(record, as_of)), _Told.of(reviewers["new"].review(record, as_of)))
        for name, record in cohort
    ]
    order = dict.fromkeys((*new.rules, *old.rules))
    effects = (_effect(rule, pairs) for rule in order)
    return Difference(
        rules=_changed(_rules(old), _rules(new)),
        other={kind: found for kind in _KINDS if (found := _changed(_kind(old, kind), _kind(new, kind)))},
        people=len(pairs),
        effects=tuple(it for it in effects if it.gained or it.lost or it.moved),
        before=_by_level(before for _, before, _ in pairs),
        after=_by_level(after for _, _, after in pairs),
    )


_KINDS = (
    "facts",
    "questions",
    "problem_groups",
    "themes",
    "medicines",
    "products",
    "classes",
    "scales",
    "scores",
    "cross_checks",
    "monitoring",
    "indicators",
    "national_series",
    "equivalences",
    "lower_burden",
    "theme_effects",
    "code_tables",
    "settings",
    "sources",
    "word_lists",
)


def _kind(content: Content, kind: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(content, kind)
    return found


def _rules(content: Content) -> Mapping[str, Rule]:
    """The rules, their examples without the places they stand at."""
    return {
        name: replace(rule, examples=tuple(replace(it, place=_NOWHERE) for it in rule.examples))
        for name, rule in content.rules.items()
    }


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changed:
    parts = {name: _parts_changed(old[name], new[name]) for name in new if name in old}
    return Changed(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        parts={name: found for name, found in parts.items() if found},
    )


def _parts_changed(old: Any, new: Any) -> tuple[str, ...]:
    """The keys in which two records differ. Where they stand in a file is no part of what they say."""
    if not is_dataclass(old):
        return () if old == new else ("words",)
    names = (it.name for it in fields(old) if it.name != "place")
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


@dataclass(frozen=True)
class _Told:
    """What one review tells: the level of each rule that is told, by itself or with another of the same cause; the
    rules that one of these stands for; and the levels of the findings as they are counted."""

    levels: Mapping[str, Level]
    stood_for: frozenset[str]
    counted: Mapping[Level, int]

    @classmethod
    def of(cls, review: PersonReview) -> _Told:
        told = [it for finding in review.findings for it in (finding, *finding.merged)]
        return cls(
            {it.rule: it.level for it in told},
            frozenset(weaker for it in told for weaker in it.superseded),
            Counter(finding.level for finding in review.findings),
        )


def _effect(rule: str, pairs: Sequence[tuple[str, _Told, _Told]]) -> RuleEffect:
    gained, lost, stood_for, moved = [], [], [], []
    levels: set[Level] = set()
    for name, before, after in pairs:
        was, now = before.levels.get(rule), after.levels.get(rule)
        if was is now:
            continue
        levels |= {it for it in (was, now) if it is not None}
        if was is None:
            gained.append(name)
        elif now is not None:
            moved.append(LevelMoved(name, was, now))
        else:
            lost.append(name)
            if rule in after.stood_for:
                stood_for.append(name)
    return RuleEffect(rule, tuple(gained), tuple(lost), tuple(stood_for), tuple(moved), frozenset(levels))


def _by_level(told: Iterable[_Told]) -> dict[Level, int]:
    counts = Counter[Level]()
    for it in told:
        counts.update(it.counted)
    return {level: counts[level] for level in Level}
