"""What a FHIR reference points to, among the resources that were given."""

from __future__ import annotations

from collections.abc import Sequence

from healthcheck_cli.readers.fhir.documents import Entry
from healthcheck_cli.readers.fhir.elements import Json, objects, text


class References:
    """Finds a resource by what refers to it: ``Medication/1``, ``urn:uuid:…``, an address, or ``#1`` for a contained
    one. Two servers may use one id for two resources: an address that is written out goes before type and id."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_url = {it.url: it for it in entries if it.url}
        self._by_type: dict[str, list[Entry]] = {}
        for it in entries:
            if it.id:
                self._by_type.setdefault(f"{it.kind}/{it.id}", []).append(it)

    def entry(self, reference: Json) -> Entry | None:
        """The resource that a reference points to; None where it is not here, or where it may be either of two."""
        target = text(reference, "reference")
        if target in self._by_url:
            return self._by_url[target]
        found = self._by_type.get(type_and_id(target), [])
        return found[0] if len(found) == 1 else None

    def resource(self, reference: Json, of: Entry) -> Json:
        """The resource itself, a contained one too; empty where it is not here."""
        target = text(reference, "reference")
        if target.startswith("#"):
            inside = (it for it in objects(of.resource, "contained") if text(it, "id") == target[1:])
            return next(inside, {})
        found = self.entry(reference)
        return found.resource if found is not None else {}


def type_and_id(target: str) -> str:
    """``Type/id`` of a reference, without server and version; the reference itself where it is of another form.

    >>> type_and_id("https://example.org/fhir/Patient/7/_history/2"), type_and_id("urn:uuid:1")
    ('Patient/7', 'urn:uuid:1')
    """
    parts = target.split("/_history/")[0].split("/")
    return "/".join(parts[-2:]) if len(parts) > 1 else target
