"""The words that directions are written in: numbers, units, times of day, Latin, and what says nothing of the dose.

Phrases of several words are in ``dosage_phrases``; ``dosage_tokens`` does the splitting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning", str, float)

DAYS_IN_MONTH = 30.4375


def _each_word(meanings: Mapping[Meaning, str]) -> dict[str, Meaning]:
    """Meaning → its words, turned into word → meaning."""
    return {word: meaning for meaning, words in meanings.items() for word in words.split()}


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


NUMBERS: dict[str, float] = _each_word(
    {
        0: "zero",
        1: "one",
        2: "two ii tt",
        3: "three iii ttt",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
        100: "hundred",
        0.5: "half halfsign",
        0.25: "quarter quartersign",
        0.75: "threequarters",
    }
)

STROKES = {"i": 1.0, "t": 1.0}  # "i bd", "T TDS": one stroke a unit; read as a number only where a dose is due

# A unit of dose, as the result calls it → how it is written.
UNITS: dict[str, str] = _each_word(
    {
        "tablet": "tablet tablets tab tabs tabl tabls caplet caplets",
        "capsule": "capsule capsules cap caps capsul",
        "ml": "ml mls millilitre millilitres mills cc",
        "mg": "mg mgs milligram milligrams milligramme milligrammes",
        "microgram": "microgram micrograms mcg mcgs mcgram mcgrams ug μg microg",
        "g": "g gm gms gram grams gramme grammes",
        "unit": "unit units iu u",
        "mmol": "mmol",
        "drop": "drop drops gtt gtts",
        "puff": "puff puffs actuation actuations",
        "spray": "spray sprays squirt squirts",
        "dose": "dose doses",
        "inhalation": "inhalation inhalations",
        "blister": "blister blisters",
        "patch": "patch patches",
        "sachet": "sachet sachets sach",
        "suppository": "suppository suppositories supp supps",
        "pessary": "pessary pessaries",
        "lozenge": "lozenge lozenges",
        "pastille": "pastille pastilles",
        "wafer": "wafer wafers",
        "nebule": "nebule nebules neb nebs",
        "film": "film films",
        "ampoule": "ampoule ampoules amp amps",
        "vial": "vial vials",
        "syringe": "syringe syringes",
        "enema": "enema enemas",
        "tube": "tube tubes",
        "pump": "pump pumps",
        "scoop": "scoop scoops",
        "bottle": "bottle bottles",
        "pen": "pen pens",
        "gum": "gum",
        "injection": "injection injections",
        "implant": "implant",
    }
)

# In millilitres.
SPOONS: dict[str, float] = _each_word(
    {
        5: "spoon spoons spoonful spoonfuls spoonsful teaspoon teaspoons teaspoonful teaspoonfuls tsp tsps",
        15: "tablespoon tablespoons tbsp tablespoonful tablespoonfuls",
    }
)

IN_MG: dict[str, float] = {"mg": 1.0, "microgram": 0.001, "g": 1000.0}

AMOUNT_UNITS = ("mg", "microgram", "g", "ml", "unit", "mmol")  # an amount of substance or fluid, not a count of things

FLUIDS = word_set("water juice milk liquid feed feeds food yoghurt drink squash fluid")

LENGTHS = word_set("cm cms mm inch inches fingertip fingertips")  # how much cream: not a dose

TIMES_A_DAY: dict[str, float] = _each_word(
    {
        1: "od qd everyday onceaday oncedaily",
        2: "bd bds bid twiceaday twicedaily",
        3: "tds tid td ter",
        4: "qds qid",
        6: "qqh",
        0.5: "qod eod",
    }
)

COUNTS: dict[str, float] = {"once": 1, "twice": 2, "thrice": 3}

# Days from one to the next. (Biweekly is not here: it is twice a week, or every two.)
ADVERBS: dict[str, float] = _each_word(
    {
        1: "daily dly aday perday",
        1 / 24: "hourly hrly hly",
        7: "weekly wkly",
        14: "fortnightly",
        DAYS_IN_MONTH: "monthly mthly",
        3 * DAYS_IN_MONTH: "quarterly",
        365.25: "yearly annually",
    }
)

# In days.
PERIODS: dict[str, float] = _each_word(
    {
        1 / 1440: "minute minutes min mins",
        1 / 24: "hour hours hr hrs h",
        1: "day days d",
        7: "week weeks wk wks",
        14: "fortnight",
        DAYS_IN_MONTH: "month months mth mths",
        365.25: "year years",
    }
)

# A time of day → its words. Breakfast is the morning; a bare meal is any of three.
SLOTS: dict[str, str] = _each_word(
    {
        "morning": "morning morn morns mornings mane am om breakfast breakfasttime waking rising qam",
        "noon": "noon midday lunch lunchtime",
        "afternoon": "afternoon afternoons",
        "evening": "teatime tea evening eveing evenings eve pm dinner supper qpm dinnertime suppertime",
        "night": "night nights nocte noct nightly midnight bedtime bed nighttime hs qhs retiring atnight atbedtime",
        "meal": "meal meals mealtime mealtimes",
    }
)

# Monday is 0.
WEEKDAYS: dict[str, float] = _each_word(
    {
        0: "monday mondays mon",
        1: "tuesday tuesdays tue tues",
        2: "wednesday wednesdays wed weds",
        3: "thursday thursdays thu thur thurs",
        4: "friday fridays fri",
        5: "saturday saturdays sat",
        6: "sunday sundays sun",
    }
)

# "every second day", "alternate days": days from one to the next.
ORDINALS: dict[str, float] = _each_word(
    {
        2: "second 2nd other alternate alternative alt",
        3: "third 3rd",
        4: "fourth 4th",
        5: "fifth",
        7: "seventh",
    }
)

# Words that say nothing of how much or how often.
NOISE = word_set(
    """
    a about ac add administer administered affected after also an and and/or applied apply approximately are area
    areas arm arms around at back be before body both brush buccal buccally by capsule cc change cheek chest chew
    chewed clean contents covert covertly cream crush crushed cup day deep dissolve dissolved divided dose doses drink
    dry during each ear ears empty evenly every eye eyes face feet finger first food foot fresh from full gel gently
    give given giving glass hair hands im immediately in inhale inhaled inject injected injection insert inserted
    instil instilled into intramuscular intramuscularly is it iv juice just layer least left leg legs liberally liquid
    long lotion lower meal meals milk mix mixed mouth mouthwash nail nails nasal new ng nostril nostrils of ointment
    old on only onto or oral orally over pc peg per place placed please plenty pls po poultice poured powder pr
    preferably put rectal rectally regular regularly replace right rinse route rub same sc scalp shampoo short shortly
    sip site sites skin solution soon spacer sparingly spray spread sprinkle stomach subcut subcutaneous
    subcutaneously sublingual sublingually suck sucked suspension swallow syrup tablet take taken taking teeth term
    the their them then thick thin thinly this thoroughly throat time times to tongue toothbrush total tube under
    units up upper use used using vaginally via wash water week well wet whole with within yoghurt you your
    """
)

# Left over, these change the meaning in a way that is not understood: the directions are not read.
UNSAFE = word_set(
    """
    according additional additionally adjust adjusted adjusting adjustment alt alternate alternately alternating
    another apart autumn avoiding bar between bi biweekly break bsa build building cancel cancelled chart consecutive
    dates depend dependent depending double doubled doubling either equal exc except excl excluding extra few fewer
    free further gap halve halved halves hold increment increments inr instead kg less m2 megaunit megaunits million
    minus miss missing miu more never next nil no none not odd off omit omitting other others plus quarters reaching
    remainder remaining rest save scale season seasonal second semi several skip sliding snack snacks stop stopped
    stopping summer target third thirds titrate titrated titrating titration tri unless usual variable varied vary
    varying wean weaning weening weight winter withhold without
    """
)

# "before travel", "after dialysis": as often as that happens, which nobody can say.
EVENTS = word_set(
    """
    appointment appointments colonoscopy dentist dialysis endoscopy exercise flight flights flying intercourse journey
    journeys mri operation procedure scan sex sexual surgery theatre travel travelling vaccination
    """
)

MONTHS = word_set(
    """
    january jan february feb march mar april apr june jun july jul august aug september sept october oct november nov
    december dec
    """
)

# "weekly blister pack", "7 day script": the words of supply, and those that come before how often it is supplied.
SUPPLY = word_set(
    """
    script scripts rx prescription prescriptions supply dispensing dispense blister blisters pack packs tray trays
    dosette mds nomad pickup collection issue course courses tablet
    """
)
SUPPLIED = word_set("dispense dispensed dispensing issue issued supply supplied collect")
