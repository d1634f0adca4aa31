"""Which medicine a product name means, and what the name says of its form, route and strength.

Whole words only, the longest name wins, and nothing is matched because it looks alike: a near miss is offered as a
suggestion for a person to judge. Form words decide the route, not the ingredient: "Depixol" names tablets and depots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from healthcheck_cli.content.medicine_models import Medicine, Product
from healthcheck_cli.medicines.ingredient_strengths import ingredients_with_strengths
from healthcheck_cli.medicines.models import Ingredient, Match, Recognised
from healthcheck_cli.medicines.name_index import FoundName, NameIndex
from healthcheck_cli.medicines.near_misses import near_misses
from healthcheck_cli.medicines.normalise import fold, without_brackets, words
from healthcheck_cli.medicines.product_form import ProductForm, read_form
from healthcheck_cli.medicines.strength import quantities

INJECTION_IS_DEPOT = "injection_is_depot"
"""Tag of a medicine whose every injection is long acting, unless an ester word says otherwise."""

_NOT_A_MAKER = re.compile(r"special order|imported?|import|sugar free|starter|pack|vial|amp|syringe|discontinued|\d")
_CODE = re.compile(r"[0-9A-Z]{7,15}")


class Recogniser:
    """Reads product names against the medicines and combination products of the content.

    The index of names is built once; each text then takes well under a millisecond.
    """

    def __init__(
        self, medicines: Mapping[str, Medicine], products: Mapping[str, Product], names: NameIndex | None = None
    ) -> None:
        """``names``: the index of just these medicines and products, where it is made already."""
        self._medicines = medicines
        self._index = names or NameIndex(medicines, products)
        self._by_vtm = {medicine.codes["vtm"]: name for name, medicine in medicines.items() if "vtm" in medicine.codes}
        self._by_bnf = {
            prefix: name for name, medicine in medicines.items() for prefix in medicine.codes.get("bnf", "").split()
        }

    def recognise(self, text: str, dmd_code: str = "", bnf_code: str = "") -> Recognised:
        """What the text means; its codes are asked only where the words name nothing. Never raises, never guesses."""
        folded = fold(text)
        outside, brackets = without_brackets(folded)
        found = self._names_in(outside) or [name for held in brackets for name in self._names_in(held)]
        form = read_form(
            [word for word, _ in words(_without_quantities(outside))],
            [word for held in brackets for word, _ in words(_without_quantities(held))],
        )
        has_maker = any(not _NOT_A_MAKER.search(held) for held in brackets)
        if found:
            return self._from_names(text, outside, found, form, has_maker)
        by_code = self._by_code(dmd_code, bnf_code)
        if by_code:
            return self._recognised(text, (Ingredient(by_code),), form, "", has_maker, depot=False, modified=False)
        return Recognised(
            text,
            Match.NONE,
            form=form.form,
            route=form.route,
            release=form.release,
            suggestions=near_misses(outside, self._index),
        )

    def _names_in(self, folded: str) -> list[FoundName]:
        return _without_vehicle(folded, self._index.find(words(_without_quantities(folded))))

    def _by_code(self, dmd_code: str, bnf_code: str) -> str:
        """The medicine a code stands for: its dm+d moiety, or the nine characters of its BNF chemical substance."""
        if dmd_code in self._by_vtm:
            return self._by_vtm[dmd_code]
        bnf = bnf_code.strip().upper()
        return self._by_bnf.get(bnf[:9], "") if _CODE.fullmatch(bnf) else ""

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
        return self._recognised(text, ingredients, form, brand, has_maker, depot=depot, modified=modified)

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


def class_label(recognised: Recognised, medicines: Mapping[str, Medicine]) -> str:
    """The label of the output contract; the labels of a combination are joined with ``+``, in alphabetical order.

    Of an ambiguous name, the label that all the medicines it may mean have in common, or "none".
    """
    if recognised.match is Match.AMBIGUOUS:
        shared = {medicines[name].label for name in recognised.candidates if name in medicines}
        return shared.pop() if len(shared) == 1 else "none"
    labels = {medicines[one.name].label for one in recognised.ingredients if one.name in medicines} - {"none", ""}
    return "+".join(sorted(labels)) or "none"


def _without_quantities(folded: str) -> str:
    """The text with amounts blanked, so that `Priadel 520mg/5ml liquid` reads `priadel liquid`."""
    for start, end in quantities(folded):
        folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


def _without_vehicle(folded: str, found: list[FoundName]) -> list[FoundName]:
    """The names without what the medicine is mixed into: `hydrocortisone 1% in emulsifying ointment`."""
    at = folded.find(" in ")
    if at < 0 or not found or found[0].start > at:
        return found
    return [one for one in found if one.start < at]


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
