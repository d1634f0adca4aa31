"""The tables of an EMIS bulk extract, joined by their keys: patients, drug records, issues, problems, coded entries.

A drug record is a medicine, an issue record one issue of it. A code that no dictionary holds leaves the medicine
unnamed, and its row is there all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from healthcheck_cli.readers.named_tables import NamedRow, NamedTables
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow, Rows
from healthcheck_cli.readers.values import flag_in

_DRUG_RECORDS = ("Prescribing_DrugRecord", "drug_record")
_ISSUES = ("Prescribing_IssueRecord", "issue_record")
_DELETED = "deleted in the source"
_PAST = "past problem"


@dataclass(frozen=True)
class _Code:
    term: str
    code: str


@dataclass
class _Extract:
    """What the rows of the extract are joined with."""

    tables: NamedTables
    notes: Notes
    drugs: Mapping[str, _Code]
    entries: Mapping[str, _Code]
    ids: Mapping[str, str]
    reasons: Mapping[str, str] = field(default_factory=dict)

    def person(self, row: NamedRow) -> str:
        guid = row.text("patientguid", "patientid")
        if self.ids and guid and guid not in self.ids:
            self.notes.add("of a patient who is not in Admin_Patient: the key stands for the id", row.line, row.file)
        return self.ids.get(guid, guid.strip("{}"))


def emis_bulk_rows(tables: NamedTables, notes: Notes) -> Rows:
    """The rows of the extract: people, then medicines and their issues, then problems and coded entries."""
    drugs = _dictionary(tables, "Coding_DrugCode", "dmdproductcodeid")
    entries = _dictionary(tables, "Coding_ClinicalCode", "snomedctconceptid")
    ids = _ids(tables, notes)
    extract = _Extract(tables, notes, drugs, entries, ids, _linked_problems(tables, entries))
    if not ids:
        notes.add("no Admin_Patient is given: nobody's age and sex are known")
    yield from _people(extract)
    for name in _DRUG_RECORDS:
        yield from _drug_records(extract, name)
    for name in _ISSUES:
        yield from _issues(extract, name)
    yield from _coded_entries(extract)


def _dictionary(tables: NamedTables, name: str, code: str) -> dict[str, _Code]:
    return {row.text("codeid"): _Code(row.text("term"), row.text(code)) for row in tables.rows(name)}


def _ids(tables: NamedTables, notes: Notes) -> dict[str, str]:
    """Key of a patient → the id that is shown: the patient number, which people can look up, unless two share it."""
    numbers = {row.text("patientguid"): row.text("patientnumber") for row in tables.rows("Admin_Patient")}
    shared = {number for number, count in Counter(numbers.values()).items() if count > 1 or not number}
    if shared - {""}:
        notes.add("a patient number is used twice (several practices): the keys of the patients stand for their ids")
        return {guid: guid.strip("{}") for guid in numbers}
    return {guid: number or guid.strip("{}") for guid, number in numbers.items()}


def _linked_problems(tables: NamedTables, entries: Mapping[str, _Code]) -> dict[str, str]:
    """Key of an entry that a medicine points at → its term: what the medicine was given for."""
    wanted = {row.text("problemobservationguid") for name in _DRUG_RECORDS for row in tables.rows(name)} - {""}
    if not wanted:
        return {}
    found = (row for row in tables.rows("CareRecord_Observation") if row.text("observationguid") in wanted)
    return {row.text("observationguid"): entries[code].term for row in found if (code := row.text("codeid")) in entries}


def _people(extract: _Extract) -> Rows:
    for row in extract.tables.all_rows("Admin_Patient", "people"):
        if isinstance(row, LeftOut):
            yield row
            continue
        dummy = row.text("dummytype")
        fields = {
            "patient_id": extract.ids.get(row.text("patientguid"), ""),
            "nhs_number": row.text("nhsnumber"),
            "date_of_birth": row.text("dateofbirth"),
            "sex": row.text("sex"),
            "date_of_death": row.text("dateofdeath"),
            "not_reported": _DELETED if _deleted(row) else "a test patient" if flag_in(dummy) else "",
        }
        yield PlainRow("people", row.line, fields, row.file)


def _deleted(row: NamedRow) -> bool:
    return flag_in(row.text("deleted", "isdeleted")) is True


def _is_only_a_key(row: NamedRow) -> bool:
    """Is nothing left of a row but its key? So the EMIS-X feed has what was deleted."""
    return not row.text("patientguid", "patientid", "codeid", "dosage")


def _medicine_rows(extract: _Extract, name: str) -> Iterator[NamedRow | LeftOut]:
    """The rows of a table of medicines that are to be used; those that are not, with the reason."""
    for row in extract.tables.all_rows(name, "medicines"):
        if isinstance(row, NamedRow) and (_deleted(row) or _is_only_a_key(row)):
            yield LeftOut("medicines", row.line, _DELETED, row.file, withdrawn=True)
        else:
            yield row


def _drug_records(extract: _Extract, name: str) -> Rows:
    for row in _medicine_rows(extract, name):
        if isinstance(row, LeftOut):
            yield row
            continue
        whole_day = row.text("effectivedateprecision") in ("", "YMD")
        fields = {
            **_medicine(extract, row),
            "item": row.text("drugrecordguid", "drugrecordid"),
            "start_date": row.text("effectivedate", "effectivedatetime") if whole_day else "",
            "last_issue_date": row.text("mostrecentissuedatetime"),
            "end_date": row.text("cancellationdate", "cancellationdatetime"),
            "status": row.text("isactive"),
            "prescription_type": row.text("prescriptiontype", "prescriptiontypedescription"),
            "indication": extract.reasons.get(row.text("problemobservationguid"), ""),
        }
        yield PlainRow("medicines", row.line, fields, row.file)


def _issues(extract: _Extract, name: str) -> Rows:
    for row in _medicine_rows(extract, name):
        if isinstance(row, LeftOut):
            yield row
        elif flag_in(row.text("iscancelled")):
            yield LeftOut("medicines", row.line, "an issue that was cancelled", row.file, withdrawn=True)
        else:
            fields = {
                **_medicine(extract, row),
                "item": row.text("drugrecordguid", "drugrecordid"),
                "issue_date": row.text("effectivedate", "effectivedatetime"),
            }
            yield PlainRow("medicines", row.line, fields, row.file)


def _medicine(extract: _Extract, row: NamedRow) -> dict[str, str]:
    code = row.text("codeid")
    drug = extract.drugs.get(code, _Code("", ""))
    product = row.text("localmixturename") or drug.term
    if not product:
        extract.notes.add("a code that is not in Coding_DrugCode: the medicine is not known", row.line, row.file)
        product = f"[EMIS code {code}: not in the drug code dictionary]" if code else ""
    return {
        "patient_id": extract.person(row),
        "medication": product,
        "dosage": row.text("dosage"),
        "quantity": row.text("quantityrepresentation") or _quantity(row),
        "dmd_code": row.text("dmdproductcodeid") or drug.code,
    }


def _quantity(row: NamedRow) -> str:
    amount, unit = row.text("quantity"), row.text("quantityunit")
    whole, point, rest = amount.partition(".")
    amount = whole if point and not rest.strip("0") else amount
    return f"{amount} {unit}".strip()


def _coded_entries(extract: _Extract) -> Rows:
    """Every coded entry, as a problem where it has no value and as an observation: its code says which it is."""
    problems = {row.text("observationguid"): row for row in extract.tables.rows("CareRecord_Problem")}
    for row in extract.tables.all_rows("CareRecord_Observation", "observations"):
        if isinstance(row, LeftOut):
            yield row
            continue
        if _deleted(row):
            yield LeftOut("observations", row.line, _DELETED, row.file, withdrawn=True)
            continue
        code = row.text("codeid")
        entry = extract.entries.get(code, _Code("", ""))
        whole_day = row.text("effectivedateprecision") in ("", "YMD")
        fields = {
            "patient_id": extract.person(row),
            "code": entry.code,
            "term": entry.term or (f"[EMIS code {code}: not in the clinical code dictionary]" if code else ""),
            "date": row.text("effectivedate") if whole_day else "",
        }
        value, unit = row.text("value"), row.text("numericunit")
        yield PlainRow("observations", row.line, {**fields, "value": value, "unit": unit}, row.file)
        problem = problems.get(row.text("observationguid"))
        over = problem is not None and problem.text("problemstatusdescription").casefold() == _PAST
        if not value:
            ended = problem.text("enddate") if problem is not None else ""
            standing = "over" if over and not ended else ""
            yield PlainRow("problems", row.line, {**fields, "end": ended, "standing": standing}, row.file)
