"""The shipped medicines: their names find them, their look-alikes do not, and real product names are read right."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from healthcheck_cli.content.load import MedicineContent, find_content, load_medicines
from healthcheck_cli.medicines.models import Match
from healthcheck_cli.medicines.recognise import Recogniser, class_label

_PRODUCT_NAMES = Path(__file__).parents[2].parent / "shared" / "data" / "product_names_dev.csv"
_LOWEST_RECALL = 0.99
_LOWEST_SHARE_KNOWN = 0.98
# Two old antipsychotics, a barbiturate (twice) and atropine in co-phenotrope, which the list files under no class.
_MOST_FALSE_MATCHES = 5


@lru_cache(maxsize=1)
def _held() -> tuple[MedicineContent, Recogniser]:
    held = load_medicines(find_content())
    return held, Recogniser(held.medicines, held.products)


def test_every_name_and_brand_finds_its_medicine() -> None:
    held, recogniser = _held()
    lost = []
    for medicine in held.medicines.values():
        brands = (
            *medicine.brands,
            *medicine.depot_brands,
            *medicine.modified_release_brands,
            *medicine.other_route_brands,
        )
        for name in (medicine.name, *medicine.synonyms, *brands):
            found = recogniser.recognise(name)
            if medicine.name not in ([one.name for one in found.ingredients] or found.candidates):
                lost.append(f"{name}: {medicine.name}")
    assert lost == []


def test_every_combination_product_gives_all_its_ingredients() -> None:
    held, recogniser = _held()
    lost = []
    for product in held.products.values():
        for name in (product.name, *product.synonyms):
            found = recogniser.recognise(name)
            if set(product.ingredients) != {one.name for one in found.ingredients}:
                lost.append(f"{name}: {product.name}")
    assert lost == []


def test_every_ingredient_of_a_product_is_a_medicine() -> None:
    held, _ = _held()
    unknown = {one for product in held.products.values() for one in product.ingredients} - set(held.medicines)
    assert unknown == set()


def test_no_look_alike_is_taken_for_its_medicine() -> None:
    held, recogniser = _held()
    taken = [
        f"{text}: {medicine.name}"
        for medicine in held.medicines.values()
        for text in medicine.look_alikes
        if medicine.name in [one.name for one in recogniser.recognise(text).ingredients]
    ]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Depixol 3mg tablets", "oral"),
        ("Depixol 40mg/2ml solution for injection ampoules", "depot"),
        ("Clopixol 200 mg", ""),
        ("Clopixol Acuphase 50mg/1ml solution for injection ampoules", "injection"),
        ("Xeplion 100mg/1ml prolonged-release suspension for injection pre-filled syringes", "depot"),
        ("Invega 6mg modified-release tablets", "oral"),
        ("Abilify Maintena 400mg powder and solvent for prolonged-release suspension for injection vials", "depot"),
        ("Aripiprazole 9.75mg/1.3ml solution for injection vials", "injection"),
        ("Modecate 25mg/1ml solution for injection ampoules", "depot"),
        ("Depo-Provera 150mg/1ml suspension for injection pre-filled syringes", "depot"),
        ("Stesolid 5mg", ""),
        ("Stesolid 5mg rectal tubes", "rectal"),
        ("Diazepam 5mg", "oral"),
        ("Gabapentin 6% gel", "topical"),
        ("Hyoscine 1.5mg patch", "patch"),
        ("Seebri Breezhaler 44microgram inhalation powder capsules with device", "inhaled"),
    ],
)
def test_the_route_of_medicines_with_more_than_one(text: str, route: str) -> None:
    _, recogniser = _held()
    assert recogniser.recognise(text).route == route


@pytest.mark.skipif(not _PRODUCT_NAMES.exists(), reason="the list of product names is not here")
def test_real_product_names_are_recognised_and_others_are_not_taken_for_them() -> None:
    held, recogniser = _held()
    with _PRODUCT_NAMES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ambiguous"] == "0"]
    labelled = right = others = known = false = 0
    for row in rows:
        found = recogniser.recognise(row["name"])
        label = class_label(found, held.medicines)
        if row["class_label"] == "none":
            others += 1
            known += found.match is Match.EXACT
            false += label != "none"
        else:
            labelled += 1
            right += label == row["class_label"]
    print(f"labelled {right}/{labelled}; in no class: known {known}/{others}, false matches {false}")
    assert right / labelled >= _LOWEST_RECALL
    assert false <= _MOST_FALSE_MATCHES
    assert known / others >= _LOWEST_SHARE_KNOWN
