"""From statements and requests to the lines of a medicine list.

GP Connect sends three kinds of resource for one medicine: a statement, a plan, and an order for each issue. They are
told to belong together by ``basedOn``, and are one line here, at the place of the statement. A request that stands
alone is a line; several orders of one product with the same directions are its issues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.fhir.dates_of_medicines import end_of, issue_day, last_issue_told, start_of
from healthcheck_cli.readers.fhir.directions import as_needed, directions_of, route_of
from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import Concept, Json, concept, extensions, number, objects, text, thing
from healthcheck_cli.readers.fhir.grouping import Group, is_order
from healthcheck_cli.readers.fhir.references import References
from healthcheck_cli.readers.notes import ISSUED_LATER, Notes
from healthcheck_cli.record import MedicineLine, Row

_TAKEN: Mapping[str, bool | None] = {
    **dict.fromkeys(("active",), True),
    **dict.fromkeys(("completed", "stopped", "cancelled", "not-taken", "ended"), False),
}
_ONCE_OR_AGAIN = {"acute": True, "repeat": False, "repeat-dispensing": False, "continuous": False}
_NO_MEDICINE = {
    "entered-in-error": "entered in error",
    "draft": "a draft",
    "intended": "planned and not yet taken",
}


@dataclass(frozen=True)
class MedicineBook:
    """Turns groups of resources into medicine lines, with notes by file."""

    references: References
    notes: Mapping[str, Notes]
    as_of: date | None = None  # the day of the review, where it is known

    def line(self, group: Group) -> MedicineLine | list[RejectedRow]:
        """The line of one medicine, or why none of its resources is used: it is no medicine yet, or has no name."""
        lead = group.lead
        reason = _NO_MEDICINE.get(_status(lead), "")
        if text(lead.resource, "intent") == "proposal":
            reason = reason or "proposed and not prescribed"
        if reason:
            return [RejectedRow(it.file, it.number, reason, withdrawn=True) for it in group.members]
        product = self._product(group)
        if not product:
            return [RejectedRow(it.file, it.number, "it does not say which medicine") for it in group.members]
        if product.broken:
            self._note("code of a medicine left out: its check digit is wrong", lead)
        self._note_doubts(group)
        return self._made(group, product)

    def _made(self, group: Group, product: Concept) -> MedicineLine:
        lead, doses = group.lead, _doses(group)
        issues = tuple(sorted({day for it in group.orders if (day := self._issued(it)) is not None}))
        told = self._issue_day(last_issue_told(lead), "last issue", lead)
        if told is not None and any(day > told for day in issues):
            self._note("an issue is later than the last one that the medicine tells: the later one is used", lead)
        once = _one_off(group)
        active = _active(lead, once=once)
        if active is not False and _supplied_elsewhere(group):
            self._note("medicine of another organisation: its issues are when it was written down, and not used", lead)
            told, issues = None, ()
        return MedicineLine(
            text=product.words or f"dm+d {product.code}",
            row=Row(lead.number, lead.file),
            dosage=directions_of(doses),
            quantity=_quantity(group),
            start=self._day(start_of(group), "start", lead),
            last_issue=max((day for day in (told, *issues) if day is not None), default=None),
            issues=issues,
            end=self._day(end_of(group, active), "end", lead),
            prn=as_needed(doses),
            route=route_of(doses),
            indication=self._reasons(group),
            dmd_code=product.code,
            active=active,
            one_off=once,
            other_issues=tuple(Row(it.number, it.file) for it in group.members if it is not lead),
        )

    def _note(self, message: str, entry: Entry) -> None:
        self.notes[entry.file].add(message, entry.number)

    def _day(self, found: tuple[date | None, bool], what: str, entry: Entry) -> date | None:
        day, partial = found
        if partial and day is None:
            self._note(f"{what} of a medicine is no day: taken as unknown", entry)
        return day

    def _issued(self, order: Entry) -> date | None:
        if _status(order) in ("cancelled", "entered-in-error", "draft"):
            self._note("issue that was cancelled or entered in error: not counted", order)
            return None
        return self._issue_day(issue_day(order), "issue", order)

    def _issue_day(self, found: tuple[date | None, bool], what: str, entry: Entry) -> date | None:
        day = self._day(found, what, entry)
        if day is not None and self.as_of is not None and day > self.as_of:
            self._note(ISSUED_LATER.format(what), entry)
        return day

    def _product(self, group: Group) -> Concept:
        found = self.product(group.lead)
        others = [self.product(it) for it in group.members if it is not group.lead]
        if any(found.code and it.code and it.code != found.code for it in others):
            self._note("a request of this medicine names another product: the name of the medicine is used", group.lead)
        return found or next((it for it in others if it), Concept())

    def product(self, entry: Entry) -> Concept:
        """The product that one resource names: in itself, or in the Medication that it refers to."""
        named = concept(entry.resource, "medicationCodeableConcept", products=True)
        if named:
            return named
        reference = thing(entry.resource, "medicationReference")
        medicine = self.references.resource(reference, entry)
        found = concept(medicine, "code", products=True)
        form = concept(medicine, "form").words
        if form and found.words and form.casefold() not in found.words.casefold():
            return Concept(f"{found.words} {form}", found.code, broken=found.broken)
        return found or Concept(text(reference, "display"))

    def _reasons(self, group: Group) -> str:
        words: list[str] = []
        for it in group.members:
            coded = (concept({"_": reason}, "_").words for reason in objects(it.resource, "reasonCode"))
            named = (self._reason(reason, it) for reason in objects(it.resource, "reasonReference"))
            words.extend(word for word in (*coded, *named) if word)
        return "; ".join(dict.fromkeys(words))

    def _reason(self, reference: Json, of: Entry) -> str:
        found = self.references.resource(reference, of)
        return concept(found, "code").words or text(reference, "display")

    def _note_doubts(self, group: Group) -> None:
        lead = group.lead
        if _status(lead) == "on-hold":
            self._note("medicine that is on hold: read as taken, so that it is looked at", lead)
        if text(lead.resource, "taken") == "n" or _status(lead) == "not-taken":
            self._note("medicine that the source says is not taken: read as over", lead)
        doses = _doses(group)
        if any(text(it, "text") and text(it, "patientInstruction") for it in doses):
            self._note("instructions to the patient beside the directions: not read", lead)
        if any(directions_in(it) for it in (lead,)) and any(
            directions_of(directions_in(it)) not in ("", directions_of(doses)) for it in group.plans
        ):
            self._note("directions of a medicine and of its plan differ: those of the medicine are used", lead)
        if doses and not directions_of(doses):
            self._note("structured dose that cannot be told in words: directions unknown", lead)


def _status(entry: Entry) -> str:
    return text(entry.resource, "status").casefold()


def _active(lead: Entry, *, once: bool | None) -> bool | None:
    """What the source marks. A completed order is one issue that was supplied: it says nothing of the medicine, and
    neither does an active one of what is issued once, which nobody ends."""
    if text(lead.resource, "taken") == "n":
        return False
    status = _status(lead)
    if is_order(lead) and (status == "completed" or (status == "active" and once)):
        return None
    return _TAKEN.get(status)


def _supplied_elsewhere(group: Group) -> bool:
    """Does GP Connect say that another organisation prescribes it? Then nothing is issued here."""
    agencies = (thing(ext, "valueCodeableConcept") for ext in extensions(group.lead.resource, "PrescribingAgency"))
    return any(text(it, "coding", "code") == "prescribed-by-another-organisation" for it in agencies)


def _one_off(group: Group) -> bool | None:
    """Issued once, or on repeat? GP Connect says it in an extension of the plan, R4 in the course of therapy."""
    for it in (*group.plans, *reversed(group.orders)):
        kinds = (thing(ext, "valueCodeableConcept") for ext in extensions(it.resource, "PrescriptionType"))
        for kind in (*kinds, thing(it.resource, "courseOfTherapyType")):
            code = text(kind, "coding", "code").casefold()
            if code in _ONCE_OR_AGAIN:
                return _ONCE_OR_AGAIN[code]
    return None


def directions_in(entry: Entry) -> Sequence[Json]:
    """The doses of one resource."""
    return objects(entry.resource, "dosage") or objects(entry.resource, "dosageInstruction")


def _doses(group: Group) -> Sequence[Json]:
    """The doses of the first resource that has any: the one that leads, then plans, then the newest order."""
    return next((found for it in group.in_order if (found := directions_in(it))), [])


def _quantity(group: Group) -> str:
    """How much the newest issue, or else the plan, supplies."""
    for it in (*reversed(group.orders), *group.plans):
        found = thing(it.resource, "dispenseRequest", "quantity")
        value, unit = number(found, "value"), text(found, "unit")
        told = next((text(ext, "valueString") for ext in extensions(found, "MedicationQuantityText")), "")
        if value is not None:
            return told if told[:1].isdigit() else f"{value:g} {unit or told}".rstrip()
        if told:
            return told
    return ""
