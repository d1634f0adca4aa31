"""From a product's strength and its directions to how much of an ingredient is taken a day.

What cannot be worked out is None with the reason, for a person to read; it is never zero and never "one a day".
"""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.medicines.maximum_dose import daily_maximum
from healthcheck_cli.medicines.models import Dosage, Ingredient, IngredientDose, Recognised, Strength
from healthcheck_cli.medicines.strength import amount_in_container
from healthcheck_cli.medicines.units import UnitMismatch, convert

_MASS = ("mg", "microgram", "g")
_MOST_AT_A_TIME = 60  # tablets or the like; more is a slip, not a dose (proposed)
_MOST_DEPOTS_A_DAY = 0.2  # a depot more often than every five days is a slip (proposed)
_MOST_CONTAINERS = 6  # ampoules or syringes at once; "inject 50" of ampoules means mg (proposed)
_MOST_PATCHES = 4  # worn at once; more is another reading of the same figure
_LEAST_DAYS_OF_A_PATCH = 3
_PUFFS = ("puff", "dose", "inhalation", "spray", "blister", "capsule")
_VESSELS = ("vial", "ampoule", "syringe", "pen", "injection", "implant", "bottle", "dose")
_NOT_COUNTED = ("ml", "g", "drop", "litre")  # "1 bd" of these says nothing
_SAME_DOSE = 0.02  # two ways of saying a dose may differ by rounding
_LITHIUM_CITRATE = "lithium citrate"


class _Unknown(Exception):
    """The dose cannot be worked out; the message is for a person."""


@dataclass(frozen=True)
class _Daily:
    """Amount a day in ``unit``; ``at_top`` where when-required doses are taken up to their stated most."""

    amount: Interval
    at_top: Interval
    unit: str


def ingredient_dose(
    ingredient: Ingredient, recognised: Recognised, dosage: Dosage, medicine: Medicine | None, age: int | None
) -> IngredientDose:
    """The amount of one ingredient a day, and its share of the maximum by the product's route.

    mg in the directions go before the strength; millilitres take the strength of 1 ml; a patch its rate for 24 hours
    times the patches worn at once; a depot its dose divided by the days between injections. When-required counts
    from 0. Unknown, with the reason: no strength, directions not read or "as directed", no times, a dose said two ways
    that do not agree, more than 60 at a time. mg of lithium citrate are not mg of lithium carbonate and have no share.
    """
    try:
        daily = _daily(ingredient, recognised, dosage)
    except _Unknown as unknown:
        return IngredientDose(daily=None, why_unknown=str(unknown))
    if medicine is None or ingredient.name == _LITHIUM_CITRATE:
        return IngredientDose(daily=daily.amount, unit=daily.unit, why_unknown="no maximum held")
    maximum = daily_maximum(medicine, recognised, age, daily.unit, dosage.interval_days)
    if maximum is None:
        why = (
            "no maximum held"
            if recognised.route or not medicine.maxima
            else "the route cannot be told, so no maximum applies"
        )
        return IngredientDose(daily=daily.amount, unit=daily.unit, why_unknown=why)
    return IngredientDose(
        daily=daily.amount,
        unit=daily.unit,
        percent_of_max=maximum.percent(daily.amount),
        percent_at_top=maximum.percent(daily.at_top),
        maximum=maximum.high if maximum.low == maximum.high else None,
        maximum_basis=maximum.basis,
    )


def _daily(ingredient: Ingredient, recognised: Recognised, dosage: Dosage) -> _Daily:
    _check_directions(dosage)
    if (
        not recognised.route
        and dosage.dose_unit == "microgram"
        and (dosage.interval_days or 0) >= _LEAST_DAYS_OF_A_PATCH
    ):
        raise _Unknown("the route cannot be told: of a patch, these would be micrograms an hour")
    if recognised.route == "patch":
        one, unit = _patch_a_day(ingredient.strength)
        low, high = _patches_worn(ingredient.strength, dosage)
        worn = _interval(low * one, high * one)
        return _Daily(Interval(0.0, worn.high) if dosage.prn else worn, worn, unit)
    one, unit = _amount_of_one(ingredient, recognised, dosage)
    _check_second_dose(ingredient, recognised, dosage, one)
    low, high = _amounts_a_day(dosage, one, unit)
    if recognised.route == "depot" and (dosage.times_per_day_high or 0) > _MOST_DEPOTS_A_DAY:
        raise _Unknown("a depot is not given so often: the directions are doubtful")
    amount = _interval(low, high)
    return _Daily(amount, Interval.exactly(amount.high) if dosage.prn else amount, unit)


def _interval(low: float, high: float) -> Interval:
    """To less than a nanogram, so that what is the same by any way of working it out is the same."""
    return Interval(round(low, 7), round(high, 7))


def _check_directions(dosage: Dosage) -> None:
    if not dosage.text.strip():
        raise _Unknown("no directions")
    if not dosage.read:
        raise _Unknown("directions not read")
    if dosage.as_directed and dosage.daily_high is None:
        raise _Unknown("the directions only say as directed")
    if dosage.single_dose:
        raise _Unknown("a single dose, not a daily one")


def _amounts_a_day(dosage: Dosage, one: float, unit: str) -> tuple[float, float]:
    """Low and high a day, where ``one`` of the dose's units holds so much of the ingredient."""
    cap = dosage.max_mg_per_day if unit == "mg" else None
    if dosage.daily_high is None:
        if cap is None:
            raise _Unknown(_why_no_daily(dosage))
        return 0.0, cap
    high = dosage.daily_high * one
    high = high if cap is None else min(high, cap)
    if dosage.daily_low is None and not dosage.prn:
        raise _Unknown(_why_no_daily(dosage))
    return min((dosage.daily_low or 0.0) * one, high), high


def _why_no_daily(dosage: Dosage) -> str:
    if dosage.dose_high is None:
        return "the directions do not say how much"
    if dosage.multi_step:
        return "the directions change in steps that do not come to a daily amount"
    if dosage.prn:
        return "when required, with no most in a day stated"
    if dosage.times_per_day_high is None:
        return "the directions do not say how often"
    return "the directions do not come to a daily amount"


def _amount_of_one(ingredient: Ingredient, recognised: Recognised, dosage: Dosage) -> tuple[float, str]:
    """How much of the ingredient is in one of the units the directions count in, and in which unit."""
    strength, unit = ingredient.strength, dosage.dose_unit
    if unit in _MASS:
        if len(recognised.ingredients) > 1:
            raise _Unknown("the directions are in mg, and the product has several ingredients")
        one = _in_mg(1.0, unit)
        _check_count_of_mass(strength, (dosage.dose_high or 0.0) * one)
        return one, "mg"
    if unit in ("unit", "mmol"):
        return 1.0, "units" if unit == "unit" else unit
    said = _said_in_mg(dosage) if len(recognised.ingredients) == 1 else None
    if said is not None and (strength is None or not _counts_in(strength, unit)):
        return said, "mg"  # "8 drops (16mg)": the directions say what the name does not
    if strength is None:
        raise _Unknown("no strength in the name")
    if "/" in strength.unit or strength.unit == "%":
        raise _Unknown("the strength is not an amount in one dose")
    whole = amount_in_container(strength) if _is_of_containers(recognised, unit) else None
    if whole is not None:
        _check_containers(dosage)
        return whole, strength.unit
    _check_counted(strength, unit, dosage)
    return strength.value, strength.unit


def _is_of_containers(recognised: Recognised, unit: str | None) -> bool:
    """Do the directions count whole injections: "1 syringe every month", or "one monthly" of a depot?"""
    return recognised.route in ("depot", "injection") and (unit is None or unit in _VESSELS)


def _check_containers(dosage: Dosage) -> None:
    if (dosage.dose_high or 0.0) > _MOST_CONTAINERS:
        raise _Unknown("too many at a time to be right: the directions are doubtful")


def _said_in_mg(dosage: Dosage) -> float | None:
    """mg in one of what is counted, where the directions say the dose in both: "8 drops (16mg)"."""
    if dosage.also_dose is None or dosage.also_unit not in _MASS or not dosage.dose_high:
        return None
    return _in_mg(dosage.also_dose, dosage.also_unit) / dosage.dose_high


def _check_counted(strength: Strength, unit: str | None, dosage: Dosage) -> None:
    if not _counts_in(strength, unit):
        raise _Unknown("the directions and the strength do not count in the same thing")
    if unit not in ("ml", "drop") and (dosage.dose_high or 0.0) > _MOST_AT_A_TIME:
        raise _Unknown("too many at a time to be right: the directions are doubtful")


def _counts_in(strength: Strength, unit: str | None) -> bool:
    """Do the directions count in what the strength is of? "1 bd" of a liquid, or drops of a tablet, do not say."""
    per = strength.per
    if unit == "ml" or per in _NOT_COUNTED:
        return unit == per
    if unit is None or unit == per:
        return True
    if per == "dose" or unit in _VESSELS:
        return unit in _PUFFS or unit in _VESSELS
    return unit in ("tablet", "capsule") and per in ("tablet", "capsule", "lozenge", "film", "lyophilisate")


def _check_count_of_mass(strength: Strength | None, mg: float) -> None:
    """mg that would take more than 60 tablets are a slip ("levothyroxine 50 mg")."""
    counted = strength is not None and strength.unit == "mg" and strength.per in ("tablet", "capsule")
    if counted and strength is not None and strength.value > 0 and mg / strength.value > _MOST_AT_A_TIME:
        raise _Unknown("the mg in the directions would be too many tablets to be right")


def _check_second_dose(ingredient: Ingredient, recognised: Recognised, dosage: Dosage, one: float) -> None:
    """ "5ml (300mg)" of 30 mg in 5 ml: the two do not agree, and neither is believed."""
    strength = ingredient.strength
    if dosage.also_dose is None or dosage.dose_high is None or strength is None or len(recognised.ingredients) > 1:
        return
    if strength.unit != "mg":
        return
    if dosage.also_unit in _MASS:
        also = _in_mg(dosage.also_dose, dosage.also_unit)
    elif dosage.also_unit == strength.per:
        also = dosage.also_dose * strength.value
    else:
        return
    if abs(also - dosage.dose_high * one) > _SAME_DOSE * max(also, dosage.dose_high * one):
        raise _Unknown("the directions say the dose in two ways that do not agree with the strength")


def _in_mg(amount: float, unit: str) -> float:
    return amount if unit == "mg" else convert(amount, unit, "mg", "dose")


def _patch_a_day(strength: Strength | None) -> tuple[float, str]:
    """What one patch gives in 24 hours, however often it is changed. A content in mg is not a rate."""
    if strength is None:
        raise _Unknown("no strength in the name")
    if "/" not in strength.unit:
        raise _Unknown("the name gives what the patch holds, not what it gives in a day")
    try:
        return convert(strength.value, strength.unit, "mg/day"), "mg"
    except UnitMismatch:
        raise _Unknown("the strength is not an amount in one dose") from None


def _patches_worn(strength: Strength | None, dosage: Dosage) -> tuple[float, float]:
    """How many patches are worn at once. "25 micrograms every 72 hours" of a 25 micrograms/hour patch is one."""
    if dosage.dose_high is None or dosage.dose_low is None:
        raise _Unknown("the directions do not say how many patches")
    if dosage.times_per_day_high is None:
        raise _Unknown("the directions do not say how often")
    if dosage.dose_unit in ("patch", None):
        return dosage.dose_low, dosage.dose_high
    if dosage.dose_unit in _MASS and strength is not None and strength.value > 0:
        rate = convert(strength.value, strength.unit, "mg/day")
        dose = _in_mg(dosage.dose_high, dosage.dose_unit)
        for one in (rate / 24, rate):  # the directions name the rate an hour or a day, as the product does
            worn = round(dose / one)
            if (
                dosage.dose_low == dosage.dose_high
                and 1 <= worn <= _MOST_PATCHES
                and abs(dose / one - worn) < _SAME_DOSE
            ):
                return float(worn), float(worn)
    raise _Unknown("the directions and the strength do not count in the same thing")
