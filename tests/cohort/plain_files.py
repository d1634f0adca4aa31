"""Records written as the plain CSV files of an extract, each row where it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from healthcheck_cli.record import PartialDate, Record

MEDICINES = (
    *("patient_id", "medication", "dosage", "quantity", "start_date", "last_issue_date", "end_date"),
    *("prn", "status", "route", "indication"),
)
PEOPLE = ("patient_id", "date_of_birth", "age", "sex", "ethnicity")
PROBLEMS = ("patient_id", "snomed_code", "term", "date", "end")
OBSERVATIONS = ("patient_id", "code", "term", "value", "unit", "date")


def write_plain_files(folder: Path, records: Sequence[Record]) -> dict[str, Path]:
    """The four files: what they hold → where they are. Issues and doubts have no column here."""
    tables = {
        "medicines": (MEDICINES, _medicines(records)),
        "people": (PEOPLE, _people(records)),
        "problems": (PROBLEMS, _problems(records)),
        "observations": (OBSERVATIONS, _observations(records)),
    }
    paths = {}
    for name, (header, rows) in tables.items():
        paths[name] = folder / f"{name}.csv"
        with paths[name].open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    return paths


def _medicines(records: Sequence[Record]) -> Iterator[tuple[object, ...]]:
    for record in records:
        for it in record.medicines:
            status = "" if it.active is None else "active" if it.active else "ended"
            days = (_day(it.start), _day(it.last_issue), _day(it.end))
            told = (it.text, it.dosage, it.quantity, *days, _flag(it.prn), status, it.route, it.indication)
            yield record.person.id, *told


def _people(records: Sequence[Record]) -> Iterator[tuple[object, ...]]:
    for record in records:
        it = record.person
        yield it.id, _born(it.date_of_birth), it.age, it.sex, it.ethnicity


def _problems(records: Sequence[Record]) -> Iterator[tuple[object, ...]]:
    for record in records:
        for it in record.problems:
            yield record.person.id, it.code, it.term, _day(it.date), _day(it.end)


def _observations(records: Sequence[Record]) -> Iterator[tuple[object, ...]]:
    for record in records:
        for it in record.observations:
            yield record.person.id, it.code, it.name, it.value, it.unit, _day(it.date)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _flag(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def _born(born: PartialDate | None) -> str:
    if born is None:
        return ""
    if born.earliest == born.latest:
        return born.earliest.isoformat()
    return f"{born.earliest:%Y-%m}" if born.earliest.month == born.latest.month else f"{born.earliest:%Y}"
