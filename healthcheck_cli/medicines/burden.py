"""Burden on the published scales, the constipating load, and the sum of antipsychotic shares of their maxima.

Scales are never added together. A line nobody could name widens every total; a medicine that a scale does not list
adds nothing and is named; when-required medicines count, are marked, and a total without them goes beside.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.models import Medicine, Scale
from healthcheck_cli.medicines.models import Burden, BurdenItem, ConstipatingLoad, IngredientRead, Match, MedicineRead

# Proposed rule (burden reference, 4): not scored unless the scale has a row for the route. Of rectal products, enemas
# act where they are put; suppositories and rectal solutions (diazepam, paracetamol) reach the whole body.
_LOCAL_ROUTES = frozenset({"topical", "eye_ear", "vaginal"})
_ANTIPSYCHOTIC = "antipsychotic"
_LOCAL_RECTAL_FORMS = frozenset({"enema"})


def burdens(
    reads: Sequence[MedicineRead], medicines: Mapping[str, Medicine], scales: Mapping[str, Scale]
) -> dict[str, Burden]:
    """The total on each scale of the lines that are current, each ingredient counted once (its highest score).

    A combination is the sum of its ingredients. An unrecognised line adds 0 at the low end and the scale's highest
    single score at the high end. Products that are not scored (appliances, foods) add nothing and are not listed.
    """
    return {name: _burden(reads, medicines, scale) for name, scale in scales.items()}


def _burden(reads: Sequence[MedicineRead], medicines: Mapping[str, Medicine], scale: Scale) -> Burden:
    items: dict[str, BurdenItem] = {}
    not_on_scale: dict[str, None] = {}
    for read, ingredient in _scored_ingredients(reads, medicines):
        score = _score(medicines.get(ingredient.name), scale.id, read)
        if score is None:
            not_on_scale[ingredient.name] = None
        else:
            items[ingredient.name] = _joined(items.get(ingredient.name), read, ingredient, score)
    unnamed = [read for read in reads if _unnamed(read)]
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
    for read, ingredient in _scored_ingredients(reads, medicines):
        medicine = medicines.get(ingredient.name)
        if medicine is None or medicine.constipating_level == 0 or _local(read, also=("nasal", "inhaled")):
            continue
        found = items.get(ingredient.name)
        items[ingredient.name] = _joined(found, read, ingredient, medicine.constipating_level)
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
        if _ANTIPSYCHOTIC in ingredient.classes or _ANTIPSYCHOTIC in ingredient.possible_classes
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
    return share if _ANTIPSYCHOTIC in ingredient.classes else Interval(0.0, share.high)


def _sum(shares: Iterator[Interval]) -> Interval:
    low = high = 0.0
    for share in shares:
        low, high = low + share.low, high + share.high
    return Interval(low, high)


def _scored_ingredients(
    reads: Sequence[MedicineRead], medicines: Mapping[str, Medicine]
) -> Iterator[tuple[MedicineRead, IngredientRead]]:
    """The ingredients that scales are about: current, recognised, and not of an appliance or a food."""
    for read in reads:
        if not read.current or read.recognised.match is not Match.EXACT or not read.recognised.scored:
            continue
        for ingredient in read.ingredients:
            medicine = medicines.get(ingredient.name)
            if medicine is None or medicine.scored:
                yield read, ingredient


def _unnamed(read: MedicineRead) -> bool:
    return read.current and read.recognised.match is not Match.EXACT


def _local(read: MedicineRead, also: tuple[str, ...] = ()) -> bool:
    """Does the product act where it is put, and not in the whole body?"""
    if read.route == "rectal":
        return read.recognised.form in _LOCAL_RECTAL_FORMS
    return read.route in _LOCAL_ROUTES or read.route in also


def _score(medicine: Medicine | None, scale: str, read: MedicineRead) -> int | None:
    """The score by a route: the scale's own row for it; else its general row where the route reaches the whole body."""
    rows = [] if medicine is None else [score for score in medicine.scores if score.scale == scale]
    of_route = [score.value for score in rows if score.route and score.route == read.route]
    if of_route:
        return max(of_route)
    general = [score.value for score in rows if not score.route]
    if not general or _local(read):
        return None
    return max(general)


def _joined(found: BurdenItem | None, read: MedicineRead, ingredient: IngredientRead, score: int) -> BurdenItem:
    """An ingredient counted once: its highest score, its first row, when-required only if every line of it is."""
    prn = read.prn is True
    if found is None:
        return BurdenItem(row=read.row, ingredient=ingredient.name, score=score, prn=prn)
    return BurdenItem(found.row, ingredient.name, max(found.score, score), found.prn and prn)
