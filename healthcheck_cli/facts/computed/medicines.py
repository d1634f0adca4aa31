"""Counts over the medicine list, and of the tests that go with it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from healthcheck_cli.conditions.values import UNKNOWN_FACT, FactValue, Interval, PersonFacts
from healthcheck_cli.facts.care_dates import care_dates
from healthcheck_cli.facts.computed.shared import Compute, FactLookup, known
from healthcheck_cli.facts.lines import line_facts
from healthcheck_cli.facts.monitoring import Due, monitoring_due
from healthcheck_cli.facts.plain import date_of_birth
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


@dataclass(frozen=True)
class _Looked(Mapping[str, FactValue]):
    """Facts by name, each worked out when it is asked for."""

    sources: FactSources
    fact: FactLookup

    def __getitem__(self, name: str) -> FactValue:
        if name not in self.sources.content.facts:
            raise KeyError(name)
        return self.fact(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources.content.facts)

    def __len__(self) -> int:
        return len(self.sources.content.facts)


def _monitoring_overdue(sources: FactSources, fact: FactLookup) -> FactValue:
    """How many different tests are overdue, by the monitoring table. A weight is one test, whichever medicines ask for
    it. A test whose date is not known may be overdue, and so may those of a medicine that is not on the list."""
    record, reads = sources.record, sources.reads
    if not reads and not record.is_complete("medicines"):
        return UNKNOWN_FACT
    born, care = date_of_birth(record), care_dates(sources, fact)
    lines = line_facts(reads, sources.content.medicines, born, sources.as_of, None, care)
    person = PersonFacts(sources.as_of, _Looked(sources, fact), lines, record.is_complete("medicines"))
    found = monitoring_due(person, sources.content)
    overdue = [it for it in found if it.state is Due.OVERDUE]
    sure = {it.test.test for it in overdue}
    possible = {it.test.test for it in found if it.may_be_overdue}
    unnamed = any(read.current and read.recognised.match is not Match.EXACT for read in reads)
    most = len(possible) if person.medicines_complete and not unnamed else math.inf
    shown = "; ".join(f"{it.medicine}: {it.test.title}" for it in overdue)
    return known(Interval(len(sure), most), shown, tuple(sorted({row for it in overdue for row in it.rows})))


COMPUTATIONS: Mapping[str, Compute] = {
    "meds.lines_n": _current_lines,
    "meds.unrecognised_n": _unrecognised,
    "meds.monitoring_overdue_n": _monitoring_overdue,
}
