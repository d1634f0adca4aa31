"""Reads one record of a content file, key by key, with types.

A reader never raises: each problem is noted, and a harmless value stands in for what is wrong, because content with
problems is refused as a whole once every file was read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from healthcheck_cli.content.diagnostics import Problems, nearest
from healthcheck_cli.content.spans import days_of_span
from healthcheck_cli.content.support import Basis, Place, Support
from healthcheck_cli.content.yaml_source import Document, NoSuchDay, Spot, YamlList, YamlMapping

_BASES = tuple(basis.value for basis in Basis)
SUPPORT_KEYS = ("basis", "sources", "reviewed", "review_due", "signed_off_by")

_T = TypeVar("_T")


def kind_of(value: object) -> str:
    """What a value is, in the words of the error messages."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    names: tuple[tuple[type, str], ...] = (
        (str, "text"),
        (int, "a number"),
        (float, "a number"),
        (date, "a date"),
        (list, "a list"),
        (dict, "a mapping"),
    )
    return next(name for kind, name in names if isinstance(value, kind))


@cache
def _shared(
    basis: Basis, sources: tuple[str, ...], reviewed: date | None, review_due: date | None, signed_off_by: str
) -> Support:
    """One object for all that rest on the same: thousands of medicines rest on a few dozen lists."""
    return Support(basis, sources, reviewed, review_due, signed_off_by)


class RecordReader:
    """One mapping of a file. ``defaults`` gives what the record itself leaves out."""

    def __init__(
        self, values: YamlMapping, document: Document, problems: Problems, defaults: RecordReader | None = None
    ) -> None:
        self._values = values
        self._document = document
        self._problems = problems
        self._defaults = defaults
        self._asked: set[str] = set()

    @property
    def document(self) -> Document:
        """The file this record is in."""
        return self._document

    def keys(self) -> tuple[str, ...]:
        """The keys written in the record itself, as they stand; asking for them counts as knowing them."""
        self._asked.update(self._values)
        return tuple(self._values)

    def place(self, key: str = "") -> Place:
        """Where the value of ``key`` stands, or the record itself."""
        return self._document.place(self.spot(key))

    def spot(self, key: str = "") -> Spot:
        """As :meth:`place`, within the file."""
        if key and key not in self._values and self._defaults is not None and self._defaults.has(key):
            return self._defaults.spot(key)
        return self._values.spot(key)

    def problem(self, key: str, code: str, message: str, hint: str = "") -> None:
        """Note a problem at the value of ``key``."""
        self._problems.add(self.place(key), code, message, hint)

    def problem_at(self, spot: Spot, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a place within the file."""
        self._problems.add(self._document.place(spot), code, message, hint)

    def with_defaults(self, defaults: RecordReader | None) -> RecordReader:
        """The same record, with what ``defaults`` says for the keys it leaves out."""
        return RecordReader(self._values, self._document, self._problems, defaults)

    def has(self, key: str) -> bool:
        """Is the key written, here or in the defaults?"""
        self._asked.add(key)
        return key in self._values or (self._defaults is not None and self._defaults.has(key))

    def done(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                cut = " " in key and self._values[key] is None  # the rest of a text after its comma
                hint = "inside { } a text with a comma needs quotes" if cut else nearest(key, self._asked)
                self.problem(key, "unknown-key", f"there is no key '{key}' here", hint)
        if self._defaults is not None:
            self._defaults._asked |= self._asked
            self._defaults.done()

    # One value

    def text(self, key: str, default: str | None = None) -> str:
        """A text. With no ``default`` the key must be there and the text not be empty."""
        value = self._one(key, (str,), "text", default)
        if default is None and value == "" and self.has(key):
            self.problem(key, "empty-text", f"'{key}' is empty", "write something")
        return value or ""

    def word(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of the words allowed."""
        value = self.text(key, default)
        if value and value not in allowed:
            hint = nearest(value, allowed) or f"one of: {', '.join(allowed)}"
            self.problem(key, "unknown-word", f"'{key}' cannot be '{value}'", hint)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """A number, with or without decimals."""
        return self._one(key, (int, float), "a number", default) or 0

    def integer(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self._one(key, (int,), "a whole number", default) or 0

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false. Yes and no are words here, not flags."""
        return bool(self._one(key, (bool,), "true or false", default))

    def day(self, key: str) -> date | None:
        """A date, or None where the key is not there."""
        return self._one(key, (date,), "a date, as 2026-11-22", None) if self.has(key) else None

    def days(self, key: str) -> float | None:
        """A stretch of time such as ``12 months``, in days; None where the key is not there."""
        if not self.has(key):
            return None
        text = self.text(key)
        days = days_of_span(text)
        if text and days is None:
            self.problem(
                key, "bad-time", f"'{text}' is not a stretch of time", "as 14 days, 2 weeks, 12 months, 5 years"
            )
        return days

    def _one(self, key: str, kinds: tuple[type, ...], wanted: str, default: Any) -> Any:
        if not self.has(key):
            if default is None:
                self.problem("", "missing-key", f"'{key}' is missing", f"add {key}: with {wanted}")
            return default
        return self._checked(key, self.raw(key), self.spot(key), kinds, wanted)

    def raw(self, key: str) -> Any:
        """The value as the file has it, unchecked; None where the key is not there."""
        if not self.has(key):
            return None
        if key in self._values:
            return self._values[key]
        return self._defaults.raw(key) if self._defaults is not None else None

    def _checked(self, key: str, value: Any, spot: Spot, kinds: tuple[type, ...], wanted: str) -> Any:
        if isinstance(value, NoSuchDay):
            return None
        if isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool)):
            return value
        hint = ""
        if kinds == (str,) and value is not None and not isinstance(value, (list, dict)):
            hint = f'put it in quotes: "{self._written(spot)}"'
        place = self._document.place(spot)
        self._problems.add(place, "wrong-type", f"'{key}' wants {wanted}, and this is {kind_of(value)}", hint)
        return None

    def _written(self, spot: Spot) -> str:
        line = self._document.text.splitlines()[spot.line - 1][spot.column - 1 :]
        return line.split("#")[0].split(",")[0].rstrip(" ]}")

    # Lists and mappings

    def items(self, key: str, kinds: tuple[type, ...] = (str,), wanted: str = "text") -> tuple[tuple[Any, Spot], ...]:
        """The values of a list, each with its place. A list that is not there is empty."""
        value = self._list(key)
        if value is None:
            return ()
        checked = (
            (self._checked(key, item, value.spot(at), kinds, wanted), value.spot(at)) for at, item in enumerate(value)
        )
        return tuple((item, spot) for item, spot in checked if item is not None)

    def _list(self, key: str) -> YamlList | None:
        if not self.has(key):
            return None
        value = self.raw(key)
        if isinstance(value, YamlList):
            return value
        self.problem(key, "wrong-type", f"'{key}' wants a list, and this is {kind_of(value)}", "put it in [ ]")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return self._without_repeats(key, self.items(key))

    def words(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """A list of words that must be among those allowed."""
        items = self.items(key)
        for item, spot in items:
            if item not in allowed:
                hint = nearest(item, allowed) or f"one of: {', '.join(allowed)}"
                place = self._document.place(spot)
                self._problems.add(place, "unknown-word", f"'{key}' cannot hold '{item}'", hint)
        return self._without_repeats(key, items)

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of codes. A code is always in quotes: unquoted it could lose a leading zero."""
        items = self.items(key, (str, int, float, date), "codes in quotes")
        return self._without_repeats(key, tuple((self._code(item, spot), spot) for item, spot in items))

    def _code(self, value: object, spot: Spot) -> str:
        if not spot.quoted or not isinstance(value, str):
            written = self._written(spot).strip("'\"")
            place = self._document.place(spot)
            self._problems.add(place, "code-not-quoted", "a code is written in quotes", f'"{written}"')
        return str(value)

    def _without_repeats(self, key: str, items: tuple[tuple[str, Spot], ...]) -> tuple[str, ...]:
        seen: dict[str, None] = {}
        for item, spot in items:
            if item in seen:
                place = self._document.place(spot)
                self._problems.add(place, "repeated", f"'{key}' holds '{item}' twice", "remove one")
            seen[item] = None
        return tuple(seen)

    def pair(self, key: str) -> tuple[float, float] | None:
        """Two numbers, the lower first; None where the key is not there."""
        if not self.has(key):
            return None
        numbers = [number for number, _ in self.items(key, (int, float), "two numbers")]
        if len(numbers) != 2 or numbers[0] > numbers[1]:
            self.problem(key, "bad-range", f"'{key}' wants the lowest and the highest number", "as [0, 60]")
            return None
        return numbers[0], numbers[1]

    def mapping(self, key: str) -> Mapping[str, Any]:
        """A mapping with any keys, as the file has it. One that is not there is empty."""
        if not self.has(key):
            return {}
        value = self.raw(key)
        if isinstance(value, YamlMapping):
            return value
        self.problem(key, "wrong-type", f"'{key}' wants a mapping, and this is {kind_of(value)}")
        return {}

    def typed_mapping(self, key: str, kinds: tuple[type[_T], ...], wanted: str) -> dict[str, _T]:
        """A mapping whose values are all of the kinds."""
        found = self.mapping(key)
        if not isinstance(found, YamlMapping):
            return {}
        checked = {
            name: self._checked(f"{key}: {name}", value, found.spot(name), kinds, wanted)
            for name, value in found.items()
        }
        return {name: value for name, value in checked.items() if value is not None}

    def code_mapping(self, key: str) -> dict[str, str]:
        """A mapping of coding system to code; codes are in quotes."""
        found = self.mapping(key)
        if not isinstance(found, YamlMapping):
            return {}
        return {name: self._code(value, found.spot(name)) for name, value in found.items()}

    def record(self, key: str) -> RecordReader | None:
        """A mapping with known keys, as a reader; None where the key is not there."""
        found = self.mapping(key)
        return RecordReader(found, self._document, self._problems) if isinstance(found, YamlMapping) else None

    def records(self, key: str) -> Iterator[RecordReader]:
        """A list of mappings, each as a reader."""
        for item, _ in self.items(key, (YamlMapping,), "mappings"):
            yield RecordReader(item, self._document, self._problems)

    # What every record carries

    def support(self, default: Support | None = None) -> Support:
        """What the record rests on. ``default`` is for a part of a record that may leave it to the whole."""
        if default is not None and not any(self.has(key) for key in SUPPORT_KEYS):
            return default
        basis = self.word("basis", _BASES, default.basis.value if default else None)
        if self.has("sources") or default is None or self.has("basis"):
            sources = self.texts("sources")
        else:
            sources = default.sources
        if basis == Basis.SOURCED.value and not sources:
            self.problem(
                "", "no-source", "basis is sourced and no source is named", "add sources: [id] or use another basis"
            )
        known = Basis(basis) if basis in _BASES else Basis.PROPOSED
        return _shared(known, sources, self.day("reviewed"), self.day("review_due"), self.text("signed_off_by", ""))
