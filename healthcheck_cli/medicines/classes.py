"""Which classes of the content one ingredient of one line is in.

Three answers: it is a member, it is not, or it may be (a class that asks a route, a form or a dose that the line does
not tell). Nothing that may be a member is dropped: a rule then says that it cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from healthcheck_cli.conditions.kleene import all_true, any_true, opposite
from healthcheck_cli.conditions.values import Interval, Truth
from healthcheck_cli.content.medicine_models import Medicine, MedicineClass, class_name_of

SYSTEMIC_ROUTES = frozenset({"oral", "depot", "injection", "patch", "rectal", "nasal", ""})
_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN  # to ask the class for a member takes long
_SOME_FORM = "a form that no class asks"


class _Line(NamedTuple):
    """What membership is decided on; ``low`` and ``high`` are the daily mg, None where it is not known."""

    medicine: str
    route: str
    form: str
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
        self._forms = frozenset(form for one in classes.values() for form in one.forms)
        self._excluded = _inverted({name: frozenset(one.but_not_medicines) for name, one in classes.items()})
        self._asked = {*classes, *(other for one in classes.values() for other in (*one.any_of, *one.but_not))}
        self._first_alike: dict[tuple[object, ...], str] = {}
        self._alike = lru_cache(maxsize=None)(self._in_place_of)
        self._answer = lru_cache(maxsize=65536)(self._classes_of)
        self._open_to = lru_cache(maxsize=None)(self._may_be_in)

    def classes_of(
        self,
        ingredient_name: str,
        route: str = "",
        form: str = "",
        daily_mg: Interval | None = None,
        *,
        route_untold: bool = False,
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The classes the ingredient is in, and those it may be in as well (they do not repeat the first).

        ``route`` "" means that the name does not say: the medicine's default route is used where it has one, and
        where the brand does not go by others (``route_untold``).
        Its own name is a class of its own, on any systemic route, unless the content writes a class of that name.
        """
        medicine = self._medicines.get(ingredient_name)
        if medicine is None:
            return frozenset({class_name_of(ingredient_name)}), frozenset()
        # A dose or a form that decides nothing is left out, so that one answer serves for all that are alike.
        asked = daily_mg is not None and ingredient_name in self._by_dose
        low, high = (daily_mg.low, daily_mg.high) if asked and daily_mg is not None else (None, None)
        form = form if not form or form in self._forms else _SOME_FORM
        route = route or ("" if route_untold else medicine.default_route)
        sure, possible = self._answer(_Line(self._alike(ingredient_name), route, form, low, high))
        own = class_name_of(ingredient_name)
        return (sure if own in self._classes or route not in SYSTEMIC_ROUTES else sure | {own}), possible

    def _in_place_of(self, name: str) -> str:
        """The first medicine asked for that no class tells from this one: what is said of the one holds for both."""
        medicine = self._medicines[name]
        told_apart = name in self._by_dose or class_name_of(name) in self._asked
        scores = tuple((score.scale, score.route, score.value) for score in medicine.scores)
        named, excluded = (tuple(it.get(name, ())) for it in (self._named_in, self._excluded))
        marks = (name if told_apart else "", named, excluded, medicine.constipating_level, scores)
        return self._first_alike.setdefault(marks, name)

    def _classes_of(self, line: _Line) -> tuple[frozenset[str], frozenset[str]]:
        """All but the class that the medicine is by itself."""
        open_to = self._open_to(line.medicine)
        known = dict.fromkeys(self._classes.keys() - open_to, _FALSE)
        truths = {name: self._is_member(name, line, known) for name in open_to & self._classes.keys()}
        sure = {name for name, truth in truths.items() if truth is _TRUE}
        possible = {name for name, truth in truths.items() if truth is _UNKNOWN}
        return frozenset(sure), frozenset(possible)

    def _may_be_in(self, medicine: str) -> set[str]:
        """The classes whose own words let the medicine in, and those that are built on them; it is in no other.

        Its own name is among them, whether or not the content writes a class of that name.
        """
        waiting = [class_name_of(medicine), *self._open_to_any, *self._named_in.get(medicine, ())]
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._built_into.get(name, ()))
        return found

    def _is_member(self, name: str, line: _Line, known: dict[str, Truth]) -> Truth:
        """Is the line in the class? ``known`` keeps what was worked out; a class built on itself adds nothing."""
        truth = known.get(name)
        if truth is None:
            known[name] = _FALSE
            truth = known[name] = self._worked_out(name, line, known)
        return truth

    def _worked_out(self, name: str, line: _Line, known: dict[str, Truth]) -> Truth:
        one = self._classes.get(name)
        if one is None:
            return _truth(name == class_name_of(line.medicine))
        if line.medicine in one.but_not_medicines:
            return _FALSE
        inside = self._is_named(one, line)
        if inside is not _TRUE:
            inside = any_true([inside, *(self._is_member(other, line, known) for other in one.any_of)])
        if inside is _FALSE:
            return inside
        limits = (_by_route(one, line), _by_form(one, line), _by_dose(one, line))
        return all_true((inside, *(opposite(self._is_member(other, line, known)) for other in one.but_not), *limits))

    def _is_named(self, one: MedicineClass, line: _Line) -> Truth:
        """Is the medicine a member by the class's own words: named, tagged, by a score, by its constipating level?"""
        if one.every_medicine or line.medicine in self._members[one.id]:
            return _TRUE
        if not one.constipating_at_least and not one.scored_at_least:
            return _FALSE
        medicine = self._medicines[line.medicine]
        if 0 < one.constipating_at_least <= medicine.constipating_level:
            return _TRUE
        return any_true(_by_score(medicine, scale, least, line) for scale, least in one.scored_at_least.items())


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
    return _UNKNOWN if some_route and not line.route else _FALSE


def _by_route(one: MedicineClass, line: _Line) -> Truth:
    if not one.routes:
        return _truth(one.every_medicine or line.route in SYSTEMIC_ROUTES)
    if not line.route:
        return _UNKNOWN
    return _truth(line.route in one.routes)


def _by_form(one: MedicineClass, line: _Line) -> Truth:
    if not one.forms:
        return _TRUE
    if not line.form:
        return _UNKNOWN
    return _truth(line.form in one.forms)


def _by_dose(one: MedicineClass, line: _Line) -> Truth:
    """Some members count from a daily dose on; a dose that was not read, or that straddles it, leaves it open."""
    least = one.daily_mg_at_least.get(line.medicine)
    if least is None:
        return _TRUE
    if line.low is None or line.high is None:
        return _UNKNOWN
    if line.low >= least:
        return _TRUE
    return _FALSE if line.high < least else _UNKNOWN


def _truth(known: bool) -> Truth:
    return _TRUE if known else _FALSE
