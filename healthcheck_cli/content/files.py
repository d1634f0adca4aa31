"""The files of a content folder, read once, and the records in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.places import PLACES
from healthcheck_cli.content.record_reader import RecordReader, kind_of
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.yaml_source import Document, YamlList, YamlMapping, read_document

_PATH = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)*\.yaml")


def is_well_named(path: str) -> bool:
    """Is the path made of lower case words joined with underscores, and does it end in .yaml?"""
    return _PATH.fullmatch(path) is not None


class ContentFiles:
    """The documents of one content folder, read once. Problems are collected, never raised."""

    def __init__(self, documents: Mapping[str, Document], problems: Problems) -> None:
        self.documents = documents
        self.problems = problems

    @classmethod
    def of_texts(cls, texts: Iterable[tuple[str, str]], problems: Problems) -> ContentFiles:
        """Read the texts of files, given with their paths."""
        files = cls({path: read_document(path, text, problems) for path, text in texts}, problems)
        for path in files.documents:
            if not is_well_named(path):
                problems.add(Place(path), "file-name", "file names are lower case words joined with underscores")
            if not any(path == place or path.startswith(f"{place}/") for place in PLACES):
                problems.add(
                    Place(path), "unknown-file", "nothing is read from here", f"content is in {', '.join(PLACES)}"
                )
        return files

    def record(self, path: str) -> RecordReader | None:
        """The one mapping a file holds; None (and a problem) where there is none."""
        document = self.documents.get(path)
        if document is None:
            self.problems.add(Place(path), "missing-file", "this file is needed and is not there")
            return None
        return self._mapping(document)

    def mappings(self, folder: str) -> Iterator[RecordReader]:
        """The mapping of each file in a folder, in the order of their names."""
        for document in self._below(folder):
            reader = self._mapping(document)
            if reader is not None:
                yield reader

    def records(self, path: str) -> Iterator[RecordReader]:
        """Every record of a file, or of every file below a folder.

        A file is a list of records, or ``{defaults: {…}, records: [ … ]}``; a record's own keys win.
        """
        for document in self._below(path):
            yield from self._records(document)

    def _below(self, path: str) -> Iterator[Document]:
        for name, document in self.documents.items():
            if document.value is not None and (name == path or name.startswith(f"{path}/")):
                yield document

    def _mapping(self, document: Document) -> RecordReader | None:
        if isinstance(document.value, YamlMapping):
            return RecordReader(document.value, document, self.problems)
        if document.value is not None:
            message = f"this file wants a mapping, and this is {kind_of(document.value)}"
            self.problems.add(Place(document.file), "wrong-type", message)
        return None

    def _records(self, document: Document) -> Iterator[RecordReader]:
        records, defaults = document.value, None
        if isinstance(records, YamlMapping):
            whole = RecordReader(records, document, self.problems)
            defaults = whole.record("defaults")
            records = whole.raw("records")
            whole.done()
        if not isinstance(records, YamlList):
            hint = "start each record with -, or write {defaults: …, records: [ … ]}"
            self.problems.add(Place(document.file), "wrong-type", "this file wants a list of records", hint)
            return
        for at, item in enumerate(records):
            if isinstance(item, YamlMapping):
                yield RecordReader(item, document, self.problems, defaults)
            else:
                place = document.place(records.spot(at))
                self.problems.add(place, "wrong-type", f"a record is a mapping, and this is {kind_of(item)}")
