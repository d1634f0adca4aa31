"""Facts from the tables of the check and from several answers: known, left open, and not for this person."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from healthcheck_cli.conditions.values import Interval, State
from healthcheck_cli.facts.computed import COMPUTATIONS
from tests.docs.pages import page
from tests.facts.people import REVIEWER, fact, observed

UNKNOWN, DOES_NOT_APPLY, DECLINED = State.UNKNOWN, State.DOES_NOT_APPLY, State.DECLINED
NOT_FOR_THEM = {"state": "not_applicable"}
NO_RECORD: dict[str, Any] = {}
CATHETER = {"problems": ["urinary catheter"]}
DIABETES = {"problems": ["type 2 diabetes mellitus"]}
EPILEPSY = {"problems": ["epilepsy"]}
LISTS = {"problems": [], "complete": {"problems": True, "events": True}}
BLOODS_ASLEEP = {"ra.bloods_plan": "sedation_best_interests", "consent.refused": ["bloods"]}
NINE = ("hba1c", "bp", "lipids", "kidney", "acr", "bmi", "smoking", "feet", "eyes")
FIVE = ("washing", "dressing", "eating", "toilet", "moving")


def done(*late: str, leave_out: str = "") -> list[dict[str, str]]:
    """Diabetes checks of this year, but for those that are ``late``."""
    return [{"item": it, "date": "2025-03" if it in late else "2026-06"} for it in NINE if it != leave_out]


def helped(**more: str) -> list[dict[str, str]]:
    return [{"activity": it, "help": more.get(it, "none")} for it in FIVE]


def read(name: str, answers: dict[str, Any], **record: Any) -> object:
    """The value of a fact, or its state where it has none; a number that is known alone."""
    found = fact(name, answers=answers, **record)
    if isinstance(found.value, Interval):
        return found.value.low if found.value.exact else (found.value.low, found.value.high)
    return found.state if found.value is None else found.value


ROWS = [
    # fact, its table, rows, what is known
    ("bowel.laxatives_not_working", "bowel.laxatives", [{"drug": "a", "working": "no"}], True),
    ("bowel.laxatives_not_working", "bowel.laxatives", [{"drug": "a"}], UNKNOWN),
    ("bowel.laxatives_not_working", "bowel.laxatives", [{"drug": "a", "working": "yes"}], False),
    ("chest.oxygen_scale_missing", "chest.home_oxygen", [{"type": "oxygen"}], True),
    ("chest.oxygen_scale_missing", "chest.home_oxygen", [{"type": "oxygen", "scale_2_agreed": "perhaps"}], UNKNOWN),
    ("chest.oxygen_scale_missing", "chest.home_oxygen", [{"type": "oxygen", "scale_2_agreed": "no"}], False),
    ("behav.restraint_used", "behav.restraint", [{"type": "holding"}], True),
    ("behav.restraint_unplanned", "behav.restraint", [{"type": "holding", "authorised": "no"}], True),
    ("behav.restraint_unplanned", "behav.restraint", [{"type": "holding"}], UNKNOWN),
    ("consent.sharing_refused", "consent.sharing", [{"who": "school", "share": "no"}, {"who": "a"}], True),
    ("consent.sharing_refused", "consent.sharing", [{"who": "school", "share": "yes"}, {"who": "a"}], UNKNOWN),
    ("allergy.none_uncoded", "allergy.list", [{"what": "nuts"}], False),
    ("home.adl_help_n", "home.adl", helped(eating="full", toilet="some", moving="prompt"), 2),
    ("home.adl_help_n", "home.adl", [{"activity": "eating", "help": "full"}], (1, 5)),
    ("home.adl_more_help_n", "home.adl", helped(eating="full"), (0, 1)),
    ("home.adl_toilet", "home.adl", helped(toilet="some"), "some"),
    ("home.adl_toilet", "home.adl", [{"activity": "eating", "help": "full"}], UNKNOWN),
    ("home.adl_eating", "home.adl", [{"activity": "eating", "help": "full"}], "full"),
    ("history.unplanned_n", "history.admissions", [{"date": "2026-05", "planned": "no"}, {"date": "2026-06"}], (1, 2)),
    ("history.unplanned_n", "history.admissions", [{"date": "2025-05-01", "planned": "no"}], 0),
    ("history.unplanned_n", "history.admissions", [{"date": "2026-05", "cause": "planned_procedure"}], 0),
    ("history.days_since_discharge", "history.admissions", [{"discharged": "12/11/2026"}], 10),
    ("history.days_since_discharge", "history.admissions", [{"date": "2026-11-12"}], (0, 10)),
    ("history.days_since_discharge", "history.admissions", [{"discharged": "last spring"}], UNKNOWN),
    ("history.days_since_discharge", "history.admissions", [{"discharged": "2027-01-01"}], UNKNOWN),
    ("history.same_cause_n", "history.admissions", [{"cause": "seizure"}, {"cause": "seizure"}, {"cause": "heart"}], 2),
    ("history.same_cause_n", "history.admissions", [{"cause": "seizure"}, {"date": "2026-05"}], (1, 2)),
    ("history.same_cause_n", "history.admissions", [{"cause": "planned_procedure"}] * 2, 0),
    ("history.serious_admission", "history.admissions", [{"cause": "sepsis"}, {"date": "2026"}], True),
    ("history.serious_admission", "history.admissions", [{"date": "2026"}], UNKNOWN),
    ("history.serious_admission", "history.admissions", [{"cause": "heart"}], False),
    ("history.unreviewed_n", "history.conditions", [{"condition": "a", "date": "2025-01"}, {"condition": "b"}], (1, 2)),
    ("history.unreviewed_n", "history.conditions", [{"condition": "a", "date": "2026-01"}], 0),
    ("history.early_heart_family", "history.family", [{"condition": "heart", "age": "59"}], True),
    ("history.early_heart_family", "history.family", [{"condition": "heart", "age": "fifties"}], UNKNOWN),
    ("history.early_heart_family", "history.family", [{"condition": "heart", "age": "60"}], False),
    ("coord.services_n", "coord.specialists", [{"team": "a"}, {"team": "b"}], 2),
    ("coord.missed_open_n", "coord.specialists", [{"missed": "yes"}, {"missed": "yes", "new_date": "May"}], 1),
    ("coord.missed_open_n", "coord.specialists", [{"team": "a"}], (0, 1)),
    ("coord.discharged_dna", "coord.specialists", [{"missed": "yes", "discharged_for_missing": "yes"}], True),
    ("coord.discharged_dna", "coord.specialists", [{"missed": "yes"}], UNKNOWN),
    ("coord.discharged_dna", "coord.specialists", [{"missed": "no"}], False),
    ("coord.outstanding_n", "coord.outstanding", [{"what": "scan"}], 1),
    ("admin.open_n", "admin.last_plan_actions", [{"outcome": "part"}, {"outcome": "done"}, {"action": "a"}], (1, 2)),
    ("admin.open_high_n", "admin.last_plan_actions", [{"outcome": "not_done", "level": "high"}], 1),
    ("admin.open_high_n", "admin.last_plan_actions", [{"outcome": "not_done"}], (0, 1)),
    ("admin.open_high_n", "admin.last_plan_actions", [{"outcome": "done"}], 0),
    ("admin.open_twice_n", "admin.last_plan_actions", [{"outcome": "part", "years_open": "2"}], 1),
    ("admin.open_twice_n", "admin.last_plan_actions", [{"outcome": "part", "years_open": "1"}], 0),
    ("exam.not_done_n", "exam.not_done", [{"what": "waist"}, {"what": "ears"}], 2),
    ("change.measure_refused_twice", "exam.not_done", [{"what": "ears"}], False),
    ("change.measure_refused_twice", "exam.not_done", [{"what": "waist"}], UNKNOWN),
]
NOTHING_IN_THE_TABLE = {
    "bowel.laxatives_not_working": ("bowel.laxatives", False),
    "chest.oxygen_scale_missing": ("chest.home_oxygen", False),
    "behav.restraint_used": ("behav.restraint", False),
    "behav.restraint_unplanned": ("behav.restraint", False),
    "consent.sharing_refused": ("consent.sharing", False),
    "home.adl_help_n": ("home.adl", 0),
    "home.adl_more_help_n": ("home.adl", 0),
    "home.adl_toilet": ("home.adl", "none"),
    "home.adl_eating": ("home.adl", "none"),
    "history.unplanned_n": ("history.admissions", 0),
    "history.days_since_discharge": ("history.admissions", DOES_NOT_APPLY),
    "history.same_cause_n": ("history.admissions", 0),
    "history.serious_admission": ("history.admissions", False),
    "history.unreviewed_n": ("history.conditions", 0),
    "history.early_heart_family": ("history.family", False),
    "coord.services_n": ("coord.specialists", 0),
    "coord.missed_open_n": ("coord.specialists", 0),
    "coord.discharged_dna": ("coord.specialists", False),
    "coord.outstanding_n": ("coord.outstanding", 0),
    "admin.open_n": ("admin.last_plan_actions", 0),
    "admin.open_high_n": ("admin.last_plan_actions", 0),
    "admin.open_twice_n": ("admin.last_plan_actions", 0),
    "exam.not_done_n": ("exam.not_done", 0),
    "change.measure_refused_twice": ("exam.not_done", False),
}


@pytest.mark.parametrize(("name", "table", "rows", "expected"), ROWS)
def test_rows_say_what_they_say_and_empty_cells_stay_open(
    name: str, table: str, rows: list[dict[str, str]], expected: object
) -> None:
    assert read(name, {table: rows}, person={"age": 45}) == expected


@pytest.mark.parametrize("name", NOTHING_IN_THE_TABLE)
def test_an_empty_table_is_known_nothing_and_no_answer_is_not(name: str) -> None:
    table, expected = NOTHING_IN_THE_TABLE[name]
    record = {"person": {"age": 45}}
    assert read(name, {table: []}, **record) == read(name, {table: "none"}, **record) == expected
    assert read(name, {}, **record) is UNKNOWN
    assert read(name, {table: {"state": "declined"}}, **record) is DECLINED
    assert read(name, {table: NOT_FOR_THEM}, **record) is DOES_NOT_APPLY
    assert read(name, {table: "some words"}, **record) is UNKNOWN


SEVERAL: list[tuple[str, dict[str, Any], dict[str, Any], object]] = [
    # fact, answers, the rest of the record, what is known
    ("cont.catheter_problem", {"cont.catheter": [{"infections": "2", "blocked": "no"}]}, CATHETER, True),
    ("cont.catheter_problem", {"cont.catheter": [{"infections": "many", "blocked": "no"}]}, CATHETER, UNKNOWN),
    ("cont.catheter_problem", {"cont.catheter": [{"infections": "none", "blocked": "no"}]}, CATHETER, False),
    ("cont.catheter_problem", {"cont.catheter": []}, LISTS, DOES_NOT_APPLY),
    ("allergy.none_uncoded", {"allergy.list": []}, LISTS, True),
    ("allergy.none_uncoded", {"allergy.list": []}, {"problems": ["No known allergies"]}, False),
    ("allergy.none_uncoded", {"allergy.list": []}, NO_RECORD, UNKNOWN),
    ("history.glaucoma_family", {"history.family": [{"condition": "glaucoma"}]}, {"person": {"age": 40}}, True),
    ("history.glaucoma_family", {"history.family": [{"who": "aunt"}]}, {"person": {"age": 40}}, UNKNOWN),
    ("history.glaucoma_family", {}, {"person": {"age": 39}}, False),
    ("history.unreviewed_n", {"history.conditions": [], "cvd.known": ["af", "stroke"]}, NO_RECORD, (0, 2)),
    ("coord.services_n", {"coord.many_clinics": "yes"}, NO_RECORD, (3, math.inf)),
    ("coord.services_n", {"coord.many_clinics": "no"}, NO_RECORD, (0, 2)),
    ("trans.no_adult_service_n", {"trans.child_services": [{"service": "a"}]}, {"person": {"age": 17}}, 1),
    ("trans.no_adult_service_n", {"trans.child_services": [{"adult_service": "?"}]}, {"person": {"age": 17}}, (0, 1)),
    ("trans.no_adult_service_n", {"trans.child_services": [{"adult_service": "b"}]}, {"person": {"age": 17}}, 0),
    ("trans.no_adult_service_n", {}, {"person": {"age": 40}}, DOES_NOT_APPLY),
    ("reg.key_worker_named", {"reg.key_worker": "None."}, NO_RECORD, False),
    ("reg.key_worker_named", {"reg.key_worker": "A. Nurse"}, NO_RECORD, True),
    ("reg.key_worker_named", {"reg.key_worker": "not sure"}, NO_RECORD, UNKNOWN),
    ("carer.age_years", {"carer.age_health": 71, "carer.has": ["parent"]}, NO_RECORD, 71),
    ("carer.age_years", {"carer.has": ["parent"]}, NO_RECORD, UNKNOWN),
    ("carer.age_years", {"carer.has": ["none"]}, NO_RECORD, DOES_NOT_APPLY),
    ("comm.speaks_for_self", {"comm.speaks": ["full_sentences", "signs"]}, NO_RECORD, "yes"),
    ("comm.speaks_for_self", {"comm.speaks": ["bsl"], "comm.understands": "complex"}, NO_RECORD, "yes"),
    ("comm.speaks_for_self", {"comm.speaks": ["bsl"]}, NO_RECORD, UNKNOWN),
    ("comm.speaks_for_self", {"comm.speaks": ["single_words", "sounds"]}, NO_RECORD, "partly"),
    ("comm.speaks_for_self", {"comm.speaks": ["sounds", "behaviour_only"]}, NO_RECORD, "no"),
    ("comm.speaks_for_self", {"comm.speaks": {"state": "declined"}}, NO_RECORD, DECLINED),
    ("demo.gender_differs", {"demo.gender": "Woman", "demo.sex_registered": "male"}, NO_RECORD, True),
    ("demo.gender_differs", {"demo.gender": "woman", "demo.sex_registered": "female"}, NO_RECORD, False),
    ("demo.gender_differs", {"demo.gender": "me", "demo.sex_registered": "female"}, NO_RECORD, UNKNOWN),
    ("consent.restraint_assessed", {"consent.capacity_outcome": [{"decision": "restraint"}]}, NO_RECORD, True),
    ("consent.restraint_assessed", {"consent.capacity_outcome": [{"decision": "other"}]}, NO_RECORD, UNKNOWN),
    ("consent.restraint_assessed", {"consent.capacity_outcome": [{"decision": "blood_test"}]}, NO_RECORD, False),
    (
        "consent.restraint_assessed",
        {"consent.capacity_outcome": [{"decision": "blood_test"}], "behav.restraint": [], **BLOODS_ASLEEP},
        NO_RECORD,
        True,
    ),
    ("consent.restraint_assessed", {"consent.capacity_doubt": "none"}, NO_RECORD, False),
    ("lab.alt_times_upper", {"lab.alt": 122, "lab.alt_upper": 40}, NO_RECORD, 3.05),
    ("lab.alt_times_upper", {"lab.alt": 122}, NO_RECORD, UNKNOWN),
    ("lab.alt_times_upper", {"lab.alt": NOT_FOR_THEM}, NO_RECORD, DOES_NOT_APPLY),
    ("diabetes.overdue_n", {"diabetes.processes": done("feet")}, DIABETES, 1),
    ("diabetes.overdue_n", {"diabetes.processes": done(leave_out="eyes")}, DIABETES, (0, 1)),
    ("diabetes.overdue_n", {"diabetes.processes": []}, DIABETES, 9),
    ("diabetes.overdue_n", {}, DIABETES, UNKNOWN),
    ("diabetes.overdue_n", {}, LISTS, DOES_NOT_APPLY),
    ("epi.per_month_change_pct", {"epi.per_month": 0}, EPILEPSY, (-100, 0)),
    ("epi.per_month_change_pct", {"epi.per_month": 2}, EPILEPSY, UNKNOWN),
    ("epi.per_month_change_pct", {}, LISTS, DOES_NOT_APPLY),
    ("change.chest_infections", {"chest.infections": 0}, NO_RECORD, (-24, 0)),
    ("change.chest_infections", {}, NO_RECORD, UNKNOWN),
    ("mobility.level_worse", {"mobility.level": "walks"}, NO_RECORD, False),
    ("mobility.level_worse", {"mobility.level": "hoisted"}, NO_RECORD, UNKNOWN),
    ("behav.restraint_used", {"behav.present": "none"}, NO_RECORD, DOES_NOT_APPLY),
    ("behav.restraint_unplanned", {"behav.present": "none"}, NO_RECORD, DOES_NOT_APPLY),
    ("admin.open_n", {"admin.last_check": "never"}, NO_RECORD, DOES_NOT_APPLY),
    ("admin.open_high_n", {"admin.last_check": "never"}, NO_RECORD, DOES_NOT_APPLY),
    ("admin.open_twice_n", {"admin.last_check": "never"}, NO_RECORD, DOES_NOT_APPLY),
    ("history.early_heart_family", {}, {"person": {"age": 12}}, DOES_NOT_APPLY),
    ("lab.level_above_range", {}, {"medicines": [], "complete": {"medicines": True}}, DOES_NOT_APPLY),
]


@pytest.mark.parametrize(("name", "answers", "record", "expected"), SEVERAL)
def test_answers_that_go_together(name: str, answers: dict[str, Any], record: dict[str, Any], expected: object) -> None:
    assert read(name, answers, **record) == expected


LITHIUM = {"medicines": [{"text": "Priadel 400mg tablets", "dosage": "one at night"}]}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"medicine": "lithium", "above_range": "yes"}], True),
        ([{"medicine": "lithium", "date": "2026-11-01"}], UNKNOWN),
        ([{"medicine": "lithium", "date": "2025-06-01", "above_range": "yes"}], False),
        (
            [
                {"medicine": "lithium", "date": "2026-09-01", "above_range": "yes"},
                {"medicine": "Lithium", "date": "2026-10-01", "above_range": "no"},
            ],
            False,
        ),
    ],
)
def test_the_newest_level_of_a_medicine_is_the_one_that_may_be_too_high(
    rows: list[dict[str, str]], expected: object
) -> None:
    assert read("lab.level_above_range", {"lab.drug_levels": rows}, **LITHIUM) == expected


BONES: list[tuple[dict[str, Any], list[dict[str, object]], object]] = [
    ({"epi.asm_bone": "yes"}, [], True),
    ({"epi.asm_bone": "no", "bone.dxa": "2022-03"}, [], True),
    ({"epi.asm_bone": "no", "bone.dxa": "2021"}, [], UNKNOWN),
    ({"epi.asm_bone": "no", "bone.dxa": "never"}, [], False),
    ({"epi.asm_bone": "no", "bone.dxa": {"state": "not_known"}}, [], UNKNOWN),
    ({"epi.asm_bone": "no"}, [observed("FRAX", 12, "%", "2025-01-01")], True),
    ({}, [], UNKNOWN),
]


@pytest.mark.parametrize(("answers", "observations", "expected"), BONES)
def test_bones_were_assessed_by_the_answer_a_score_or_a_scan(
    answers: dict[str, Any], observations: list[dict[str, object]], expected: object
) -> None:
    steroid = [{"text": "Prednisolone 5mg tablets", "dosage": "one daily"}]
    assert read("bone.assessed", answers, observations=observations, medicines=steroid) == expected


READINGS = [
    ("change.bp_sys", "systolic blood pressure", "mmHg", 120, 145, 25),
    ("change.hba1c", "HbA1c", "mmol/mol", 42, 47, 5),
    ("lab.egfr_fall_pct_12m", "eGFR", "mL/min", 80, 60, 25),
    ("meas.height_change_cm", "height", "cm", 160, 156, -4),
]


@pytest.mark.parametrize(("name", "observation", "unit", "before", "now", "expected"), READINGS)
def test_two_readings_make_a_change_and_one_does_not(
    name: str, observation: str, unit: str, before: float, now: float, expected: float
) -> None:
    one = observed(observation, now, unit, "2026-11-01")
    other = observed(observation, before, unit, "2025-11-01")
    adult = {"age": 45}
    assert read(name, {}, person=adult, observations=[one, other]) == expected
    assert read(name, {}, person=adult, observations=[one]) is UNKNOWN


def test_a_height_worked_out_from_an_arm_is_compared_with_none() -> None:
    heights = [observed("height", 156, "cm", "2026-11-01"), observed("height", 160, "cm", "2025-11-01")]
    found = read("meas.height_change_cm", {"meas.height_proxy": "ulna"}, person={"age": 45}, observations=heights)
    assert found is UNKNOWN


CHECKED = {"admin.last_check": "2025-11-20"}
OPIOID = "Codeine 30mg tablets"


@pytest.mark.parametrize(
    ("starts", "answers", "complete", "expected"),
    [
        (["2026-03-01"], CHECKED, True, True),
        (["2025-03-01"], CHECKED, True, False),
        (["2025-03-01"], CHECKED, False, UNKNOWN),
        (["2026-03-01", "2025-03-01"], CHECKED, True, UNKNOWN),
        ([""], CHECKED, True, UNKNOWN),
        (["2026-03-01"], {"admin.last_check": "never"}, True, DOES_NOT_APPLY),
        (["2026-03-01"], {}, True, UNKNOWN),
    ],
)
def test_a_constipating_medicine_is_new_by_its_start_and_the_day_of_the_last_check(
    starts: list[str], answers: dict[str, Any], complete: bool, expected: object
) -> None:
    lines = [{"text": OPIOID, "dosage": "one daily", **({"start": it} if it else {})} for it in starts]
    lists = {"complete": {"medicines": True}} if complete else {}
    assert read("change.new_constipating", answers, medicines=lines, **lists) == expected


def test_early_warning_is_not_up_by_more_than_it_is() -> None:
    one_point: dict[str, Any] = {
        "sepsis.unwell_today": "yes",
        "meas.resp_rate": 16,
        "meas.spo2": 98,
        "sepsis.oxygen_given": "no",
        "meas.bp_sys": 120,
        "meas.pulse_rate": 95,
        "sepsis.alertness": "alert",
        "meas.temp": 37.0,
    }
    record = {"person": {"age": 45, "sex": "M"}, **LISTS}
    assert read("sepsis.news2", one_point, **record) == 1
    assert read("sepsis.news2_rise", one_point, **record) == (-19, 1)
    assert read("sepsis.news2_rise", {"sepsis.unwell_today": "yes"}, **record) is UNKNOWN


def test_the_page_on_conditions_names_every_fact_that_is_not_worked_out_yet() -> None:
    listed = page("conditions.md").partition("<!-- facts not worked out yet -->")[2].partition("\n\n")[0]
    named = set(re.findall(r"`([\w.]+)`", listed))
    declared = {fact.name for fact in REVIEWER.content.facts.values() if fact.computed}
    assert declared - COMPUTATIONS.keys() == named
