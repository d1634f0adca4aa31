"""Every rule on every whole person, worked out twice: by the program, and by a checker that shares no code with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from healthcheck_cli.conditions.values import FactValue, Interval, LineFacts, PersonFacts, State
from healthcheck_cli.conditions.vocabulary import FactType
from healthcheck_cli.record import Record
from tests.conditions.random_people import ANY_CONDITION, people
from tests.conditions.small_vocabulary import VOCABULARY, truth
from tests.second_checker import SecondChecker, Verdict
from tests.whole_people import AS_OF, all_records, shipped_reviewer

ROOT = Path(__file__).parents[1]
Written = Mapping[str, Any]


def written(folder: str, key: str) -> dict[str, Written]:
    """The records of content as they stand in the YAML files, by ``key``."""
    paths = sorted((ROOT / folder).rglob("*.yaml"))
    return {record[key]: record for path in paths for record in records_in(path)}


def records_in(path: Path) -> Iterator[Written]:
    held = yaml.safe_load(path.read_text("utf-8"))
    if isinstance(held, list):
        return iter(held)
    return iter([{**held.get("defaults", {}), **record} for record in held["records"]])


RULES = written("drug_rules/rules", "id")
FACTS = written("checklists/facts", "name")
NOTHING = {name: fact["nothing"] for name, fact in FACTS.items() if "nothing" in fact}
WORDS = yaml.safe_load((ROOT / "drug_rules/manifest.yaml").read_text("utf-8"))["word_lists"]
SETTINGS = {
    it["id"]: (float(it["value"]), it["unit"])
    for it in records_in(ROOT / "drug_rules/settings.yaml")
    if "unit" in it and "value" in it
}
PEOPLE = all_records()


def facts_of(record: Record) -> PersonFacts:
    return shipped_reviewer().person_facts(record, AS_OF)


def level_of(rule: Written, checker: SecondChecker) -> str:
    for step in rule.get("level_if", []):
        if checker.says(step["when"]) is True:
            return str(step["level"])
    return str(rule["level"])


def test_the_files_hold_every_rule() -> None:
    assert set(RULES) == set(shipped_reviewer().content.rules)


@pytest.mark.parametrize("name", PEOPLE)
def test_both_reach_the_same_findings(name: str) -> None:
    record = PEOPLE[name]
    checker = SecondChecker(facts_of(record), NOTHING, WORDS, SETTINGS)
    found = shipped_reviewer().review(record, AS_OF)
    shown = {finding.rule: finding.level.value for finding in found.findings}
    hidden = {weak for finding in found.findings for weak in finding.stands_for}
    undecided = {it.rule for it in found.could_not_assess}
    wanted = {"both", "check" if record.from_check else "extract"}
    program: dict[str, Verdict] = {}
    second: dict[str, Verdict] = {}
    for id_, rule in RULES.items():
        if rule.get("applies", "both") not in wanted or rule.get("rider"):
            continue
        program[id_] = True if id_ in shown or id_ in hidden else None if id_ in undecided else False
        second[id_] = checker.says(rule["when"])
    assert {id_: (program[id_], it) for id_, it in second.items() if it is not program[id_]} == {}
    assert {id_: level_of(RULES[id_], checker) for id_ in shown} == shown
    assert [id_ for id_ in shown if RULES[id_].get("rider") and checker.says(RULES[id_]["when"]) is not True] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_both_agree_on_facts_that_are_conditions_and_on_whom_a_fact_is_asked_of(name: str) -> None:
    person = facts_of(PEOPLE[name])
    checker = SecondChecker(person, NOTHING, WORDS, SETTINGS)
    differ = {}
    for fact, record in FACTS.items():
        value = person.fact(fact)
        if "asked_of" in record and checker.says(record["asked_of"]) is False:
            if value.state is not State.DOES_NOT_APPLY:
                differ[fact] = "should not apply"
        elif "defined" in record and value.value is not checker.says(record["defined"]):
            differ[fact] = f"{value.value} and {checker.says(record['defined'])}"
    assert differ == {}


SMALL = PersonFacts(
    as_of=AS_OF,
    facts={
        "a.yes": FactValue(State.KNOWN, True),
        "a.no": FactValue(State.KNOWN, False),
        "a.out": FactValue(State.DOES_NOT_APPLY),
        "a.two_to_four": FactValue(State.KNOWN, Interval(2, 4)),
        "a.set": FactValue(State.KNOWN, frozenset({"pain"})),
        "a.empty": FactValue(State.KNOWN, frozenset()),
    },
    lines=(LineFacts(1, "x", frozenset({"k"}), attributes={"taken_for": Interval(30, 30), "prn": None}),),
    medicines_complete=True,
)


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ("a.yes and not a.no", True),
        ("a.no and a.nobody_asked", False),
        ("a.yes and a.nobody_asked", None),
        ("a.no or a.nobody_asked", None),
        ("any_of(a.yes, a.nobody_asked)", True),
        ("a.yes or a.no and a.no", True),
        ("not (a.no or a.out)", False),
        ("not a.out", False),
        ("missing(a.out)", False),
        ("missing(a.nobody_asked)", True),
        ("a.two_to_four >= 2", True),
        ("a.two_to_four > 2", None),
        ("a.two_to_four == 5", False),
        ("a.two_to_four != 3", None),
        ("a.set has (pain, blood)", True),
        ("a.empty has none", True),
        ("not a.set has blood", True),
        ("taking(k, taken_for > 4 weeks)", True),
        ("taking(k, taken_for > 1 months)", False),
        ("taking(k, not prn)", None),
        ("taking(k, missing(prn))", True),
        ("count(k) >= 2", False),
        ("count(k, prn) >= 1", None),
        ("months_since(a.nobody_asked) >= 1", None),
        ("a.two_to_four > setting(four)", False),
        ("taking(k, taken_for > setting(month))", False),
    ],
)
def test_the_checker_does_not_agree_with_everything(condition: str, verdict: Verdict) -> None:
    """What docs/conditions.md says, on values made up for it: a checker that said yes to all would be no check."""
    assert (
        SecondChecker(SMALL, {"a.empty": "none"}, {}, {"four": (4, ""), "month": (1, "months")}).says(condition)
        is verdict
    )


def without_known_nothing(who: PersonFacts) -> PersonFacts:
    """The random people may have a number that is known and no number, which no record gives."""
    dates = {name for name, fact in VOCABULARY.facts.items() if fact.type is FactType.DATE}
    empty = {name for name, fact in who.facts.items() if fact.state is State.KNOWN and fact.value is None} - dates
    facts = {name: replace(fact, state=State.UNKNOWN) if name in empty else fact for name, fact in who.facts.items()}
    return replace(who, facts=facts)


@settings(max_examples=300, deadline=None)
@given(ANY_CONDITION, people().map(without_known_nothing))
def test_both_agree_on_any_condition_and_anybody(condition: str, who: PersonFacts) -> None:
    """The rules that there are use little of what the language can say."""
    nothing = {name: fact.nothing for name, fact in VOCABULARY.facts.items() if fact.nothing}
    numbers = {name: (it.amount, it.unit) for name, it in VOCABULARY.settings.items() if it.amount is not None}
    checker = SecondChecker(who, nothing, VOCABULARY.word_lists, numbers)
    assert checker.says(condition) is truth(condition, who).value
