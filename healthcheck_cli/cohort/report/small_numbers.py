"""Counts as they may be shown outside a practice: 1 to 4 hidden, all others rounded to the nearest 5.

Rounding everything is what keeps the hidden ones hidden: a total less its other parts is uncertain by more than a
hidden count can be. Where the parts of a total would still give one away, none of them is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HIDDEN_UP_TO = 4
ROUNDED_TO = 5

Shown = int | None
"""A count as it is shown; None: hidden."""


@dataclass(frozen=True)
class SmallNumbers:
    """How counts are shown. ``exact``: as they are, for use inside the practice."""

    exact: bool

    def count(self, counted: int) -> Shown:
        """One count. Nobody stays nobody.

        >>> [SmallNumbers(exact=False).count(it) for it in (0, 1, 4, 5, 7, 8, 102)]
        [0, None, None, 5, 5, 10, 100]
        """
        if self.exact or counted == 0:
            return counted
        if counted <= HIDDEN_UP_TO:
            return None
        return ROUNDED_TO * ((counted + ROUNDED_TO // 2) // ROUNDED_TO)

    def parts(self, counted: Sequence[int]) -> tuple[Shown, ...]:
        """The parts of a total that is shown too. Where a hidden part could be worked out, all parts are hidden,
        those that are nobody too.

        >>> SmallNumbers(exact=False).parts([12, 40, 3]), SmallNumbers(exact=False).parts([4, 4, 0])
        ((10, 40, None), (None, None, None))
        """
        shown = tuple(map(self.count, counted))
        if self.exact or not _can_be_worked_out(shown, self.count(sum(counted))):
            return shown
        return (None,) * len(shown)


def _can_be_worked_out(shown: Sequence[Shown], total: Shown) -> bool:
    """Is there a hidden part that can be one number only, by what is shown of the others and of the total?

    Parts of so few people that no part need be above 4 are taken to be so: who knows how parts are hidden would
    learn from it that these had to be.
    """
    if None not in shown:
        return False
    if total is None or total <= 2 * ROUNDED_TO:
        return True
    lowest, highest = (sum(bounds(it)[end] for it in shown) for end in (0, 1))
    least = bounds(total)[0] - (highest - HIDDEN_UP_TO)
    most = bounds(total)[1] - (lowest - 1)
    return max(1, least) >= min(HIDDEN_UP_TO, most)


def bounds(shown: Shown) -> tuple[int, int]:
    """What a rounded count can be, by how it is shown.

    >>> bounds(None), bounds(0), bounds(5), bounds(60)
    ((1, 4), (0, 0), (5, 7), (58, 62))
    """
    if shown is None:
        return 1, HIDDEN_UP_TO
    if shown == 0:
        return 0, 0
    half = ROUNDED_TO // 2
    return max(HIDDEN_UP_TO + 1, shown - half), shown + half
