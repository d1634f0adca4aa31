"""The same medicines written as each source writes them, so that reading them back can be compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

Files = dict[str, str]


@dataclass(frozen=True)
class Given:
    """One medicine of one person, as it is to be read back."""

    person: str
    product: str
    dosage: str
    quantity: str
    issued: date


def table(rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def by_person(given: Sequence[Given]) -> list[tuple[str, list[Given]]]:
    """The medicines of each person together, as reports have them."""
    ordered = sorted(given, key=lambda it: it.person)
    return [(person, list(of_person)) for person, of_person in groupby(ordered, key=lambda it: it.person)]


def as_csv(given: Sequence[Given]) -> Files:
    """Plain CSV with a header of the contract."""
    rows = [[it.person, it.product, it.dosage, it.quantity, it.issued.isoformat()] for it in given]
    return {"list.csv": table([["patient_id", "medication", "dosage", "quantity", "last_issue_date"], *rows])}


def as_emis(given: Sequence[Given]) -> Files:
    """A report: lines before the table, a row of groups, blank cells on a person's further rows, all in one cell."""
    rows = [["A search"], ["Last Run:", "", "", "01-Nov-2026"], [], ["Patient Details", "", "Medication Courses", ""]]
    rows.append(["EMIS Number", "Date of Birth", "Name, Dosage and Quantity", "Last Issue Date"])
    for person, lines in by_person(given):
        for at, it in enumerate(lines):
            cell = ", ".join(part for part in (it.product, it.dosage, it.quantity) if part)
            who = [person, "01-Jan-1980"] if at == 0 else ["", ""]
            rows.append([*who, cell, it.issued.strftime("%d-%b-%Y")])
    return {"report.csv": table(rows)}


def as_systmone(given: Sequence[Given]) -> Files:
    """A report with semicolons, each row an issue with its start."""
    header = ["Patient ID", "Patient Surname", "Drug", "Dose", "Quantity", "Event Date", "Patient Count"]
    rows = [
        [it.person, "Test", it.product, it.dosage, it.quantity, it.issued.strftime("%d %b %Y"), "1"]
        for _, lines in by_person(given)
        for it in lines
    ]
    return {"report.csv": table([header, *rows], ";")}


def as_emis_bulk(given: Sequence[Given]) -> Files:
    """Three tables and their keys."""
    codes = {product: str(at) for at, product in enumerate(dict.fromkeys(it.product for it in given), start=1)}
    people = dict.fromkeys(it.person for it in given)
    drugs = [
        [f"{{D{at}}}", f"{{P{it.person}}}", codes[it.product], it.dosage, *_amount(it.quantity), it.issued.isoformat()]
        for at, it in enumerate(given)
    ]
    head = ["IssueRecordGuid", "PatientGuid", "CodeId", "Dosage", "Quantity", "QuantityUnit", "EffectiveDate"]
    patients = [[f"{{P{person}}}", "1980-01-01", person] for person in people]
    return {
        "Admin_Patient.csv": table([["PatientGuid", "DateOfBirth", "PatientNumber"], *patients]),
        "Coding_DrugCode.csv": table(
            [["CodeId", "Term", "DmdProductCodeId"], *([code, term, ""] for term, code in codes.items())]
        ),
        "Prescribing_IssueRecord.csv": table([head, *drugs]),
    }


def _amount(quantity: str) -> list[str]:
    amount, _, unit = quantity.partition(" ")
    return [amount, unit]


def as_cprd(given: Sequence[Given]) -> Files:
    """Tab-separated tables with coded products and dosages."""
    codes = {product: str(at) for at, product in enumerate(dict.fromkeys(it.product for it in given), start=700_001)}
    dosages = {dosage: f"D{at}" for at, dosage in enumerate(dict.fromkeys(it.dosage for it in given))}
    issues = [
        [it.person, it.issued.strftime("%d/%m/%Y"), codes[it.product], dosages[it.dosage], it.quantity] for it in given
    ]
    head = ["patid", "issuedate", "prodcodeid", "dosageid", "quantity"]
    return {
        "drugissue.txt": table([head, *issues], "\t"),
        "product.txt": table([["ProdCodeId", "ProductName"], *([code, name] for name, code in codes.items())], "\t"),
        "common_dosages.txt": table([["dosageid", "dosage_text"], *([c, text] for text, c in dosages.items())], "\t"),
    }


DIALECTS: dict[str, Callable[[Sequence[Given]], Files]] = {
    "csv": as_csv,
    "emis": as_emis,
    "systmone": as_systmone,
    "emis-bulk": as_emis_bulk,
    "cprd": as_cprd,
}
MAIN = {
    "csv": "list.csv",
    "emis": "report.csv",
    "systmone": "report.csv",
    "emis-bulk": "Prescribing_IssueRecord.csv",
    "cprd": "drugissue.txt",
}
"""The file of each with a row for each medicine."""
