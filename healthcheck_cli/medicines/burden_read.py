"""What totals are read as: the band of a scale, where scales disagree, and options with a lower burden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from healthcheck_cli.content.medicine_models import Band, LowerBurden, Scale
from healthcheck_cli.medicines.models import Burden, ConstipatingLoad, Disagreement, LowerBurdenOption, MedicineRead

POINTS_APART = 2
"""Scales that differ by so much on one medicine are said to disagree (proposed)."""

_LEVEL_THAT_COUNTS = 2  # of constipating levels; 1 is weak


def bands_of(burden: Burden, scale: Scale) -> tuple[Band | None, Band | None]:
    """The band that the low end of the total is in, and that of the high end; None below the first band.

    They differ where a line that was not recognised could lift the total into a higher band.
    """
    return _band(burden.total.low, scale), _band(burden.total.high, scale)


def _band(total: float, scale: Scale) -> Band | None:
    return next((band for band in scale.bands if total >= band.at_least), None)


def disagreements(burdens: Mapping[str, Burden]) -> tuple[Disagreement, ...]:
    """The medicines on which two scales differ by two points or more, in the order of the list.

    Only scales that list the medicine: one that does not says nothing of it. Scales are set side by side, never joined.
    """
    by_name: dict[str, dict[str, int]] = {}
    rows: dict[str, int] = {}
    for name, burden in burdens.items():
        for item in burden.items:
            by_name.setdefault(item.ingredient, {})[name] = item.score
            rows.setdefault(item.ingredient, item.row)
    found = [
        Disagreement(ingredient, rows[ingredient], scores)
        for ingredient, scores in by_name.items()
        if max(scores.values()) - min(scores.values()) >= POINTS_APART
    ]
    return tuple(sorted(found, key=lambda it: (it.row, it.ingredient)))


def lower_burden_options(
    reads: Sequence[MedicineRead],
    burdens: Iterable[Burden],
    load: ConstipatingLoad,
    groups: Mapping[str, LowerBurden],
) -> tuple[LowerBurdenOption, ...]:
    """The groups of options that are about a medicine of the list that adds to a burden.

    It adds if any scale gives it a point, or if its constipating level is 2 or 3. Nothing is offered for the others.
    """
    scored = [item for burden in burdens for item in burden.items if item.score]
    adds = {name for item in scored for name in (item.ingredient, *item.holds)}
    adds |= {item.ingredient for item in load.items if item.score >= _LEVEL_THAT_COUNTS}
    found = []
    for group in groups.values():
        named = {
            (ingredient.name, read.row)
            for read in reads
            if read.current
            for ingredient in read.ingredients
            if ingredient.name in adds
            and (ingredient.name in group.medicines or set(group.classes) & set(ingredient.classes))
        }
        if named:
            names, rows = {name for name, _ in named}, {row for _, row in named}
            found.append(LowerBurdenOption(group.id, tuple(sorted(names)), tuple(sorted(rows))))
    return tuple(found)
