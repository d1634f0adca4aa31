"""Which class of medicines surely lies within others, whatever route, form or dose a line has."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from healthcheck_cli.assurance.class_swaps import class_members
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.classes import ClassBook

_ROUTES = (
    "",
    "oral",
    "depot",
    "injection",
    "patch",
    "rectal",
    "nasal",
    "topical",
    "inhaled",
    "eye_ear",
    "vaginal",
)


def within_of(content: Content) -> Callable[[str, tuple[str, ...]], bool]:
    """Says of a class and others: is every line that may be in the first surely in one of the others?

    A class that asks for a form or a dose holds no line surely, as lines are looked at without either.
    """
    book = ClassBook(content.classes, content.medicines)
    known = class_members(content)

    @cache
    def within(narrow: str, wide: tuple[str, ...]) -> bool:
        if narrow in wide:
            return True
        every = narrow in content.classes and content.classes[narrow].every_medicine
        members = known.get(narrow, frozenset())
        if every or not members:
            return False
        for medicine in members if not _asks_a_route(narrow, content) else content.medicines:
            for route in _ROUTES:
                sure, possible = book.classes_of(medicine, route)
                if (narrow in sure or narrow in possible) and sure.isdisjoint(wide):
                    return False
        return True

    return within


def _asks_a_route(name: str, content: Content) -> bool:
    """May the class have members that are in it by another route than their usual one?"""
    one = content.classes.get(name)
    if one is None:
        return False
    below = (*one.any_of, *one.but_not)
    scored = bool(one.scored_at_least)
    return bool(one.routes) or scored or any(_asks_a_route(it, content) for it in below if it != name)
