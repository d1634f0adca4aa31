"""Compressed files and archives: what is in them, as inputs of their own, with a limit on how much may come out."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol

from healthcheck_cli.errors import InputProblem

MOST_UNPACKED = 2_000_000_000  # bytes out of one input
_MOST_TIMES = 500  # as large as it was packed; text of an extract packs to a tenth, at the most to a hundredth
_ALWAYS_ALLOWED = 50_000_000  # bytes: a small file may pack as well as it likes
_MOST_FILES = 1_000
_CHUNK = 1 << 20
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, ValueError, LookupError, OverflowError),  # what the modules raise besides, on bytes made to harm
)
_OFFICE = ("[Content_Types].xml", "META-INF/manifest.xml")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_packed(raw: bytes) -> bool:
    """Is it a gzip file or a zip archive?"""
    return raw.startswith((_ZIP, _GZIP, _EMPTY_ZIP))


def unpacked(name: str, raw: bytes) -> list[tuple[str, bytes]]:
    """The name and bytes of each file that is packed in ``raw``; a gzip file holds one, named without ``.gz``.

    Raises :class:`InputProblem` where the archive is damaged, cut off, locked, holds nothing, or would unpack to more
    than the limit.
    """
    try:
        return _gzip(name, raw) if raw.startswith(_GZIP) else _zip(name, raw)
    except NotImplementedError:
        raise InputProblem(f"{name}: packed in a way that is not known here: unpack it") from None
    except _DAMAGE:
        what = "compressed file" if raw.startswith(_GZIP) else "spreadsheet workbook or zip archive"
        raise InputProblem(f"{name}: this is a {what} that is damaged or cut off: get it again") from None


def _gzip(name: str, raw: bytes) -> list[tuple[str, bytes]]:
    inner = name[:-3] if name.casefold().endswith(".gz") else name
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
        return [(inner, b"".join(_chunks(file, name, len(raw), 0)))]


def _zip(name: str, raw: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if {it.filename for it in archive.infolist()} & set(_OFFICE):
            raise InputProblem(f"{name}: this is a spreadsheet workbook or document: save the sheet as CSV UTF-8")
        members = [it for it in archive.infolist() if not it.is_dir() and not _is_hidden(it.filename)]
        if not members:
            raise InputProblem(f"{name}: there is no file in this archive")
        if len(members) > _MOST_FILES:
            raise InputProblem(
                f"{name}: more than {_MOST_FILES:,} files in one archive: unpack it, and name those wanted"
            )
        if any(it.flag_bits & 1 for it in members):
            raise InputProblem(f"{name}: the archive is locked with a password: unpack it")
        found: list[tuple[str, bytes]] = []
        size = 0
        for member in members:
            with archive.open(member) as file:
                content = b"".join(_chunks(file, name, len(raw), size))
            size += len(content)
            found.append((f"{name}/{member.filename}", content))
        return found


def _is_hidden(path: str) -> bool:
    """What an operating system adds to an archive of its own accord."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(path).parts)


def _chunks(file: _Readable, name: str, packed: int, size: int) -> Iterator[bytes]:
    """The content piece by piece. ``size``: how much came out of this input before."""
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > MOST_UNPACKED or size > max(_ALWAYS_ALLOWED, _MOST_TIMES * packed):
            raise InputProblem(
                f"{name}: unpacks to more than {size // _CHUNK:,} MB, which no extract of this size does: "
                "if it is what it should be, unpack it first"
            )
        yield chunk
