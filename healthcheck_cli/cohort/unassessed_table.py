"""``unassessed.parquet``: which rules could not be decided for whom, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from healthcheck_cli.cohort.columns import Column, Pool
from healthcheck_cli.cohort.duck_tables import DuckTables
from healthcheck_cli.cohort.verdicts import Verdict
from healthcheck_cli.content.models import Rule

Numbers = NDArray[np.int32]

_ALL_ROWS = 3_000_000  # with more than so many undecided rules, a row may stand for many people

_UNASSESSED = """
COPY (
  SELECT person_id::VARCHAR AS person_id, said(texts.rule, code) AS rule, said(texts.level, code) AS level,
         said(texts.missing, code) AS missing, said(texts.people, code) AS people
  FROM gaps, texts
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


@dataclass(frozen=True)
class _Said:
    """What a row says but whose it is: ``missing`` for a rule, of so many people."""

    rule: Rule
    missing: Sequence[str]
    people: int


def write_unassessed(parts: Sequence[Sequence[Undecided]], people: int, tables: DuckTables, path: Path) -> None:
    """One row a person and a rule that could not be decided, in the order of rules and people. Where that were too
    many, a row without a person stands for everybody who has no row of their own for the rule (``people`` of them), and
    a person for whom the rule was decided has a row that misses nothing. ``parts``: what is undecided in each part of
    the extract."""
    may_share = people * len(parts[0]) > _ALL_ROWS
    said: list[_Said] = []
    person, codes = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for of_rule in zip(*parts, strict=True):
        whose, which, these = _rows_of(of_rule, share=may_share)
        person.append(whose)
        codes.append(which + np.int32(len(said)))
        said += these
    names = np.append(tables.ids, [None])  # whose place is the last, as -1 has it
    tables.given("gaps", {"person_id": names[np.concatenate(person)], "code": np.concatenate(codes)})
    tables.coded(
        "texts",
        texts={"rule": [it.rule.id for it in said], "level": [it.rule.level.value for it in said]},
        lists={"missing": [it.missing for it in said]},
        others={"people": np.array([it.people for it in said], np.int32)},
    )
    tables.connection.execute(_UNASSESSED, [str(path)])


def _rows_of(of_rule: Sequence[Undecided], *, share: bool) -> tuple[Numbers, Numbers, list[_Said]]:
    """The rows of one rule: whose each is (-1: of many), which of the list it says."""
    rule = of_rule[0].rule
    pool: Pool[tuple[str, ...] | None] = Pool([None] if len(of_rule) > 1 else ())
    tables = [np.array([pool.code(value) for value in it.missing.values], np.int32) for it in of_rule]
    counts = np.zeros(len(pool.values), np.int64)
    for table, it in zip(tables, of_rule, strict=True):
        np.add.at(counts, table, np.bincount(it.missing.codes, minlength=len(table)))
    said = [_Said(rule, value or (), int(value is not None)) for value in pool.values]
    own = np.array([value is not None for value in pool.values], bool)
    person, codes = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    common = int(np.argmax(np.where(own, counts, 0))) if len(counts) else 0
    if share and own[common] and counts[common] > counts[~own].sum():  # fewer rows than one for each undecided person
        own = np.arange(len(counts)) != common
        person.append(np.array([-1], np.int32))
        codes.append(np.array([len(said)], np.int32))
        said.append(_Said(rule, said[common].missing, int(counts[common])))
    first = 0
    for table, it in zip(tables, of_rule, strict=True):
        if counts[own].any():
            places = np.flatnonzero(own[table][it.missing.codes])
            person.append((places + first).astype(np.int32))
            codes.append(table[it.missing.codes[places]])
        first += len(it.missing.codes)
    return np.concatenate(person), np.concatenate(codes), said
