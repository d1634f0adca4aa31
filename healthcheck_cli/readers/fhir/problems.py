"""Conditions and allergies as problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import Json, concept, day_in, extensions, text
from healthcheck_cli.readers.notes import Notes
from healthcheck_cli.record import Problem, Row, Standing

_NOT_THERE = ("entered-in-error", "refuted")
_SUSPECTED = ("provisional", "differential")
_OVER = ("resolved",)
_SET_ASIDE = ("inactive", "remission")
_SAYS_ALLERGY = re.compile(r"allerg|adverse|intoleran|sensitiv|anaphyla|reaction", re.IGNORECASE)


def problem_of(entry: Entry, notes: Mapping[str, Notes]) -> Problem | RejectedRow | None:
    """The problem that a Condition or an AllergyIntolerance tells; why it cannot be used; None where it is none.

    Only an active, confirmed problem counts for certain. One that is resolved is over; one that is inactive, in
    remission or suspected settles nothing. An allergy whose code is that of a substance is told in words.
    """
    resource = entry.resource
    told = notes[entry.file]
    verified = _status(resource, "verificationStatus")
    if verified in _NOT_THERE:
        told.add(f"{_what(entry)} refuted or entered in error: left out", entry.number)
        return None
    found = concept(resource, "code")
    if not found:
        return RejectedRow(entry.file, entry.number, f"{_what(entry)} without a term or a code")
    if found.broken:
        told.add(f"code of {_what(entry)} left out: its check digit is wrong", entry.number)
    term, code = found.words, found.code
    if entry.kind == "AllergyIntolerance" and not _SAYS_ALLERGY.search(term):
        term, code = f"Allergy to {term}" if term else f"Allergy (code {code})", ""
    begun, end = _begun(entry, told), day_in(resource, "abatementDateTime").day
    end = end or day_in(resource, "abatementPeriod", "end").day
    return Problem(Row(entry.number, entry.file), term, code, begun, end, _standing(resource, verified))


def _what(entry: Entry) -> str:
    return "allergy" if entry.kind == "AllergyIntolerance" else "condition"


def _status(resource: Json, name: str) -> str:
    """A status of R4 (a concept) or of STU3 (a word)."""
    return (text(resource, name, "coding", "code") or text(resource, name)).casefold()


def _standing(resource: Json, verified: str) -> Standing:
    clinical = _status(resource, "clinicalStatus")
    if clinical in _OVER or resource.get("abatementBoolean") is True:
        return "over"
    return "doubtful" if clinical in _SET_ASIDE or verified in _SUSPECTED else "active"


_BEGUN = (("onsetDateTime",), ("onsetPeriod", "start"))
_RECORDED = (("recordedDate",), ("assertedDate",))


def _begun(entry: Entry, notes: Notes) -> date | None:
    """When it began; where nothing at all is said of that, when it was recorded. A month or a year is no day, and the
    day on which an old problem was written down would make it new."""
    onset = [day_in(entry.resource, *path) for path in _BEGUN]
    day = next((it.day for it in onset if it.day is not None), None)
    if day is not None:
        return day
    if any(it.partial for it in onset):
        notes.add(f"onset of {_what(entry)} is no day: taken as unknown", entry.number)
        return None
    if any(name in entry.resource for name in ("onsetAge", "onsetRange", "onsetString")):
        notes.add(f"onset of {_what(entry)} is told in another way than by a date: taken as unknown", entry.number)
        return None
    return next((found.day for path in _RECORDED if (found := day_in(entry.resource, *path)).day is not None), None)


def list_warnings(entry: Entry) -> list[str]:
    """What a GP Connect List says of what is missing from it, as codes of its own."""
    warned = [text(it, "valueCode") for it in extensions(entry.resource, "ListWarningCode")]
    return [code for code in warned if re.fullmatch(r"[a-z-]{1,40}", code)]
