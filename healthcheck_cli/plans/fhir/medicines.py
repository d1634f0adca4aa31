"""Medicine lines as MedicationStatements: what findings stand on."""

from __future__ import annotations

from healthcheck_cli.medicines.models import Currency, MedicineRead
from healthcheck_cli.plans.fhir.elements import DMD, Ids, Json, clean, concept, note, ours, snomed_coding

_STATUS = {Currency.CURRENT: "active", Currency.DUPLICATE: "active"}
_NO_NAME = "medicine without a name in the source"


def medicine_statement(read: MedicineRead, patient: Json, ids: Ids) -> Json:
    """One line as it was written, with its code where that is whole. A line that is not taken now by our reading is
    completed where the source gives an end; otherwise whether it is taken is unknown."""
    line = read.line
    over = "completed" if line.end is not None else "unknown"
    period = {"start": line.start and line.start.isoformat(), "end": line.end and line.end.isoformat()}
    return ids.resource(
        "MedicationStatement",
        str(read.row),
        identifier=[{"system": ours("medicine-row"), "value": str(read.row)}],
        status=_STATUS.get(read.currency, over),
        medicationCodeableConcept=concept(clean(line.text) or _NO_NAME, *snomed_coding(DMD, line.dmd_code)),
        subject=patient,
        effectivePeriod={name: day for name, day in period.items() if day},
        reasonCode=[concept(line.indication)] if clean(line.indication) else [],
        note=[note(f"Read as not taken now: {read.currency_reason}")] if read.currency_reason else [],
        dosage=[_dosage(read)] if clean(line.dosage) or read.line.prn is not None else [],
    )


def _dosage(read: MedicineRead) -> Json:
    """The directions as written. When required is said only where the source has it apart from the directions."""
    told: Json = {"text": clean(read.line.dosage)} if clean(read.line.dosage) else {}
    return {**told, "asNeededBoolean": read.line.prn} if read.line.prn is not None else told
