"""The tables of a SystmOne (TPP) strategic extract, joined by patient: medicines, coded entries, patients.

A row whose RemovedData is 1 takes back the earlier row with the same identifier.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthcheck_cli.readers.named_tables import NamedRow, NamedTables
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import Kind, LeftOut, PlainRow, Rows
from healthcheck_cli.readers.systmone_report import with_issue_dates
from healthcheck_cli.readers.values import flag_in

_NO_ONE_PRODUCT = "MULTIPLE_DMD_MAPPING"
_NO_TEMPLATE = ("0", "-1")
_REMOVED = "removed in the source"


def systmone_table_rows(tables: NamedTables, notes: Notes) -> Rows:
    """The rows of the extract: people, then medicines, then coded entries."""
    if not tables.has("SRPatient"):
        notes.add("no SRPatient is given: nobody's age and sex are known")
    yield from _people(tables)
    for row in _kept(tables, "SRPrimaryCareMedication", "medicines"):
        if isinstance(row, LeftOut):
            yield row
        else:
            yield with_issue_dates(_medicine(row), notes)
    for row in _kept(tables, "SRCode", "observations"):
        if isinstance(row, LeftOut):
            yield row
        else:
            yield from _entry(row)


def _kept(tables: NamedTables, name: str, kind: Kind) -> Iterator[NamedRow | LeftOut]:
    """The rows of a table that no later row takes back."""
    removed = {row.text("rowidentifier") for row in tables.rows(name) if _is_removed(row)} - {""}
    for row in tables.all_rows(name, kind):
        if isinstance(row, NamedRow) and (_is_removed(row) or row.text("rowidentifier") in removed):
            yield LeftOut(kind, row.line, _REMOVED, row.file, withdrawn=True)
        else:
            yield row


def _is_removed(row: NamedRow) -> bool:
    return flag_in(row.text("removeddata")) is True


def _people(tables: NamedTables) -> Rows:
    for row in tables.all_rows("SRPatient", "people"):
        if isinstance(row, LeftOut):
            yield row
            continue
        test = flag_in(row.text("testpatient"))
        fields = {
            "patient_id": row.text("rowidentifier"),
            "nhs_number": row.text("nhsnumber"),
            "date_of_birth": row.text("datebirth"),
            "sex": row.text("gender"),
            "date_of_death": row.text("datedeath"),
            "not_reported": _REMOVED if _is_removed(row) else "a test patient" if test else "",
        }
        yield PlainRow("people", row.line, fields, row.file)


def _medicine(row: NamedRow) -> PlainRow:
    code, template = row.text("idmultilexdmd"), row.text("idrepeattemplate")
    fields = {
        "patient_id": row.text("idpatient"),
        "item": "" if template in _NO_TEMPLATE else template,
        "medication": row.text("nameofmedication"),
        "dosage": row.text("medicationdosage"),
        "quantity": row.text("medicationquantity"),
        "start_date": row.text("datemedicationstart", "dateevent"),
        "end_date": row.text("datemedicationend"),
        "repeat": row.text("isrepeatmedication"),
        "dmd_code": "" if code == _NO_ONE_PRODUCT else code,
    }
    return PlainRow("medicines", row.line, fields, row.file)


def _entry(row: NamedRow) -> Rows:
    """A coded entry, as a problem where it has no value and as an observation: its code says which it is."""
    value = row.text("numericvalue")
    fields = {
        "patient_id": row.text("idpatient"),
        "code": row.text("snomedcode"),
        "term": row.text("snomedtext", "ctv3text"),
        "date": row.text("dateevent"),
    }
    unit = row.text("numericunit")
    yield PlainRow("observations", row.line, {**fields, "value": value, "unit": unit}, row.file)
    if not value:
        yield PlainRow("problems", row.line, fields, row.file)
