"""Antipsychotic doses as a dose of one of them, by published methods: a secondary figure, to describe a group by.

The share of the BNF maximum is the figure for one person; the two are never joined. Methods
disagree with each other, so each total carries its method's name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import Equivalence
from healthcheck_cli.medicines.burden import ANTIPSYCHOTIC
from healthcheck_cli.medicines.models import EquivalentDose, IngredientRead, Match, MedicineRead


def antipsychotic_equivalents(
    reads: Sequence[MedicineRead], methods: Mapping[str, Equivalence]
) -> tuple[EquivalentDose, ...]:
    """The total of the current antipsychotics by each method; nothing where there is none.

    A dose that is not known leaves the total with no upper end. When-required counts from 0 to its stated top. What a
    method does not list by the line's route is named in ``not_held``, and a method that lists none of them is left out:
    a total of 0 would be untrue.
    """
    lines = [
        (read.route, ingredient)
        for read in reads
        if read.current and read.recognised.match is Match.EXACT
        for ingredient in read.ingredients
        if ANTIPSYCHOTIC in ingredient.classes
    ]
    found = (_by(method, lines) for method in methods.values())
    return tuple(one for one in found if one is not None)


def _by(method: Equivalence, lines: Sequence[tuple[str, IngredientRead]]) -> EquivalentDose | None:
    low = high = 0.0
    not_held: list[str] = []
    counted = 0
    for route, ingredient in lines:
        stands_for = method.amounts.get(route, {}).get(ingredient.name)
        if stands_for is None:
            not_held.append(ingredient.name)
            continue
        counted += 1
        daily = ingredient.dose.daily if ingredient.dose.unit == "mg" else None
        if daily is None:
            high = math.inf
        else:
            low += daily.low / stands_for * method.per
            high += daily.high / stands_for * method.per
    if not counted:
        return None
    return EquivalentDose(method.id, method.of, Interval(round(low, 2), round(high, 2)), tuple(dict.fromkeys(not_held)))
