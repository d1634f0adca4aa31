"""From the lines of a medicine list to what each of them is: product, directions, dose, classes.

Each distinct product text is recognised once and each distinct dosage read once, however many lines there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from healthcheck_cli.content.medicine_models import KEPT_AT_HAND, Medicine
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.classes import ClassBook
from healthcheck_cli.medicines.code_book import ProductIndex
from healthcheck_cli.medicines.currency import currency_of
from healthcheck_cli.medicines.daily_dose import ingredient_dose
from healthcheck_cli.medicines.dosage import read_dosage
from healthcheck_cli.medicines.line_route import line_route
from healthcheck_cli.medicines.models import Currency, Dosage, IngredientRead, Match, MedicineRead, Recognised
from healthcheck_cli.medicines.name_index import NameIndex
from healthcheck_cli.medicines.not_taken import directions_say_not_taken, in_doubt
from healthcheck_cli.medicines.recognise import Recogniser
from healthcheck_cli.record import MedicineLine, Row

_WEEKS_LAST = re.compile(r"(?<!for )(?<!every )(?<!each )\b(\d{1,2}/(?:52|12))\s*$")


@dataclass(frozen=True)
class Directions:
    """How one line is taken. ``route`` as in :class:`Recognised`; ``prn`` is None where nothing says."""

    route: str
    dosage: Dosage
    prn: bool | None


class Readings(NamedTuple):
    """What directions say of most products, and of a long-acting injection ("25mg 2/52" is every two weeks)."""

    usual: Dosage
    of_depot: Dosage


class MedicineReader:
    """Reads medicine lines with one content; remembers the texts it has seen."""

    def __init__(self, content: Content, names: NameIndex | None = None, dmd: ProductIndex | None = None) -> None:
        """``names`` and ``dmd`` as for :class:`Recogniser`."""
        self._content = content
        self._recogniser = Recogniser(content.medicines, content.products, names, content.code_tables, dmd)
        self._classes = ClassBook(content.classes, content.medicines)
        self._recognised: dict[tuple[str, str, str], Recognised] = {}
        self._readings: dict[str, Readings] = {}

    def read(self, lines: Iterable[MedicineLine], as_of: date, age: int | None) -> tuple[MedicineRead, ...]:
        """Every line, in order. A line that says the same as an earlier one is a duplicate, and marked so."""
        seen: set[tuple[object, ...]] = set()
        reads = []
        for line in lines:
            read = self._read_line(line, as_of, age)
            same = (line.text.casefold().split(), line.dosage.casefold().split(), line.start, line.last_issue)
            key = tuple(map(str, same))
            if key in seen and read.current:
                read = replace(read, currency=Currency.DUPLICATE, currency_reason=_same_as_earlier(line))
            seen.add(key)
            reads.append(read)
        return tuple(reads)

    def substances(self, text: str) -> frozenset[str]:
        """What a product text holds; empty where it cannot be named."""
        recognised = self.recognised(MedicineLine(text, Row(0)))
        return frozenset(i.name for i in recognised.ingredients) if recognised.match is Match.EXACT else frozenset()

    def _read_line(self, line: MedicineLine, as_of: date, age: int | None) -> MedicineRead:
        named = self.recognised(line)
        taken = self.directions(named, line)
        at_hand = self.is_kept_at_hand(named, taken.route)
        currency, reason = currency_of(line, taken.dosage, as_of, prn=taken.prn, at_hand=at_hand)
        if currency is Currency.CURRENT and directions_say_not_taken(line.dosage):
            named = in_doubt(named)
        return MedicineRead(
            line=line,
            recognised=replace(named, route=taken.route),
            dosage=taken.dosage,
            ingredients=self.ingredients(named, taken, age),
            currency=currency,
            currency_reason=reason,
            prn=taken.prn,
            route=taken.route,
        )

    def directions(self, named: Recognised, line: MedicineLine, said: Readings | None = None) -> Directions:
        """How a product that was recognised is taken, by the columns and the directions of its line. ``said``: what
        these directions say, where they are read already."""
        said = self.readings(line.dosage) if said is None else said
        # "Risperidone 1mg bd" names no form; a long-acting injection is not given twice a day, so it is by mouth.
        route = line_route(named, line, _with_prn(said.usual, line), self._only_medicine(named))
        dosage = _with_prn(said.of_depot if route == "depot" else said.usual, line)
        return Directions(route, dosage, _prn(line, dosage, route))

    def recognised(self, line: MedicineLine) -> Recognised:
        """What the product of a line is, by its name and its codes."""
        key = (line.text, line.dmd_code, line.bnf_code)
        if key not in self._recognised:
            self._recognised[key] = self._recogniser.recognise(*key)
        return self._recognised[key]

    def remember(self, recognised: Mapping[tuple[str, str, str], Recognised]) -> None:
        """What products are, by text, dm+d code and BNF code, as a reader with the same content has found them."""
        self._recognised.update(recognised)

    def readings(self, text: str) -> Readings:
        """What directions say."""
        if text not in self._readings:
            dosage = read_dosage(text)
            self._readings[text] = Readings(dosage, _every_so_many_weeks(dosage))
        return self._readings[text]

    def _only_medicine(self, recognised: Recognised) -> Medicine | None:
        """What content holds on the only ingredient; None for a combination and for a name that was not matched."""
        only = recognised.ingredients[0].name if len(recognised.ingredients) == 1 else ""
        return self._content.medicines.get(only)

    def classes(self, named: Recognised, route: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
        """The ingredients of a product, with the classes that each is in and may be, whatever its dose."""
        if named.match is not Match.EXACT:
            return []
        classes_of = partial(self._classes.classes_of, route=route, form=named.form, route_untold=named.route_untold)
        return [(ingredient.name, *classes_of(ingredient.name)) for ingredient in named.ingredients]

    def is_kept_at_hand(self, named: Recognised, route: str) -> bool:
        """Is the product kept for an emergency, or may it be? One that holds another medicine too is taken for that."""
        held = [KEPT_AT_HAND in sure | possible for _, sure, possible in self.classes(named, route)]
        return bool(held) and all(held)

    def ingredients(self, named: Recognised, taken: Directions, age: int | None) -> tuple[IngredientRead, ...]:
        """The ingredients of a product, each with its classes and how much of it is taken a day."""
        recognised = named if named.route == taken.route else replace(named, route=taken.route)
        dosage, route = taken.dosage, taken.route
        if recognised.match is not Match.EXACT:
            return ()
        found = []
        for ingredient in recognised.ingredients:
            medicine = self._content.medicines.get(ingredient.name)
            dose = ingredient_dose(ingredient, recognised, dosage, medicine, age)
            daily_mg = dose.daily if dose.unit == "mg" else None
            classes, possible = self._classes.classes_of(
                ingredient.name, route, recognised.form, daily_mg, route_untold=recognised.route_untold
            )
            label = medicine.label if medicine is not None else "none"
            found.append(IngredientRead(ingredient.name, label, tuple(sorted(classes)), tuple(sorted(possible)), dose))
        return tuple(found)


def _same_as_earlier(line: MedicineLine) -> str:
    """Why a line is a duplicate; dates that nobody told are not said to be the same.

    >>> _same_as_earlier(MedicineLine("Sertraline 50mg tablets", Row(2)))
    'the same product and directions as an earlier line'
    """
    days = [word for word, day in (("start", line.start), ("last issue", line.last_issue)) if day is not None]
    *first, last = ["product", "directions", *days]
    return f"the same {', '.join(first)} and {last} as an earlier line"


def _every_so_many_weeks(dosage: Dosage) -> Dosage:
    """ "25mg 2/52" of a long-acting injection is every two weeks; of anything else it may be for two weeks."""
    words, found = _WEEKS_LAST.subn(r"every \1", dosage.text)
    if dosage.read or not found:
        return dosage
    again = read_dosage(words)
    return replace(again, text=dosage.text) if again.read else dosage


def _with_prn(dosage: Dosage, line: MedicineLine) -> Dosage:
    """A when-required column makes the lowest daily use nothing, as the words would."""
    if not line.prn or dosage.prn:
        return dosage
    return replace(dosage, prn=True, daily_low=0.0 if dosage.daily_low is not None else None)


def _prn(line: MedicineLine, dosage: Dosage, route: str) -> bool | None:
    """A column of the source decides; a depot is regular; otherwise the directions, where there are any."""
    if line.prn is not None:
        return line.prn
    if route == "depot":
        return False
    return dosage.prn if dosage.text.strip() else None
