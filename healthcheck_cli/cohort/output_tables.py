"""The tables of ``review --out``, written by DuckDB from columns of codes: texts are joined in at the very end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from healthcheck_cli.cohort.duck_tables import DuckTables, joined, texts_of
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.people_table import people_columns
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import Told
from healthcheck_cli.cohort.unassessed_table import undecided, write_unassessed
from healthcheck_cli.content.models import Rule

_FINDINGS = """
COPY (
  SELECT ids.person_id, verdicts.rule, verdicts.level, verdicts.themes[1] AS theme,
         coalesce(merged.themes, verdicts.themes) AS themes,
         coalesce(about.rows, []::INTEGER[]) AS rows, coalesce(why.because, '[]') AS because,
         coalesce(others.stands_for, []::VARCHAR[]) AS stands_for
  FROM findings
  JOIN ids ON ids.person = findings.person
  JOIN verdicts ON verdicts.verdict = findings.verdict
  LEFT JOIN others ON others.finding = findings.finding
  LEFT JOIN merged ON merged.finding = findings.finding
  LEFT JOIN (SELECT finding, list(DISTINCT row ORDER BY row)::INTEGER[] AS rows FROM about GROUP BY finding) about
    ON about.finding = findings.finding
  LEFT JOIN (
    SELECT finding, '[' || string_agg(part, ', ' ORDER BY place) || ']' AS because FROM (
      SELECT told.finding, min(told.place) AS place, told.part FROM (
        SELECT reasons.finding, reasons.place,
               texts.beginning || coalesce(array_to_string(list(DISTINCT behind.row ORDER BY behind.row), ', '), '')
                 || ']}' AS part
        FROM reasons JOIN reason_texts texts ON texts.reason = reasons.reason
        LEFT JOIN behind ON behind.finding = reasons.finding AND behind.place = reasons.place
        GROUP BY reasons.finding, reasons.place, texts.beginning) told
      LEFT JOIN merged ON merged.finding = told.finding
      GROUP BY told.finding, told.part, CASE WHEN merged.finding IS NULL THEN told.place END)
    GROUP BY finding) why ON why.finding = findings.finding
  ORDER BY findings.person, verdicts.rule
) TO ? (FORMAT parquet)
"""

_MOST_REASONS = 10_000  # of one rule: reasons of rules that are told with another come after that one's own


class OutputTables:
    """Writes the tables of one part of an extract into a folder."""

    def __init__(
        self,
        reviewed: ReviewedExtract,
        told: Told,
        connection: duckdb.DuckDBPyConnection,
        ids: Sequence[str],
    ) -> None:
        """``ids``: what each person is called in the tables."""
        self._reviewed = reviewed
        self._told = told
        self._tables = DuckTables(connection, ids)

    def people(self, path: Path) -> None:
        """One row a person, in the order of the input."""
        columns = people_columns(self._reviewed, self._told)
        self._tables.table("people_columns", {"person": np.arange(len(self._reviewed.extract)), **columns.numbers})
        listed = []
        for name, column in columns.lists.items():
            self._tables.table(
                f"list_{name}", {"code": np.arange(len(column.values)), "value": texts_of(column.values)}
            )
            self._tables.table(
                f"codes_{name}", {"person": np.arange(len(column.codes)), "code": column.codes.astype(np.int32)}
            )
            listed.append(name)
        chosen = ", ".join(
            f"list_{name}.value AS {name}"
            if name in columns.words
            else f"string_split(list_{name}.value, chr(31))"
            f"[:CASE WHEN list_{name}.value = '' THEN 0 ELSE 1000 END] AS {name}"
            for name in listed
        )
        joins = " ".join(
            f"JOIN codes_{name} ON codes_{name}.person = people_columns.person "
            f"JOIN list_{name} ON list_{name}.code = codes_{name}.code"
            for name in listed
        )
        numbers = ", ".join(
            f"CASE WHEN isnan(people_columns.{name}) OR isinf(people_columns.{name}) THEN NULL "
            f"ELSE people_columns.{name} END{'' if name in columns.fractions else '::INTEGER'} AS {name}"
            for name in columns.numbers
        )
        self._tables.connection.execute(
            f"COPY (SELECT ids.person_id, {numbers}, {chosen} FROM people_columns JOIN ids "
            f"ON ids.person = people_columns.person {joins} ORDER BY people_columns.person) TO ? (FORMAT parquet)",
            [str(path)],
        )

    def findings(self, path: Path) -> None:
        """One row a finding that is shown."""
        told, verdicts = self._told, self._reviewed.verdicts
        starts = np.cumsum([0, *(len(verdict.fired.values) for verdict in verdicts)])
        number = np.arange(len(told.person))
        verdict = starts[told.verdict] + told.how if len(told.person) else told.verdict
        self._tables.table("findings", {"finding": number, "person": told.person, "verdict": verdict})
        ways = [(it.rule, fired) for it in verdicts for fired in it.fired.values]
        self._tables.table(
            "verdict_texts",
            {
                "verdict": np.arange(len(ways)),
                "rule": texts_of(rule.id for rule, _ in ways),
                "level": texts_of(fired.level.value for _, fired in ways),
                "listed": texts_of(",".join(rule.themes) for rule, _ in ways),
            },
        )
        self._tables.connection.execute(
            "CREATE OR REPLACE TEMP TABLE verdicts AS "
            "SELECT verdict, rule, level, string_split(listed, ',') AS themes FROM verdict_texts"
        )
        self._tables.table(
            "other_texts",
            {
                "finding": np.fromiter(told.stands_for, np.int64, len(told.stands_for)),
                "listed": texts_of(",".join(others) for others in told.stands_for.values()),
            },
        )
        self._tables.connection.execute(
            "CREATE OR REPLACE TEMP TABLE others AS "
            "SELECT finding, string_split(listed, ',') AS stands_for FROM other_texts"
        )
        finding, way, rank = self._merged(starts, verdict, [rule for rule, _ in ways])
        zeros = np.zeros(len(number), np.int64)
        self._reasons(np.append(number, finding), np.append(verdict, way), np.append(zeros, rank))
        self._tables.connection.execute(_FINDINGS, [str(path)])

    def _merged(self, starts: Places, verdict: Places, rules: Sequence[Rule]) -> tuple[Places, Places, Places]:
        """The rules whose reasons are told with a finding of another: finding, way it fired, rank among those told
        there. ``verdict``: the way of each finding; ``rules``: the rule of each way."""
        told = self._told
        merged = [
            (place, starts[it] + how, rank)
            for place, them in told.merged.items()
            for rank, (it, how) in enumerate(them, 1)
        ]
        themes = {place: list(rules[verdict[place]].themes) for place in told.merged}
        for place, other, _ in merged:
            themes[place] += rules[other].themes
        self._tables.table(
            "merged_texts",
            {
                "finding": np.fromiter(themes, np.int64, len(themes)),
                "listed": texts_of(",".join(dict.fromkeys(it)) for it in themes.values()),
            },
        )
        self._tables.connection.execute(
            "CREATE OR REPLACE TEMP TABLE merged AS "
            "SELECT finding, string_split(listed, ',') AS themes FROM merged_texts"
        )
        finding, way, rank = np.array(merged, np.int64).reshape(-1, 3).T
        return finding, way, rank

    def _reasons(self, finding: Places, way_of: Places, rank: Places) -> None:
        """For each finding its reasons in order, and the rows behind each and behind the finding. A finding stands once
        for each rule whose reasons it tells, with the rank of that."""
        ways = [fired for it in self._reviewed.verdicts for fired in it.fired.values]
        order = np.argsort(way_of, kind="stable")
        edges = np.searchsorted(way_of[order], np.arange(len(ways) + 1))
        first = np.zeros(len(self._told.person), np.int64)
        reasons: list[tuple[str, str]] = []
        listed: list[list[Any]] = [[], [], []]
        behind: list[list[Any]] = [[], [], []]
        about: list[list[Any]] = [[], []]
        for way, fired in enumerate(ways):
            entries = order[edges[way] : edges[way + 1]]
            if not len(entries):
                continue
            findings = finding[entries]
            first[findings] = rank[entries] * _MOST_REASONS
            for place, reason in enumerate(fired.reasons):
                listed[0].append(findings)
                listed[1].append(first[findings] + place)
                listed[2].append(np.full(len(findings), len(reasons)))
                reasons.append((reason.fact, reason.value))
                which, rows = self._rows_of(findings, reason.sources)
                behind[0].append(which)
                behind[1].append(first[which] + place)
                behind[2].append(rows)
            which, rows = self._rows_of(findings, fired.sources)
            about[0].append(which)
            about[1].append(rows)
        self._tables.table("reasons", dict(zip(("finding", "place", "reason"), map(joined, listed), strict=True)))
        self._tables.table("behind", dict(zip(("finding", "place", "row"), map(joined, behind), strict=True)))
        self._tables.table("about", dict(zip(("finding", "row"), map(joined, about), strict=True)))
        beginnings = [f'{{"fact": {_quoted(fact)}, "value": {value}, "rows": [' for fact, value in reasons]
        self._tables.table("reason_texts", {"reason": np.arange(len(reasons)), "beginning": texts_of(beginnings)})

    def _rows_of(self, findings: Places, sources: Sequence[int]) -> tuple[Places, Places]:
        """The rows behind some findings: finding, row."""
        which, rows = self._reviewed.rows_of(self._told.person[findings], sources)
        return findings[which], rows

    def unassessed(self, path: Path) -> None:
        """One row a person and a rule that could not be decided, or one for many people."""
        write_unassessed(undecided(self._reviewed.verdicts), len(self._reviewed.extract), self._tables, path)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
