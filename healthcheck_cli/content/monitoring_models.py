"""Which tests go with which medicines, and how often: the monitoring table, as content says it."""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck_cli.conditions.tree import Condition
from healthcheck_cli.content.spans import Span
from healthcheck_cli.content.support import Place, Support


@dataclass(frozen=True)
class FirstTest:
    """A test that is due so long ``after`` the start. One from ``counts_from`` after the start on counts for it."""

    after: Span
    counts_from: Span
    support: Support


@dataclass(frozen=True)
class Interval:
    """Again ``every`` so long after the last one; overdue from ``overdue_after`` on, counted from the last one too.

    ``for_first``: only so long after the start. ``when``: only where that holds. Neither: the usual interval.
    """

    every: Span
    overdue_after: Span
    support: Support
    for_first: Span | None = None
    when: Condition | None = None


@dataclass(frozen=True)
class Threshold:
    """A result, or a change, that a clinician should hear of."""

    says: str
    support: Support


@dataclass(frozen=True)
class MonitoringTest:
    """One row of the table: a test that goes with some medicines.

    ``of``: medicine classes or single medicines, as conditions name them. ``test``: the fact whose date says when it
    was last done. ``who``: only people of whom this holds. ``base``: it is wanted at the start, and one that was done
    so long before the start or later counts. ``first`` and ``closer`` follow the start; ``usual`` goes on for as long
    as the medicine is taken (None: only at the start), and ``more_often`` replaces it for some people. ``told_by``: the
    rules that find it overdue.
    """

    id: str
    title: str
    of: tuple[str, ...]
    test: str
    place: Place
    support: Support
    who: Condition | None = None
    base: Span | None = None
    first: tuple[FirstTest, ...] = ()
    closer: tuple[Interval, ...] = ()
    usual: Interval | None = None
    more_often: tuple[Interval, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    told_by: tuple[str, ...] = ()
    note: str = ""

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """Every interval there is, the usual one first."""
        return (*((self.usual,) if self.usual is not None else ()), *self.more_often, *self.closer)
