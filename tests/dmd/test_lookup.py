"""What the index of the small release answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthcheck_cli.dmd.lookup import DmdIndex, DmdIndexProblem, DmdIngredient, DmdProduct
from tests.dmd import small_release as small


def by_id(index: DmdIndex, dmd_id: str) -> DmdProduct:
    found = index.by_id(dmd_id)
    assert found is not None
    return found


def only(index: DmdIndex, name: str) -> DmdProduct:
    (found,) = index.by_name(name)
    return found


def test_a_product_of_a_supplier_with_all_that_stands_above_it(index: DmdIndex) -> None:
    assert index.by_id(small.RISPERDAL_AMP) == DmdProduct(
        id=small.RISPERDAL_AMP,
        kind="amp",
        name="Risperdal 1mg tablets",
        vtm_id=small.RISPERIDONE_VTM,
        vtm_name="Risperidone",
        vmp_id=small.RISPERIDONE_VMP,
        vmp_name="Risperidone 1mg tablets",
        ingredients=(DmdIngredient("Risperidone", 1.0, "mg", None, ""),),
        form="Tablet",
        routes=("Oral",),
        supplier="Janssen-Cilag Ltd",
        bnf_code="04020100",
        atc_code="N05AX08",
        invalid=False,
    )


def test_a_moiety_stands_for_itself(index: DmdIndex) -> None:
    (found,) = index.by_name("CO-CODAMOL")
    assert (found.kind, found.vtm_id, found.vtm_name, found.vmp_id, found.form) == (
        "vtm",
        found.id,
        "Co-codamol",
        "",
        "",
    )
    assert [(it.name, it.strength_value, it.strength_unit) for it in found.ingredients] == [
        ("Codeine phosphate", None, ""),
        ("Paracetamol", None, ""),
    ]


STRENGTHS = {
    "Co-codamol 8mg/500mg tablets": [
        ("Codeine phosphate", 8, "mg", None, "", ""),
        ("Paracetamol", 500, "mg", None, "", ""),
    ],
    "Risperdal 1mg/ml oral solution": [("Risperidone", 1, "mg", 1, "ml", "")],
    "Fentanyl 12micrograms/hour transdermal patches": [("Fentanyl", 12, "microgram/hour", None, "", "")],
    "Buprenorphine 5micrograms/hour transdermal patches": [("Buprenorphine", 5, "microgram", 1, "hour", "")],
    "Xeplion 100mg/1ml prolonged-release suspension for injection pre-filled syringes": [
        ("Paliperidone palmitate", 100, "mg", 1, "ml", "Paliperidone")
    ],
}


@pytest.mark.parametrize("name", STRENGTHS)
def test_strengths_are_as_dmd_writes_them(index: DmdIndex, name: str) -> None:
    found = index.by_name(name)[0].ingredients
    assert [
        (it.name, it.strength_value, it.strength_unit, it.per_value, it.per_unit, it.strength_of) for it in found
    ] == STRENGTHS[name]


def test_an_appliance_has_no_moiety_and_no_ingredient(index: DmdIndex) -> None:
    found = only(index, "Example catheter valve")
    assert (found.vtm_id, found.vtm_name, found.vmp_id) == ("", "", small.VALVE_VMP)
    assert (found.ingredients, found.form, found.routes, found.bnf_code) == ((), "", (), "")


def test_packs_stand_for_their_product_and_ids_that_were_replaced_for_what_came_after(index: DmdIndex) -> None:
    assert by_id(index, small.RISPERIDONE_VMPP).id == small.RISPERIDONE_VMP
    assert by_id(index, small.RISPERDAL_AMPP).id == small.RISPERDAL_AMP
    assert by_id(index, small.VALPROATE_BEFORE).id == small.VALPROATE_VMP
    assert by_id(index, small.VALPROATE_LONG_BEFORE).id == small.VALPROATE_VMP
    assert by_id(index, f" {small.LITHIUM_BEFORE}\n").id == small.LITHIUM_VTM


def test_an_id_is_never_guessed(index: DmdIndex) -> None:
    assert index.by_id(small.SHARED_PAST) is None
    for text in ("", "risperidone", "999999999", small.RISPERDAL_AMP[:-1], f"{small.RISPERDAL_AMP}.0", "0"):
        assert index.by_id(text) is None


def test_codes_of_its_own_come_before_those_of_the_generic_product(index: DmdIndex) -> None:
    assert (by_id(index, small.CLOZARIL_AMP).bnf_code, by_id(index, small.CLOZARIL_AMP).atc_code) == (
        "04020109",
        "N05AH02",
    )
    assert by_id(index, small.CLOZAPINE_VMP).bnf_code == "04020100"
    laxido = only(index, "Laxido Orange oral powder sachets sugar free (Galen Ltd)")
    assert (laxido.bnf_code, laxido.atc_code) == ("01060400", "")


def test_names_match_whole_whatever_their_capitals_and_spaces(index: DmdIndex) -> None:
    for name in (
        "Epilim Chrono 500 tablets",
        " epilim chrono  500\u00a0TABLETS ",
        "Epilim Chrono 500 tablets (Sanofi)",
        "Epilim Chrono 500",
    ):
        assert only(index, name).name == "Epilim Chrono 500 tablets"
    for name in ("Epilim Chrono", "Epilim Chrono 50 tablets", "Epilim Chrono 500 tablets (Teva UK Ltd)", "", "()", ")"):
        assert index.by_name(name) == ()


def test_a_name_it_had_before_with_the_supplier(index: DmdIndex) -> None:
    assert only(index, "Sodium valproate 500mg m/r tablets").id == small.VALPROATE_VMP
    assert only(index, "Risperdal 1mg/ml liquid (Janssen-Cilag Ltd)").name == "Risperdal 1mg/ml oral solution"


def test_a_shared_name_gives_all_the_general_and_the_valid_first(index: DmdIndex) -> None:
    found = index.by_name("Risperidone 1mg tablets")
    assert [(it.kind, it.supplier, it.invalid) for it in found] == [
        ("vmp", "", False),
        ("amp", "A A H Pharmaceuticals Ltd", False),
        ("amp", "Teva UK Ltd", True),
    ]
    assert only(index, "Haloperidol 5mg tablets").invalid


def test_it_says_which_release_it_is(index: DmdIndex) -> None:
    assert index.release == f"2026-11-23, sha256 {index.summary.sha256[:12]}"


def damaged(content: bytes, kind: str) -> bytes:
    if kind == "cut short":
        return content[: len(content) // 2]
    if kind == "overwritten":
        return content[:4096] + b"\xff" * (len(content) - 4096)
    if kind == "another version":
        return content[:60] + (99).to_bytes(4, "big") + content[64:]
    if kind == "another file of ours":
        return content[:68] + (0x4C444843).to_bytes(4, "big") + content[72:]
    return {"text": b"hello", "empty": b""}[kind]


@pytest.mark.parametrize(
    "kind", ["cut short", "overwritten", "another version", "another file of ours", "text", "empty"]
)
def test_what_is_no_index_says_so(index: DmdIndex, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "dmd #1?.sqlite3"
    path.write_bytes(damaged(index._path.read_bytes(), kind))
    with pytest.raises(DmdIndexProblem, match="import the release again"), DmdIndex.open(path) as opened:
        opened.by_id(small.RISPERDAL_AMP)
        opened.by_name("Risperidone 1mg tablets")


def test_no_index_there(tmp_path: Path) -> None:
    with pytest.raises(DmdIndexProblem, match="no dm\\+d index is there"):
        DmdIndex.open(tmp_path / "dmd.sqlite3")
