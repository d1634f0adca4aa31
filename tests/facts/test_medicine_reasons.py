"""The reason of a medicine is one that the record holds, and its absence is only said where it was looked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from healthcheck_cli.conditions.evaluate import fact_asked
from healthcheck_cli.conditions.tree import And, Atom, Call, Condition, Not, Or
from healthcheck_cli.facts.medicine_reasons import MedicineReason, ReasonState, reason_for, titles
from healthcheck_cli.plans.reason_words import reason_for_carers, reason_for_staff
from healthcheck_cli.readers.record_file import record_from_mapping
from tests.facts.people import AS_OF, REVIEWER


def reason(medicine: Any, **record: Any) -> MedicineReason:
    found = record_from_mapping({"medicines": [medicine], **record})
    read = REVIEWER.reads(found, AS_OF)[0]
    return reason_for(read, REVIEWER.person_facts(found, AS_OF), REVIEWER.content)


def test_a_condition_on_the_record_is_the_reason_with_where_it_stands() -> None:
    found = reason("Carbamazepine 200mg tablets", problems=[{"term": "epilepsy", "date": "1995-01-01"}, "asthma"])
    assert (found.state, titles(found.conditions)) == (ReasonState.FOUND, ("Epilepsy",))
    told = "Epilepsy, on the problem list, dated 1 Jan 1995 (problem row 1)"
    assert reason_for_staff(found, REVIEWER.content) == told
    assert reason_for_carers(found) == "Reason found: epilepsy."


def test_an_answer_is_a_reason_too_and_is_told_in_words() -> None:
    found = reason("Carbamazepine 200mg tablets", answers={"epi.has": "yes_active"})
    assert reason_for_staff(found, REVIEWER.content) == "Epilepsy, active (answered in the check)"
    both = reason("Carbamazepine 200mg tablets", answers={"epi.has": "no"}, problems=["epilepsy"])
    told = "Epilepsy (answered in the check: no); the record says: Epilepsy, on the problem list (problem row 1)"
    assert reason_for_staff(both, REVIEWER.content) == told


def test_every_condition_that_is_a_reason_is_named_and_none_is_chosen() -> None:
    found = reason("Pregabalin 75mg capsules", problems=["epilepsy", {"term": "anxiety", "date": "2025-03-01"}])
    assert set(titles(found.conditions)) == {"Epilepsy", "An anxiety disorder in the last 5 years"}


@pytest.mark.parametrize(
    ("medicine", "record", "state"),
    [
        ("Risperidone 1mg tablets", {"complete": ["problems"], "problems": []}, ReasonState.NOT_FOUND),
        ("Risperidone 1mg tablets", {"complete": ["problems"], "problems": ["autism"]}, ReasonState.NOT_FOUND),
        ("Risperidone 1mg tablets", {}, ReasonState.NOT_KNOWN),
        (
            "Sertraline 50mg tablets",
            {"complete": ["problems"], "problems": [{"term": "depression", "date": "2011-02-01"}]},
            ReasonState.OLD,
        ),
        ("Risperidone 1mg tablets", {"problems": ["asthma"]}, ReasonState.NOT_KNOWN),
        ("Omeprazole 20mg capsules", {"complete": ["problems"], "problems": []}, ReasonState.NOT_LOOKED_FOR),
        ("Some unheard of thing", {"complete": ["problems"], "problems": []}, ReasonState.NOT_LOOKED_FOR),
        ({"text": "Omeprazole 20mg capsules", "indication": "reflux"}, {}, ReasonState.WRITTEN),
    ],
)
def test_missing_is_never_no(medicine: Any, record: dict[str, Any], state: ReasonState) -> None:
    assert reason(medicine, **record).state is state


def test_nothing_is_said_to_be_absent_that_the_record_cannot_tell() -> None:
    unsure = reason("Risperidone 1mg tablets")
    assert "no reason found" not in (reason_for_staff(unsure, REVIEWER.content) + reason_for_carers(unsure)).casefold()


def _asked(condition: Condition, *, negated: bool = False) -> Iterator[tuple[str, bool]]:
    """Every class that is asked to be taken, and every fact, with whether a "not" stands before it."""
    if isinstance(condition, Not):
        yield from _asked(condition.part, negated=not negated)
    elif isinstance(condition, And | Or):
        for part in condition.parts:
            yield from _asked(part, negated=negated)
    elif isinstance(condition, Atom):
        subject = condition.subject
        yield (subject.name if isinstance(subject, Call) else fact_asked(subject) or "", negated)


def _pairs(condition: Condition) -> Iterator[tuple[str, set[str]]]:
    """Class → the facts without which a rule fires on it."""
    if isinstance(condition, Or):
        for part in condition.parts:
            yield from _pairs(part)
    elif isinstance(condition, And):
        for part in condition.parts:
            yield from _pairs(part)
        asked = [it for part in condition.parts if not isinstance(part, Or) for it in _asked(part)]
        reasons = {name for name, negated in asked if negated}
        yield from ((name, reasons) for name, negated in asked if not negated and "." not in name and reasons)


_HINTS = {"why.antipsychotic_hint", "why.behaviour_label"}


def test_the_reasons_are_those_that_the_rules_on_reasons_ask_for() -> None:
    content = REVIEWER.content
    of_class = {name: set(group.reasons) for group in content.usual_reasons.values() for name in group.classes}
    of_class["melatonin"] = {"why.melatonin"}  # there a child's other diagnoses are enough for the rule to be silent
    rules = [content.rules[f"STOMP-{number:02}"].when for number in (5, 6, 7, 8, 9, 10, 11, 12)]
    found = [pair for condition in rules for pair in _pairs(condition)]
    assert {name for name, _ in found} >= {"antipsychotic", "tca", "gabapentinoid", "lithium", "clonidine"}
    alpha = of_class["alpha_agonist_adhd"]
    wrong = {
        name: (reasons, of_class.get(name))
        for name, reasons in found
        if reasons - _HINTS != (alpha if name in ("clonidine", "guanfacine") else of_class.get(name))
    }
    assert wrong == {}
