"""Two answers of one check that do not go together, and two that just do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from healthcheck_cli.interview.cross_checks import Odd, odd_together
from healthcheck_cli.record import AnswerState, PartialDate
from tests.interview.said import ADULT, CONTENT, DAY, day, said

NOT_KNOWN, NOT_APPLICABLE, DECLINED = AnswerState.NOT_KNOWN, AnswerState.NOT_APPLICABLE, AnswerState.DECLINED


def odd(listed: dict[str, bool] | None = None, **answers: Any) -> Odd | None:
    """What is odd about the last of these answers, given the ones before it."""
    given = said(**answers)
    *others, (question, newest) = given.items()
    value = newest.value if newest.state is AnswerState.ANSWERED else newest.state
    assert value is not None
    return odd_together(question, value, dict(others), CONTENT, DAY, (listed or {}).get)


# ---- two answers of one check: (the check, answers that are odd, answers that are not)

SAUSAGE = ({"drug": "senna", "dose": "", "working": ""},)
TOGETHER: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("bp_order", {"meas__bp_sys": 80.0, "meas__bp_dia": 80.0}, {"meas__bp_sys": 101.0, "meas__bp_dia": 80.0}),
    ("bp_gap", {"meas__bp_sys": 99.0, "meas__bp_dia": 80.0}, {"meas__bp_sys": 100.0, "meas__bp_dia": 80.0}),
    ("bp_gap", {"meas__bp_sys": 181.0, "meas__bp_dia": 80.0}, {"meas__bp_sys": 180.0, "meas__bp_dia": 80.0}),
    (
        "bp_order_standing",
        {"meas__bp_postural": 80.0, "meas__bp_postural_dia": 80.0},
        {"meas__bp_postural": 100.0, "meas__bp_postural_dia": 80.0},
    ),
    (
        "bp_gap_standing",
        {"meas__bp_postural": 181.0, "meas__bp_postural_dia": 80.0},
        {"meas__bp_postural": 180.0, "meas__bp_postural_dia": 80.0},
    ),
    (
        "bmi_typed",
        {"meas__weight": 64.0, "meas__height": 160.0, "meas__bmi": 25.6},
        {"meas__weight": 64.0, "meas__height": 160.0, "meas__bmi": 25.5},
    ),
    (
        "bmi_typed",
        {"meas__bmi": 24.4, "meas__weight": 64.0, "meas__height": 160.0},
        {"meas__bmi": 24.5, "meas__weight": 64.0, "meas__height": 160.0},
    ),
    (
        "audit_c_typed",
        {"alc__how_often": "never", "alc__audit_c": 1.0},
        {"alc__how_often": "never", "alc__audit_c": 0.0},
    ),
    ("waist_height", {"meas__height": 200.0, "meas__waist": 59.9}, {"meas__height": 200.0, "meas__waist": 60.0}),
    ("waist_height", {"meas__height": 100.0, "meas__waist": 120.1}, {"meas__height": 100.0, "meas__waist": 120.0}),
    ("hdl_over_total", {"lab__cholesterol": 4.0, "lab__hdl": 4.1}, {"lab__cholesterol": 4.0, "lab__hdl": 4.0}),
    (
        "last_tonic_clonic",
        {"epi__last_any": day(2025, 3, 1), "epi__last_tc": day(2025, 3, 2)},
        {"epi__last_any": day(2025, 3, 1), "epi__last_tc": day(2025, 3, 1)},
    ),
    (
        "before_birth",
        {"demo__dob": ADULT, "dental__last_visit": day(1979, 4, 1)},
        {"demo__dob": ADULT, "dental__last_visit": day(1979, 4, 2)},
    ),
    (
        "before_birth",
        {"dental__last_visit": day(1979, 4, 1), "demo__dob": ADULT},
        {"dental__last_visit": day(1979, 4, 3), "demo__dob": ADULT},
    ),
    (
        "hard_stool_no_trouble",
        {"bowel__symptoms": ("none",), "bowel__type": "2"},
        {"bowel__symptoms": ("none",), "bowel__type": "3"},
    ),
    (
        "pads_but_dry",
        {"cont__products": True, "cont__faecal": "no", "cont__urine": "dry"},
        {"cont__products": True, "cont__faecal": "sometimes", "cont__urine": "dry"},
    ),
    (
        "catheter_but_dry",
        {"cont__catheter": ({"type": "suprapubic"},), "cont__urine": "dry"},
        {"cont__catheter": ({"type": "suprapubic"},), "cont__urine": "catheter"},
    ),
    (
        "never_drinks_units",
        {"alc__how_often": "never", "alc__units": 0.5},
        {"alc__how_often": "never", "alc__units": 0.0},
    ),
    ("audit_c_0_units", {"alc__audit_c": 0.0, "alc__units": 1.0}, {"alc__audit_c": 1.0, "alc__units": 1.0}),
    (
        "never_smoked_amount",
        {"smoke__amount": 5.0, "smoke__status": "never"},
        {"smoke__amount": 5.0, "smoke__status": "ex"},
    ),
    (
        "allergy_none_and_one",
        {"allergy__list": ({"reaction": "rash", "what": "penicillin"}, {"reaction": "", "what": "None"})},
        {"allergy__list": ({"what": "penicillin"}, {"what": "latex"})},
    ),
    (
        "mood_tool_no_yes_no",
        {"comm__yes_no": NOT_KNOWN, "mh__gds_ld": 9.0},
        {"comm__yes_no": "looks up", "mh__gds_ld": 9.0},
    ),
    (
        "anxiety_tool_no_yes_no",
        {"mh__gas_id": 9.0, "comm__yes_no": NOT_KNOWN},
        {"mh__gas_id": NOT_KNOWN, "comm__yes_no": NOT_KNOWN},
    ),
    (
        "valproate_form_not_needed",
        {"demo__sex_registered": "female", "epi__valproate": "not_needed"},
        {"demo__sex_registered": "male", "epi__valproate": "not_needed"},
    ),
    (
        "topiramate_form_not_needed",
        {"demo__sex_registered": "female", "epi__topiramate": "not_needed"},
        {"demo__sex_registered": "female", "epi__topiramate": "yes_not_in_date"},
    ),
    (
        "breathless_good_figures",
        {"sepsis__acute_signs": ("breathless_at_rest",), "meas__pulse_rate": 51.0, "meas__spo2": 96.0},
        {"sepsis__acute_signs": ("breathless_at_rest",), "meas__pulse_rate": 51.0, "meas__spo2": 95.0},
    ),
    (
        "breathless_at_rest_good_figures",
        {"meas__spo2": 97.0, "sys__breathless": "at_rest", "meas__pulse_rate": 90.0},
        {"meas__spo2": 97.0, "sys__breathless": "at_rest", "meas__pulse_rate": 91.0},
    ),
    (
        "frailty_under_65",
        {"demo__dob": PartialDate.of(DAY.replace(year=1961) + timedelta(days=1)), "eol__frailty_scale": "5"},
        {"demo__dob": PartialDate.of(DAY.replace(year=1961)), "eol__frailty_scale": "5"},
    ),
    (
        "choked_and_never",
        {"swallow__choking": 1.0, "swallow__last_choke": "never"},
        {"swallow__choking": 0.0, "swallow__last_choke": "never"},
    ),
    (
        "no_choke_and_recent",
        {"swallow__last_choke": "within_3_months", "swallow__choking": 0.0},
        {"swallow__last_choke": "over_3_months", "swallow__choking": 0.0},
    ),
]


@pytest.mark.parametrize(("check", "does_not_go", "goes"), TOGETHER)
def test_what_does_not_go_together_is_told_and_what_does_is_not(
    check: str, does_not_go: dict[str, Any], goes: dict[str, Any]
) -> None:
    found = odd(**does_not_go)
    assert found is not None
    assert found.id == check
    assert found.message == CONTENT.cross_checks[check].says
    assert found.impossible is (CONTENT.cross_checks[check].kind == "hard")
    assert odd(**goes) is None


LISTED: list[tuple[str, dict[str, Any], str, bool]] = [
    ("laxative_listed", {"bowel__laxatives": ()}, "laxative", True),
    ("laxative_not_listed", {"bowel__laxatives": SAUSAGE}, "laxative", False),
    ("rescue_no_epilepsy", {"epi__has": "no"}, "rescue_benzodiazepine", True),
    ("insulin_no_diabetes", {"diabetes__type": NOT_APPLICABLE}, "hypoglycaemic", True),
    ("insulin_pre_diabetes", {"diabetes__type": "pre_diabetes"}, "hypoglycaemic", True),
]


@pytest.mark.parametrize(("check", "answers", "medicines", "on_the_list"), LISTED)
def test_an_answer_against_the_medicine_list_only_where_the_list_can_tell(
    check: str, answers: dict[str, Any], medicines: str, on_the_list: bool
) -> None:
    found = odd({medicines: on_the_list}, **answers)
    assert found is not None
    assert (found.id, found.kind) == (check, "warn")
    assert odd({medicines: not on_the_list}, **answers) is None
    assert odd({}, **answers) is None


def test_dates_that_are_not_known_well_enough_are_not_called_odd() -> None:
    year = PartialDate(date(2025, 1, 1), date(2025, 12, 31))
    assert odd(epi__last_any=day(2025, 3, 1), epi__last_tc=year) is None
    assert odd(demo__dob=PartialDate(date(1979, 1, 1), date(1979, 12, 31)), dental__last_visit=day(1979, 2, 1)) is None


def test_an_age_check_says_nothing_without_a_day_or_a_date_of_birth() -> None:
    born = said(demo__dob=day(1990))
    assert odd_together("eol.frailty_scale", "5", born, CONTENT) is None
    assert odd_together("eol.frailty_scale", "5", {}, CONTENT, DAY) is None
    assert odd_together("eol.frailty_scale", "5", born, CONTENT, DAY) is not None


def test_the_firmest_is_told() -> None:
    answers = said(meas__bp_sys=70.0, meas__bp_dia=80.0, bowel__type="1", bowel__symptoms=("none",))
    first = odd_together("meas.bp_dia", 80.0, answers, CONTENT)
    assert first is not None
    assert (first.id, first.impossible) == ("bp_order", True)
