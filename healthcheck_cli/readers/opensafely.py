"""Tables as ehrQL has them: medications by dm+d code, coded events, patients with their month of birth."""

from __future__ import annotations

from healthcheck_cli.readers.named_tables import NamedRow, NamedTables
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow, Rows

_NO_DIRECTIONS = (
    "medicines are dm+d codes without directions: no dose is known, and healthcheck drugs import-dmd names them"
)
_HISTORICAL, _AS_REQUIRED, _REGULAR, _ONLY_ONCE = (
    "4",
    "17",
    "16",
    "20",
)  # medication_status, as the table reference of ehrQL lists it


def opensafely_rows(tables: NamedTables, notes: Notes) -> Rows:
    """The rows of the extract: people, then every prescription as an issue of its medicine, then coded events."""
    if tables.has("medications"):
        notes.add(_NO_DIRECTIONS)
    yield from _people(tables, notes)
    for row in tables.all_rows("medications", "medicines"):
        yield row if isinstance(row, LeftOut) else _issue(row)
    for row in tables.all_rows("clinical_events", "observations"):
        if isinstance(row, LeftOut):
            yield row
        else:
            yield from _event(row, notes)


def _people(tables: NamedTables, notes: Notes) -> Rows:
    for row in tables.all_rows("patients", "people"):
        if isinstance(row, LeftOut):
            yield row
            continue
        born = row.text("dateofbirth")
        if born.endswith("-01"):  # rounded to the first of the month
            born = born.removesuffix("-01")
            notes.add("dates of birth are rounded to the month: an age may be a year more or less", file=row.file)
        fields = {
            "patient_id": row.text("patientid"),
            "date_of_birth": born,
            "sex": "" if row.text("sex") == "intersex" else row.text("sex"),
            "date_of_death": row.text("dateofdeath"),
        }
        yield PlainRow("people", row.line, fields, row.file)


def _issue(row: NamedRow) -> PlainRow:
    code, status = row.text("dmdcode"), row.text("medicationstatus")
    fields = {
        "patient_id": row.text("patientid"),
        "medication": f"dm+d {code}" if code else "",
        "dmd_code": code,
        "quantity": row.text("quantity"),
        "issue_date": row.text("date"),
        "status": "past" if status == _HISTORICAL else "",
        "prescription_type": "only once" if status == _ONLY_ONCE else "",
        "prn": {_AS_REQUIRED: "yes", _REGULAR: "no"}.get(status, ""),
    }
    return PlainRow("medicines", row.line, fields, row.file)


def _event(row: NamedRow, notes: Notes) -> Rows:
    """A coded event, as a problem where it has no value and as an observation: its code says which it is."""
    value = row.text("numericvalue")
    if value:
        notes.add("values have no unit here: they are taken in the unit that each fact is kept in", file=row.file)
    fields = {"patient_id": row.text("patientid"), "code": row.text("snomedctcode"), "date": row.text("date")}
    yield PlainRow("observations", row.line, {**fields, "value": value}, row.file)
    if not value and fields["code"]:
        yield PlainRow("problems", row.line, fields, row.file)
