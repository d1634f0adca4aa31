"""``unassessed.parquet``: which rules could not be decided for whom, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from healthcheck_cli.cohort.columns import Column, Pool
from healthcheck_cli.cohort.duck_tables import DuckTables, texts_of
from healthcheck_cli.cohort.extract import Places
from healthcheck_cli.cohort.verdicts import Verdict
from healthcheck_cli.content.models import Rule

_ALL_ROWS = 3_000_000  # with more than so many undecided rules, a row may stand for many people

_UNASSESSED = """
COPY (
  SELECT ids.person_id, rules.rule, rules.level, missing.missing, gaps.people::INTEGER AS people
  FROM gaps
  LEFT JOIN ids ON ids.person = gaps.person
  JOIN rules ON rules.verdict = gaps.verdict
  JOIN missing ON missing.code = gaps.missing
) TO ? (FORMAT parquet)
"""


@dataclass(frozen=True)
class Undecided:
    """One rule: for everybody what is missing to decide it, None where it is decided."""

    rule: Rule
    missing: Column[tuple[str, ...] | None]


def undecided(verdicts: Sequence[Verdict]) -> list[Undecided]:
    """What the verdicts leave open. A rider is said beside another finding only, and is not missed."""
    return [Undecided(it.rule, it.undecided) for it in verdicts if not it.rule.rider]


def together(parts: Sequence[Sequence[Undecided]]) -> list[Undecided]:
    """What is undecided in the parts of an extract, as one."""
    if len(parts) == 1:
        return list(parts[0])
    found = []
    for of_rule in zip(*parts, strict=True):
        pool: Pool[tuple[str, ...] | None] = Pool([None])
        codes = []
        for it in of_rule:
            table = np.array([pool.code(value) for value in it.missing.values], np.int32)
            codes.append(table[it.missing.codes])
        found.append(Undecided(of_rule[0].rule, Column(np.concatenate(codes), pool.values)))
    return found


def write_unassessed(found: Sequence[Undecided], people: int, tables: DuckTables, path: Path) -> None:
    """One row a person and a rule that could not be decided. Where that were too many, a row without a person stands
    for everybody who has no row of their own for the rule (``people`` of them), and a person for whom the rule was
    decided has a row that misses nothing."""
    may_share = people * len(found) > _ALL_ROWS
    missing: list[tuple[str, ...]] = []
    parts = []
    for number, it in enumerate(found):
        part = _rows_of(it, share=may_share)
        parts.append(
            {**part, "missing": part["missing"] + len(missing), "verdict": np.full(len(part["person"]), number)}
        )
        missing.extend(value or () for value in it.missing.values)
    types = {"person": np.int32, "verdict": np.int16, "missing": np.int32, "people": np.int32}
    tables.table(
        "gap_rows",
        {
            name: np.concatenate([np.zeros(0, kind), *(it[name] for it in parts)]).astype(kind)
            for name, kind in types.items()
        },
    )
    tables.connection.execute(
        "CREATE OR REPLACE TEMP VIEW gaps AS "
        "SELECT CASE WHEN person >= 0 THEN person END AS person, verdict, missing, people FROM gap_rows"
    )
    rules = [it.rule for it in found]
    tables.table(
        "rules",
        {
            "verdict": np.arange(len(rules)),
            "rule": texts_of(rule.id for rule in rules),
            "level": texts_of(rule.level.value for rule in rules),
        },
    )
    tables.lists("missing", {"missing": missing})
    tables.connection.execute(_UNASSESSED, [str(path)])


def _rows_of(one: Undecided, *, share: bool) -> dict[str, Places]:
    """The rows of one rule: person (-1: many), place of what is missing, and how many people the row stands for."""
    is_open = one.missing.where(lambda missing: missing is not None)
    codes = one.missing.codes
    decided = one.missing.values.index(None) if None in one.missing.values else 0
    counts = np.bincount(codes[is_open], minlength=len(one.missing.values))
    common = int(np.argmax(counts)) if len(counts) else 0
    own = is_open
    shared: list[int] = []
    if share and counts[common] > len(codes) - counts.sum():  # fewer rows than one for each undecided person
        own, shared = codes != common, [common]
    person = np.flatnonzero(own)
    return {
        "person": np.concatenate([np.full(len(shared), -1), person]),
        "missing": np.concatenate([np.array(shared, np.int64), np.where(is_open, codes, decided)[person]]),
        "people": np.concatenate([counts[shared], is_open[person].astype(np.int64)]),
    }
