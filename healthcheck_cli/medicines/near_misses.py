"""Names that look like what was written: offered to a person, never taken as a match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from healthcheck_cli.medicines.name_index import Name, NameIndex
from healthcheck_cli.medicines.normalise import words
from healthcheck_cli.medicines.product_form import is_form_word

_AT_LEAST_ALIKE = 80.0  # per cent of letters in common
_SHORTEST = 4
_MOST_WORDS = 4
_MOST = 3


def near_misses(folded: str, index: NameIndex) -> tuple[str, ...]:
    """Up to three medicines whose names are nearest to a word of the text, or to two that follow, nearest first.

    Clotrimazole is four letters in five the same as clomethiazole: that is why this is a suggestion and no more.
    """
    from rapidfuzz import fuzz, process

    known = index.written()
    scored: dict[str, float] = {}
    for written in _looked_for([word for word, _ in words(folded)]):
        for near, score, _ in process.extract(
            written, known.keys(), scorer=fuzz.ratio, score_cutoff=_AT_LEAST_ALIKE, limit=_MOST
        ):
            shown = shown_name(known[near])
            scored[shown] = max(score, scored.get(shown, 0.0))
    return tuple(sorted(scored, key=lambda shown: (-scored[shown], shown))[:_MOST])


def shown_name(name: Name) -> str:
    """What a name means, as it is offered to a person."""
    return name.product or " or ".join(name.medicines)


def _looked_for(written: Sequence[str]) -> Iterator[str]:
    """The first words that may be a name, alone and each with the next one: "sdoium oxybate", "aller-eze"."""
    telling = [word for word in written if word[0].isalpha() and not is_form_word(word)][:_MOST_WORDS]
    yield from (word for word in telling if len(word) >= _SHORTEST)
    yield from (f"{first} {second}" for first, second in pairwise(telling))
