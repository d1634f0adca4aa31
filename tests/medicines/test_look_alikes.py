"""Names that are easily taken for each other, and slips of the pen: never a match with the wrong medicine."""

from __future__ import annotations

import random
import string
from functools import lru_cache

import pytest

from healthcheck_cli.content.load import find_content, load_medicines
from healthcheck_cli.content.medicine_models import MedicineContent
from healthcheck_cli.medicines.models import Match
from healthcheck_cli.medicines.recognise import Recogniser

PAIRS = [
    ("risperidone", "ropinirole"),
    ("clobazam", "clonazepam"),
    ("chlorpromazine", "chlorpropamide"),
    ("hydroxyzine", "hydralazine"),
    ("Tegretol", "Toradol"),
    ("amitriptyline", "aminophylline"),
    ("carbamazepine", "oxcarbazepine"),
    ("clozapine", "olanzapine"),
    ("clomipramine", "clomifene"),
    ("clotrimazole", "clomethiazole"),
    ("fluoxetine", "fluvoxamine"),
    ("lamotrigine", "lamivudine"),
    ("lorazepam", "loprazolam"),
    ("mirtazapine", "mirabegron"),
    ("nortriptyline", "nitrendipine"),
    ("prochlorperazine", "procyclidine"),
    ("promazine", "promethazine"),
    ("quetiapine", "quinine"),
    ("quinine", "quinidine"),
    ("sertraline", "selegiline"),
    ("sulpiride", "sumatriptan"),
    ("trazodone", "tramadol"),
    ("trihexyphenidyl", "trifluoperazine"),
    ("zopiclone", "zolpidem"),
    ("zuclopenthixol", "flupentixol"),
    ("Epilim", "Eprex"),
    ("Lamictal", "Lamisil"),
    ("Losec", "Lasix"),
    ("Clopixol", "Depixol"),
    ("Benadryl Allergy Relief", "Benadryl One A Day"),
]


@lru_cache(maxsize=1)
def _held() -> tuple[MedicineContent, Recogniser]:
    held = load_medicines(find_content())
    return held, Recogniser(held.medicines, held.products, code_tables=held.code_tables)


def _names(text: str) -> set[str]:
    return {one.name for one in _held()[1].recognise(text).ingredients}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_each_of_a_pair_is_itself(one: str, other: str) -> None:
    first, second = _names(f"{one} 10mg tablets"), _names(f"{other} 10mg tablets")
    assert first
    assert second
    assert first.isdisjoint(second)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Chlorpromamide 100mg tablets", "chlorpromazine", "chlorpropamide"),
        ("Clonbazam 10mg tablets", "clobazam", "clonazepam"),
        ("Lithium citrat 520mg/5ml oral solution", "lithium citrate", "lithium carbonate"),
        ("Promethazine teoclat 25mg tablets", "promethazine teoclate", "promethazine"),
        ("Isopto atropin 1% eye drops", "atropine", "hypromellose"),
    ],
)
def test_what_stands_between_two_is_neither_and_offers_both(text: str, one: str, other: str) -> None:
    found = _held()[1].recognise(text)
    assert (found.match, found.ingredients) == (Match.NONE, ())
    assert {one, other} <= set(found.suggestions)


def _with_a_slip(word: str, chance: random.Random) -> str:
    """The word with a letter left out, put in, changed, or two that changed places; never its first letter."""
    at = chance.randrange(1, len(word))
    letter = chance.choice([it for it in string.ascii_lowercase if it != word[at]])
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
    )


def test_slips_of_the_pen_match_no_other_medicine_and_the_right_one_is_offered() -> None:
    held, recogniser = _held()
    chance = random.Random(20261127)
    names = [it.name for it in held.medicines.values() if it.label != "none" and it.name.isascii()]
    slips = offered = 0
    wrong = []
    for name in chance.sample(names, 200):
        slip = _with_a_slip(name, chance)
        found = recogniser.recognise(f"{slip} 10mg tablets")
        means = {one.name for one in found.ingredients} | set(found.candidates)
        if slip == name or name in means:
            continue
        slips += 1
        wrong += [f"{slip}: {means}"] if found.match is not Match.NONE else []
        offered += any(name in it.split(" or ") for it in found.suggestions)
    assert wrong == []
    assert offered >= 0.95 * slips > 150


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "chair", "please", "garden", "spare"])
def test_a_short_word_that_is_no_slip_of_a_name_suggests_nothing(text: str) -> None:
    assert _held()[1].recognise(text).suggestions == ()


@pytest.mark.parametrize("text", ["Axetr tablets", "Axrt tablets", "Axxert tablets", "Alert 12.5mg tablets"])
def test_a_slip_in_a_short_name_still_suggests_it(text: str) -> None:
    assert "almotriptan" in _held()[1].recognise(text).suggestions
