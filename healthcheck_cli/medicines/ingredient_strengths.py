"""Which of the amounts in a name belongs to which ingredient."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.medicines.models import Ingredient, Strength
from healthcheck_cli.medicines.name_index import FoundName
from healthcheck_cli.medicines.normalise import words
from healthcheck_cli.medicines.product_form import ProductForm
from healthcheck_cli.medicines.strength import Amounts, amounts, is_pack_of_several, strength

_BARE_PAIR = re.compile(r"(?<![\d./])\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)+(?![\d./])")
_RATE_PATCH_TAG = "opioid"  # opioid patches are named by micrograms an hour, also where "/hour" is left out


def ingredients_with_strengths(
    folded: str, found: Sequence[FoundName], form: ProductForm, medicines: Mapping[str, Medicine]
) -> tuple[Ingredient, ...]:
    """Each ingredient once, in the order of the name, with its own strength where the name gives one.

    `A 10mg / B 5mg`: each name has the amounts up to the next name. `Co-codamol 30mg/500mg`, `A and B 10mg/5mg`:
    as many amounts as ingredients, in order. Anything else (several strengths in one pack, one amount for two
    ingredients) gives no strength rather than a guess.
    """
    names = list(dict.fromkeys(name for one in found for name in one.name.medicines))
    groups = [] if is_pack_of_several(folded) else amounts(folded)
    if len(names) == 1:
        return (Ingredient(names[0], _only_strength(folded, names[0], groups, form, medicines)),)
    if not groups and len(found) == 1 and form.route in ("", "oral"):
        groups = _bare_milligrams(folded)
    if len(groups) == 1 and len(groups[0].amounts) == len(names):
        listed = zip(names, groups[0].amounts, strict=True)
        return tuple(Ingredient(name, _strength(name, one, groups[0], form, medicines)) for name, one in listed)
    if len(found) == 1 and len(groups) == len(names) and all(len(group.amounts) == 1 for group in groups):
        paired = zip(names, groups, strict=True)  # "Relvar 92micrograms/dose / 22micrograms/dose"
        return tuple(Ingredient(name, _strength(name, one.amounts[0], one, form, medicines)) for name, one in paired)
    own = [_own_strength(name, found, groups, form, medicines) for name in names]
    if None in own:  # "paracetamol and codeine 500mg": whose the amount is cannot be told
        return tuple(Ingredient(name) for name in names)
    return tuple(Ingredient(name, mine) for name, mine in zip(names, own, strict=True))


def _bare_milligrams(folded: str) -> list[Amounts]:
    """`Co-codamol 30/500`: combination tablets are written with slashes and without units, and mean milligrams."""
    pair = _BARE_PAIR.search(folded)
    if not pair:
        return []
    milligrams = tuple((float(number), "mg") for number in pair.group().split("/"))
    return [Amounts(milligrams, 0.0, "", pair.start(), pair.group())]


def _only_strength(
    folded: str, name: str, groups: Sequence[Amounts], form: ProductForm, medicines: Mapping[str, Medicine]
) -> Strength | None:
    """The strength of the one ingredient: one amount, or the same amount said twice."""
    if not groups:
        return _brand_strength(folded, name, form, medicines)
    first = groups[0]
    if len(first.amounts) != 1 or any(group.amounts != first.amounts for group in groups):
        return None
    return _strength(name, first.amounts[0], first, form, medicines)


def _own_strength(
    name: str,
    found: Sequence[FoundName],
    groups: Sequence[Amounts],
    form: ProductForm,
    medicines: Mapping[str, Medicine],
) -> Strength | None:
    """The amount that stands between this name and the next, if it is the only one there."""
    places = sorted(one.start for one in found)
    own = next((one for one in found if one.name.medicines == (name,)), None)
    if own is None:
        return None
    following = next((place for place in places if place > own.start), None)
    mine = [group for group in groups if group.start > own.start and (following is None or group.start < following)]
    if len(mine) != 1 or len(mine[0].amounts) != 1:
        return None
    return _strength(name, mine[0].amounts[0], mine[0], form, medicines)


def _strength(
    name: str, amount: tuple[float, str], group: Amounts, form: ProductForm, medicines: Mapping[str, Medicine]
) -> Strength | None:
    """One amount as a strength; a bare microgram figure on an opioid patch is its rate an hour."""
    medicine = medicines.get(name)
    if form.route == "patch" and not group.in_unit and medicine and _RATE_PATCH_TAG in medicine.tags:
        value, unit = amount
        return Strength(value, "mg/hour", "patch", group.declared) if unit == "mg" and value < 1 else None
    return strength(amount, group, form.form, form.counted_in)


def _brand_strength(folded: str, name: str, form: ProductForm, medicines: Mapping[str, Medicine]) -> Strength | None:
    """The milligrams of a brand that has a number and no unit in its name, from the table of such names."""
    medicine = medicines.get(name)
    if medicine is None or not medicine.brand_strengths:
        return None
    plain = f" {' '.join(word for word, _ in words(folded))} "
    fitting = [key for key in medicine.brand_strengths if f" {key} " in plain]
    if not fitting:
        return None
    longest = max(fitting, key=len)
    return Strength(medicine.brand_strengths[longest], "mg", form.counted_in, longest)
