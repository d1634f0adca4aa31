"""The invented people of tests/people/: what a pharmacist or a nurse expects of each, and what the program finds.

What is expected was written from the clinical references, before the program was run on it. Where the program is
thought to be wrong the file says so under ``differs``, and must be changed once the program is right.
"""

from __future__ import annotations

from functools import cache

import pytest

from healthcheck_cli.content.models import Level
from tests.whole_people import AS_OF, shipped_reviewer, whole_people

PEOPLE = whole_people()


@cache
def reached(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The rules that fire, with those that a firmer one stands for; and those that could not be decided."""
    found = shipped_reviewer().review(PEOPLE[name].record, AS_OF)
    hidden = {rule for finding in found.findings for rule in finding.stands_for}
    fired = {finding.rule for finding in found.findings} | hidden
    return frozenset(fired), frozenset(it.rule for it in found.could_not_assess)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_expected_of_a_person(name: str) -> None:
    person = PEOPLE[name]
    fired, left_open = reached(name)
    assert {rule: why for rule, why in person.must.items() if rule not in fired} == {}
    assert {rule: why for rule, why in person.must_not.items() if rule in fired} == {}
    assert {rule: why for rule, why in person.open.items() if rule not in left_open} == {}


@pytest.mark.parametrize("name", [name for name, person in PEOPLE.items() if person.differs])
def test_where_the_program_is_thought_wrong_it_still_is(name: str) -> None:
    """An entry that is no longer true belongs among what is expected."""
    fired, _ = reached(name)
    for rule, what in PEOPLE[name].differs.items():
        assert what.startswith(("must fire", "must not fire"))
        assert (rule in fired) == what.startswith("must not fire")


def test_there_are_enough_of_them_and_every_name_is_a_rule() -> None:
    rules = shipped_reviewer().content.rules
    named = {rule for person in PEOPLE.values() for it in (person.must, person.must_not, person.open) for rule in it}
    assert len(PEOPLE) >= 40
    assert {rule for rule in named if rule not in rules} == set()


def test_every_theme_and_every_part_of_the_rule_book_is_expected_of_somebody() -> None:
    rules = shipped_reviewer().content.rules
    expected = {rule for person in PEOPLE.values() for rule in person.must}
    themes = {theme for rule in expected for theme in rules[rule].themes}
    assert themes == set(shipped_reviewer().content.themes)
    for first, last in ((1, 4), (5, 14), (15, 20), (21, 37), (40, 76), (80, 90), (91, 92), (94, 96)):
        assert expected & {f"STOMP-{number:02}" for number in range(first, last + 1)}, (first, last)


def test_nobody_is_clear_on_a_theme_with_an_undecided_rule() -> None:
    for person in PEOPLE.values():
        found = shipped_reviewer().review(person.record, AS_OF)
        clear = {theme.id for theme in found.themes if theme.state.value == "clear"}
        assert [it.rule for it in found.could_not_assess if clear & set(it.themes)] == []


def test_an_urgent_finding_comes_first() -> None:
    for person in PEOPLE.values():
        levels = [list(Level).index(it.level) for it in shipped_reviewer().review(person.record, AS_OF).findings]
        assert levels == sorted(levels)
