"""Everything that is held on one medicine, each piece with what it rests on: for a pharmacist to check."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from healthcheck_cli.content.medicine_models import LowerBurden, Maximum, Medicine, ThemeEffect, class_name_of
from healthcheck_cli.content.models import Content
from healthcheck_cli.content.support import Source, Support
from healthcheck_cli.medicines.classes import ClassBook

Json = dict[str, Any]

_WIDTH = 80
_BASIS_WORDS = {
    "sourced": "read in a source",
    "general_knowledge": "general knowledge, to be verified",
    "proposed": "this project's proposal, to be signed off",
}
_DIRECTIONS = {
    "raises": "raises the risk",
    "protects": "lowers the risk",
    "treats": "treats it",
    "masks": "can hide its signs",
    "marker": "shows that it is there",
    "formulation": "its form matters",
    "interaction": "acts on another medicine",
    "mixed": "both ways",
}


class MedicineSheet:
    """One medicine of the content, and all that the rest of the content says of it."""

    def __init__(self, medicine: Medicine, content: Content) -> None:
        self._medicine = medicine
        self._content = content
        sure, possible = ClassBook(content.classes, content.medicines).classes_of(medicine.name)
        telling_nothing = {class_name_of(medicine.name), *(n for n, it in content.classes.items() if it.every_medicine)}
        self._classes = sorted(sure - telling_nothing)
        self._possible = sorted(possible - telling_nothing)
        groups = {*self._classes, *self._possible}
        self._effects = [it for it in content.theme_effects.values() if _is_about(it, medicine.name, groups)]
        self._options = [it for it in content.lower_burden.values() if _is_about(it, medicine.name, groups)]

    def as_json(self) -> Json:
        """The object of ``drugs show --to json``."""
        medicine, scales = self._medicine, self._content.scales
        level = medicine.constipating_support
        return {
            "name": medicine.name,
            "label": medicine.label,
            "classes": self._classes,
            "possible_classes": self._possible,
            "tags": list(medicine.tags),
            "stomp_scope": medicine.stomp_scope,
            "synonyms": list(medicine.synonyms),
            "brands": list(medicine.brands),
            "modified_release_brands": list(medicine.modified_release_brands),
            "depot_brands": list(medicine.depot_brands),
            "other_route_brands": list(medicine.other_route_brands),
            "brand_strengths": dict(medicine.brand_strengths),
            "look_alikes": list(medicine.look_alikes),
            "codes": dict(medicine.codes),
            "default_route": medicine.default_route,
            "counted_as": medicine.counted_as or medicine.name,
            "scored": medicine.scored,
            "maxima": [_maximum_as_json(one) for one in medicine.maxima],
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
            "constipating": {"level": medicine.constipating_level, **(_support(level) if level else {})},
            "equivalents": list(self._equivalents()),
            "themes": [
                {"theme": it.theme, "direction": it.direction, "why": it.why, "ask": it.ask, **_support(it.support)}
                for it in self._effects
            ],
            "lower_burden_options": [
                {"options": it.options, "bowel": it.bowel, **_support(it.support)} for it in self._options
            ],
            **_support(medicine.support),
        }

    def _equivalents(self) -> Iterator[Json]:
        for method in self._content.equivalences.values():
            for route, amounts in method.amounts.items():
                if self._medicine.name in amounts:
                    amount = round(amounts[self._medicine.name], 4)
                    stands = {"route": route, "mg_a_day": amount, "of": method.of, "mg_of_it_a_day": method.per}
                    yield {"method": method.id, "title": method.title, **stands, **_support(method.support)}

    def as_text(self) -> str:
        """The same in lines of at most 80 columns."""
        medicine = self._medicine
        lines = [medicine.name]
        lines += _field("label", medicine.label)
        for title, values in (
            ("classes", [name.replace("_", " ") for name in self._classes]),
            ("classes it may be in", [name.replace("_", " ") for name in self._possible]),
            ("other names", medicine.synonyms),
            ("brands", medicine.brands),
            ("modified-release brands", medicine.modified_release_brands),
            ("long-acting injection brands", medicine.depot_brands),
            ("brands by another route, or by several", medicine.other_route_brands),
            ("must not be taken for it", medicine.look_alikes),
            ("codes", [f"{system} {code}" for system, code in medicine.codes.items()]),
        ):
            if values:
                lines += _field(title, ", ".join(values))
        lines += _field("route where the name does not say", medicine.default_route or "cannot be told")
        for one in medicine.maxima:
            lines += _field("most", f"{_shown_maximum(one)} ({_shown_support(one.support)})")
        lines += [line for shown in self._burden() for line in shown]
        for effect in self._effects:
            theme = self._content.themes[effect.theme].title if effect.theme in self._content.themes else effect.theme
            said = f"{theme}: {_DIRECTIONS.get(effect.direction, effect.direction)}. {effect.why} {effect.ask}".strip()
            lines += _field("theme", f"{said} ({_shown_support(effect.support)})")
        for option in self._options:
            bowel = f" Bowel: {option.bowel}" if option.bowel else ""
            lines += _field("to discuss", f"{option.options}{bowel} ({_shown_support(option.support)})")
        lines += _field("rests on", _shown_support(medicine.support))
        return "\n".join(lines)

    def _burden(self) -> Iterator[list[str]]:
        medicine, scales = self._medicine, self._content.scales
        for score in medicine.scores:
            version = f" {scales[score.scale].version}" if score.scale in scales else ""
            by = f", {score.route}" if score.route else ""
            shown = f"{score.scale}{version}{by}: {score.value} ({_shown_support(score.support)})"
            yield _field("score on", shown)
        listed = {score.scale for score in medicine.scores}
        missing = [scale for scale in scales if scale not in listed]
        if missing and medicine.scored:
            yield _field("not on", f"{', '.join(missing)}: not scored there, and no zero")
        if medicine.constipating_level and medicine.constipating_support:
            level, support = medicine.constipating_level, medicine.constipating_support
            yield _field("constipating", f"level {level} of 3 ({_shown_support(support)})")
        for it in self._equivalents():
            amount = f"{it['mg_a_day']:g} mg a day {it['route']} for {it['mg_of_it_a_day']:g} mg of {it['of']}"
            rests = f"{_BASIS_WORDS[it['basis']]}: {', '.join(it['sources'])}"
            yield _field("equivalent", f"{amount}: {it['title']} ({rests})")

    def sources(self) -> tuple[str, ...]:
        """The ids of everything this sheet cites, in the order of the content's list."""
        cited: set[str] = set()
        _collect(self.as_json(), cited)
        return tuple(name for name in self._content.sources if name in cited)


def sources_as_text(names: Iterable[str], sources: Mapping[str, Source]) -> str:
    """The publications behind the ids, one after the other."""
    lines = ["Sources"]
    for name in names:
        source = sources[name]
        year = f" ({source.year})" if source.year else ""
        address = f" {source.address}" if source.address else ""
        lines += _field(name, f"{source.publisher}, {source.title}{year}{address}")
    return "\n".join(lines)


def _is_about(group: LowerBurden | ThemeEffect, name: str, classes: set[str]) -> bool:
    return name in group.medicines or bool(classes & set(group.classes))


def _collect(value: object, cited: set[str]) -> None:
    if isinstance(value, dict):
        cited.update(value.get("sources", ()))
        for part in value.values():
            _collect(part, cited)
    elif isinstance(value, list):
        for part in value:
            _collect(part, cited)


def _field(title: str, text: str) -> list[str]:
    return textwrap.wrap(
        f"{title}: {text}",
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _maximum_as_json(one: Maximum) -> Json:
    return {
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
