"""How far a content that is wrong somewhere can still be checked, so that one run tells all that can be known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable

from healthcheck_cli.content.checks.check import Needs
from healthcheck_cli.content.diagnostics import Diagnostic
from healthcheck_cli.content.support import Place
from healthcheck_cli.content.yaml_source import Document, YamlList, YamlMapping

_Start = tuple[int, int]

_FILE_LOST = frozenset({"not-utf8", "not-readable", "file-ending", "missing-file", "unknown-file"})
"""Problems of a file by which the names in it are not known."""


class ReadingFaults:
    """What was wrong when the files were read, and which records it is in."""

    def __init__(self, documents: Iterable[Document], problems: Collection[Diagnostic]) -> None:
        held = tuple(documents)
        self._any = bool(problems)
        self._names_known = all(isinstance(it.value, YamlList | YamlMapping) for it in held) and not any(
            problem.code in _FILE_LOST for problem in problems
        )
        self._starts = {it.file: _record_starts(it.value) for it in held}
        self._spoilt = {self._record_at(problem.place) for problem in problems}

    def allow(self, needs: Needs) -> bool:
        """Can a check that needs this be asked of the content?"""
        if needs is Needs.EVERYTHING:
            return not self._any
        return needs is not Needs.NAMES or self._names_known

    def are_in(self, place: Place) -> bool:
        """Is something wrong with the record there, or with what all records of its file share?"""
        return self._record_at(place) in self._spoilt or (place.file, -1) in self._spoilt

    def _record_at(self, place: Place) -> tuple[str, int]:
        """The file and the number of the record that the place is in; -1 for what stands before all of them."""
        return place.file, bisect_right(self._starts.get(place.file, []), (place.line, place.column)) - 1


def _record_starts(value: object) -> list[_Start]:
    """Where each record of a file begins."""
    records = value.get("records", value.get("questions")) if isinstance(value, YamlMapping) else value
    if not isinstance(records, YamlList):
        return []
    return [(it.start.line, it.start.column) for it in records if isinstance(it, YamlMapping)]
