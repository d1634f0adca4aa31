"""What the codes beside a product name stand for: dm+d ids and BNF codes, from the content and the user's own dm+d.

A code is a second witness. It is never taken for more than it says: an id or a substance that is not known here says
nothing of the medicine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from healthcheck_cli.content.medicine_models import CodeTable, Medicine

_BNF_CODE = re.compile(r"[0-9]{2}[0-9A-Z]{5,13}")
_SUBSTANCE = 9  # characters of a BNF code that name the chemical substance
_CHAPTER = 2


class IndexedIngredient(Protocol):
    """One ingredient as the dm+d index gives it."""

    @property
    def name(self) -> str:
        """Its name; "" where it is not known."""
        ...


class IndexedProduct(Protocol):
    """What is asked of a product of the dm+d index."""

    @property
    def name(self) -> str:
        """Its own name."""
        ...

    @property
    def vmp_name(self) -> str:
        """The name of its generic product; "" where it has none."""
        ...

    @property
    def vtm_id(self) -> str:
        """The id of its moiety; "" where it has none."""
        ...

    @property
    def ingredients(self) -> Sequence[IndexedIngredient]:
        """Its ingredients."""
        ...


class ProductIndex(Protocol):
    """The user's own dm+d, by id and by exact name."""

    def by_id(self, dmd_id: str, /) -> IndexedProduct | None:
        """The product of an id."""
        ...

    def by_name(self, name: str, /) -> Sequence[IndexedProduct]:
        """The products of exactly that name."""
        ...


@dataclass(frozen=True)
class Coded:
    """What one code stands for. ``by`` is "dm+d code" or "BNF code"; ``generic`` the name of its generic product.

    ``medicines`` is empty where the code is known and one of its ingredients is not.
    """

    by: str
    medicines: tuple[str, ...]
    generic: str = ""


class CodeBook:
    """The codes of the content, and of a dm+d index where there is one."""

    def __init__(
        self,
        medicines: Mapping[str, Medicine],
        tables: Mapping[str, CodeTable],
        named: Callable[[str], tuple[str, ...]],
        index: ProductIndex | None = None,
    ) -> None:
        """``named`` gives the medicines that a name means, and none where it is not sure."""
        self._tables = tables
        self._named = named
        self._index = index
        self._moieties = dict(tables["vtm"].medicines) if "vtm" in tables else {}
        self._substances = dict(tables["bnf"].medicines) if "bnf" in tables else {}
        for name, medicine in medicines.items():
            if "vtm" in medicine.codes:
                self._moieties[medicine.codes["vtm"]] = (name,)
            for code in medicine.codes.get("bnf", "").split():
                self._substances[code] = (name,)

    def of(self, dmd_code: str, bnf_code: str) -> tuple[Coded, ...]:
        """What the codes say: nothing, one thing, or one for each of them. A code that is not known says nothing."""
        found = (self._of_dmd(dmd_code.strip()), self._of_bnf(bnf_code.strip().upper()))
        return tuple(one for one in found if one is not None)

    def named_exactly(self, text: str) -> Coded | None:
        """What the dm+d index calls exactly so. None where there is no index, or where two substances have the name."""
        products = self._index.by_name(text) if self._index is not None else ()
        found = {self._of_product(product, "dm+d name") for product in products}
        meanings = {one.medicines for one in found}
        return min(found, key=lambda one: one.generic) if len(meanings) == 1 else None

    def part_of_the_bnf(self, bnf_code: str) -> str:
        """What the part of the BNF is called that a code is in, for a code whose substance is not known; else ""."""
        code = bnf_code.strip().upper()
        parts = self._tables["bnf"].parts if "bnf" in self._tables and _BNF_CODE.fullmatch(code) else {}
        return next((parts[code[:end]] for end in range(len(code), 0, -1) if code[:end] in parts), "")

    def _of_dmd(self, code: str) -> Coded | None:
        if not code:
            return None
        product = self._index.by_id(code) if self._index is not None else None
        if product is not None:
            return self._of_product(product, "dm+d code")
        medicines = self._moieties.get(code)
        return Coded("dm+d code", medicines) if medicines is not None else None

    def _of_product(self, product: IndexedProduct, by: str) -> Coded:
        """By its moiety if the content has it, else by every one of its ingredients, else by its generic name."""
        generic = product.vmp_name or product.name
        medicines = self._moieties.get(product.vtm_id, ())
        if not medicines:
            each = [self._named(ingredient.name) for ingredient in product.ingredients]
            medicines = tuple(dict.fromkeys(name for names in each for name in names)) if each and all(each) else ()
        return Coded(by, medicines or self._named(generic), generic)

    def _of_bnf(self, code: str) -> Coded | None:
        if not _BNF_CODE.fullmatch(code):
            return None
        medicines = self._substances.get(code[:_SUBSTANCE]) or self._substances.get(code[:_CHAPTER])
        return Coded("BNF code", medicines) if medicines else None
