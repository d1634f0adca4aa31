"""Prescribing totals of practices (EPD, ePACT2): medicines by BNF code, without patients and directions."""

from __future__ import annotations

import re
from collections.abc import Mapping

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.columns import plain
from healthcheck_cli.readers.csv_list import list_rows
from healthcheck_cli.readers.csv_table import open_table
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import PlainRow, Rows
from healthcheck_cli.readers.sources import Opened

_OF_A_PATIENT = frozenset({"patientid", "nhsnumber", "patid", "patientidentifier", "personid"})
_NAME = ("bnfdescription", "bnfpresentationname", "bnfpresentation", "bnfname", "bnfpresentationpluscode")
_CODE = ("bnfcode", "bnfpresentationcode")
_NAME_PLUS_CODE = re.compile(r"(.*?)\s*[(\[]([01][0-9]{6}[0-9A-Z]{2}(?:[A-Z][0-9A-Z]){3})[)\]]")


def epact_rows(opened: Opened, overrides: Mapping[str, str], notes: Notes) -> Rows:
    """The rows of a table by BNF code that says of each row which patient it is of.

    Raises :class:`InputProblem` where it does not: totals of a practice say nothing about a person.
    """
    table = open_table(opened.rows(), opened.name)
    headers = [plain(cell) for cell in table.header]
    if not _OF_A_PATIENT & set(headers) and "patient_id" not in overrides:
        raise InputProblem(
            f"{opened.name}: these are prescribing totals of practices (EPD or ePACT2), with no patients and no "
            "directions: checks of people need a list of each person's medicines"
        )
    for field, names in (("medication", _NAME), ("bnf_code", _CODE)):
        column = next((table.header[headers.index(name)] for name in names if name in headers), "")
        if column and field not in overrides:
            overrides = {**overrides, field: column}
    for row in list_rows(table, overrides, notes):
        yield PlainRow(row.kind, row.line, _apart(row), row.file) if isinstance(row, PlainRow) else row


def _apart(row: PlainRow) -> Mapping[str, str]:
    """Name and code that stand in one cell, taken apart."""
    match = _NAME_PLUS_CODE.fullmatch(row.text("medication"))
    if match is None or row.text("bnf_code"):
        return row.fields
    return {**row.fields, "medication": match[1], "bnf_code": match[2]}
