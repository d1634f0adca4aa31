"""The monitoring table read for one person: due, overdue, up to date, and what cannot be told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from healthcheck_cli.conditions.evaluate import evaluate
from healthcheck_cli.conditions.values import DateRange, FactValue, Interval, State, Truth
from healthcheck_cli.facts import line_history
from healthcheck_cli.facts.monitoring import Due, MonitoringDue, _delta, monitoring_due
from healthcheck_cli.readers.record_file import record_from_mapping
from tests.facts.people import AS_OF, REVIEWER, fact, facts, observed

RISPERIDONE = "Risperidone 1mg tablets"
PRIADEL = "Priadel 400mg modified-release tablets"
CLOZAPINE = "Clozapine 100mg tablets"
LONG_AGO = "2019-03-14"
WHOLE = ["medicines", "observations", "events"]


def due(test: str, product: str, start: str, *observations: dict[str, object], **record: Any) -> MonitoringDue:
    """How one test stands with one medicine, begun on a day ("" for one that is not known)."""
    medicine = {"text": product, "start": start} if start else {"text": product}
    whole = {"person": {"age": 40}, "medicines": [medicine], "observations": list(observations), **record}
    return next(it for it in monitoring_due(facts(**whole), REVIEWER.content) if it.test.id == test)


def weighed(day: str) -> dict[str, object]:
    return observed("weight", 80, "kg", day)


def lithium(level: float, day: str) -> dict[str, object]:
    return observed("lithium level", level, "mmol/L", day)


def counted(day: str) -> dict[str, object]:
    return observed("full blood count", on=day)


COUNT = "clozapine-blood-count"
STANDS = [
    # a year from the last, to the day
    ("antipsychotic-weight", RISPERIDONE, LONG_AGO, [weighed("2025-11-23")], Due.UP_TO_DATE, "2026-11-23"),
    ("antipsychotic-weight", RISPERIDONE, LONG_AGO, [weighed("2025-11-22")], Due.OVERDUE, "2026-11-22"),
    # 12 weeks after the start; a weight of the start does not stand for it, one of two weeks before does
    ("antipsychotic-weight", RISPERIDONE, "2026-08-30", [weighed("2026-08-30")], Due.OVERDUE, "2026-11-22"),
    ("antipsychotic-weight", RISPERIDONE, "2026-08-31", [weighed("2026-08-31")], Due.UP_TO_DATE, "2026-11-23"),
    ("antipsychotic-weight", RISPERIDONE, "2026-08-30", [weighed("2026-11-08")], Due.UP_TO_DATE, "2027-11-08"),
    # at the start: one of the 4 weeks before it counts
    ("antipsychotic-weight", RISPERIDONE, "2026-11-20", [weighed("2026-10-23")], Due.UP_TO_DATE, "2027-02-12"),
    ("antipsychotic-weight", RISPERIDONE, "2026-11-20", [weighed("2026-10-22")], Due.DUE, "2026-11-20"),
    # every 3 months in the first year of lithium, or with a level of 0.8 or more; else every 6
    ("lithium-level", PRIADEL, "2025-11-23", [lithium(0.6, "2026-08-22")], Due.OVERDUE, "2026-11-22"),
    ("lithium-level", PRIADEL, "2025-11-22", [lithium(0.8, "2026-08-22")], Due.OVERDUE, "2026-11-22"),
    # due on the day, overdue a month later
    ("lithium-weight", PRIADEL, LONG_AGO, [weighed("2026-05-22")], Due.DUE, "2026-11-22"),
    ("lithium-weight", PRIADEL, LONG_AGO, [weighed("2026-04-22")], Due.OVERDUE, "2026-10-22"),
    # clozapine: each week for 18 weeks, each second week to week 52, then every 4 weeks
    (COUNT, CLOZAPINE, "2026-07-20", [counted("2026-11-15")], Due.OVERDUE, "2026-11-22"),
    (COUNT, CLOZAPINE, "2026-07-19", [counted("2026-11-15")], Due.UP_TO_DATE, "2026-11-29"),
    (COUNT, CLOZAPINE, LONG_AGO, [counted("2026-10-25")], Due.DUE, "2026-11-22"),
    (COUNT, CLOZAPINE, LONG_AGO, [counted("2026-10-11")], Due.OVERDUE, "2026-11-08"),
]  # fmt: skip


@pytest.mark.parametrize(("test", "product", "start", "observations", "state", "day"), STANDS)
def test_when_a_test_is_due(
    test: str, product: str, start: str, observations: list[dict[str, object]], state: Due, day: str
) -> None:
    risks_known = [observed("eGFR", 80, "mL/min", "2026-11-01")]
    found = due(test, product, start, *observations, *risks_known, complete=WHOLE)
    assert (found.state, found.due) == (state, date.fromisoformat(day))


def test_what_is_not_found_is_overdue_only_where_the_results_leave_nothing_out() -> None:
    absent = due("antipsychotic-lipids", RISPERIDONE, LONG_AGO)
    assert (absent.state, absent.never, absent.due) == (Due.NOT_KNOWN, False, None)
    never = due("antipsychotic-lipids", RISPERIDONE, LONG_AGO, complete=WHOLE)
    assert (never.state, never.never) == (Due.OVERDUE, True)
    since = due("antipsychotic-lipids", RISPERIDONE, LONG_AGO, complete={"observations": "2025-11-22"})
    assert (since.state, since.last) == (Due.OVERDUE, None)  # none in the 12 months that are whole
    since = due("antipsychotic-lipids", RISPERIDONE, LONG_AGO, complete={"observations": "2026-01-01"})
    assert since.state is Due.NOT_KNOWN


def test_a_start_that_is_not_known_leaves_open_what_depends_on_it() -> None:
    yearly = due("antipsychotic-weight", RISPERIDONE, "", weighed("2026-05-01"))
    assert (yearly.state, yearly.begun) == (Due.UP_TO_DATE, None)  # the checks of a start were not looked at
    assert due(COUNT, CLOZAPINE, "", counted("2026-11-01")).state is Due.NOT_KNOWN
    assert due(COUNT, CLOZAPINE, "", counted("2026-09-01")).state is Due.OVERDUE
    never = due("antipsychotic-weight", RISPERIDONE, "", complete=WHOLE)
    assert (never.state, never.may_be_overdue) == (Due.DUE, True)


def test_whom_a_test_is_for() -> None:
    tests = {it.test.id for it in monitoring_due(facts(person={"age": 17}, medicines=[RISPERIDONE]), REVIEWER.content)}
    assert "antipsychotic-height-under-18" in tests
    assert "antipsychotic-lipids" not in tests
    unknown = due("antipsychotic-weight", RISPERIDONE, LONG_AGO, weighed("2020-01-01"), person={}, complete=WHOLE)
    assert (unknown.state, unknown.may_be_overdue) == (Due.NOT_KNOWN, True)
    ended = {"text": RISPERIDONE, "end": "2026-01-01"}
    assert not monitoring_due(facts(person={"age": 40}, medicines=[ended]), REVIEWER.content)


def test_two_lines_of_one_medicine_are_one_test_with_both_rows() -> None:
    both = facts(person={"age": 40}, medicines=[RISPERIDONE, "Risperidone 500microgram tablets"])
    found = [it.rows for it in monitoring_due(both, REVIEWER.content) if it.test.id == "antipsychotic-weight"]
    assert found == [(1, 2)]


def test_of_two_rows_on_one_test_the_more_pressing_is_told() -> None:
    for day, state in (("2026-10-01", Due.OVERDUE), ("2026-11-01", Due.UP_TO_DATE)):
        person = facts(
            person={"age": 40}, medicines=[{"text": CLOZAPINE, "start": LONG_AGO}], observations=[counted(day)]
        )
        counts = [it for it in monitoring_due(person, REVIEWER.content) if it.test.test == "lab.fbc"]
        assert [(it.test.id, it.state) for it in counts] == [(COUNT, state)]


def test_overdue_tests_are_counted_once_for_all_medicines() -> None:
    record: dict[str, Any] = {
        "person": {"age": 40},
        "medicines": [{"text": RISPERIDONE, "start": LONG_AGO}, {"text": PRIADEL, "start": LONG_AGO}],
        "complete": ["medicines"],
    }
    old = fact("meds.monitoring_overdue_n", **record, observations=[weighed("2025-01-01")])
    assert isinstance(old.value, Interval)
    assert old.value.low == 1  # one weight is asked for by both
    assert old.value.high > 1  # no other test is known
    assert old.rows == (1, 2)
    nothing = fact("meds.monitoring_overdue_n", medicines=["Paracetamol 500mg tablets"], complete=["medicines"])
    assert nothing.value == Interval.exactly(0)
    unlisted = fact("meds.monitoring_overdue_n", medicines=["Paracetamol 500mg tablets"])
    assert isinstance(unlisted.value, Interval)
    assert not unlisted.value.exact
    assert fact("meds.monitoring_overdue_n").state is State.UNKNOWN


def test_the_checks_of_a_start_are_those_of_the_condition_on_a_line() -> None:
    """``start_checks_done`` and the table mean the same weeks."""
    tests = [it for it in REVIEWER.content.monitoring.values() if "STOMP-81" in it.told_by]
    assert {it.test for it in tests} == {"meas.weight", "meas.bp_sys", "lab.glycaemia", "lab.lipids"}
    for test in tests:
        assert test.base is not None
        assert timedelta(days=test.base.days) == line_history._AT_THE_START
        assert [timedelta(days=it.counts_from.days) for it in test.first] == [line_history._THEN_AGAIN]


CHECKS = "meds.ap_monitoring"
TOLD = [
    # rows of the table, what the record has, when it was last done, is there a value
    ([{"item": "lipids", "date": "2026-05-01"}], [], "2026-05-01", None),
    (
        [{"item": "lipids", "date": "2026-05-01"}],
        [observed("cholesterol", 5, "mmol/L", "2026-06-01")],
        "2026-06-01",
        None,
    ),
    ([{"item": "weight", "date": "2026-05-01"}], [], "2026-05-01", False),
    ([{"item": "weight", "date": "2026-05-01"}], [weighed("2026-06-01")], "2026-06-01", True),
    (
        [{"item": "weight", "date": "2026-06-01"}],
        [weighed("2026-05-01")],
        "2026-06-01",
        False,
    ),  # the newer has no figure
    ([{"item": "weight", "date": "some time"}, {"item": "waist", "date": "2026-06-01"}], [], None, False),
    ([{"item": "weight", "date": "2027-06-01"}], [], None, False),  # after the day of the review
]


@pytest.mark.parametrize(("rows", "recorded", "last", "has_value"), TOLD)
def test_the_tables_of_the_check_tell_when_a_test_was_last_done(
    rows: list[dict[str, str]], recorded: list[dict[str, object]], last: str | None, has_value: bool | None
) -> None:
    name = "lab.lipids" if has_value is None else "meas.weight"
    found = fact(name, medicines=[RISPERIDONE], answers={CHECKS: rows}, observations=recorded)
    assert (found.dates.latest if found.dates is not None else None) == (date.fromisoformat(last) if last else None)
    if has_value is not None:
        assert (found.value is not None) is has_value


def test_what_the_check_tells_counts_for_rules_and_the_table() -> None:
    rows = [{"item": it, "date": "2026-06"} for it in ("glucose", "movement")]
    told = {"answers": {CHECKS: rows}, "complete": WHOLE}
    assert due("antipsychotic-glucose", RISPERIDONE, LONG_AGO, **told).state is Due.UP_TO_DATE
    assert due("antipsychotic-movement", RISPERIDONE, LONG_AGO, **told).state is Due.UP_TO_DATE
    assert due("antipsychotic-lipids", RISPERIDONE, LONG_AGO, **told).state is Due.OVERDUE


PRODUCTS = {
    "antipsychotic": (RISPERIDONE, 40),
    "clozapine": (CLOZAPINE, 40),
    "lithium": (PRIADEL, 40),
    "valproate": ("Epilim Chrono 500 tablets", 40),
    "carbamazepine": ("Carbamazepine 200mg tablets", 40),
    "adhd_stimulant": ("Methylphenidate 10mg tablets", 12),
    "alpha_agonist_adhd": ("Guanfacine 1mg modified-release tablets", 12),
    "antidepressant": ("Mirtazapine 15mg tablets", 70),
}
SOUND = {"lab.lithium": 0.7, "lab.egfr": 80, "lab.egfr_fall_pct_12m": 0}
NOT_OF_INTERVALS = {"STOMP-81", "STOMP-33"}  # the checks of a start; another medicine beside it
TOLD_BY = [
    (test.id, rule)
    for test in REVIEWER.content.monitoring.values()
    for rule in test.told_by
    if rule not in NOT_OF_INTERVALS
]


@pytest.mark.parametrize(("test_id", "rule"), TOLD_BY)
def test_a_rule_fires_on_the_very_day_the_table_says_overdue(test_id: str, rule: str) -> None:
    """Everything else was done yesterday, so this test alone decides."""
    content = REVIEWER.content
    test = content.monitoring[test_id]
    assert test.usual is not None
    product, age = PRODUCTS[test.of[0]]
    if rule == "STOMP-87":
        age = 12
    record = record_from_mapping(
        {"person": {"age": age}, "medicines": [{"text": product, "start": LONG_AGO}], "complete": ["medicines"]}
    )
    late = AS_OF - _delta(test.usual.overdue_after)
    for done, overdue in ((late, True), (late + timedelta(days=1), False)):
        yesterday = AS_OF - timedelta(days=1)
        given = {
            it.test: FactValue(State.UNKNOWN, dates=DateRange(yesterday, yesterday))
            for it in content.monitoring.values()
        }
        given[test.test] = FactValue(State.UNKNOWN, dates=DateRange(done, done))
        for name, value in SOUND.items():
            dates = given[name].dates if name in given else None
            given[name] = FactValue(State.KNOWN, Interval.exactly(value), dates)
        who = REVIEWER.person_facts(record, AS_OF, {**given, "dx.heart_disease": FactValue(State.KNOWN, False)})
        fires = evaluate(content.rules[rule].when, who, content.vocabulary)
        stands = next(it for it in monitoring_due(who, content) if it.test.id == test_id)
        assert (fires is Truth.TRUE, stands.state is Due.OVERDUE) == (overdue, overdue), done
        assert fires is not Truth.UNKNOWN
