"""What the review of one person and the review of an extract say of the same people, in one shape to compare."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from healthcheck_cli.cohort.extract import bounds
from healthcheck_cli.cohort.people_table import people_columns
from healthcheck_cli.cohort.reviewed import ReviewedExtract
from healthcheck_cli.cohort.told import told
from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.findings import Finding, PersonReview, ThemeStatus
from healthcheck_cli.medicines.models import MedicineRead

Said = dict[str, Any]
"""What is said of a person, by what it is about."""


def said_of_one(review: PersonReview) -> Said:
    """What the review of one person says."""
    return {
        **{f"finding {it.rule}": _finding(it) for it in review.findings},
        **{f"not assessed {it.rule}": it.missing for it in review.could_not_assess},
        **{f"burden {scale}": (it.total.low, it.total.high) for scale, it in review.burdens.items()},
        "constipating": (review.constipating.max_level, review.constipating.count_level_2_3),
        "antipsychotic percent": _rounded(review.antipsychotic_percent),
        "lines": [_as_read(it) for it in review.medicines],
        "ingredients": [
            (it.row, [(one.name, one.classes, one.possible_classes, one.dose) for one in it.ingredients])
            for it in review.medicines
        ],
        "themes": {it.id for it in review.themes if it.state is ThemeStatus.RAISED},
        "age": review.age,
        "unrecognised": len(review.unrecognised),
    }


def _finding(finding: Finding) -> Any:
    reasons = [(it.fact, json.dumps(it.value, ensure_ascii=False), tuple(sorted(it.rows))) for it in finding.because]
    return finding.level, finding.themes, reasons, finding.rows, set(finding.stands_for)


def _rounded(share: Interval | None) -> tuple[float, float] | None:
    return None if share is None else (round(share.low, 6), round(share.high, 6))


def said_of_extract(reviewed: ReviewedExtract) -> list[Said]:
    """What the review of an extract says of each person."""
    found = [_of_person(reviewed, person) for person in range(len(reviewed.extract))]
    _add_findings(reviewed, found)
    for verdict in reviewed.verdicts:
        if not verdict.rule.rider:
            for person, code in zip(verdict.open_people, verdict.missing.codes, strict=True):
                found[person][f"not assessed {verdict.rule.id}"] = verdict.missing.values[code]
    for person, lines in enumerate(_lines(reviewed)):
        found[person] |= lines
    _add_numbers(reviewed, found)
    return found


def _of_person(reviewed: ReviewedExtract, person: int) -> Said:
    totals = {scale: reviewed.burdens.totals(scale).at(person) for scale in reviewed.content.scales}
    return {f"burden {scale}": (it.low, it.high) for scale, it in totals.items()}


def _add_findings(reviewed: ReviewedExtract, found: Sequence[Said]) -> None:
    """A finding that others are merged into has the themes, the rows and, each once, the reasons of all."""
    shown = told(reviewed)
    for place, (person, number, how) in enumerate(zip(shown.person, shown.verdict, shown.how, strict=True)):
        merged = shown.merged.get(place, ())
        verdicts = [reviewed.verdicts[it] for it in (number, *(it for it, _ in merged))]
        ways = [it.fired.values[way] for it, way in zip(verdicts, (how, *(way for _, way in merged)), strict=True)]
        reasons = [(it.fact, it.value, _rows(reviewed, person, it.sources)) for fired in ways for it in fired.reasons]
        rule = verdicts[0].rule.id
        assert f"finding {rule}" not in found[person], f"told twice: {rule}"
        found[person][f"finding {rule}"] = (
            ways[0].level,
            tuple(dict.fromkeys(theme for it in verdicts for theme in it.rule.themes)),
            list(dict.fromkeys(reasons)) if merged else reasons,
            tuple(sorted({row for it in ways for row in _rows(reviewed, person, it.sources)})),
            set(shown.stands_for.get(place, ())),
        )


def _rows(reviewed: ReviewedExtract, person: int, sources: Sequence[int]) -> tuple[int, ...]:
    _, rows = reviewed.rows_of(np.array([person]), sources)
    return tuple(sorted(set(rows.tolist())))


def _lines(reviewed: ReviewedExtract) -> Iterator[Said]:
    lines, edges = reviewed.lines, bounds(reviewed.extract.medicines, len(reviewed.extract))
    for first, after in pairwise(edges):
        reads = [lines.read(index) for index in range(first, after)]
        yield {
            "lines": [_as_read(it) for it in reads],
            "ingredients": [
                (it.row, [(one.name, one.classes, one.possible_classes, one.dose) for one in it.ingredients])
                for it in reads
            ],
        }


def _add_numbers(reviewed: ReviewedExtract, found: Sequence[Said]) -> None:
    columns = people_columns(reviewed, told(reviewed))
    numbers, themes = columns.numbers, columns.lists["themes_raised"]
    low, high = reviewed.burdens.antipsychotic_percent()
    for person, said in enumerate(found):
        said["constipating"] = (numbers["constipating_max_level"][person], numbers["constipating_count"][person])
        takes = not math.isnan(low[person])
        said["antipsychotic percent"] = _rounded(Interval(float(low[person]), float(high[person]))) if takes else None
        said["themes"] = set(filter(None, themes.at(person).split("\x1f")))
        age = numbers["age"][person]
        said["age"] = None if math.isnan(age) else int(age)
        said["unrecognised"] = int(numbers["unrecognised"][person])


def differences(one: Said, other: Said) -> dict[str, tuple[Any, Any]]:
    """What is not said alike, by what it is about: what the one says, and what the other."""
    return {
        name: (one.get(name), other.get(name))
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }


def _as_read(read: MedicineRead) -> tuple[object, ...]:
    """One line, its directions in no words of their own: a register has thousands of ways to say the same."""
    dosage = replace(read.dosage, text="said" if read.dosage.text.strip() else "")
    return read.row, read.currency.value, read.recognised.match.value, read.route, read.prn, dosage
