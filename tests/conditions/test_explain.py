"""Which parts decided, with their values, and which facts would settle what is undecided."""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck_cli.conditions.explain import AtomResult, Explanation, explain
from healthcheck_cli.conditions.values import DateRange, FactValue, Interval, LineFacts, PersonFacts, State
from tests.conditions.small_vocabulary import (
    NO,
    UNKNOWN,
    VOCABULARY,
    YES,
    checked,
    happened,
    known,
    line,
    person,
)


def explained(text: str, who: PersonFacts) -> Explanation:
    return explain(checked(text), who, VOCABULARY)


def test_only_the_parts_that_decided_are_named() -> None:
    who = person({"toy.yes": known(True), "toy.also": known(False), "toy.count": known(3)})

    assert [each.fact for each in explained("toy.yes or toy.also", who).because] == ["toy.yes"]
    assert [each.fact for each in explained("toy.yes and toy.count >= 3", who).because] == ["toy.yes", "toy.count"]
    assert [each.fact for each in explained("toy.yes and toy.also", who).because] == ["toy.also"]
    assert [each.fact for each in explained("not (toy.yes or toy.also)", who).because] == ["toy.yes"]


def test_a_result_has_the_value_the_rows_and_words_for_a_person() -> None:
    who = person({"toy.wait": known(4, rows=(7,), shown="4 days, answered today")})

    assert explained("toy.wait >= 3 days", who).because == (
        AtomResult("toy.wait >= 3 days", "toy.wait", YES, 4, (7,), "4 days, answered today"),
    )


def test_an_atom_keeps_its_own_truth_under_not() -> None:
    (result,) = explained("not taking(ace)", person()).because

    assert (result.text, result.truth, result.value) == ("taking(ace)", NO, False)


@pytest.mark.parametrize(
    ("text", "who", "value"),
    [
        ("toy.count >= 1", person({"toy.count": known(Interval(1, float("inf")))}), {"low": 1, "high": None}),
        ("toy.multi has red", person({"toy.multi": known(frozenset({"red", "blue"}))}), ["blue", "red"]),
        ("toy.choice == a", person({"toy.choice": known("a")}), "a"),
        ("months_since(toy.seen) >= 12", person({"toy.seen": happened(date(2025, 9, 1))}), 14),
        ("months_since(toy.seen) >= 12", person({"toy.seen": happened(None)}), "never"),
        ("toy.seen < 2026-01-01", person({"toy.seen": happened(date(2025, 9, 1))}), "2025-09-01"),
        ("not toy.yes", person({"toy.yes": FactValue(State.DOES_NOT_APPLY)}), "does_not_apply"),
        ("count(ace) >= 1", person(None, line(), line(row=2, substance="x", possible=True)), {"low": 1, "high": 2}),
        ("burden(load) >= 3", person(burdens={"load": Interval(3, 3)}), 3),
    ],
)
def test_values_are_as_json_has_them(text: str, who: PersonFacts, value: object) -> None:
    (result,) = explained(text, who).because

    assert result.value == value


def test_rows_are_those_of_the_lines_that_counted() -> None:
    who = person(None, line(row=3), line(row=4, possible=True), line("king", row=5), line(row=6))

    (taking,) = explained("taking(ace)", who).because
    (count,) = explained("count(ace) >= 1", who).because

    assert (taking.rows, taking.shown) == ((3, 6), "line 3; line 6")
    assert count.rows == (3, 4, 6)


def test_the_same_atom_is_told_once() -> None:
    who = person({"toy.yes": known(True)})

    assert len(explained("toy.yes and toy.yes", who).because) == 1


def test_while_unknown_nothing_decided_and_only_open_parts_are_missing() -> None:
    who = person({"toy.yes": known(True), "toy.also": known(False)})

    explanation = explained("(toy.yes and toy.count > 1) or (toy.also and toy.wait > 1 days)", who)

    assert explanation == Explanation(UNKNOWN, (), ("toy.count",))


def test_a_defined_fact_is_missing_through_its_own_facts() -> None:
    definitions = {
        "toy.defined": checked("toy.yes or toy.also"),
        "toy.defined_twice": checked("toy.defined and toy.count > 1"),
    }
    who = person({"toy.also": known(False), "toy.count": known(5), "toy.defined": FactValue(State.UNKNOWN)})

    assert explain(checked("toy.defined"), who, VOCABULARY, definitions).missing == ("toy.yes",)
    assert explain(checked("not toy.defined_twice"), who, VOCABULARY, definitions).missing == ("toy.yes",)
    assert explain(checked("toy.defined"), who, VOCABULARY).missing == ("toy.defined",)


@pytest.mark.parametrize(
    ("text", "lines", "complete", "unrecognised", "missing"),
    [
        ("taking(ace)", (), False, (), ("medicines.complete",)),
        ("taking(ace)", (), True, (4,), ("medicines.unrecognised",)),
        ("taking(ace)", (line(current=None),), True, (), ("medicines.current",)),
        ("taking(ace)", (line(possible=True),), True, (), ("medicines.daily_mg",)),
        ("taking(ace, taken_for > 4 weeks, prn)", (line(),), True, (), ("medicines.taken_for", "medicines.prn")),
        ("taking(ace, taken_for > 4 weeks, prn)", (line(prn=False),), False, (), ("medicines.complete",)),
        ("not taking(ace, not prn)", (line(), line(prn=True, row=2)), True, (), ("medicines.prn",)),
        ("count(ace) >= 2", (line(),), False, (4,), ("medicines.complete", "medicines.unrecognised")),
        ("dose_percent(ace) > 100 %", (line(),), True, (), ("medicines.percent_at_top",)),
        ("lapsed(ace)", (line(),), True, (), ("medicines.lapsed",)),
        (
            "gain_since_start(ace) > 7 %",
            (line(),),
            True,
            (),
            ("medicines.gain_since_start", "medicines.begun_on"),
        ),
        ("burden(load) >= 3", (), True, (), ("medicines.load",)),
    ],
)
def test_what_is_missing_of_the_medicines(
    text: str, lines: tuple[LineFacts, ...], complete: bool, unrecognised: tuple[int, ...], missing: tuple[str, ...]
) -> None:
    who = person(None, *lines, complete=complete, unrecognised=unrecognised)

    assert explained(text, who).missing == missing


def test_a_range_that_is_too_wide_is_missing_by_its_fact() -> None:
    between = FactValue(State.KNOWN, None, DateRange(date(2025, 1, 1), date(2026, 10, 1)))

    assert explained("months_since(toy.seen) >= 12", person({"toy.seen": between})).missing == ("toy.seen",)
