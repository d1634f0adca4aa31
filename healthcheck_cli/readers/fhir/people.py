"""Whose a resource is, and what is said of the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from healthcheck_cli.readers.dates import NO_BIRTH_DATE, can_be_birth_date, read_partial_date
from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import Json, extensions, objects, text, thing
from healthcheck_cli.readers.fhir.references import References, type_and_id
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.record import SEXES, Person

_NHS_NUMBER = "nhs-number"  # the last part of the system's address, in every version of it
_NOT_TOLD = ("", "unknown", "other")


class People:
    """The patients in the inputs, and whose each resource is."""

    def __init__(self, entries: Sequence[Entry], references: References) -> None:
        self._references = references
        self.patients = {_key(it): it for it in entries if it.kind == "Patient"}
        self._by_nhs_number = {number: key for key, it in self.patients.items() for number in _nhs_numbers(it)}

    def owner(self, entry: Entry) -> str | None:
        """The id of the person a resource is about; None where it does not say.

        Where it says nothing and there is one patient in all, it is that one: files of one person leave it out.
        """
        reference = thing(entry.resource, "patient" if "patient" in entry.resource else "subject")
        found = self._references.entry(reference)
        if found is not None:
            return _key(found) if found.kind == "Patient" else None
        number = _spaceless(text(reference, "identifier", "value")) if _is_nhs_number(reference) else ""
        target = type_and_id(text(reference, "reference"))
        named = target.removeprefix("Patient/").rpartition(":")[2]
        if number in self._by_nhs_number:
            return self._by_nhs_number[number]
        if named or number:
            return self._by_nhs_number.get(named, named) or number
        return next(iter(self.patients)) if len(self.patients) == 1 else None


def _is_nhs_number(reference: Json) -> bool:
    return text(reference, "identifier", "system").casefold().endswith(_NHS_NUMBER)


def _nhs_numbers(entry: Entry) -> Iterable[str]:
    for it in objects(entry.resource, "identifier"):
        if text(it, "system").casefold().endswith(_NHS_NUMBER) and text(it, "value"):
            yield _spaceless(text(it, "value"))


def _spaceless(number: str) -> str:
    return number.replace(" ", "").replace("-", "")


def _key(entry: Entry) -> str:
    """The id of a patient: the resource's own, the end of its address, or else the NHS number."""
    return entry.id or entry.url.rpartition(":")[2].rpartition("/")[2] or next(iter(_nhs_numbers(entry)), "")


def has_died(entry: Entry) -> bool:
    """Is the patient recorded as having died?"""
    deceased = entry.resource.get("deceasedBoolean")
    return deceased is True or bool(text(entry.resource, "deceasedDateTime"))


def person_of(key: str, entry: Entry | None, notes: Mapping[str, Notes], as_of: date | None) -> Person:
    """What a Patient resource says of a person; only the id where there is none. Other than female and male is
    unknown here, as rules ask for one or the other. ``as_of``: the day of the review, where it is known."""
    if entry is None:
        return Person(id=key)
    patient = entry.resource
    written = text(patient, "birthDate")
    born = read_partial_date(written)
    if written and born is None:
        notes[entry.file].add("date of birth not readable: taken as unknown", entry.number)
    if born is not None and not can_be_birth_date(born, as_of):
        notes[entry.file].add(f"date of birth {NO_BIRTH_DATE}: taken as unknown", entry.number)
        born = None
    sex = text(patient, "gender").casefold()
    if sex not in SEXES and sex not in _NOT_TOLD:
        notes[entry.file].add("gender not readable: taken as unknown", entry.number)
    return Person(id=key, date_of_birth=born, sex=SEXES.get(sex, ""), ethnicity=_ethnicity(patient))


def _ethnicity(patient: Json) -> str:
    for it in extensions(patient, "EthnicCategory"):
        value = thing(it, "valueCodeableConcept")
        return text(value, "text") or text(value, "coding", "display")
    return ""
