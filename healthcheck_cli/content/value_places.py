"""Where a value of a record stands in its file.

What is loaded knows where each record begins, and no more: a content folder has a hundred thousand values. A check that
finds fault with one says which (:class:`ValueOf`), and its own place is looked up here, in the file as it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.yaml_source import Document, Spot, YamlList, YamlMapping

DEFAULTS = "defaults"
"""The key of a file under which stands what its records leave out."""


@dataclass(frozen=True)
class ValueOf(Place):
    """A value of the record that begins here: what stands under ``key``, or in the list or mapping there.

    ``beside``: what must stand in the same mapping, as (key, value). ``value`` is None for whatever stands there.
    """

    key: str = ""
    value: str | float | None = None
    beside: tuple[str, str] | None = None

    @classmethod
    def at(
        cls, place: Place, key: str, value: str | float | None = None, beside: tuple[str, str] | None = None
    ) -> ValueOf:
        """That value of the record at ``place``."""
        return cls(place.file, place.line, place.column, key, value, beside)


class ValuePlaces:
    """Looks up values in the documents of one load."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.file: document for document in documents}
        self._records: dict[str, dict[tuple[int, int], YamlMapping]] = {}

    def placed(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics at the values they are about: each at every place where the record has it.

        A value that the defaults of a file give to many records is told of once, where it stands.
        """
        by_defaults: dict[tuple[Place, str], dict[Place, Diagnostic]] = {}
        for diagnostic in diagnostics:
            if not isinstance(diagnostic.place, ValueOf):
                yield diagnostic
                continue
            own, given = self._found(diagnostic.place)
            for place in own:
                yield replace(diagnostic, place=place)
            if given is not None:
                of_records = by_defaults.setdefault((given, diagnostic.code), {})
                of_records.setdefault(_start_of(diagnostic.place), replace(diagnostic, place=given))
        for first, *others in (of_records.values() for of_records in by_defaults.values()):
            more = f"; so with {len(others)} more records by these defaults" if others else ""
            yield replace(first, message=first.message + more)

    def _found(self, wanted: ValueOf) -> tuple[list[Place], Place | None]:
        """The places in the record itself, or else the one in the defaults of its file; where neither has it, the
        place where the record begins."""
        start = _start_of(wanted)
        document = self._documents.get(wanted.file)
        record = self._mapping_at(wanted) if document is not None else None
        if document is None or record is None:
            return [start], None
        whatever = replace(wanted, value=None)
        spots = list(_spots(record, wanted)) or list(_spots(record, whatever))
        if spots:
            return [document.place(spot) for spot in dict.fromkeys(spots)], None
        defaults = document.value.get(DEFAULTS) if isinstance(document.value, YamlMapping) else None
        given = next(_spots(defaults, wanted), None) or next(_spots(defaults, whatever), None)
        return ([], document.place(given)) if given is not None else ([start], None)

    def _mapping_at(self, place: Place) -> YamlMapping | None:
        if place.file not in self._records:
            found = _mappings(self._documents[place.file].value)
            self._records[place.file] = {(it.start.line, it.start.column): it for it in found}
        return self._records[place.file].get((place.line, place.column))


def _start_of(value: ValueOf) -> Place:
    return Place(value.file, value.line, value.column)


def _mappings(value: object) -> Iterator[YamlMapping]:
    """Every mapping in a value, the innermost first."""
    inner = value.values() if isinstance(value, YamlMapping) else value if isinstance(value, YamlList) else ()
    for item in inner:
        yield from _mappings(item)
    if isinstance(value, YamlMapping):
        yield value


def _spots(value: object, wanted: ValueOf) -> Iterator[Spot]:
    """Where the value that is wanted stands, in a mapping and all that is in it."""
    if isinstance(value, YamlMapping):
        if wanted.key in value and (wanted.beside is None or value.get(wanted.beside[0]) == wanted.beside[1]):
            yield from _under(value, wanted)
        for item in value.values():
            yield from _spots(item, wanted)
    elif isinstance(value, YamlList):
        for item in value:
            yield from _spots(item, wanted)


def _under(mapping: YamlMapping, wanted: ValueOf) -> Iterator[Spot]:
    """The spots under the key itself: of the value, or of what is in the list or mapping there."""
    held = mapping[wanted.key]
    if wanted.value is None or held == wanted.value:
        yield mapping.spot(wanted.key)
    elif isinstance(held, YamlList):
        yield from (held.spot(at) for at, item in enumerate(held) if item == wanted.value)
    elif isinstance(held, YamlMapping):
        yield from (held.spot(name) for name, item in held.items() if wanted.value in (name, item))
