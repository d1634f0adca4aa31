"""Facts that compare this check with the last one: its answers and its medicine list, by its day."""

from __future__ import annotations

import math
from typing import Any

import pytest

from healthcheck_cli.conditions.values import FactValue, Interval, State
from healthcheck_cli.readers.record_file import record_from_mapping
from tests.facts.people import AS_OF, REVIEWER, fact
from tests.test_second_checker import FACTS, RULES

UNKNOWN, DOES_NOT_APPLY = State.UNKNOWN, State.DOES_NOT_APPLY
THEN = "2025-11-14"
PAID = {"carer.has": ["paid_at_home"]}
PROMPT, FULL = [{"activity": "eating", "help": "prompt"}], [{"activity": "eating", "help": "full"}]
SENNA, TWO_LAXATIVES = [{"drug": "senna"}], [{"drug": "senna"}, {"drug": "macrogol"}]
WEIGHT_LEFT_OUT = [{"what": "weight"}]
DOWNS = {"problems": ["Down syndrome"]}
EPILEPSY = {"problems": ["epilepsy"]}


def against(name: str, then: dict[str, Any] | None, now: dict[str, Any], **record: Any) -> object:
    """The value of a fact, or its state; ``then`` None: nothing is known of a check before."""
    last = {} if then is None else {"last_check": {"date": THEN, "answers": then}}
    return said(fact(name, answers=now, person={"age": 45}, **last, **record))


def said(found: FactValue) -> object:
    if isinstance(found.value, Interval):
        return found.value.low if found.value.exact else (found.value.low, found.value.high)
    return found.state if found.value is None else found.value


CASES: list[tuple[str, Any, dict[str, Any], dict[str, Any], object]] = [
    # fact, then, now, the rest of the record, what is known
    ("change.bowel_per_week", {"bowel.per_week": 6}, {"bowel.per_week": 4}, {}, -2),
    ("change.bowel_per_week", {}, {"bowel.per_week": 4}, {}, (-96, 4)),
    ("change.bowel_per_week", {"bowel.per_week": 6}, {}, {}, UNKNOWN),
    ("change.bowel_per_week", None, {"bowel.per_week": 4, "admin.last_check": "never"}, {}, DOES_NOT_APPLY),
    ("change.laxative_count", {"bowel.laxatives": SENNA}, {"bowel.laxatives": TWO_LAXATIVES}, {}, 1),
    ("change.laxative_count", {"bowel.laxatives": "none"}, {"bowel.laxatives": "none"}, {}, 0),
    ("change.laxative_count", {}, {"bowel.laxatives": SENNA}, {}, UNKNOWN),
    ("change.chest_infections", {"chest.infections": 1}, {"chest.infections": 2}, {}, 1),
    ("epi.per_month_change_pct", {"epi.per_month": 4}, {"epi.per_month": 6}, EPILEPSY, 50),
    ("epi.per_month_change_pct", {"epi.per_month": 0}, {"epi.per_month": 1}, EPILEPSY, 100),
    ("home.support_hours_change_pct", {"home.support_hours": 30}, {"home.support_hours": 20, **PAID}, {}, -33.33),
    ("home.support_hours_change_pct", {"home.support_hours": 0}, {"home.support_hours": 9, **PAID}, {}, (0, math.inf)),
    ("home.support_hours_change_pct", {}, {"home.support_hours": 20, **PAID}, {}, UNKNOWN),
    ("mobility.level_worse", {"mobility.level": "walks"}, {"mobility.level": "walks_helped"}, {}, True),
    ("mobility.level_worse", {"mobility.level": "hoisted"}, {"mobility.level": "walks_helped"}, {}, False),
    ("home.adl_more_help_n", {"home.adl": PROMPT}, {"home.adl": FULL}, {}, (1, 5)),
    ("home.adl_more_help_n", {"home.adl": FULL}, {"home.adl": FULL}, {}, (0, 4)),
    ("change.measure_refused_twice", {"exam.not_done": WEIGHT_LEFT_OUT}, {"exam.not_done": WEIGHT_LEFT_OUT}, {}, True),
    ("change.measure_refused_twice", {"exam.not_done": WEIGHT_LEFT_OUT}, {"meas.weight_how": "not_done"}, {}, UNKNOWN),
    ("change.measure_refused_twice", {"exam.not_done": "none"}, {"exam.not_done": WEIGHT_LEFT_OUT}, {}, False),
    ("change.measure_refused_twice", {}, {"exam.not_done": WEIGHT_LEFT_OUT}, {}, UNKNOWN),
    ("cont.new_leak", {"cont.urine": "dry"}, {"cont.urine": "some_leaks"}, {}, True),
    ("cont.new_leak", {"cont.urine": "dry"}, {"cont.urine": "some_leaks", "cont.new_leak": "no"}, {}, False),
    ("cont.new_leak", {"cont.urine": "some_leaks"}, {"cont.urine": "some_leaks"}, {}, UNKNOWN),
]


@pytest.mark.parametrize(("name", "then", "now", "record", "expected"), CASES)
def test_an_answer_is_held_against_last_years(
    name: str, then: dict[str, Any] | None, now: dict[str, Any], record: dict[str, Any], expected: object
) -> None:
    assert against(name, then, now, **record) == expected


OTHERS = {"history.family": "none", "dental.last_visit": "2026-06-01", "hearing.last_test": "2026-06-01"}
SCREENED = {f"screen.{it}": "up_to_date" for it in ("bowel", "breast", "cervix", "eye")}


@pytest.mark.parametrize(
    ("then", "now", "record", "expected"),
    [
        ("2023-01-10", "2023-01-10", {}, 1),  # overdue then and now
        ("2024-01-10", "2024-01-10", {}, 0),  # overdue now only
        ("2023-01-10", "2025-12-10", {}, 0),  # overdue then, and done since
        ("never", "never", {}, 1),
        ("2024-05-10", "2024-05-10", DOWNS, 1),  # every year with Down syndrome
        (None, "2023-01-10", {}, (0, 1)),
        ("2023-01-10", None, {}, (0, 1)),
    ],
)
def test_a_date_was_missed_twice_where_it_was_overdue_at_both_checks_and_nothing_came_between(
    then: str | None, now: str | None, record: dict[str, Any], expected: object
) -> None:
    before = {**OTHERS, **SCREENED, **({"vision.last_test": then} if then else {})}
    after = {**OTHERS, **SCREENED, **({"vision.last_test": now} if now else {})}
    lists = {"problems": [], "complete": ["problems"], **record}
    assert against("change.dates_missed_twice_n", before, after, **lists) == expected


def test_screening_that_was_outstanding_at_both_checks_was_missed_twice() -> None:
    seen = {**OTHERS, **SCREENED, "vision.last_test": "2026-06-01"}
    record = {"problems": [], "complete": ["problems"]}
    bowel = {"age": 60, "sex": "M"}
    for then, now, expected in (("due", "never", 1), ("due", "declined", 0), ("up_to_date", "due", 0)):
        last = {"date": THEN, "answers": {**seen, "screen.bowel": then}}
        found = fact(
            "change.dates_missed_twice_n",
            answers={**seen, "screen.bowel": now},
            person=bowel,
            last_check=last,
            **record,
        )
        assert said(found) == expected


@pytest.mark.parametrize(
    ("name", "rule"),
    [("vision.test_overdue", "AHC-215"), ("dental.visit_overdue", "AHC-223"), ("hearing.test_overdue", "AHC-220")],
)
def test_what_is_overdue_is_what_the_rule_on_it_asks(name: str, rule: str) -> None:
    whole = " ".join(RULES[rule]["when"].split())
    for part in " ".join(FACTS[name]["defined"].split()).split(" or ", 1):
        assert part in whole


OMEPRAZOLE = {"text": "Omeprazole 20mg capsules", "dosage": "one daily"}
NEW = {**OMEPRAZOLE, "start": "2026-03-01"}
TOLD_WHY, NO_WHY = [{"name": "omeprazole", "why": "reflux"}], [{"name": "omeprazole"}]
EMPTY: list[Any] = []
RAMIPRIL_FOR = {"text": "Ramipril 5mg capsules", "dosage": "one daily", "indication": "blood pressure"}


@pytest.mark.parametrize(
    ("then", "now", "answers", "expected"),
    [
        (EMPTY, [NEW], {"meds.list": NO_WHY}, True),
        (EMPTY, [NEW], {"meds.list": TOLD_WHY}, False),
        (EMPTY, [NEW], {"meds.indication": "yes"}, False),
        (EMPTY, [NEW], {}, UNKNOWN),  # no list here says what anything is for
        (EMPTY, [{**NEW, "indication": "reflux"}], {}, False),
        ([RAMIPRIL_FOR], [RAMIPRIL_FOR, NEW], {}, True),
        ([OMEPRAZOLE], [OMEPRAZOLE], {"meds.list": NO_WHY}, False),  # the same as then
        ([OMEPRAZOLE], [{**OMEPRAZOLE, "dosage": "two daily"}], {"meds.list": NO_WHY}, True),
        ([OMEPRAZOLE], [{**OMEPRAZOLE, "text": "Omeprazole 10mg capsules", "dosage": "two daily"}], {}, False),
        ([OMEPRAZOLE], [{**OMEPRAZOLE, "dosage": "as directed"}], {"meds.list": NO_WHY}, UNKNOWN),
        (EMPTY, [OMEPRAZOLE], {"meds.list": NO_WHY}, True),  # not on a list that left nothing out
        ([{"text": "Something unreadable"}], [OMEPRAZOLE], {"meds.list": NO_WHY}, UNKNOWN),
        (None, [NEW], {"meds.list": NO_WHY}, UNKNOWN),
    ],
)
def test_a_medicine_is_new_or_changed_without_a_reason(
    then: list[Any] | None, now: list[Any], answers: dict[str, Any], expected: object
) -> None:
    last = {} if then is None else {"last_check": {"date": THEN, "medicines": then, "complete": ["medicines"]}}
    found = fact("change.medicine_no_reason", medicines=now, complete=["medicines"], answers=answers, **last)
    assert said(found) == expected


def test_a_new_medicine_with_its_usual_reason_on_the_record_has_one() -> None:
    levetiracetam = {"text": "Levetiracetam 500mg tablets", "dosage": "one twice a day", "start": "2026-03-01"}
    for problems, expected in (["epilepsy"], False), ([], True):
        found = fact(
            "change.medicine_no_reason",
            medicines=[levetiracetam],
            problems=problems,
            complete=["medicines", "problems"],
            answers={"meds.list": [{"name": "levetiracetam"}]},
            last_check={"date": THEN, "medicines": [], "complete": ["medicines"]},
        )
        assert said(found) == expected


def test_laxatives_are_counted_on_two_whole_lists_where_nobody_was_asked() -> None:
    senna, laxido = "Senna 7.5mg tablets", "Laxido Orange oral powder sachets"
    for whole, expected in ((["medicines"], 1), ([], UNKNOWN)):
        last = {"date": THEN, "medicines": [senna], "complete": whole}
        found = fact(
            "change.laxative_count", medicines=[senna, laxido], complete=["medicines"], answers={}, last_check=last
        )
        assert said(found) == expected


def test_a_measurement_of_the_last_check_is_an_earlier_one_if_it_was_taken_in_the_same_way() -> None:
    now = {"meas.weight": 72, "meas.bp_sys": 150}
    then = {"meas.weight": 80, "meas.bp_sys": 120}
    assert against("meas.weight_change_pct_12m", then, now) == -10
    assert against("change.bp_sys", then, now) == 30
    chair = {**then, "meas.weight_how": "chair_scale"}
    assert against("meas.weight_change_pct_12m", chair, {**now, "meas.weight_how": "standing"}) is UNKNOWN


def test_a_constipating_medicine_is_new_since_the_day_of_the_last_check() -> None:
    codeine = {"text": "Codeine 30mg tablets", "dosage": "one daily", "start": "2026-03-01"}
    last = {"date": THEN, "medicines": []}
    assert fact("change.new_constipating", medicines=[codeine], complete=["medicines"], last_check=last).value is True


def test_a_check_of_the_same_day_or_later_is_not_the_last_one() -> None:
    record = record_from_mapping(
        {"answers": {"bowel.per_week": 4}, "last_check": {"date": AS_OF, "answers": {"bowel.per_week": 6}}}
    )
    assert said(REVIEWER.person_facts(record, AS_OF).fact("change.bowel_per_week")) == (-96, 4)
