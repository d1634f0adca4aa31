"""Codes beside a name: a second witness, heard where the name says nothing and never overruled in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from healthcheck_cli.content.load import find_content, load_medicines
from healthcheck_cli.content.medicine_models import CodeTable
from healthcheck_cli.dmd.ids import has_check_digit
from healthcheck_cli.medicines.models import Match, Recognised
from healthcheck_cli.medicines.recognise import Recogniser
from tests.medicines.recogniser_fixtures import MEDICINES, PLACE, PRODUCTS, SUPPORT, medicine

RISPERIDONE, RISPERIDONE_BNF = "108386000", "040201030AAAHAH"
TABLES = {
    "bnf": CodeTable(
        "bnf",
        "BNF",
        {"0407010F0": ("codeine", "paracetamol"), "0402010C0": ("quetiapine",), "20": ("dressing",), "21": ("sock",)},
        {"0402010": "Antipsychotic drugs", "0402": "Drugs for psychoses"},
        PLACE,
        SUPPORT,
    )
}
NOT_SCORED = {name: medicine(name, scored=False) for name in ("dressing", "sock")}
COUNTED_AS_ONE = {"valproate semisodium": medicine("valproate semisodium", counted_as="sodium valproate")}


@dataclass(frozen=True)
class Part:
    name: str


@dataclass(frozen=True)
class Product:
    name: str
    vmp_name: str = ""
    vtm_id: str = ""
    ingredients: Sequence[Part] = ()


@dataclass(frozen=True)
class Index:
    products: dict[str, Product] = field(default_factory=dict)

    def by_id(self, dmd_id: str, /) -> Product | None:
        return self.products.get(dmd_id)

    def by_name(self, name: str, /) -> Sequence[Product]:
        return [product for product in self.products.values() if product.name == name]


INDEX = Index(
    {
        "111": Product("Newbrand 2mg tablets", "Risperidone 2mg tablets", RISPERIDONE),
        "222": Product("Mixed 5ml", "Mixed 5ml", "", (Part("Codeine phosphate"), Part("Paracetamol"))),
        "333": Product("Half known tablets", "Half known tablets", "", (Part("Codeine"), Part("Xanthazine"))),
        "444": Product("Oramorph unit dose", "Morphine 10mg/5ml oral solution", "", (Part("Morphine sulfate"),)),
    }
)
RECOGNISER = Recogniser({**MEDICINES, **NOT_SCORED, **COUNTED_AS_ONE}, PRODUCTS, code_tables=TABLES, dmd=INDEX)


def found(text: str, dmd: str = "", bnf: str = "") -> Recognised:
    return RECOGNISER.recognise(text, dmd, bnf)


def names(one: Recognised) -> list[str]:
    return [ingredient.name for ingredient in one.ingredients]


@pytest.mark.parametrize(
    ("text", "dmd", "bnf", "expected", "by"),
    [
        ("Antipsychotic", RISPERIDONE, "", ["risperidone"], "dm+d code"),
        ("", "", RISPERIDONE_BNF, ["risperidone"], "BNF code"),
        ("Brand of 1996", "", "0407010F0AAAHAH", ["codeine", "paracetamol"], "BNF code"),
        ("Brand of 1996", "111", "", ["risperidone"], "dm+d code"),
        ("Newbrand 2mg tablets", "", "", ["risperidone"], "dm+d name"),
        ("A local name", "222", "", ["codeine", "paracetamol"], "dm+d code"),
        ("Risperidone 1mg tablets", RISPERIDONE, RISPERIDONE_BNF, ["risperidone"], "name"),
    ],
)
def test_a_code_speaks_where_the_name_does_not(text: str, dmd: str, bnf: str, expected: list[str], by: str) -> None:
    one = found(text, dmd, bnf)
    assert (one.match, names(one), one.matched_by, one.text) == (Match.EXACT, expected, by, text)


def test_the_generic_product_of_a_code_gives_the_strength_and_the_form() -> None:
    one = found("Brand of 1996", "111")
    assert (one.form, one.route, one.ingredients[0].strength) == (
        "tablet",
        "oral",
        found("Risperidone 2mg tablets").ingredients[0].strength,
    )
    told = found("Oramorph", "444")
    assert (names(told), told.form, told.ingredients[0].strength is not None) == (["morphine"], "oral solution", True)


@pytest.mark.parametrize(
    ("text", "dmd", "bnf"),
    [
        ("Solian 50mg tablets", "", RISPERIDONE_BNF),
        ("Solian 50mg tablets", RISPERIDONE, ""),
        ("", RISPERIDONE, "0402010C0AAAAAA"),
        ("Codeine 30mg tablets", "", RISPERIDONE_BNF),
    ],
)
def test_a_name_and_a_code_that_disagree_are_told_and_neither_is_used(text: str, dmd: str, bnf: str) -> None:
    one = found(text, dmd, bnf)
    assert (one.match, one.ingredients) == (Match.AMBIGUOUS, ())
    assert "risperidone" in one.candidates
    assert len(one.candidates) == 2
    assert "code says risperidone" in one.conflict


@pytest.mark.parametrize(
    ("text", "dmd", "bnf"),
    [
        ("Co-codamol 30mg/500mg tablets", "", "0407010F0AAAHAH"),
        ("Paracetamol 500mg tablets", "", "0407010F0AAAHAH"),  # a code of the whole, a name of a part
        ("Solian 50mg tablets", "999999999", "ZZZ"),  # codes that nobody knows say nothing
        ("Dressing pack", "", "21020000100"),  # what is not scored has nothing to disagree about
        ("Valproate semisodium 250mg tablets", "333", ""),  # an ingredient that is not known: the code says nothing
    ],
)
def test_codes_that_do_not_speak_against_the_name_leave_it_as_it_is(text: str, dmd: str, bnf: str) -> None:
    one, plain = found(text, dmd, bnf), found(text)
    assert (one.match, names(one), one.conflict) == (plain.match, names(plain), "")


def test_salts_that_count_as_one_substance_do_not_disagree() -> None:
    tables = {"bnf": CodeTable("bnf", "BNF", {"0402030Q0": ("valproate semisodium",)}, {}, PLACE, SUPPORT)}
    recogniser = Recogniser({**MEDICINES, **COUNTED_AS_ONE}, PRODUCTS, code_tables=tables)
    assert recogniser.recognise("Epilim 200mg tablets", bnf_code="0402030Q0AAAAAA").match is Match.EXACT


def test_a_code_decides_between_the_meanings_of_a_name() -> None:
    plain = found("Priadel")
    assert plain.match is Match.EXACT
    two = Recogniser(
        {n: MEDICINES[n] for n in MEDICINES}
        | {"a": medicine("a", brands=("Twin",)), "b": medicine("b", brands=("Twin",), codes={"bnf": "0101010A0"})},
        PRODUCTS,
    )
    assert two.recognise("Twin").match is Match.AMBIGUOUS
    assert names(two.recognise("Twin 5mg tablets", bnf_code="0101010A0AAAAAA")) == ["b"]


def test_the_part_of_the_bnf_is_told_where_the_substance_is_not_known() -> None:
    assert found("Brand of 2031", bnf="0402010ZZAAAAAA").code_part == "Antipsychotic drugs"
    assert found("Brand of 2031", bnf="0402010ZZAAAAAA").match is Match.NONE
    assert found("Brand of 2031", bnf="0402").code_part == ""


def test_every_moiety_that_ships_has_its_check_digit() -> None:
    held = load_medicines(find_content())
    codes = {
        *held.code_tables["vtm"].medicines,
        *(it.codes["vtm"] for it in held.medicines.values() if "vtm" in it.codes),
    }
    assert [code for code in codes if not has_check_digit(code)] == []
    assert len(codes) > 2500
