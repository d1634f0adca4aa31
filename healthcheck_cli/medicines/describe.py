"""What was recognised, read or held, as JSON of the schemas recognise and dose, and as words for a person.

Names come from a person's record or a pharmacist's keyboard and can hold anything: words for a person are stripped of
control characters and of marks that turn the direction of writing.
"""

from __future__ import annotations

import textwrap
from typing import Any

from healthcheck_cli.content.medicine_models import MedicineContent, class_name_of
from healthcheck_cli.medicines.classes import ClassBook
from healthcheck_cli.medicines.code_book import ProductIndex
from healthcheck_cli.medicines.models import Dosage, Match, Recognised, Strength
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.recognise import Recogniser, class_label
from healthcheck_cli.shown_text import one_line

Json = dict[str, Any]

_ROUTE_WORDS = {"eye_ear": "eye or ear", "": "not told"}


class Describer:
    """Recognises product names and puts what was found into the shape of the schema recognise."""

    def __init__(self, held: MedicineContent, names: NameIndex | None = None, dmd: ProductIndex | None = None) -> None:
        """``names`` and ``dmd`` as for :class:`Recogniser`."""
        self._medicines = held.medicines
        self._recogniser = Recogniser(held.medicines, held.products, names, held.code_tables, dmd)
        self._book = ClassBook(held.classes, held.medicines)
        self._of_everything = frozenset(name for name, one in held.classes.items() if one.every_medicine)

    def as_json(self, text: str, dmd_code: str = "", bnf_code: str = "") -> Json:
        """One product name, with its codes where it has some, as the object of ``drugs recognise --to ndjson``."""
        found = self._recogniser.recognise(text, dmd_code, bnf_code)
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
            "matched_by": found.matched_by,
            "conflict": found.conflict,
            "bnf_part": found.code_part,
            "candidates": list(found.candidates),
            "suggestions": list(found.suggestions),
        }

    def _ingredient(self, found: Recognised, name: str, strength: Strength | None) -> Json:
        sure, possible = self._book.classes_of(name, found.route, found.form, route_untold=found.route_untold)
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
        head = one_line(described["text"]) or "(empty)"
        if described["match"] == Match.AMBIGUOUS.value:
            why = f"\n  {described['conflict']}: it is not counted" if described["conflict"] else ""
            return f"{head}\n  may be: {' or '.join(described['candidates'])}{why}"
        if described["match"] == Match.NONE.value:
            near = ", ".join(described["suggestions"])
            part = f"\n  its BNF code is of: {described['bnf_part']}" if described["bnf_part"] else ""
            return f"{head}\n  not recognised" + (f"; is it {near}?" if near else "") + part
        lines = [head]
        if described["matched_by"] != "name":
            lines.append(f"  known by its {described['matched_by']}")
        for one in described["ingredients"]:
            strength = one["strength"]
            shown = _shown_strength(strength) if strength else "strength not told"
            lines.append(f"  {one['name']}: {shown}")
            classes = f"classes: {', '.join(one['classes']) or 'none'}"
            lines += textwrap.wrap(classes, 80, initial_indent="    ", subsequent_indent="      ")
        route = _ROUTE_WORDS.get(described["route"], described["route"])
        release = described["release"].replace("_", "-") or "not told"
        lines.append(f"  form: {described['form'] or 'not told'}; route: {route}; release: {release}")
        lines.append(f"  label: {described['class_label']}")
        return "\n".join(lines)


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
    head = one_line(described["text"]) or "(empty)"
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
