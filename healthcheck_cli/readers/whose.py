"""Whether inputs are about the same people: joined through NHS numbers where one has no patient id, and told where
hardly anybody of one is in the medicine list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stdnum.gb import nhs

from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.record import Record


def with_ids_by_nhs_number(results: Sequence[tuple[str, ReadResult]]) -> list[tuple[str, ReadResult]]:
    """The results, with patient ids for people whom an input knows by their NHS number alone, where another input has
    both. A number that two ids have or that cannot be one, or an id that has two numbers, joins nobody."""
    ids: dict[str, set[str]] = {}
    numbers: dict[str, set[str]] = {}
    for result in (it for _, it in results if not it.by_nhs_number):
        for person_id, told in result.nhs_numbers.items():
            numbers.setdefault(person_id, set()).update(told)
            for number in told:
                ids.setdefault(number, set()).add(person_id)
    known = {
        number: person_id
        for number, (person_id, *others) in ids.items()
        if not others and len(numbers[person_id]) == 1 and nhs.is_valid(number)
    }
    return [(name, _renamed(name, it, known) if it.by_nhs_number else it) for name, it in results]


def _renamed(name: str, result: ReadResult, known: Mapping[str, str]) -> ReadResult:
    new = {number: known[number] for number in result.nhs_numbers if number in known}
    if not new:
        return result
    return replace(
        result,
        records=tuple(
            replace(it, person=replace(it.person, id=new.get(it.person.id, it.person.id))) for it in result.records
        ),
        not_reported={new.get(person_id, person_id): why for person_id, why in result.not_reported.items()},
        notes=(*result.notes, f"{name}: no patient_id column: joined with the other files by NHS number"),
    )


def people_not_listed(
    results: Sequence[tuple[str, ReadResult]], joined: Sequence[Record], alone: Sequence[str]
) -> list[str]:
    """Notes on inputs without medicines whose people are not those of the medicine list. ``alone``: the names of
    inputs that may be about more people than the list and were read for themselves."""
    listed = {record.person.id for record in joined if record.medicines}
    notes = []
    for name, result in results:
        if name not in alone or not listed or any(record.medicines for record in result.records):
            continue
        people = {record.person.id for record in result.records} - {""}
        notes.append(not_listed(name, len(people), len(people - listed)))
    return [it for it in notes if it]


def not_listed(file: str, people: int, missing: int) -> str:
    """What is said of a file where so many of its people are not in the medicine list; nothing unless it is striking.

    >>> not_listed("people.csv", 12, 12)
    'people.csv: none of its 12 people is in the medicine list: is the patient id the same in both files?'
    >>> not_listed("people.csv", 12, 6)
    ''
    """
    if not people or 2 * missing <= people:
        return ""
    asked = "is the patient id the same in both files?"
    if missing < people:
        return f"{file}: {missing} of {people} people are not in the medicine list: {asked}"
    who = "its one person is not" if people == 1 else f"none of its {people} people is"
    return f"{file}: {who} in the medicine list: {asked}"
