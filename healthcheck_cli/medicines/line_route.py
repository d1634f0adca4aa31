"""The route of a line where the product name does not tell it: from the source's columns, then from the directions.

The directions are asked of a medicine that is both tablets and a long-acting injection (risperidone, Clopixol), and
of eye drops, which go under the tongue for drooling.
"""

from __future__ import annotations

import re

from healthcheck_cli.content.medicine_models import Medicine
from healthcheck_cli.medicines.models import Dosage, Match, Recognised
from healthcheck_cli.medicines.name_reader import INJECTION_IS_DEPOT
from healthcheck_cli.record import MedicineLine

_DEPOT_BNF_PREFIX = "040202"  # BNF paragraph 4.2.2, antipsychotic depot injections
_ROUTE_WORDS = {
    "oral": "oral by mouth po p.o. peg via peg gastrostomy nasogastric sublingual buccal oromucosal",
    "depot": "depot",
    "injection": "injection intramuscular im i.m. intravenous iv i.v. subcutaneous sc s.c. s/c",
    "patch": "patch transdermal",
    "rectal": "rectal pr",
    "topical": "topical cutaneous",
    "inhaled": "inhaled inhalation",
    "eye_ear": "eye_ear eye ear ocular ophthalmic auricular otic",
    "nasal": "nasal intranasal",
    "vaginal": "vaginal pv",
}
_INJECTED = re.compile(r"\b(?:i\.?m|i\.?v|s\.?c|s/c|inject\w*|intra(?:muscular|venous)\w*|depot)\b", re.IGNORECASE)
_IN_THE_MOUTH = re.compile(
    r"under (?:the )?tongue|sub-?lingual|\bs/?l\b|by mouth|\boral|\bin(?:to)? (?:the )?mouth|drool|saliva|sialorrh",
    re.IGNORECASE,
)
_SWALLOWED = ("tablet", "capsule", "mg", "microgram", "g", "ml", None)
_INJECTED_AMOUNTS = ("mg", "ml", "injection", "vial", "ampoule", "syringe", "dose", None)
_DEPOT_FROM_DAYS = 14.0  # a tablet is not given so seldom (proposed); weekly only where the maximum is by the week


def line_route(recognised: Recognised, line: MedicineLine, dosage: Dosage, medicine: Medicine | None) -> str:
    """The route, or "" where neither name, columns nor directions tell it.

    Atropine eye drops under the tongue act on the whole body (burden reference, section 4): they are by mouth here.

    ``medicine`` is what content holds on the only ingredient, None for a combination or an unknown name. A route
    column that says only "injection" of a medicine with a long-acting one leaves it to the directions which it is.
    """
    if recognised.route == "eye_ear" and _IN_THE_MOUTH.search(f"{line.dosage} {line.indication}"):
        return "oral"
    if recognised.route or recognised.match is not Match.EXACT:
        return recognised.route
    given = _route_of_words(line.route)
    routes = {maximum.route for maximum in medicine.maxima} if medicine is not None else set()
    if medicine is None or "depot" not in routes or given not in ("", "injection"):
        return given
    if line.bnf_code.strip().startswith(_DEPOT_BNF_PREFIX):
        return "depot"
    if given == "injection":
        return "depot" if INJECTION_IS_DEPOT in medicine.tags or _is_seldom(dosage, medicine) else ""
    return _by_directions(dosage, line.dosage, medicine) if "oral" in routes else ""


def _route_of_words(written: str) -> str:
    """The route a source's route column means; "" for words that are none of ours."""
    said = " ".join(written.casefold().split())
    return next((route for route, words in _ROUTE_WORDS.items() if said and f" {said} " in f" {words} "), "")


def _by_directions(dosage: Dosage, words: str, medicine: Medicine) -> str:
    """Oral where it is taken at least once a day; a depot where it is given every two weeks or less often.

    A long-acting injection lasts for a week or more, so directions for every day, or for when required, cannot be of
    one. "IM" for every day would be the short-acting injection, which is not guessed at.
    """
    if not dosage.read or dosage.dose_high is None:
        return ""
    every_day = (dosage.times_per_day_low or 0) >= 1 or dosage.prn
    if every_day and dosage.dose_unit in _SWALLOWED and _INJECTED.search(words) is None:
        return "oral"
    return "depot" if _is_seldom(dosage, medicine) else ""


def _is_seldom(dosage: Dosage, medicine: Medicine) -> bool:
    """Is it given regularly and as seldom as only a long-acting injection is?"""
    least = min([_DEPOT_FROM_DAYS, *(maximum.every_days for maximum in medicine.maxima if maximum.route == "depot")])
    return (dosage.interval_days or 0) >= least and dosage.dose_unit in _INJECTED_AMOUNTS and not dosage.prn
