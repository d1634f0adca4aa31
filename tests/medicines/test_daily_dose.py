"""How much a day, and what share of the maximum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.medicines.daily_dose import ingredient_dose
from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.models import Ingredient, IngredientDose, Recognised, Strength
from tests.medicines.reads import maximum, medicine, of, product

RISPERIDONE = medicine("risperidone", maximum("oral", 16), maximum("depot", 50, 14))


def dose(
    recognised: Recognised, directions: str, held: Medicine | None = RISPERIDONE, age: int | None = 45
) -> IngredientDose:
    return ingredient_dose(recognised.ingredients[0], recognised, read_dosage(directions), held, age)


def tablets(mg: float | None = 1.0, route: str = "oral") -> Recognised:
    return product(of("risperidone", mg), route=route)


@pytest.mark.parametrize(
    ("recognised", "directions", "low", "high"),
    [
        (tablets(1), "1 bd", 2, 2),
        (tablets(0.5), "1-2 tablets tds", 1.5, 3),
        (tablets(1), "2mg bd", 4, 4),
        (tablets(None), "500 micrograms bd", 1, 1),
        (tablets(None), "1g daily", 1000, 1000),
        (product(of("a", 1, "mg", "ml"), form="oral solution"), "one 5ml spoonful bd", 10, 10),
        (tablets(1), "2 nocte prn", 0, 2),
        (tablets(1), "1 prn max 4 in 24 hours", 0, 4),
        (tablets(2.5), "1-2 tablets prn, max 5mg in 24 hours", 0, 5),
        (tablets(1), "one daily for 7 days then two daily", 1, 2),
        (product(of("a", 0.025, "mg/hour", "patch"), route="patch"), "apply 1 patch every 72 hours", 0.6, 0.6),
        (product(of("a", 0.025, "mg/hour", "patch"), route="patch"), "apply 2 patches every 72 hours", 1.2, 1.2),
        (product(of("a", 0.025, "mg/hour", "patch"), route="patch"), "25 micrograms every 72 hours", 0.6, 0.6),
        (product(of("citalopram", 40, "mg", "ml")), "8 drops (16mg) each morning", 16, 16),
        (tablets(None), "1 tablet (5mg) bd", 10, 10),
        (product(of("a", 9.5 / 24, "mg/hour", "patch"), route="patch"), "9.5mg daily", 9.5, 9.5),
        (product(of("a", 100, "mg", "ml"), route="depot"), "0.5ml every 2 weeks", 50 / 14, 50 / 14),
        (product(of("a", 25, "mg", "vial"), route="depot"), "1 injection every 2 weeks", 25 / 14, 25 / 14),
    ],
)
def test_strength_and_directions_come_to_mg_a_day(
    recognised: Recognised, directions: str, low: float, high: float
) -> None:
    daily = dose(recognised, directions, None).daily
    assert daily is not None
    assert [daily.low, daily.high] == pytest.approx([low, high])


@pytest.mark.parametrize(
    ("recognised", "directions", "why"),
    [
        (tablets(), "", "no directions"),
        (tablets(), "1 2 daily", "directions not read"),
        (tablets(), "as directed", "the directions only say as directed"),
        (tablets(None), "1 bd", "no strength in the name"),
        (tablets(), "1 prn", "when required, with no most in a day stated"),
        (tablets(), "bd", "the directions do not say how much"),
        (tablets(), "1 tablet", "the directions do not say how often"),
        (tablets(), "1 stat", "a single dose, not a daily one"),
        (tablets(), "100 tablets daily", "too many at a time to be right: the directions are doubtful"),
        (tablets(0.05), "50mg daily", "the mg in the directions would be too many tablets to be right"),
        (tablets(), "5ml bd", "the directions and the strength do not count in the same thing"),
        (
            product(of("phenytoin", 6, "mg", "ml")),
            "5ml (300mg) twice a day",
            "the directions say the dose in two ways that do not agree with the strength",
        ),
        (product(of("a", 6, "mg", "ml")), "1 bd", "the directions and the strength do not count in the same thing"),
        (
            product(of("hyoscine", 1.5, "mg", "patch"), route="patch"),
            "1 patch every 72 hours",
            "the name gives what the patch holds, not what it gives in a day",
        ),
        (
            product(of("a", 50), of("b", 12.5)),
            "62.5mg tds",
            "the directions are in mg, and the product has several ingredients",
        ),
        (
            product(of("a", 25, "mg", "vial"), route="depot"),
            "25mg daily",
            "a depot is not given so often: the directions are doubtful",
        ),
    ],
)
def test_what_cannot_be_worked_out_is_unknown_with_the_reason(
    recognised: Recognised, directions: str, why: str
) -> None:
    assert dose(recognised, directions) == IngredientDose(daily=None, why_unknown=why)


def test_each_ingredient_of_a_combination_has_its_own_dose() -> None:
    co_codamol = product(of("codeine", 30), of("paracetamol", 500))
    directions = read_dosage("2 qds")
    daily = [ingredient_dose(one, co_codamol, directions, None, 45).daily for one in co_codamol.ingredients]
    assert daily == [Interval(240, 240), Interval(4000, 4000)]


def test_a_share_is_of_the_maximum_of_the_route() -> None:
    assert dose(tablets(), "2 bd").percent_of_max == Interval(25, 25)
    depot = product(of("risperidone", 25, "mg", "vial"), route="depot")
    share = dose(depot, "25mg every 2 weeks").percent_of_max
    assert share is not None
    assert share.high == pytest.approx(50)
    monthly = dose(depot, "50mg every 4 weeks").percent_of_max
    assert monthly is not None
    assert monthly.high == pytest.approx(50)


def test_just_the_maximum_is_100_per_cent_and_not_a_hair_over() -> None:
    olanzapine = medicine("olanzapine", maximum("depot", 300, 14))
    depot = product(of("olanzapine", 300, "mg", "vial"), route="depot")
    assert dose(depot, "300mg every 2 weeks", olanzapine).percent_of_max == Interval(100, 100)


def test_when_required_counts_from_nothing_and_at_its_stated_top() -> None:
    found = dose(tablets(), "1-2 prn max 4 in 24 hours")
    assert (found.percent_of_max, found.percent_at_top) == (Interval(0, 25), Interval(25, 25))


def test_no_maximum_is_no_share_and_not_a_share_of_nothing() -> None:
    found = dose(tablets(), "1 bd", medicine("risperidone"))
    assert (found.daily, found.percent_of_max, found.why_unknown) == (Interval(2, 2), None, "no maximum held")
    assert dose(tablets(route=""), "1 bd").percent_of_max is None


def test_an_adult_maximum_is_not_used_for_a_child() -> None:
    assert dose(tablets(), "1 bd", age=12).percent_of_max is None


def test_the_maximum_for_an_age_or_a_release_is_used_and_is_a_range_where_neither_is_known() -> None:
    citalopram = medicine("citalopram", maximum("oral", 40), maximum("oral", 20, min_age=66))
    twenty = product(of("citalopram", 20))
    shares = [dose(twenty, "1 od", citalopram, age).percent_of_max for age in (45, 70, None)]
    assert shares == [Interval(50, 50), Interval(100, 100), Interval(50, 100)]
    quetiapine = medicine("quetiapine", maximum("oral", 750), maximum("oral", 800, release="modified"))
    modified = product(of("quetiapine", 400), release="modified")
    assert dose(modified, "1 od", quetiapine).percent_of_max == Interval(50, 50)


def test_the_depot_maximum_nearest_to_the_interval_is_used() -> None:
    paliperidone = medicine("paliperidone", maximum("depot", 150, 30), maximum("depot", 525, 90))
    depot = product(of("paliperidone", 100, "mg", "ml"), route="depot")
    found = dose(depot, "525mg every 13 weeks", paliperidone)
    assert found.maximum == pytest.approx(525 / 90)


@pytest.mark.parametrize(
    ("directions", "percent"),
    [
        ("100mg monthly", 66.6667),  # by the month, as the product is: not 100 mg in 30.4 days of 150 mg in 28
        ("100mg every 4 weeks", 66.6667),
        ("350mg every 3 months", 66.6667),
        ("500mg every six months", 50),
        ("100mg every 5 weeks", 53.3333),  # another interval is converted
        ("100mg every 2 months", 26.2834),  # no product of that interval: converted to the nearest, 84 days
    ],
)
def test_a_depot_by_the_month_is_set_against_the_maximum_by_the_month(directions: str, percent: float) -> None:
    depots = (maximum("depot", 150, 28), maximum("depot", 525, 84), maximum("depot", 1000, 182))
    paliperidone = medicine("paliperidone", *depots)
    found = dose(product(of("paliperidone"), route="depot"), directions, paliperidone).percent_of_max
    assert found is not None
    assert found.high == pytest.approx(percent, abs=0.001)


def syringe(declared: str, value: float = 100, route: str = "depot") -> Recognised:
    return product(Ingredient("a", Strength(value, "mg", "ml", declared)), route=route, form="injection")


@pytest.mark.parametrize(
    ("recognised", "directions", "mg"),
    [
        (syringe("100mg/1ml"), "one every 4 weeks", 100),
        (syringe("525mg/2.625ml", 200), "1 syringe every 4 weeks", 525),
        (syringe("200mg/2ml"), "1ml every 4 weeks", 100),
        (syringe("200mg/2ml"), "50mg every 4 weeks", 50),
        (syringe("40mg/2ml", 20), "half an ampoule every 4 weeks", 20),
    ],
)
def test_a_whole_injection_holds_what_the_name_says_with_its_volume(
    recognised: Recognised, directions: str, mg: float
) -> None:
    daily = dose(recognised, directions).daily
    assert daily is not None
    assert daily.high * 28 == pytest.approx(mg)


@pytest.mark.parametrize(
    ("recognised", "directions"),
    [
        (syringe("100mg/ml"), "one every 4 weeks"),  # a concentration: the syringe may be of any size
        (syringe("100mg/1ml"), "inject 50 every 4 weeks"),  # 50 mg, not 50 syringes
        (syringe("100mg/5ml", 20, route="oral"), "1 bd"),  # a liquid by mouth has no containers
    ],
)
def test_how_much_an_injection_holds_is_not_guessed(recognised: Recognised, directions: str) -> None:
    assert dose(recognised, directions).daily is None


def test_lithium_citrate_has_a_dose_and_no_share() -> None:
    citrate = medicine("lithium citrate", maximum("oral", 1000))
    found = dose(product(of("lithium citrate", 104, "mg", "ml")), "5ml bd", citrate)
    assert (found.daily, found.percent_of_max) == (Interval(1040, 1040), None)


@given(strength=st.integers(1, 400), times=st.integers(1, 4), factor=st.integers(2, 5), prn=st.booleans())
def test_doses_grow_with_strength_and_when_required_begins_at_nothing(
    strength: int, times: int, factor: int, prn: bool
) -> None:
    directions = f"1-2 tablets {times} times a day" + (" when required" if prn else "")
    once = dose(product(of("a", strength)), directions, None).daily
    more = dose(product(of("a", strength * factor)), directions, None).daily
    assert once is not None
    assert more is not None
    assert [more.low, more.high] == pytest.approx([once.low * factor, once.high * factor])
    assert (once.low == 0) == prn
