"""Names that look like what was written: offered to a person, never taken as a match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from healthcheck_cli.medicines.name_index import Name, NameIndex
from healthcheck_cli.medicines.normalise import words
from healthcheck_cli.medicines.product_form import is_form_word
from healthcheck_cli.medicines.strength import quantities

_AT_LEAST_ALIKE = 80.0  # per cent of letters in common
_SHORTEST = 4
_SHORT = 6  # letters: so few are four in five the same as many words that are not meant
_LOOKED_AT = 12
_MOST_WORDS = 4
_MOST = 3
_WORDS_KEPT = 50_000


class NearMisses:
    """The names of an index that look like what was written.

    Lists of products repeat their words ("dressing", "catheter"), and to look through all names takes a thousand times
    as long as to read a text: what was found for a word is kept.
    """

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._nearest = lru_cache(_WORDS_KEPT)(self._look_for)

    def of(self, folded: str) -> tuple[str, ...]:
        """Up to three medicines whose names are nearest to a word of the text, or to two that follow, nearest first.

        Clotrimazole is four letters in five the same as clomethiazole: that is why this is a suggestion and no more.
        """
        scored: dict[str, float] = {}
        amount = bool(quantities(folded))
        for written in _looked_for([word for word, _ in words(folded)]):
            for shown, score in self._nearest(written, amount and len(written) < _SHORT):
                scored[shown] = max(score, scored.get(shown, 0.0))
        return tuple(sorted(scored, key=lambda shown: (-scored[shown], shown))[:_MOST])

    @cached_property
    def _known(self) -> tuple[list[str], list[str]]:
        """Every name as one text, and what it means."""
        written = self._index.written()
        return list(written), list(map(shown_name, written.values()))

    def _look_for(self, written: str, amount: bool) -> list[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        names, meanings = self._known
        most = _MOST if len(written) > _SHORT else _LOOKED_AT
        found = process.extract(written, names, scorer=fuzz.ratio, score_cutoff=_AT_LEAST_ALIKE, limit=most)
        near = [(meanings[place], score) for name, score, place in found if _is_near(written, name, amount)]
        return near[:_MOST]


def _is_near(written: str, name: str, amount: bool) -> bool:
    """Is a short word one slip of the pen away: a letter left out, put in or doubled, or two that changed places?

    Another letter in place of one makes "alert" the brand Axert: in five letters or fewer it is a slip only where an
    ``amount`` stands beside it, as with a medicine.
    """
    if len(written) > _SHORT:
        return True
    from rapidfuzz.distance import OSA

    another_letter = len(written) == len(name) and sorted(written) != sorted(name)
    slip = amount or len(written) == _SHORT or not another_letter
    return slip and OSA.distance(written, name, score_cutoff=1) <= 1


def shown_name(name: Name) -> str:
    """What a name means, as it is offered to a person."""
    return name.product or " or ".join(name.medicines)


def _looked_for(written: Sequence[str]) -> Iterator[str]:
    """The first words that may be a name, alone and each with the next one: "sdoium oxybate", "aller-eze"."""
    telling = [word for word in written if word[0].isalpha() and not is_form_word(word)][:_MOST_WORDS]
    yield from (word for word in telling if len(word) >= _SHORTEST)
    yield from (f"{first} {second}" for first, second in pairwise(telling))
