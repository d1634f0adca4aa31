"""A line of a pasted list taken apart: the product, and the directions that follow it.

`Clozapine 100mg tablets 1 nocte` is a product and `1 nocte`. Where the only amount stands in front of how often
(`Risperidone 1mg bd`), it is the dose and goes with the directions.
"""

from __future__ import annotations

import re
from functools import cache

from healthcheck_cli.medicines.dosage_tokens import is_word_of_directions
from healthcheck_cli.medicines.form_words import BRANDS_AMONG_FORMS
from healthcheck_cli.medicines.normalise import fold, words
from healthcheck_cli.medicines.not_taken import before_what_leads_on, name_says_not_taken
from healthcheck_cli.medicines.product_form import is_form_word

_COUNT = (
    r"(?:\d+(?:\.\d+)?(?:\s*(?:-|–|to|or)\s*\d+(?:\.\d+)?)?|[½¼¾]|\d+\s*[½¼¾]|\d/\d|i{1,3}|tt|a|an|one|two|three|"
    r"four|five|six|eight|ten|half\s+an?|half|one and a half|one or two|one to two)"
)
_UNIT = (
    r"(?:mg|g|mcg|micrograms?|ug|mls?|units?|iu|bottles?|tabs?|tablets?|caps?|capsules?|sachets?|puffs?|drops?|sprays?|"
    r"patch(?:es)?|spoonfuls?|suppositor(?:y|ies)|doses?|vials?|to\s+be\s+taken|x)"
)
_OFTEN = (
    r"(?:o\.?d|b\.?d|t\.?d\.?s|q\.?d\.?s|tid|bid|qid|tds|qds|bd|od|om|on|nocte|mane|noct|stat|prn|mdu|"
    r"daily|once|twice|thrice|(?:three|four|five|six|\d)\s+times|every|each\s+(?:day|morning|night|week|evening)|"
    r"weekly|monthly|fortnightly|alternate|hourly|\d+\s*(?:-\s*\d+\s*)?-?\s*(?:hrly|hourly|weekly|monthly)|q\d+h|"
    r"at\s+(?:night|bedtime|lunch|breakfast|teatime)|in\s+the\s+(?:morning|evening|afternoon)|morning|midday|"
    r"when\s+\w+|if\s+(?:required|needed|agitated|anxious|seizure)|as\s+(?:required|needed|directed|per)|"
    r"before\s+(?:food|meals|bed)|after\s+(?:food|meals)|with\s+(?:food|meals)|[ap]c|a\s+day|per\s+day|\d+/(?:7|52|12))"
)
_EYE_OR_HALF_DAY = r"(?:(?:in(?:to)?\s+)?(?:both|each|left|right|the\s+left|the\s+right)\s+eyes?|am|pm)"
_VERB = (
    r"(?:take|takes|taken|use|apply|change|replace|give|given|inject|inhale|insert|dissolve|swallow|chew|put|instil|"
    r"one\s+to\s+be|to\s+be)"
)
_STEPS = r"(?:reduc|increas|decreas|taper|titrat|wean)(?:e|es|ing)"  # "30mg reducing by 5mg every 3 days"
_BY_TIME_OF_DAY = r"\d-\d-\d(?:-\d)?"
_BY = r"(?:im|i\.m\.|po|p\.o\.|sc|s/c|sl|by\s+mouth|orally|via\s+peg|via\s+gastrostomy)"
_AMOUNT = rf"{_COUNT}\s*{_UNIT}?(?:\s*\([^)]*\))?(?:\s+{_BY})?"


@cache
def _directions() -> re.Pattern[str]:
    """Where directions may begin. Compiled when the first pasted line is read: most lists are tables."""
    return re.compile(
        rf"(?<![\w./-])(?:{_VERB}|{_AMOUNT}\s+(?:to\s+be\s+taken\s+)?(?:{_OFTEN}|{_EYE_OR_HALF_DAY})|{_OFTEN}|"
        rf"{_AMOUNT}\s*,?\s*(?:{_VERB}|{_STEPS})|{_STEPS}|{_BY_TIME_OF_DAY})(?![\w/-])",
        re.IGNORECASE,
    )


_SEPARATOR = re.compile(r"\t+|\s+[-–—:;|]+\s+|;\s*|\s*:\s+")
_TRAILING = " \t,;:-–—.("
_MOST_AT_ONCE = 20  # a bare number above this is part of the name (Epilim Chrono 500), not a count of tablets
_LEADING_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)(?!\s*(?:-|–|to\b|or\b|/|[½¼¾]))\s+(?!\d)", re.IGNORECASE)
_DOSE_BEFORE_RELEASE = re.compile(
    r"\s(?P<dose>[\d.]+\s*(?:mg|mcg|micrograms?|g))(?P<release>\s+(?:[mscxe]r|xl|la|ec|[me]/[rc]|retard|"
    r"(?:modified|prolonged|slow)[\s-]+release))$",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(rf"{_OFTEN}(?![\w/-])", re.IGNORECASE)
_PATCH_STRENGTH = re.compile(r"^((?:[5-9]|\d{2,3}|\d+\.\d+)\s+patch(?:es)?)\s+", re.IGNORECASE)  # nobody wears five
_DOSE_BEFORE_JOINER = re.compile(rf"\s[\d.]+\s*{_UNIT}\s+(?:and|then|or|plus|&|\+)$", re.IGNORECASE)
_DOSE_FIRST = re.compile(r"^([\d.]+\s*(?:mg|mcg|micrograms?|g))\s+(\D+)$", re.IGNORECASE)
_ANOTHER_PRODUCT = re.compile(
    r"(?:\+|&|\band\b)\s*([a-z]{5,})\s+\d+(?:\.\d+)?\s*(?:mg|mcg|micrograms?|g|ml)\b", re.IGNORECASE
)
_HAS_UNIT = re.compile(rf"^[\d.,]+\s*{_UNIT}\b", re.IGNORECASE)


def split_product_and_dosage(text: str) -> tuple[str, str]:
    """The product and its directions; the second is empty where the line holds no directions. Never raises.

    >>> split_product_and_dosage("Clozapine 100mg tablets 1 nocte")
    ('Clozapine 100mg tablets', '1 nocte')
    >>> split_product_and_dosage("Risperidone 1mg bd")
    ('Risperidone', '1mg bd')
    >>> split_product_and_dosage("Laxido Orange oral powder sachets")
    ('Laxido Orange oral powder sachets', '')
    """
    line = text.strip()
    other = _ANOTHER_PRODUCT.search(line)
    if other is not None and not is_word_of_directions(other[1].casefold()):
        # "Risperidone 1mg bd + procyclidine 5mg od": both are taken, and whose the directions are is open
        return line, ""
    may_not_be_taken = name_says_not_taken(fold(line))
    for place in _places_to_cut(line):
        at = before_what_leads_on(line, place)
        if at != place and may_not_be_taken:
            return line, ""
        product, dosage = line[:at].strip(_TRAILING), line[at:].strip(_TRAILING)
        if not _names_something(product):
            continue
        if dosage.endswith(")") and "(" not in dosage:  # "Atorvastatin 20mg (taken at night)"
            dosage = dosage[:-1]
        return _dose_to_directions(*_number_back_to_product(product, dosage))
    return line, ""


def _places_to_cut(line: str) -> list[int]:
    """Where directions may begin: after a separator that directions follow, or at the first words of directions."""
    places = [found.start() for found in _directions().finditer(line)]
    for found in _SEPARATOR.finditer(line):
        after = line[found.end() :]
        if _directions().match(after) or (found.group().startswith("\t") and after.strip()):
            places.append(found.end())
    return sorted(places)


def _names_something(product: str) -> bool:
    """Does it hold a word that may be a medicine's name, and not only numbers and form words?"""
    found = [word for word, _ in words(fold(product)) if len(word) > 2 and word[0].isalpha()]
    return any(word in BRANDS_AMONG_FORMS or not is_form_word(word) for word in found)


def _number_back_to_product(product: str, dosage: str) -> tuple[str, str]:
    """Give the product back a number that belongs to its name: `Epilim Chrono 500 bd`, `BuTrans 5 patch weekly`."""
    patch = _PATCH_STRENGTH.match(dosage)
    if patch:
        return f"{product} {patch[1]}", dosage[patch.end() :]
    found = _LEADING_NUMBER.match(dosage)
    if not found or _HAS_UNIT.match(dosage):
        return product, dosage
    number = float(found[1])
    if number <= _MOST_AT_ONCE and number * 2 == int(number * 2):
        return product, dosage
    return f"{product} {found[1]}", dosage[found.end() :].strip()


def _dose_to_directions(product: str, dosage: str) -> tuple[str, str]:
    """Give the directions the mg that are theirs: before `and`, in front of the name (`1mg risperidone bd`), or parted
    from them by a release word only (`Melatonin 2mg MR nocte`)."""
    joined = _DOSE_BEFORE_JOINER.search(product)
    if joined is not None:
        return product[: joined.start()], f"{joined[0].strip()} {dosage}"
    if not _HOW_OFTEN.match(dosage):
        return product, dosage
    first = _DOSE_FIRST.match(product)
    if first is not None and not any(is_form_word(word) and word != "mr" for word, _ in words(fold(first[2]))):
        return first[2], f"{first[1]} {dosage}"
    found = _DOSE_BEFORE_RELEASE.search(product)
    if not found or product[: found.start()].endswith(" and"):  # "Epilim 200mg and 500mg MR bd"
        return product, dosage
    return f"{product[: found.start()]}{found['release']}", f"{found['dose']} {dosage}"
