"""The inputs of a command as bytes, and then as text or as a table."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.columns import plain
from healthcheck_cli.readers.csv_table import CsvRows, RawRow
from healthcheck_cli.readers.dates import may_be_unsettled
from healthcheck_cli.readers.encoding import decode_or_assume

_FIRST_ROWS = 60
_PARQUET = b"PAR1"


@dataclass(frozen=True)
class Source:
    """One input as bytes, with the name that errors use for it, and the file that holds just these bytes, if any.
    ``place``: as in :class:`~healthcheck_cli.ledger.InputFile`."""

    name: str
    raw: bytes
    path: Path | None = None
    in_archive: bool = False
    place: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes, as an output names its inputs by."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Opened:
    """One input as text. ``assumed`` is the problem of reading it in an encoding that its bytes do not prove: whoever
    knows that its system writes that encoding may go on, anybody else raises it."""

    name: str
    text: str
    assumed: InputProblem | None = None

    def rows(self, delimiter: str = "") -> Iterator[RawRow]:
        """The input as a table, from its first row on. ``delimiter``: "" to tell it from the first line."""
        return CsvRows(self.text, delimiter)

    @property
    def is_table(self) -> bool:
        """Is it a table whatever its text is?"""
        return False

    def first_rows(self, delimiter: str = "") -> list[RawRow]:
        """As many rows as anybody need look at to tell what the input is."""
        return list(islice(self.rows(delimiter), _FIRST_ROWS))

    def headers(self) -> frozenset[str]:
        """What stands in the first rows, as headers are compared: among it the headers, wherever they are."""
        return frozenset(plain(cell) for row in self.first_rows() for cell in row.cells if cell)

    @property
    def dates_may_be_unsettled(self) -> bool:
        """Can there be a date in it that is another with the month first?"""
        return may_be_unsettled(self.text)


def standard_input() -> BinaryIO:
    """The program's standard input; one that holds nothing where it is closed."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def shown_names(paths: Sequence[str]) -> dict[str, str]:
    """What each file is called in messages and outputs: its name, and before it as many of its folders as tell it from
    other inputs of that name.

    >>> shown_names(["north/list.csv", "south/list.csv", "people.csv"])
    {'north/list.csv': 'north/list.csv', 'south/list.csv': 'south/list.csv', 'people.csv': 'people.csv'}
    """
    folders = {path: os.path.realpath(Path(path).parent) for path in paths if path != "-"}
    parts = {path: (*Path(folder).parts, Path(path).name) for path, folder in folders.items()}
    ends = Counter(own[-n:] for own in set(parts.values()) for n in range(1, len(own)))
    return {path: "standard input" if path == "-" else _shortest(parts[path], ends) for path in paths}


def _shortest(own: tuple[str, ...], ends: Mapping[tuple[str, ...], int]) -> str:
    """The end of a path that no other one has. ``ends``: how many paths have each end."""
    shown = next((n for n in range(1, len(own)) if ends[own[-n:]] == 1), len(own))
    return "/".join(own[-shown:])


def load_source(path: str, stdin: BinaryIO, name: str, place: str = "") -> Source:
    """The bytes of a file, or of ``stdin`` where the path is ``-``. Raises :class:`InputProblem`."""
    if path == "-":
        return Source(name, stdin.read(), place=place)
    file = Path(path)
    try:
        return Source(name, file.read_bytes(), file, place=place)
    except IsADirectoryError:
        raise InputProblem(f"{path}: this is a folder: name the files in it") from None
    except FileNotFoundError:
        raise InputProblem(f"{path}: there is no such file") from None
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror or 'no reason given'})") from None


def unpack(source: Source) -> list[Source]:
    """The inputs that are packed in one; the input itself where nothing is. Raises :class:`InputProblem`."""
    from healthcheck_cli.readers.packed import is_packed, unpacked

    if not is_packed(source.raw):
        return [source]
    found = unpacked(source.name, source.raw)
    several = len(found) > 1
    return [
        Source(name, raw, in_archive=several, place=f"{source.place}/{at}" if several else source.place)
        for at, (name, raw) in enumerate(found, start=1)
    ]


def open_source(source: Source, encoding: str) -> Opened:
    """The text of an input, or the table that a Parquet file is.

    Raises :class:`InputProblem` where it is neither, or not in the encoding named.
    """
    if source.raw.startswith(_PARQUET):
        from healthcheck_cli.readers.parquet import open_parquet

        return open_parquet(source)
    text, assumed = decode_or_assume(source.raw, source.name, encoding)
    return Opened(source.name, text, assumed)
