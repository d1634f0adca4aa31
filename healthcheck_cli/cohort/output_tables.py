"""The tables of ``review --out``, written by DuckDB from columns of codes: texts are joined in at the very end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from healthcheck_cli.cohort.columns import Column, by_distinct
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.people_table import people_columns
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import Told
from healthcheck_cli.medicines.models import Match

_DOSES_OF = "psychotropic_or_asm"  # the class of whose members the amount of substance a day is worked out here
_ALL_ROWS = 3_000_000  # with more than so many undecided rules, a row may stand for many people

_FINDINGS = """
COPY (
  SELECT ids.person_id, verdicts.rule, verdicts.level, verdicts.themes[1] AS theme, verdicts.themes,
         coalesce(about.rows, []::INTEGER[]) AS rows, coalesce(why.because, '[]') AS because,
         coalesce(others.stands_for, []::VARCHAR[]) AS stands_for
  FROM findings
  JOIN ids ON ids.person = findings.person
  JOIN verdicts ON verdicts.verdict = findings.verdict
  LEFT JOIN others ON others.finding = findings.finding
  LEFT JOIN (SELECT finding, list(DISTINCT row ORDER BY row)::INTEGER[] AS rows FROM about GROUP BY finding) about
    ON about.finding = findings.finding
  LEFT JOIN (
    SELECT finding, '[' || string_agg(part, ', ' ORDER BY place) || ']' AS because FROM (
      SELECT reasons.finding, reasons.place,
             texts.beginning || coalesce(string_agg(DISTINCT behind.row::VARCHAR, ', '), '') || ']}' AS part
      FROM reasons JOIN reason_texts texts ON texts.reason = reasons.reason
      LEFT JOIN behind ON behind.finding = reasons.finding AND behind.place = reasons.place
      GROUP BY reasons.finding, reasons.place, texts.beginning)
    GROUP BY finding) why ON why.finding = findings.finding
  ORDER BY findings.person, verdicts.rule
) TO ? (FORMAT parquet)
"""

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

_UNASSESSED = """
COPY (
  SELECT ids.person_id, rules.rule, rules.level, missing.missing, gaps.people::INTEGER AS people
  FROM gaps
  LEFT JOIN ids ON ids.person = gaps.person
  JOIN rules ON rules.verdict = gaps.verdict
  JOIN missing ON missing.code = gaps.missing
  ORDER BY gaps.person IS NOT NULL, gaps.verdict
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
        *,
        with_texts: bool,
    ) -> None:
        """``ids``: what each person is called in the tables. ``with_texts``: without, the texts of medicine lines,
        which may name anybody, are left out."""
        self._reviewed = reviewed
        self._told = told
        self._connection = connection
        self._with_texts = with_texts
        self._table("ids", {"person": np.arange(len(ids)), "person_id": _texts(ids)})

    def people(self, path: Path) -> None:
        """One row a person, in the order of the input."""
        columns = people_columns(self._reviewed, self._told)
        self._table("people_columns", {"person": np.arange(len(self._reviewed.extract)), **columns.numbers})
        listed = []
        for name, column in columns.lists.items():
            self._table(f"list_{name}", {"code": np.arange(len(column.values)), "value": _texts(column.values)})
            self._table(
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
        self._connection.execute(
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
        self._table("findings", {"finding": number, "person": told.person, "verdict": verdict})
        ways = [(it.rule, fired) for it in verdicts for fired in it.fired.values]
        self._table(
            "verdict_texts",
            {
                "verdict": np.arange(len(ways)),
                "rule": _texts(rule.id for rule, _ in ways),
                "level": _texts(fired.level.value for _, fired in ways),
                "listed": _texts(",".join(rule.themes) for rule, _ in ways),
            },
        )
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE verdicts AS "
            "SELECT verdict, rule, level, string_split(listed, ',') AS themes FROM verdict_texts"
        )
        self._table(
            "other_texts",
            {
                "finding": np.fromiter(told.stands_for, np.int64, len(told.stands_for)),
                "listed": _texts(",".join(others) for others in told.stands_for.values()),
            },
        )
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE others AS "
            "SELECT finding, string_split(listed, ',') AS stands_for FROM other_texts"
        )
        self._reasons(verdict)
        self._connection.execute(_FINDINGS, [str(path)])

    def _reasons(self, verdict: Places) -> None:
        """For each finding its reasons in order, and the rows behind each and behind the finding."""
        ways = [fired for it in self._reviewed.verdicts for fired in it.fired.values]
        order = np.argsort(verdict, kind="stable")
        edges = np.searchsorted(verdict[order], np.arange(len(ways) + 1))
        reasons: list[tuple[str, str]] = []
        listed: list[list[Any]] = [[], [], []]
        behind: list[list[Any]] = [[], [], []]
        about: list[list[Any]] = [[], []]
        for way, fired in enumerate(ways):
            findings = order[edges[way] : edges[way + 1]]
            if not len(findings):
                continue
            for place, reason in enumerate(fired.reasons):
                listed[0].append(findings)
                listed[1].append(np.full(len(findings), place))
                listed[2].append(np.full(len(findings), len(reasons)))
                reasons.append((reason.fact, reason.value))
                which, rows = self._rows_of(findings, reason.sources)
                behind[0].append(which)
                behind[1].append(np.full(len(which), place))
                behind[2].append(rows)
            which, rows = self._rows_of(findings, fired.sources)
            about[0].append(which)
            about[1].append(rows)
        self._table("reasons", dict(zip(("finding", "place", "reason"), map(_joined, listed), strict=True)))
        self._table("behind", dict(zip(("finding", "place", "row"), map(_joined, behind), strict=True)))
        self._table("about", dict(zip(("finding", "row"), map(_joined, about), strict=True)))
        beginnings = [f'{{"fact": {_quoted(fact)}, "value": {value}, "rows": [' for fact, value in reasons]
        self._table("reason_texts", {"reason": np.arange(len(reasons)), "beginning": _texts(beginnings)})

    def _rows_of(self, findings: Places, sources: Sequence[int]) -> tuple[Places, Places]:
        """The rows behind some findings: finding, row."""
        person = self._told.person[findings]
        by_person = np.argsort(person, kind="stable")
        found: list[tuple[Places, Places]] = []
        for source in sources:
            if source >= 0:
                found.append((findings, np.full(len(findings), source)))
                continue
            behind = self._reviewed.rows_behind(source)
            place = np.searchsorted(person[by_person], behind.person)
            place[place == len(person)] = 0
            theirs = person[by_person][place] == behind.person
            found.append((findings[by_person][place[theirs]], behind.row[theirs]))
        return _joined([it for it, _ in found]), _joined([it for _, it in found])

    def medicines(self, path: Path) -> None:
        """One row a medicine line with what was recognised and read."""
        reviewed = self._reviewed
        lines, rows = reviewed.lines, reviewed.lines.rows
        doses = self._doses()
        columns: dict[str, Column[Any]] = {
            "file": rows.file,
            "text": rows.text,
            "dosage": rows.dosage,
            "named": lines.recognised,
            "held": reviewed.entries.held,
            "taken": lines.directions,
            "dose": doses,
        }
        currency = np.where(lines.current, 0, np.where(lines.duplicate, 2, 1)).astype(np.int8)
        codes = {name: column.codes for name, column in columns.items()}
        self._table("lines", {"person": lines.person, "row": rows.number, "currency": currency, **codes})
        for name, column in (("files", rows.file), ("texts", rows.text), ("dosages", rows.dosage)):
            shown = column.values if self._with_texts or name == "files" else [""] * len(column.values)
            self._table(name, {"code": np.arange(len(column.values)), "text": _texts(shown)})
        self._named()
        self._taken()
        kinds = reviewed.entries.kind.values
        held = [[kinds[code] for code in codes] for codes in reviewed.entries.held.values]
        self._lists(
            "held",
            {
                "classes": [sorted({name for kind in it for name in kind.classes}) for it in held],
                "possible_classes": [sorted({name for kind in it for name in kind.possible}) for it in held],
            },
        )
        self._connection.execute(_MEDICINES, [str(path)])

    def _named(self) -> None:
        named = self._reviewed.lines.recognised.values
        words = {"match": _texts(it.match.value for it in named)}
        listed = [[one.name for one in it.ingredients] if it.match is Match.EXACT else [] for it in named]
        self._lists("named", {"ingredients": listed}, words)

    def _taken(self) -> None:
        taken = self._reviewed.lines.directions.values
        self._table(
            "taken_texts",
            {
                "code": np.arange(len(taken)),
                "route": _texts(it.route for it in taken),
                "prn": _numbers(it.prn for it in taken),
                "dose_read": np.array([it.dosage.read for it in taken], bool),
                "directions_daily_low": _numbers(it.dosage.daily_low for it in taken),
                "directions_daily_high": _numbers(it.dosage.daily_high for it in taken),
                "directions_daily_unit": _texts(it.dosage.dose_unit or "" for it in taken),
            },
        )
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE taken AS SELECT code, route, "
            "CASE WHEN NOT isnan(prn) THEN prn = 1 END AS prn, dose_read, directions_daily_unit, "
            f"{_known('directions_daily_low')}, {_known('directions_daily_high')} FROM taken_texts"
        )

    def _doses(self) -> Column[Any]:
        """How much of the first ingredient a day, of psychotropic and antiseizure medicines; None for others."""
        reviewed, lines = self._reviewed, self._reviewed.lines
        entries, _ = reviewed.entries.of_class(_DOSES_OF)
        asked = np.unique(reviewed.entries.line[entries])
        columns = [it.taken(asked) for it in (lines.recognised, lines.directions, lines.years)]

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
            name: _texts(it[place] for it in values) if name == "daily_unit" else _numbers(it[place] for it in values)
            for place, name in enumerate(names)
        }
        self._table("dose_texts", {"code": np.arange(len(values)), **parts})
        chosen = ", ".join(name if name == "daily_unit" else _known(name) for name in names)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE doses AS SELECT code, {chosen} FROM dose_texts")
        return Column(codes, values)

    def unassessed(self, path: Path) -> None:
        """One row a person and a rule that could not be decided. Where that were too many, a row without a person
        stands for everybody who has no row of their own for the rule (``people`` of them), and a person for whom the
        rule was decided has a row that misses nothing."""
        verdicts = [it for it in self._reviewed.verdicts if not it.rule.rider]
        everyone = len(self._reviewed.extract)
        whole = everyone * len(verdicts) <= _ALL_ROWS
        rows: list[list[Any]] = [[], [], [], []]
        missing: list[tuple[str, ...]] = [()]
        for number, it in enumerate(verdicts):
            first = len(missing)
            missing.extend(found or () for found in it.undecided.values)
            person = it.open_people
            codes = it.undecided.codes[person].astype(np.int64) + first
            people = np.ones(len(codes), np.int64)
            if not whole and len(codes) * 2 > everyone:
                person, codes, people = _shared(person, codes, everyone)
            rows[0].append(person)
            rows[1].append(np.full(len(person), number))
            rows[2].append(codes)
            rows[3].append(people)
        self._table("gap_rows", dict(zip(("person", "verdict", "missing", "people"), map(_joined, rows), strict=True)))
        self._connection.execute(
            "CREATE OR REPLACE TEMP VIEW gaps AS "
            "SELECT CASE WHEN person >= 0 THEN person END AS person, verdict, missing, people FROM gap_rows"
        )
        self._table(
            "rules",
            {
                "verdict": np.arange(len(verdicts)),
                "rule": _texts(it.rule.id for it in verdicts),
                "level": _texts(it.rule.level.value for it in verdicts),
            },
        )
        self._lists("missing", {"missing": missing})
        self._connection.execute(_UNASSESSED, [str(path)])

    def _lists(
        self, name: str, lists: Mapping[str, Sequence[Sequence[str]]], words: Mapping[str, Any] | None = None
    ) -> None:
        """A table of a code and lists of texts."""
        length = len(next(iter(lists.values())))
        texts = {key: _texts("\x1f".join(it) for it in values) for key, values in lists.items()}
        self._table(f"{name}_texts", {"code": np.arange(length), **(words or {}), **texts})
        split = ", ".join(
            f"CASE WHEN {key} = '' THEN []::VARCHAR[] ELSE string_split({key}, chr(31)) END AS {key}" for key in lists
        )
        plain = "".join(f"{key}, " for key in words or {})
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT code, {plain}{split} FROM {name}_texts"
        )

    def _table(self, name: str, columns: Mapping[str, Any]) -> None:
        self._connection.register("given_columns", dict(columns))
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given_columns")
        self._connection.unregister("given_columns")


def _shared(person: Places, codes: Places, everyone: int) -> tuple[Places, Places, Places]:
    """Rows of those who differ from the commonest case, and one (person -1) that stands for all others."""
    common, count = Counter(map(int, codes[:: max(1, len(codes) // 10_000)])).most_common(1)[0]
    del count
    differs = codes != common
    open_ = np.zeros(everyone, bool)
    open_[person] = True
    decided = np.flatnonzero(~open_)
    many = int(len(codes) - differs.sum())
    return (
        np.concatenate([[-1], person[differs], decided]),
        np.concatenate([[common], codes[differs], np.zeros(len(decided), np.int64)]),
        np.concatenate([[many], np.ones(int(differs.sum()), np.int64), np.zeros(len(decided), np.int64)]),
    )


def _joined(parts: Sequence[Any]) -> Places:
    return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int64)


def _texts(values: Any) -> Any:
    found = list(values)
    return np.array(found, object) if found else np.zeros(0, "<U1")


def _numbers(values: Any) -> Any:
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)


def _known(column: str) -> str:
    return f"CASE WHEN NOT isnan({column}) AND NOT isinf({column}) THEN {column} END AS {column}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
