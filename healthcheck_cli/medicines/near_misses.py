"""Names that look like what was written: offered to a person, never taken as a match."""

from __future__ import annotations

from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.normalise import words
from healthcheck_cli.medicines.product_form import is_form_word

_AT_LEAST_ALIKE = 80.0  # per cent of letters in common
_SHORTEST = 5
_MOST = 3


def near_misses(folded: str, index: NameIndex) -> tuple[str, ...]:
    """Up to three medicines whose names are nearest to a word of the text, nearest first.

    Clotrimazole is four letters in five the same as clomethiazole: that is why this is a suggestion and no more.
    """
    from rapidfuzz import fuzz, process

    known = index.written()
    written = [word for word, _ in words(folded) if len(word) >= _SHORTEST and not is_form_word(word)]
    scored: dict[str, float] = {}
    for word in written[:4]:
        for near, score, _ in process.extract(
            word, known.keys(), scorer=fuzz.ratio, score_cutoff=_AT_LEAST_ALIKE, limit=_MOST
        ):
            name = known[near]
            shown = name.product or " or ".join(name.medicines)
            scored[shown] = max(score, scored.get(shown, 0.0))
    return tuple(sorted(scored, key=lambda shown: (-scored[shown], shown))[:_MOST])
