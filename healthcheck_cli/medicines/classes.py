"""Which classes of the content one ingredient of one line is in.

Three answers: it is a member, it is not, or it may be (a class that asks a route, a form or a dose that the line does
not tell). Nothing that may be a member is dropped: a rule then says that it cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from healthcheck_cli.conditions.values import Interval, Truth
from healthcheck_cli.content.medicine_models import Medicine, MedicineClass, class_name_of

SYSTEMIC_ROUTES = frozenset({"oral", "depot", "injection", "patch", "rectal", "nasal", ""})


@dataclass(frozen=True)
class _Line:
    """What membership is decided on; ``low`` and ``high`` are the daily mg, None where it is not known."""

    medicine: str
    route: str
    form: str
    release: str
    low: float | None
    high: float | None


class ClassBook:
    """The classes of the content, ready to be asked about one line after another."""

    def __init__(self, classes: Mapping[str, MedicineClass], medicines: Mapping[str, Medicine]) -> None:
        self._classes = classes
        self._medicines = medicines
        by_tag: dict[str, set[str]] = {}
        for name, medicine in medicines.items():
            for tag in medicine.tags:
                by_tag.setdefault(tag, set()).add(name)
        self._members = {
            name: frozenset(one.medicines).union(*(by_tag.get(tag, ()) for tag in one.tags))
            for name, one in classes.items()
        }
        self._named_in = _inverted(self._members)
        self._built_into = _inverted({name: frozenset(one.any_of) for name, one in classes.items()})
        self._open_to_any = [
            name
            for name, one in classes.items()
            if one.every_medicine or one.constipating_at_least or one.scored_at_least
        ]
        self._by_dose = frozenset(medicine for one in classes.values() for medicine in one.daily_mg_at_least)
        self._answer = lru_cache(maxsize=65536)(self._classes_of)

    def classes_of(
        self,
        ingredient_name: str,
        route: str = "",
        form: str = "",
        release: str = "",
        daily_mg: Interval | None = None,
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The classes the ingredient is in, and those it may be in as well (they do not repeat the first).

        ``route`` "" means that the name does not say: the medicine's default route is used where it has one.
        Its own name is a class of its own, on any systemic route, unless the content writes a class of that name.
        """
        medicine = self._medicines.get(ingredient_name)
        if medicine is None:
            return frozenset({class_name_of(ingredient_name)}), frozenset()
        # A dose that decides nothing is left out, so that one answer serves for all doses of the medicine.
        asked = daily_mg is not None and ingredient_name in self._by_dose
        low, high = (daily_mg.low, daily_mg.high) if asked and daily_mg is not None else (None, None)
        return self._answer(_Line(ingredient_name, route or medicine.default_route, form, release, low, high))

    def _classes_of(self, line: _Line) -> tuple[frozenset[str], frozenset[str]]:
        known: dict[str, Truth] = {}
        truths = {name: self._is_member(name, line, known) for name in self._may_be_in(line.medicine)}
        sure = {name for name, truth in truths.items() if truth is Truth.TRUE}
        possible = {name for name, truth in truths.items() if truth is Truth.UNKNOWN}
        own = class_name_of(line.medicine)
        if own not in self._classes and line.route in SYSTEMIC_ROUTES:
            sure.add(own)
        return frozenset(sure), frozenset(possible)

    def _may_be_in(self, medicine: str) -> set[str]:
        """The classes whose own words let the medicine in, and those that are built on them; it is in no other."""
        waiting = [class_name_of(medicine), *self._open_to_any, *self._named_in.get(medicine, ())]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._built_into.get(name, ()))
        return found & self._classes.keys()

    def _is_member(self, name: str, line: _Line, known: dict[str, Truth]) -> Truth:
        """Is the line in the class? ``known`` keeps what was worked out; a class built on itself adds nothing."""
        if name not in known:
            known[name] = Truth.FALSE
            known[name] = self._worked_out(name, line, known)
        return known[name]

    def _worked_out(self, name: str, line: _Line, known: dict[str, Truth]) -> Truth:
        one = self._classes.get(name)
        if one is None:
            return _truth(name == class_name_of(line.medicine))
        if line.medicine in one.but_not_medicines:
            return Truth.FALSE
        inside = _either(self._is_named(one, line), *(self._is_member(other, line, known) for other in one.any_of))
        if inside is Truth.FALSE:
            return Truth.FALSE
        outside = _either(*(self._is_member(other, line, known) for other in one.but_not))
        return _both(inside, _negated(outside), _by_route(one, line), _by_form(one, line), _by_dose(one, line))

    def _is_named(self, one: MedicineClass, line: _Line) -> Truth:
        """Is the medicine a member by the class's own words: named, tagged, by a score, by its constipating level?"""
        if one.every_medicine or line.medicine in self._members[one.id]:
            return Truth.TRUE
        medicine = self._medicines[line.medicine]
        if 0 < one.constipating_at_least <= medicine.constipating_level:
            return Truth.TRUE
        return _either(*(_by_score(medicine, scale, least, line) for scale, least in one.scored_at_least.items()))


def _inverted(sets: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """For each member, the sets that hold it."""
    found: dict[str, list[str]] = {}
    for name, members in sets.items():
        for member in members:
            found.setdefault(member, []).append(name)
    return found


def _by_score(medicine: Medicine, scale: str, least: int, line: _Line) -> Truth:
    """Does it score so much by this route? A row for the route goes before the row for every systemic route."""
    values = {score.route: score.value for score in medicine.scores if score.scale == scale}
    value = values.get(line.route, values.get(""))
    if value is not None:
        return _truth(value >= least)
    some_route = any(value >= least for route, value in values.items() if route in SYSTEMIC_ROUTES)
    return Truth.UNKNOWN if some_route and not line.route else Truth.FALSE


def _by_route(one: MedicineClass, line: _Line) -> Truth:
    if not one.routes:
        return _truth(one.every_medicine or line.route in SYSTEMIC_ROUTES)
    if not line.route:
        return Truth.UNKNOWN
    return _truth(line.route in one.routes)


def _by_form(one: MedicineClass, line: _Line) -> Truth:
    if not one.forms:
        return Truth.TRUE
    if not line.form:
        return Truth.UNKNOWN
    return _truth(line.form in one.forms)


def _by_dose(one: MedicineClass, line: _Line) -> Truth:
    """Some members count from a daily dose on; a dose that was not read, or that straddles it, leaves it open."""
    least = one.daily_mg_at_least.get(line.medicine)
    if least is None:
        return Truth.TRUE
    if line.low is None or line.high is None:
        return Truth.UNKNOWN
    if line.low >= least:
        return Truth.TRUE
    return Truth.FALSE if line.high < least else Truth.UNKNOWN


def _truth(known: bool) -> Truth:
    return Truth.TRUE if known else Truth.FALSE


def _negated(truth: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}[truth]


def _either(*truths: Truth) -> Truth:
    if Truth.TRUE in truths:
        return Truth.TRUE
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.FALSE


def _both(*truths: Truth) -> Truth:
    if Truth.FALSE in truths:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE
