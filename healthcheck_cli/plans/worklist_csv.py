"""``review --to csv``: the worklist, as ``review --out`` writes it, of people who were reviewed one by one."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Content, Level
from healthcheck_cli.content.overlay_models import overlays_in_words
from healthcheck_cli.facts.lines import substance_of
from healthcheck_cli.findings import PersonReview, Review
from healthcheck_cli.medicines.models import Match
from healthcheck_cli.output import guarded_cell
from healthcheck_cli.plans.burden_parts import headline_scale

_PSYCHOTROPIC = "psychotropic"
_LEVELS = sorted(Level, key=lambda level: level.rank)


def worklist_csv(review: Review, content: Content) -> str:
    """One row a person, most pressing first, with the columns of ``worklist.csv``. No cell is taken for a formula.

    Order: the highest level; the number of urgent, then of high findings; then the total on the headline scale; then
    that of the review, by the number of medium findings and of the rest.
    """
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(_header(content))
    scale = headline_scale(content)
    writer.writerows(list(_cells(it, content, scale)) for it in sorted(review.people, key=lambda it: _order(it, scale)))
    return held.getvalue()


def _header(content: Content) -> list[str]:
    return [
        *("person_id", "age", "sex", "highest_level", "why_here"),
        *(level.value for level in _LEVELS),
        "themes_raised",
        *content.scales,
        *("constipating_max_level", "constipating_level_2_3", "antipsychotic_percent_of_maximum"),
        *("psychotropic_count", "could_not_assess", "unrecognised"),
        *("content_version", "overlays"),
    ]


def _order(person: PersonReview, scale: str) -> tuple[float, ...]:
    highest = min((it.level.rank for it in person.findings), default=len(_LEVELS))
    return highest, -_count(person, Level.URGENT), -_count(person, Level.HIGH), -person.burdens[scale].total.low


def _cells(person: PersonReview, content: Content, scale: str) -> Iterator[object]:
    counts = [_count(person, level) for level in _LEVELS]
    why = ", ".join(f"{count} {level.value}" for count, level in zip(counts, _LEVELS, strict=True))
    yield guarded_cell(person.person_id)
    yield "" if person.age is None else person.age
    yield person.sex
    yield next((level.value for level, count in zip(_LEVELS, counts, strict=True) if count), "")
    yield f"{why}; {scale} {_shown(person.burdens[scale].total)}"
    yield from counts
    yield "; ".join(it.id for it in person.themes if it.state == "raised")
    for name in content.scales:
        yield _shown(person.burdens[name].total)
    yield person.constipating.max_level
    yield person.constipating.count_level_2_3
    yield _percent(person.antipsychotic_percent)
    yield len(_psychotropics(person, content))
    yield len(person.could_not_assess)
    yield len(person.unrecognised)
    yield content.version
    yield guarded_cell(overlays_in_words(content.overlays))


def _count(person: PersonReview, level: Level) -> int:
    return sum(it.level is level for it in person.findings)


def _shown(found: Interval) -> str:
    if math.isinf(found.high):
        return f"{found.low} or more"
    return str(found.low) if found.exact else f"{found.low} to {found.high}"


def _percent(found: Interval | None) -> str:
    if found is None:
        return ""
    if found.low == 0 and math.isinf(found.high):
        return "not known"
    return _shown(Interval(_to_tenths(found.low), _to_tenths(found.high)))


def _to_tenths(number: float) -> float:
    """6.25 is 6.3, as in the tables of an extract; ``round`` would make it 6.2."""
    return number if math.isinf(number) else math.floor(number * 10 + 0.5) / 10


def _psychotropics(person: PersonReview, content: Content) -> frozenset[str]:
    """The substances of the class that are taken now."""
    return frozenset(
        substance_of(ingredient.name, content.medicines)
        for read in person.medicines
        if read.current and read.recognised.match is Match.EXACT
        for ingredient in read.ingredients
        if _PSYCHOTROPIC in ingredient.classes
    )
