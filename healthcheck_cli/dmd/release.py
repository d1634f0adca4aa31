"""Finds the files of a dm+d release in zips, in zips within them, and in folders. Nothing is unpacked to disk.

What is opened came over a network and through many hands, so every size has a bound, and what is damaged, locked or
no release at all is refused with the file's name before anything is read from it.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from healthcheck_cli.errors import InputProblem

KINDS = ("lookup", "ingredient", "vtm", "vmp", "amp", "vmpp", "ampp", "vtm_ing", "bnf", "history")
"""The kinds of file that are read, in the order in which they are."""

REQUIRED = ("lookup", "ingredient", "vtm", "vmp", "amp")

LARGEST_FILE = 1 << 30  # the largest of a real release, the packs, are about a quarter of this
LARGEST_INNER_ZIP = 1 << 28
LARGEST_RATIO = 200  # real files unpack to 20 to 30 times their size
MOST_MEMBERS = 500  # a real release has about ten
MOST_IN_FOLDER = 2_000
_DEEPEST_FOLDER = 3
_SMALL = 1 << 20  # below this any ratio is harmless
_CHUNK = 1 << 16

_NAME = re.compile(r"f_(?:(lookup|ingredient|vtm|vmp|amp|vmpp|ampp)2|(vtm_ing|bnf|history)1)_\d*\.xml", re.IGNORECASE)
_DAY = re.compile(r"(\d\d)(\d\d)(\d\d)\.xml", re.IGNORECASE)
_ZIP_OF_DMD = re.compile(r".*(?:dmd|bnf).*\.zip", re.IGNORECASE)
_ZIP_MARK = b"PK\x03\x04"
_OTHER_PACKING = "packed in a way that cannot be read here: unpack it and give the folder"
_AGAIN = "download it again"
_WHAT_TO_GIVE = "give the zip from TRUD, or the folder that it was unpacked to"


@dataclass(frozen=True)
class ReleaseFile:
    """One file of a release. ``name`` is its own name, ``where`` also says what it is in; ``size`` is in bytes."""

    kind: str
    name: str
    where: str
    size: int
    _source: Path | tuple[zipfile.ZipFile, zipfile.ZipInfo] = field(repr=False)

    @property
    def day(self) -> date | None:
        """The day that the name ends in (day, month, year of this century); None where it is none."""
        found = _DAY.search(self.name)
        if found is None:
            return None
        try:
            return date(2000 + int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None

    def chunks(self) -> Iterator[bytes]:
        """What is in the file, a part at a time. Raises InputProblem where it cannot be read to its end."""
        if isinstance(self._source, Path):
            with _reading(self.where), self._source.open("rb") as file:
                yield from _parts(file, self.where)
        else:
            archive, member = self._source
            with _reading(self.where), archive.open(member) as file:
                yield from _parts(file, self.where)


@dataclass(frozen=True)
class Release:
    """The files of a release by kind. Every kind of ``REQUIRED`` is there; others may not be."""

    files: Mapping[str, ReleaseFile]

    @property
    def size(self) -> int:
        """Bytes to be read."""
        return sum(file.size for file in self.files.values())

    @property
    def day(self) -> date | None:
        """The latest day that a file of the release itself is of; None where no name says one."""
        days = [file.day for kind, file in self.files.items() if kind in KINDS[:7] and file.day]
        return max(days, default=None)


@contextmanager
def open_release(paths: Sequence[Path]) -> Iterator[Release]:
    """The release in these zips, folders or files; usually the release and its bonus. Closed when the block ends.

    Raises InputProblem where one of them cannot be read, is damaged, locked, or larger than any release, where two
    releases are mixed, or where files that must be there are not.
    """
    with ExitStack() as opened:
        finder = _Finder(opened)
        for path in paths:
            finder.look_in(path)
        missing = [f"f_{kind}2_*.xml" for kind in REQUIRED if kind not in finder.files]
        if missing:
            given = ", ".join(path.name or str(path) for path in paths)
            raise InputProblem(f"{given}: no dm+d release: {', '.join(missing)} not found: {_WHAT_TO_GIVE}")
        yield Release({kind: finder.files[kind] for kind in KINDS if kind in finder.files})


class _Finder:
    """Collects release files, and keeps the zips they are in open."""

    def __init__(self, opened: ExitStack) -> None:
        self.files: dict[str, ReleaseFile] = {}
        self._opened = opened

    def look_in(self, path: Path) -> None:
        """A zip, a folder or one XML file that the user named."""
        with _reading(str(path)):
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        if is_folder:
            self._look_in_folder(path)
        elif _NAME.fullmatch(path.name):
            self._add_path(path)
        else:
            self._look_in_zip(self._zip_at(path), str(path), inner=False)

    def _look_in_folder(self, folder: Path) -> None:
        for path in _files_below(folder):
            if _NAME.fullmatch(path.name):
                self._add_path(path)
            elif _ZIP_OF_DMD.fullmatch(path.name):
                self._look_in_zip(self._zip_at(path), str(path), inner=False)

    def _look_in_zip(self, archive: zipfile.ZipFile, where: str, *, inner: bool) -> None:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise InputProblem(f"{where}: {len(members):,} files are in it, where a dm+d release has about ten")
        for member in members:
            _check_path(member, where)
        for member in members:
            name = member.filename.rpartition("/")[2]
            inside = f"{where}/{name}"
            if _NAME.fullmatch(name):
                _check_member(member, inside, LARGEST_FILE)
                self._add(ReleaseFile(_kind(name), name, inside, member.file_size, (archive, member)))
            elif name.lower().endswith(".zip"):
                if inner:
                    raise InputProblem(f"{inside}: a zip in a zip in a zip: unpack the outer one and give the folder")
                _check_member(member, inside, LARGEST_INNER_ZIP)
                self._look_in_zip(self._inner_zip(archive, member, inside), inside, inner=True)

    def _inner_zip(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> zipfile.ZipFile:
        """A zip can only be read where one can move back and forth in it, so it is copied, and the copy has no name."""
        copy = self._opened.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed with the release
        with _reading(where), archive.open(member) as packed:
            for part in _parts(packed, where):
                copy.write(part)
        return self._opened_zip(copy, where)

    def _zip_at(self, path: Path) -> zipfile.ZipFile:
        _regular(path)
        with _reading(str(path)):
            file = self._opened.enter_context(path.open("rb"))
        return self._opened_zip(file, str(path))

    def _opened_zip(self, file: IO[bytes], where: str) -> zipfile.ZipFile:
        with _reading(where):
            file.seek(0)
            if zipfile.is_zipfile(file):
                return self._opened.enter_context(zipfile.ZipFile(file))
            file.seek(0)
            if file.read(4) == _ZIP_MARK:
                raise zipfile.BadZipFile
        raise InputProblem(f"{where}: neither a zip nor a dm+d file: {_WHAT_TO_GIVE}")

    def _add_path(self, path: Path) -> None:
        found = _regular(path)
        if found.st_size > LARGEST_FILE:
            raise _too_large(str(path), LARGEST_FILE)
        self._add(ReleaseFile(_kind(path.name), path.name, str(path), found.st_size, path))

    def _add(self, found: ReleaseFile) -> None:
        """The same file may be there packed and unpacked; two different ones of a kind are two releases."""
        held = self.files.setdefault(found.kind, found)
        if (held.name.lower(), held.size) != (found.name.lower(), found.size):
            raise InputProblem(f"{held.where} and {found.where}: two different releases: give the files of one only")


def _regular(path: Path) -> os.stat_result:
    """What the system says of a file. A pipe or a device, which would hold us or have no end, is refused."""
    with _reading(str(path)):
        found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise InputProblem(f"{path}: this is not a file: {_WHAT_TO_GIVE}")
    return found


def _kind(name: str) -> str:
    found = _NAME.fullmatch(name)
    assert found is not None
    return (found[1] or found[2]).lower()


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file in a folder and a few folders down, in the order of their names. Links to folders are not followed."""
    left = MOST_IN_FOLDER
    waiting = [(folder, 1)]
    while waiting:
        here, depth = waiting.pop()
        with _reading(str(here)), os.scandir(here) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        left -= len(found)
        if left < 0:
            raise InputProblem(f"{folder}: more than {MOST_IN_FOLDER:,} files: name the folder of the release itself")
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEEPEST_FOLDER:
                    waiting.append((Path(entry.path), depth + 1))
            else:
                yield Path(entry.path)


def _check_path(member: zipfile.ZipInfo, where: str) -> None:
    """Nothing is ever unpacked by its path; a zip that tries to lead out of itself was made to do harm all the same."""
    parts = re.split(r"[/\\]", member.filename)
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise InputProblem(f"{where}: holds a path that leads out of it, so it is not opened: {_AGAIN} from TRUD")


def _check_member(member: zipfile.ZipInfo, where: str, largest: int) -> None:
    if member.flag_bits & 0x1:
        raise InputProblem(f"{where}: locked with a password: unpack it with the password and give the folder")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputProblem(f"{where}: {_OTHER_PACKING}")
    if member.file_size > largest:
        raise _too_large(where, largest)
    if member.file_size > _SMALL and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
        raise InputProblem(
            f"{where}: unpacks to more than {LARGEST_RATIO} times its size, as no dm+d file does: {_AGAIN} from TRUD"
        )


def _parts(file: IO[bytes], where: str) -> Iterator[bytes]:
    """A file in parts. The size was checked before; this is what is really in it."""
    read = 0
    while part := file.read(_CHUNK):
        read += len(part)
        if read > LARGEST_FILE:
            raise _too_large(where, LARGEST_FILE)
        yield part


def _too_large(where: str, largest: int) -> InputProblem:
    return InputProblem(f"{where}: unpacks to more than {largest >> 20:,} MB, as no dm+d file does: {_AGAIN} from TRUD")


@contextmanager
def _reading(where: str) -> Iterator[None]:
    """Turns what the system and the zip reader may raise into one line about the file."""
    try:
        yield
    except FileNotFoundError:
        raise InputProblem(f"{where}: there is no such file") from None
    except OSError as error:
        raise InputProblem(f"{where}: cannot be read ({error.strerror or 'no reason given'})") from None
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError):
        raise InputProblem(f"{where}: the zip is damaged or cut short: {_AGAIN}") from None
    except (NotImplementedError, RuntimeError):
        raise InputProblem(f"{where}: {_OTHER_PACKING}") from None
