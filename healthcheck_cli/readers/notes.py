"""Notes for standard error on what was read in a way the user should know. They name files, lines and columns, never
a value."""

from __future__ import annotations

from collections.abc import Iterable

_LINES_NAMED = 5


class Notes:
    """Collects notes; the same note on many lines becomes one note that counts them."""

    def __init__(self, file: str, place: str = "line", places: str = "lines") -> None:
        """``place``, ``places``: what the numbers of this file are called."""
        self._file = file
        self._place, self._places = place, places
        self._lines: dict[tuple[str, str], list[int]] = {}
        self._columns: dict[tuple[str, str], int] = {}

    def add(self, message: str, line: int = 0, file: str = "", column: int = 0) -> None:
        """Note something about the file, or about one of its lines. ``file``: another than the one given at first.
        ``column`` is told where the note is about one line."""
        about = (file or self._file, message)
        lines = self._lines.setdefault(about, [])
        if line:
            lines.append(line)
            self._columns.setdefault(about, column)

    def add_all(self, message: str, lines: Iterable[int]) -> None:
        """Note the same about many lines."""
        self._lines.setdefault((self._file, message), []).extend(lines)

    def told(self) -> tuple[str, ...]:
        """The notes in the order they came up.

        >>> notes = Notes("list.csv")
        >>> notes.add("start_date not read: taken as unknown", 3)
        >>> notes.add("start_date not read: taken as unknown", 9)
        >>> notes.told()
        ('list.csv: start_date not read: taken as unknown (lines 3, 9)',)
        """
        return tuple(
            f"{about[0]}: {about[1]}{self._where(lines, self._columns.get(about, 0))}"
            for about, lines in self._lines.items()
        )

    def counts(self) -> dict[str, int]:
        """How many lines each note is about; 0 where it is about the file as a whole."""
        return {f"{file}: {message}": len(lines) for (file, message), lines in self._lines.items()}

    def _where(self, lines: list[int], column: int) -> str:
        if not lines:
            return ""
        named = ", ".join(map(str, lines[:_LINES_NAMED]))
        if len(lines) == 1:
            return f" ({self._place} {named}, column {column})" if column else f" ({self._place} {named})"
        more = f" and {len(lines) - _LINES_NAMED} more" if len(lines) > _LINES_NAMED else ""
        return f" ({self._places} {named}{more})"
