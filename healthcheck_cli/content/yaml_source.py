"""Reads YAML strictly, and keeps the place of every value.

Stricter than YAML: only ``true``/``false``, ``null``/``~``, plain decimal numbers and ISO dates become something
other than text, so ``no``, ``on``, ``0123`` and ``10:30`` stay what was written. A duplicate key, an anchor, an alias
or a tag is refused. Keys are always text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from healthcheck_cli.content.diagnostics import Problems
from healthcheck_cli.content.support import Place

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?")
_DEEPEST = 100  # lists and mappings inside each other: more than anybody writes
_TOO_DEEP = "lists or mappings lie too deep inside each other"
_LONGEST_NUMBER = 40  # characters; what is longer is no number that anybody wrote
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


_COLUMN_BITS = 20


class Spot(int):
    """Where one value stands (line and column from 1), and whether it was written in quotes or as a block.

    Packed into one integer, because a content folder has a hundred thousand of them.
    """

    __slots__ = ()

    @classmethod
    def of(cls, mark: Any, quoted: bool = False) -> Spot:
        """The place of one of PyYAML's marks."""
        return cls(((mark.line + 1) << (_COLUMN_BITS + 1)) | ((mark.column + 1) << 1) | quoted)

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self >> (_COLUMN_BITS + 1)

    @property
    def column(self) -> int:
        """The column, from 1."""
        return (self >> 1) & ((1 << _COLUMN_BITS) - 1)

    @property
    def quoted(self) -> bool:
        """Was it written in quotes, or as a block of text?"""
        return bool(self & 1)


class SpotElsewhere(Spot):
    """The place of a value that came from another file than the record it is in."""

    document: Document

    @classmethod
    def in_document(cls, document: Document, spot: Spot) -> SpotElsewhere:
        """The place ``spot`` of ``document``."""
        made = cls(spot)
        made.document = document
        return made


class YamlMapping(dict[str, Any]):
    """A mapping that knows where it and each of its values begins."""

    __slots__ = ("_spots", "start")

    def __init__(self, start: Spot) -> None:
        super().__init__()
        self.start = start
        self._spots: dict[str, Spot] = {}

    def put(self, key: str, value: object, spot: Spot) -> None:
        """Add a value together with its place."""
        self[key] = value
        self._spots[key] = spot

    def spot(self, key: str = "") -> Spot:
        """Where the value of ``key`` stands, or the mapping itself."""
        return self._spots.get(key, self.start)


class YamlList(list[Any]):
    """A list that knows where it and each of its values begins."""

    __slots__ = ("_spots", "start")

    def __init__(self, start: Spot) -> None:
        super().__init__()
        self.start = start
        self._spots: list[Spot] = []

    def put(self, value: object, spot: Spot) -> None:
        """Add a value together with its place."""
        self.append(value)
        self._spots.append(spot)

    def spot(self, index: int) -> Spot:
        """Where the value at ``index`` stands."""
        return self._spots[index]


class NoSuchDay(str):
    """A date that the calendar does not have: that was told when it was read, and is not told again."""

    __slots__ = ()


@dataclass(frozen=True)
class Document:
    """One file of content: its path below the content folder, its text, and the value it holds."""

    file: str
    text: str
    value: Any

    def place(self, spot: Spot) -> Place:
        """The place in this file, or in the other file that the value came from."""
        if isinstance(spot, SpotElsewhere):
            return Place(spot.document.file, spot.line, spot.column)
        return Place(self.file, spot.line, spot.column)


EVERYTHING = ""
"""Stands for the whole file among the keys of what is to stay as it is written."""


def read_document(file: str, text: str, problems: Problems, as_written: Collection[str] = ()) -> Document:
    """Read one file. Problems are added to ``problems``; what could not be read is None or left out.

    Below a key of ``as_written`` numbers and dates stay the text that was written: only who knows what was asked can
    say what 0.50 or 1979-04 is.
    """
    try:
        value = _Builder(file, text, problems, as_written).build()
    except _TooDeep as too_deep:
        problems.add(too_deep.place, "too-deep", _TOO_DEEP)
        value = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        if "nesting depth" in (error.problem or ""):  # newer versions of libyaml have a limit of their own
            problems.add(place, "too-deep", _TOO_DEEP)
        else:
            problems.add(place, "not-yaml", error.problem or "this is not YAML", error.context or "")
        value = None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.add(Place(file, line), "not-yaml", f"a character that YAML does not allow: {error.reason}")
        value = None
    return Document(file, text, value)


class _TooDeep(Exception):
    """More lists and mappings inside each other than anybody writes."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Builder:
    """Builds plain values from the events of PyYAML's parser (its C parser where there is one)."""

    def __init__(self, file: str, text: str, problems: Problems, as_written: Collection[str]) -> None:
        self._file = file
        self._problems = problems
        self._as_written = as_written
        self._is_as_written = EVERYTHING in as_written
        self._depth = 0
        loader = _Loader(text)
        self._next = loader.get_event

    def build(self) -> Any:
        self._next()  # the start of the stream
        if type(self._next()) is yaml.StreamEndEvent:
            self._problems.add(Place(self._file), "empty-file", "there is nothing in this file")
            return None
        value, _ = self._value(self._next())
        self._next()  # the end of the document
        rest = self._next()
        if type(rest) is not yaml.StreamEndEvent:
            self._problem(rest, "second-document", "a file holds one document", "remove the line ---")
        return value

    def _problem(self, event: Any, code: str, message: str, hint: str = "") -> None:
        place = Place(self._file, event.start_mark.line + 1, event.start_mark.column + 1)
        self._problems.add(place, code, message, hint)

    def _value(self, event: Any) -> tuple[Any, Spot]:
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._problem(event, "alias", f"aliases (*{event.anchor}) are not used here", "write the value out")
            return None, Spot.of(event.start_mark)
        if event.anchor is not None:
            self._problem(event, "anchor", f"anchors (&{event.anchor}) are not used here", "write the value out")
        if event.tag is not None:
            self._problem(event, "tag", f"tags ({event.tag}) are not used here", "remove it")
        if kind is yaml.ScalarEvent:
            if event.style:
                return event.value, Spot.of(event.start_mark, quoted=True)
            return self._plain(event), Spot.of(event.start_mark)
        return self._inside(event), Spot.of(event.start_mark)

    def _inside(self, start: Any) -> YamlMapping | YamlList:
        """A mapping or a list, one level further in."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeep(Place(self._file, start.start_mark.line + 1, start.start_mark.column + 1))
        value = self._mapping(start) if type(start) is yaml.MappingStartEvent else self._list(start)
        self._depth -= 1
        return value

    def _mapping(self, start: Any) -> YamlMapping:
        mapping = YamlMapping(Spot.of(start.start_mark))
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._key(event)
            before, self._is_as_written = self._is_as_written, self._is_as_written or key in self._as_written
            value, spot = self._value(self._next())
            self._is_as_written = before
            if key in mapping:
                first = mapping.spot(key).line
                self._problem(event, "duplicate-key", f"the key '{key}' is here twice", f"first on line {first}")
            else:
                mapping.put(key, value, spot)
        return mapping

    def _key(self, event: Any) -> str:
        if type(event) is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._value(event)
            return str(event.value)
        self._problem(event, "key-not-text", "a key must be a word", "put the text in quotes if it holds { or [")
        self._value(event)
        return ""

    def _list(self, start: Any) -> YamlList:
        items = YamlList(Spot.of(start.start_mark))
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.put(*self._value(event))
        return items

    def _plain(self, event: Any) -> Any:
        text: str = event.value
        if text in _WORDS:
            return _WORDS[text]
        if self._is_as_written or text[0] not in "-0123456789" or len(text) > _LONGEST_NUMBER:
            return text
        number = _NUMBER.fullmatch(text)
        if number:
            return float(text) if number.group(1) else int(text)
        if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._problem(event, "bad-date", f"there is no day {text}", "year-month-day, as 2026-11-22")
                return NoSuchDay(text)
        return text
