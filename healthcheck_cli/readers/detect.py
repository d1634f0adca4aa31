"""Which format an input is in, told by what it holds; its name only decides between YAML and plain text."""

from __future__ import annotations

import json
import re

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.columns import known_columns, map_columns, plain
from healthcheck_cli.readers.csv_table import cells_of, delimiter_of, first_lines

_RECORD_KEY = re.compile(r"(?m)^(?:person|complete|medicines|problems|observations|answers|accepted)\s*:")
_EMIS = ("lastrun", "emisnumber", "namedosageandquantity", "patientguid", "dmdproductcodeid")
_RESOURCE = '"resourceType"'
_FIRST_LINES = 20


def detect(text: str, name: str) -> str:
    """The format of ``text``, by its name in :data:`healthcheck_cli.readers.formats.FORMATS`.

    Raises :class:`InputProblem` where it is none of them.

    >>> detect("medication,dosage\\nSenna 7.5mg tablets,2 on\\n", "list.csv")
    'csv'
    >>> detect("Clozapine 100mg tablets 1 nocte\\n", "-")
    'pasted'
    """
    ending = name.casefold().rpartition(".")[2]
    start = text.lstrip()
    if start.startswith("{"):
        return _braces(start, name)
    if start.startswith("["):
        if _RESOURCE in text[:10_000]:
            return "fhir"
        raise InputProblem(f"{name}: not a format I know: a record file holds one person, not a list")
    if start.startswith("<"):
        if "http://hl7.org/fhir" in text[:10_000]:
            raise InputProblem(f"{name}: this is FHIR in XML: give it in JSON, which every FHIR server can send")
        raise InputProblem(f"{name}: not a format I know: this looks like XML or HTML")
    if ending in ("yaml", "yml") or _RECORD_KEY.search(text[:10_000]):
        return "record"
    return _lines(text, ending)


def _braces(text: str, name: str) -> str:
    if _RESOURCE in text[:10_000] or _RESOURCE in text[-10_000:]:
        return "fhir"
    first, _, rest = text.partition("\n")
    if rest.lstrip().startswith("{") and _is_json(first):
        raise InputProblem(f"{name}: not a format I know: JSON, one value a line, that is not FHIR (no resourceType)")
    return "record"


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(text: str, ending: str) -> str:
    mark = delimiter_of(text)
    rows = [cells_of(line, mark) for line in first_lines(text)[:_FIRST_LINES]]
    headers = [[plain(cell) for cell in row] for row in rows]
    if any(set(_EMIS) & set(header) for header in headers):
        return "emis"
    header = next((row for row in rows if any(cell.strip() for cell in row)), [])
    if {"patientcount", "idpatient"} & set(map(plain, header)):
        return "systmone"
    if ending in ("csv", "tsv") or map_columns(header, {}, "") is not None or _is_table(header):
        return "csv"
    return "pasted"


def _is_table(header: list[str]) -> bool:
    """Three columns or more, one of them known: a table, though not one with a medicine column that is known."""
    return len(header) > 2 and known_columns(header) > 0
