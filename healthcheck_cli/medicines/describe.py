"""What was recognised, read or held, as the contract's JSON and as words for a person.

Names come from a person's record or a pharmacist's keyboard and can hold anything: words for a person are stripped of
control characters and of marks that turn the direction of writing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from healthcheck_cli.content.kinds.medicines import class_name_of
from healthcheck_cli.content.medicine_models import Maximum, Medicine, MedicineClass, Product, Scale
from healthcheck_cli.content.support import Support
from healthcheck_cli.medicines.classes import ClassBook
from healthcheck_cli.medicines.models import Dosage, Match, Recognised, Strength
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.recognise import Recogniser, class_label

Json = dict[str, Any]

_ROUTE_WORDS = {"eye_ear": "eye or ear", "": "not told"}
_BASIS_WORDS = {
    "sourced": "read in a source",
    "general_knowledge": "general knowledge, to be verified",
    "proposed": "this project's proposal, to be signed off",
}


class Describer:
    """Recognises product names and puts what was found into the shape of the contract."""

    def __init__(
        self,
        medicines: Mapping[str, Medicine],
        products: Mapping[str, Product],
        classes: Mapping[str, MedicineClass],
        names: NameIndex | None = None,
    ) -> None:
        self._medicines = medicines
        self._recogniser = Recogniser(medicines, products, names)
        self._book = ClassBook(classes, medicines)
        self._of_everything = frozenset(name for name, one in classes.items() if one.every_medicine)

    def as_json(self, text: str) -> Json:
        """One product name as the object of ``drugs recognise --to ndjson``."""
        found = self._recogniser.recognise(text)
        return {
            "text": found.text,
            "match": found.match.value,
            "ingredients": [self._ingredient(found, one.name, one.strength) for one in found.ingredients],
            "class_label": class_label(found, self._medicines),
            "form": found.form,
            "route": found.route,
            "release": found.release,
            "brand": found.brand,
            "product_named": found.product_named,
            "scored": found.scored,
            "candidates": list(found.candidates),
            "suggestions": list(found.suggestions),
        }

    def _ingredient(self, found: Recognised, name: str, strength: Strength | None) -> Json:
        sure, possible = self._book.classes_of(name, found.route, found.form, found.release)
        telling_nothing = self._of_everything | {class_name_of(name)}
        label = self._medicines[name].label if name in self._medicines else "none"
        named = {} if label == "none" else {label: None}
        return {
            "name": name,
            "classes": list(named | dict.fromkeys(sorted(sure - telling_nothing))),
            "possible_classes": sorted(possible - telling_nothing),
            "strength": None if strength is None else _strength(strength),
        }

    @staticmethod
    def as_text(described: Json) -> str:
        """The same for a person: the name, then a line for each ingredient, or what to ask."""
        head = visible(described["text"]) or "(empty)"
        if described["match"] == Match.AMBIGUOUS.value:
            return f"{head}\n  may be: {' or '.join(described['candidates'])}"
        if described["match"] == Match.NONE.value:
            near = ", ".join(described["suggestions"])
            return f"{head}\n  not recognised" + (f"; is it {near}?" if near else "")
        lines = [head]
        for one in described["ingredients"]:
            strength = one["strength"]
            shown = _shown_strength(strength) if strength else "strength not told"
            lines.append(f"  {one['name']}: {shown}")
            lines.append(f"    classes: {', '.join(one['classes']) or 'none'}")
        route = _ROUTE_WORDS.get(described["route"], described["route"])
        release = described["release"].replace("_", "-") or "not told"
        lines.append(f"  form: {described['form'] or 'not told'}; route: {route}; release: {release}")
        lines.append(f"  label: {described['class_label']}")
        return "\n".join(lines)


def visible(text: str) -> str:
    """The text on one line, with only what can be seen.

    >>> visible("Senna\\x1b[2J tablets")
    'Senna[2J tablets'
    """
    return "".join(letter for letter in " ".join(text.split()) if not unicodedata.category(letter).startswith("C"))


def dosage_as_json(dosage: Dosage) -> Json:
    """Directions as the object of ``drugs dose --to ndjson``; nulls where they were not read."""
    return {
        "text": dosage.text,
        "read": dosage.read,
        "dose_low": _plain(dosage.dose_low),
        "dose_high": _plain(dosage.dose_high),
        "dose_unit": dosage.dose_unit,
        "times_per_day_low": _plain(dosage.times_per_day_low),
        "times_per_day_high": _plain(dosage.times_per_day_high),
        "prn": dosage.prn,
        "max_per_day": _plain(dosage.max_per_day),
        "daily_low": _plain(dosage.daily_low),
        "daily_high": _plain(dosage.daily_high),
        "as_directed": dosage.as_directed,
        "multi_step": dosage.multi_step,
        "single_dose": dosage.single_dose,
        "interval_days": _plain(dosage.interval_days),
        "hospital": dosage.hospital,
    }


def dosage_as_text(described: Json) -> str:
    """Directions for a person."""
    head = visible(described["text"]) or "(empty)"
    if not described["read"]:
        return f"{head}\n  not read with certainty"
    unit = described["dose_unit"] or "dose"
    lines = [head]
    if described["dose_low"] is not None:
        lines.append(f"  at a time: {_range(described['dose_low'], described['dose_high'])} {unit}")
    if described["times_per_day_low"] is not None:
        times = _range(described["times_per_day_low"], described["times_per_day_high"])
        lines.append(f"  times a day: {times}")
    if described["daily_low"] is not None:
        lines.append(f"  a day: {_range(described['daily_low'], described['daily_high'])} {unit}")
    for key, words in (
        ("interval_days", "days between doses"),
        ("max_per_day", "most a day"),
    ):
        if described[key] is not None:
            lines.append(f"  {words}: {described[key]:g}")
    for key, words in (
        ("prn", "when required"),
        ("as_directed", "as directed"),
        ("multi_step", "changes in steps"),
        ("single_dose", "one single dose"),
        ("hospital", "supplied by a hospital or clinic"),
    ):
        if described[key]:
            lines.append(f"  {words}")
    return "\n".join(lines)


def medicine_as_json(medicine: Medicine, scales: Mapping[str, Scale]) -> Json:
    """Everything that is held on one medicine, each piece with what it rests on."""
    return {
        "name": medicine.name,
        "label": medicine.label,
        "tags": list(medicine.tags),
        "stomp_scope": medicine.stomp_scope,
        "synonyms": list(medicine.synonyms),
        "brands": list(medicine.brands),
        "modified_release_brands": list(medicine.modified_release_brands),
        "depot_brands": list(medicine.depot_brands),
        "brand_strengths": dict(medicine.brand_strengths),
        "look_alikes": list(medicine.look_alikes),
        "codes": dict(medicine.codes),
        "default_route": medicine.default_route,
        "scored": medicine.scored,
        "maxima": [
            {
                "route": one.route,
                "amount": one.amount,
                "unit": one.unit,
                "every_days": one.every_days,
                "min_age": one.min_age,
                "max_age": one.max_age,
                "form": one.form,
                "release": one.release,
                "note": one.note,
                **_support(one.support),
            }
            for one in medicine.maxima
        ],
        "scores": [
            {
                "scale": one.scale,
                "version": scales[one.scale].version if one.scale in scales else "",
                "value": one.value,
                "route": one.route,
                **_support(one.support),
            }
            for one in medicine.scores
        ],
        "constipating": {
            "level": medicine.constipating_level,
            **(_support(medicine.constipating_support) if medicine.constipating_support else {}),
        },
        **_support(medicine.support),
    }


def medicine_as_text(medicine: Medicine, scales: Mapping[str, Scale]) -> str:
    """Everything that is held on one medicine, for a person to check."""
    lines = [medicine.name, f"  label: {medicine.label}"]
    for title, values in (
        ("tags", medicine.tags),
        ("other names", medicine.synonyms),
        ("brands", medicine.brands),
        ("modified-release brands", medicine.modified_release_brands),
        ("long-acting injection brands", medicine.depot_brands),
        ("must not be taken for it", medicine.look_alikes),
        ("codes", tuple(f"{system} {code}" for system, code in medicine.codes.items())),
    ):
        if values:
            lines.append(f"  {title}: {', '.join(values)}")
    lines.append(f"  route where the name does not say: {medicine.default_route or 'cannot be told'}")
    lines += [f"  most: {_shown_maximum(one)} ({_shown_support(one.support)})" for one in medicine.maxima]
    for score in medicine.scores:
        version = f" {scales[score.scale].version}" if score.scale in scales else ""
        by = f" {score.route}" if score.route else ""
        lines.append(f"  score on {score.scale}{version}{by}: {score.value} ({_shown_support(score.support)})")
    if medicine.constipating_level and medicine.constipating_support:
        level, support = medicine.constipating_level, medicine.constipating_support
        lines.append(f"  constipating: level {level} of 3 ({_shown_support(support)})")
    lines.append(f"  rests on: {_shown_support(medicine.support)}")
    return "\n".join(lines)


def _shown_maximum(most: Maximum) -> str:
    often = "a day" if most.every_days == 1 else f"every {most.every_days:g} days"
    limits = [most.route, most.release.replace("_", "-"), most.form]
    limits += [f"from {most.min_age} years"] if most.min_age is not None else []
    limits += [f"to {most.max_age} years"] if most.max_age is not None else []
    shown = f"{most.amount:g} {most.unit} {often}, {', '.join(one for one in limits if one)}"
    return f"{shown}; {most.note}" if most.note else shown


def _support(support: Support) -> Json:
    return {"basis": support.basis.value, "sources": list(support.sources)}


def _shown_support(support: Support) -> str:
    sources = f": {', '.join(support.sources)}" if support.sources else ""
    return _BASIS_WORDS[support.basis.value] + sources


def _strength(strength: Strength) -> Json:
    return {"value": _plain(strength.value), "unit": strength.unit, "per": strength.per, "declared": strength.declared}


def _shown_strength(strength: Json) -> str:
    per = f" per {strength['per']}" if strength["per"] else ""
    return f"{strength['value']:g} {strength['unit']}{per}"


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _plain(value: float | None) -> float | int | None:
    """A whole number without its `.0`."""
    if value is None or value != int(value):
        return value
    return int(value)
