"""A share of people as it may be shown: worked out from the numbers shown, so that it gives no others away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from healthcheck_cli.cohort.report.intervals import Range, wilson
from healthcheck_cli.cohort.report.small_numbers import Shown, SmallNumbers, bounds
from healthcheck_cli.cohort.report.tallies import Tally
from healthcheck_cli.content.indicator_models import Indicator

MOVED_BY_ROUNDING = 0.01
"""A share that rounding can move by more than this is shown from the lowest to the highest that it can be."""

FEW = 10
"""A percentage of fewer people than this comes with a warning."""


class Standing(str, Enum):
    """How much can be said of a share."""

    KNOWN = "known"
    RANGE = "range"  # of some it is not known, so it lies between two shares
    NOT_ASSESSED = "not_assessed"  # nothing is known of anybody
    NOBODY = "nobody"  # there is nobody to count
    HIDDEN = "hidden"  # the number of people is too small to be shown
    UNANSWERED = "unanswered"  # an extract cannot say it


@dataclass(frozen=True)
class Share:
    """An indicator with its numbers as they may be shown; None: hidden, or of ``counted`` that it was not assessed.

    ``percent``: from the lowest to the highest that it can be, by what is not known and by rounding; ``interval``:
    Wilson's 95% interval, from the low end of the lowest to the high end of the highest. None where there is none.
    ``ends``: the lowest and the highest share, each as (counted, of).
    """

    indicator: Indicator
    standing: Standing
    counted: Shown = None
    of: Shown = None
    unknown: Shown = None
    left_out: Shown = None
    may_belong: Shown = None
    percent: Range | None = None
    interval: Range | None = None
    ends: tuple[tuple[int, int], tuple[int, int]] | None = None
    needs: tuple[str, ...] = ()

    @property
    def of_few(self) -> bool:
        """Is it a share of so few people that it says little?"""
        return self.of is not None and 0 < self.of < FEW


def unanswered(indicator: Indicator) -> Share:
    """An indicator that an extract cannot answer."""
    return Share(indicator, Standing.UNANSWERED)


def share_of(indicator: Indicator, tally: Tally, small: SmallNumbers, needs: tuple[str, ...] = ()) -> Share:
    """The share that a tally comes to. ``needs``: what those who are not known wait for."""
    counted, of, unknown = map(small.count, (tally.counted, tally.of, tally.unknown))
    shown = Share(
        indicator, _standing(tally), counted, of, unknown,
        small.count(tally.left_out), small.count(tally.may_belong), needs=needs if tally.unknown else (),
    )  # fmt: skip
    if shown.standing is Standing.NOT_ASSESSED:
        return replace(shown, counted=None)  # that nobody was counted says nothing
    if shown.standing is Standing.NOBODY:
        return shown
    if counted is None or of is None:
        return replace(shown, standing=Standing.HIDDEN)
    least, most = _ends(counted, of, unknown, small)
    return replace(
        shown,
        percent=Range(least[0] / least[1], most[0] / most[1]),
        interval=Range(wilson(*least).low, wilson(*most).high),
        ends=(least, most),
    )


def _ends(counted: int, of: int, unknown: Shown, small: SmallNumbers) -> tuple[tuple[int, int], tuple[int, int]]:
    """The lowest and the highest that a share can be, each as (counted, of).

    Where rounding can move it by more than a hundredth, the ends are those of what the rounded counts can be.
    """
    more = bounds(None)[1] if unknown is None else unknown
    if small.exact:
        return (counted, of), (min(of, counted + more), of)
    fewest, largest = bounds(counted)[0], bounds(of)[1]
    highest, smallest = bounds(counted)[1], bounds(of)[0]
    if highest / smallest - fewest / largest <= MOVED_BY_ROUNDING:
        return (counted, of), (min(of, counted + more), of)
    return (fewest, largest), (min(smallest, highest + (bounds(unknown)[1] if unknown != 0 else 0)), smallest)


def _standing(tally: Tally) -> Standing:
    if tally.of == 0:
        return Standing.NOT_ASSESSED if tally.may_belong else Standing.NOBODY
    if tally.unknown == tally.of:
        return Standing.NOT_ASSESSED
    return Standing.RANGE if tally.unknown else Standing.KNOWN
