"""How many people each indicator counts, of how many, and of how many it is not known. Exact numbers: never shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from healthcheck_cli.cohort.report.condition_sql import condition_sql, quoted
from healthcheck_cli.cohort.report.extract_files import ExtractFiles
from healthcheck_cli.cohort.report.people_table import PERSON, found_column, unknown_column
from healthcheck_cli.content.indicator_models import Indicator


@dataclass(frozen=True)
class Tally:
    """``of``: those it is a share of, less the ``left_out``. ``counted`` + ``not_counted`` + ``unknown`` make them up.
    ``may_belong``: people of whom it is not known whether they belong to them."""

    of: int
    counted: int
    unknown: int
    left_out: int
    may_belong: int

    @classmethod
    def of_numbers(cls, counted: int, not_counted: int, unknown: int, left_out: int, may_belong: int) -> Tally:
        """The tally of so many people of each standing."""
        return cls(counted + not_counted + unknown, counted, unknown, left_out, may_belong)

    @property
    def not_counted(self) -> int:
        """Those of whom it is known that they are not counted."""
        return self.of - self.counted - self.unknown


def tally_all(files: ExtractFiles, indicators: Iterable[Indicator]) -> dict[str, Tally]:
    """The tally of each indicator that an extract can answer, from the table of people, in one reading."""
    asked = [it for it in indicators if not it.unanswered]
    if not asked:
        return {}
    stands = ", ".join(f"{_stands(it, files)}::UTINYINT AS {quoted(it.id)}" for it in asked)
    files.execute(f"CREATE OR REPLACE TEMP TABLE standing AS SELECT {stands} FROM {PERSON}")
    counts = (f"SELECT {at}, {quoted(it.id)}, count(*) FROM standing GROUP BY 2" for at, it in enumerate(asked))
    numbers = [[0] * len(_STANDS) for _ in asked]
    for at, stand, people in files.rows(" UNION ALL ".join(counts)):
        if stand is not None:
            numbers[at][stand] = people
    return {it.id: Tally.of_numbers(*numbers[at]) for at, it in enumerate(asked)}


_STANDS = ("counted", "not counted", "unknown", "left out", "may belong")
"""How one person stands to an indicator, by number; who is not among those it is a share of has none."""


def _stands(indicator: Indicator, files: ExtractFiles) -> str:
    """The number of how a person stands, as SQL."""
    who = condition_sql(indicator.who) if indicator.who is not None else "TRUE"
    counted = condition_sql(indicator.counts) if indicator.counts is not None else _by_rules(indicator, files)
    left_out = f"WHEN {condition_sql(indicator.leave_out)} THEN 3 " if indicator.leave_out is not None else ""
    return (
        f"CASE ({who}) WHEN FALSE THEN NULL WHEN TRUE THEN CASE {left_out}"
        f"WHEN TRUE THEN coalesce(CASE ({counted}) WHEN TRUE THEN 0 WHEN FALSE THEN 1 END, 2) END ELSE 4 END"
    )


def _by_rules(indicator: Indicator, files: ExtractFiles) -> str:
    found = " OR ".join(map(found_column, indicator.rules))
    unknown = " OR ".join(map(unknown_column, indicator.rules))
    if indicator.assessed:
        absent = "FALSE" if indicator.found_in in files.run.complete else "NULL"
        return f"CASE WHEN {found} THEN TRUE WHEN {unknown} THEN {absent} ELSE TRUE END"
    yes, no = ("TRUE", "FALSE") if indicator.fired else ("FALSE", "TRUE")
    return f"CASE WHEN {found} THEN {yes} WHEN {unknown} THEN NULL ELSE {no} END"
