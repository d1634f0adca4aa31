"""The inputs of a command as bytes, and then as text or as a table."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from healthcheck_cli.errors import InputProblem
from healthcheck_cli.readers.csv_table import RawRow, csv_rows
from healthcheck_cli.readers.encoding import decode_or_assume


@dataclass(frozen=True)
class Source:
    """One input as bytes, with the name that errors use for it."""

    name: str
    raw: bytes

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

    def rows(self) -> Iterator[RawRow]:
        """The input as a table, from its first row on."""
        return csv_rows(self.text)


def standard_input() -> BinaryIO:
    """The program's standard input; one that holds nothing where it is closed."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def load_source(path: str, stdin: BinaryIO) -> Source:
    """The bytes of a file, or of ``stdin`` where the path is ``-``. Raises :class:`InputProblem`."""
    if path == "-":
        return Source("standard input", stdin.read())
    file = Path(path)
    try:
        return Source(file.name, file.read_bytes())
    except IsADirectoryError:
        raise InputProblem(f"{path}: this is a folder: name the files in it") from None
    except FileNotFoundError:
        raise InputProblem(f"{path}: there is no such file") from None
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror or 'no reason given'})") from None


def open_source(source: Source, encoding: str) -> Opened:
    """The text of an input. Raises :class:`InputProblem` where it is no text, or not in the encoding named."""
    text, assumed = decode_or_assume(source.raw, source.name, encoding)
    return Opened(source.name, text, assumed)
