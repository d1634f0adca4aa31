"""Notes for standard error on what was read in a way the user should know. They name files, lines and columns, never
a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

ISSUED_LATER = "{} after the day of the review: no issue yet, and not counted for what is taken now"
_LINES_NAMED = 5


@dataclass(slots=True)
class _Places:
    """How many lines a note is about, and the first of them: an extract may have it on every line. ``column``: of the
    first one."""

    column: int = 0
    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, line: int) -> None:
        self.count += 1
        if self.count <= _LINES_NAMED:
            self.first.append(line)


class Notes:
    """Collects notes; the same note on many lines becomes one note that counts them."""

    def __init__(self, file: str, place: str = "line", places: str = "lines") -> None:
        """``place``, ``places``: what the numbers of this file are called."""
        self._file = file
        self._place_word, self._places_word = place, places
        self._places: dict[tuple[str, str], _Places] = {}

    def add(self, message: str, line: int = 0, file: str = "", column: int = 0) -> None:
        """Note something about the file, or about one of its lines. ``file``: another than the one given at first.
        ``column`` is told where the note is about one line."""
        about = (file or self._file, message)
        places = self._places.get(about)
        if places is None:
            places = self._places[about] = _Places(column)
        if line:
            places.add(line)

    def add_all(self, message: str, lines: Iterable[int]) -> None:
        """Note the same about many lines."""
        places = self._places.setdefault((self._file, message), _Places())
        for line in lines:
            places.add(line)

    def told(self) -> tuple[str, ...]:
        """The notes in the order they came up.

        >>> notes = Notes("list.csv")
        >>> notes.add("start_date not read: taken as unknown", 3)
        >>> notes.add("start_date not read: taken as unknown", 9)
        >>> notes.told()
        ('list.csv: start_date not read: taken as unknown (lines 3, 9)',)
        """
        return tuple(f"{file}: {message}{self._where(places)}" for (file, message), places in self._places.items())

    def counts(self) -> dict[str, int]:
        """How many lines each note is about; 0 where it is about the file as a whole."""
        return {f"{file}: {message}": places.count for (file, message), places in self._places.items()}

    def _where(self, places: _Places) -> str:
        if not places.count:
            return ""
        named = ", ".join(map(str, places.first))
        if places.count == 1:
            column = f", column {places.column}" if places.column else ""
            return f" ({self._place_word} {named}{column})"
        more = f" and {places.count - len(places.first)} more" if places.count > len(places.first) else ""
        return f" ({self._places_word} {named}{more})"
