"""What the columns of a CSV file hold, told by their headers.

Synonyms are those that GP systems and their extracts are known to write. Headers are compared without case, spaces
and punctuation. A header that is known in two meanings is only taken where the rest of the header settles it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.plain_rows import Kind

_GROUPS = ("patientdetails", "medicationissues", "medicationcourses", "medicationrequests")

# The synonyms of a field stand in the order in which they are believed when a file has two of them.
_PERSON: Mapping[str, str] = {
    "patient_id": "patient id, patid, pid, emis number, patient guid, id patient, person id, sk patient id, "
    "patient identifier, patient number, patient reference, upn, usual id",
    "nhs_number": "nhs number, nhs no, hc number, chi number, h&c number",
    "date_of_birth": "date of birth, dob, date birth, birth date, patient date of birth",
    "age": "age, patient age, age in years",
    "sex": "sex, gender, patient gender",
    "ethnicity": "ethnicity, ethnic group, ethnic origin, ethnic category",
    "date_of_death": "date of death, death date, date death, deceased date",
}
_MEDICINES: Mapping[str, str] = {
    "medication": "medication, drug, medicine, drug name, name of medication, medication description, medication name, "
    "medicine name, product name, term from emis, product, bnf presentation, bnf description",
    "dosage": "dosage, dose, directions, dosage instructions, instructions, medication dosage, dosage text, sig",
    "quantity": "quantity, qty, medication quantity, quantity value, quantity representation",
    "start_date": "start date, start, medication start, date started, date medication start, commence date, "
    "authored on, assigned date",
    "last_issue_date": "last issue date, last issue, last issued, most recent issue date, date last issue, "
    "most recent issue datetime",
    "issue_date": "date of issue, issue date, order date, event date, date",
    "end_date": "end date, end, medication end, date ended, date stopped, date medication end, cancellation date, "
    "expiry date",
    "prescription_type": "prescription type, medication type, rx type, authorisation type display",
    "status": "status, medication status, drug status, is active",
    "prn": "prn, when required, as required, as needed",
    "route": "route, route of administration",
    "indication": "indication, reason, linked problem, reason for medication",
    "dmd_code": "dmd code, dm+d code, dmd id, dmd product code id, id multi lex dmd, drug snomed code, "
    "mapped concept code",
    "bnf_code": "bnf code, bnf presentation code, bnf reference",
}
_ONLY_WITH_DIRECTIONS = ("description", "item", "rubric", "display term")
_CODE = "snomed code, code, snomed, concept id, snomed ct concept id, snomedct code, condition code"
_PROBLEMS: Mapping[str, str] = {
    "code": _CODE,
    "term": "term, problem, diagnosis, condition, code term, rubric, snomed text, description",
    "date": "date, problem date, diagnosis date, onset date, start date, event date, effective date",
    "end": "end, end date, resolved date, date ended",
}
_OBSERVATIONS: Mapping[str, str] = {
    "code": _CODE,
    "term": "term, observation, name, test, measurement, code term, rubric, description",
    "value": "value, numeric value, result, value1",
    "unit": "unit, units, numeric unit, unit of measure",
    "date": "date, event date, effective date, clinical effective date, taken on, observation date",
}

# What --map may name. The "code" of a problem may be called snomed_code, as docs/inputs.md has it; both are taken.
PERSON_FIELDS = frozenset(_PERSON)
FIELDS: tuple[str, ...] = tuple(dict.fromkeys([*_PERSON, *_MEDICINES, *_PROBLEMS, "snomed_code", *_OBSERVATIONS]))


@dataclass(frozen=True)
class ColumnMap:
    """What a table is (medicines, problems, observations, people) and the place of each field in its rows."""

    kind: Kind
    places: Mapping[str, int]

    def fields(self, cells: Sequence[str]) -> dict[str, str]:
        """The fields of one row; only those that the table has a column for."""
        return {name: cells[place] for name, place in self.places.items()}


@lru_cache(maxsize=1_000)
def plain(header: str) -> str:
    """A header as it is compared.

    >>> plain("Patient Details.NHS Number"), plain(" last_issue-date ")
    ('nhsnumber', 'lastissuedate')
    """
    text = re.sub(r"[\s_.,:\-?]+", "", header.casefold()).replace("+", "")
    for group in _GROUPS:
        if text.startswith(group) and text != group:
            text = text.removeprefix(group)
    return text


def _synonyms(fields: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {
        field: tuple(dict.fromkeys(plain(name) for name in (field, *names.split(", "))))
        for field, names in fields.items()
    }


_KINDS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    "medicines": _synonyms({**_PERSON, **_MEDICINES}),
    "observations": _synonyms({**_PERSON, **_OBSERVATIONS}),
    "problems": _synonyms({**_PERSON, **_PROBLEMS}),
    "people": _synonyms(_PERSON),
}
_PLAIN_WITH_DIRECTIONS = tuple(map(plain, _ONLY_WITH_DIRECTIONS))


def known_headers() -> dict[str, dict[str, list[str]]]:
    """The headers of each field as people write them, by what they are of: in the order in which they are believed."""
    tables = {"person": _PERSON, "medicines": _MEDICINES, "problems": _PROBLEMS, "observations": _OBSERVATIONS}
    return {
        kind: {
            field: list(dict.fromkeys([field.replace("_", " "), *names.split(", ")])) for field, names in fields.items()
        }
        for kind, fields in tables.items()
    }


def known_columns(header: Sequence[str]) -> int:
    """How many of the headers are known in any kind of table: how sure it is that this is a header."""
    names = {name for kind in _KINDS.values() for synonyms in kind.values() for name in synonyms}
    return sum(plain(cell) in names for cell in header)


def map_columns(
    header: Sequence[str], overrides: Mapping[str, str], file: str, more: Mapping[str, str] = MappingProxyType({})
) -> ColumnMap | None:
    """The kind of table that a header begins and where its fields are; None where no kind fits.

    ``overrides`` (field → header) win over every synonym. ``more``: fields of medicines that only this source has, with
    their headers. Raises :class:`InputProblem` where an override names a
    header that stands twice.
    """
    plain_header = [plain(cell) for cell in header]
    forced = _forced(plain_header, overrides, file)
    for kind, usual in _KINDS.items():
        synonyms = {**usual, **_synonyms(more)} if kind == "medicines" else usual
        places = _places(plain_header, synonyms, {f: p for f, p in forced.items() if f in synonyms})
        if kind == "medicines" and "medication" not in places:
            _find_product(plain_header, places)
        if _fits(kind, places):
            return ColumnMap(kind, places)
    return None


def places_of(
    kind: Kind,
    header: Sequence[str],
    overrides: Mapping[str, str],
    file: str,
    more: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, int]:
    """Where the fields of one kind of table are in a header, whatever the table is: field → place.

    Raises :class:`InputProblem` where an override names a header that stands twice.
    """
    plain_header = [plain(cell) for cell in header]
    forced = {f: p for f, p in _forced(plain_header, overrides, file).items() if f in _KINDS[kind]}
    return _places(plain_header, {**_KINDS[kind], **_synonyms(more)}, forced)


def _forced(header: Sequence[str], overrides: Mapping[str, str], file: str) -> dict[str, int]:
    forced = {}
    for field, column in overrides.items():
        count = header.count(plain(column))
        if count > 1:
            raise InputProblem(f"{file}: --map {field}: the column it names is there {count} times")
        if count:
            forced["code" if field == "snomed_code" else field] = header.index(plain(column))
    return forced


def _places(header: Sequence[str], synonyms: Mapping[str, Sequence[str]], forced: Mapping[str, int]) -> dict[str, int]:
    places = dict(forced)
    taken = set(forced.values())
    for field, names in synonyms.items():
        if field in places:
            continue
        for name in names:
            if name in header and header.index(name) not in taken:
                places[field] = header.index(name)
                taken.add(places[field])
                break
    return places


def _find_product(header: Sequence[str], places: dict[str, int]) -> None:
    """Headers that name a product in some sources and a person or a problem in others: only beside directions."""
    if not {"dosage", "quantity"} & set(places):
        return
    for name in _PLAIN_WITH_DIRECTIONS:
        if name in header and header.index(name) not in places.values():
            places["medication"] = header.index(name)
            return


def _fits(kind: Kind, places: Mapping[str, int]) -> bool:
    if kind == "medicines":
        return "medication" in places
    if kind == "observations":
        return "value" in places and bool({"term", "code"} & set(places))
    if kind == "problems":
        return bool({"term", "code"} & set(places))
    identified = {"patient_id", "nhs_number"} & set(places)
    return bool(identified) and bool({"date_of_birth", "age", "sex", "ethnicity", "date_of_death"} & set(places))
