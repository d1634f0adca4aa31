"""What a review does with rules that fire: levels, supersession, riders, themes, the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.findings import Finding, PersonReview, ThemeStatus
from healthcheck_cli.ledger import RejectedRow
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import MedicineLine, Record, Row
from healthcheck_cli.review import Reviewer, ledger_of, review_records

AS_OF = date(2026, 11, 22)
REVIEWER = Reviewer(load_content(find_content()))


def review(**record: Any) -> PersonReview:
    return REVIEWER.review(record_from_mapping({"complete": ["medicines", "problems"], **record}), AS_OF)


def finding(found: PersonReview, rule: str) -> Finding:
    return next(finding for finding in found.findings if finding.rule == rule)


def fired(found: PersonReview) -> set[str]:
    return {finding.rule for finding in found.findings}


def test_the_firmer_finding_on_the_same_fact_stands_for_the_weaker() -> None:
    found = review(medicines=["Clozapine 100mg tablets"], answers={"bowel.days_since": 4})
    assert {"CON-05", "AHC-127"} & fired(found) == set()
    assert "CON-05" in finding(found, "STOMP-47").superseded


def test_a_finding_on_one_medicine_does_not_hide_a_finding_on_another() -> None:
    """One antipsychotic above its maximum stands for the sum only if the sum is of that one alone."""
    high = {"text": "Risperidone 4mg tablets", "dosage": "5 a day"}
    alone = review(medicines=[high])
    assert "STOMP-23" in finding(alone, "STOMP-22").superseded
    two = review(medicines=[high, {"text": "Olanzapine 10mg tablets", "dosage": "1 a day"}])
    assert finding(two, "STOMP-23").superseded == ()
    assert finding(two, "STOMP-23").rules == ("STOMP-23", "STOMP-22")  # told as one, with what both say


def test_a_rider_is_said_only_beside_a_finding_on_the_same_medicine() -> None:
    lithium = {"text": "Lithium carbonate 400mg modified-release tablets", "dosage": "1 nocte"}
    quiet = review(medicines=[lithium], problems=["bipolar disorder"])
    assert "STOMP-95" not in fired(quiet)
    beside = review(medicines=[lithium], problems=[])  # no reason found: STOMP-09
    assert {"STOMP-09", "STOMP-95"} <= fired(beside)


def test_a_level_that_depends_on_an_unknown_fact_is_said_to() -> None:
    medicines = ["Amitriptyline 50mg tablets"]
    found = finding(review(medicines=medicines, complete=["medicines"]), "STOMP-34")
    assert found.level.value == "medium"
    assert "dx.dementia" in found.higher_if
    raised = finding(review(medicines=medicines, problems=["dementia"]), "STOMP-34")
    assert raised.level.value == "high"


def test_an_urgent_finding_has_something_to_do_today() -> None:
    medicines = ["Clozapine 100mg tablets", "Codeine 30mg tablets"]
    found = review(medicines=medicines, answers={"bowel.days_since": 3, "bowel.red_flags": ["severe_pain"]})
    urgent = [f for f in found.findings if f.level.value == "urgent"]
    assert urgent
    for it in urgent:
        assert any(action.due == AS_OF for action in it.actions), it.rule


def test_a_theme_is_clear_only_when_all_its_rules_were_decided() -> None:
    states = {theme.id: theme for theme in review(medicines=[]).themes}
    assert states["constipation"].state.value == "not_assessed"
    assert 0 < states["constipation"].assessed < states["constipation"].rules
    for theme in states.values():
        assert (theme.state.value == "clear") <= (theme.assessed == theme.rules > 0)


def test_the_most_pressing_person_comes_first() -> None:
    quiet = record_from_mapping({"person": {"id": "quiet"}, "medicines": ["Senna 7.5mg tablets"]})
    loud = record_from_mapping(
        {"person": {"id": "loud"}, "medicines": ["Clozapine 100mg tablets"], "answers": {"bowel.days_since": 5}}
    )
    people = review_records([quiet, loud], REVIEWER, AS_OF).people
    assert [person.person_id for person in people] == ["loud", "quiet"]


TEXTS = st.sampled_from(
    ["Risperidone 1mg tablets", "Senna 7.5mg tablets", "Zzyzx 5mg", "Sertraline 50mg tablets", "", "Epilim 200"]
)
DAYS = st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(TEXTS, DAYS, DAYS), max_size=8), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_the_ledger_adds_up(lines: list[tuple[str, date | None, date | None]], rejected: int) -> None:
    medicines = tuple(
        MedicineLine(text, Row(number), last_issue=issued, end=end) for number, (text, issued, end) in enumerate(lines)
    )
    found = REVIEWER.review(Record(medicines=medicines), AS_OF)
    ledger = ledger_of([found], [RejectedRow("list.csv", n, "ragged") for n in range(rejected)])
    assert ledger.rows_read == len(lines) + rejected
    assert ledger.rows_unrecognised == len(found.unrecognised)


def test_a_medicine_that_an_answer_tells_counts_and_is_no_row_of_the_input() -> None:
    answers = {"meds.hospital_supplied": ["clozapine"], "bowel.days_since": 4}
    record = record_from_mapping({"medicines": ["Lactulose 3.1-3.7g/5ml oral solution"], "answers": answers})
    found = REVIEWER.review(record, AS_OF)
    assert "STOMP-47" in {finding.rule for finding in found.findings}
    assert ledger_of([found], []).rows_read == 1


@pytest.mark.parametrize("record", [{}, {"medicines": []}, {"answers": {"bowel.pain": "unheard of"}}])
def test_an_empty_record_is_reviewed_and_nothing_is_called_clear(record: Mapping[str, Any]) -> None:
    found = REVIEWER.review(record_from_mapping(record), AS_OF)
    assert {it.fact.split("(")[0] for finding in found.findings for it in finding.because} <= {"missing"}
    assert found.could_not_assess
    assert not [theme for theme in found.themes if theme.state is ThemeStatus.CLEAR]


def reviewer_with(**supersedes: tuple[str, ...]) -> Reviewer:
    """The shipped content with other supersessions: rule (underscore for hyphen) → the rules it stands for."""
    content = load_content(find_content())
    changed = {rule.replace("_", "-"): weaker for rule, weaker in supersedes.items()}
    rules = {id_: replace(rule, supersedes=changed.get(id_, ())) for id_, rule in content.rules.items()}
    return Reviewer(replace(content, rules=rules))


FOUR_DAYS = record_from_mapping({"answers": {"bowel.days_since": 4}})  # CON-05 and AHC-127, both high, on one fact


def test_two_rules_that_stand_for_each_other_do_not_both_vanish() -> None:
    both = reviewer_with(CON_05=("AHC-127",), AHC_127=("CON-05",)).review(FOUR_DAYS, AS_OF)
    assert len({"CON-05", "AHC-127"} & fired(both)) == 1


def test_what_a_hidden_finding_stood_for_is_told_by_the_one_that_is_shown() -> None:
    five_days = record_from_mapping({"answers": {"bowel.days_since": 5}})
    chain = reviewer_with(AHC_128=("CON-05",), CON_05=("AHC-127",)).review(five_days, AS_OF)
    assert {"CON-05", "AHC-127"} & fired(chain) == set()
    assert set(finding(chain, "AHC-128").superseded) == {"CON-05", "AHC-127"}
