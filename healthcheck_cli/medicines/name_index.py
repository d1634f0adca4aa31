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


_LONG_ENOUGH_FOR_A_SLIP = 5  # letters; shorter words are one letter off too many others


@dataclass(frozen=True)
class Name:
    """What one name means. More than one medicine and no ``product``: the name alone cannot decide.

    ``depot`` and ``modified``: the brand itself is a long-acting injection, or releases slowly. ``other_route``: it
    does not go by the usual route of its medicine, or not always.
    """

    medicines: tuple[str, ...]
    product: str = ""
    brand: str = ""
    depot: bool = False
    modified: bool = False
    other_route: bool = False
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
        for written, name in all_names(medicines, products):
            key = name_key(written)
            if key:
                self._names[key] = _joined(self._names.get(key), name)
        self._longer: dict[Key, list[tuple[bool, str, Name]]] = {}
        for key, name in self._names.items():
            for before, word, rest in ((True, key[0], key[1:]), (False, key[-1], key[:-1])):
                if rest in self._names and len(word) >= _LONG_ENOUGH_FOR_A_SLIP:
                    self._longer.setdefault(rest, []).append((before, word, name))
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

    def slip_of_longer(self, words: Sequence[tuple[str, int]], found: Sequence[FoundName]) -> Name | None:
        """A longer name that the text means but for a slip of the pen: "lithium citraie", "promethazine teoclat".

        That is a name that was found, with a word beside it that is one letter off the word which a longer name has
        there, and the longer name means other medicines. What is there is then no match of the shorter name.
        """
        plain = tuple(word for word, _ in words)
        for one in found:
            for at in range(one.word_after - 1, -1, -1):
                if words[at][1] == one.start:
                    break
            for before, word, name in self._longer.get(plain[at : one.word_after], ()):
                beside = at - 1 if before else one.word_after
                if not 0 <= beside < len(plain) or set(name.medicines) == set(one.name.medicines):
                    continue
                if _is_one_off(plain[beside], word):
                    return name
        return None

    def _longest_at(self, plain: Key, at: int) -> Key | None:
        for key in self._by_first.get(plain[at], ()):
            if plain[at : at + len(key)] == key:
                return key
        return None

    def written(self) -> dict[str, Name]:
        """Every name as one text, for near misses."""
        return {" ".join(key): name for key, name in self._names.items()}


def _is_one_off(written: str, word: str) -> bool:
    """Is it the word but for one letter left out, put in, changed, or two that changed places?"""
    if written == word or abs(len(written) - len(word)) > 1 or (written[0] != word[0] and written[-1] != word[-1]):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(written, word, score_cutoff=1) <= 1


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


def all_names(medicines: Mapping[str, Medicine], products: Mapping[str, Product]) -> Iterator[tuple[str, Name]]:
    """Every name as it is written, with what it means; a name that is given twice comes twice."""
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
        for brand in medicine.other_route_brands:
            yield brand, Name(own, brand=brand, other_route=True, rank=3)
    for product in products.values():
        for number, written in enumerate((product.name, *product.synonyms)):
            brand = written if written[:1].isupper() else ""
            yield written, Name(product.ingredients, product=product.name, brand=brand, rank=1 if not number else 2)
