"""Run charts and process control charts of a share over time, and the signals that they show.

Fewer than 12 points: a run chart with the median. From 12 on: a P chart, with Laney's limits where the points scatter
more than their numbers of people explain. The four signals are those of leder-s96 in
drug_rules/sources.yaml; the last form, near a limit, is general knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import mean, median

FEWEST_FOR_LIMITS = 12
RUN = 7
"""So many points in a row, on one side of the centre line or all rising or falling, are a signal."""

_SIGMAS, _NEAR = 3.0, 2.0
_RANGES_TO_SIGMA = 1.128  # the mean of ranges of two, in standard deviations


@dataclass(frozen=True)
class Point:
    """One extract: how many of how many; of 0 is a gap."""

    counted: int
    of: int

    @property
    def share(self) -> float:
        """The share, as a fraction of 1."""
        return self.counted / self.of


@dataclass(frozen=True)
class Signal:
    """What more than chance may be behind; ``first`` and ``last`` are places of points, from 0."""

    says: str
    first: int
    last: int


@dataclass(frozen=True)
class ProcessChart:
    """``kind``: run, P or P'. ``limits``: (lower, upper) of each point; empty for a run chart."""

    kind: str
    shares: tuple[float, ...]
    centre: float
    limits: tuple[tuple[float, float], ...]
    signals: tuple[Signal, ...]


def process_chart(points: Sequence[Point]) -> ProcessChart:
    """The chart of some points, in the order of their days; none may be a gap. No base is moved: that needs a known
    cause and a person who decides it.

    >>> process_chart([Point(it, 100) for it in (10, 12, 11, 9)]).kind
    'run'
    """
    shares = tuple(point.share for point in points)
    if len(points) < FEWEST_FOR_LIMITS:
        centre = median(shares)
        return ProcessChart("run", shares, centre, (), tuple(_runs(shares, centre)))
    centre = sum(point.counted for point in points) / sum(point.of for point in points)
    sigmas = [sqrt(centre * (1 - centre) / point.of) for point in points]
    spread = _spread(shares, centre, sigmas)
    limits = tuple(
        (max(0.0, centre - _SIGMAS * sigma * spread), min(1.0, centre + _SIGMAS * sigma * spread)) for sigma in sigmas
    )
    away = [(share - centre) / (sigma * spread) if sigma else 0.0 for share, sigma in zip(shares, sigmas, strict=True)]
    signals = (*_outside(away), *_runs(shares, centre), *_near_a_limit(away))
    return ProcessChart("P'" if spread > 1 else "P", shares, centre, limits, signals)


def _spread(shares: Sequence[float], centre: float, sigmas: Sequence[float]) -> float:
    """By how much the points scatter more than chance alone makes them (Laney's sigma of z); never below 1."""
    if not all(sigmas):
        return 1.0
    z = [(share - centre) / sigma for share, sigma in zip(shares, sigmas, strict=True)]
    return max(1.0, mean(abs(second - first) for first, second in pairwise(z)) / _RANGES_TO_SIGMA)


def _outside(away: Sequence[float]) -> Iterator[Signal]:
    for place, distance in enumerate(away):
        if abs(distance) > _SIGMAS:
            yield Signal("a point outside the limits", place, place)


def _near_a_limit(away: Sequence[float]) -> Iterator[Signal]:
    """Two of three in a row beyond two thirds of the way to the same limit, and within it."""
    for first in range(len(away) - 2):
        three = away[first : first + 3]
        for side in (1, -1):
            if sum(_NEAR < side * it <= _SIGMAS for it in three) >= 2:
                yield Signal("two of three points near a limit", first, first + 2)


def _runs(shares: Sequence[float], centre: float) -> Iterator[Signal]:
    sides = [(place, share > centre) for place, share in enumerate(shares) if share != centre]
    yield from _long(sides, f"{RUN} or more in a row on one side of the centre line")
    steps = [(place, second > first) for place, (first, second) in enumerate(pairwise(shares), 1)]
    moves = [(place, up) for place, up in steps if shares[place] != shares[place - 1]]
    for signal in _long(moves, f"{RUN} or more in a row rising or falling", RUN - 1):
        yield Signal(signal.says, signal.first - 1, signal.last)


def _long(sides: Sequence[tuple[int, bool]], says: str, least: int = RUN) -> Iterator[Signal]:
    """Stretches of the same side of at least so many."""
    begun = 0
    for at in range(1, len(sides) + 1):
        if at == len(sides) or sides[at][1] != sides[begun][1]:
            if at - begun >= least:
                yield Signal(says, sides[begun][0], sides[at - 1][0])
            begun = at
