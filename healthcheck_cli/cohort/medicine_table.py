"""``medicines.parquet``: one row a medicine line with what was recognised and read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Column, by_distinct
from healthcheck_cli.cohort.duck_tables import DuckTables, known, numbers_of, texts_of
from healthcheck_cli.cohort.entries import Entries
from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.medicines.models import Match

_DOSES_OF = "psychotropic_or_asm"  # the class of whose members the amount of substance a day is worked out here

_MEDICINES = """
COPY (
  SELECT ids.person_id, files.text AS file, lines.row::INTEGER AS row, texts.text, dosages.text AS dosage,
         named.match, named.ingredients, held.classes, held.possible_classes, taken.route,
         CASE lines.currency WHEN 0 THEN 'current' WHEN 1 THEN 'not_current' ELSE 'duplicate' END AS currency,
         taken.prn, taken.dose_read, taken.directions_daily_low, taken.directions_daily_high,
         taken.directions_daily_unit, doses.daily_low, doses.daily_high, doses.daily_unit,
         doses.percent_of_max_low, doses.percent_of_max_high
  FROM lines
  JOIN ids ON ids.person = lines.person
  JOIN files ON files.code = lines.file
  JOIN texts ON texts.code = lines.text
  JOIN dosages ON dosages.code = lines.dosage
  JOIN named ON named.code = lines.named
  JOIN held ON held.code = lines.held
  JOIN taken ON taken.code = lines.taken
  JOIN doses ON doses.code = lines.dose
) TO ? (FORMAT parquet)
"""


class MedicineTable:
    """Writes the medicine lines of an extract."""

    def __init__(self, lines: Lines, entries: Entries, tables: DuckTables, *, with_texts: bool) -> None:
        """``with_texts``: without, the texts of medicine lines, which may name anybody, are left out."""
        self._lines = lines
        self._entries = entries
        self._tables = tables
        self._with_texts = with_texts

    def write(self, path: Path) -> None:
        """One row a medicine line with what was recognised and read."""
        lines, rows = self._lines, self._lines.rows
        doses = self._doses()
        columns: dict[str, Column[Any]] = {
            "file": rows.file,
            "text": rows.text,
            "dosage": rows.dosage,
            "named": lines.recognised,
            "held": self._entries.held,
            "taken": lines.directions,
            "dose": doses,
        }
        currency = np.where(lines.current, 0, np.where(lines.duplicate, 2, 1)).astype(np.int8)
        codes = {name: column.codes for name, column in columns.items()}
        self._tables.table("lines", {"person": lines.person, "row": rows.number, "currency": currency, **codes})
        for name, column in (("files", rows.file), ("texts", rows.text), ("dosages", rows.dosage)):
            shown = column.values if self._with_texts or name == "files" else [""] * len(column.values)
            self._tables.table(name, {"code": np.arange(len(column.values)), "text": texts_of(shown)})
        self._named()
        self._taken()
        kinds = self._entries.kind.values
        held = [[kinds[code] for code in codes] for codes in self._entries.held.values]
        self._tables.lists(
            "held",
            {
                "classes": [sorted({name for kind in it for name in kind.classes}) for it in held],
                "possible_classes": [sorted({name for kind in it for name in kind.possible}) for it in held],
            },
        )
        self._tables.connection.execute(_MEDICINES, [str(path)])

    def _named(self) -> None:
        named = self._lines.recognised.values
        words = {"match": texts_of(it.match.value for it in named)}
        listed = [[one.name for one in it.ingredients] if it.match is Match.EXACT else [] for it in named]
        self._tables.lists("named", {"ingredients": listed}, words)

    def _taken(self) -> None:
        taken = self._lines.directions.values
        self._tables.table(
            "taken_texts",
            {
                "code": np.arange(len(taken)),
                "route": texts_of(it.route for it in taken),
                "prn": numbers_of(it.prn for it in taken),
                "dose_read": np.array([it.dosage.read for it in taken], bool),
                "directions_daily_low": numbers_of(it.dosage.daily_low for it in taken),
                "directions_daily_high": numbers_of(it.dosage.daily_high for it in taken),
                "directions_daily_unit": texts_of(it.dosage.dose_unit or "" for it in taken),
            },
        )
        self._tables.connection.execute(
            "CREATE OR REPLACE TEMP TABLE taken AS SELECT code, route, "
            "CASE WHEN NOT isnan(prn) THEN prn = 1 END AS prn, dose_read, directions_daily_unit, "
            f"{known('directions_daily_low')}, {known('directions_daily_high')} FROM taken_texts"
        )

    def _doses(self) -> Column[Any]:
        """How much of the first ingredient a day, of psychotropic and antiseizure medicines; None for others."""
        entries_of, lines = self._entries, self._lines
        entries, _ = entries_of.of_class(_DOSES_OF)
        asked = np.unique(entries_of.line[entries])
        columns = [it.taken(asked) for it in lines.dosed_by]

        def dose(index: int) -> tuple[Any, ...]:
            found = lines.ingredients(int(asked[index]))[0].dose
            ends = [(it.low, it.high) if it is not None else (None, None) for it in (found.daily, found.percent_of_max)]
            return (*ends[0], found.unit if found.daily is not None else "", *ends[1])

        some = by_distinct(dose, columns, len(asked))
        codes = np.zeros(len(lines), np.int32)
        codes[asked] = some.codes.astype(np.int32) + 1
        values = [(None, None, "", None, None), *some.values]
        names = ("daily_low", "daily_high", "daily_unit", "percent_of_max_low", "percent_of_max_high")
        parts: dict[str, Any] = {
            name: texts_of(it[place] for it in values)
            if name == "daily_unit"
            else numbers_of(it[place] for it in values)
            for place, name in enumerate(names)
        }
        self._tables.table("dose_texts", {"code": np.arange(len(values)), **parts})
        chosen = ", ".join(f"nullif({name}, '') AS {name}" if name == "daily_unit" else known(name) for name in names)
        self._tables.connection.execute(f"CREATE OR REPLACE TEMP TABLE doses AS SELECT code, {chosen} FROM dose_texts")
        return Column(codes, values)
