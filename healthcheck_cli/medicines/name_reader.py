"""Which medicine the words of a product name mean, and what they say of its form, route and strength.

Whole words only, the longest name wins, and nothing is matched because it looks alike: a near miss is offered as a
suggestion for a person to judge. Form words decide the route, not the ingredient: "Depixol" names tablets and depots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from healthcheck_cli.content.medicine_models import Medicine, Product
from healthcheck_cli.medicines.ingredient_strengths import ingredients_with_strengths
from healthcheck_cli.medicines.models import Ingredient, Match, Recognised
from healthcheck_cli.medicines.name_index import FoundName, Name, NameIndex
from healthcheck_cli.medicines.near_misses import NearMisses, shown_name
from healthcheck_cli.medicines.normalise import fold, without_brackets, words
from healthcheck_cli.medicines.not_taken import may_say_not_taken, name_says_not_taken, without_another_stopped
from healthcheck_cli.medicines.product_form import ProductForm, read_form
from healthcheck_cli.medicines.strength import quantities

INJECTION_IS_DEPOT = "injection_is_depot"
"""Tag of a medicine whose every injection is long acting, unless an ester word says otherwise."""

_SIZE = re.compile(r"\d\s*(?:g|ml|kg|l)$")  # of a pack, not a strength
_NOT_A_MAKER = re.compile(r"special order|imported?|import|sugar free|starter|pack|vial|amp|syringe|discontinued|\d")


class NameReader:
    """Reads product names against the medicines and combination products of the content.

    The index of names is built once; each text then takes well under a millisecond.
    """

    def __init__(
        self, medicines: Mapping[str, Medicine], products: Mapping[str, Product], names: NameIndex | None = None
    ) -> None:
        """``names``: the index of just these medicines and products, where it is made already."""
        self._medicines = medicines
        self._index = names or NameIndex(medicines, products)
        self._near_misses = NearMisses(self._index)

    def read(self, text: str, *, suggest: bool = True) -> Recognised:
        """What the text means. Near misses are looked for only with ``suggest``. Never raises, never guesses."""
        outside, brackets = without_brackets(self._folded(text))
        written = words(_without_quantities(outside))
        held = [(inside, words(_without_quantities(inside))) for inside in brackets]
        found = self._names_in(outside, written)
        longer = self._index.slip_of_longer(written, found)
        found = found or [name for inside, inside_words in held for name in self._names_in(inside, inside_words)]
        form = read_form([word for word, _ in written], [word for _, inside in held for word, _ in inside])
        has_maker = any(not _NOT_A_MAKER.search(held) for held in brackets)
        if found and longer is None:
            return self._from_names(text, outside, found, form, has_maker)
        nothing = Recognised(text, Match.NONE, form=form.form, route=form.route, release=form.release)
        if longer is not None:
            shown = (longer, *(one.name for one in found))
            return replace(nothing, suggestions=tuple(dict.fromkeys(map(shown_name, shown))))
        return replace(nothing, suggestions=self._near_misses.of(outside) if suggest else ())

    def says_not_taken(self, text: str) -> bool:
        """Do its words, but for the names among them ("Clarityn Allergy"), say that it is not taken?"""
        folded = self._folded(text)
        if not may_say_not_taken(folded):
            return False
        outside, brackets = without_brackets(folded)
        written = words(_without_quantities(outside))
        for one in self._index.find(written):
            last, start = written[one.word_after - 1]
            outside = outside[: one.start] + "~" * (start + len(last) - one.start) + outside[start + len(last) :]
        return name_says_not_taken(outside, brackets)

    def _folded(self, text: str) -> str:
        return without_another_stopped(fold(text), lambda name: bool(self._index.find(words(name))))

    def of_medicines(self, text: str, names: Sequence[str]) -> Recognised:
        """The text as a product of these medicines, which something else has told; the form is the text's own."""
        outside, brackets = without_brackets(fold(text))
        form = read_form([word for word, _ in words(_without_quantities(outside))])
        has_maker = any(not _NOT_A_MAKER.search(held) for held in brackets)
        whole = [FoundName(Name(tuple(names)), 0, -1)]  # as if the text began with their name: its amounts are theirs
        found = ingredients_with_strengths(outside, whole, form, self._medicines)
        return self._recognised(text, found, form, "", has_maker, depot=False, modified=False)

    def _names_in(self, folded: str, written: Sequence[tuple[str, int]]) -> list[FoundName]:
        return _without_vehicle(folded, self._index.find(written))

    def _from_names(
        self, text: str, outside: str, found: Sequence[FoundName], form: ProductForm, has_maker: bool
    ) -> Recognised:
        """The answer where at least one name was found."""
        undecided = [one.name for one in found if len(one.name.medicines) > 1 and not one.name.product]
        decided = [one for one in found if len(one.name.medicines) == 1 or one.name.product]
        if undecided and not decided:
            candidates = tuple(dict.fromkeys(name for one in undecided for name in one.medicines))
            return Recognised(
                text,
                Match.AMBIGUOUS,
                form=form.form,
                route=form.route,
                release=form.release,
                product_named=True,
                brand=undecided[0].brand,
                candidates=candidates,
            )
        ingredients = ingredients_with_strengths(outside, decided, form, self._medicines)
        brand = next((one.name.brand for one in decided if one.name.brand), "")
        depot = any(one.name.depot for one in decided)
        modified = any(one.name.modified for one in decided)
        read = self._recognised(text, ingredients, form, brand, has_maker, depot=depot, modified=modified)
        untold = not form.route and any(one.name.other_route for one in decided)
        return replace(read, route="", route_untold=True) if untold else read

    def _recognised(
        self,
        text: str,
        ingredients: tuple[Ingredient, ...],
        form: ProductForm,
        brand: str,
        has_maker: bool,
        *,
        depot: bool,
        modified: bool,
    ) -> Recognised:
        held = [self._medicines[one.name] for one in ingredients if one.name in self._medicines]
        slow = modified and form.route in ("", "oral") and not form.release
        form_words = form.form
        if slow and form_words in ("tablet", "capsule", "granules"):
            form_words = f"modified-release {form_words}"
        scored = not held or any(medicine.scored for medicine in held)
        return Recognised(
            text,
            Match.EXACT,
            ingredients,
            form=form_words,
            route=_route(form, held, depot) if scored else "",
            release="modified" if slow else form.release,
            product_named=bool(brand) or has_maker,
            brand=brand,
            scored=scored,
        )


def _without_quantities(folded: str) -> str:
    """The text with amounts blanked, so that `Priadel 520mg/5ml liquid` reads `priadel liquid`."""
    for start, end in quantities(folded):
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def _without_vehicle(folded: str, found: list[FoundName]) -> list[FoundName]:
    """The names without what the medicine is mixed into: `hydrocortisone 1% in emulsifying ointment`.

    A brand behind "in", or what has a strength of its own, is no vehicle: `sulfur 1% in hydrocortisone 1% cream`.
    """
    at = folded.find(" in ")
    if at < 0 or not found or found[0].start > at:
        return found
    amounts = [start for start, end in quantities(folded) if start > at and not _SIZE.search(folded[start:end])]
    ends = [*(one.start for one in found[1:]), len(folded)]
    return [
        one
        for one, end in zip(found, ends, strict=True)
        if one.start < at or one.name.brand or any(one.start < amount < end for amount in amounts)
    ]


def _route(form: ProductForm, medicines: Sequence[Medicine], depot_brand: bool) -> str:
    """The route that the form words mean for these medicines; "" where they cannot tell.

    An injection is a depot if the name says so (an ester, "prolonged-release suspension"), if the brand is one, or if
    every injection of the medicine is one. An acetate or "Acuphase" is not: it lasts for days.
    """
    can_be_depot = any(
        medicine.depot_brands or any(maximum.route == "depot" for maximum in medicine.maxima) for medicine in medicines
    )
    always_depot = any(INJECTION_IS_DEPOT in medicine.tags for medicine in medicines)
    injected = form.route in ("injection", "")
    if injected and always_depot and form.short_acting:
        return "injection"
    if injected and can_be_depot and (depot_brand or form.long_acting):
        return "depot"
    if form.route == "injection" and always_depot:
        return "depot"
    if form.route:
        return form.route
    defaults = {medicine.default_route for medicine in medicines}
    return defaults.pop() if len(defaults) == 1 else ""
