"""Burden on the published scales, the constipating load, and the sum of antipsychotic shares of their maxima.

Scales are never added together. A line nobody could name widens every total; a medicine that a scale does not list
adds nothing and is named; when-required medicines count, are marked, and a total without them goes beside.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import Medicine, Product, Scale, Score
from healthcheck_cli.medicines.models import Burden, BurdenItem, ConstipatingLoad, IngredientRead, Match, MedicineRead

ANTIPSYCHOTIC = "antipsychotic"
"""The class whose doses are summed."""

# Proposed rule (burden reference, 4): not scored unless the scale has a row for the route. Of rectal products, enemas
# act where they are put; suppositories and rectal solutions (diazepam, paracetamol) reach the whole body.
_LOCAL_ROUTES = frozenset({"topical", "eye_ear", "vaginal"})
LOCAL_RECTAL_FORMS = frozenset({"enema"})


class _Line(NamedTuple):
    """A line with the ingredients that scales are about, and the combinations in it that some scale lists itself."""

    read: MedicineRead
    names: Sequence[str]
    listed: Sequence[Product]


def burdens(
    reads: Sequence[MedicineRead],
    medicines: Mapping[str, Medicine],
    scales: Mapping[str, Scale],
    products: Mapping[str, Product],
) -> dict[str, Burden]:
    """The total on each scale of the lines that are current, each ingredient counted once (its highest score).

    A combination is the sum of its ingredients, except where the scale lists the combination itself (``scores`` of a
    product); that counts however the line is written, and stays apart from a line of one of its ingredients alone.
    An unrecognised line adds 0 at the low end and the scale's highest single score at the high end. Products that are
    not scored (appliances, foods) add nothing and are not listed.
    """
    lines = _lines(reads, medicines, products)
    return {name: _burden(lines, medicines, scale) for name, scale in scales.items()}


def burden_items(
    reads: Sequence[MedicineRead],
    medicines: Mapping[str, Medicine],
    scales: Mapping[str, Scale],
    products: Mapping[str, Product],
) -> dict[str, tuple[BurdenItem, ...]]:
    """The items of :func:`burdens` without the totals."""
    lines = _lines(reads, medicines, products)
    return {name: tuple(_items(lines, medicines, scale)[0].values()) for name, scale in scales.items()}


def _lines(
    reads: Sequence[MedicineRead], medicines: Mapping[str, Medicine], products: Mapping[str, Product]
) -> list[_Line]:
    listed = [product for product in products.values() if product.scores]
    lines = []
    for read in reads:
        names = _scored_names(read, medicines)
        lines.append(_Line(read, names, [it for it in listed if set(it.ingredients) <= set(names)]))
    return lines


def _items(
    lines: Sequence[_Line], medicines: Mapping[str, Medicine], scale: Scale
) -> tuple[dict[str, BurdenItem], dict[str, None]]:
    """What the scale counts, by name, and the names it does not list by some route."""
    items: dict[str, BurdenItem] = {}
    not_on_scale: dict[str, None] = {}
    for read, names, listed in lines:
        for product, score in _listed_together(read, scale, listed):
            items[product.name] = _joined(items.get(product.name), read, product.name, score, product.ingredients)
            names = [name for name in names if name not in product.ingredients]
        for name in names:
            found = _score(medicines[name].scores, scale.id, read) if name in medicines else None
            if found is None:
                not_on_scale[name] = None
            else:
                items[name] = _joined(items.get(name), read, name, found)
    return items, not_on_scale


def _burden(lines: Sequence[_Line], medicines: Mapping[str, Medicine], scale: Scale) -> Burden:
    items, not_on_scale = _items(lines, medicines, scale)
    unnamed = [read for read, _, _ in lines if _unnamed(read)]
    total = sum(item.score for item in items.values())
    regular = sum(item.score for item in items.values() if not item.prn)
    unnamed_regular = sum(1 for read in unnamed if not read.prn)
    return Burden(
        scale=scale.id,
        version=scale.version,
        total=Interval(total, total + scale.most * len(unnamed)),
        items=tuple(items.values()),
        not_on_scale=tuple(name for name in not_on_scale if name not in items),
        without_prn=Interval(regular, regular + scale.most * unnamed_regular),
    )


def constipating_load(reads: Sequence[MedicineRead], medicines: Mapping[str, Medicine]) -> ConstipatingLoad:
    """The constipating medicines of the current lines. Levels are this project's own grade and are never added up.

    Medicines that act where they are put (skin, eye, ear, nose, lung, vagina, enemas) are left out. Unrecognised lines
    add nothing here: their level is not known.
    """
    items: dict[str, BurdenItem] = {}
    for read in reads:
        for name in _scored_names(read, medicines):
            medicine = medicines.get(name)
            if medicine is None or medicine.constipating_level == 0 or _local(read, also=("nasal", "inhaled")):
                continue
            items[name] = _joined(items.get(name), read, name, medicine.constipating_level)
    levels = [item.score for item in items.values()]
    return ConstipatingLoad(
        max_level=max(levels, default=0),
        count_level_2_3=sum(1 for level in levels if level >= 2),
        items=tuple(items.values()),
    )


def antipsychotic_percent(reads: Sequence[MedicineRead]) -> tuple[Interval | None, Interval | None]:
    """The sum of antipsychotic shares of their maxima, in per cent: with when-required at its stated top, and without.

    A part that cannot be worked out leaves the sum with no upper end. None where no current line is an antipsychotic.
    An unrecognised line may be one, but nothing says so: it does not enter the sum.
    Source: RCPsych high-dose counting (stomp reference, 4.1). A haloperidol tablet and its depot both count.
    """
    parts = [
        (read.prn is True, ingredient)
        for read in reads
        if read.current and read.recognised.match is Match.EXACT
        for ingredient in read.ingredients
        if ANTIPSYCHOTIC in ingredient.classes or ANTIPSYCHOTIC in ingredient.possible_classes
    ]
    if not parts:
        return None, None
    every = _sum(_share(ingredient, prn=prn) for prn, ingredient in parts)
    regular = [ingredient for prn, ingredient in parts if not prn]
    without = _sum(_share(ingredient, prn=False) for ingredient in regular)
    return every, without


def _share(ingredient: IngredientRead, *, prn: bool) -> Interval:
    """One share: from nothing where the line only may be an antipsychotic; with no upper end where it is not known."""
    dose = ingredient.dose
    share = dose.percent_at_top if prn else dose.percent_of_max
    if share is None:
        return Interval(0.0, math.inf)
    return share if ANTIPSYCHOTIC in ingredient.classes else Interval(0.0, share.high)


def _sum(shares: Iterator[Interval]) -> Interval:
    low = high = 0.0
    for share in shares:
        low, high = low + share.low, high + share.high
    return Interval(low, high)


def _scored_names(read: MedicineRead, medicines: Mapping[str, Medicine]) -> list[str]:
    """The ingredients that scales are about; none of a line that is not current, not recognised, or not a medicine."""
    if not read.current or read.recognised.match is not Match.EXACT or not read.recognised.scored:
        return []
    names = [ingredient.name for ingredient in read.ingredients]
    return [name for name in names if name not in medicines or medicines[name].scored]


def _listed_together(read: MedicineRead, scale: Scale, listed: Sequence[Product]) -> Iterator[tuple[Product, int]]:
    """The combinations in the line that the scale lists as such, with their scores by the route of the line."""
    for product in listed:
        score = _score(product.scores, scale.id, read)
        if score is not None:
            yield product, score


def _unnamed(read: MedicineRead) -> bool:
    return read.current and read.recognised.match is not Match.EXACT


def _local(read: MedicineRead, also: tuple[str, ...] = ()) -> bool:
    """Does the product act where it is put, and not in the whole body?"""
    if read.route == "rectal":
        return read.recognised.form in LOCAL_RECTAL_FORMS
    return read.route in _LOCAL_ROUTES or read.route in also


def _score(scores: Sequence[Score], scale: str, read: MedicineRead) -> int | None:
    """The score by a route: the scale's own row for it; else its general row where the route reaches the whole body."""
    rows = [score for score in scores if score.scale == scale]
    if not rows:
        return None
    of_route = [score.value for score in rows if score.route and score.route == read.route]
    if of_route:
        return max(of_route)
    general = [score.value for score in rows if not score.route]
    if not general or _local(read):
        return None
    return max(general)


def _joined(
    found: BurdenItem | None, read: MedicineRead, name: str, score: int, holds: tuple[str, ...] = ()
) -> BurdenItem:
    """An ingredient counted once: its highest score, its first row, when-required only if every line of it is."""
    prn = read.prn is True
    if found is None:
        return BurdenItem(row=read.row, ingredient=name, score=score, prn=prn, holds=holds)
    return BurdenItem(found.row, name, max(found.score, score), found.prn and prn, holds)
