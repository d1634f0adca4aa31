"""The small parts of FHIR resources: texts, concepts, references, and ids that are the same each time."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from healthcheck_cli.dmd.ids import has_check_digit, is_id

Json = dict[str, Any]

SNOMED = "http://snomed.info/sct"
DMD = "https://dmd.nhs.uk"
FLAG_CATEGORY = "https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient"
FLAG_DETAIL = "http://hl7.org/fhir/StructureDefinition/flag-detail"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

_OURS = "urn:x-healthcheck-cli"  # names of this program alone: no register knows them
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, _OURS)
_NOT_IN_FHIR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def ours(name: str) -> str:
    """The system of codes that only this program knows: its rules, levels, questions, answers."""
    return f"{_OURS}:{name}"


def clean(text: str) -> str:
    """A text as FHIR allows it: no control characters, and no space around it.

    >>> clean(" red\\x1b[31m ")
    'red\\ufffd[31m'
    """
    return _NOT_IN_FHIR.sub("\ufffd", text).strip()


def concept(words: str, *codings: Json) -> Json:
    """A concept with its words. What has neither words nor codes is no concept: the caller sees to that."""
    told: Json = {"coding": list(codings)} if codings else {}
    return {**told, "text": clean(words)} if clean(words) else told


def coding(system: str, code: str, display: str = "") -> Json:
    """One code with the words for it."""
    told = {"system": system, "code": code}
    return {**told, "display": clean(display)} if clean(display) else told


def snomed_coding(system: str, code: str, display: str = "") -> tuple[Json, ...]:
    """A code of SNOMED CT or dm+d; nothing where it is not written as one or its check digit is wrong.

    >>> snomed_coding(SNOMED, "1082661000000100"), len(snomed_coding(SNOMED, "231501003"))
    ((), 1)
    """
    return (coding(system, code, display),) if is_id(code) and has_check_digit(code) else ()


def note(text: str) -> Json:
    """One remark."""
    return {"text": clean(text)}


def draft_tag() -> Json:
    """The mark of a draft, for kinds of resource whose status cannot say so."""
    return coding(ours("state"), "draft", "Draft by a computer program: read by nobody yet")


@dataclass(frozen=True)
class Ids:
    """Makes ids: of the same parts the same id.

    ``about`` are the parts that tell one person on one day from every other; ``made_by`` those that tell the program.
    """

    about: Sequence[str]
    made_by: Sequence[str]

    def of(self, kind: str, *parts: str) -> str:
        """The id of one resource."""
        return str(uuid.uuid5(_IDS, "\n".join((*self.about, kind, *parts))))

    def reference(self, kind: str, *parts: str) -> Json:
        """A reference to one resource of the bundle."""
        return {"reference": f"urn:uuid:{self.of(kind, *parts)}"}

    @property
    def program(self) -> Json:
        """A reference to this program, which is one for everybody in a bundle."""
        return Ids(self.made_by, ()).reference("Device")

    def resource(self, kind: str, *parts: str, **fields: Any) -> Json:
        """A resource. Fields that hold nothing are left out: FHIR has no empty ones."""
        told = {name.rstrip("_"): value for name, value in fields.items() if value not in (None, "", [], {})}
        return {"resourceType": kind, "id": self.of(kind, *parts), **told}
