"""Counts over the medicine list."""

from __future__ import annotations

import math
from collections.abc import Mapping

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.sources import FactSources
from healthcheck_cli.medicines.models import Match


def _current_lines(sources: FactSources, _: FactLookup) -> FactValue:
    """Current lines. With no list at all it is unknown; an incomplete list has no upper end."""
    if not sources.record.medicines and not sources.record.is_complete("medicines"):
        return UNKNOWN_FACT
    current = sum(1 for read in sources.reads if read.current)
    most = current if sources.record.is_complete("medicines") else math.inf
    return known(Interval(current, most), f"{current} current medicine lines")


def _unrecognised(sources: FactSources, _: FactLookup) -> FactValue:
    """Current lines nobody could name. Those of the list supplied: more lines elsewhere are another matter."""
    if not sources.reads:
        return UNKNOWN_FACT if not sources.record.is_complete("medicines") else known(Interval.exactly(0))
    rows = tuple(read.row for read in sources.reads if read.current and read.recognised.match is not Match.EXACT)
    return known(
        Interval.exactly(len(rows)), f"{len(rows)} {'line' if len(rows) == 1 else 'lines'} not recognised", rows
    )


COMPUTATIONS: Mapping[str, Compute] = {
    "meds.lines_n": _current_lines,
    "meds.unrecognised_n": _unrecognised,
}
