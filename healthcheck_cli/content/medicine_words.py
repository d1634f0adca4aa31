"""Finds what the content knows as a medicine in a sentence: names, brands, synonyms, and the titles of classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from healthcheck_cli.content.models import Content

MASK = "\ue000"
"""Stands for each letter of a name, so that what is found in the sentence has its place in the text."""

NOT_ONLY_MEDICINES = frozenset(
    {
        *("glucose", "cholesterol", "water", "alcohol", "caffeine", "iron", "calcium", "zinc", "fibre"),
        *("sodium", "potassium", "magnesium", "phosphate", "fluoride", "salt", "protein", "urea"),
        *("catheter", "catheters", "dressing", "dressings", "condom", "condoms", "spacer", "sensor", "lift"),
        *("shingles", "measles", "mumps", "rubella", "polio", "tetanus", "diphtheria", "platelets", "relief"),
    }
)
"""Names that are words of food, of the blood, of supplies and of diseases first: they alone do not show a medicine."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
_LONGEST_TITLE = 3  # words; a longer title of a class is a description, not what anybody calls it


class MedicineWords:
    """The names that one content holds, by their words in small letters."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(_WORD.findall(name.lower()))
            if words and words[0] not in NOT_ONLY_MEDICINES:
                self._names.setdefault(words[0], set()).add(words)

    @classmethod
    def of(cls, content: Content) -> MedicineWords:
        """Every name of a medicine, product or class."""
        return cls(_names(content))

    def masked(self, text: str) -> str:
        """The text with each letter of a name replaced by :data:`MASK`; everything else stays where it was.

        >>> MedicineWords(["senna"]).masked("Add senna.").replace(MASK, "#")
        'Add #####.'
        """
        words = [(found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text)]
        made, at = text, 0
        while at < len(words):
            length = self._longest(words, at)
            if length:
                start, end = words[at][1], words[at + length - 1][2]
                made = made[:start] + MASK * (end - start) + made[end:]
            at += length or 1
        return made

    def _longest(self, words: list[tuple[str, int, int]], at: int) -> int:
        names = self._names.get(words[at][0], ())
        fitting = (len(name) for name in names if tuple(it[0] for it in words[at : at + len(name)]) == name)
        return max(fitting, default=0)


NO_NAMES = MedicineWords()
"""Of no content: medicines are known by the words for kinds of them only."""


def _names(content: Content) -> Iterator[str]:
    for medicine in content.medicines.values():
        yield from (medicine.name, *medicine.synonyms, *medicine.every_brand)
    for product in content.products.values():
        yield from (product.name, *product.synonyms)
    for found in content.classes.values():
        if len(found.title.split()) <= _LONGEST_TITLE:
            yield from (found.title, found.title.removesuffix("s"))
