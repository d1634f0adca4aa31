"""What the content says of groups of medicines and the LeDeR themes: every row of the reference is there, and no group
is empty."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from healthcheck_cli.conditions.values import Interval
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.medicine_models import MedicineClass, ThemeEffect
from healthcheck_cli.content.models import Content
from healthcheck_cli.medicines.classes import ClassBook

ROWS = Path(__file__).parents[2].parent / "shared" / "reference" / "theme-drugs.csv"

THEME_OF = {  # where the table's word for a theme is none of our themes
    "respiratory_depression": {"medication"},
    "falls_fracture": {"falls_bone"},
    "cardiovascular_qt": {"cardiovascular"},
    "metabolic": {"weight", "cardiovascular", "medication"},
    "all_themes": {"medication"},
}
NAMED_OTHERWISE = {
    "see constipating table": "constipating medicines",
    "baclofen withdrawal; benzodiazepine or barbiturate withdrawal": "baclofen benzodiazepine barbiturate withdrawal",
}
DIRECTION_OF = {"raises": "raises", "possible": "protects"}  # by the first word: raises risk if stopped, and the like


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(find_content())


@pytest.fixture(scope="module")
def book(content: Content) -> ClassBook:
    return ClassBook(content.classes, content.medicines)


def has_a_sure_member(name: str, content: Content, book: ClassBook) -> bool:
    """Is some medicine surely in the class, by a route and in a form that it asks for, at a dose high enough?"""
    parts = list(parts_of(name, content.classes))
    tags, named = {tag for one in parts for tag in one.tags}, {medicine for one in parts for medicine in one.medicines}
    likely = [one.name for one in content.medicines.values() if one.name in named or tags.intersection(one.tags)]
    candidates = [*likely, *content.medicines]  # the rest for classes that go by a score or a level; any() ends early
    return any(is_member(book, name, medicine, way) for medicine in candidates for way in ways_asked_for(parts))


def parts_of(name: str, classes: Mapping[str, MedicineClass]) -> Iterator[MedicineClass]:
    """The class, and those that it is made of."""
    yield classes[name]
    for other in classes[name].any_of:
        yield from parts_of(other, classes)


def ways_asked_for(classes: Iterable[MedicineClass]) -> list[tuple[str, str]]:
    """Every route with every form that one of the classes asks for, forms that are told first."""
    ways = {(route, form) for one in classes for route in one.routes or ("oral",) for form in one.forms or ("",)}
    return sorted(ways, key=lambda way: (not way[1], way))


def is_member(book: ClassBook, name: str, medicine: str, way: tuple[str, str]) -> bool:
    return name in book.classes_of(medicine, *way, daily_mg=Interval.exactly(1e9))[0]


def test_every_group_holds_a_medicine(content: Content, book: ClassBook) -> None:
    assert content.theme_effects
    for effect in content.theme_effects.values():
        for name in effect.classes:
            assert has_a_sure_member(name, content, book), (effect.id, name)
        assert set(effect.medicines) <= set(content.medicines), effect.id


def test_every_effect_says_why_and_asks_something(content: Content) -> None:
    for effect in content.theme_effects.values():
        assert effect.why.endswith("."), effect.id
        assert effect.ask.endswith("?"), effect.id


def rows() -> Iterator[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def record_of(row: dict[str, str], content: Content) -> ThemeEffect | None:
    """The record that the row became: its theme, then the words of the row."""
    named = NAMED_OTHERWISE.get(row["drug_or_class"], row["drug_or_class"])
    words = "_".join(re.findall(r"[a-z0-9]+", named.lower()))
    themes = THEME_OF.get(row["theme"], {row["theme"]})
    found = (content.theme_effects.get(f"{theme}_{words}") for theme in themes)
    return next((effect for effect in found if effect is not None), None)


@pytest.mark.skipif(not ROWS.is_file(), reason="the clinical reference is not here")
def test_every_row_of_the_reference_is_there_and_nothing_else(content: Content) -> None:
    found = [(row["theme"], row["drug_or_class"], record_of(row, content)) for row in rows()]
    assert [row[:2] for row in found if row[2] is None] == []
    assert {effect.id for _, _, effect in found if effect} == set(content.theme_effects)
    assert len(found) == len(content.theme_effects)


@pytest.mark.skipif(not ROWS.is_file(), reason="the clinical reference is not here")
def test_a_record_is_sourced_only_where_the_row_was_verified_and_points_the_same_way(content: Content) -> None:
    for row in rows():
        effect = record_of(row, content)
        assert effect is not None
        sources = {f"burden-{source.lower()}" for source in row["source_ids"].split(";") if row["verified"] == "yes"}
        assert set(effect.support.sources) == sources, effect.id
        assert effect.support.basis == ("sourced" if sources else "general_knowledge"), effect.id
        assert effect.direction == DIRECTION_OF.get(row["direction"].split()[0], row["direction"]), effect.id


NOT_IN_THE_GROUP = {"midazolam"}  # named among the benzodiazepines; here it is rescue medicine, which is counted apart


def members_named(row: dict[str, str], content: Content) -> set[str]:
    """The names of the row's members that are names of medicines here."""
    return {name.strip() for name in re.split("[;:]", row["members"])} & set(content.medicines)


@pytest.mark.skipif(not ROWS.is_file(), reason="the clinical reference is not here")
def test_the_members_a_row_names_are_in_the_groups_of_its_record(content: Content, book: ClassBook) -> None:
    for row in rows():
        effect = record_of(row, content)
        assert effect is not None
        ways = [("injection", ""), *ways_asked_for(content.classes[name] for name in effect.classes)]
        for medicine in members_named(row, content) - {*effect.medicines, *NOT_IN_THE_GROUP}:
            inside = (is_member(book, name, medicine, way) for name in effect.classes for way in ways)
            assert any(inside), (effect.id, medicine)
