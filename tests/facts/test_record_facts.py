"""What a record can and cannot say: answers, observations, dates, and which of two sources decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck_cli.conditions.values import DateRange, FactValue, Interval, PersonFacts, State
from healthcheck_cli.content.load import find_content, load_content
from healthcheck_cli.readers.record_file import record_from_mapping
from healthcheck_cli.record import Answer, AnswerState, AnswerValue, Record
from healthcheck_cli.review import Reviewer

AS_OF = date(2026, 11, 22)
CONTENT = load_content(find_content())
REVIEWER = Reviewer(CONTENT)


def facts(**record: Any) -> PersonFacts:
    return REVIEWER.person_facts(record_from_mapping(record), AS_OF)


def fact(name: str, **record: Any) -> FactValue:
    return facts(**record).fact(name)


def answered(on: date = AS_OF, **values: AnswerValue) -> Mapping[str, Answer]:
    at = datetime(on.year, on.month, on.day, 10, tzinfo=timezone.utc)
    named = {name.replace("__", "."): value for name, value in values.items()}
    return {name: Answer(name, AnswerState.ANSWERED, value, at=at) for name, value in named.items()}


def weight(value: object, day: str, unit: str = "kg") -> dict[str, object]:
    return {"name": "weight", "value": value, "unit": unit, "date": day}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("-", None),
        ({"state": "declined"}, State.DECLINED),
        ({"state": "not_known"}, State.NOT_KNOWN),
        ({"state": "not_asked"}, State.UNKNOWN),
        ({"state": "not_applicable"}, State.DOES_NOT_APPLY),
    ],
)
def test_an_answer_without_a_value_has_none(answer: object, state: State | None) -> None:
    found = fact("bowel.days_since", answers={"bowel.days_since": answer})
    assert found.value is None
    assert found.state is (state or State.UNKNOWN)


def test_nothing_ticked_is_known_and_not_missing() -> None:
    found = fact("bowel.symptoms", answers={"bowel.symptoms": ["none"]})
    assert (found.state, found.value) == (State.KNOWN, frozenset())


def test_a_question_for_somebody_else_does_not_apply() -> None:
    asked_of_epilepsy = "epi.last_tc"
    assert fact(asked_of_epilepsy, answers={"epi.has": "no"}).state is State.DOES_NOT_APPLY
    assert fact(asked_of_epilepsy, answers={"epi.has": "yes_active"}).state is State.UNKNOWN
    assert fact(asked_of_epilepsy).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("observation", "kilograms"),
    [
        (weight(72.5, "2026-05-01"), 72.5),
        (weight(11.2, "2026-05-01", "stone"), 71.1233),
        (weight(160, "2026-05-01", "lb"), 72.5748),
    ],
)
def test_a_unit_is_converted(observation: dict[str, object], kilograms: float) -> None:
    found = fact("meas.weight", observations=[observation]).value
    assert isinstance(found, Interval)
    assert found.low == pytest.approx(kilograms, abs=1e-3)


def test_a_unit_that_cannot_be_converted_is_no_value() -> None:
    assert fact("meas.weight", observations=[weight(170, "2026-05-01", "cm")]).value is None


def test_a_value_too_old_is_unknown_and_its_date_is_not() -> None:
    found = fact("meas.weight", observations=[weight(80, "2024-05-01")])
    assert (found.state, found.value) == (State.UNKNOWN, None)
    assert found.dates == DateRange(date(2024, 5, 1), date(2024, 5, 1))
    assert "too old" in found.shown


def test_an_observation_after_the_day_of_the_review_changes_nothing() -> None:
    later = [weight(80, "2026-05-01"), weight(99, "2026-11-23")]
    assert fact("meas.weight", observations=later).value == Interval.exactly(80)


def test_absent_from_a_complete_list_is_never_and_from_a_later_day_only_not_since() -> None:
    assert fact("meas.ecg", complete=["events"]).dates == DateRange(None, None)
    since = fact("meas.ecg", complete={"events": "2025-01-01"}).dates
    assert since == DateRange(None, date(2025, 1, 1))
    assert fact("meas.ecg").dates is None


def test_a_problem_list_complete_from_a_day_does_not_rule_out_an_older_problem() -> None:
    assert fact("dx.epilepsy", problems=[], complete=["problems"]).value is False
    assert fact("dx.epilepsy", problems=[], complete={"problems": "2020-01-01"}).state is State.UNKNOWN
    in_five_years = fact("dx.depression", problems=[], complete={"problems": "2020-01-01"})
    assert in_five_years.value is False


def test_the_newer_of_answer_and_record_decides_and_the_other_is_told() -> None:
    record = record_from_mapping({"observations": [weight(80, "2026-06-01")]})
    for day, kilograms in ((AS_OF, 75.0), (date(2026, 3, 1), 80.0)):
        told = Record(observations=record.observations, answers=answered(day, meas__weight=75.0))
        found = REVIEWER.person_facts(told, AS_OF).fact("meas.weight")
        assert found.value == Interval.exactly(kilograms)
        assert "80" in found.shown
        assert "75" in found.shown


def test_yes_from_either_source_is_yes_for_a_diagnosis() -> None:
    both = fact("dx.epilepsy", problems=["epilepsy"], complete=["problems"], answers={"epi.has": "no"})
    assert both.value is True
    assert "record says" in both.shown


def test_a_reason_beside_a_medicine_is_a_problem() -> None:
    found = fact("dx.epilepsy", medicines=[{"text": "Epilim 200", "indication": "epilepsy"}])
    assert (found.value, found.rows) == (True, (1,))


def test_age_is_a_range_where_only_the_year_of_birth_is_known() -> None:
    assert fact("person.age", person={"date_of_birth": "1980"}).value == Interval(45, 46)
    assert fact("person.age", person={"date_of_birth": "1980-11-22"}).value == Interval.exactly(46)
    assert fact("person.age", person={"date_of_birth": "1980-11-23"}).value == Interval.exactly(45)


def test_bmi_is_worked_out_for_adults_only() -> None:
    size = [weight(71.67, "2026-05-01"), {"name": "height", "value": 162.56, "unit": "cm", "date": "2026-05-01"}]
    assert fact("meas.bmi", person={"age": 40}, observations=size).value == Interval.exactly(27.1)
    assert fact("meas.bmi", person={"age": 17}, observations=size).state is State.DOES_NOT_APPLY


@pytest.mark.parametrize(("days", "known"), [(121, False), (122, True), (274, True), (275, False)])
def test_weight_change_over_six_months_wants_a_weight_in_its_window(days: int, known: bool) -> None:
    before = (AS_OF - timedelta(days=days)).isoformat()
    found = fact("meas.weight_change_pct_6m", observations=[weight(80, before), weight(72, AS_OF.isoformat())])
    assert (found.value == Interval.exactly(-10)) is known
    assert (found.state is State.KNOWN) is known


def test_a_programme_form_said_to_be_in_date_is_of_some_day_of_the_year() -> None:
    valproate = {"medicines": ["Sodium valproate 200mg tablets"], "complete": ["medicines"]}
    in_date = fact("ppp.valproate_form", answers={"epi.valproate": "yes_programme_in_date"}, **valproate)
    assert in_date.dates == DateRange(date(2025, 11, 23), AS_OF)
    out = fact("ppp.valproate_form", answers={"epi.valproate": "yes_not_in_date"}, **valproate)
    assert out.dates == DateRange(None, date(2025, 11, 22))
    assert (
        fact("ppp.valproate_form", answers={"epi.valproate": "not_needed"}, **valproate).state is State.DOES_NOT_APPLY
    )
    assert fact("ppp.valproate_form", answers={"epi.valproate": "no"}, **valproate).state is State.UNKNOWN


RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "problems": st.lists(st.sampled_from(["epilepsy", "Down syndrome", "?dementia", "unheard of"]), max_size=3),
        "medicines": st.lists(st.sampled_from(["Risperidone 1mg tablets", "Zzyzx", "Senna 7.5mg tablets"]), max_size=3),
        "observations": st.lists(
            st.builds(weight, st.floats(30, 200), st.sampled_from(["2020-01-01", "2026-05-01", "2027-01-01"])),
            max_size=3,
        ),
        "answers": st.fixed_dictionaries(
            {}, optional={"epi.has": st.sampled_from(["no", "yes_active"]), "bowel.days_since": st.integers(0, 9)}
        ),
        "complete": st.lists(st.sampled_from(["medicines", "problems", "observations"]), unique=True, max_size=3),
    },
)


@given(RECORDS)
@settings(max_examples=25, deadline=None)
def test_completeness_settles_what_was_unknown_and_overturns_nothing(record: dict[str, Any]) -> None:
    """Saying that the lists leave nothing out turns unknown into known, never one known value into another."""
    before = facts(**{**record, "complete": []})
    after = facts(**record)
    for name in ("dx.epilepsy", "dx.dementia", "meas.weight", "bowel.days_since", "person.age", "epi.last_tc"):
        was, now = before.fact(name), after.fact(name)
        if was.state is State.KNOWN:
            assert (was.value, was.dates) == (now.value, now.dates)
