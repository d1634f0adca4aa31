"""Medicines, products and lines made by hand, for tests of doses and burdens."""

from __future__ import annotations

from healthcheck_cli.content.medicine_models import Maximum, Medicine, Product, Scale, Score
from healthcheck_cli.content.support import Basis, Place, Support
from healthcheck_cli.medicines.daily_dose import ingredient_dose
from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.models import (
    Currency,
    Ingredient,
    IngredientRead,
    Match,
    MedicineRead,
    Recognised,
    Strength,
)
from healthcheck_cli.record import MedicineLine, Row

SUPPORT = Support(Basis.PROPOSED)
PLACE = Place("made/by/hand.yaml")


def maximum(route: str, amount: float, every_days: float = 1, **more: object) -> Maximum:
    """One maximum in mg."""
    return Maximum(route, amount, "mg", every_days, SUPPORT, **more)  # type: ignore[arg-type]


def medicine(
    name: str,
    *maxima: Maximum,
    scores: tuple[tuple[str, int, str], ...] = (),
    constipating: int = 0,
    scored: bool = True,
) -> Medicine:
    """A medicine; ``scores`` are (scale, value, route)."""
    return Medicine(
        name=name,
        label="none",
        place=PLACE,
        support=SUPPORT,
        maxima=maxima,
        scores=tuple(Score(scale, value, route, SUPPORT) for scale, value, route in scores),
        constipating_level=constipating,
        scored=scored,
    )


def combination(name: str, *ingredients: str, scores: tuple[tuple[str, int, str], ...] = ()) -> Product:
    """A product of several medicines; ``scores`` are (scale, value, route)."""
    held = tuple(Score(scale, value, route, SUPPORT) for scale, value, route in scores)
    return Product(name, ingredients, PLACE, SUPPORT, scores=held)


def scale(name: str = "acbcalc", most: int = 3) -> Scale:
    """A burden scale."""
    return Scale(name, name, "2024-07", most, "not scored", PLACE, SUPPORT)


def product(
    *ingredients: Ingredient, route: str = "oral", form: str = "tablet", release: str = "", scored: bool = True
) -> Recognised:
    """A product that was recognised."""
    return Recognised("x", Match.EXACT, ingredients, form, route, release, scored=scored)


def of(name: str, value: float | None = None, unit: str = "mg", per: str = "tablet") -> Ingredient:
    """An ingredient with its strength; none without a value."""
    return Ingredient(name, None if value is None else Strength(value, unit, per))


UNNAMED = Recognised("x", Match.NONE)


def line(
    row: int,
    recognised: Recognised,
    directions: str = "1 od",
    *known: Medicine,
    classes: tuple[str, ...] = (),
    currency: Currency = Currency.CURRENT,
) -> MedicineRead:
    """A line with everything that is made of it. ``known`` are the medicines that content holds."""
    dosage = read_dosage(directions)
    held = {one.name: one for one in known}
    return MedicineRead(
        line=MedicineLine("x", Row(row), directions),
        recognised=recognised,
        dosage=dosage,
        ingredients=tuple(
            IngredientRead(
                one.name, "none", classes, (), ingredient_dose(one, recognised, dosage, held.get(one.name), 45)
            )
            for one in recognised.ingredients
        ),
        currency=currency,
        prn=dosage.prn,
        route=recognised.route,
    )
