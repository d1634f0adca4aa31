"""Joins what several inputs say about the same people, by patient id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.record import Answer, Person, Record, newest_check

INPUTS_DIFFER = "the inputs differ on {} of the same person: taken as unknown"

_T = TypeVar("_T")


def join(inputs: Sequence[tuple[str, Sequence[Record]]]) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """One record a person, in order of first appearance, and notes on what the inputs disagree about.

    ``inputs`` are names and records. A record without a patient id belongs to the one person there is; where there are
    several people, or where another input holds medicines too, it cannot be told whose it is: :class:`InputProblem`.
    """
    _refuse_unclear_owners(inputs)
    identified = list(dict.fromkeys(record.person.id for _, records in inputs for record in records))
    only = next((person_id for person_id in identified if person_id), "")
    people: dict[str, list[Record]] = {}
    for _, records in inputs:
        for record in records:
            people.setdefault(record.person.id or only, []).append(record)
    notes: dict[str, None] = {}
    return tuple(_merged(records, notes) for records in people.values()), tuple(notes)


def _refuse_unclear_owners(inputs: Sequence[tuple[str, Sequence[Record]]]) -> None:
    anonymous = [(name, record) for name, records in inputs for record in records if not record.person.id]
    people = {record.person.id for _, records in inputs for record in records if record.person.id}
    problems = []
    if len(people) > 1:
        problems = [
            f"{name}: no patient id, so it cannot be told whose it is: there are {len(people)} people in the inputs"
            for name, _ in anonymous
        ]
    else:
        lists = [name for name, records in inputs if any(record.medicines for record in records)]
        nameless = [name for name, record in anonymous if record.medicines]
        if len(lists) > 1 and nameless:
            problems = [
                f"{', '.join(lists)}: each holds medicines, and {nameless[0]} does not say whose (no patient id)"
            ]
    if problems:
        raise InputProblem(*problems)


def _merged(records: Sequence[Record], notes: dict[str, None]) -> Record:
    if len(records) == 1:
        return records[0]
    answers: dict[str, Answer] = {}
    for record in records:
        answers.update(record.answers)
    return Record(
        person=_person([record.person for record in records], notes),
        medicines=tuple(line for record in records for line in record.medicines),
        problems=tuple(problem for record in records for problem in record.problems),
        observations=tuple(observation for record in records for observation in record.observations),
        answers=answers,
        complete={name: since for record in records for name, since in record.complete.items()},
        from_check=any(record.from_check for record in records),
        accepted=tuple(entry for record in records for entry in record.accepted),
        previous=newest_check(record.previous for record in records),
    )


def _person(people: Sequence[Person], notes: dict[str, None]) -> Person:
    return Person(
        id=next((person.id for person in people if person.id), ""),
        date_of_birth=_agreed("date_of_birth", [person.date_of_birth for person in people], notes),
        age=_agreed("age", [person.age for person in people], notes),
        sex=_agreed("sex", [person.sex or None for person in people], notes) or "",
        ethnicity=_agreed("ethnicity", [person.ethnicity or None for person in people], notes) or "",
    )


def _agreed(name: str, values: Sequence[_T | None], notes: dict[str, None]) -> _T | None:
    """The value that all inputs which give one agree on; unknown, with a note, where they do not."""
    given = {value for value in values if value is not None}
    if len(given) > 1:
        notes[INPUTS_DIFFER.format(name)] = None
        return None
    return next(iter(given), None)
