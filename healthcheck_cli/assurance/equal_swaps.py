"""Swaps of a class that alter nothing: whoever takes what, the condition holds with both classes or with neither.

So it is where each medicine that the classes differ by is in a third class that the condition asks for as well, or
cannot be given by the route that the condition asks for. No example could notice such a swap. The answer "it alters
nothing" is sure; "it may alter something" is not, since how facts hang together is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from healthcheck_cli.conditions.evaluate import needs_all
from healthcheck_cli.conditions.tree import And, Atom, Call, Condition, LineTest, Not, Or, atoms
from healthcheck_cli.content.kinds.medicines import ROUTES
from healthcheck_cli.content.medicine_models import Medicine, class_name_of
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.classes import ClassBook
from healthcheck_cli.medicines.name_reader import INJECTION_IS_DEPOT

_MOST_CASES = 20_000


class EqualSwaps:
    """Finds the swaps that alter nothing, by the medicines and classes of one content."""

    def __init__(self, content: Content) -> None:
        self._book = ClassBook(content.classes, content.medicines)
        self._classes = content.classes
        self._medicines = tuple(content.medicines.values())
        self._named: dict[str, tuple[Medicine, ...]] = {}

    def alters_nothing(self, before: Condition, old: Atom, after: Condition, new: Atom) -> bool:
        """Is it sure that no record tells ``before`` from ``after``, in which ``new`` stands for ``old``?

        Both atoms ask whether a medicine of a class is taken; of counts and sums it is never sure.
        """
        if not (_is_taking(old) and _is_taking(new)):
            return False
        return not (self._tells(before, old, after, new) or self._tells(before, new, after, old))

    def _tells(self, before: Condition, lacking: Atom, after: Condition, met: Atom) -> bool:
        """Is there a line that meets one atom and not the other, and by which the conditions may differ?"""
        seen: set[frozenset[str]] = set()
        for sure, route in self._lines(_call(met).name, _call(lacking).name):
            if not _may_have_route(_call(met), route):
                continue
            follow = frozenset(atom.text for atom in (*atoms(before), *atoms(after)) if _follows(atom, met, sure))
            if follow in seen:
                continue
            seen.add(follow)
            if _may_differ(before, after, {**dict.fromkeys(follow, True), met.text: True, lacking.text: False}):
                return True
        return False

    def _lines(self, inside: str, outside: str) -> Iterator[tuple[frozenset[str], str]]:
        """Lines that may be in the first class and need not be in the second: the classes they are in, their route."""
        for medicine in self._possible_members(inside):
            for route in _routes_of(medicine):
                sure, possible = self._book.classes_of(medicine.name, route)
                if (inside in sure or inside in possible) and outside not in sure:
                    yield sure, route

    def _possible_members(self, name: str) -> tuple[Medicine, ...]:
        """Every medicine that could be in the class by some route: a quick look, before routes are tried."""
        if name not in self._named:
            self._named[name] = tuple(it for it in self._medicines if self._may_name(name, it, frozenset()))
        return self._named[name]

    def _may_name(self, name: str, medicine: Medicine, above: frozenset[str]) -> bool:
        one = self._classes.get(name)
        if one is None:
            return name == class_name_of(medicine.name)
        by_its_own_words = medicine.name in one.medicines or not set(one.tags).isdisjoint(medicine.tags)
        by_another_way = one.every_medicine or one.scored_at_least or one.constipating_at_least
        if by_its_own_words or by_another_way:
            return True
        return any(self._may_name(it, medicine, above | {name}) for it in one.any_of if it not in above)


def _is_taking(atom: Atom) -> bool:
    return isinstance(atom.subject, Call) and atom.subject.function == "taking"


def _call(atom: Atom) -> Call:
    if not isinstance(atom.subject, Call):
        raise TypeError("only a call is about a class")
    return atom.subject


def _routes_of(medicine: Medicine) -> Iterator[str]:
    """Every route that a line of the medicine can be read as; a depot only where content knows one."""
    depot = (
        medicine.default_route in ("", "depot")
        or medicine.depot_brands
        or INJECTION_IS_DEPOT in medicine.tags
        or any(maximum.route == "depot" for maximum in medicine.maxima)
    )
    return (route for route in (medicine.default_route, *ROUTES) if depot or route != "depot")


def _may_have_route(call: Call, route: str) -> bool:
    """Could a line by this route meet the conditions of the call that are no more than ``oral`` or ``depot``?"""
    asked = {line.attribute for line in call.lines if isinstance(line, LineTest) and line.test is None}
    return all(route == word for word in asked & {"oral", "depot"})


def _follows(atom: Atom, met: Atom, sure: frozenset[str]) -> bool:
    """Does a line of these classes that meets the one atom meet the other one too, which asks no more of it?"""
    if not _is_taking(atom):
        return False
    asked = {line.text for line in _call(atom).lines}
    return _call(atom).name in sure and asked <= {line.text for line in _call(met).lines}


def _may_differ(before: Condition, after: Condition, known: Mapping[str, bool]) -> bool:
    """Is there a case in which one alone holds? A fact that does not apply makes no atom on it hold, and no ``not``."""
    free = sorted({atom.text for atom in (*atoms(before), *atoms(after))} - set(known))
    cases = product((True, False, None), repeat=len(free))
    for case in islice(cases, _MOST_CASES):
        truths = {**dict(zip(free, case, strict=True)), **known}
        if _holds(before, truths) != _holds(after, truths):
            return True
    return next(cases, None) is not None


def _holds(condition: Condition, truths: Mapping[str, bool | None], *, negated: bool = False) -> bool:
    if isinstance(condition, Not):
        return _holds(condition.part, truths, negated=not negated)
    if isinstance(condition, And | Or):
        parts = (_holds(part, truths, negated=negated) for part in condition.parts)
        return all(parts) if needs_all(condition, negated=negated) else any(parts)
    if isinstance(condition, Atom):
        return truths[condition.text] is (not negated)
    raise TypeError(f"not a condition: {type(condition).__name__}")
