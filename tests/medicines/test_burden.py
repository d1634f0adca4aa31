"""Totals on burden scales, constipating load and the antipsychotic sum."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.medicines.burden import antipsychotic_percent, burdens, constipating_load
from healthcheck_cli.medicines.models import BurdenItem, Currency, MedicineRead
from tests.medicines.reads import UNNAMED, combination, line, maximum, medicine, of, product, scale

HELD = {
    one.name: one
    for one in (
        medicine("amitriptyline", scores=(("acbcalc", 3, ""),), constipating=3),
        medicine("risperidone", scores=(("acbcalc", 1, ""),), constipating=2),
        medicine("codeine", scores=(("acbcalc", 1, ""),), constipating=3),
        medicine("paracetamol"),
        medicine("atropine", scores=(("acbcalc", 3, ""),)),
        medicine("tiotropium", scores=(("acbcalc", 1, "inhaled"),)),
        medicine("hyoscine", scores=(("acbcalc", 3, "patch"), ("acbcalc", 2, ""))),
        medicine("diazepam", scores=(("acbcalc", 1, ""),)),
        medicine("dressing", scores=(("acbcalc", 3, ""),), scored=False),
    )
}
SCALES = {"acbcalc": scale()}
PAIRS = {
    one.name: one
    for one in (
        combination("co-example", "risperidone", "paracetamol", scores=(("acbcalc", 2, ""),)),
        combination("a puff", "tiotropium", "paracetamol", scores=(("acbcalc", 3, "inhaled"),)),
        combination("co-codamol", "codeine", "paracetamol"),
    )
}


def total(*reads: MedicineRead) -> Interval:
    return burdens(reads, HELD, SCALES, PAIRS)["acbcalc"].total


def a(name: str, row: int = 1, directions: str = "1 od", route: str = "oral", form: str = "tablet") -> MedicineRead:
    return line(row, product(of(name, 10), route=route, form=form), directions)


def test_each_ingredient_counts_once_and_a_combination_is_the_sum_of_its_ingredients() -> None:
    assert total(a("risperidone"), a("risperidone", 2, route="depot")) == Interval(1, 1)
    assert total(line(1, product(of("codeine"), of("amitriptyline")))) == Interval(4, 4)


def test_a_combination_that_the_scale_lists_counts_by_its_own_score_and_not_by_its_ingredients() -> None:
    read = line(1, product(of("paracetamol"), of("risperidone")))
    found = burdens([read], HELD, SCALES, PAIRS)["acbcalc"]
    assert (found.total, found.not_on_scale) == (Interval(2, 2), ())
    assert found.items == (BurdenItem(1, "co-example", 2, holds=("risperidone", "paracetamol")),)
    assert total(read, line(2, product(of("risperidone"), of("paracetamol")))) == Interval(2, 2)


def test_what_is_beside_a_listed_combination_counts_as_well() -> None:
    three = line(1, product(of("risperidone"), of("paracetamol"), of("codeine")))
    assert total(three) == Interval(3, 3)
    assert total(line(1, product(of("risperidone"), of("paracetamol"))), a("risperidone", 2)) == Interval(3, 3)


@pytest.mark.parametrize(("route", "score"), [("inhaled", 3), ("oral", 0)])
def test_a_listed_combination_is_scored_by_its_route(route: str, score: int) -> None:
    assert total(line(1, product(of("tiotropium"), of("paracetamol"), route=route))) == Interval(score, score)


def test_a_medicine_the_scale_does_not_list_adds_nothing_and_is_named() -> None:
    found = burdens([a("paracetamol"), a("risperidone", 2)], HELD, SCALES, PAIRS)["acbcalc"]
    assert (found.total, found.not_on_scale) == (Interval(1, 1), ("paracetamol",))


def test_when_required_counts_is_marked_and_is_left_out_beside() -> None:
    found = burdens([a("risperidone"), a("amitriptyline", 2, "1 prn")], HELD, SCALES, PAIRS)["acbcalc"]
    assert (found.total, found.without_prn) == (Interval(4, 4), Interval(1, 1))
    assert found.items[1] == BurdenItem(row=2, ingredient="amitriptyline", score=3, prn=True)


@pytest.mark.parametrize(
    ("name", "route", "form", "score"),
    [
        ("atropine", "eye_ear", "eye drops", 0),
        ("atropine", "injection", "injection", 3),
        ("amitriptyline", "topical", "gel", 0),
        ("amitriptyline", "vaginal", "pessary", 0),
        ("tiotropium", "inhaled", "inhaler", 1),
        ("hyoscine", "patch", "patch", 3),
        ("hyoscine", "oral", "buccal tablet", 2),
        ("diazepam", "rectal", "rectal solution", 1),
        ("diazepam", "rectal", "enema", 0),
        ("risperidone", "", "", 1),
    ],
)
def test_the_route_decides_the_score(name: str, route: str, form: str, score: int) -> None:
    assert total(a(name, route=route, form=form)) == Interval(score, score)


def test_lines_that_are_not_current_and_products_that_are_not_scored_add_nothing() -> None:
    ended = line(1, product(of("amitriptyline")), currency=Currency.NOT_CURRENT)
    food = line(2, product(of("dressing"), scored=False))
    dressing = a("dressing", 3)
    found = burdens([ended, food, dressing], HELD, SCALES, PAIRS)["acbcalc"]
    assert (found.total, found.items, found.not_on_scale) == (Interval(0, 0), (), ())


_LINES = st.lists(st.sampled_from([*sorted(HELD), "unnamed", "never heard of"]), max_size=8)


def _reads(names: list[str]) -> list[MedicineRead]:
    return [line(row, UNNAMED) if name == "unnamed" else a(name, row) for row, name in enumerate(names, 1)]


@given(_LINES)
def test_an_unrecognised_line_widens_the_high_end_by_the_scales_most_and_no_more(names: list[str]) -> None:
    before = total(*_reads(names))
    after = total(*_reads(names), line(99, UNNAMED))
    assert (after.low, after.high) == (before.low, before.high + 3)


@given(_LINES, st.sampled_from(sorted(HELD)))
def test_a_recognised_line_more_never_lowers_a_total(names: list[str], name: str) -> None:
    before, after = total(*_reads(names)), total(*_reads(names), a(name, 99))
    assert before.low <= after.low
    assert before.high <= after.high
    assert after.low <= after.high


def test_constipating_levels_are_counted_and_never_added() -> None:
    reads = [a("codeine"), a("risperidone", 2), a("paracetamol", 3), a("amitriptyline", 4, route="topical")]
    load = constipating_load(reads, HELD)
    assert (load.max_level, load.count_level_2_3) == (3, 2)
    assert [item.ingredient for item in load.items] == ["codeine", "risperidone"]


RISPERIDONE = medicine("risperidone", maximum("oral", 16))
HALOPERIDOL = medicine("haloperidol", maximum("oral", 20), maximum("depot", 300, 28))
OLANZAPINE = medicine("olanzapine", maximum("oral", 20))
CLASSES = ("antipsychotic",)


def _worked_example() -> list[MedicineRead]:
    depot = product(of("haloperidol", 100, "mg", "ml"), route="depot")
    return [
        line(1, product(of("risperidone", 2)), "1 bd", RISPERIDONE, classes=CLASSES),
        line(2, depot, "150mg every 4 weeks", HALOPERIDOL, classes=CLASSES),
        line(3, product(of("olanzapine", 5)), "1 prn up to 10mg in 24 hours", OLANZAPINE, classes=CLASSES),
    ]


def test_the_worked_example_of_high_dose_counting_comes_to_125_with_and_75_without_when_required() -> None:
    with_prn, without = antipsychotic_percent(_worked_example())
    assert with_prn is not None
    assert without is not None
    assert [with_prn.low, with_prn.high] == pytest.approx([125, 125])
    assert [without.low, without.high] == pytest.approx([75, 75])


def test_a_part_that_cannot_be_worked_out_leaves_the_sum_without_an_upper_end() -> None:
    unknown = line(4, product(of("trifluoperazine", 5)), "1 bd", medicine("trifluoperazine"), classes=CLASSES)
    with_prn, without = antipsychotic_percent([*_worked_example(), unknown])
    assert with_prn is not None
    assert without is not None
    assert [with_prn.low, with_prn.high] == pytest.approx([125, math.inf])
    assert [without.low, without.high] == pytest.approx([75, math.inf])


def test_no_antipsychotic_is_no_sum() -> None:
    assert antipsychotic_percent([a("paracetamol"), line(2, UNNAMED)]) == (None, None)
