"""Rules that name the wrong medicine class: each class of a condition swapped for the ones nearest to it.

A class has up to two neighbours. The wider one is the smallest class that holds all its members and more; the one
beside it lies in that wider class, shares no member with it, and is nearest to it in size. A single medicine is a class
of one. An example that notices the wider neighbour has a medicine that is nearly in the class, and is not. A swap that
alters nothing is left out, since no example could notice it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from healthcheck_cli.assurance.equal_swaps import EqualSwaps
from healthcheck_cli.conditions.functions import FUNCTIONS, About
from healthcheck_cli.conditions.tree import Atom, Call, Condition, FactName, LineTest, atoms, replace, with_arguments
from healthcheck_cli.content.medicine_models import class_name_of
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.classes import ClassBook

_NAMED = 3  # medicines of a neighbour, in the words for a swap


class ClassNeighbours:
    """The neighbours of every class and medicine of one content, by the members that their names alone give them."""

    def __init__(self, content: Content) -> None:
        self._members = class_members(content)
        self._no_parent = {name for name, one in content.classes.items() if one.every_medicine}
        self._found: dict[str, tuple[str, ...]] = {}
        self.equal = EqualSwaps(content)

    def of(self, name: str) -> tuple[str, ...]:
        """The wider neighbour and the one beside, as far as there are any."""
        if name not in self._found:
            self._found[name] = tuple(self._neighbours(name))
        return self._found[name]

    def only_in(self, wide: str, narrow: str) -> tuple[str, ...]:
        """Medicines of the first class that are not in the second, in the order of the alphabet."""
        return tuple(sorted(self._members[wide] - self._members[narrow]))

    def _neighbours(self, name: str) -> Iterator[str]:
        own = self._members.get(name, frozenset())
        wider = [(len(held), it) for it, held in self._members.items() if held > own and it not in self._no_parent]
        if not own or not wider:
            return
        parent = min(wider)[1]
        yield parent
        around = self._members[parent]
        beside = [(abs(len(held) - len(own)), it) for it, held in self._members.items() if held <= around - own]
        if beside:
            yield min(beside)[1]


def class_members(content: Content) -> Mapping[str, frozenset[str]]:
    """Which medicines are in each class, or may be, by their name and usual route; each medicine in its own as well."""
    book = ClassBook(content.classes, content.medicines)
    found: dict[str, set[str]] = {}
    for medicine in content.medicines.values():
        sure, possible = book.classes_of(medicine.name, medicine.default_route)
        for name in (*sure, *possible, class_name_of(medicine.name)):
            found.setdefault(name, set()).add(medicine.name)
    return {name: frozenset(held) for name, held in found.items()}


def class_swaps(condition: Condition, neighbours: ClassNeighbours) -> Iterator[tuple[str, Condition]]:
    """Every version of a checked condition with one class swapped for a neighbour, where that may alter something.

    Each comes with words that say what was swapped, and which medicines are in the neighbour alone: one of them in an
    example would notice.
    """
    for atom in atoms(condition):
        if isinstance(atom.subject, Call) and FUNCTIONS[atom.subject.function].about is About.CLASS:
            for name in neighbours.of(atom.subject.name):
                after = _with_class(atom, atom.subject, name)
                swapped = replace(condition, atom, after)
                if neighbours.equal.alters_nothing(condition, atom, swapped, after):
                    continue
                more = neighbours.only_in(name, atom.subject.name)
                named = ", ".join(more[:_NAMED]) + (" and others" if len(more) > _NAMED else "")
                yield f"`{atom.text}` became `{after.text}`, with {named}", swapped


def _with_class(atom: Atom, call: Call, name: str) -> Atom:
    first = call.arguments[0]
    if isinstance(first, FactName):
        return with_arguments(atom, (dataclasses.replace(first, name=name, text=name), *call.arguments[1:]))
    if isinstance(first, LineTest):
        return with_arguments(atom, (dataclasses.replace(first, attribute=name, text=name), *call.arguments[1:]))
    raise TypeError(f"{call.function}(…) was not checked")
