"""The release in tests/fixtures/dmd, packed as TRUD packs one, whole or with a part of it changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.cli.conftest import ROOT

RELEASE = ROOT / "tests" / "fixtures" / "dmd" / "release"
BONUS = ROOT / "tests" / "fixtures" / "dmd" / "bonus"
VMP_FILE, AMP_FILE, VTM_FILE = "f_vmp2_3231126.xml", "f_amp2_3231126.xml", "f_vtm2_3231126.xml"

# ids of the fixtures, by what they are
RISPERIDONE_VTM, RISPERIDONE_VMP, RISPERDAL_AMP = "1010000000103", "2010000000108", "3010000000104"
RISPERIDONE_VMPP, RISPERDAL_AMPP = "4010000000101", "5010000000100"
VALPROATE_VMP, VALPROATE_BEFORE, VALPROATE_LONG_BEFORE = "2030000000101", "2900000000106", "2910000000109"
LITHIUM_VTM, LITHIUM_BEFORE = "1100000000102", "1900000000100"
CLOZAPINE_VMP, CLOZARIL_AMP, VALVE_VMP = "2060000000106", "3080000000107", "2140000000106"
SHARED_PAST = "2920000000100"


def files(**changed: str) -> dict[str, bytes]:
    """The files of the release by name. ``files(vmp=text)`` has another f_vmp2_*.xml."""
    held = {path.name: path.read_bytes() for path in sorted(RELEASE.iterdir())}
    return held | {f"f_{kind}2_3231126.xml": text.encode() for kind, text in changed.items()}


def text_of(name: str) -> str:
    """One file of the release."""
    return (RELEASE / name).read_text("utf-8")


def packed(holds: Mapping[str, bytes]) -> bytes:
    """A zip."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in holds.items():
            archive.writestr(name, content)
    return into.getvalue()


def release_zip(folder: Path, **changed: str) -> Path:
    """The release as TRUD packs it."""
    path = folder / "nhsbsa_dmd_11.4.0_20261123000001.zip"
    path.write_bytes(packed(files(**changed)))
    return path


def bonus_zip(folder: Path) -> Path:
    """The bonus as TRUD packs it: the BNF file in a zip in the zip, the others in folders."""
    inner = packed({"f_bnf1_0231126.xml": (BONUS / "f_bnf1_0231126.xml").read_bytes()})
    path = folder / "nhsbsa_dmdbonus_11.4.0_20261123000001.zip"
    deeper = {str(it.relative_to(BONUS)): it.read_bytes() for it in sorted(BONUS.glob("*/*.xml"))}
    path.write_bytes(packed({"week482026-r2_3-BNF.zip": inner, **deeper}))
    return path
