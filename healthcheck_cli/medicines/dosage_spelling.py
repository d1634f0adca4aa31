"""Slips of the keyboard in the words that carry a dose: "tablest", "daliy", "twcie", "requried".

One slip only, in a long word, towards one word only, and never from a word that is itself English. Anything else keeps
its spelling, and is then an unknown word like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from healthcheck_cli.medicines.dosage_words import UNSAFE, word_set

_LEAST_LETTERS = 5

_WORDS = word_set(
    """
    tablet tablets capsule capsules sachet sachets spoonful spoonfuls teaspoonful patch patches suppository
    suppositories micrograms microgram milligrams milligram units puffs spray sprays drops lozenge
    once twice three eight seven twenty quarter
    daily hourly weekly fortnightly monthly nightly times every alternate hours weeks months
    morning evening night nocte bedtime midday lunchtime teatime breakfast lunch dinner
    monday tuesday wednesday thursday friday saturday sunday
    required needed necessary directed instructed immediately maximum
    before taken
    increase increased increasing reduce reduced reducing decrease decreasing repeat exceed
    """
) | {word for word in UNSAFE if len(word) > _LEAST_LETTERS}  # "exept" must not pass as a word that says nothing

# Words and names that are one slip away from one above and mean something else.
_REAL = word_set(
    """
    betimes bonce cachet corning diner dinero dropsy eery eigh eighth even ever fever frieda height hourlong hurley
    inner knight launch lightly maximus meekly midway moaning mooning mooring moringa mourning needle needled needles
    neared never nonce note notes ounce ours patched patches path pathway pray quarters quartet ranched require requires
    rightly seeded seen slightly sorely spay spry squarer stable steven sundae sundar sundry table tabled tables talent
    thee there tightly tree trees veering vending very watches weakly weeded wheely winner
    """
)

_SHORT = {
    "dya": "day",
    "ady": "day",
    "dialy": "daily",
    "nite": "night",
    "wen": "when",
    "whn": "when",
    "tims": "times",
    "dayy": "day",
    "dayly": "daily",
    "til": "till",
    "tow": "two",
    "twise": "twice",
}


def _swaps(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _one_less(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _by_missing_letter() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word in _WORDS:
        for shorter in _one_less(word):
            found.setdefault(shorter, set()).add(word)
    return found


_MISSING = _by_missing_letter()


@lru_cache(maxsize=4096)
def respelt(word: str) -> str:
    """The word that was meant, or the word as it stands where that is not certain.

    >>> respelt("tablest"), respelt("daliy"), respelt("epilepsy")
    ('tablets', 'daily', 'epilepsy')
    """
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < _LEAST_LETTERS - 1 or word in _REAL or word in _WORDS:
        return word
    meant = {swapped for swapped in _swaps(word) if swapped in _WORDS}
    if not meant:
        meant = set(_MISSING.get(word, ()))
        meant.update(shorter for shorter in _one_less(word) if shorter in _WORDS)
    if not meant and len(word) > _LEAST_LETTERS:
        meant = {other for shorter in _one_less(word) for other in _MISSING.get(shorter, ()) if len(other) == len(word)}
    return meant.pop() if len(meant) == 1 else word
