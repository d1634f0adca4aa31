"""What is wanted before a check is closed, and what settles it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from healthcheck_cli.content.models import Question
from healthcheck_cli.interview.cross_checks import BeforeClosing, before_closing, odd_together
from healthcheck_cli.record import Answer, AnswerState, PartialDate
from tests.interview.said import ADULT, CONTENT, DAY, day, said
from tests.interview.test_cross_checks import LISTED, TOGETHER
from tests.interview.test_last_year import LAST

NOT_KNOWN, DECLINED = AnswerState.NOT_KNOWN, AnswerState.DECLINED

EVERYTHING = tuple(CONTENT.questions.values())
CLOSED: dict[str, Any] = {
    "demo__dob": ADULT,
    "demo__ethnicity": "refused",
    "reg__on_register": "doubtful",
    "consent__check_today": "agrees",
    "admin__present": ("person", "family_carer"),
    "admin__check_date": PartialDate.of(DAY),
    "hap__date": PartialDate.of(DAY),
    "hap__given": ("person", "record"),
    "hap__person_words": True,
    "hap__goal": True,
    "hap__top_actions": tuple({"what": word} for word in "abc"),
    "hap__review_date": PartialDate.of(date(2027, 11, 22)),
    "record__codes": ("check_done", "plan_done"),
}


def wanted(**changes: Any) -> dict[str, BeforeClosing]:
    answers = {name: value for name, value in {**CLOSED, **changes}.items() if value is not None}
    asked = [question for question in EVERYTHING if not question.core or question.id in said(**{**CLOSED, **changes})]
    return {it.id: it for it in before_closing(said(**answers), asked, DAY, CONTENT)}


def test_a_check_with_everything_can_be_closed() -> None:
    assert wanted() == {}


CLOSING: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "age_14",
        "stop",
        {"demo__dob": PartialDate.of(DAY.replace(year=2012) + timedelta(days=1))},
        {"demo__dob": PartialDate.of(DAY.replace(year=2012))},
    ),
    ("consent_recorded", "block", {"consent__check_today": None}, {"consent__check_today": "agrees_in_part"}),
    ("consent_refused", "block", {"consent__check_today": "refuses"}, {"consent__check_today": "agrees"}),
    ("person_present", "block", {"admin__present": ("paid_carer",)}, {"admin__present": ("alone",)}),
    (
        "bp_both_numbers",
        "block",
        {"meas__bp_sys": 120.0, "meas__bp_dia": AnswerState.NOT_ASKED},
        {"meas__bp_sys": 120.0, "meas__bp_dia": 80.0},
    ),
    (
        "plan_date_before_check",
        "block",
        {"hap__date": PartialDate.of(DAY - timedelta(days=1))},
        {"hap__date": PartialDate.of(DAY)},
    ),
    (
        "plan_in_another_year",
        "block",
        {"admin__check_date": day(2026, 3, 31), "hap__date": day(2026, 4, 1)},
        {"admin__check_date": day(2026, 3, 30), "hap__date": day(2026, 3, 31)},
    ),
    ("plan_given", "block", {"hap__given": ("record",)}, {"hap__given": ("person",)}),
    ("plan_in_their_format", "block", {"hap__person_words": False}, {"hap__person_words": True}),
    ("plan_format_not_said", "block", {"hap__person_words": None}, {"hap__person_words": True}),
    ("plan_without_actions", "block", {"hap__top_actions": ()}, {}),
    ("ethnicity_recorded", "warn", {"demo__ethnicity": None}, {"demo__ethnicity": DECLINED}),
    ("register_confirmed", "warn", {"reg__on_register": NOT_KNOWN}, {"reg__on_register": "yes"}),
    ("own_goal", "warn", {"hap__goal": False}, {"hap__goal": True}),
    (
        "plan_length",
        "warn",
        {"hap__top_actions": ({"what": "a"}, {"what": "b"})},
        {"hap__top_actions": tuple({"what": word} for word in "abcde")},
    ),
    (
        "plan_length",
        "warn",
        {"hap__top_actions": tuple({"what": word} for word in "abcdef")},
        {"hap__top_actions": tuple({"what": word} for word in "abc")},
    ),
    (
        "plan_late",
        "warn",
        {"hap__date": PartialDate.of(DAY + timedelta(days=31))},
        {"hap__date": PartialDate.of(DAY + timedelta(days=30))},
    ),
    ("next_review", "warn", {"hap__review_date": day(2027, 11, 23)}, {"hap__review_date": day(2027, 11, 22)}),
    ("codes_added", "warn", {"record__codes": ("none",)}, {"record__codes": ("check_done",)}),
]


@pytest.mark.parametrize(("check", "kind", "lacking", "there"), CLOSING)
def test_what_is_wanted_before_closing_and_what_settles_it(
    check: str, kind: str, lacking: dict[str, Any], there: dict[str, Any]
) -> None:
    found = wanted(**lacking)
    assert found[check].kind == kind
    assert found[check].questions
    assert check not in wanted(**there)


def test_core_questions_that_nobody_asked_are_listed_and_those_with_a_reason_are_not() -> None:
    asked: list[Question] = [
        CONTENT.questions[name] for name in ("meas.weight", "meas.height", "meas.waist", "meas.muac")
    ]
    answers = said(meas__weight=DECLINED, meas__height=AnswerState.NOT_ASKED)
    (found,) = before_closing(answers, asked, DAY, CONTENT)
    assert (found.kind, found.questions) == ("list", ("meas.height", "meas.waist"))


def test_nothing_is_wanted_of_a_question_that_does_not_apply_and_a_stop_comes_first() -> None:
    assert before_closing({}, [], DAY, CONTENT) == ()
    born = said(demo__dob=day(2014))
    found = before_closing(born, EVERYTHING, DAY, CONTENT)
    assert [it.kind for it in found] == sorted((it.kind for it in found), key=("stop", "block", "warn", "list").index)
    assert found[0].id == "age_14"


def test_every_check_of_the_content_is_tested_here() -> None:
    tested = {it[0] for it in TOGETHER} | {it[0] for it in LISTED} | {it[0] for it in LAST} | {it[0] for it in CLOSING}
    assert set(CONTENT.cross_checks) == tested | {"bmi_band", "core_questions"}


def test_nothing_is_odd_about_no_answers() -> None:
    empty: dict[str, Answer] = {}
    assert all(odd_together(it.id, NOT_KNOWN, empty, CONTENT, DAY) is None for it in EVERYTHING)
