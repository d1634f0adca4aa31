"""``medicines.parquet``: one row a medicine line with what was recognised and read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from healthcheck_cli.cohort.columns import Codes, by_distinct
from healthcheck_cli.cohort.duck_tables import DuckTables, flags_of, numbers_of
from healthcheck_cli.cohort.entries import Entries
from healthcheck_cli.cohort.lines import Lines
from healthcheck_cli.medicines.models import Match

_DOSES_OF = "psychotropic_or_asm"  # the class of whose members the amount of substance a day is worked out here

_CURRENCIES = ("current", "not_current", "duplicate")

_MEDICINES = """
COPY (
  SELECT person_id::VARCHAR AS person_id, said(files.file, lines.file) AS file, row::INTEGER AS row,
         said(texts.text, lines.text) AS text, said(dosages.dosage, lines.dosage) AS dosage,
         said(match, named) AS match, said(ingredients, named) AS ingredients, said(classes, held) AS classes,
         said(possible_classes, held) AS possible_classes, said(route, taken) AS route,
         said(currencies.currency, lines.currency) AS currency, said(prn, taken) AS prn,
         said(dose_read, taken) AS dose_read, said(directions_daily_low, taken) AS directions_daily_low,
         said(directions_daily_high, taken) AS directions_daily_high,
         said(directions_daily_unit, taken) AS directions_daily_unit, said(daily_low, dose) AS daily_low,
         said(daily_high, dose) AS daily_high, said(daily_unit, dose) AS daily_unit,
         said(percent_of_max_low, dose) AS percent_of_max_low, said(percent_of_max_high, dose) AS percent_of_max_high
  FROM lines, files, texts, dosages, names, classes_held, currencies, directions, doses
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
        lines, rows, tables = self._lines, self._lines.rows, self._tables
        columns = {
            "person_id": tables.ids[lines.person],
            "row": rows.number,
            "file": rows.file.codes,
            "text": rows.text.codes,
            "dosage": rows.dosage.codes,
            "named": lines.recognised.codes,
            "held": self._entries.held.codes,
            "currency": np.where(lines.current, 0, np.where(lines.duplicate, 2, 1)).astype(np.int8),
            "taken": lines.directions.codes,
            "dose": self._doses(),
        }
        tables.given("lines", columns)
        tables.coded("files", texts={"file": rows.file.values})
        tables.coded("texts", texts={"text": self._shown(rows.text.values)})
        tables.coded("dosages", texts={"dosage": self._shown(rows.dosage.values)})
        tables.coded("currencies", texts={"currency": _CURRENCIES})
        self._named()
        self._held()
        self._taken()
        tables.connection.execute(_MEDICINES, [str(path)])

    def _shown(self, texts: Sequence[str]) -> Sequence[str]:
        return texts if self._with_texts else [""] * len(texts)

    def _named(self) -> None:
        named = self._lines.recognised.values
        self._tables.coded(
            "names",
            texts={"match": [it.match.value for it in named]},
            lists={
                "ingredients": [[one.name for one in it.ingredients] if it.match is Match.EXACT else [] for it in named]
            },
        )

    def _held(self) -> None:
        kinds = self._entries.kind.values
        held = [[kinds[code] for code in codes] for codes in self._entries.held.values]
        self._tables.coded(
            "classes_held",
            lists={
                "classes": [sorted({name for kind in it for name in kind.classes}) for it in held],
                "possible_classes": [sorted({name for kind in it for name in kind.possible}) for it in held],
            },
        )

    def _taken(self) -> None:
        taken = self._lines.directions.values
        self._tables.coded(
            "directions",
            texts={
                "route": [it.route for it in taken],
                "directions_daily_unit": [it.dosage.dose_unit or "" for it in taken],
            },
            others={
                "prn": flags_of(it.prn for it in taken),
                "dose_read": np.array([it.dosage.read for it in taken], bool),
                "directions_daily_low": numbers_of(it.dosage.daily_low for it in taken),
                "directions_daily_high": numbers_of(it.dosage.daily_high for it in taken),
            },
        )

    def _doses(self) -> Codes:
        """How much of the first ingredient a day, of psychotropic and antiseizure medicines; nothing for others."""
        lines = self._lines
        entries, _ = self._entries.of_class(_DOSES_OF)
        asked = np.flatnonzero(np.bincount(self._entries.line[entries], minlength=len(lines)))
        columns = [it.taken(asked) for it in lines.dosed_by]

        def dose(index: int) -> tuple[Any, ...]:
            found = lines.ingredients(int(asked[index]))[0].dose
            ends = [(it.low, it.high) if it is not None else (None, None) for it in (found.daily, found.percent_of_max)]
            return (*ends[0], found.unit if found.daily is not None else "", *ends[1])

        some = by_distinct(dose, columns, len(asked))
        codes = np.zeros(len(lines), np.int32)
        codes[asked] = some.codes.astype(np.int32) + 1
        nothing = (None, None, None, None, None)
        daily_low, daily_high, unit, low, high = zip(nothing, *some.values, strict=True)
        self._tables.coded(
            "doses",
            texts={"daily_unit": [it or None for it in unit]},
            others={
                "daily_low": numbers_of(daily_low),
                "daily_high": numbers_of(daily_high),
                "percent_of_max_low": numbers_of(low),
                "percent_of_max_high": numbers_of(high),
            },
        )
        return codes
