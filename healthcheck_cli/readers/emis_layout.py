"""Where things stand in an EMIS Web report: the lines before the table, the row of groups, the columns of each group.

Within one group a header means one thing; the same header (Date, Code Term, Value) stands in several groups and means
another thing in each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.columns import PERSON_FIELDS, known_columns, places_of, plain
from healthcheck_cli.readers.csv_table import DELIMITERS, RawRow, without_empty_end
from healthcheck_cli.readers.dates import read_date
from healthcheck_cli.readers.plain_rows import Kind
from healthcheck_cli.readers.sources import Opened

ALL_IN_ONE = ("namedosageandquantity", "drugdosageandquantity", "medicationdetails")
"""The headers, as compared, of the cell that holds name, dosage and quantity."""
_MORE = {"issue_method": "issue method"}
_ISSUES = {"issue_date": "date of issue, issue date, order date"}
_PREFIXED = 2  # headers of the patient with the group in front
_LOOKED_AT = 60  # rows in which the header must stand
_GROUPS = frozenset(
    {
        *("patientdetails", "problems", "problem", "medicationcourses", "medicationissues", "medicationrequests"),
        *("medication", "medications", "events", "event", "values", "value", "consultations", "investigations"),
        *("observations", "clinicalcodes", "diagnoses", "allergies", "immunisations"),
    }
)
_PATIENT = "patientdetails"
_PREFIX = re.compile(
    r"(patient details|problems?|medication (?:courses|issues|requests)|medications?|events?|values?|consultations|"
    r"investigations|observations|clinical codes|diagnoses|allergies|immunisations) +(?=\S)",
    re.IGNORECASE,
)
_OF_PATIENT = frozenset(
    {
        *("organisationcode", "organisationname", "usualgpsfullname", "usualgp'sfullname", "title", "fullname"),
        *("familyname", "callingname", "givenname", "surname", "forename", "firstname", "patientname", "postcode"),
    }
)
"""Headers of the patient that no field is taken from: a cell in one of them begins a person all the same."""


@dataclass(frozen=True)
class Block:
    """The columns of one group that hold one kind of thing: field → place in the row. ``all_in_one``: the place of the
    cell that holds name, dosage and quantity."""

    kind: Kind
    places: Mapping[str, int]
    all_in_one: int | None = None

    def is_empty(self, cells: Sequence[str]) -> bool:
        """Does the row say nothing here?"""
        told = [*self.places.values(), *([] if self.all_in_one is None else [self.all_in_one])]
        return not any(cells[place] for place in told)


@dataclass(frozen=True)
class Layout:
    """``patient``: field → place; ``patient_places``: every column of the patient; ``run``: the day of the report."""

    header: tuple[str, ...]
    header_line: int
    groups: tuple[str, ...]
    patient: Mapping[str, int]
    patient_places: frozenset[int]
    blocks: tuple[Block, ...]
    delimiter: str
    run: date | None

    def is_heading(self, cells: Sequence[str]) -> bool:
        """Does the row say the header or the groups again?"""
        found = [plain(cell) for cell in without_empty_end(cells)]
        return found in ([plain(cell) for cell in self.header], [plain(cell) for cell in self.groups])


def find_layout(opened: Opened, overrides: Mapping[str, str]) -> Layout:
    """The layout of a report. ``overrides`` (field → header) win over every synonym.

    Raises :class:`InputProblem` where no row looks like a header, or no column holds medicines, problems or what is
    asked of a patient.
    """
    delimiter, rows, at = _header(opened)
    header = without_empty_end(rows[at].cells)
    before = without_empty_end(rows[at - 1].cells) if at else ()
    groups = tuple(before) if {plain(cell) for cell in before} & _GROUPS else ()
    names, prefixes = (header, groups) if groups else _without_prefixes(header)
    spans = _spans(names, prefixes)
    patient = places_of("people", names, overrides, opened.name)
    of_patient = {at for at, cell in enumerate(names) if plain(cell) in _OF_PATIENT} | set(patient.values())
    of_patient |= {
        at for span in spans if plain("".join(prefixes[span.start : span.start + 1])) == _PATIENT for at in span
    }
    blocks = _blocks(names, spans, patient, overrides, opened.name)
    if not blocks and not {"date_of_birth", "age"} & set(patient):
        raise InputProblem(
            f"{opened.name}:{rows[at].line}: no column for the medicine is found in the header: "
            "name it with --map medication=COLUMN"
        )
    preamble = rows[: at - 1 if groups else at]
    return Layout(header, rows[at].line, groups, patient, frozenset(of_patient), blocks, delimiter, _last_run(preamble))


def _header(opened: Opened) -> tuple[str, list[RawRow], int]:
    """The delimiter, the first rows, and which of them is the header: the one with the most headers that are known."""
    best: tuple[int, str, list[RawRow], int] = (1, "", [], 0)
    for delimiter in DELIMITERS:
        rows = list(islice(opened.rows(delimiter), _LOOKED_AT))
        for at, row in enumerate(rows):
            score = known_columns(row.cells) + sum(plain(cell) in ALL_IN_ONE for cell in row.cells)
            if score > best[0]:
                best = (score, delimiter, rows, at)
    if not best[1]:
        raise InputProblem(f"{opened.name}: no row looks like the header of a report")
    return best[1], best[2], best[3]


def _without_prefixes(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headers and groups, where reports were put together and the group stands in front of each header."""
    found = [_PREFIX.match(cell) for cell in header]
    if sum(match is not None and plain(match[1]) == _PATIENT for match in found) < _PREFIXED:
        return tuple(header), ()
    groups, last = [], ""
    for match in found:
        group = match[1] if match else last
        groups.append(group if group != last else "")
        last = group
    names = (cell[match.end() :] if match else cell for cell, match in zip(header, found, strict=True))
    return tuple(names), tuple(groups)


def _last_run(preamble: Sequence[RawRow]) -> date | None:
    for row in preamble:
        if row.cells and plain(row.cells[0]) == "lastrun":
            return next((day for cell in row.cells[1:] if (day := read_date(cell)) is not None), None)
    return None


def _spans(header: Sequence[str], groups: Sequence[str]) -> list[range]:
    """The columns of each group. Without a row of groups a header that comes again begins the next."""
    starts = [0]
    if groups:
        starts = [at for at, cell in enumerate(groups) if cell] or [0]
    else:
        seen: set[str] = set()
        for at, cell in enumerate(map(plain, header)):
            if cell in seen:
                starts.append(at)
                seen = set()
            seen.add(cell)
    ends = [*starts[1:], len(header)]
    return [range(start, min(end, len(header))) for start, end in zip(starts, ends, strict=True)]


def _blocks(
    header: Sequence[str], spans: Sequence[range], patient: Mapping[str, int], overrides: Mapping[str, str], file: str
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for span in spans:
        taken = set(patient.values())
        for kind in ("medicines", "observations", "problems"):
            here = [cell if at in span and at not in taken else "" for at, cell in enumerate(header)]
            block = _block(kind, here, overrides, file)
            if block is not None:
                blocks.append(block)
                taken |= {*block.places.values(), *([] if block.all_in_one is None else [block.all_in_one])}
    return tuple(blocks)


def _block(kind: Kind, header: Sequence[str], overrides: Mapping[str, str], file: str) -> Block | None:
    more = {}
    if kind == "medicines":  # a date beside a problem is the problem's
        more = {**_MORE, **_ISSUES} if "codeterm" in map(plain, header) else _MORE
    there = {field: column for field, column in overrides.items() if plain(column) in map(plain, header)}
    places = {f: p for f, p in places_of(kind, header, there, file, more).items() if f not in PERSON_FIELDS}
    all_in_one = next((at for at, cell in enumerate(header) if plain(cell) in ALL_IN_ONE), None)
    if kind == "medicines":
        fits = "medication" in places or all_in_one is not None
        return Block(kind, places, all_in_one) if fits else None
    fits = bool({"term", "code"} & set(places)) and (kind == "problems" or "value" in places)
    return Block(kind, places) if fits else None
