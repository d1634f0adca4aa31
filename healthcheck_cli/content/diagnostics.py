"""What is wrong with a piece of content: where, under which code, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from healthcheck_cli.content.support import Place
from healthcheck_cli.errors import ContentProblem


class Severity(str, Enum):
    """``ERROR`` refuses the content; ``WARNING`` wants a decision; ``NOTE`` is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Diagnostic:
    """One problem of the content. ``code`` is a short stable slug; ``hint`` says what to write instead.

    >>> print(Diagnostic(Place("drug_rules/scales.yaml", 3, 5), "unknown-key", "no key 'titel' here", "title"))
    drug_rules/scales.yaml:3:5: unknown-key no key 'titel' here (title)
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.code} {self.message}{hint}"


class ContentRefused(ContentProblem):
    """The content was not loaded. ``diagnostics`` says everything that is wrong with it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(*map(str, self.diagnostics))


class Problems:
    """Collects the diagnostics of one load, so that one run reports every problem of every file."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Note one error; the same error at the same place is noted once."""
        self.note(Diagnostic(place, code, message, hint))

    def note(self, diagnostic: Diagnostic) -> None:
        """Note a problem that is a diagnostic already."""
        self._found[diagnostic] = None

    def __len__(self) -> int:
        return len(self._found)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """All of them, by file, line and column."""
        return in_order(self._found)

    def raise_if_any(self) -> None:
        """Raise :class:`ContentRefused` (a ContentProblem) with a line for each problem, if there is one."""
        if self._found:
            raise ContentRefused(self.in_order())


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics sorted by file, line, column and code."""
    return tuple(sorted(diagnostics, key=lambda it: (it.place.file, it.place.line, it.place.column, it.code)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint for a name that is not known: the nearest known one, or nothing where none is near.

    >>> nearest("titel", ["id", "title"])
    'did you mean title?'
    >>> nearest("zzz", ["id", "title"])
    ''
    """
    return _nearest(word, tuple(sorted(known)))


@lru_cache(maxsize=256)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else ""
