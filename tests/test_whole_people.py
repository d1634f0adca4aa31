"""Whole people: the eight cases of the STOMP reference, and invented ones, with the rules that have to fire and those
that must not.

The expectations come from outside the tool: those of the eight were written with the rule book, before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.content.models import Level
from healthcheck_cli.findings import PersonReview
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.review import Reviewer
from tests.invented_people import PEOPLE

AS_OF = date(2026, 11, 22)
LISTS = ["medicines", "problems", "observations", "events"]


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    return Reviewer(load_content(find_content()))


def review(reviewer: Reviewer, record: Mapping[str, Any]) -> PersonReview:
    return reviewer.review(record_from_mapping({"complete": LISTS, **record}), AS_OF)


def fired(reviewer: Reviewer, record: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """The rules that are shown; and these with those that they stand for."""
    findings = review(reviewer, record).findings
    shown = {finding.rule for finding in findings}
    return shown, shown | {weak for finding in findings for weak in finding.stands_for}


def medicine(text: str, dosage: str, start: str) -> dict[str, str]:
    return {"text": text, "dosage": dosage, "start": start}


CASES: dict[str, tuple[dict[str, Any], set[str], set[str]]] = {
    "A: risperidone, procyclidine and zopiclone for years, nothing coded, no review since 2023": (
        {
            "person": {"date_of_birth": "1985-03-01", "sex": "M"},
            "problems": ["learning disability"],
            "medicines": [
                medicine("Risperidone 2mg tablets", "1 bd", "2016-02-01"),
                medicine("Procyclidine 5mg tablets", "1 od", "2016-02-01"),
                medicine("Zopiclone 7.5mg tablets", "1 nocte", "2016-02-01"),
            ],
            "observations": [
                {"name": "psychotropic review", "date": "2023-05-01"},
                {"name": "weight", "value": 80, "unit": "kg", "date": "2023-05-01"},
            ],
        },
        {"STOMP-05", "STOMP-07", "STOMP-15", "STOMP-28", "STOMP-33", "STOMP-34", "STOMP-80"},
        {"STOMP-22", "STOMP-23", "STOMP-24", "STOMP-30"},
    ),
    "B: epilepsy, valproate with no risk form, levetiracetam, rescue midazolam": (
        {
            "person": {"date_of_birth": "1997-03-01", "sex": "F"},
            "problems": ["learning disability", {"term": "epilepsy", "date": "1999-01-01"}],
            "medicines": [
                medicine("Sodium valproate 500mg gastro-resistant tablets", "1 bd", "2015-01-01"),
                medicine("Levetiracetam 500mg tablets", "1 bd", "2018-01-01"),
                medicine(
                    "Midazolam 10mg/2ml oromucosal solution pre-filled oral syringes", "as directed", "2018-01-01"
                ),
            ],
        },
        {"STOMP-40"},
        {"STOMP-07", "STOMP-08", "STOMP-28", "STOMP-29", "STOMP-30"},
    ),
    "C: Down syndrome and dementia; citalopram 30 mg at 68, quetiapine for 4 months, domperidone, no ECG": (
        {
            "person": {"date_of_birth": "1958-03-01", "sex": "F"},
            "problems": ["Down syndrome", "dementia", {"term": "depression", "date": "2025-06-01"}],
            "medicines": [
                medicine("Citalopram 10mg tablets", "3 om", "2025-06-01"),
                medicine("Quetiapine 25mg tablets", "1 nocte", "2026-07-20"),
                medicine("Domperidone 10mg tablets", "1 tds", "2026-08-20"),
            ],
        },
        {"STOMP-32", "STOMP-50", "STOMP-55", "STOMP-56", "STOMP-58"},
        {"STOMP-05", "STOMP-06", "STOMP-24"},
    ),
    "D: autistic child on risperidone and melatonin, clinic review and checks in September": (
        {
            "person": {"date_of_birth": "2017-03-01", "sex": "M"},
            "problems": ["learning disability", "autism"],
            "medicines": [
                medicine("Risperidone 1mg tablets", "1 od", "2025-01-10"),
                medicine("Melatonin 5mg tablets", "1 nocte", "2024-01-10"),
            ],
            "observations": [
                {"name": "psychotropic review", "date": "2026-09-10"},
                {"name": "weight", "value": 30, "unit": "kg", "date": "2026-09-10"},
                {"name": "height", "value": 135, "unit": "cm", "date": "2026-09-10"},
                {"name": "systolic blood pressure", "value": 100, "unit": "mmHg", "date": "2026-09-10"},
                {"name": "HbA1c", "value": 34, "unit": "mmol/mol", "date": "2026-09-10"},
                {"name": "cholesterol", "value": 4, "unit": "mmol/L", "date": "2026-09-10"},
                {"name": "prolactin", "value": 200, "unit": "mU/L", "date": "2026-09-10"},
            ],
            "answers": {"trans.child_specialist": date(2026, 9, 10), "meds.melatonin_break": date(2026, 9, 10)},
        },
        {"STOMP-13"},
        {"STOMP-05", "STOMP-11", "STOMP-87", "STOMP-89", "STOMP-91"},
    ),
    "E: autistic, no learning disability; sertraline for depression, reviewed this year": (
        {
            "person": {"date_of_birth": "1976-03-01", "sex": "M"},
            "problems": ["autism", {"term": "depression", "date": "2025-04-01"}],
            "medicines": [medicine("Sertraline 100mg tablets", "1 od", "2025-04-10")],
            "observations": [{"name": "psychotropic review", "date": "2026-05-01"}],
        },
        set(),
        {"STOMP-05", "STOMP-06", "STOMP-15"},
    ),
    "F: bipolar disorder, lithium with ibuprofen, level 1.1": (
        {
            "person": {"date_of_birth": "1991-03-01", "sex": "F"},
            "problems": ["learning disability", "bipolar disorder"],
            "medicines": [
                medicine("Lithium carbonate 400mg modified-release tablets", "2 nocte", "2020-01-01"),
                medicine("Ibuprofen 400mg tablets", "1 tds", "2026-06-01"),
            ],
            "observations": [{"name": "lithium level", "value": 1.1, "unit": "mmol/L", "date": "2026-10-10"}],
        },
        {"STOMP-66", "STOMP-82"},
        {"STOMP-09"},
    ),
    "G: schizophrenia, risperidone depot at its maximum and olanzapine when required": (
        {
            "person": {"date_of_birth": "1966-03-01", "sex": "M"},
            "problems": ["learning disability", {"term": "schizophrenia", "date": "1990-01-01"}],
            "medicines": [
                medicine(
                    "Risperidone 50mg powder and solvent for prolonged-release suspension for injection vials",
                    "50mg every 2 weeks",
                    "2019-01-01",
                ),
                medicine("Olanzapine 10mg tablets", "1 when required, max 10mg daily", "2024-01-01"),
            ],
        },
        {"STOMP-23", "STOMP-25", "STOMP-26"},
        {"STOMP-05", "STOMP-22"},
    ),
    "H: Clopixol with no form": (
        {
            "person": {"date_of_birth": "2002-03-01", "sex": "F"},
            "problems": ["learning disability"],
            "medicines": [medicine("Clopixol 200 mg", "", "2025-01-01")],
        },
        {"STOMP-03"},
        {"STOMP-22", "STOMP-23", "STOMP-63"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_whole_person(reviewer: Reviewer, name: str) -> None:
    record, must, must_not = CASES[name]
    shown, held = fired(reviewer, record)
    assert must <= held
    assert not must_not & shown


@pytest.mark.parametrize("name", PEOPLE)
def test_an_invented_person(reviewer: Reviewer, name: str) -> None:
    person = PEOPLE[name]
    shown, held = fired(reviewer, person.record)
    assert {rule: why for rule, why in person.must.items() if rule not in held} == {}
    assert {rule: why for rule, why in person.must_not.items() if rule in shown} == {}


def test_every_rule_that_is_to_stay_quiet_is_a_rule(reviewer: Reviewer) -> None:
    """One that was renamed or taken out would be quiet for ever."""
    quiet = {rule for person in PEOPLE.values() for rule in person.must_not}
    quiet |= {rule for _, _, must_not in CASES.values() for rule in must_not}
    assert {rule for rule in quiet if rule not in reviewer.content.rules} == set()


def test_a_missing_answer_is_never_no(reviewer: Reviewer) -> None:
    """Nothing but a name: every rule that fires must be about what is missing, and no theme may be clear."""
    found = reviewer.review(record_from_mapping({"medicines": ["Risperidone 1mg tablets"]}), AS_OF)
    assert found.could_not_assess
    assert not [theme for theme in found.themes if theme.state.value == "clear"]
    assert "STOMP-05" in {undecided.rule for undecided in found.could_not_assess}


def test_an_unrecognised_line_is_never_nothing(reviewer: Reviewer) -> None:
    """A complete list with a line nobody can name: scores become a range and "no" becomes unknown."""
    known = {"medicines": ["Senna 7.5mg tablets"], "problems": [], "complete": ["medicines", "problems"]}
    unknown = {**known, "medicines": ["Senna 7.5mg tablets", "Zzyzx 5mg tablets"]}
    before = reviewer.review(record_from_mapping(known), AS_OF)
    after = reviewer.review(record_from_mapping(unknown), AS_OF)
    assert before.burdens["acbcalc"].total.exact
    assert after.burdens["acbcalc"].total.high == before.burdens["acbcalc"].total.high + 3
    assert "STOMP-05" not in {n.rule for n in before.could_not_assess}
    assert "STOMP-05" in {n.rule for n in after.could_not_assess}
    assert [line.row for line in after.unrecognised] == [2]


def test_what_is_urgent_is_the_same_when_only_that_is_looked_for(reviewer: Reviewer) -> None:
    found = set()
    for record in (*(case[0] for case in CASES.values()), *(person.record for person in PEOPLE.values())):
        read = record_from_mapping({"complete": LISTS, **record})
        urgent = tuple(it for it in reviewer.review(read, AS_OF).findings if it.level is Level.URGENT)
        alone = reviewer.urgent_findings(read, reviewer.person_facts(read, AS_OF))
        assert [it.rule for it in alone] == [it.rule for it in urgent]
        assert [it.says for it in alone] == [it.says for it in urgent]
        found |= {it.rule for it in alone}
    assert len(found) >= 2
