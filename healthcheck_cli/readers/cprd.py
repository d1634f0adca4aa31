"""CPRD tables, Aurum and GOLD, joined by their keys: issues, products, dosages, patients, coded observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from healthcheck_cli.readers.named_tables import NamedRow, NamedTables
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow, Rows

_SEXES = {"1": "M", "2": "F"}
_GOLD_YEARS = 1800  # GOLD counts years of birth from here


@dataclass(frozen=True)
class _Product:
    name: str
    dmd_code: str


def cprd_rows(tables: NamedTables, notes: Notes) -> Rows:
    """The rows of the extract: people, then every issue as an issue of its medicine, then coded observations."""
    products = _products(tables)
    dosages = {row.text("dosageid"): row.text("dosagetext") for row in tables.rows("common_dosages")}
    if not tables.has("Patient"):
        notes.add("no Patient table is given: nobody's age and sex are known")
    if not products:
        notes.add("no product dictionary is given: no medicine has a name")
    yield from _people(tables)
    for name in ("DrugIssue", "therapy"):
        for row in tables.all_rows(name, "medicines"):
            yield row if isinstance(row, LeftOut) else _issue(row, products, dosages, notes)
    yield from _observations(tables, notes)


def _products(tables: NamedTables) -> dict[str, _Product]:
    return {
        row.text("prodcodeid", "prodcode"): _Product(row.text("productname", "termfromemis"), row.text("dmdid"))
        for name in ("Product", "product")
        for row in tables.rows(name)
    }


def _people(tables: NamedTables) -> Rows:
    for row in tables.all_rows("Patient", "people"):
        if isinstance(row, LeftOut):
            yield row
            continue
        fields = {
            "patient_id": row.text("patid"),
            "date_of_birth": _born(row.text("yob"), row.text("mob")),
            "sex": _SEXES.get(row.text("gender"), ""),
            "date_of_death": row.text("cprdddate", "emisddate", "deathdate"),
        }
        yield PlainRow("people", row.line, fields, row.file)


def _born(year: str, month: str) -> str:
    """The year, or the year and month, of birth as text; empty where no year is given.

    >>> _born("1979", "4"), _born("179", "0"), _born("", "")
    ('1979-04', '1979', '')
    """
    if year.isdecimal() and len(year) < 4:
        year = str(int(year) + _GOLD_YEARS)
    return f"{year}-{int(month):02}" if year and month.isdecimal() and 1 <= int(month) <= 12 else year


def _issue(row: NamedRow, products: Mapping[str, _Product], dosages: Mapping[str, str], notes: Notes) -> PlainRow:
    code, dosage_id = row.text("prodcodeid", "prodcode"), row.text("dosageid")
    product = products.get(code, _Product("", ""))
    name = product.name
    if not name and code:
        notes.add("a product code that is not in the dictionary: the medicine is not known", row.line, row.file)
        name = f"[CPRD product code {code}: not in the product dictionary]"
    if dosage_id and dosage_id not in dosages:
        notes.add("a dosage code that is not in common_dosages: the dose is not known", row.line, row.file)
    item = row.text("drugrecid")
    fields = {
        "patient_id": row.text("patid"),
        "item": item if item.strip("0") else "",
        "medication": name,
        "dosage": dosages.get(dosage_id, row.text("text")),
        "quantity": row.text("quantity", "qty"),
        "issue_date": row.text("issuedate", "eventdate", "date"),
        "dmd_code": product.dmd_code,
    }
    return PlainRow("medicines", row.line, fields, row.file)


def _observations(tables: NamedTables, notes: Notes) -> Rows:
    """Every coded entry, as a problem where it has no value and as an observation: its code says which it is."""
    entries = {row.text("medcodeid"): row for row in tables.rows("MedicalDictionary")}
    units = {row.text("numunitid"): row.text("description") for row in tables.rows("NumUnit")}
    for row in tables.all_rows("Observation", "observations"):
        if isinstance(row, LeftOut):
            yield row
            continue
        code = row.text("medcodeid")
        entry = entries.get(code)
        fields = {
            "patient_id": row.text("patid"),
            "code": entry.text("snomedctconceptid") if entry else "",
            "term": entry.text("term") if entry else f"[CPRD medical code {code}: not in the medical dictionary]",
            "date": row.text("obsdate", "eventdate"),
        }
        value, unit = row.text("value"), row.text("numunitid")
        if value and unit not in units:
            notes.add("a value whose unit is not known (no NumUnit entry): not used", row.line, row.file)
        known = {"value": value, "unit": units[unit]} if value and unit in units else {"value": "", "unit": ""}
        yield PlainRow("observations", row.line, {**fields, **known}, row.file)
        if not value:
            yield PlainRow("problems", row.line, fields, row.file)
