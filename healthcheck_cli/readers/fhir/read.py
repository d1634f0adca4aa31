"""FHIR files as records: whose each resource is, what it tells, and a word for every one that is not used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.dates import AFTER_REVIEW, is_after_review
from healthcheck_cli.readers.fhir.directions import directions_of
from healthcheck_cli.readers.fhir.documents import (
    Document,
    Entry,
    is_by_line,
    read_document,
    version_in_words,
    without_repeats,
)
from healthcheck_cli.readers.fhir.elements import objects, text, thing
from healthcheck_cli.readers.fhir.grouping import groups_of, kind_of
from healthcheck_cli.readers.fhir.medicines import MedicineBook, directions_in
from healthcheck_cli.readers.fhir.observations import coded_event, observations_of
from healthcheck_cli.readers.fhir.people import People, has_died, person_of
from healthcheck_cli.readers.fhir.problems import list_warnings, problem_of
from healthcheck_cli.readers.fhir.references import References
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.readers.result import ReadResult
from healthcheck_cli.record import MedicineLine, Observation, Problem, Record

_USED = ("MedicationStatement", "MedicationRequest", "Condition", "AllergyIntolerance", "Observation")
_LOOKED_UP = ("Patient", "Medication", "List")
_OTHER_KINDS = (
    *("Appointment", "Binary", "CarePlan", "CareTeam", "Communication", "Composition", "Consent", "Coverage", "Device"),
    *("DetectedIssue", "RequestGroup", "NutritionOrder", "VisionPrescription"),
    *("DiagnosticReport", "DocumentReference", "Encounter", "EpisodeOfCare", "FamilyMemberHistory", "Flag", "Goal"),
    *("Group", "HealthcareService", "ImagingStudy", "Immunization", "Location", "MedicationAdministration"),
    *("MedicationDispense", "MessageHeader", "OperationOutcome", "Organization", "Parameters", "Practitioner"),
    *("PractitionerRole", "Procedure", "ProcedureRequest", "Provenance", "Questionnaire", "QuestionnaireResponse"),
    *("ReferralRequest", "RelatedPerson", "Schedule", "ServiceRequest", "Slot", "Specimen", "Task"),
)
_AGAIN = "the same resource as another one, which says the same or was changed later"


@dataclass
class _PersonParts:
    """What has been gathered of one person so far."""

    medicines: list[MedicineLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)


def read_fhir(sources: Sequence[tuple[str, str]], *, by_line: bool = False, as_of: date | None = None) -> ReadResult:
    """The people in FHIR files, in order of first appearance. ``sources`` are texts with the names of their files;
    ``as_of`` is the day of the review, where it is known.

    The files are read together: a Medication in one may be what a request in another refers to. A row's number is the
    place of the resource: its entry in the bundle, or its line. A medicine that cannot be used is rejected with a
    reason; whatever else is not used is counted in notes. No list is complete, as no source says so.

    Raises :class:`InputProblem` where a file is no FHIR JSON, or nothing in them can be used.
    """
    shapes = [by_line or is_by_line(source) for source, _ in sources]
    notes = {
        file: Notes(file) if lines else Notes(file, "entry", "entries")
        for (_, file), lines in zip(sources, shapes, strict=True)
    }
    documents = [
        read_document(source, file, notes[file], by_line=lines)
        for (source, file), lines in zip(sources, shapes, strict=True)
    ]
    _note_what_they_are(documents, notes)
    rejected = [row for document in documents for row in document.rejected]
    entries, repeated = without_repeats([it for document in documents for it in document.entries], notes)
    for it in repeated:
        if kind_of(it) is not None:
            rejected.append(RejectedRow(it.file, it.number, _AGAIN, withdrawn=True))
        else:
            notes[it.file].add(f"{_AGAIN}: left out", it.number)
    references = References(entries)
    people = People(entries, references)
    _note_lists(entries, references, notes)
    book = MedicineBook(references, notes, as_of)
    parts = _gathered(_by_person(entries, people, notes, rejected), book, notes, rejected)
    records = [_record(key, parts.get(key, _PersonParts()), people, notes, as_of) for key in (parts | people.patients)]
    if not records and not rejected:
        raise InputProblem(
            *(f"{file}: nothing in this file is read: no patient, medicine or problem" for file in notes)
        )
    rejected.sort(key=lambda row: (row.file, row.line))
    return ReadResult(
        records=tuple(records),
        rejected=tuple(rejected),
        notes=tuple(line for it in notes.values() for line in it.told()),
        format="fhir",
        not_reported={key: "died" for key, it in people.patients.items() if has_died(it)},
        broken_off=tuple(place for document in documents for place in document.broken_off),
    )


def _note_what_they_are(documents: Sequence[Document], notes: Mapping[str, Notes]) -> None:
    for document in documents:
        told = notes[document.file]
        kinds = Counter(it.kind for it in document.entries)
        told.add(f"{version_in_words(document.entries)}, {document.shape}: {_counted(kinds, (*_USED, *_LOOKED_UP))}")
        others = _counted(kinds, [kind for kind in kinds if kind not in (*_USED, *_LOOKED_UP)])
        if others:
            told.add(f"not read: {others}")


def _counted(kinds: Mapping[str, int], wanted: Iterable[str]) -> str:
    """Kinds with their counts. A name that is no type of FHIR may be anything: it is not repeated."""
    found = {kind: kinds[kind] for kind in wanted if kinds.get(kind)}
    told = [f"{count} {kind}" for kind, count in found.items() if kind in (*_USED, *_LOOKED_UP, *_OTHER_KINDS)]
    other = sum(count for kind, count in found.items() if kind not in (*_USED, *_LOOKED_UP, *_OTHER_KINDS))
    return ", ".join([*told, *([f"{other} of other types"] if other else [])])


def _note_lists(entries: Sequence[Entry], references: References, notes: Mapping[str, Notes]) -> None:
    """What lists say that is not here, and what they warn of."""
    for it in entries:
        if it.kind != "List":
            continue
        for code in list_warnings(it):
            notes[it.file].add(f"a list warns that it does not hold everything ({code})", it.number)
        items = [thing(entry, "item") for entry in objects(it.resource, "entry")]
        if any(text(item, "reference") and references.entry(item) is None for item in items):
            notes[it.file].add("a list names resources that are not here", it.number)


def _by_person(
    entries: Sequence[Entry], people: People, notes: Mapping[str, Notes], rejected: list[RejectedRow]
) -> dict[str, list[Entry]]:
    """The resources of each person. One that does not say whose it is belongs to the one person there is."""
    used = [it for it in entries if it.kind in _USED]
    owners = [(it, people.owner(it)) for it in used]
    known = {owner for _, owner in owners if owner is not None} | set(people.patients)
    found: dict[str, list[Entry]] = {}
    for it, owner in owners:
        if owner is None and len(known) > 1:
            reason = "it does not say whose it is, and there are several people"
            if kind_of(it) is not None:
                rejected.append(RejectedRow(it.file, it.number, reason))
            else:
                notes[it.file].add(f"{reason}: left out", it.number)
            continue
        found.setdefault(owner or next(iter(known), ""), []).append(it)
    return found


def _gathered(
    owned: Mapping[str, Sequence[Entry]], book: MedicineBook, notes: Mapping[str, Notes], rejected: list[RejectedRow]
) -> dict[str, _PersonParts]:
    found: dict[str, _PersonParts] = {}
    for key, entries in owned.items():
        parts = found.setdefault(key, _PersonParts())
        medicines = [it for it in entries if kind_of(it)]
        told = [book.line(group) for group in groups_of(medicines, book.references, lambda it: _same(it, book))]
        for line in told:
            if isinstance(line, MedicineLine):
                parts.medicines.append(line)
            else:
                rejected.extend(line)
        for it in entries:
            _add(it, parts, notes)
    return found


def _same(order: Entry, book: MedicineBook) -> Hashable | None:
    """What makes several orders that stand alone issues of one medicine; None where the product is not named."""
    product = book.product(order)
    if not product:
        return None
    return (product.code or product.words.casefold(), directions_of(directions_in(order)).casefold())


def _add(entry: Entry, parts: _PersonParts, notes: Mapping[str, Notes]) -> None:
    if entry.kind in ("Condition", "AllergyIntolerance"):
        found = problem_of(entry, notes)
        if isinstance(found, Problem):
            parts.problems.append(found)
        elif found is not None:
            notes[found.file].add(f"{found.reason}: left out", found.line)
    elif entry.kind == "Observation":
        event = coded_event(entry)
        if event is not None:
            parts.problems.append(event)
            notes[entry.file].add("observation that is only a code and a date: read as a problem too", entry.number)
        for it in observations_of(entry, notes):
            if isinstance(it, Observation):
                parts.observations.append(it)
            else:
                notes[it.file].add(f"{it.reason}: left out", it.line)


def _record(key: str, parts: _PersonParts, people: People, notes: Mapping[str, Notes], as_of: date | None) -> Record:
    lines = parts.medicines
    if len({it.row.number for it in lines}) < len(lines):  # of several files, or bundles in bundles
        for file in {it.row.file for it in lines}:
            notes[file].add("several medicines share an entry or line: they are numbered by their places in the list")
        lines = [replace(it, row=replace(it.row, number=place)) for place, it in enumerate(lines, start=1)]
    _note_later("problem", parts.problems, notes, as_of)
    _note_later("observation", parts.observations, notes, as_of)
    person = person_of(key, people.patients.get(key), notes, as_of)
    return Record(person, tuple(lines), tuple(parts.problems), tuple(parts.observations))


def _note_later(
    what: str, entries: Iterable[Problem | Observation], notes: Mapping[str, Notes], as_of: date | None
) -> None:
    """Note the resources that are dated after the day of the review, each once: one may tell of several things."""
    for row in dict.fromkeys(it.row for it in entries if is_after_review(it.date, as_of)):
        notes[row.file].add(f"{what} {AFTER_REVIEW}", row.number)
