"""Where the files of a release are found, and what is refused before anything is read from it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from healthcheck_cli.dmd import release as module
from healthcheck_cli.dmd.release import KINDS, open_release
from healthcheck_cli.errors import InputProblem
from tests.dmd.small_release import BONUS, RELEASE, VMP_FILE, bonus_zip, files, packed, release_zip


def found(*paths: Path) -> dict[str, bytes]:
    with open_release(paths) as release:
        return {kind: b"".join(file.chunks()) for kind, file in release.files.items()}


def problem(*paths: Path) -> str:
    with pytest.raises(InputProblem) as raised:
        found(*paths)
    (text,) = raised.value.problems
    assert "\n" not in text
    return text


def test_zips_and_folders_hold_the_same(tmp_path: Path) -> None:
    from_zips = found(release_zip(tmp_path), bonus_zip(tmp_path))
    assert tuple(from_zips) == KINDS
    assert found(RELEASE, BONUS) == from_zips
    assert found(*sorted(RELEASE.iterdir()), *sorted(BONUS.rglob("*.xml"))) == from_zips
    assert found(tmp_path) == from_zips  # the folder that the zips were downloaded to
    (tmp_path / "nhsbsa_dmd_11.4.0_20261123000001").mkdir()
    for name, content in files().items():
        (tmp_path / "nhsbsa_dmd_11.4.0_20261123000001" / name).write_bytes(content)
    assert found(tmp_path) == from_zips  # packed and unpacked beside each other


def test_the_day_is_in_the_names(tmp_path: Path) -> None:
    with open_release([RELEASE]) as release:
        assert str(release.day) == "2026-11-23"
    other = {name.replace("3231126", "3991326"): content for name, content in files().items()}
    path = tmp_path / "a.zip"
    path.write_bytes(packed(other))
    with open_release([path]) as release:
        assert release.day is None


def test_parts_that_must_be_there_are_named(tmp_path: Path) -> None:
    assert problem(bonus_zip(tmp_path)) == (
        "nhsbsa_dmdbonus_11.4.0_20261123000001.zip: no dm+d release: f_lookup2_*.xml, f_ingredient2_*.xml, "
        "f_vtm2_*.xml, f_vmp2_*.xml, f_amp2_*.xml not found: give the zip from TRUD, or the folder that it was "
        "unpacked to"
    )


def test_two_releases_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "f_vmp2_3301126.xml").write_bytes(b"<VIRTUAL_MED_PRODUCTS/>")
    says = problem(RELEASE, tmp_path)
    assert VMP_FILE in says
    assert "f_vmp2_3301126.xml: two different releases" in says


def _with_sizes(content: bytes, real: int, said: int) -> bytes:
    """The same zip, with another size in its directory."""
    return content.replace(struct.pack("<L", real), struct.pack("<L", said))


def _locked(content: bytes) -> bytes:
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02")
    changed[at + 8] |= 1
    return bytes(changed)


ZEROS = b"<!--" + b" " * 3_000_000
BAD_ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: packed({VMP_FILE: ZEROS}), f"a.zip/{VMP_FILE}: unpacks to more than 200 times its size"),
    "a bomb in a zip": (
        lambda: packed({"in.zip": packed({VMP_FILE: ZEROS})}),
        f"a.zip/in.zip/{VMP_FILE}: unpacks to more than 200 times its size",
    ),
    "a zip that is a bomb": (lambda: packed({"in.zip": ZEROS}), "a.zip/in.zip: unpacks to more than 200 times"),
    "zips in zips": (
        lambda: packed({"b.zip": packed({"c.zip": packed({VMP_FILE: b"<a/>"})})}),
        "a.zip/b.zip/c.zip: a zip in a zip in a zip: unpack the outer one",
    ),
    "huge": (
        lambda: _with_sizes(packed({VMP_FILE: b" " * 999_999}), 999_999, 2_000_000_000),
        f"a.zip/{VMP_FILE}: unpacks to more than 1,024 MB",
    ),
    "out of it": (lambda: packed({"../f_vmp2_1.xml": b"<a/>"}), "a.zip: holds a path that leads out of it"),
    "out of it by the root": (lambda: packed({"/f_vmp2_1.xml": b"<a/>"}), "a.zip: holds a path that leads out of it"),
    "out of it the other way": (lambda: packed({"..\\x\\f_vmp2_1.xml": b"<a/>"}), "a path that leads out of it"),
    "locked": (lambda: _locked(packed({VMP_FILE: b"<a/>"})), f"a.zip/{VMP_FILE}: locked with a password"),
    "cut short": (lambda: packed(files())[:-500], "a.zip: the zip is damaged or cut short: download it again"),
    "cut at the front": (lambda: packed(files())[500:], "a.zip"),
    "many files": (lambda: packed({f"{n}.txt": b"" for n in range(501)}), "a.zip: 501 files are in it"),
    "a zip in it that is none": (lambda: packed({"in.zip": b"hello"}), "a.zip/in.zip: neither a zip nor a dm+d file"),
    "no zip": (lambda: b"hello", "a.zip: neither a zip nor a dm+d file: give the zip from TRUD"),
    "empty": (lambda: b"", "a.zip: neither a zip nor a dm+d file"),
}


@pytest.mark.parametrize("kind", BAD_ZIPS)
def test_bad_zips_are_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    made, says = BAD_ZIPS[kind]
    path = tmp_path / "a.zip"
    path.write_bytes(made())
    assert says in problem(path)


def test_a_byte_that_was_changed_is_found(tmp_path: Path) -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files().items():
            archive.writestr(name, content)
    path = tmp_path / "a.zip"
    path.write_bytes(into.getvalue().replace(b"Clozapine 100mg", b"Clozapine 900mg", 1))
    assert "the zip is damaged or cut short: download it again" in problem(path)


def test_another_way_of_packing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(VMP_FILE, "<a/>")
    assert f"a.zip/{VMP_FILE}: packed in a way that cannot be read here: unpack it" in problem(path)


def test_a_file_in_a_folder_has_the_same_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 3_000)
    assert "f_amp2_3231126.xml: unpacks to more than" in problem(RELEASE)


def test_what_is_no_file_does_not_hold_us(tmp_path: Path) -> None:
    pipe = tmp_path / "f_vmp2_3231126.xml"
    os.mkfifo(pipe)
    assert "this is not a file" in problem(tmp_path)
    assert "this is not a file" in problem(pipe)
    assert "there is no such file" in problem(tmp_path / "nowhere.zip")
    assert "no dm+d release" in problem(BONUS)


def test_a_folder_of_everything_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_IN_FOLDER", 3)
    assert "more than 3 files: name the folder of the release itself" in problem(RELEASE)
