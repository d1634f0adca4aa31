"""What was worked out for one part of an extract, for the parts that come after it.

The codes of an extract are the same in all its parts; whatever is made through here keeps its codes too, by its name.
"""

from __future__ import annotations

from typing import Any

from healthcheck_cli.cohort.columns import Known, Pool, Share
from healthcheck_cli.cohort.row_sources import RowSources
from healthcheck_cli.cohort.traced import Traced
from healthcheck_cli.conditions.tree import Atom, Call


class Kept:
    """Results of functions of one extract, one content and one day, by name."""

    def __init__(self, share: Share | None = None) -> None:
        """``share``: what shares calls that take long among processors; without, all are made here."""
        self.share = share
        self.row_sources = RowSources()
        self.asked: dict[str, Atom | Call] = {}
        """The atoms and calls that stand behind the names of columns."""
        self._pools: dict[str, Pool[Any]] = {}
        self._known: dict[str, Known[Any]] = {}
        self._traced: dict[str, Traced[Any]] = {}

    def pool(self, name: str, first: Any = ...) -> Pool[Any]:
        """The codes of the values of that name; ``first``: what has the code 0."""
        if name not in self._pools:
            self._pools[name] = Pool() if first is ... else Pool([first])
        return self._pools[name]

    def known(self, name: str, pool: Pool[Any] | None = None, *, comparable: bool = True) -> Known[Any]:
        """What the function of that name gave; ``pool`` and ``comparable`` as for :class:`Known`."""
        if name not in self._known:
            self._known[name] = Known(pool, comparable=comparable)
        return self._known[name]

    def traced(self, name: str, first: Any = ...) -> Traced[Any]:
        """What the function of that name, which reads people, looked at and gave; ``first`` as for a pool."""
        if name not in self._traced:
            self._traced[name] = Traced(self.pool(name, first))
        return self._traced[name]
