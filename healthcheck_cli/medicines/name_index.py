"""Every name the content knows, ready to be found in a text: whole words, longest name first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from healthcheck_cli.content.medicine_models import Medicine, Product
from healthcheck_cli.medicines.normalise import name_key

Key = tuple[str, ...]

# Words that are a medicine alone ("zinc") and the salt of another after its name ("atorvastatin calcium").
_SALTS = frozenset(
    {"calcium", "magnesium", "zinc", "iron", "potassium", "sodium", "phosphate", "bromide", "chloride", "citrate"}
)


@dataclass(frozen=True)
class Name:
    """What one name means. More than one medicine and no ``product``: the name alone cannot decide.

    ``depot`` and ``modified``: the brand itself is a long-acting injection, or releases slowly.
    """

    medicines: tuple[str, ...]
    product: str = ""
    brand: str = ""
    depot: bool = False
    modified: bool = False
    rank: int = 0  # a medicine's own name before a combination, before a synonym, before a brand


@dataclass(frozen=True)
class FoundName:
    """A name found in a text: the word after it, and where it begins in the text."""

    name: Name
    word_after: int
    start: int


class NameIndex:
    """Names by their first word.

    A name that two medicines claim with the same right stays ambiguous; it is never settled by order.
    """

    def __init__(self, medicines: Mapping[str, Medicine], products: Mapping[str, Product]) -> None:
        self._names: dict[Key, Name] = {}
        for written, name in _all_names(medicines, products):
            key = name_key(written)
            if key:
                self._names[key] = _joined(self._names.get(key), name)
        self._by_first: dict[str, list[Key]] = {}
        for key in self._names:
            self._by_first.setdefault(key[0], []).append(key)
        for keys in self._by_first.values():
            keys.sort(key=len, reverse=True)

    def find(self, words: Sequence[tuple[str, int]]) -> list[FoundName]:
        """The names in a row of words, left to right, the longest that begins at each place."""
        plain = tuple(word for word, _ in words)
        found: list[FoundName] = []
        at = 0
        while at < len(plain):
            key = self._longest_at(plain, at)
            if key is None or (len(key) == 1 and _is_salt_of(found, words, at)):
                at += 1
                continue
            found.append(FoundName(self._names[key], at + len(key), words[at][1]))
            at += len(key)
        return found

    def _longest_at(self, plain: Key, at: int) -> Key | None:
        for key in self._by_first.get(plain[at], ()):
            if plain[at : at + len(key)] == key:
                return key
        return None

    def written(self) -> dict[str, Name]:
        """Every name as one text, for near misses."""
        return {" ".join(key): name for key, name in self._names.items()}


def _is_salt_of(found: Sequence[FoundName], words: Sequence[tuple[str, int]], at: int) -> bool:
    """Is the word there the salt of the name just before it, with nothing but a space (or another salt) between?"""
    if not found or words[at][0] not in _SALTS:
        return False
    for before in range(at, found[-1].word_after - 1, -1):
        word, start = words[before]
        previous, previous_start = words[before - 1]
        if word not in _SALTS or start != previous_start + len(previous) + 1:
            return False
    return True


def _joined(held: Name | None, new: Name) -> Name:
    """One meaning for a name that is given twice: the better right wins, equal rights make it ambiguous."""
    if held is None or new.rank < held.rank:
        return new
    if set(new.medicines) == set(held.medicines):
        return replace(held, depot=held.depot or new.depot, modified=held.modified or new.modified)
    if new.rank > held.rank:
        return held
    return replace(held, medicines=tuple(dict.fromkeys(held.medicines + new.medicines)), product="")


def _all_names(medicines: Mapping[str, Medicine], products: Mapping[str, Product]) -> Iterator[tuple[str, Name]]:
    for medicine in medicines.values():
        own = (medicine.name,)
        yield medicine.name, Name(own)
        for synonym in medicine.synonyms:
            yield synonym, Name(own, rank=2)
        for brand in medicine.brands:
            yield brand, Name(own, brand=brand, rank=3)
        for brand in medicine.modified_release_brands:
            yield brand, Name(own, brand=brand, modified=True, rank=3)
        for brand in medicine.depot_brands:
            yield brand, Name(own, brand=brand, depot=True, rank=3)
    for product in products.values():
        for number, written in enumerate((product.name, *product.synonyms)):
            brand = written if written[:1].isupper() else ""
            yield written, Name(product.ingredients, product=product.name, brand=brand, rank=1 if not number else 2)
