"""What the rules say while a check is under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from healthcheck_cli.cli.check_services import Services
from healthcheck_cli.conditions.values import Truth
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.interview.saved import Check
from healthcheck_cli.live_review import LiveReview
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, LastCheck, PartialDate, Person, Record

NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
FITS = "epi.last_any"


@pytest.fixture(scope="module")
def live() -> LiveReview:
    check = Check("2026-11-22-1", "", NOW, "1", "a")
    return LiveReview(Services(load_content(find_content())).reviewer, check, Record(), check.day)


def given(**answers: AnswerValue) -> dict[str, Answer]:
    named = {name.replace("__", "."): value for name, value in answers.items()}
    return {name: Answer(name, AnswerState.ANSWERED, value, typed="2", at=NOW) for name, value in named.items()}


def applies(live: LiveReview, answers: Mapping[str, Answer]) -> Truth:
    return live.applies(live.reviewer.content.questions[FITS], answers)


def test_a_gate_follows_each_new_set_of_answers(live: LiveReview) -> None:
    assert applies(live, {}) is Truth.UNKNOWN
    assert applies(live, given(epi__has="no")) is Truth.FALSE
    assert applies(live, given(epi__has="yes_active")) is Truth.TRUE


def test_why_a_question_was_left_out_is_told_in_words_and_not_by_the_names_of_facts(live: LiveReview) -> None:
    question = live.reviewer.content.questions[FITS]
    assert live.why_not(question, given(epi__has="no")) == "Epilepsy: no"


def test_a_finding_stands_on_the_words_of_an_answer_not_on_the_key_that_was_typed(live: LiveReview) -> None:
    (person,) = live.review(given(epi__has="yes_active", epi__change=("more_or_worse_6_months",))).people
    (finding,) = (it for it in person.findings if it.rule == "EPI-06")
    assert "more fits, or worse ones, in the last 6 months" in finding.because[0].shown


def test_what_cannot_wait_is_told_with_everything_to_do(live: LiveReview) -> None:
    assert live.urgent(given(bowel__days_since=4.0)) == ()
    alerts = live.urgent(given(bowel__days_since=4.0, meds__hospital_supplied=("clozapine",)))
    assert "STOMP-47" in [alert.key for alert in alerts]
    assert all(alert.action for alert in alerts)


def test_the_plan_so_far_begins_with_what_is_urgent_and_holds_no_markup(live: LiveReview) -> None:
    plan = live.plan_so_far(given(bowel__red_flags=("severe_pain",), swallow__signs=("cough",)))
    assert plan.startswith("URGENT")
    assert "CON-02" in plan.splitlines()[1]
    assert not any(mark in plan for mark in ("**", "> ", "[", "##"))


def test_a_rule_is_urgent_by_its_answer_and_neither_yes_nor_no_where_that_is_missing(live: LiveReview) -> None:
    gone = replace(given(bowel__days_since=6.0)["bowel.days_since"], state=AnswerState.NOT_KNOWN, value=None)
    found = [
        live.finds_urgent("AHC-128", answers)
        for answers in (given(bowel__days_since=6.0), given(bowel__days_since=0.0), {"bowel.days_since": gone}, {})
    ]
    assert found == [Truth.TRUE, Truth.FALSE, Truth.UNKNOWN, Truth.UNKNOWN]


def test_an_answer_to_a_question_that_is_no_longer_asked_is_kept(live: LiveReview) -> None:
    old = replace(given(epi__has="no")["epi.has"], question="gone.question")
    assert live.record({"gone.question": old}).answers["gone.question"] == old


def test_what_follows_from_the_answers_is_told_and_what_lacks_a_part_is_not(live: LiveReview) -> None:
    weighed = given(demo__sex_registered="male", meas__weight=72.0)
    assert live.worked_out(weighed) == {}
    worked_out = live.worked_out({**weighed, **given(meas__height=163.0)})
    assert list(worked_out) == ["bmi"]
    assert worked_out["bmi"].startswith("BMI: 27.1 kg/m², overweight")
    assert "scores 3 by itself" in live.worked_out(given(sepsis__alertness="voice"))["news2"]


def test_a_new_answer_is_held_against_the_others_and_against_last_year(live: LiveReview) -> None:
    questions = live.reviewer.content.questions
    odd = live.odd(questions["meas.bp_dia"], 80.0, given(meas__bp_sys=70.0))
    assert [(it.id, it.impossible) for it in odd] == [("bp_order", True)]
    earlier = {name: replace(it, at=NOW.replace(year=2025)) for name, it in given(meas__weight=80.0).items()}
    after = replace(live, previous=LastCheck(date(2025, 11, 22), earlier))
    assert "since 22 Nov 2025" in after.odd(questions["meas.weight"], 64.0, {})[0].message
    (offered,) = after.offers(questions["admin.last_check"], {})
    assert offered.in_words() == "22 Nov 2025 (the last check)"
    lost = {finding.rule for finding in after.review(given(meas__weight=64.0)).people[0].findings}
    assert "AHC-076" in lost - {it.rule for it in live.review(given(meas__weight=64.0)).people[0].findings}


def test_the_later_of_two_last_checks_counts_and_none_of_today(live: LiveReview) -> None:
    """One among the saved checks, one that the record supplied tells of."""
    saved, told = LastCheck(date(2025, 11, 22)), LastCheck(date(2026, 3, 1))
    both = replace(live, previous=saved, supplied=Record(previous=told))
    assert both.last_check == told
    assert both.record({}).previous == told
    assert replace(live, previous=LastCheck(NOW.date())).last_check is None


def test_the_details_of_the_record_are_offered_and_an_answer_that_is_not_theirs_is_asked_back(live: LiveReview) -> None:
    """The list may be that of somebody else. No value stands in what is asked."""
    questions = live.reviewer.content.questions
    born, sex, ethnicity = (questions[it] for it in ("demo.dob", "demo.sex_registered", "demo.ethnicity"))
    of_record = Person(date_of_birth=PartialDate.of(date(2011, 6, 1)), sex="F", ethnicity="Pakistani")
    with_record = replace(live, supplied=Record(person=of_record))
    offered = [offer.in_words() for it in (born, sex, ethnicity) for offer in with_record.offers(it, {})]
    assert offered == ["1 Jun 2011 (the record)", "female (the record)", "Pakistani (the record)"]
    other = ((born, PartialDate.of(date(1981, 6, 1))), (sex, "male"))
    asked = [with_record.odd(question, value, {})[0] for question, value in other]
    assert [(it.message, it.kind) for it in asked] == [
        ("The record that was given says another date of birth: is it this person's?", "soft"),
        ("The record that was given says another sex: is it this person's?", "soft"),
    ]
    assert not any(live.odd(question, value, {}) for question, value in other)
    assert not with_record.odd(born, PartialDate(date(2011, 1, 1), date(2011, 12, 31)), {})
    assert not with_record.odd(sex, "not_recorded", {})


def test_a_detail_that_no_answer_can_be_is_told_and_cannot_be_taken(live: LiveReview) -> None:
    child = Person(date_of_birth=PartialDate.of(date(2020, 6, 1)), ethnicity="Martian")
    with_record = replace(live, supplied=Record(person=child))
    questions = live.reviewer.content.questions
    (told,) = with_record.offers(questions["demo.dob"], {})
    assert not told.can_be_taken
    assert not with_record.offers(questions["demo.sex_registered"], {})
    assert not with_record.offers(questions["demo.ethnicity"], {})
