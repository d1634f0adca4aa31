"""One reading of a whole file, as bytes: what identifies it, how many lines it has, and whether it is plain."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

_AT_ONCE = 1 << 22  # bytes: so few that they are still in the cache of the processor when they are looked at again
_AGAIN = 1 << 16  # bytes of the part before: what a quote is near to may begin there
_BLANK, _QUOTE, _NEWLINE, _RETURN, _FIRST_NOT_ASCII = 32, 34, 10, 13, 128


class NotPlain(Exception):
    """The file wants the readers that look at every row."""


@dataclass(frozen=True)
class ReadThrough:
    """What is known of a file once all of it was seen."""

    sha256: str
    lines: int


def read_through(path: Path, delimiter: str) -> ReadThrough:
    """A file that is all UTF-8, whose lines all end in the same way, and where no cell has a blank outside of its
    quotes: one engine takes that for a part of the cell and another does not. Raises :class:`NotPlain` for others."""
    digest, seen = hashlib.sha256(), _Seen(delimiter)
    room = bytearray(_AGAIN + _AT_ONCE)
    kept = 0
    try:
        with path.open("rb", buffering=0) as file:
            while read := file.readinto(memoryview(room)[kept : kept + _AT_ONCE]):
                end = kept + read
                digest.update(memoryview(room)[kept:end])
                seen.take(room, kept, end)
                kept = min(end, _AGAIN)
                room[:kept] = room[end - kept : end]
        return ReadThrough(digest.hexdigest(), seen.lines())
    except (OSError, UnicodeDecodeError):
        raise NotPlain from None


@dataclass
class _Seen:
    """What was seen of a file so far."""

    delimiter: str
    newlines: int = 0
    returns: int = 0
    last: int = _NEWLINE
    decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))

    def take(self, room: bytearray, begin: int, end: int) -> None:
        """The next bytes, from ``begin`` to ``end``; those before ``begin`` were seen."""
        new = np.frombuffer(room, np.uint8, end - begin, begin)
        if self.decoder.getstate()[0] or int(new.max()) >= _FIRST_NOT_ASCII:
            self.decoder.decode(memoryview(room)[begin:end])
        if not int(new.min()):
            raise NotPlain
        self.newlines += int(np.count_nonzero(new == _NEWLINE))
        self.returns += int(np.count_nonzero(new == _RETURN))
        self.last = int(new[-1])
        if _blank_beside_quote(np.frombuffer(room, np.uint8, end)) and any(
            odd.search(room, 0, end) for odd in _blanks_outside(self.delimiter)
        ):
            raise NotPlain

    def lines(self) -> int:
        """How many lines there are, now that no more comes."""
        self.decoder.decode(b"", final=True)
        if self.returns not in (0, self.newlines):
            raise NotPlain
        return self.newlines if self.last == _NEWLINE else self.newlines + 1


def _blank_beside_quote(seen: Any) -> bool:
    """Nearly no file has one, so that it pays to ask this first."""
    quotes = np.flatnonzero(seen == _QUOTE)
    before, after = np.maximum(quotes - 1, 0), np.minimum(quotes + 1, len(seen) - 1)
    return bool((seen[before] == _BLANK).any() or (seen[after] == _BLANK).any())


def _blanks_outside(delimiter: str) -> list[re.Pattern[bytes]]:
    mark = re.escape(delimiter.encode())
    return [re.compile(pattern) for pattern in (mark + b' +"', b'\n +"', b'" +(?:[\r\n]|' + mark + b")")]
