"""How totals are read: bands, scales that disagree, options to discuss, and equivalents by each method."""

from __future__ import annotations

import math

import pytest

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.load import find_content, load_medicines
from healthcheck_cli.content.medicine_models import Band, Equivalence, LowerBurden, Scale
from healthcheck_cli.medicines.burden import burdens, constipating_load
from healthcheck_cli.medicines.burden_read import bands_of, disagreements, lower_burden_options
from healthcheck_cli.medicines.equivalents import antipsychotic_equivalents
from healthcheck_cli.medicines.models import Currency, EquivalentDose, MedicineRead
from tests.medicines.reads import PLACE, SUPPORT, UNNAMED, line, medicine, of, product, scale

HELD = {
    one.name: one
    for one in (
        medicine("hydroxyzine", scores=(("new", 1, ""), ("old", 3, ""))),
        medicine("amitriptyline", scores=(("new", 3, ""), ("old", 3, "")), constipating=3),
        medicine("codeine", scores=(("new", 0, ""),), constipating=3),
        medicine("senna", scores=(("new", 0, ""),)),
    )
}
SCALES = {"new": scale("new"), "old": scale("old")}
GROUPS = {
    one.id: one
    for one in (
        LowerBurden("tricyclics", "t", "an SSRI", PLACE, SUPPORT, classes=("tca",)),
        LowerBurden("opioids", "o", "paracetamol", PLACE, SUPPORT, medicines=("codeine",)),
        LowerBurden("laxatives", "l", "bran", PLACE, SUPPORT, medicines=("senna",)),
    )
}


def a(name: str, row: int = 1, directions: str = "1 od", **more: object) -> MedicineRead:
    return line(row, product(of(name, 10)), directions, **more)  # type: ignore[arg-type]


def test_scales_disagree_only_where_both_list_a_medicine_and_are_two_points_apart() -> None:
    found = disagreements(burdens([a("hydroxyzine", 4), a("amitriptyline"), a("codeine", 2)], HELD, SCALES, {}))
    assert [(it.ingredient, it.row, it.scores) for it in found] == [("hydroxyzine", 4, {"new": 1, "old": 3})]


@pytest.mark.parametrize(
    ("reads", "expected"),
    [
        ([], (None, None)),
        ([a("hydroxyzine")], ("mild", "mild")),
        ([a("hydroxyzine"), line(2, UNNAMED)], ("mild", "high")),
    ],
)
def test_a_total_is_read_by_its_band_and_by_two_where_a_line_could_lift_it(
    reads: list[MedicineRead], expected: tuple[str | None, str | None]
) -> None:
    bands = (Band(3, "high", SUPPORT), Band(1, "mild", SUPPORT))
    read = Scale("new", "new", "1", 3, "", PLACE, SUPPORT, bands=bands)
    low, high = bands_of(burdens(reads, HELD, SCALES, {})["new"], read)
    assert (low.says if low else None, high.says if high else None) == expected


def test_options_are_about_medicines_that_add_to_a_burden() -> None:
    reads = [
        a("amitriptyline", 1, classes=("tca",)),
        a("codeine", 2),
        a("senna", 3),
        a("codeine", 4, currency=Currency.NOT_CURRENT),
    ]
    scored = burdens(reads, HELD, SCALES, {})
    found = lower_burden_options(reads, scored.values(), constipating_load(reads, HELD), GROUPS)
    assert [(it.group, it.ingredients, it.rows) for it in found] == [
        ("tricyclics", ("amitriptyline",), (1,)),
        ("opioids", ("codeine",), (2,)),
    ]


METHOD = Equivalence(
    "m",
    "a method",
    "olanzapine",
    1,
    {"oral": {"olanzapine": 1, "risperidone": 0.5}, "depot": {"risperidone": 2}},
    "",
    PLACE,
    SUPPORT,
)


def antipsychotic(name: str, mg: float | None, directions: str = "1 od", route: str = "oral") -> MedicineRead:
    form = "tablet" if route == "oral" else "injection"
    return line(1, product(of(name, mg), route=route, form=form), directions, classes=("antipsychotic",))


@pytest.mark.parametrize(
    ("reads", "total", "not_held"),
    [
        ([antipsychotic("olanzapine", 10)], Interval(10, 10), ()),
        ([antipsychotic("risperidone", 1, "1 bd")], Interval(4, 4), ()),
        ([antipsychotic("olanzapine", 5, "1 prn max 2 a day")], Interval(0, 10), ()),
        ([antipsychotic("olanzapine", 5), antipsychotic("olanzapine", None)], Interval(5, math.inf), ()),
        ([antipsychotic("olanzapine", 5), antipsychotic("sulpiride", 200)], Interval(5, 5), ("sulpiride",)),
    ],
)
def test_doses_add_up_as_a_dose_of_one(reads: list[MedicineRead], total: Interval, not_held: tuple[str, ...]) -> None:
    assert antipsychotic_equivalents(reads, {"m": METHOD}) == (EquivalentDose("m", "olanzapine", total, not_held),)


def test_a_long_acting_injection_has_its_own_amount() -> None:
    depot = antipsychotic("risperidone", 28, "28mg every 14 days", "depot")
    assert antipsychotic_equivalents([depot], {"m": METHOD})[0].total == Interval(1, 1)


def test_a_method_that_lists_none_of_them_says_nothing() -> None:
    assert antipsychotic_equivalents([antipsychotic("sulpiride", 200)], {"m": METHOD}) == ()
    assert antipsychotic_equivalents([a("senna")], {"m": METHOD}) == ()


def test_every_method_that_ships_holds_the_medicine_it_is_named_after_as_itself() -> None:
    for method in load_medicines(find_content()).equivalences.values():
        assert method.amounts["oral"][method.of] == method.per
