"""A report of an EMIS Web search: patients, and on further rows, where the patient's cells are blank, more of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthcheck_cli.readers.csv_table import expect, is_totals, value_of, wrong_with
from healthcheck_cli.readers.emis_cell import split_cell
from healthcheck_cli.readers.emis_layout import Block, Layout, find_layout
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.plain_rows import LeftOut, PlainRow, Rows
from healthcheck_cli.readers.sources import Opened
from healthcheck_cli.readers.told_columns import note_columns, note_unused

_NOBODY = "whose row this is cannot be told: the row with the patient before it could not be used"
_ANOTHER = (
    "this id was another patient's above (with another NHS number or date of birth): name a column that is of one "
    "patient only with --map patient_id=COLUMN"
)
_SUPPLIED_ELSEWHERE = frozenset({"hospital", "outside", "hospital issue", "issued by hospital", "outside issue"})


def emis_report_rows(opened: Opened, overrides: Mapping[str, str], notes: Notes) -> Rows:
    """The rows of a report: of each patient the details, then a row for each medicine, problem and value.

    A row whose patient cells are all blank is of the patient above. After a row that could not be used and may have
    begun another patient, rows are rejected until the next patient begins. Raises :class:`InputProblem` where the
    report has no header that can be read.
    """
    layout = find_layout(opened, overrides)
    _tell(layout, notes)
    patient, why_nobody = "", "no patient_id"
    known: dict[str, tuple[str, str]] = {}
    rows = opened.rows(layout.delimiter)
    expect(rows, len(layout.header))
    for row in rows:
        line, raw, wrong, _ = row
        if line <= layout.header_line or not (wrong or any(raw)):
            continue
        if not wrong and (layout.is_heading(raw) or is_totals(raw)):
            notes.add("a heading or a row of totals: left out", line)
            continue
        if reason := wrong_with(row, layout.header):
            yield LeftOut("medicines", line, reason, opened.name)
            if not _goes_on(layout, raw):
                patient, why_nobody = "", _NOBODY
            continue
        cells = [value_of(cell) for cell in raw[: len(layout.header)]]
        if not _goes_on(layout, cells):
            details = {name: cells[place] for name, place in layout.patient.items()}
            patient, why_nobody = _id(details), "no patient_id"
            if patient and _is_another(known.setdefault(patient, _who(details)), _who(details)):
                patient, why_nobody = "", _ANOTHER
            if patient:
                yield PlainRow("people", line, {**details, "patient_id": patient}, opened.name)
        yield from _things(layout, cells, line, patient, why_nobody, opened.name)


def _tell(layout: Layout, notes: Notes) -> None:
    used = set(layout.patient.values())
    for block in layout.blocks:
        all_in_one = {} if block.all_in_one is None else {"name, dosage and quantity": block.all_in_one}
        note_columns(layout.header, block.kind, {**block.places, **all_in_one}, notes)
        used |= {*block.places.values(), *all_in_one.values()}
    note_columns(layout.header, "people", layout.patient, notes)
    note_unused(layout.header, used, notes)
    if layout.run is not None:
        day = layout.run.isoformat()
        notes.add(f"the report was last run on {day}: with --as-of {day} it is reviewed as it stood on that day")


def _goes_on(layout: Layout, cells: Sequence[str]) -> bool:
    """Are the patient's cells blank, so that the row is of the patient above? A row without cells may be anybody's."""
    return bool(cells) and not any(cells[place] for place in layout.patient_places if place < len(cells))


def _who(details: Mapping[str, str]) -> tuple[str, str]:
    """What two patients do not share."""
    return details.get("nhs_number", "").replace(" ", ""), details.get("date_of_birth", "")


def _is_another(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return any(mine and theirs and mine != theirs for mine, theirs in zip(one, other, strict=True))


def _id(details: Mapping[str, str]) -> str:
    return details.get("patient_id") or details.get("nhs_number", "").replace(" ", "")


def _things(layout: Layout, cells: Sequence[str], line: int, patient: str, why_nobody: str, file: str) -> Rows:
    for block in layout.blocks:
        if block.is_empty(cells):
            continue
        if not patient:
            yield LeftOut(block.kind, line, why_nobody, file)
            continue
        fields = {name: cells[place] for name, place in block.places.items()}
        if block.kind == "medicines":
            fields = _medicine(block, fields, cells)
        elif not (fields.get("term") or fields.get("code")):
            continue  # a date with no entry beside it: EMIS repeats it on further rows
        yield PlainRow(block.kind, line, {"patient_id": patient, **fields}, file)


def _medicine(block: Block, fields: dict[str, str], cells: Sequence[str]) -> dict[str, str]:
    if block.all_in_one is not None:
        product, dosage, quantity = split_cell(cells[block.all_in_one])
        fields = {**fields, "medication": product}
        fields["dosage"] = fields.get("dosage") or dosage
        fields["quantity"] = fields.get("quantity") or quantity
    if not fields.get("status") and fields.get("issue_method", "").casefold() in _SUPPLIED_ELSEWHERE:
        fields["status"] = "current"  # noted for safety, supplied by others: its last issue is the day it was typed in
    return fields
