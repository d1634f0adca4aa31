"""What an answer settles, for how long, and what it leaves to the record."""

from __future__ import annotations

from datetime import date

import pytest

from healthcheck_cli.conditions.values import NEVER, DateRange, Interval, State
from tests.facts.people import AS_OF, fact, observed


def told(value: object, on: str) -> dict[str, object]:
    return {"value": value, "date": on}


def test_an_answer_grows_as_old_as_a_record_does() -> None:
    assert fact("meas.weight", answers={"meas.weight": told(70, "2025-12-01")}).value == Interval.exactly(70)
    old = fact("meas.weight", answers={"meas.weight": told(70, "2025-10-01")})
    assert (old.state, old.dates) == (State.UNKNOWN, DateRange(date(2025, 10, 1), date(2025, 10, 1)))
    pregnant = {"sexual.pregnancy": told("pregnant", "2024-11-01")}
    assert fact("dx.pregnant", problems=[], complete=["problems"], answers=pregnant).value is False


def test_an_open_answer_is_not_settled_by_a_list_that_lacks_the_problem() -> None:
    for name, answers in (("dx.pregnant", {"sexual.pregnancy": "maybe"}), ("dx.epilepsy", {"epi.has": "possible"})):
        assert fact(name, problems=[], complete=["problems"], answers=answers).state is State.UNKNOWN
    assert fact("dx.epilepsy", problems=["epilepsy"], answers={"epi.has": "possible"}).value is True
    not_known = {"epi.has": {"state": "not_known"}}
    assert fact("dx.epilepsy", problems=[], complete=["problems"], answers=not_known).value is False


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ("no", State.KNOWN),
        ({"state": "not_applicable"}, State.KNOWN),
        ({"state": "not_known"}, State.NOT_KNOWN),
    ],
)
def test_a_question_that_does_not_apply_leaves_nothing_open(other: object, state: State) -> None:
    found = fact("dx.heart_disease", answers={"cvd.known": ["none"], "sys.congenital_heart": other})
    assert found.state is state


@pytest.mark.parametrize("answer", ["Standing", ["standing", "reported"], 3])
def test_a_word_that_nobody_declared_is_unknown_and_not_no(answer: object) -> None:
    assert fact("meas.weight_how", answers={"meas.weight_how": answer}).state is State.UNKNOWN
    assert fact("bowel.symptoms", answers={"bowel.symptoms": ["NONE", "blood?"]}).state is State.UNKNOWN


def test_never_wants_every_question_about_it() -> None:
    never = {"meds.stomp_review": "never", "meds.smr": "never"}
    assert fact("review.psychotropic", answers=never).dates == NEVER
    half = {**never, "meds.smr": {"state": "not_known"}}
    assert fact("review.psychotropic", answers=half).state is State.NOT_KNOWN


def test_when_it_last_happened_is_narrowed_by_answer_and_record() -> None:
    review = observed("STOMP review", on="2026-05-01")
    for answer, dates in (
        ("2026-03", DateRange(date(2026, 5, 1), date(2026, 5, 1))),
        ("2026-11", DateRange(date(2026, 11, 1), AS_OF)),  # a month under way is until the day of the review
        ("never", DateRange(date(2026, 5, 1), date(2026, 5, 1))),
    ):
        found = fact("review.psychotropic", observations=[review], answers={"meds.stomp_review": answer})
        assert found.dates == dates, answer


def test_a_date_told_is_kept_where_the_record_only_says_not_since() -> None:
    since = {"events": "2020-01-01"}
    found = fact("review.psychotropic", complete=since, answers={"meds.stomp_review": "2019-03-01"})
    assert found.dates == DateRange(date(2019, 3, 1), date(2019, 3, 1))
    assert fact("review.psychotropic", complete=since, answers={"meds.stomp_review": "never"}).dates == NEVER


def test_a_review_dated_after_the_day_of_the_review_is_no_review() -> None:
    assert fact("review.psychotropic", answers={"meds.stomp_review": "2027-01-01"}).state is State.UNKNOWN


def test_not_known_keeps_the_date_of_an_old_result() -> None:
    old = observed("weight", 80, "kg", "2024-05-01")
    found = fact("meas.weight", observations=[old], answers={"meas.weight": {"state": "not_known"}})
    assert (found.state, found.dates) == (State.NOT_KNOWN, DateRange(date(2024, 5, 1), date(2024, 5, 1)))


@pytest.mark.parametrize(("typed", "text"), [("None.", ""), ("n/a", ""), ("no", ""), ("no pain", "no pain")])
def test_nothing_written_in_words_is_nothing_written(typed: str, text: str) -> None:
    assert fact("pre.carer_worries", answers={"pre.carer_worries": typed}).value == text


def test_no_needs_every_question_where_each_is_a_part_of_the_whole() -> None:
    one, both = {"hearing.wax": "clear"}, {"hearing.wax": "clear", "hearing.wax_left": "some_wax"}
    assert fact("hearing.wax_blocked", answers=one).state is State.UNKNOWN
    assert fact("hearing.wax_blocked", answers=both).value is False
    assert fact("hearing.wax_blocked", answers={"hearing.wax_left": "blocked"}).value is True


def test_what_was_answered_about_today_says_nothing_of_a_later_day() -> None:
    signs = {"sepsis.acute_signs": told(["chest_pain"], "2026-11-21")}
    assert fact("acute.chest_pain", answers=signs).value is True  # "right now, or since yesterday"
    days_ago = {"sepsis.acute_signs": told(["chest_pain"], "2026-11-20"), "bowel.days_since": told(5, "2026-11-20")}
    for name in ("sepsis.acute_signs", "bowel.days_since"):
        found = fact(name, answers=days_ago)
        assert (found.state, "too old to use" in found.shown) == (State.UNKNOWN, True)
    assert fact("sepsis.news2", person={"age": 40}, answers={"sepsis.news2": told(9, "2026-11-01")}).value is None
