"""``healthcheck drugs import-dmd`` as its user sees it."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from healthcheck_cli.dmd.lookup import DmdIndex
from healthcheck_cli.dmd.xml_records import Record, read_records
from tests.cli.conftest import Run, command
from tests.dmd.small_release import (
    AMP_FILE,
    BONUS,
    RELEASE,
    RISPERIDONE_VMP,
    VMP_FILE,
    bonus_zip,
    packed,
    release_zip,
    text_of,
)
from tests.docs.pages import marked

IMPORT = "drugs", "import-dmd"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_import_status_and_remove(run: Run, data: Path, tmp_path: Path) -> None:
    ran = run(*IMPORT, release_zip(tmp_path), bonus_zip(tmp_path))
    assert (ran.code, ran.err) == (0, "reading 10 files of dm+d (0.0 MB)\n")
    index = data / "dmd.sqlite3"
    assert str(index) in ran.out
    assert "left out" not in ran.out
    assert stat.S_IMODE(index.stat().st_mode) == 0o600
    assert run(*IMPORT, "--status").out == ran.out
    assert run(*IMPORT, "--remove").out == f"Removed: {index}\n"
    assert names_in(data) == ["dmd.lock"]
    for option in ("--status", "--remove"):
        again = run(*IMPORT, option)
        assert (again.code, again.out) == (0, f"No release of dm+d is imported ({index}).\n")


def test_the_page_shows_what_is_printed(run: Run, data: Path) -> None:
    shown = marked("dmd.md", "output: import").text.splitlines()
    printed = run(*IMPORT, RELEASE).out.splitlines()
    assert printed[1:-2] == shown[1:-2]
    for line, other in ((shown[0], printed[0]), *zip(shown[-2:], printed[-2:], strict=True)):
        assert line.rpartition(" ")[0] == other.rpartition(" ")[0]  # the day, the sum and the place are the user's own


def test_without_the_bonus_it_says_what_is_missing(run: Run, data: Path, tmp_path: Path) -> None:
    ran = run(*IMPORT, release_zip(tmp_path), "-q")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("left out: no f_") == 3
    with DmdIndex.open(data / "dmd.sqlite3") as index:
        found = index.by_id(RISPERIDONE_VMP)
        assert found is not None
        assert (found.bnf_code, found.atc_code) == ("", "")


def replaced(name: str, *changes: tuple[str, str]) -> str:
    text = text_of(name)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_records_that_are_not_whole_are_counted_with_their_place(run: Run, data: Path, tmp_path: Path) -> None:
    vmp = replaced(
        VMP_FILE,
        ("<NM>Clozapine 100mg tablets</NM>", ""),
        ("<VPID>2010000000108</VPID><VTMID>1010000000103", "<VPID>2010000000108</VPID><VTMID>1010000000199"),
        ("<STRNT_NMRTR_VAL>13.125<", "<STRNT_NMRTR_VAL>about 13<"),
        ("<STRNT_NMRTR_VAL>350.7</STRNT_NMRTR_VAL>", ""),
        ("<STRNT_NMRTR_VAL>178.5</STRNT_NMRTR_VAL><STRNT_NMRTR_UOMCD>258684004</STRNT_NMRTR_UOMCD>", ""),
        ("<STRNT_DNMTR_VAL>1</STRNT_DNMTR_VAL>", "<STRNT_DNMTR_VAL>0</STRNT_DNMTR_VAL>"),
    )
    amp = replaced(AMP_FILE, ("<APID>3010000000104<", "<APID>3010000000105<"), ("<APID>3020000000108<", "<APID>1.2<"))
    ran = run(*IMPORT, release_zip(tmp_path, vmp=vmp, amp=amp))
    assert ran.code == 0
    assert f"1 record without a name, left out: {VMP_FILE}:10\n" in ran.out
    assert "4 records with a strength that is not whole, kept without it: " in ran.out
    assert f"1 record with an id whose check digit is wrong, kept: {AMP_FILE}:5\n" in ran.out
    assert f"1 record with an id that is not 6 to 18 digits, left out: {AMP_FILE}:6\n" in ran.out
    assert "1 record of a moiety (VTM) that is not in the release\n" in ran.out
    with DmdIndex.open(data / "dmd.sqlite3") as index:
        (macrogol,) = (it for it in index.by_name("Macrogol compound oral powder sachets sugar free"))
        assert [(it.strength_value, it.per_value) for it in macrogol.ingredients] == [*[(None, None)] * 3, (46.6, 1)]
        (clozaril,) = index.by_name("Clozaril 100mg tablets")
        assert (clozaril.vmp_name, clozaril.ingredients) == ("", ())
        (solution,) = index.by_name("Risperidone 1mg/ml oral solution sugar free")
        assert (solution.ingredients[0].strength_value, solution.ingredients[0].per_value) == (None, None)


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a bomb": (
        lambda folder: written(folder, packed({VMP_FILE: b" " * 3_000_000})),
        "unpacks to more than 200 times its size",
    ),
    "entities": (
        lambda folder: release_zip(folder, vtm='<!DOCTYPE a [<!ENTITY x "y">]><VIRTUAL_THERAPEUTIC_MOIETIES/>'),
        "declares a document type",
    ),
    "a page of a website": (lambda folder: release_zip(folder, amp="<html/>"), "begins with <html>"),
    "cut short": (lambda folder: release_zip(folder, amp=text_of(AMP_FILE)[:2000]), "not XML, or cut short"),
    "no record": (
        lambda folder: release_zip(folder, vtm="<VIRTUAL_THERAPEUTIC_MOIETIES/>"),
        "f_vtm2_3231126.xml: no record is in it",
    ),
    "a workbook": (lambda folder: written(folder, b"hello"), "neither a zip nor a dm+d file"),
}


def written(folder: Path, content: bytes) -> Path:
    path = folder / "nhsbsa_dmd.zip"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_line_and_what_was_imported_stays(run: Run, data: Path, tmp_path: Path, kind: str) -> None:
    run(*IMPORT, RELEASE, "-q")
    before = (data / "dmd.sqlite3").read_bytes()
    make, says = BAD[kind]
    ran = run(*IMPORT, make(tmp_path), "-q")
    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert ran.err.startswith("Error: ")
    assert says in ran.err
    assert (data / "dmd.sqlite3").read_bytes() == before
    assert names_in(data) == ["dmd.lock", "dmd.sqlite3"]


def test_interrupted_leaves_what_was_there(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*IMPORT, RELEASE, "-q")
    before = (data / "dmd.sqlite3").read_bytes()

    def interrupted(*arguments: object) -> Iterator[Record]:
        yield next(read_records(*arguments))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr("healthcheck_cli.dmd.index.read_records", interrupted)
    ran = run(*IMPORT, RELEASE, BONUS, "-q")
    assert (ran.code, ran.out) == (130, "")
    assert (data / "dmd.sqlite3").read_bytes() == before
    assert names_in(data) == ["dmd.lock", "dmd.sqlite3"]


def test_what_a_killed_import_left_is_cleared_away(run: Run, data: Path, tmp_path: Path) -> None:
    big = "<INGREDIENT_SUBSTANCES>" + "".join(
        f"<ING><ISID>{number}</ISID><NM>Substance {number}</NM></ING>\n" for number in range(1_000_000, 1_200_000)
    )
    path = release_zip(tmp_path, ingredient=big)
    process = subprocess.Popen(command(*IMPORT, path), env={**os.environ}, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not list(data.glob(".dmd-*")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(list(data.glob(".dmd-*"))) >= 1
    assert run(*IMPORT, RELEASE, "-q").code == 0
    assert names_in(data) == ["dmd.lock", "dmd.sqlite3"]


def test_one_import_at_a_time(run: Run, data: Path) -> None:
    run(*IMPORT, RELEASE, "-q")
    lock = sqlite3.connect(data / "dmd.lock", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    ran = run(*IMPORT, RELEASE, "-q")
    lock.close()
    assert (ran.code, ran.err) == (
        2,
        "Error: Another import of dm+d is under way: wait until it has ended.\n",
    )


def test_a_damaged_index_is_told_and_can_be_removed(run: Run, data: Path) -> None:
    data.mkdir()
    (data / "dmd.sqlite3").write_bytes(b"x" * 100)
    ran = run(*IMPORT, "--status")
    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert run(*IMPORT, "--remove").code == 0
    assert not (data / "dmd.sqlite3").exists()


def test_a_folder_that_cannot_be_written(run: Run, data: Path) -> None:
    data.write_text("a file in the way")
    ran = run(*IMPORT, RELEASE, "-q")
    assert (ran.code, ran.out) == (4, "")
    assert "the index cannot be written" in ran.err


@pytest.mark.parametrize("arguments", [(), ("--status", "--remove"), ("--status", RELEASE), (RELEASE, "--remove")])
def test_wrong_usage(run: Run, data: Path, arguments: tuple[object, ...]) -> None:
    ran = run(*IMPORT, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert not data.exists()
