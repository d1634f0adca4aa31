"""Which format an input is in, and what shows it, told by what it holds; its name only decides between YAML and plain
text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.columns import known_columns, map_columns, plain
from healthcheck_cli.readers.csv_table import DELIMITERS, RawRow, without_empty_end
from healthcheck_cli.readers.emis_layout import ALL_IN_ONE
from healthcheck_cli.readers.known_tables import known_table
from healthcheck_cli.readers.sources import Opened

_RECORD_KEY = re.compile(r"(?m)^(?:person|complete|medicines|problems|observations|answers|accepted)\s*:")
_RESOURCE = '"resourceType"'
_EMIS_LINES = ("lastrun", "patientdetails")
_EMIS_HEADERS = ("emisnumber", *ALL_IN_ONE)
_SYSTMONE_HEADERS = ("patientcount", "patientsurname", "patientfirstname")
_SYSTMONE_NAMES = re.compile(r"TEXTUAL DRUG\b.*|[A-Z]{4}[A-Z -]+ [a-z].*\[[A-Z][A-Z &.'-]+\]")
_LIKE_A_TABLE = 3  # columns
_BEYOND_DOUBT = 4  # columns with known names, below a row without any


@dataclass(frozen=True)
class Detected:
    """``format``: its name in :data:`healthcheck_cli.readers.formats.FORMATS`. ``why``: what showed it, in words; empty
    for the plain ones. ``table``: which table of an extract it is."""

    format: str
    why: str = ""
    table: str = ""


def detect(opened: Opened) -> Detected:
    """The format of an input. Raises :class:`InputProblem` where it is none of those that are read.

    >>> detect(Opened("list.csv", "medication,dosage\\nSenna 7.5mg tablets,2 on\\n")).format
    'csv'
    >>> detect(Opened("-", "Clozapine 100mg tablets 1 nocte\\n")).format
    'pasted'
    """
    text, name = opened.text, opened.name
    start = text.lstrip()
    if start.startswith("{"):
        return _braces(start)
    if start.startswith("["):
        if _RESOURCE in text[:10_000]:
            return Detected("fhir", "resources with a resourceType")
        raise InputProblem(f"{name}: not a format I know: a record file holds one person, not a list")
    if start.startswith("<"):
        if "http://hl7.org/fhir" in text[:10_000]:
            raise InputProblem(f"{name}: this is FHIR in XML: give it in JSON, which every FHIR server can send")
        raise InputProblem(f"{name}: not a format I know: this looks like XML or HTML")
    if name.casefold().endswith((".yaml", ".yml")) or _RECORD_KEY.search(text[:10_000]):
        return Detected("record")
    return _table(opened) or Detected("pasted")


def as_chosen(opened: Opened, chosen: str) -> Detected:
    """The format that the user chose; a table of an extract, or FHIR, where the choice is the name of its family."""
    header = next((row.cells for row in opened.first_rows() if any(row.cells)), ())
    for family, form in (("emis", "emis-bulk"), ("systmone", "systmone-tables")):
        if chosen == family and (table := known_table(header, form)) is not None:
            return Detected(form, table=table.name)
    if chosen == "ndjson" and _RESOURCE in opened.text:
        return Detected("fhir")
    return Detected(chosen)


def _braces(text: str) -> Detected:
    if _RESOURCE in text[:10_000] or _RESOURCE in text[-10_000:]:
        return Detected("fhir", "resources with a resourceType")
    first, _, rest = text.partition("\n")
    if rest.lstrip().startswith("{") and _is_json(first):
        return Detected("ndjson", "a JSON object on each line")
    return Detected("record")


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _table(opened: Opened) -> Detected | None:
    rows = opened.first_rows()
    header = next((without_empty_end(row.cells) for row in rows if any(row.cells)), ())
    known = known_table(header)
    if known is not None:
        return Detected(known.format, f"the columns of {known.name}", known.name)
    if why := _emis(opened):
        return Detected("emis", why)
    if why := _systmone(header, rows):
        return Detected("systmone", why)
    named = opened.name.casefold().endswith((".csv", ".tsv"))
    if named or opened.is_table or map_columns(header, {}, "") is not None or _is_table(header):
        return Detected("csv")
    return None


def _emis(opened: Opened) -> str:
    """What shows an EMIS report; empty where nothing does. Its delimiter is not known by the first line."""
    for mark in DELIMITERS:
        rows = opened.first_rows(mark)
        first = {plain(row.cells[0]): row.line for row in rows if row.cells}
        line = next((first[word] for word in _EMIS_LINES if word in first), 0)
        headers = next((row for row in rows if {*map(plain, row.cells)} & {*_EMIS_HEADERS}), None)
        if headers is not None:
            told = next(cell for cell in headers.cells if plain(cell) in _EMIS_HEADERS)
            before = f", and lines before it (line {line})" if line else ""
            return f"a column '{told}' on line {headers.line}{before}"
        if line and mark == DELIMITERS[0]:
            return f"a line of an EMIS report (line {line})"
        if (at := _header_below(rows)) is not None:
            return f"lines of a report before the header on line {at.line}"
    return ""


def _header_below(rows: Sequence[RawRow]) -> RawRow | None:
    """A row that is a header beyond doubt, where the first row is none."""
    there = [row for row in rows if any(row.cells)]
    if not there or known_columns(there[0].cells):
        return None
    return next((row for row in there[1:] if known_columns(row.cells) >= _BEYOND_DOUBT), None)


def _systmone(header: Sequence[str], rows: Sequence[RawRow]) -> str:
    """What shows a SystmOne report; empty where nothing does."""
    if map_columns(header, {}, "") is None:
        return ""
    told = next((cell for cell in header if plain(cell) in _SYSTMONE_HEADERS), "")
    if told:
        return f"a column '{told}'"
    if "drug" not in map(plain, header):  # what SystmOne calls the column; names are copied from it into other lists
        return ""
    line = next((row.line for row in rows for cell in row.cells if _SYSTMONE_NAMES.fullmatch(cell)), 0)
    return f"a name written as SystmOne writes it (line {line})" if line else ""


def _is_table(header: Sequence[str]) -> bool:
    """Three columns or more, one of them known: a table, though not one with a medicine column that is known."""
    return len(header) >= _LIKE_A_TABLE and known_columns(header) > 0
