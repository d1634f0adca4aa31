"""The tables of ``review --out``, written by DuckDB from columns of codes: texts are joined in at the very end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from healthcheck_cli.cohort.duck_tables import DuckTables, known, whole
from healthcheck_cli.cohort.findings_table import finding_columns
from healthcheck_cli.cohort.people_table import SEPARATOR, people_columns
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import Told
from healthcheck_cli.cohort.unassessed_table import undecided, write_unassessed

_FINDINGS = """
COPY (
  SELECT person_id::VARCHAR AS person_id, said(ways.rule, way) AS rule, said(ways.level, way) AS level,
         said(ways.theme, way) AS theme, said(themed.themes, findings.themes) AS themes,
         ('[' || rows || ']')::INTEGER[] AS rows, because::VARCHAR AS because,
         said(others.stands_for, findings.stands_for) AS stands_for
  FROM findings, ways, themed, others
) TO ? (FORMAT parquet)
"""


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
        numbers = {
            name: known(values if name in columns.fractions else whole(values))
            for name, values in columns.numbers.items()
        }
        codes = {name: column.codes for name, column in columns.lists.items()}
        self._tables.given("people_columns", {"person_id": self._tables.ids, **numbers, **codes})
        for name, column in columns.lists.items():
            if name in columns.words:
                self._tables.coded(f"coded_{name}", texts={name: column.values})
            else:
                listed = [text.split(SEPARATOR) if text else [] for text in column.values]
                self._tables.coded(f"coded_{name}", lists={name: listed})
        said = [f"said(coded_{name}.{name}, people_columns.{name}) AS {name}" for name in codes]
        chosen = ", ".join(("person_id::VARCHAR AS person_id", *numbers, *said))
        coded = ", ".join(("people_columns", *(f"coded_{name}" for name in codes)))
        self._tables.connection.execute(f"COPY (SELECT {chosen} FROM {coded}) TO ? (FORMAT parquet)", [str(path)])

    def findings(self, path: Path) -> None:
        """One row a finding that is shown."""
        columns, tables = finding_columns(self._reviewed, self._told), self._tables
        (themes, listed_themes), (stands_for, listed_others) = columns.themes, columns.stands_for
        tables.given(
            "findings",
            {
                "person_id": tables.ids[columns.person],
                "way": columns.way,
                "because": columns.because,
                "rows": columns.rows,
                "themes": themes,
                "stands_for": stands_for,
            },
        )
        tables.coded(
            "ways",
            texts={
                "rule": [it.rule.id for it in columns.ways],
                "level": [it.fired.level.value for it in columns.ways],
                "theme": [it.rule.themes[0] for it in columns.ways],
            },
        )
        tables.coded("themed", lists={"themes": listed_themes})
        tables.coded("others", lists={"stands_for": listed_others})
        tables.connection.execute(_FINDINGS, [str(path)])

    def unassessed(self, path: Path) -> None:
        """One row a person and a rule that could not be decided, or one for many people."""
        write_unassessed([undecided(self._reviewed.verdicts)], len(self._reviewed.extract), self._tables, path)
